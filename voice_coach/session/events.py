"""What goes into a session and what comes out: frozen values, each with `at`, its millisecond of session time.

Events come in (`Start`, `Command`, `Unheard`, `DeviceLost`, `DeviceBack`, `HeldUp`). Effects go out (`Say`, `Sound`,
`Hush`, `Volume`, `Record`, `End`) and may lie in the future: an answer is placed in the next gap between two counts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, IntEnum
from typing import TypeAlias

from voice_coach.routine.model import Ms
from voice_coach.session.lines import Line


class Intent(str, Enum):
    """What a person can want. How she can say it is in `voice_coach.commands`."""

    PAUSE = "pause"
    RESUME = "resume"
    STOP = "stop"
    END = "end session"
    SKIP = "skip"
    BACK = "back"
    REPEAT = "repeat"
    EASIER = "easier"
    HARDER = "harder"
    SLOWER = "slower"
    FASTER = "faster"
    LOUDER = "louder"
    QUIETER = "quieter"
    DONE = "done"
    MORE_REST = "more rest"
    HOW_MANY_LEFT = "how many left"
    HOW_LONG = "how long"
    WHATS_NEXT = "what's next"
    HOW_TO = "how do I do it"
    HELP = "help"
    YES = "yes"
    NO = "no"
    NOT_SURE = "not sure"
    NUMBER = "number"
    ROUTINE = "routine"
    FALSE_ALARM = "false alarm"
    MY_BACK = "my back"  # this and the next two answer questions about pain, and mean nothing elsewhere
    JOINT = "a joint"
    SHARP = "sharp"
    NAME = "listen to your name"  # from now on only what begins with the coach's name counts
    ANYTHING = "listen to everything"
    PAIN = "pain"  # without a place
    BACK_PAIN = "back pain"
    JOINT_PAIN = "joint pain"
    DIZZY = "dizzy"
    CHEST = "chest"
    FALL = "fall"
    BREATH = "can't breathe"
    EMERGENCY = "emergency"


# Most urgent first: where one utterance holds several, the first of them counts.
# Pain without a place comes last, because "my knee hurts" holds "hurts".
DISTRESS = (
    Intent.EMERGENCY,
    Intent.CHEST,
    Intent.BREATH,
    Intent.FALL,
    Intent.DIZZY,
    Intent.BACK_PAIN,
    Intent.JOINT_PAIN,
    Intent.PAIN,
)


class Trouble(str, Enum):
    """What a stop was for, as the log has it: some of `person.model.Trouble`, under the same names (EVIDENCE 1.4)."""

    EMERGENCY = "emergency"
    BACK_PAIN = "back pain"
    FALL = "fall"
    DIZZY = "dizzy"
    BREATH = "breath"
    SHARP_PAIN = "sharp pain"  # a joint at 6 or more, sharp, or without a number
    JOINT_PAIN = "joint pain"  # a joint at 4 or 5


class Via(str, Enum):
    """Where a command came from."""

    VOICE = "voice"
    KEY = "key"
    SCRIPT = "script"  # simulate, tests, replay


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """Begin the session. The first event, once."""

    at: Ms


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """The person wants something. `value` is the number for NUMBER, `name` the routine's id for ROUTINE."""

    at: Ms
    intent: Intent
    via: Via = Via.SCRIPT
    phrase: str = ""  # the words as they were matched, for the log
    value: int = 0
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceLost:
    """The microphone or the loudspeaker no longer answers; `what` names it in words that can be shown."""

    at: Ms
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceBack:
    """What was lost is there again. The session stays paused until she says so."""

    at: Ms
    what: str


EARS = "ears"  # what listens: where it is `DeviceBack` it had failed for a moment, and came back by itself


class Hitch(str, Enum):
    """What comes between, and is no lost device."""

    SLEPT = "slept"  # the machine slept, or stood still so long that nobody waits for the next count
    DEAF = "deaf"  # nothing at all comes from the microphone any more; when it does, it is `DeviceBack`
    EARS = "ears"  # what listens has failed for good; only keys are left


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldUp:
    """Something came between, of which session time knows nothing; `ms` is how long by the clock, 0 where unknown."""

    at: Ms
    hitch: Hitch
    ms: Ms = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Unheard:
    """Something was said that may have been a command, and was not understood."""

    at: Ms


Event: TypeAlias = "Start | Command | Unheard | DeviceLost | DeviceBack | HeldUp"


class Priority(IntEnum):
    """Who may talk over whom: a lower number wins; TALK expires when late, the others never do."""

    SAFETY = 0
    COUNT = 1
    TALK = 2


class Tone(str, Enum):
    """Short sounds that can be told apart by ear; all lie between 400 and 1000 Hz (EVIDENCE part 6)."""

    LIFT = "lift"  # rising
    HOLD = "hold"  # level
    LOWER = "lower"  # falling
    TICK = "tick"  # one second of a hold or a count-in
    GO = "go"
    REST = "rest"
    HEARD = "heard"  # a command was accepted
    UNCLEAR = "unclear"  # something was said and not understood
    NOT_NOW = "not now"  # understood, but it means nothing here
    PAUSED = "paused"
    FINISHED = "finished"


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """Begin to speak at `at`, the first audible sample on that millisecond."""

    at: Ms
    line: Line
    priority: Priority = Priority.TALK


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound:
    """Play a tone at `at`."""

    at: Ms
    tone: Tone


@dataclass(frozen=True, slots=True, kw_only=True)
class Hush:
    """Be silent from `at`: what sounds is cut, what is queued is dropped."""

    at: Ms


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """Turn the coach's voice up (+1) or down (-1) by one step."""

    at: Ms
    step: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Something for the log that was decided here: `kind` names it, `data` holds plain JSON values."""

    at: Ms
    kind: str  # "set", "adjusted", "refused", "distress", "paused", "resumed", ...
    data: Mapping[str, str | int | bool | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """The session is over; `reason` is one of the values of `Reason`."""

    at: Ms
    reason: Reason


class Reason(str, Enum):
    """How a session can end."""

    COMPLETED = "completed"
    ENDED = "ended by the person"
    NO_ANSWER = "no answer"
    DISTRESS = "distress"


Effect: TypeAlias = "Say | Sound | Hush | Volume | Record | End"

SpeechMs: TypeAlias = Callable[
    [Line], Ms
]  # how long a sentence takes to say; given to the session, never guessed by it
