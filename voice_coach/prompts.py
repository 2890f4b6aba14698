"""Every sentence a session may need, listed before it begins, so that nothing has to be synthesised inside a count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from voice_coach import script
from voice_coach.commands import LARGEST_NUMBER
from voice_coach.conversation import Choice
from voice_coach.routine.model import Hold, Item, Ms, OwnPace
from voice_coach.session.dose import (
    HOLD_MOST_ABOVE,
    HOLD_SHORTEST,
    HOLD_STEP,
    REPS_FEWEST,
    REPS_MOST_ABOVE,
    Adjustment,
    dose,
)
from voice_coach.session.engine import Session
from voice_coach.session.events import Command, Effect, Intent, Say, Start
from voice_coach.session.lines import Key, Line
from voice_coach.session.motion import OWN_PACE_REP, minutes
from voice_coach.session.plan import Plan
from voice_coach.session.state import Place, amount_of

_NEEDS_ARGUMENTS = frozenset({key for key, make in script.SENTENCES.items() if make.__code__.co_argcount})


def dry_run(plan: Plan) -> tuple[Effect, ...]:
    """All effects of a session that nobody interrupts, with estimated speech; sets at her own pace end with "done"."""
    session = Session(plan, script.estimated_ms)
    effects = session.receive(Start(at=0))
    while not session.over and (due := session.deadline) is not None:
        if (enough := _own_pace_ms(plan, session)) is not None:
            due = session.state.now + enough
            effects += session.receive(Command(at=due, intent=Intent.DONE))
        effects += session.advance(due)
    return tuple(effects)


def _own_pace_ms(plan: Plan, session: Session) -> Ms | None:
    """About how long the person takes for the set that is on, where it is paced by her."""
    if session.place is not Place.WORK:
        return None
    amount = plan.segments[session.state.index].set.item.amount
    return amount.target * OWN_PACE_REP if isinstance(amount, OwnPace) else None


def lines_for(plan: Plan) -> tuple[Line, ...]:
    """Every line of the session, the ones on the way first, then all answers that may be asked for."""
    on_the_way = [effect.line for effect in dry_run(plan) if isinstance(effect, Say)]
    return tuple(dict.fromkeys((*on_the_way, *_answers(plan))))


def menu_lines(choices: Iterable[Choice]) -> tuple[Line, ...]:
    """Every line of the question which routine it shall be, advice in distress included."""
    lines = [Line(key) for key in Key if key not in _NEEDS_ARGUMENTS]
    for number, choice in enumerate(choices, 1):
        lines.append(Line(Key.MENU_ITEM, (number, choice.title)))
        lines.append(Line(Key.CONFIRM, (choice.title, choice.minutes)))
    return tuple(lines)


def texts(lines: Iterable[Line]) -> tuple[str, ...]:
    """The words of the lines, each once."""
    return tuple(dict.fromkeys(script.text(line) for line in lines))


def _answers(plan: Plan) -> Iterator[Line]:
    for key in Key:
        if key not in _NEEDS_ARGUMENTS:
            yield Line(key)
    yield from (Line(Key.NUMBER, (number,)) for number in range(1, LARGEST_NUMBER + 1))
    whole = max((effect.at for effect in dry_run(plan)), default=0)
    sets = sum(segment.phase.value == "work" for segment in plan.segments)
    yield from (Line(Key.SESSION_LEFT, (left,)) for left in range(1, minutes(whole) + 2))
    yield from (Line(Key.GOODBYE, (done,)) for done in range(sets + 1))
    yield Line(Key.MORE_REST, (30,))
    for item in dict.fromkeys(segment.set.item for segment in plan.segments):
        yield from _item_answers(item)


def _item_answers(item: Item) -> Iterator[Line]:
    exercise = item.exercise
    yield Line(Key.TEXT, (" ".join((exercise.start, *exercise.cues)),))
    yield from (Line(Key.TEXT, (cue,)) for cue in exercise.cues)
    for variant in (*exercise.easier, *exercise.harder):
        yield from (Line(key, (variant.say,)) for key in (Key.EASIER, Key.HARDER, Key.RUNG))
    yield from (Line(Key.SETS_LEFT, (count,)) for count in range(1, item.sets + 1))
    reps, ms = amount_of(dose(item, Adjustment()))
    if isinstance(item.amount, Hold):
        lengths = range(HOLD_SHORTEST, ms + HOLD_MOST_ABOVE + 1, HOLD_STEP)
        yield from (Line(Key.SECONDS_NOW, (length // 1000,)) for length in lengths)
        longest = (ms + HOLD_MOST_ABOVE) // 1000
        yield from (Line(Key.TIME_LEFT, (s, n)) for s in range(1, longest + 1) for n in range(item.sets))
        return
    most = reps + REPS_MOST_ABOVE
    yield from (Line(Key.REPS_NOW, (count,)) for count in range(REPS_FEWEST, most + 1))
    yield from (Line(Key.REPS_LEFT, (count, n)) for count in range(most + 1) for n in range(item.sets))
    words = exercise.words
    yield from (Line(Key.COUNT_LIFT, (number, words[0])) for number in (1, 2))
    yield from (Line(Key.REPS_NOTED, (count,)) for count in range(most + 1))
