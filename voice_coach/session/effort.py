"""How hard a movement was: two questions after its last set, while she rests, and what is made of the answers.

Never while lifting, and nothing waits for an answer: silence is none. The second question is the more reliable one
(EVIDENCE 2.3: "Effort words, own scale", [P]).
"""

from __future__ import annotations

from dataclasses import replace

from voice_coach.routine.model import Hold, Ms, Reps
from voice_coach.session.events import Command, Effect, Record, Say, Sound, Tone
from voice_coach.session.lines import MANNERS, Key, Line
from voice_coach.session.plan import Phase
from voice_coach.session.replies import AFTER_EARCON, BEFORE_COUNT, refuse
from voice_coach.session.segments import LISTEN_LEAST
from voice_coach.session.state import Asked, State, Step, World, amount_of
from voice_coach.session.timeline import Playhead, Speak

QUESTIONS = frozenset({Key.ASK_EFFORT, Key.ASK_RESERVE})
OPEN: Ms = 10_000  # an answer may come so long after its question (EVIDENCE 6, "Pauses": 8-10 s, [P])
SOON: Ms = 6_000  # what was noted is told by then or not at all
HARDEST = 10
MORE = 4  # stands for "more than three"


def due(world: World, state: State, index: int) -> bool:
    """Whether segment `index` is where she is asked, or is being asked: all sets of the movement lie behind."""
    about = state.to_ask or (state.asked.exercise if state.asked else "")
    return bool(about) and not any(
        segment.phase is Phase.WORK and segment.set.item.asks and segment.set.item.exercise.id == about
        for segment in world.plan.segments[index:]
        if segment.set.item.exercise.id not in state.left_out
    )


def praise(world: World, state: State, index: int) -> Line | None:
    """What she did, at the rest after the last set, if she did all of it; the wording changes with the place."""
    dosage = world.dose(state, world.plan.segments[index].set.item)
    count, ms = amount_of(dosage)
    if not state.whole or not isinstance(dosage.amount, Reps | Hold) or count == 1:
        return None
    return Line(Key.ALL_DONE, (count, ms // 1000, index // 3 % MANNERS))


def opened(state: State, key: Key, said: Ms) -> State:
    """The question has begun, and is over at `said`."""
    about = state.asked or Asked(exercise=state.to_ask, key=key, until=0)
    if not about.exercise:  # answered already; a sentence that was interrupted is only told again
        return state
    late = key is Key.ASK_RESERVE and about.key is Key.ASK_EFFORT and about.effort is None
    return replace(state, to_ask="", asked=replace(about, key=key, until=said + OPEN, first=said if late else 0))


def is_open(state: State) -> bool:
    """Whether a number, now, answers a question."""
    return state.asked is not None and state.now <= state.asked.until


def answer(world: World, state: State, command: Command) -> Step:
    """A number while a question is open. The second question follows the first answer at once."""
    asked = state.asked
    assert asked is not None
    tone = Sound(at=state.now, tone=Tone.HEARD)
    if state.now < asked.first and command.value <= HARDEST:
        record = _record(state, asked.exercise, command.value, None)
        return replace(state, asked=replace(asked, effort=command.value, first=0)), [tone, record]
    if asked.key is Key.ASK_RESERVE:
        reserve = min(command.value, MORE)
        record = _record(state, asked.exercise, asked.effort, reserve)
        line = Line(Key.EFFORT_NOTED, ("" if asked.effort is None else asked.effort, reserve))
        state, told = _told(world, replace(state, asked=None), line)
        return state, [tone, record, *told]
    if command.value > HARDEST:
        return refuse(world, state, command)
    record = _record(state, asked.exercise, command.value, None)
    state = replace(state, asked=replace(asked, effort=command.value, until=state.now - 1))
    alone = _without_questions(state)
    line = Line(Key.EFFORT_HEARD, (command.value,))
    after, told = _told(world, alone, line, listen=LISTEN_LEAST)
    if not told:  # the question comes where it has its place
        return state, [tone, record]
    return opened(after, Key.ASK_RESERVE, told[0].at + world.speech_ms(line)), [tone, record, *told]


def no_answer(world: World, state: State, command: Command) -> Step:
    """ "No" and "not sure": she does not want to, or cannot say."""
    if not is_open(state):
        return refuse(world, state, command)
    assert state.asked is not None
    last = state.asked.key is Key.ASK_RESERVE
    asked = None if last else replace(state.asked, until=state.now - 1)
    return replace(state, asked=asked), [Sound(at=state.now, tone=Tone.HEARD)]


def _record(state: State, exercise: str, effort: int | None, reserve: int | None) -> Record:
    return Record(at=state.now, kind="effort", data={"exercise": exercise, "effort": effort, "reserve": reserve})


def _without_questions(state: State) -> State:
    """The rest goes on as it was, but what is asked now is not asked again."""
    assert state.main is not None
    old = state.main
    cues = tuple(cue for cue in old.timeline.cues if not (isinstance(cue.act, Speak) and cue.act.line.key in QUESTIONS))
    timeline = replace(old.timeline, cues=cues)
    behind = sum(cue in cues for cue in old.timeline.cues[: old.cursor])
    return replace(state, main=replace(old, timeline=timeline, cursor=behind))


def _told(world: World, state: State, line: Line, *, listen: Ms = 0) -> tuple[State, list[Effect]]:
    """The line, where it delays nothing and talks over nothing; nothing where there is no such place soon."""
    assert isinstance(state.main, Playhead)
    ms = world.speech_ms(line)
    at = max(state.now + AFTER_EARCON, state.talk_until + BEFORE_COUNT)
    began, length = state.main.began, state.main.timeline.length
    for start, end in state.main.timeline.speech(state.main.cursor):
        if at + ms + BEFORE_COUNT <= began + start:
            break
        at = max(at, began + end + BEFORE_COUNT)
    over = length is not None and at + ms + listen + BEFORE_COUNT > began + length
    if over or at > state.now + SOON:
        return state, []
    return replace(state, talk_until=max(state.talk_until, at + ms), repeatable=line), [Say(at=at, line=line)]
