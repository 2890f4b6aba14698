"""The last session: what became of it, as it went by, set by set, word by word."""

from __future__ import annotations

from collections.abc import Iterator

from voice_coach.page.diary import Diary
from voice_coach.page.html import Html, tag
from voice_coach.page.parts import NONE, Table, day_words, details, listed, many, paragraph, section, table, times
from voice_coach.page.timeline import legend, timeline
from voice_coach.review import Outcome, SessionSummary, SetSummary, words
from voice_coach.review.words import clock

_WORDS = 60  # of what was said; a session that was talked over has more, and nobody reads them
_ENDED = {
    "completed": "It was done to its end.",
    "ended": "You ended it.",
    "distress": "It ended because something was wrong.",
    "interrupted": "It was interrupted.",
}


def last_session(diary: Diary) -> Html | None:
    """The section; None where there is no session yet."""
    if diary.newest is None:
        return None
    log, summary = diary.newest
    began = summary.began
    when = f"{day_words(began.date(), year=True)}, {began:%H:%M}" if began else "at a time that was lost"
    how = "Each row is read from left to right; the figure before it is the minute it begins with."
    drawn = tag("figure", timeline(log, summary), legend(), tag("figcaption", how))
    told = (
        listed(_happened(summary)) if summary.distress else None,
        table(_done(summary)),
        details("Set by set", table(_sets(summary))),
        details(f"What was said ({len(summary.commands)})", table(_commands(summary))) if summary.commands else None,
    )
    return section(
        "last",
        "The last session",
        tag("h3", diary.title(summary.routine), tag("small", when)),
        paragraph(*_in_words(summary)),
        tag("div", drawn, tag("div", told), class_="beside"),
    )


def _in_words(summary: SessionSummary) -> Iterator[str]:
    yield _ENDED.get(
        summary.ended or "", "The log breaks off before its end." if summary.ended is None else "It ended."
    )
    yield f" {summary.sets_done} of {many(summary.sets_planned, 'planned set')} in {clock(summary.ms)}."
    if summary.pauses:
        yield f" It stood still {times(summary.pauses)}, {clock(summary.paused_ms)} in all."
    if summary.rest_added_ms:
        yield f" You rested {clock(summary.rest_added_ms)} longer than planned."
    if summary.gaps:
        yield " Some of its lines are missing, so this may not be all."


def _happened(summary: SessionSummary) -> Iterator[str]:
    for one in summary.distress:
        taken_back = f", taken back at {clock(one.cleared)}" if one.cleared is not None else ""
        yield f"At {clock(one.at)} you said “{one.phrase or one.intent}”{taken_back}."


def _done(summary: SessionSummary) -> Table:
    """What was done of each movement, in short."""
    groups: dict[str, list[SetSummary]] = {}
    for row in summary.sets:
        if row.outcome in (Outcome.COMPLETED, Outcome.PARTLY):
            groups.setdefault(row.name, []).append(row)
    rows = [
        (name, len(done), ", ".join(dict.fromkeys(filter(None, (words.done(row) for row in done)))), _how(done))
        for name, done in groups.items()
    ]
    heads = ("Movement", "Sets", "Done", "How")
    return Table(caption="What you did", heads=heads, rows=rows, figures=frozenset({1}))


def _how(done: list[SetSummary]) -> str:
    """With which load, and whether it was made easier or harder."""
    loads = (f"{row.load_g / 1000:g} kg" if row.load_g else row.load or "" for row in done)
    rungs = ("easier" if row.rung < 0 else "harder" if row.rung > 0 else "" for row in done)
    return ", ".join(dict.fromkeys(filter(None, (*loads, *rungs))))


def _sets(summary: SessionSummary) -> Table:
    rows = [
        (row.name, words.which(row), words.planned(row), words.done(row), words.remarks(row)) for row in summary.sets
    ]
    return Table(
        caption="Every planned set and what was done",
        heads=("Movement", "Set", "Planned", "Done", "Remarks"),
        rows=rows,
    )


def _commands(summary: SessionSummary) -> Table:
    newest = summary.commands[-_WORDS:]
    rows = [
        (
            clock(use.at),
            f"{use.intent} {use.value}" if use.intent == "number" else use.intent,
            use.phrase or NONE,
            use.via,
            "not now" if use.refused else "done",
        )
        for use in newest
    ]
    shown = "" if len(newest) == len(summary.commands) else f" (the last {len(newest)} of {len(summary.commands)})"
    return Table(caption=f"What was said or typed{shown}", heads=("At", "Meant", "Heard as", "By", "Answer"), rows=rows)
