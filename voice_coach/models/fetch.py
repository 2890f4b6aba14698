"""A model from the catalogue, brought and put in its place: as a whole, or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from voice_coach.errors import EngineError, Problem
from voice_coach.models.catalogue import Offer, megabytes
from voice_coach.models.hidden import sync, to_disk, workshop
from voice_coach.models.part import Part, matches
from voice_coach.models.unpack import unpack, unpacked_size
from voice_coach.speech.manifest import MANIFEST, damage, has_manifest, write_manifest
from voice_coach.speech.vosk_check import check_vosk_model

_PIECE = 1 << 16
_UNPACKED_TIMES = 2  # about, for the first look at the free space; before unpacking it is known


class NoRoomError(EngineError):
    """The disk is too full for a model."""


def _free(folder: Path) -> int:
    return shutil.disk_usage(folder).free


def _nothing(*_: object) -> None:
    """Nobody looks on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetching:
    """What a fetch has around it."""

    progress: Callable[[int, int], None] = _nothing  # bytes that are there, of so many
    announce: Callable[[str], None] = _nothing
    check: Callable[[Path], Problem | None] = check_vosk_model
    free: Callable[[Path], int] = _free  # bytes on the disk of a folder
    limit_s: float = 30.0  # without a single byte


def fetch(offer: Offer, folder: Path, around: Fetching, source: str = "") -> Path:
    """The model, in `folder` under its name; an archive at `source`, an address or a file, may stand for the original.

    A download that breaks off is kept, and the next one goes on from there; else all is as it was before. EngineError
    in sentences: it is there already, no network, another file than expected, no room, another program is at it.
    """
    place = folder / offer.name
    try:
        with workshop(folder) as room:
            if os.path.lexists(place):
                raise EngineError(f"{place} is there already; voice-coach models remove {offer.name} takes it away.")
            part = Part(room, offer)
            _room_for(offer.size - part.size + _UNPACKED_TIMES * offer.size, folder, around)
            with tempfile.TemporaryDirectory(dir=room) as work:
                archive = _archive(offer, part, Path(work), around, source)
                around.announce("Unpacking it, and trying it out.")
                try:
                    model = _model(archive, offer.name, Path(work), folder, around)
                except NoRoomError:
                    raise
                except EngineError:
                    part.discard()  # what is no model will not be one the next time
                    raise
                model.rename(place)
            sync(folder)
            part.discard()
    except OSError as error:
        raise EngineError(
            f"The model could not be put into {folder} ({error.strerror or error}). "
            "Once that is put right, the same command goes on with what is there."
        ) from error
    return place


def _archive(offer: Offer, part: Part, work: Path, around: Fetching, source: str) -> Path:
    """A file that is exactly the archive that is known."""
    if not source or "://" in source:
        from voice_coach.models.download import download  # the only thing here that knows a network

        download(part, source or offer.address, around.progress, around.announce, around.limit_s)
        return part.file
    copy = work / "archive.zip"
    _copy(Path(source), copy, offer, around)
    return copy


def _copy(source: Path, copy: Path, offer: Offer, around: Fetching) -> None:
    """A file of hers, which may change while it is looked at. It is left as it is."""
    try:
        if not source.is_file():
            raise EngineError(f"There is no file {source}; nothing was changed.")
        with source.open("rb") as given, copy.open("wb") as file:
            at = 0
            while at <= offer.size and (piece := given.read(min(_PIECE, offer.size + 1 - at))):
                file.write(piece)
                at += len(piece)
                around.progress(min(at, offer.size), offer.size)
    except OSError as error:
        raise EngineError(f"{source} cannot be copied ({error.strerror or error}); nothing was changed.") from error
    if not matches(copy, offer):
        what = f"cut short, {megabytes(at)} of {megabytes(offer.size)}" if at < offer.size else "another file"
        raise EngineError(f"{source} is not the archive of {offer.name} ({what}); nothing was changed.")


def _model(archive: Path, name: str, work: Path, folder: Path, around: Fetching) -> Path:
    """The model, unpacked, tried out and on the disk, with a list of its sums."""
    _room_for(unpacked_size(archive), folder, around)
    model = unpack(archive, name, work / "unpacked")
    if has_manifest(model):  # a stranger's says that the files are whole, not that they can be loaded
        if found := damage(model):
            raise EngineError(f"The archive is a damaged Vosk model ({found}).")
        (model / MANIFEST).unlink()
    if problem := around.check(model):
        raise EngineError(f"The archive {problem.message}.")
    write_manifest(model)
    to_disk(model)
    return model


def _room_for(size: int, folder: Path, around: Fetching) -> None:
    free = around.free(folder)
    if free < size:
        raise NoRoomError(
            f"There is not enough room in {folder}: {megabytes(size)} are needed, {megabytes(free)} are free."
        )
