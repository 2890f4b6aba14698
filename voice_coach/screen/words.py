"""What the screen says in words of its own: what can be said where, what a command meant, and short texts."""

from __future__ import annotations

import re
from collections.abc import Mapping

from voice_coach.commands import PHRASES, Vocabulary
from voice_coach.routine.model import Load, OwnPace
from voice_coach.session import effort, waiting
from voice_coach.session.dose import Dose
from voice_coach.session.events import Command, Intent
from voice_coach.session.lines import Key, Line
from voice_coach.session.plan import Phase, PlannedSet
from voice_coach.session.state import Flow, Place, State, World

A_NUMBER = "a number"
FROM_NOUGHT = "a number, 0 to 10"
MOST = 7  # more is not read

# In the order of use; each of them means something there (`session.table`).
SAYABLE: Mapping[Place, tuple[Intent, ...]] = {
    Place.PREPARE: (Intent.PAUSE, Intent.STOP, Intent.REPEAT, Intent.EASIER, Intent.SKIP, Intent.BACK),
    Place.WORK: (Intent.PAUSE, Intent.STOP, Intent.EASIER, Intent.SLOWER, Intent.HOW_MANY_LEFT, Intent.SKIP),
    Place.REST: (Intent.PAUSE, Intent.STOP, Intent.MORE_REST, Intent.SKIP, Intent.WHATS_NEXT, Intent.HOW_LONG),
    Place.PAUSED: (Intent.RESUME, Intent.EASIER, Intent.SKIP, Intent.HOW_TO, Intent.END),
    Place.STOPPED: (Intent.YES, Intent.NO, Intent.RESUME),
    Place.DISTRESS: (Intent.FALSE_ALARM, Intent.REPEAT, Intent.END),
    Place.WHERE: (Intent.MY_BACK, Intent.CHEST, Intent.JOINT, Intent.NOT_SURE, Intent.FALSE_ALARM),
    Place.STRENGTH: (Intent.SHARP, Intent.NOT_SURE, Intent.FALSE_ALARM),
    Place.CLOSING: (Intent.STOP,),
}
# The first thing the advice asks for, in its own words (EVIDENCE 1.4): after a fall nobody is told to sit down.
ADVISED: Mapping[Key, str] = {
    Key.ADVICE_PAIN: "Rest now",
    Key.ADVICE_DIZZY: "Sit down",
    Key.ADVICE_EMERGENCY: "Stop now. Sit down.",
    Key.ADVICE_FALL: "Stay still a moment",
    Key.ADVICE_BREATH: "Stop and rest",
}
_ANSWERS = (Intent.YES, Intent.NO, Intent.NOT_SURE, Intent.DONE, Intent.SKIP, Intent.REPEAT, Intent.PAUSE, Intent.STOP)


def phrase(intent: Intent) -> str:
    """How a command is said, as it is written."""
    return written(PHRASES[intent][0])


def written(words: str) -> str:
    """Words of the matcher as they are written: its letters are all small."""
    return re.sub(r"\bi\b", "I", words)


def can_say(world: World, state: State) -> tuple[str, ...]:
    """The phrases of most use now."""
    place = world.place(state)
    said = [phrase(intent) for intent in SAYABLE.get(place, ())]
    if place is Place.STRENGTH:
        return (FROM_NOUGHT, *said)
    if place in (Place.PREPARE, Place.REST) and effort.is_open(state):
        return (FROM_NOUGHT if _asks_effort(state) else A_NUMBER, phrase(Intent.NOT_SURE), *said)[:MOST]
    segment = world.segment(state)
    if isinstance(world.dose(state, segment.set.item).amount, OwnPace):
        if place is Place.WORK:
            return (phrase(Intent.DONE), *said)
        if place is Place.REST:
            return (A_NUMBER, *said)
    if state.flow is Flow.DISTRESS and waiting.asked_for_help(state.waiting):
        return (phrase(Intent.YES), phrase(Intent.NO), *said)
    return tuple(said)


def _asks_effort(state: State) -> bool:
    return state.asked is not None and state.asked.key is Key.ASK_EFFORT


def answers(vocabulary: Vocabulary) -> tuple[str, ...]:
    """What a question can be answered with: one phrase for each meaning, numbers as such."""
    listed = {match.intent for match in vocabulary.only or ()}
    number = (A_NUMBER,) if Intent.NUMBER in listed else ()
    return (*number, *(phrase(intent) for intent in _ANSWERS if intent in listed))


def meaning(command: Command) -> str:
    """What a command was taken for."""
    if command.intent is Intent.NUMBER:
        return command.name or str(command.value)
    if command.intent is Intent.ROUTINE:
        return "this routine"
    return str(command.intent.value)


def said(command: Command) -> str:
    """Her words, or the key she pressed."""
    if len(command.phrase) > 1:
        return written(command.phrase)
    return "key" if command.phrase else ""


def details(planned: PlannedSet, dose: Dose) -> tuple[str, ...]:
    """What is particular about this set."""
    item = planned.item
    found = [
        f"Round {planned.round} of {planned.rounds}" if planned.rounds > 1 else "",
        f"Set {planned.number} of {planned.of}" if planned.of > 1 else "",
        f"{planned.side.value} side".capitalize() if planned.side else "",
        _load(item.load) if item.load else "",
        dose.variant.say if dose.variant else "",
        "A hand close to the counter" if item.exercise.support else "",
    ]
    return tuple(text for text in found if text)


def _load(load: Load) -> str:
    return load.label.capitalize() if load.label else f"{load.grams / 1000:g} kg"


def clock(seconds: int) -> str:
    """Seconds as they are read fastest: 45, and 1:40 from a hundred on."""
    return str(seconds) if seconds < 100 else f"{seconds // 60}:{seconds % 60:02d}"


def following(line: Line) -> str:
    """What comes after this set, shorter than it is said."""
    match line.key:
        case Key.NEXT_EXERCISE:
            return str(line.args[0])
        case Key.NEXT_SET:
            return f"Set {line.args[0]} of {line.args[1]}"
        case Key.NEXT_SIDE:
            return f"Your {line.args[0]} side"
    return "The session is complete"


def in_distress(intent: Intent | None) -> str:
    """The first words of the advice."""
    return ADVISED[waiting.ADVICE[intent or Intent.EMERGENCY]]


def sets(world: World, state: State) -> tuple[int, int]:
    """How many sets lie behind her, and of how many."""
    work = [index for index, segment in enumerate(world.plan.segments) if segment.phase is Phase.WORK]
    return sum(index < state.index for index in work), len(work)
