"""A whole session over real streams, with an echo in the room and a synthetic person who speaks while the coach counts.

The program runs in a child process over a private PulseAudio; the person reads its transcript as one hears a coach,
and speaks into the microphone. She goes on by a key, so that a word that was not heard cannot hold the
rest up. Every wait has an end.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from tests.benchmarks.stage import room_noise
from tests.pulse import AT_EASE_MS, LONG_S, Pulse, Recorded
from tests.spoken_session import Lines, SpokenSession, counting
from voice_coach.audio.clip import RATE, to_pcm
from voice_coach.commands import number_words

REPS = 50
COUNTS = frozenset(number_words(rep) for rep in range(1, REPS + 1))
BEGIN_S = 180.0  # from the start of the program to the first count
COUNT_S = 60.0  # from going on to the count after the next
ANSWER_S = 4.0  # from the end of the word to the command
LISTEN_S = 2.0  # the coach's answer is listened to for so long
END_S = 60.0
GO_ON, WENT_ON = "r", "you  resume (key)"
NOISE_S = 900  # longer than any session here: no microphone is ever digitally silent


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word that was said while the coach counted, and what came of it."""

    word: str
    said_s: float  # about when she began, from the beginning of the recording
    obeyed: bool
    others: tuple[str, ...]  # commands that were taken instead


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Held:
    """A session that was held."""

    words: tuple[Word, ...]
    uncalled: tuple[str, ...]  # commands that were taken while she said nothing
    transcript: tuple[str, ...]
    announced: str
    code: int
    recorded: Recorded


def hold(
    folder: Path,
    pulse: Pulse,
    env: Mapping[str, str],
    words: Sequence[tuple[str, npt.NDArray[np.int16]]],
    arguments: Sequence[str],
) -> Held:
    """Run `voice-coach run` with the arguments, and say the words, each while the coach counts."""
    pulse.rustle(to_pcm(room_noise(NOISE_S * RATE)))
    recorder = pulse.record(latency_ms=AT_EASE_MS)
    began = time.monotonic()
    said: list[Word] = []
    uncalled: list[str] = []
    with SpokenSession(folder, env, counting(REPS), *arguments) as session:
        for word, sound in words:
            if not _counting(session, uncalled, COUNT_S if said else BEGIN_S):
                break
            said.append(_say(pulse, session.lines, word, sound, began))
            session.lines.until(lambda _line: False, LISTEN_S)
            session.press(GO_ON)
            session.lines.until(lambda line: line == WENT_ON, ANSWER_S)
        session.press("qy")
        session.lines.until(lambda _line: False, END_S)
        session.process.wait(timeout=END_S)
    return Held(
        words=tuple(said),
        uncalled=tuple(uncalled),
        transcript=tuple(line.text for line in session.lines.all),
        announced=session.announced.read_text(encoding="utf-8"),
        code=session.process.returncode,
        recorded=recorder.stop(),
    )


def _counting(session: SpokenSession, uncalled: list[str], within_s: float) -> bool:
    """Wait until the coach counts the second of some repetitions; False where that does not happen in time.

    What nobody called for may have made it stand still.
    """
    end = time.monotonic() + within_s
    before = 2
    while before:
        line = session.lines.until(lambda _line: True, end - time.monotonic())
        if line is None:
            return False
        if line.text == "coach  We begin in":
            before = 3 + 2
        elif _count(line.text):
            before -= 1
        elif line.text.startswith("you") and line.text != WENT_ON:
            uncalled.append(line.text.removeprefix("you").strip())
            session.press(GO_ON)
    return True


def _count(line: str) -> bool:
    return line.startswith("coach") and line.removeprefix("coach").strip().split(",")[0].lower() in COUNTS


def _say(pulse: Pulse, lines: Lines, word: str, sound: npt.NDArray[np.int16], began: float) -> Word:
    """Speak, and wait for the command; a word that is not heard at first is not said again."""
    said_s = time.monotonic() - began
    speaking = pulse.speak(sound)
    others: list[str] = []
    end = time.monotonic() + ANSWER_S + len(sound) / RATE
    obeyed = False
    while not obeyed and (left := end - time.monotonic()) > 0:
        line = lines.until(lambda line: line.startswith("you"), left)
        if line is None:
            break
        obeyed = line.text == f"you  {word}"
        if not obeyed:
            others.append(line.text.removeprefix("you").strip())
    speaking.wait(timeout=LONG_S)
    return Word(word=word, said_s=said_s, obeyed=obeyed, others=tuple(others))
