"""Commands said while the coach speaks: in every room, at every level, with and without canceller, beside silence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from tests.benchmarks.coaching import LAST_MS, Coach, Timed, played, run, session_says
from tests.benchmarks.conditions import Clips, convolved, some
from tests.benchmarks.double_talk import BETWEEN_MS, FIRST_MS, Fate, Placed, Word, as_matches, fates, place
from tests.benchmarks.echo import EchoRoom, unit
from tests.benchmarks.listeners import Engine, Listener, plain
from tests.benchmarks.pack import Entry, Kind
from tests.benchmarks.scoring import Share, percentile, wanted
from tests.benchmarks.stage import active_rms
from voice_coach.audio.clip import BLOCK, FRAMES_PER_MS, RATE, Pcm, Samples, to_pcm, to_samples
from voice_coach.audio.room import Room
from voice_coach.cli.common import load
from voice_coach.commands import Match, Vocabulary
from voice_coach.routine.model import Ms
from voice_coach.session.events import Effect, Intent
from voice_coach.speech.canceller import Canceller, NoCanceller, WebRtcCanceller
from voice_coach.studio import SoundSettings, open_echo

COACH_DBFS = -26.0  # the coach's voice at the microphone
A_WORD_MS: Ms = 15_000  # of session for each word in a room: rests are long, and silent
DIGITS = 4  # one in so many of the pack's clips that are taken is a digit
# What the packs do not hold is said by a synthetic voice, another one than the coach's, and counted apart.
SYNTHETIC = (
    *("pause", "stop", "wait", "hold on", "stop it", "resume", "skip this", "easier", "too hard", "how many left"),
    *("what's next", "help me", "emergency", "it hurts", "i feel dizzy", "my chest hurts", "i can't breathe"),
    *("i've fallen", "done", "slow down"),
)
SILENT, WITH, WITHOUT = "coach silent", "with canceller", "without canceller"
WEBRTC = "with WebRTC's canceller"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What is measured, and how."""

    engine: Engine
    words: Vocabulary
    levels_db: tuple[float, ...]
    delay_ms: float
    drift_ppm: float
    many: int
    routine: str
    plain_too: bool

    def room(self, response: Pcm, gain: float, said: Sequence[tuple[int, Samples]] = ()) -> EchoRoom:
        """A room with this response in which the coach is so loud."""
        return EchoRoom(response, gain=gain, delay_ms=self.delay_ms, drift_ppm=self.drift_ppm, said=said)

    def canceller(self, condition: str, room: Room) -> Canceller:
        """A fresh one: what a session takes in such a room; or WebRTC's, told the delay as a sound card tells it."""
        if condition == WEBRTC:
            return WebRtcCanceller(round(self.delay_ms))
        return NoCanceller() if condition == WITHOUT else open_echo(SoundSettings(), room, _nothing).canceller

    def plain_loop(self) -> Listener | None:
        """The better of the plain loops."""
        return next(plain(self.engine, self.words), None) if self.plain_too else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One kind of words at one level in one condition, over all rooms."""

    who: str
    condition: str
    level_db: float
    what: str  # human words, human digits, synthetic words
    right: Share
    wrong: Share
    kept: Share  # of those heard with a silent coach: heard here too
    median_ms: float
    strays: int  # obeyed while nobody had spoken: the same for all kinds of words


@dataclass(slots=True)
class _Told:
    """What became of the words of one condition, room after room."""

    fates: list[Fate] = field(default_factory=list)
    strays: int = 0

    def add(self, placed: Sequence[Placed], obeyed: Sequence[tuple[int, Match]]) -> None:
        found, strays = fates(placed, obeyed)
        self.fates += found
        self.strays += len(strays)


@dataclass(frozen=True, slots=True, kw_only=True)
class Barged:
    """All rows, and what was done for them."""

    said: int
    minutes: float  # of sound in one condition
    rows: tuple[Row, ...]


def barged(
    clips: Clips, rooms: Clips, voice: Timed, other: Timed, setting: Setting, tell: Callable[[str], None]
) -> Barged:
    """Each word in one room (they take turns), the same place and level in every condition."""
    words = list(_words(clips, other, setting))
    enough = FIRST_MS + A_WORD_MS * -(-len(words) // len(rooms))
    says = session_says(load(setting.routine), voice, enough)
    sound = played(Coach(says, enough), voice)
    told: dict[tuple[str, str, float], _Told] = {}
    said, length = 0, 0
    for number, (entry, response) in enumerate(rooms):
        placed = list(place(words[number :: len(rooms)], sound, seed=number))
        if not placed:
            continue
        ends = placed[-1].ends_ms + BETWEEN_MS + LAST_MS
        said, length = said + len(placed), length + ends
        gain = coach_gain(sound, response)
        for level in setting.levels_db:
            for who, condition, obeyed in _conditions(setting, says, sound, voice, placed, response, gain, level, ends):
                told.setdefault((who, condition, level), _Told()).add(placed, obeyed)
        tell(f"{entry.transcript or entry.name}: {len(placed)} words")
    return Barged(said=said, minutes=length / 60_000, rows=tuple(_rows(told)))


def coach_gain(sound: Pcm, response: Pcm) -> float:
    """How loud a response must be for the coach to arrive at -26 dBFS, over the first half minute of its words."""
    heard = convolved(to_samples(sound[: 30 * RATE]), unit(response))
    softer = np.float32(0.5 / max(1e-6, float(np.abs(heard).max())))
    return float(10 ** (COACH_DBFS / 20) * softer / active_rms(to_pcm(heard * softer)))


def microphone(room: EchoRoom, sound: Pcm) -> Pcm:
    """What the microphone hears in a room while this is played."""
    whole = sound[: len(sound) // BLOCK * BLOCK]
    return np.concatenate([room.exchange(whole[at : at + BLOCK]) for at in range(0, len(whole), BLOCK)])


def _conditions(
    setting: Setting,
    says: Sequence[Effect],
    sound: Pcm,
    voice: Timed,
    placed: Sequence[Placed],
    response: Pcm,
    gain: float,
    level_db: float,
    ends: Ms,
) -> Iterator[tuple[str, str, list[tuple[int, Match]]]]:
    """Who, in which condition, what was obeyed when."""
    loud = 10 ** ((COACH_DBFS + level_db) / 20)
    said = [
        (each.at_ms * FRAMES_PER_MS, to_samples(each.word.sound) * np.float32(loud / active_rms(each.word.sound)))
        for each in placed
    ]
    for condition in (SILENT, WITH, WEBRTC, WITHOUT):
        coach = Coach([] if condition == SILENT else says, ends)
        ears = setting.engine.ears(setting.words)
        room = setting.room(response, gain, said)
        obeyed = run(coach, room, voice, ears, setting.canceller(condition, room), setting.words)
        ears.close()
        yield f"voice-coach, {setting.engine.label}", condition, as_matches(obeyed)
    if (loop := setting.plain_loop()) is not None:
        heard = sound[: ends * FRAMES_PER_MS]
        for condition, out in ((SILENT, np.zeros_like(heard)), (WITHOUT, heard)):
            accepted = loop.hear(microphone(setting.room(response, gain, said), out)).accepted
            yield loop.who, condition, [(each.at_ms, each.match) for each in accepted]


def _words(clips: Clips, other: Timed, setting: Setting) -> Iterator[Word]:
    """Some of the pack's commands, and what the other voice says, in an order that mixes them."""
    known = [(entry, sound, wanted(entry, setting.words)) for entry, sound in clips]
    spoken = [(entry, sound) for entry, sound, match in known if match and match.intent is not Intent.NUMBER]
    digits = [(entry, sound) for entry, sound, match in known if match and match.intent is Intent.NUMBER]
    few = setting.many // DIGITS
    chosen = [*some(spoken, setting.many - few), *some(digits, few)]
    found = [_word(entry, sound, setting.words, human=True) for entry, sound in chosen]
    for text in SYNTHETIC[: setting.many // 3]:
        entry = Entry(path=None, name=text, kind=Kind.COMMAND, corpus="synthetic", transcript=text)
        found.append(_word(entry, to_pcm(other.clip(text).samples), setting.words, human=False))
    order = np.random.default_rng(0).permutation(len(found))
    yield from (found[number] for number in order)


def _word(entry: Entry, sound: Pcm, words: Vocabulary, *, human: bool) -> Word:
    match = wanted(entry, words)
    assert match is not None, entry.transcript
    return Word(entry=entry, sound=sound, wanted=match, human=human)


def _what(word: Word) -> str:
    if not word.human:
        return "synthetic words"
    return "human digits" if word.wanted.intent is Intent.NUMBER else "human words"


def _rows(told: Mapping[tuple[str, str, float], _Told]) -> Iterator[Row]:
    for (who, condition, level), each in told.items():
        silent = told[who, SILENT, level].fates
        for what in sorted({_what(fate.word) for fate in each.fates}):
            pairs = [(a, b) for a, b in zip(silent, each.fates, strict=True) if _what(b.word) == what]
            mine = [fate for _, fate in pairs]
            times = [float(fate.latency_ms) for fate in mine if fate.latency_ms is not None]
            yield Row(
                who=who,
                condition=condition,
                level_db=level,
                what=what,
                right=Share(count=sum(fate.right for fate in mine), of=len(mine)),
                wrong=Share(count=sum(fate.wrong for fate in mine), of=len(mine)),
                kept=Share(count=sum(a.right and b.right for a, b in pairs), of=sum(a.right for a, _ in pairs)),
                median_ms=percentile(times, 0.5),
                strays=each.strays,
            )


def _nothing(_sentence: str) -> None:
    """What a session would announce."""
