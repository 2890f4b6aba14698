"""A pack of recordings: a folder with a `manifest.csv` that says what every clip is.

Columns: `path` and `kind` must be there; `source_repo`, `licence`, `speaker`, `transcript`, `ps_hint` are read where
they are. What cannot be used is a sentence in `problems`, never the end of the run.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

import numpy as np

from voice_coach.audio.clip import RATE, Pcm, Samples, to_pcm
from voice_coach.audio.wav import read_wav
from voice_coach.errors import AudioError, CoachError

MANIFEST = "manifest.csv"
# What a corpus is called in the columns `licence` and `source_repo`: many repositories carry parts of the same one.
CORPORA = (
    ("google speech commands", "Speech Commands"),
    ("an4", "AN4"),
    ("free spoken digit", "FSDD"),
    ("librispeech", "LibriSpeech"),
    ("ami corpus", "AMI"),
    ("arctic", "ARCTIC"),
    ("lj speech", "LJ Speech"),
)
# Corpora whose speakers' names begin with m or f (after the prefix of the pack).
_TELLS_SEX = frozenset({"AN4", "AMI"})
_SEXES = {"f": "women", "m": "men"}


class PackError(CoachError):
    """A pack that cannot be read at all, or a clip that cannot."""


class Kind(str, Enum):
    """What a clip is for."""

    COMMAND = "command"
    FOREIGN = "oov-word"
    CONTINUOUS = "continuous"
    NOISE = "noise"
    MUSIC = "music"
    ROOM = "rir"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the manifest."""

    path: Path | None  # None: a sound that lies in no file
    name: str  # as the manifest has it
    kind: Kind
    corpus: str
    speaker: str = ""
    transcript: str = ""
    hint: str = ""  # what another recogniser made of it: a help for finding words, no truth

    @property
    def sex(self) -> str:
        """ "women" or "men" where the speaker's name tells, else nothing."""
        if self.corpus not in _TELLS_SEX:
            return ""
        return _SEXES.get(self.speaker.rpartition("-")[2][:1].lower(), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """What a folder holds that can be used; `problems` are sentences about the rest."""

    name: str
    entries: tuple[Entry, ...]
    problems: tuple[str, ...]

    def of(self, *kinds: Kind) -> tuple[Entry, ...]:
        """The clips of these kinds, person by person as at home: one speaker says several things, then the next."""
        found = [entry for entry in self.entries if entry.kind in kinds]
        return tuple(sorted(found, key=lambda entry: (entry.corpus, entry.speaker, entry.name)))


def read_pack(folder: Path) -> Pack:
    """The pack in a folder; PackError where there is no manifest that can be read."""
    manifest = folder / MANIFEST
    try:
        with manifest.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise PackError(f"{folder} is no pack of recordings: {MANIFEST} cannot be read ({error}).") from error
    columns = set(rows[0]) if rows else set()
    if lacking := {"path", "kind"} - columns:
        raise PackError(f"{manifest} needs the columns path and kind; it lacks {' and '.join(sorted(lacking))}.")
    kinds = {kind.value: kind for kind in Kind}
    entries, problems, strange = [], [], Counter[str]()
    for line, row in enumerate(rows, 2):
        name, kind = (row["path"] or "").strip(), (row["kind"] or "").strip()
        if kind not in kinds:
            strange[kind] += 1
        elif not name or not (folder / name).is_file():
            problems.append(f"{manifest}:{line}: there is no file {name or '(no path)'}; left out.")
        else:
            entries.append(_entry(folder, name, kinds[kind], row))
    problems += [f"{manifest}: {many} clips of the kind {kind!r} are left out." for kind, many in strange.items()]
    return Pack(name=folder.resolve().name, entries=tuple(entries), problems=tuple(problems))


def _entry(folder: Path, name: str, kind: Kind, row: Mapping[str, str | None]) -> Entry:
    def column(title: str) -> str:
        return (row.get(title) or "").strip()

    described = f"{column('licence')} {column('source_repo')}".lower()
    repository = column("source_repo").rpartition("/")[2] or "unknown source"
    return Entry(
        path=folder / name,
        name=name,
        kind=kind,
        corpus=next((corpus for sign, corpus in CORPORA if sign in described), repository),
        speaker=column("speaker"),
        transcript=column("transcript"),
        hint=column("ps_hint"),
    )


def sound_of(entry: Entry) -> Pcm:
    """The clip at 16 kHz; PackError in a sentence where it cannot be read."""
    if entry.path is None:
        raise PackError(f"{entry.name} lies in no file.")
    try:
        if entry.path.suffix.lower() == ".wav":
            return read_wav(entry.path)
        return _decoded(entry.path)
    except (AudioError, RuntimeError) as error:  # libsndfile's own error is a RuntimeError
        raise PackError(f"{entry.path} cannot be read ({error}).") from error


def _decoded(path: Path) -> Pcm:
    try:
        import soundfile
    except (ImportError, OSError) as error:
        raise PackError(f"Reading {path.suffix} files needs the package soundfile ({error}).") from error
    samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    mono: Samples = samples.mean(axis=1).astype(np.float32)
    if rate != RATE:
        import soxr

        mono = soxr.resample(mono, rate, RATE).astype(np.float32)
    return to_pcm(mono)
