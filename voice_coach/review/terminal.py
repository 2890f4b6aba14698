"""The log in a terminal: a list of sessions, and one session in full. Fits 80 columns; reads as well without colour."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from voice_coach.journal import Log
from voice_coach.review import words
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
    _show_damage(console, log)


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
    _show_commands(console, summary)
    if summary.unheard:
        tell(console, f"Not understood: {joined(f'{clock(one.at)} {one.words!r}' for one in summary.unheard)}.")
    if summary.setup:
        tell(console, f"With: {joined(_used(*pair) for pair in summary.setup.items() if pair[1])}.")
    if summary.gaps:
        tell(console, "Lines of this session are missing in the log, so this may not be all.")


def _used(name: str, value: object) -> str:
    return name if value is True else f"{name} {value}"


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


def _show_damage(console: Console, log: Log) -> None:
    if log.damage:
        where = joined(f"{damage.line} ({damage.why})" for damage in log.damage[:5])
        more = f" and {len(log.damage) - 5} more" if len(log.damage) > 5 else ""
        tell(console, f"Lines that cannot be read in {log.path}: {where}{more}.")
    if log.foreign:
        versions = joined(sorted({foreign.version for foreign in log.foreign}))
        tell(console, f"{len(log.foreign)} lines are of another version of the log ({versions}).")
