"""The log in a terminal: a list of sessions, and one session in full. Fits 80 columns; reads as well without colour."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from voice_coach.journal import Log
from voice_coach.person.model import Trained
from voice_coach.review import words
from voice_coach.review.careful import MORE
from voice_coach.review.printing import entry, joined, sheet, tell
from voice_coach.review.summary import SessionSummary, summarise
from voice_coach.review.words import clock

if TYPE_CHECKING:
    from rich.console import Console

BROKE_OFF = "broke off"
LISTED = 20  # sessions in the list when nothing else is asked for


def show_list(console: Console, log: Log, most: int = LISTED) -> None:
    """The newest sessions, the very newest last, numbered as `Log.find` takes them; then what could not be read."""
    listed = log.sessions[-most:]
    if not listed:
        tell(console, f"There is no session in the log {log.path} yet.")
    else:
        rows = sheet("No.", "Began", "Routine", "Time", "Sets", "How it ended")
        for number, summary in zip(range(len(listed), 0, -1), map(summarise, listed), strict=True):
            began = f"{summary.began:%Y-%m-%d %H:%M}" if summary.began else "?"
            sets = f"{summary.sets_done}/{summary.sets_planned}"
            entry(rows, str(number), began, summary.title or "?", clock(summary.ms), sets, _ended(summary))
        console.print(rows)
    if len(listed) < len(log.sessions):
        tell(console, f"{len(log.sessions) - len(listed)} earlier sessions are not listed.")
    show_damage(console, log)


def show_chosen(console: Console, log: Log, chosen: Sequence[Trained], most: int = LISTED) -> None:
    """The newest of the sessions that were asked for, numbered as in the whole list."""
    listed = chosen[-most:] if most else ()
    tell(console, f"{len(chosen)} of {len(log.sessions)} sessions.", style="bold")
    if listed:
        places = {name: len(log.sessions) - index for index, name in enumerate(log.sessions.names)}
        rows = sheet("No.", "Day", "Routine", "Time", "Sets", "Effort", "Pain", "Ended")
        for one in listed:
            efforts = [each.effort for each in one.efforts.values() if each.effort is not None]
            effort = f"{sum(efforts) / len(efforts):.1f}".removesuffix(".0") if efforts else "-"
            pain = max((each.pain for each in one.efforts.values() if each.pain is not None), default=None)
            begin = (str(places.get(one.id, "?")), f"{one.began:%Y-%m-%d}", one.routine or "?", clock(one.ms))
            entry(rows, *begin, str(len(one.sets)), effort, _told(pain), one.ended or BROKE_OFF)
        console.print(rows)
    if len(listed) < len(chosen):
        tell(console, f"{len(chosen) - len(listed)} earlier ones are not listed.")
    show_damage(console, log)


def show(console: Console, summary: SessionSummary) -> None:
    """One session: each set as planned and as done, and what was said."""
    began = f"{summary.began:%Y-%m-%d %H:%M}" if summary.began else "begin unknown"
    tell(console, f"{summary.title or 'Unknown routine'} ({summary.routine or '?'}), {began}", style="bold")
    tell(console, f"Session {summary.id}: {_ended(summary)} after {clock(summary.ms)}.")
    tell(console, f"Sets: {summary.sets_done} of {summary.sets_planned}.{_stood_still(summary)}")
    rows = sheet("Exercise", "Set", "Planned", "Done", "Remarks")
    before = None
    for row in summary.sets:
        name = row.name if (row.block, row.exercise) != before else ""
        before = (row.block, row.exercise)
        entry(rows, name, words.which(row), words.planned(row), words.done(row), words.remarks(row))
    console.print(rows)
    for one in summary.distress:
        taken_back = f", taken back at {clock(one.cleared)}" if one.cleared is not None else ""
        tell(console, f"DISTRESS at {clock(one.at)}: {one.phrase or one.intent}{taken_back}.", style="bold red")
    _show_efforts(console, summary)
    _show_commands(console, summary)
    if summary.unheard:
        tell(console, f"Not understood: {joined(f'{clock(one.at)} {one.words!r}' for one in summary.unheard)}.")
    if summary.setup:
        tell(console, f"With: {joined(_used(*pair) for pair in summary.setup.items() if pair[1])}.")
    if summary.gaps:
        tell(console, "Lines of this session are missing in the log, so this may not be all.")


def _used(name: str, value: object) -> str:
    return name if value is True else f"{name} {value}"


def _show_efforts(console: Console, summary: SessionSummary) -> None:
    """What she told of each movement, with how many reps she had left."""
    if not summary.efforts:
        return
    names = {row.exercise: row.name for row in summary.sets}
    rows = sheet("Told from 0 to 10", "Effort", "Reps left", "Pain")
    for exercise, told in summary.efforts.items():
        left = "4 or more" if told.reserve == MORE else _told(told.reserve)
        entry(rows, names.get(exercise, exercise), _told(told.effort), left, _told(told.pain))
    console.print(rows)


def _told(answer: int | None) -> str:
    return "-" if answer is None else str(answer)


def _show_commands(console: Console, summary: SessionSummary) -> None:
    if not summary.commands:
        return
    rows = sheet("At", "Command", "Heard as", "From", "Answer")
    for use in summary.commands:
        intent = f"{use.intent} {use.value}" if use.intent == "number" else use.intent
        entry(rows, clock(use.at), intent, use.phrase, use.via, "not now" if use.refused else "")
    console.print(rows)


def _ended(summary: SessionSummary) -> str:
    """How it ended, with the distress words that were not taken back."""
    meant = Counter(one.intent for one in summary.distress if one.cleared is None)
    ended = summary.ended or BROKE_OFF
    return f"{ended}: {joined(meant)}" if meant else ended


def _stood_still(summary: SessionSummary) -> str:
    text = ""
    if summary.pauses:
        text += f" Paused {summary.pauses} time{'s' if summary.pauses > 1 else ''}, {clock(summary.paused_ms)} in all."
    if summary.rest_added_ms:
        text += f" Rest made {clock(summary.rest_added_ms)} longer."
    return text


def show_damage(console: Console, log: Log) -> None:
    """What of the log could not be read."""
    if log.damage:
        where = joined(f"{damage.line} ({damage.why})" for damage in log.damage[:5])
        more = f" and {len(log.damage) - 5} more" if len(log.damage) > 5 else ""
        tell(console, f"Lines that cannot be read in {log.path}: {where}{more}.")
    if log.foreign:
        versions = joined(sorted({foreign.version for foreign in log.foreign}))
        tell(console, f"{len(log.foreign)} lines are of another version of the log ({versions}).")
