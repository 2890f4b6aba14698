"""Everything the coach can say, by name. The words, and what the arguments become, are in `voice_coach.script`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Key(str, Enum):
    """What a sentence is for. The comment behind each names its arguments."""

    # opening and closing
    OPENING = "opening"  # title, minutes
    ROOM_CHECK = "room check"
    SUMMARY = "summary"  # exercises, sets done, minutes
    GOODBYE = "goodbye"  # sets done
    # getting ready
    BLOCK = "block"  # name
    EXERCISE = "exercise"  # name
    LOAD = "load"  # grams, label
    SET_OF = "set of"  # number, of how many
    ROUND_OF = "round of"  # number, of how many
    TEXT = "text"  # a sentence from the routine file: start position, cue, note
    SUPPORT = "support"
    RUNG = "rung"  # the variant in force, as written on the ladder
    SIDE = "side"  # "left" or "right"
    OTHER_SIDE = "other side"  # "left" or "right"
    REPS = "reps"  # count
    HOLD_FOR = "hold for"  # seconds
    MOVE_FOR = "move for"  # seconds
    OWN_PACE = "own pace"  # target count
    STARTING_IN = "starting in"
    # at work
    NUMBER = "number"  # a bare count, up or down
    COUNT_LIFT = "count and lift"  # number, the word for lifting
    HOLD = "hold"  # the word for holding
    LOWER = "lower"  # the word for lowering
    THREE_MORE = "three more"
    LAST_ONE = "last one"
    BEGIN = "begin"
    HALF_WAY = "half way"  # seconds left
    SECONDS_LEFT = "seconds left"  # seconds
    MINUTES_LEFT = "minutes left"  # minutes
    STILL_COUNTING = "still counting"
    # at rest
    REST = "rest"  # seconds
    ALL_DONE = "all done"  # count or 0, seconds or 0, which of `MANNERS` wordings
    ASK_REPS = "ask reps"
    ASK_EFFORT = "ask effort"
    ASK_RESERVE = "ask reserve"
    NEXT_SET = "next set"  # number, of how many
    NEXT_SIDE = "next side"  # "left" or "right"
    NEXT_EXERCISE = "next exercise"  # name
    NEXT_END = "next end"
    # answers
    REPS_NOTED = "reps noted"  # count
    EFFORT_HEARD = "effort heard"  # effort; asks for the reserve
    EFFORT_NOTED = "effort noted"  # effort or "", reserve
    REPS_LEFT = "reps left"  # reps left in this set, sets left after it
    SETS_LEFT = "sets left"  # sets left of this exercise, the next one included
    TIME_LEFT = "time left"  # seconds left of this hold, sets left after it
    SESSION_LEFT = "session left"  # minutes
    EASIER = "easier"  # variant, or ""
    HARDER = "harder"  # variant, or ""
    AS_WRITTEN = "as written"  # back at the standard version
    REPS_NOW = "reps now"  # count
    SECONDS_NOW = "seconds now"  # seconds
    EASIEST = "easiest"
    HARDEST = "hardest"
    SLOWER = "slower"
    FASTER = "faster"
    SLOWEST = "slowest"
    FASTEST = "fastest"
    LOUDER = "louder"
    QUIETER = "quieter"
    MORE_REST = "more rest"  # seconds added
    ENOUGH_REST = "enough rest"
    SKIPPED = "skipped"
    GOING_BACK = "going back"
    FIRST_ALREADY = "first already"
    NOT_NOW = "not now"
    HELP_PREPARE = "help prepare"
    HELP_WORK = "help work"
    HELP_REST = "help rest"
    HELP_PAUSED = "help paused"
    MISSED = "missed"
    MISSED_WAITING = "missed waiting"
    NAME_ONLY = "name only"
    NAME_OR_NOT = "name or not"
    # waiting
    PAUSED = "paused"
    STILL_PAUSED = "still paused"
    DEVICE_LOST = "device lost"  # what
    DEVICE_BACK = "device back"  # what
    HELD_UP = "held up"
    NOTHING_HEARD = "nothing heard"
    NOT_LISTENED = "not listened"
    KEYS_ONLY = "keys only"
    ASK_END = "ask end"
    RESUMING = "resuming"
    STAY_PAUSED = "stay paused"
    # distress: fixed advice, one for each class
    ADVICE_PAIN = "advice pain"
    ADVICE_DIZZY = "advice dizzy"
    ADVICE_EMERGENCY = "advice emergency"
    ADVICE_FALL = "advice fall"
    ADVICE_BREATH = "advice breath"
    YOUR_NUMBER = "your number"  # digits
    GETTING_HELP = "getting help"
    HELP_COMING = "help coming"
    ASK_WHERE = "ask where"
    ASK_STRENGTH = "ask strength"
    PAIN_LEFT_OUT = "pain left out"
    PAIN_EASIER = "pain easier"  # variant, or ""
    PAIN_RESTING = "pain resting"
    FALSE_ALARM_HINT = "false alarm hint"
    ALARM_CLEARED = "alarm cleared"
    # before and after the session
    TALK = "talk"  # id of a sentence in `script.talk`, its arguments
    KEEPING = "keeping"
    CHECK_ASK = "check ask"
    CHECK_AGAIN = "check again"
    CHECK_HEARD = "check heard"
    CHECK_KEYS = "check keys"
    GREETING = "greeting"  # name of the program's role is in the words
    MENU_INTRO = "menu intro"
    MENU_ITEM = "menu item"  # number, title
    MENU_ASK = "menu ask"
    CONFIRM = "confirm"  # title, minutes
    MENU_AGAIN = "menu again"
    MENU_KEYS = "menu keys"
    MENU_BYE = "menu bye"


MANNERS = 3  # wordings of ALL_DONE

# What "repeat" passes over: bare counts, and what is no longer true, or no help, a moment later.
FLEETING = frozenset(
    {
        Key.STARTING_IN,
        Key.NUMBER,
        Key.COUNT_LIFT,
        Key.HOLD,
        Key.LOWER,
        Key.THREE_MORE,
        Key.LAST_ONE,
        Key.BEGIN,
        Key.HALF_WAY,
        Key.SECONDS_LEFT,
        Key.MINUTES_LEFT,
        Key.LOUDER,
        Key.QUIETER,
        Key.NOT_NOW,
        Key.MISSED,
        Key.MISSED_WAITING,
    }
)


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence: its key and its arguments, plain strings and numbers."""

    key: Key
    args: tuple[str | int, ...] = ()
