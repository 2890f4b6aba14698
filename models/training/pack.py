"""Real speech and noise for training, from a folder with a `manifest.csv` as the project's speech packs have it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from models.training.corpus import RATE, Clip, Samples, Source

KINDS = {"word": "words", "utterance": "sentences", "untranscribed": "reading", "noise": "noise"}
"""The manifest's kinds that are trained on, and what their source is called here."""


def read_pack(pack: Path, work: Path) -> dict[str, Source]:
    """Every kind of the pack as a source under `work`, copied there the first time.

    Raises ValueError where the folder is no pack, or a clip is not 16 kHz mono.
    """
    manifest = pack / "manifest.csv"
    if not manifest.exists():
        raise ValueError(f"{pack} has no manifest.csv: give the folder of a speech pack with --pack")
    with manifest.open(newline="") as file:
        rows = list(csv.DictReader(file))
    sources = {}
    for kind, name in KINDS.items():
        chosen = [row for row in rows if row["kind"] == kind]
        if chosen:
            folder = work / name
            sources[name] = Source(folder) if Source.exists(folder) else Source.write(folder, _clips(pack, chosen))
    return sources


def _clips(pack: Path, rows: list[dict[str, str]]) -> Iterator[tuple[Clip, Samples]]:
    for row in rows:
        text = "" if row["kind"] in ("untranscribed", "noise") else row["transcript"].lower()
        yield Clip(speaker=row["speaker"], text=text), read_audio(pack / row["path"])


def read_audio(path: Path) -> Samples:
    """16 kHz mono samples of a file that libsndfile reads."""
    import soundfile

    samples, rate = soundfile.read(path, dtype="int16")
    if rate != RATE or samples.ndim != 1:
        raise ValueError(f"{path}: expected {RATE} Hz mono, found {rate} Hz with shape {samples.shape}")
    return np.asarray(samples, np.int16)
