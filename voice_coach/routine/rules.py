"""What a schema cannot say: how the fields of an item or an exercise fit together, each misfit with its line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from voice_coach.errors import Problem
from voice_coach.routine.explain import AMOUNTS
from voice_coach.routine.forbidden import forbidden_problems
from voice_coach.routine.model import Exercise, Mode, Tag, Tier
from voice_coach.routine.nodes import Node
from voice_coach.routine.wording import did_you_mean, listed, shown, spoken

# The schema has named every wrong type and name before; here what has not the expected shape is passed over.

SUITS = {Mode.REPS: ("reps", "own_pace"), Mode.HOLD: ("hold",), Mode.TIME: ("time",)}
_MEASURED = {Mode.REPS: "counted in reps", Mode.HOLD: "held in one position", Mode.TIME: "done for a time"}
NOT_FOR_HIGH = (Tag.IMPACT, Tag.OVERHEAD, Tag.PRONE)  # EVIDENCE 1.2, the table of tiers


def mode_of(amount: str) -> Mode:
    """How an exercise written in place is measured, told from the amount its item gives."""
    return next(mode for mode, amounts in SUITS.items() if amount in amounts)


def weekly(value: int | str) -> tuple[int, int]:
    """At least and at most so many times a week, from 2 or "2-3"."""
    least, _, most = str(value).partition("-")
    return int(float(least)), int(float(most or least))


def exercise_problems(tree: Node, path: Path) -> list[Problem]:
    """The misfits in a library of exercises."""
    found: list[Problem] = []
    exercises = tree.child("exercises")
    for entry in exercises.fields().values() if exercises else ():
        found += forbidden_problems(entry, path)
        mode = entry.child("mode")
        if mode and mode.value in list(Mode):
            found += _exercise(entry, Mode(mode.value), path)
    return found


def routine_problems(
    tree: Node, path: Path, exercises: Mapping[str, Exercise], doubtful: Callable[[str], bool]
) -> list[Problem]:
    """The misfits in a routine. Nothing is said of a `doubtful` id: its file has problems that say it."""
    found = list(_week(tree, path))
    for block in _list(tree, "blocks"):
        found += _block(block, path)
        for item in _list(block, "items"):
            found += forbidden_problems(item, path)
            found += _item(item, path, exercises, doubtful)
            found += _suits(item, _words(tree, "tiers"), path, exercises)
    return found


def used(tree: Node) -> set[str]:
    """The ids of the exercises a routine refers to."""
    named = (item.child("exercise") for block in _list(tree, "blocks") for item in _list(block, "items"))
    return {node.value for node in named if node and isinstance(node.value, str)}


def _list(node: Node, field: str) -> Iterator[Node]:
    child = node.child(field)
    yield from child.entries() if child else ()


def _words(node: Node, field: str) -> list[str]:
    return [each.value for each in _list(node, field) if isinstance(each.value, str)]


def _week(tree: Node, path: Path) -> Iterator[Problem]:
    often = tree.child("times_a_week")
    if often and isinstance(often.value, str) and re.fullmatch("[1-7]-[1-7]", often.value):
        least, most = weekly(often.value)
        if least > most:
            hint = f"did you mean {most}-{least}"
            yield Problem(str(path), often.line, f"times_a_week: {least} is more than {most}", hint)


def _suits(item: Node, tiers: list[str], path: Path, exercises: Mapping[str, Exercise]) -> Iterator[Problem]:
    """A routine is for nobody for whom one of its exercises is not. An exercise without tiers is not judged."""
    named = item.child("exercise")
    known = exercises.get(named.value) if named and isinstance(named.value, str) else None
    allowed: list[str] = [tier.value for tier in known.tiers] if known else _words(item, "tiers")
    wrong = [tier for tier in tiers if tier in list(Tier) and tier not in allowed]
    if allowed and wrong:
        name = known.id if known else "this exercise"
        message = f"{name} is for {listed(allowed)} only, the routine for {listed(wrong)} too"
        hint = f"take {listed(wrong)} out of the routine's tiers, or choose another exercise"
        yield Problem(str(path), named.line if named else item.line, message, hint)


def _block(block: Node, path: Path) -> Iterator[Problem]:
    rounds, rest = block.child("rounds"), block.child("round_rest")
    if rest and (rounds is None or rounds.value == 1):
        yield Problem(str(path), rest.line, "round_rest: there is only one round", "write rounds: 2 or leave it out")


def _item(
    item: Node, path: Path, exercises: Mapping[str, Exercise], doubtful: Callable[[str], bool]
) -> Iterator[Problem]:
    amounts = [name for name in AMOUNTS if item.child(name)]
    named = item.child("exercise")
    if named is None:
        if len(amounts) == 1:
            yield from _exercise(item, mode_of(amounts[0]), path)
        return
    if not isinstance(named.value, str) or doubtful(named.value):
        return
    exercise = exercises.get(named.value)
    if exercise is None:
        hint = did_you_mean(named.value, exercises)
        yield Problem(str(path), named.line, f"there is no exercise {shown(named.value)}", hint)
        return
    suiting = SUITS[exercise.mode]
    for name in amounts:
        if name not in suiting and len(amounts) == 1:
            message = f"{name}: {exercise.id} is {_MEASURED[exercise.mode]}"
            yield Problem(str(path), item.fields()[name].line, message, f"write {listed(suiting, 'or')}")
    yield from _tempo(item, exercise.mode, path)


def _exercise(entry: Node, mode: Mode, path: Path) -> Iterator[Problem]:
    yield from _tempo(entry, mode, path)
    yield from _tiers(entry, path)
    lines: dict[str, int] = {}
    for ladder in ("easier", "harder"):
        for rung in _list(entry, ladder):
            yield from _tempo(rung, mode, path)
            say = (rung.child("say") or rung).value
            if isinstance(say, str):
                first = lines.setdefault(spoken(say), rung.line)
                if first != rung.line:
                    message = f"{ladder}: {shown(say)} is on the ladder already, on line {first}"
                    yield Problem(str(path), rung.line, message, "keep one")


def _tiers(entry: Node, path: Path) -> Iterator[Problem]:
    """Who may do an exercise, and whether its tags, its note and the steps of its ladder agree."""
    tiers = _words(entry, "tiers")
    if not tiers:
        return
    high = Tier.HIGH in tiers
    for tag in _list(entry, "tags"):
        if high and tag.value in list(NOT_FOR_HIGH):
            hint = "take high out of its tiers"
            yield Problem(str(path), tag.line, f"tags: {tag.value} is not for the high tier", hint)
    note = entry.child("high_note")
    if note and not high:
        message = f"high_note: the exercise is for {listed(tiers)} only"
        yield Problem(str(path), note.line, message, "leave the note out")
    for ladder in ("easier", "harder"):
        for rung in _list(entry, ladder):
            wrong = [tier for tier in _words(rung, "tiers") if tier in list(Tier) and tier not in tiers]
            if wrong:
                message = f"{ladder}: this way is for {listed(wrong)}, the exercise is not"
                yield Problem(str(path), rung.line, message, f"take {listed(wrong)} out of its tiers")


def _tempo(node: Node, mode: Mode, path: Path) -> Iterator[Problem]:
    tempo = node.child("tempo")
    if tempo and mode is not Mode.REPS:
        message = f"tempo: an exercise {_MEASURED[mode]} has none"
        yield Problem(str(path), tempo.line, message, "leave it out, or count it in reps")
