"""The models there are: which one listens and why, whether they are whole, and taking one away."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from voice_coach.errors import EngineError, Problem
from voice_coach.models.catalogue import CATALOGUE, Offer
from voice_coach.models.hidden import HIDDEN, workshop
from voice_coach.models.part import Part
from voice_coach.speech.choose import EarsSettings, candidates
from voice_coach.speech.manifest import has_manifest
from voice_coach.speech.vosk_check import check_vosk_model


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A model on this machine, looked through just now."""

    path: Path
    size: int  # bytes of all its files
    own: bool  # it lies in the person's folder of models
    listed: bool  # each of its files was compared with a list of sums; otherwise it was tried out
    problem: Problem | None
    listens: bool = False

    @property
    def name(self) -> str:
        """What `verify` and `remove` know it by."""
        return self.path.name


def kept(settings: EarsSettings, folder: Path) -> tuple[Kept, ...]:
    """All models, and what else lies in the person's `folder`; in the order in which they are tried, hers first.

    A model that the person named (`settings.model`) is the only one that may listen.
    """
    every = [settings.model] if settings.model else []
    every += [path for path in candidates(replace(settings, model=None)) if path not in every]
    every += [path for path in _folders(folder) if path not in every]
    found = [_looked_at(path, folder) for path in every]
    may_listen = found[:1] if settings.model else found
    first = next((each for each in may_listen if each.problem is None), None)
    return tuple(replace(each, listens=each is first) for each in found)


def check_name(name: str) -> None:
    """EngineError for a name that could mean something else than a folder among the models."""
    if not name.strip(". ") or name.startswith(".") or not name.isprintable() or set(name) & set("/\\:"):
        raise EngineError(f"{name!r} is no name of a model: name one from the list of voice-coach models.")


def remove(name: str, folder: Path, shipped: Path, catalogue: Sequence[Offer] = CATALOGUE) -> None:
    """Take a model of hers away, or what there is of a download. Listeners see all of it, or nothing.

    EngineError in a sentence for what is not hers, not there, or a link, and where another program is at it.
    """
    place = hers(name, folder, shipped, catalogue)
    try:
        with workshop(folder) as room:
            for offer in catalogue:
                if offer.name == name:
                    Part(room, offer).discard()
            if place is not None:
                grave = Path(tempfile.mkdtemp(dir=room)) / name
                place.rename(grave)
                shutil.rmtree(grave.parent)  # follows no link
    except OSError as error:
        raise EngineError(f"{name} could not be removed whole ({error.strerror or error}).") from error


def hers(name: str, folder: Path, shipped: Path, catalogue: Sequence[Offer] = CATALOGUE) -> Path | None:
    """The folder that `remove` would remove, with the same errors; None where there is only a part of a download."""
    check_name(name)
    place = folder / name
    if place.is_symlink():
        raise EngineError(f"{place} is a link to a folder elsewhere: remove the link yourself, nothing was changed.")
    if place.is_dir():
        if _inside(place, shipped) or _inside(shipped, place):
            raise EngineError(f"{place} travels with the program; nothing was changed.")
        return place
    if os.path.lexists(place):
        raise EngineError(f"{place} is no folder, so it is no model; nothing was changed.")
    if any(offer.name == name for offer, _ in unfinished(folder, catalogue)):
        return None
    if (shipped / name).is_dir():
        raise EngineError(f"{name} travels with the program, and is the last one to listen: it cannot be removed.")
    there = ", ".join(path.name for path in _folders(folder))
    raise EngineError(f"There is no model {name} in {folder}; {f'there are: {there}.' if there else 'it is empty.'}")


def unfinished(folder: Path, catalogue: Sequence[Offer] = CATALOGUE) -> list[tuple[Offer, int]]:
    """Downloads that can be gone on with, and how many bytes there are of each."""
    parts = ((offer, Part(folder / HIDDEN, offer).size) for offer in catalogue)
    return [(offer, size) for offer, size in parts if size]


def _looked_at(path: Path, folder: Path) -> Kept:
    return Kept(
        path=path,
        size=_size(path),
        own=path.parent == folder,
        listed=has_manifest(path),
        problem=check_vosk_model(path),
    )


def _folders(folder: Path) -> list[Path]:
    """What lies in her folder, hidden things and the folder's own files left out."""
    try:
        return sorted(path for path in folder.iterdir() if path.is_dir() and not path.name.startswith("."))
    except OSError:  # no such folder, or not for us
        return []


def _inside(path: Path, folder: Path) -> bool:
    return path.resolve().is_relative_to(folder.resolve())


def _size(folder: Path) -> int:
    size = 0
    for place, _, names in os.walk(folder):  # what cannot be looked into counts as nothing
        for name in names:
            with suppress(OSError):
                size += (Path(place) / name).lstat().st_size
    return size
