"""Synthetic speakers: espeak-ng in every accent and variant, and the recorded voices of flite and festival."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from models.training import espeak
from models.training.corpus import RATE, Clip, Samples
from models.training.pack import read_audio

Recordings = Iterator[tuple[Clip, Samples]]

FLITE_VOICES = ("slt", "slt", "rms", "awb", "kal16")  # slt, the only woman, twice
_FESTIVAL_VOICES = ("cmu_us_slt_arctic_hts", "cmu_us_slt_arctic_hts", "ked_diphone", "kal_diphone")
_FESTIVAL_BATCH = 200


def by_espeak(texts: Sequence[str], rng: np.random.Generator) -> Recordings:
    """Slow and fast, low and high, flat and lively, in all accents and variants."""
    variants = espeak.variants()
    utterances = [
        espeak.Utterance(
            text=text,
            voice=str(rng.choice(espeak.ACCENTS)) + str(rng.choice(variants)),
            rate=int(rng.integers(85, 250)),
            pitch=int(rng.integers(5, 99)),
            intonation=int(rng.integers(20, 90)),
        )
        for text in texts
    ]
    for utterance, spoken in zip(utterances, espeak.speak(utterances), strict=True):
        yield Clip(speaker=f"espeak {utterance.voice}", text=words(utterance.text)), spoken.pcm


def by_the_coach(lines: Sequence[str]) -> Recordings:
    """The coach's own voice, which the microphone hears as well."""
    utterances = [espeak.Utterance(text=line) for line in lines]
    for utterance, spoken in zip(utterances, espeak.speak(utterances), strict=True):
        yield Clip(speaker="coach", text=utterance.text), spoken.pcm


def by_flite(texts: Sequence[str], rng: np.random.Generator) -> Recordings:
    """The voices built into flite, stretched and shifted in pitch."""
    with tempfile.TemporaryDirectory() as folder:
        wave = Path(folder) / "said.wav"
        for text in texts:
            voice = str(rng.choice(FLITE_VOICES))
            stretch, shift = np.exp(rng.uniform(np.log(0.65), np.log(1.6))), np.exp(rng.uniform(-0.35, 0.4))
            settings = ["--setf", f"duration_stretch={stretch:.3f}", "--setf", f"f0_shift={shift:.3f}"]
            subprocess.run(["flite", "-voice", voice, *settings, "-t", text, str(wave)], check=True)
            yield Clip(speaker=f"flite {voice}", text=words(text)), read_audio(wave)


def by_festival(texts: Sequence[str], rng: np.random.Generator) -> Recordings:
    """Festival's American voices, stretched; one process speaks a batch."""
    for start in range(0, len(texts), _FESTIVAL_BATCH):
        batch = texts[start : start + _FESTIVAL_BATCH]
        chosen = [str(rng.choice(_FESTIVAL_VOICES)) for _ in batch]
        with tempfile.TemporaryDirectory() as folder:
            lines = []
            for number, (text, voice) in enumerate(zip(batch, chosen, strict=True)):
                lines += [
                    f"(voice_{voice})",
                    f"(Parameter.set 'Duration_Stretch {np.exp(rng.uniform(np.log(0.7), np.log(1.5))):.3f})",
                    f'(set! said (utt.synth (Utterance Text "{text}")))',
                    f"(utt.wave.resample said {RATE})",
                    f'(utt.save.wave said "{folder}/{number}.wav" \'riff)',
                ]
            script = Path(folder) / "say.scm"
            script.write_text("\n".join(lines))
            subprocess.run(["festival", "-b", str(script)], check=True, capture_output=True)
            for number, (text, voice) in enumerate(zip(batch, chosen, strict=True)):
                clip = Clip(speaker=f"festival {voice}", text=words(text))
                yield clip, read_audio(Path(folder) / f"{number}.wav")


ENGINES: Mapping[str, Callable[[Sequence[str], np.random.Generator], Recordings]] = {
    "espeak": by_espeak,
    "flite": by_flite,
    "festival": by_festival,
}


def missing_engines() -> tuple[str, ...]:
    """Those of Debian that are not installed: `apt-get install flite festival festvox-us-slt-hts …`."""
    return tuple(name for name in ("flite", "festival") if shutil.which(name) is None)


def words(text: str) -> str:
    """A text without its pauses."""
    return " ".join(text.replace(",", " ").split())
