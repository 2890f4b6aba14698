"""Every sentence a session may need, listed before it begins, so that nothing has to be synthesised inside a count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from inspect import CO_VARARGS

from voice_coach import script
from voice_coach.commands import LARGEST_NUMBER
from voice_coach.conversation import Choice
from voice_coach.conversation.answers import MISTAKEN
from voice_coach.routine.model import Hold, Item, Ms, OwnPace, Reps
from voice_coach.script import talk
from voice_coach.script.screening import DISCLAIMER
from voice_coach.session.change import REST_MOST, REST_STEP
from voice_coach.session.dose import HOLD_MOST_ABOVE, HOLD_SHORTEST, HOLD_STEP, REPS_FEWEST, REPS_MOST_ABOVE
from voice_coach.session.effort import HARDEST, MORE
from voice_coach.session.engine import Session
from voice_coach.session.events import Command, Effect, Intent, Say, Start
from voice_coach.session.lines import MANNERS, Key, Line
from voice_coach.session.motion import OWN_PACE_REP, following, minutes
from voice_coach.session.plan import Phase, Plan
from voice_coach.session.state import Place, World

LOST = "sound device"  # what the loop can lose, as it is called in sentences
MICROPHONE = "microphone"  # what can come back alone
# The rooms of `script.talk` that `run` speaks from.
AROUND = frozenset(
    {"about", "clinician", "daily", "disclaimer", "emergency", "feeling", "impact"}
    | {"interview", "looking", "progress", "screening", "standing", "week"}
)
# What a first visit begins with, then what a later one does, and what is said to a first answer or none.
FIRST = (
    *("interview.welcome", *DISCLAIMER, "disclaimer.agree", "interview.about", "about.emergency"),
    *("daily.new", "daily.passed", "interview.feelings", "feeling.next_day", "feeling.joints"),
    *("interview.yes", "interview.no", "interview.not_sure", "interview.again", "interview.keys_yes_or_no"),
    *("interview.left_out", "interview.needed", "interview.help_yes_or_no", "interview.kept", "interview.not_agreed"),
)
AT_ONCE = ("interview.welcome", "disclaimer.guide", "daily.new")  # of these, what is said in the first seconds
# What must be sayable when the engine dies: advice in distress with its questions, and standing still.
ADVICE = (
    *(Key.ADVICE_EMERGENCY, Key.ADVICE_FALL, Key.ADVICE_BREATH, Key.ADVICE_DIZZY, Key.ADVICE_PAIN),
    *(Key.GETTING_HELP, Key.HELP_COMING, Key.ASK_WHERE, Key.ASK_STRENGTH, Key.PAIN_RESTING, Key.PAIN_LEFT_OUT),
    *(Key.FALSE_ALARM_HINT, Key.ALARM_CLEARED, Key.PAUSED, Key.STILL_PAUSED),
)
COUNTED = frozenset({Key.NUMBER, Key.COUNT_LIFT, Key.HOLD, Key.LOWER, Key.THREE_MORE, Key.LAST_ONE, Key.YOUR_NUMBER})
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


def lines_for(plan: Plan, emergency: str = "") -> tuple[Line, ...]:
    """Every line of the session, the ones on the way first, then all answers that may be asked for.

    `emergency` is the number that she has told for an emergency, if she has told one.
    """
    on_the_way = [effect.line for effect in dry_run(plan) if isinstance(effect, Say)]
    number = (Line(Key.YOUR_NUMBER, (emergency,)),) if emergency else ()
    return tuple(dict.fromkeys((*on_the_way, *number, *_answers(plan))))


def menu_lines(choices: Iterable[Choice]) -> tuple[Line, ...]:
    """Every line of the question which routine it shall be, advice in distress included."""
    lines = [Line(key) for key in Key if key not in _NEEDS_ARGUMENTS]
    for number, choice in enumerate(choices, 1):
        lines.append(Line(Key.MENU_ITEM, (number, choice.title)))
        lines.append(Line(Key.CONFIRM, (choice.title, choice.minutes)))
    return tuple(lines)


def opening_lines() -> tuple[Line, ...]:
    """What is rendered before the first word: what is said in the first seconds, and advice in distress."""
    return (Line(Key.CHECK_ASK), Line(Key.KEEPING), *(Line(Key.TALK, (name,)) for name in AT_ONCE), *advice_lines())


def advice_lines() -> tuple[Line, ...]:
    """What must be sayable whatever becomes of the engine."""
    return tuple(Line(key) for key in ADVICE)


def counted_lines(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Those of the lines that have no time to be rendered or read from a disk: counts, and the number she calls."""
    return tuple(line for line in lines if line.key in COUNTED)


def first_lines() -> tuple[Line, ...]:
    """What may be said in the first minute around a session: the check, and how a first and a later visit begin."""
    checks = [Line(key) for key in Key if key.name.startswith("CHECK_")]
    return (*checks, Line(Key.KEEPING), *(Line(Key.TALK, (name,)) for name in FIRST))


def talk_lines() -> tuple[Line, ...]:
    """What is asked and told around a session, as far as it is known before; how numbers are repeated, too."""
    lines = [Line(Key.TALK, (name,)) for name in talk.SAID if name.split(".")[0] in AROUND and _is_whole(name)]
    lines += [Line(Key.TALK, ("interview.number", number)) for number in range(MISTAKEN)]
    return (*menu_lines(()), *lines)


def _is_whole(name: str) -> bool:
    code = talk.SAID[name].__code__
    return not code.co_argcount and not code.co_flags & CO_VARARGS


def texts(lines: Iterable[Line]) -> tuple[str, ...]:
    """The words of the lines, each once."""
    return tuple(dict.fromkeys(script.text(line) for line in lines))


def _answers(plan: Plan) -> Iterator[Line]:
    for key in Key:
        if key not in _NEEDS_ARGUMENTS:
            yield Line(key)
    yield from (Line(Key.NUMBER, (number,)) for number in range(1, LARGEST_NUMBER + 1))
    whole = max((effect.at for effect in dry_run(plan)), default=0)
    sets = sum(segment.phase is Phase.WORK for segment in plan.segments)
    for left in range(1, 2 * minutes(whole) + 1):  # at the slowest pace, and with exercises done again
        yield from (Line(Key.SESSION_LEFT, (left,)), Line(Key.OPENING, (plan.title, left)))
    yield from (Line(Key.GOODBYE, (done,)) for done in range(sets + 1))
    yield from (Line(key, (LOST,)) for key in (Key.DEVICE_LOST, Key.DEVICE_BACK))
    yield Line(Key.DEVICE_BACK, (MICROPHONE,))
    yield from dict.fromkeys(_following(plan))
    yield Line(Key.MORE_REST, (REST_STEP // 1000,))
    for rest in {segment.ms for segment in plan.segments if segment.phase is Phase.REST}:
        yield from (_half_way(rest + more * REST_STEP) for more in range(REST_MOST + 1))
    items = tuple(dict.fromkeys(segment.set.item for segment in plan.segments))
    for item in items:
        yield from _item_answers(item)
    if any(item.asks for item in items):
        yield from _effort_answers()


def _following(plan: Plan) -> Iterator[Line]:
    """What can be announced as the next, whatever is left out for pain."""
    world = World(plan=plan, speech_ms=script.estimated_ms)
    yield from (following(world, index) for index in range(len(plan.segments)))
    yield from (Line(Key.NEXT_EXERCISE, (segment.set.item.exercise.name,)) for segment in plan.segments)


def _effort_answers() -> Iterator[Line]:
    """What is made of the answers how hard it was."""
    yield from (Line(Key.EFFORT_HEARD, (effort,)) for effort in range(HARDEST + 1))
    for effort in ("", *range(HARDEST + 1)):
        yield from (Line(Key.EFFORT_NOTED, (effort, reserve)) for reserve in range(MORE + 1))


def _item_answers(item: Item) -> Iterator[Line]:
    exercise = item.exercise
    yield Line(Key.TEXT, (" ".join((exercise.start, *exercise.cues)),))
    yield from (Line(Key.TEXT, (cue,)) for cue in exercise.cues)
    yield Line(Key.PAIN_EASIER, ("",))
    yield from (Line(Key.PAIN_EASIER, (variant.say,)) for variant in (*exercise.easier, *exercise.harder))
    for variant in (*exercise.easier, *exercise.harder):
        yield from (Line(key, (variant.say,)) for key in (Key.EASIER, Key.HARDER, Key.RUNG))
    yield from (Line(Key.SETS_LEFT, (count,)) for count in range(1, item.sets + 1))
    match item.amount:
        case Hold(ms=ms, moving=moving):
            yield from _hold_answers(ms, Key.MOVE_FOR if moving else Key.HOLD_FOR, item.sets)
            yield from _praise(item, (Line(Key.ALL_DONE, (0, each // 1000, 0)) for each in _lengths(ms)))
        case Reps(count=count):
            yield from _reps_answers(count, Key.REPS, item.sets)
            yield from _praise(item, (Line(Key.ALL_DONE, (each, 0, 0)) for each in _counts(count)))
            yield from (Line(Key.COUNT_LIFT, (number, exercise.words[0])) for number in (1, 2))
        case OwnPace(target=target):
            yield from _reps_answers(target, Key.OWN_PACE, item.sets)
            yield from (Line(Key.REPS_NOTED, (count,)) for count in range(LARGEST_NUMBER + 1))


def _reps_answers(written: int, told: Key, sets: int) -> Iterator[Line]:
    """All amounts that "easier" and "harder" can lead to, and what is left of them."""
    most = written + REPS_MOST_ABOVE
    for count in _counts(written):
        yield from (Line(told, (count,)), Line(Key.REPS_NOW, (count,)))
    yield from (Line(Key.REPS_LEFT, (count, after)) for count in range(most + 1) for after in range(sets))


def _hold_answers(written: Ms, told: Key, sets: int) -> Iterator[Line]:
    longest = written + HOLD_MOST_ABOVE
    for length in _lengths(written):
        yield from (Line(told, (length // 1000,)), Line(Key.SECONDS_NOW, (length // 1000,)), _half_way(length))
        yield from (Line(Key.MINUTES_LEFT, (minute,)) for minute in range(1, length // 60_000 + 1))
    for left in range(1, longest // 1000 + 1):
        yield from (Line(Key.TIME_LEFT, (left, after)) for after in range(sets))


def _counts(written: int) -> range:
    """All counts that "easier" and "harder" can lead to."""
    return range(min(written, REPS_FEWEST), written + REPS_MOST_ABOVE + 1)


def _lengths(written: Ms) -> set[Ms]:
    """The same for a hold."""
    shortest = min(written, HOLD_SHORTEST)
    return {shortest, *range(written + HOLD_MOST_ABOVE, shortest, -HOLD_STEP)}


def _praise(item: Item, lines: Iterable[Line]) -> Iterator[Line]:
    """Each of these in all of its wordings, where the item has any."""
    for line in lines if item.asks else ():
        yield from (Line(line.key, (*line.args[:2], manner)) for manner in range(MANNERS))


def _half_way(length: Ms) -> Line:
    """The call in the middle of a rest or a hold, to the second."""
    return Line(Key.HALF_WAY, (length // 2000,))
