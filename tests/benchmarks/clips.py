"""A small pack that the benchmarks make themselves, of synthetic voices and numbers, where no real one is at hand."""

from __future__ import annotations

import contextlib
import csv
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from tests.benchmarks.pack import MANIFEST, Kind
from tests.benchmarks.stage import room_noise
from voice_coach import paths
from voice_coach.audio.clip import RATE, Pcm, to_pcm
from voice_coach.audio.room import room_response
from voice_coach.audio.wav import WavWriter
from voice_coach.cli.demo_command import PERSON
from voice_coach.speech.voice import Voice

LICENCE = "made by the benchmark"
COMMANDS = ("stop", "yes", "help", "repeat", "two", "pause")
FOREIGN = ("marvin", "happy")
TALK = ("The house by the river was sold in the spring, and nobody has seen the owner since.",)
NOISE_S = 3


def make_pack(folder: Path) -> Path:
    """Write clips and manifest into a folder; returns the folder."""
    rows = []
    for kind, label, sound in _sounds():
        name = f"{kind.value}-{label.split(' ')[0].lower()}.wav"
        with contextlib.closing(WavWriter(folder / name)) as writer:
            writer.write(sound)
        rows.append({"path": name, "kind": kind.value, "licence": LICENCE, "transcript": label, "speaker": "synthetic"})
    with (folder / MANIFEST).open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, fieldnames=list(rows[0]))
        table.writeheader()
        table.writerows(rows)
    return folder


def _sounds() -> Iterator[tuple[Kind, str, Pcm]]:
    with contextlib.closing(Voice(PERSON, paths.user_cache())) as voice:
        for kind, texts in ((Kind.COMMAND, COMMANDS), (Kind.FOREIGN, FOREIGN), (Kind.CONTINUOUS, TALK)):
            for text in texts:
                yield kind, text, to_pcm(voice.clip(text).samples)
    yield Kind.NOISE, "hiss", to_pcm(30 * room_noise(NOISE_S * RATE))
    t = np.arange(NOISE_S * RATE) / RATE
    chord = sum(np.sin(2 * np.pi * pitch * t) for pitch in (262, 330, 392)) * np.exp(-3 * (t % 0.5))
    yield Kind.MUSIC, "chords", to_pcm((0.1 * chord).astype(np.float32))
    yield Kind.ROOM, "numbers", to_pcm(room_response(np.random.default_rng(1)))
