"""Where a session stands: one frozen value, replaced at every step, never changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from voice_coach.routine.model import Hold, Item, Ms, Reps
from voice_coach.session.dose import Adjustment, Dose, dose
from voice_coach.session.events import Effect, Intent, SpeechMs
from voice_coach.session.lines import Key, Line
from voice_coach.session.plan import Phase, Plan, Segment
from voice_coach.session.timeline import Playhead


class Flow(str, Enum):
    """Whether the plan moves, and if not, why."""

    NEW = "new"  # before Start
    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"  # asked whether to end
    DISTRESS = "distress"
    WHERE = "where"  # asked where it hurts
    STRENGTH = "strength"  # asked how strong the pain of a joint is
    CLOSING = "closing"  # the last words are being said
    OVER = "over"


class Place(str, Enum):
    """What the transition table is asked for: the phase while the plan moves, else the flow."""

    NEW = "new"
    PREPARE = "prepare"
    WORK = "work"
    REST = "rest"
    PAUSED = "paused"
    STOPPED = "stopped"
    DISTRESS = "distress"
    WHERE = "where"
    STRENGTH = "strength"
    CLOSING = "closing"
    OVER = "over"


# Nothing is heard there but advice and questions about her, without a tone, and no other sentence.
TROUBLED = frozenset({Flow.DISTRESS, Flow.WHERE, Flow.STRENGTH})


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question how hard a movement was, which is open until `until` of session time.

    Until `first` a number still answers the question before it: nobody answers one that is only being put.
    """

    exercise: str
    key: Key  # ASK_EFFORT or ASK_RESERVE
    until: Ms
    first: Ms = 0
    effort: int | None = None  # what she said to the first question


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What was done so far, for the summary."""

    sets: int = 0
    exercises: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A session at session time `now`.

    `main` plays the current segment; while the session stands still it waits at offset `held` and `waiting` plays
    instead. `adjusted` holds the changes by exercise. `reps` are the complete reps of the current set. `eased` were
    made easier for pain, `left_out` are done no more today for the same reason: ids of exercises.
    """

    now: Ms = 0
    started: Ms = 0
    flow: Flow = Flow.NEW
    index: int = 0
    main: Playhead | None = None
    held: Ms = 0
    waiting: Playhead | None = None
    adjusted: Mapping[str, Adjustment] = field(default_factory=dict)
    reps: int = 0
    tally: Tally = field(default_factory=Tally)
    repeatable: Line | None = None  # the last sentence worth repeating
    talk_until: Ms = 0  # when the last answer or sentence that was begun is over
    distress: Intent | None = None
    hurts: str | None = None  # the joint that hurts, while she is asked how strong
    eased: frozenset[str] = frozenset()
    left_out: frozenset[str] = frozenset()
    whole: bool = False  # the last set was completed
    to_ask: str = ""  # the exercise of which she is still to be asked how hard it was
    asked: Asked | None = None
    rest_added: int = 0  # how often this rest was lengthened
    missed_at: Ms | None = None  # when something was last not understood, if no command was heard since
    told_at: Ms | None = None  # when she was last told so
    key_offered: bool = False
    silent: bool = False  # the sound device is away: nothing that is said can be heard
    deaf: Key | None = None  # KEYS_ONLY or NOTHING_HEARD, while she cannot be heard

    @property
    def playing(self) -> Playhead | None:
        """The playhead that moves now."""
        return self.main if self.flow is Flow.RUNNING else self.waiting


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What does not change during a session."""

    plan: Plan
    speech_ms: SpeechMs
    emergency: str = ""  # the number she calls, as digits; "" where she has told none

    def segment(self, state: State) -> Segment:
        """The current segment; the last one once the plan is through."""
        return self.plan.segments[min(state.index, len(self.plan.segments) - 1)]

    def place(self, state: State) -> Place:
        """Where in the transition table the session stands."""
        if state.flow is not Flow.RUNNING:
            return Place(state.flow.value)
        return Place(self.segment(state).phase.value)

    def adjustment(self, state: State, item: Item) -> Adjustment:
        """What was changed of this exercise in this session."""
        return state.adjusted.get(item.exercise.id, Adjustment())

    def dose(self, state: State, item: Item) -> Dose:
        """What is really asked of this item."""
        return dose(item, self.adjustment(state, item))


Step = tuple[State, list[Effect]]


def work_ahead(world: World, state: State) -> int | None:
    """Index of the WORK segment that is on or comes next; None when all work is done."""
    for index in range(state.index, len(world.plan.segments)):
        segment = world.plan.segments[index]
        if segment.phase is Phase.WORK and segment.set.item.exercise.id not in state.left_out:
            return index
    return None


def amount_of(dosage: Dose) -> tuple[int, Ms]:
    """Planned reps and planned milliseconds; one of the two is 0."""
    match dosage.amount:
        case Reps(count=count):
            return count, 0
        case Hold(ms=ms):
            return 0, ms
    return dosage.amount.target, 0
