"""`python -m tests.benchmarks.live [--json FILE]`: is she obeyed, and how soon, over real streams with an echo?

The program runs as at home, over PortAudio and a private PulseAudio whose microphone hears the loudspeaker louder than
her. Five synthetic women say "pause" and "stop" twice each while the coach counts, each word once, at moments spread
over the beat. Times are read off a recording of the loudspeaker and of her: from the end of a word, by its energy, to
the last sound of the coach before its answer, where it was speaking then; to the hush, for every word that was obeyed;
to the first word of the answer.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from tests.benchmarks.figure import Figure
from tests.benchmarks.live_tape import Answered, answered
from tests.benchmarks.stage import active_rms
from tests.live_session import hold
from tests.pulse import Pulse, missing_sound
from voice_coach import paths, script
from voice_coach.audio.clip import RATE, Pcm, to_pcm
from voice_coach.session.lines import Key, Line
from voice_coach.session.waiting import ANSWER_AFTER
from voice_coach.speech.voice import Voice, VoiceSettings

WOMEN = ("gmw/en-us+f2", "gmw/en-us+f3", "gmw/en+f4", "gmw/en-gb-scotland+f1", "gmw/en-gb-x-rp+f5")
WOMAN_WPM = 150
LEVEL_DB = -10.0  # she, against the coach, at the microphone
BEAT_S = 2.0  # of `spoken_session.counting`
ANSWERS = {"pause": (Key.PAUSED, ANSWER_AFTER + 250), "stop": (Key.ASK_END, ANSWER_AFTER)}
OFTEN = 2  # each word, by each woman
MEDIAN_MS, MOST_MS, FIRST_WORD_MS = 250.0, 400.0, 1_000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One word and what came of it."""

    woman: str
    word: str
    obeyed: bool
    others: tuple[str, ...]
    answered: Answered | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lived:
    """All sessions of one run; `uncalled` are commands that were taken while nobody spoke."""

    level_db: float  # she, against the coach, at the microphone
    said: tuple[Said, ...]
    uncalled: tuple[str, ...]
    faults: tuple[str, ...]  # what the program said of its streams

    @property
    def answers(self) -> list[Answered]:
        """Of the words that were obeyed and whose answer is on the recording."""
        return [said.answered for said in self.said if said.obeyed and said.answered is not None]

    @property
    def silences(self) -> list[float]:
        """End of the word to the coach's last sound, where it was heard at that end."""
        return [answer.silent_ms for answer in self.answers if answer.over]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; 2 with a sentence where there can be no sound."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.live", description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every word there")
    parser.add_argument("--level", type=float, default=LEVEL_DB, metavar="DB", help="she against the coach")
    parser.add_argument("--often", type=int, default=OFTEN, metavar="TIMES", help="each word by each woman")
    parser.add_argument("--women", nargs="+", default=WOMEN, metavar="VOICE", help="espeak-ng's names")
    options = parser.parse_args(arguments)
    if reason := missing_sound():
        print(reason, file=sys.stderr)
        return 2
    lived = live(options.women, options.often, options.level)
    show(Console(width=None if sys.stdout.isatty() else 160), lived)
    if options.json:
        options.json.write_text(json.dumps(asdict(lived), indent=1), encoding="utf-8")
    return 0


def live(women: Sequence[str], often: int, level_db: float) -> Lived:
    """A session with each of the women."""
    said: list[Said] = []
    uncalled: list[str] = []
    faults: list[str] = []
    for number, woman in enumerate(women):
        with tempfile.TemporaryDirectory() as folder:
            first, of = number * 2 * often, len(women) * 2 * often
            phases = [(first + turn) * BEAT_S / of for turn in range(2 * often)]
            found = _session(Path(folder), woman, phases, level_db)
        said += found.said
        uncalled += found.uncalled
        faults += found.faults
        print(f"{woman}: {sum(each.obeyed for each in found.said)} of {len(found.said)} obeyed", file=sys.stderr)
    return Lived(level_db=level_db, said=tuple(said), uncalled=tuple(uncalled), faults=tuple(faults))


def figures(lived: Lived) -> list[Figure]:
    """What has a goal. Without a word that was obeyed the times are no numbers."""
    said, answers = len(lived.said), lived.answers
    how = f"{said} words by synthetic women, {lived.level_db:g} dB against the coach, who counts meanwhile; PulseAudio"
    silences = lived.silences
    return [
        Figure(name="live: obeyed at the first try", unit="%", goal=100.0, better="higher", how=how,
               values=(100 * sum(each.obeyed for each in lived.said) / max(1, said),)),
        Figure(name="live: commands that nobody gave", values=(float(len(lived.uncalled)),), unit="", how=how),
        Figure(name="live: end of word to silence, median", unit="ms", goal=MEDIAN_MS, values=tuple(silences),
               how="where the coach was heard at the end of the word"),
        Figure(name="live: end of word to silence, p95", unit="ms", goal=MOST_MS, how="the same",
               values=_p95(silences)),
        Figure(name="live: end of word to hush, median", unit="ms", goal=MEDIAN_MS, how="all words that were obeyed",
               values=tuple(answer.obeyed_ms for answer in answers)),
        Figure(name="live: end of word to hush, p95", unit="ms", goal=MOST_MS, how="the same",
               values=_p95([answer.obeyed_ms for answer in answers])),
        Figure(name="live: end of word to the answer's first word", unit="ms", goal=FIRST_WORD_MS, how="the same",
               values=tuple(answer.answer_ms for answer in answers)),
    ]  # fmt: skip


def show(console: Console, lived: Lived) -> None:
    """Every word, then the figures."""
    table = Table("voice", "word", "obeyed", "silent", "hushed", "answer", "taken instead", title="ms from its end")
    for each in lived.said:
        times = each.answered
        row = (
            [f"{value:.0f}" for value in (times.silent_ms, times.obeyed_ms, times.answer_ms)] if times else ["", "", ""]
        )
        row[0] = row[0] if times is None or times.over else "between"
        table.add_row(each.woman, each.word, "yes" if each.obeyed else "NO", *row, ", ".join(each.others))
    console.print(table)
    for figure in figures(lived):
        met = "" if figure.met is None else "met" if figure.met else "NOT met"
        console.print(f"{figure.name}: {figure.value:.0f} {figure.unit} {met} ({figure.how}, n={len(figure.values)})")
    console.print(f"uncalled: {', '.join(lived.uncalled) or 'none'}")
    for fault in lived.faults:
        console.print(fault)


def _session(folder: Path, woman: str, phases: Sequence[float], level_db: float) -> Lived:
    cache = paths.user_cache()
    with (
        contextlib.closing(Voice(VoiceSettings(), cache)) as coach,
        contextlib.closing(Voice(VoiceSettings(name=woman, rate_wpm=WOMAN_WPM), cache)) as voice,
    ):
        loudness = active_rms(to_pcm(coach.clip("seven").samples)) * 10 ** (level_db / 20)
        answers = {word: to_pcm(coach.clip(script.text(Line(key))).samples) for word, (key, _) in ANSWERS.items()}
        words = [tuple(ANSWERS)[turn % 2] for turn in range(len(phases))]
        sounds = [_sound(voice, word, phase, loudness) for word, phase in zip(words, phases, strict=True)]
    with Pulse(folder, echo_db=0.0) as pulse:
        env = {**os.environ, **pulse.env, "XDG_DATA_HOME": str(folder), "XDG_CACHE_HOME": str(cache.parent)}
        held = hold(folder, pulse, env, list(zip(words, sounds, strict=True)), ())
    if held.code:
        raise AssertionError(f"the session broke: {held.announced}")
    said = []
    for each, sound in zip(held.words, sounds, strict=False):
        times = answered(
            held.recorded, said_s=each.said_s, lasts_s=len(sound) / RATE, answer=answers[each.word],
            after_ms=ANSWERS[each.word][1],
        )  # fmt: skip
        said.append(Said(woman=woman, word=each.word, obeyed=each.obeyed, others=each.others, answered=times))
    never = [
        Said(woman=woman, word=word, obeyed=False, others=(), answered=None) for word in words[len(held.words) :]
    ]  # the session was over before
    faults = [line for line in held.announced.splitlines() if "blocks of 20 ms" in line]
    return Lived(level_db=level_db, said=(*said, *never), uncalled=held.uncalled, faults=tuple(faults))


def _sound(voice: Voice, word: str, after_s: float, loudness: float) -> Pcm:
    """The word, so loud and so much later."""
    clip = voice.clip(word).samples
    spoken = to_pcm(clip * np.float32(loudness / active_rms(to_pcm(clip))))
    return np.concatenate([np.zeros(round(after_s * RATE), dtype=np.int16), spoken])


def _p95(values: Sequence[float]) -> tuple[float, ...]:
    return (float(np.percentile(values, 95)),) if values else ()


if __name__ == "__main__":
    sys.exit(main())
