"""Everything a person can say, in one table: the matcher, the recogniser's grammar, help and tests all come from it.

Rules that shaped the words: phrases are matched whole; words that are easily taken for each other are not both
commands (there is no "start" beside "stop", and "back" is only heard as "go back", because every cue says "back").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from voice_coach.session.events import DISTRESS, Command, Intent, Via

PHRASES: Mapping[Intent, tuple[str, ...]] = {
    Intent.PAUSE: ("pause", "wait", "hold on", "wait a moment"),
    Intent.RESUME: ("resume", "carry on", "go on", "keep going", "continue"),
    Intent.STOP: ("stop", "stop it", "stop please"),
    Intent.END: ("end session", "end the session", "finish for today", "end workout"),
    Intent.SKIP: ("skip", "skip this", "skip it", "move on"),
    Intent.BACK: ("go back", "previous exercise"),
    Intent.REPEAT: ("repeat", "repeat that", "say that again", "say it again"),
    Intent.EASIER: ("easier", "make it easier", "too hard", "that's too hard"),
    Intent.HARDER: ("harder", "make it harder", "too easy", "that's too easy"),
    Intent.SLOWER: ("slower", "slow down", "too fast"),
    Intent.FASTER: ("faster", "speed up", "too slow"),
    Intent.LOUDER: ("louder", "speak up", "i can't hear you"),
    Intent.QUIETER: ("quieter", "too loud"),
    Intent.DONE: ("done", "i'm done", "i am done", "finished", "i have finished"),
    Intent.MORE_REST: ("more rest", "more time", "i need more rest", "longer rest"),
    Intent.HOW_MANY_LEFT: ("how many left", "how many more", "how many are left"),
    Intent.HOW_LONG: ("how long", "how much longer", "how much time is left"),
    Intent.WHATS_NEXT: ("what's next", "what is next", "what comes next"),
    Intent.HOW_TO: ("how do i do it", "how do i do this", "show me how", "explain it"),
    Intent.HELP: ("help", "what can i say"),
    Intent.YES: ("yes", "yes please", "yeah"),
    Intent.NO: ("no", "no thank you", "not yet"),
    Intent.NOT_SURE: ("not sure", "i'm not sure", "i am not sure"),  # not "I don't know": it ends like "no"
    Intent.FALSE_ALARM: ("false alarm", "i am fine", "i'm fine", "i am all right", "i'm all right"),
    Intent.NAME: ("coach listen only to your name", "listen only to your name"),
    Intent.ANYTHING: ("coach listen to everything", "listen to everything"),
    Intent.EMERGENCY: (
        "emergency",
        "help me",
        "i need help",
        "call an ambulance",
        "numb",
        "i feel numb",
        "it feels numb",
    ),
    Intent.CHEST: ("chest", "chest pain", "my chest", "my chest hurts"),
    Intent.BREATH: ("can't breathe", "i can't breathe", "cannot breathe", "out of breath", "short of breath"),
    Intent.FALL: ("fall", "i fell", "fell", "i have fallen", "i've fallen"),
    Intent.DIZZY: (
        "dizzy",
        "i'm dizzy",
        "i feel dizzy",
        "light headed",
        "i feel light headed",
        "faint",
        "i feel faint",
    ),
    Intent.BACK_PAIN: ("my back hurts", "back pain", "pain in my back"),
    Intent.JOINT_PAIN: (
        "my knee hurts",
        "my hip hurts",
        "my shoulder hurts",
        "my wrist hurts",
        "my ankle hurts",
        "my elbow hurts",
        "joint pain",
        "knee pain",
        "hip pain",
        "shoulder pain",
        "wrist pain",
    ),
    Intent.PAIN: ("pain", "i have pain", "hurts", "it hurts", "that hurts", "sharp pain"),
    # What is said when she is asked where it hurts, and how much. "Back" alone is in every cue.
    Intent.MY_BACK: ("my back", "in my back", "it's my back"),
    Intent.JOINT: (
        "a joint",
        "my joint",
        "it's a joint",
        "my knee",
        "it's my knee",
        "my hip",
        "it's my hip",
        "my shoulder",
        "it's my shoulder",
        "my wrist",
        "it's my wrist",
        "my ankle",
        "my elbow",
    ),
    Intent.SHARP: ("sharp", "it's sharp", "very sharp", "very strong", "very bad"),
}

LARGEST_NUMBER = 50  # no set has more reps (a routine's bound), no menu more entries
# Where a list of single-key answers is wanted without a microphone; digits choose from a menu.
KEYS: Mapping[str, Intent] = {
    " ": Intent.PAUSE,  # and, while paused, resume: see `for_key`
    "r": Intent.RESUME,
    "q": Intent.STOP,
    "e": Intent.EASIER,
    "h": Intent.HARDER,
    "-": Intent.SLOWER,
    "+": Intent.FASTER,
    "s": Intent.SKIP,
    "b": Intent.BACK,
    "a": Intent.REPEAT,
    "d": Intent.DONE,
    "\r": Intent.DONE,
    "\n": Intent.DONE,
    "m": Intent.MORE_REST,
    "l": Intent.HOW_MANY_LEFT,
    "t": Intent.HOW_LONG,
    "w": Intent.WHATS_NEXT,
    "i": Intent.HOW_TO,
    "?": Intent.HELP,
    "y": Intent.YES,
    "n": Intent.NO,
    "u": Intent.NOT_SURE,
    ">": Intent.LOUDER,
    "<": Intent.QUIETER,
    "f": Intent.FALSE_ALARM,
    "!": Intent.EMERGENCY,
    "p": Intent.PAIN,
    "k": Intent.MY_BACK,
    "j": Intent.JOINT,
    "z": Intent.DIZZY,
    "c": Intent.CHEST,
    "x": Intent.FALL,
    "v": Intent.BREATH,
}

_SOUNDS_LIKE = {"to": "two", "too": "two", "for": "four", "won": "one", "ate": "eight"}  # said alone, a number is meant
NAME = "coach"  # what she may call the coach, and must, where it was told to listen only to its name
_POLITE = frozenset({"please", NAME, "okay", "ok", "um", "uh", "the"})
UNKNOWN = "[unk]"  # what a recogniser gives for speech that is none of the phrases
_SMALL = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_DIGITS = {**{word: str(digit) for digit, word in enumerate(_SMALL[:10])}, "oh": "0", "nought": "0"}
_TENS = {20: "twenty", 30: "thirty", 40: "forty", 50: "fifty", 60: "sixty", 70: "seventy", 80: "eighty", 90: "ninety"}
# Ordinary talk by the coach may hold these; everything else in the table it must not say by accident.
_HARMLESS = frozenset({Intent.YES, Intent.NO, Intent.NOT_SURE, Intent.NUMBER, Intent.ROUTINE})


def number_words(number: int) -> str:
    """An integer from 0 to 999 in words, as it is spoken: 45 is "forty five"."""
    if number < 20:
        return _SMALL[number]
    if number < 100:
        tens, ones = number - number % 10, number % 10
        return _TENS[tens] + (f" {_SMALL[ones]}" if ones else "")
    rest = f" and {number_words(number % 100)}" if number % 100 else ""
    return f"{_SMALL[number // 100]} hundred{rest}"


def normalise(text: str) -> str:
    """Words in lower case with single spaces; digits spelt out, punctuation gone, apostrophes kept inside words."""
    text = re.sub(r"\d{1,3}", lambda found: f" {number_words(int(found.group()))} ", text.replace("’", "'"))
    return " ".join(re.findall(r"[a-z]+(?:'[a-z]+)*", text.lower()))


# A false one of these costs a moment, a missed one may cost a bone: ears are to hear them rather too often.
GENEROUS = tuple(phrase for intent in (*DISTRESS, Intent.STOP, Intent.PAUSE) for phrase in PHRASES[intent])


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """What an utterance means."""

    intent: Intent
    phrase: str
    value: int = 0
    name: str = ""
    unhurried: bool = False  # counts only when the utterance is over: more of it may follow

    def command(self, at: int, via: Via = Via.VOICE) -> Command:
        """The event for the session."""
        return Command(at=at, intent=self.intent, via=via, phrase=self.phrase, value=self.value, name=self.name)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The whole table for one session: the fixed phrases, the numbers, and the names of the routines at hand.

    With `only`, what a question can be answered with takes the place of that table. `beside` is understood when typed,
    but not listened for; with `digits`, digits said or typed after one another are one text (`name` of the match).
    """

    routines: Mapping[str, str] = field(default_factory=dict)  # spoken name -> routine id
    wake: bool = False  # whether the grammar holds every phrase with the coach's name before it too
    only: tuple[Match, ...] | None = None
    beside: tuple[Match, ...] = ()
    digits: bool = False
    _listed: Mapping[str, Match] = field(init=False)
    _exact: Mapping[str, Match] = field(init=False)
    _open: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        table = (*phrases_of(*PHRASES), *numbers(0, LARGEST_NUMBER)) if self.only is None else self.only
        listed = {match.phrase: match for match in table}
        for spoken, routine in self.routines.items():
            words = normalise(spoken)
            if words and words not in listed:  # a routine called "Stop" must not take the word away
                listed[words] = Match(intent=Intent.ROUTINE, phrase=words, name=routine)
        exact = {match.phrase: match for match in self.beside} | listed
        object.__setattr__(self, "_listed", listed)
        object.__setattr__(self, "_exact", exact)
        object.__setattr__(self, "_open", frozenset(_beginnings(exact)))

    @property
    def phrases(self) -> tuple[str, ...]:
        """Every phrase, sorted: the grammar a recogniser is given."""
        pairs = {f"{one} {other}" for one in _DIGITS for other in _DIGITS} if self.digits else ()
        heard = {*self._listed, *pairs}
        named = {f"{NAME} {phrase}" for phrase in heard if self.wake and not phrase.startswith(NAME)}
        return tuple(sorted({*heard, *named}))

    def match(self, text: str) -> Match | None:
        """What typed words mean; None when they are not, as a whole, something that can be said.

        Distress words count wherever they stand, and so does "stop": a false stop is cheap. Words of politeness around
        a phrase, and a phrase said twice, change nothing.
        """
        words = normalise(text).split()
        for intent in (*DISTRESS, Intent.STOP):
            if found := _contained(words, PHRASES[intent]):
                return Match(intent=intent, phrase=found)
        return self.whole(text)

    def whole(self, text: str) -> Match | None:
        """What words mean that are nothing but a phrase, politeness and repetition apart. Unknown words void it."""
        if UNKNOWN in text:
            return None
        if self.digits and (found := _digits_in(text)):
            return found
        words = normalise(text).split()
        if len(words) == 1:
            words = [_SOUNDS_LIKE.get(words[0], words[0])]
        if exact := self._exact.get(" ".join(words)):
            return exact
        plain = [word for word in words if word not in _POLITE]
        for length in range(1, len(plain) + 1):
            if len(plain) % length == 0 and plain == plain[:length] * (len(plain) // length):
                return self._exact.get(" ".join(plain[:length]))
        return None

    def inside(self, text: str) -> Match | None:
        """The most urgent distress of which a phrase of at least two words stands anywhere in spoken words.

        A single word of distress stands alone, or talk about the weather would raise an alarm; so do "knee pain" and
        the like, which talk is too easily taken for.
        """
        words = normalise(text).split()
        for intent in DISTRESS:
            if found := _contained(words, (phrase for phrase in PHRASES[intent] if _tells(intent, phrase))):
                return Match(intent=intent, phrase=found)
        return None

    def goes_on(self, phrase: str) -> bool:
        """Whether a longer phrase that means something else begins with this one: "help" and "help me"."""
        return phrase in self._open


def _tells(intent: Intent, phrase: str) -> bool:
    """Whether a phrase of distress is one in the middle of talk, too."""
    words = phrase.split()
    return len(words) > 2 or (len(words) == 2 and (intent is Intent.CHEST or words[1] != "pain"))


def phrases_of(*intents: Intent) -> tuple[Match, ...]:
    """The fixed phrases of some commands."""
    return tuple(Match(intent=intent, phrase=phrase) for intent in intents for phrase in PHRASES[intent])


def numbers(least: int, most: int) -> tuple[Match, ...]:
    """The numbers from `least` to `most`, at most 999, in words."""
    return tuple(
        Match(intent=Intent.NUMBER, phrase=number_words(number), value=number) for number in range(least, most + 1)
    )


def spoken_names(routines: Iterable[tuple[str, str, Iterable[str]]]) -> dict[str, str]:
    """Spoken name to routine id, from (id, title, aliases) in menu order; "routine two" works for every one."""
    names: dict[str, str] = {}
    for number, (routine, title, aliases) in enumerate(routines, 1):
        for name in (title, *aliases, f"routine {number_words(number)}", f"number {number_words(number)}"):
            names.setdefault(normalise(name), routine)
    return names


def command_in(text: str) -> str | None:
    """The first command phrase inside a text that the coach would speak, or None. Numbers, yes and no are no matter."""
    words = normalise(text).split()
    for intent, phrases in PHRASES.items():
        if intent not in _HARMLESS and (found := _contained(words, phrases)):
            return found
    return None


def for_key(key: str, *, standing: bool) -> Intent | None:
    """What a key means. Space pauses, and while the session stands still it goes on."""
    if key == " " and standing:
        return Intent.RESUME
    return KEYS.get(key.lower())


def _beginnings(exact: Mapping[str, Match]) -> Iterable[str]:
    """The phrases with which a longer one of another meaning begins."""
    for phrase, match in exact.items():
        words = phrase.split()
        for length in range(1, len(words)):
            shorter = exact.get(" ".join(words[:length]))
            if shorter and (shorter.intent, shorter.value, shorter.name) != (match.intent, match.value, match.name):
                yield shorter.phrase


def _digits_in(text: str) -> Match | None:
    """Digits after one another, said ("nine nine nine") or typed; they are kept as text."""
    words = "".join(text.split()) if text.replace(" ", "").isdecimal() else text.lower().split()
    digits = "".join(_DIGITS.get(word, word if word.isascii() and word.isdecimal() else "?") for word in words)
    if not digits or not digits.isdecimal():
        return None
    phrase = " ".join(_SMALL[int(digit)] for digit in digits)
    return Match(intent=Intent.NUMBER, phrase=phrase, name=digits, unhurried=True)


def _contained(words: list[str], phrases: Iterable[str]) -> str | None:
    for phrase in sorted(phrases, key=len, reverse=True):
        wanted = phrase.split()
        if any(words[start : start + len(wanted)] == wanted for start in range(len(words) - len(wanted) + 1)):
            return phrase
    return None
