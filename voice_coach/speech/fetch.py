"""Fetching the larger official model: the only network access in the program, and only on `voice-coach models fetch`.

An archive is known by its size and SHA-256, wherever it comes from. It is downloaded and unpacked in a hidden folder
beside its place, and moved there as a whole; whatever fails, the folder is as it was before.
"""

from __future__ import annotations

import hashlib
import shutil
import stat
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from voice_coach.errors import EngineError
from voice_coach.speech.manifest import write_manifest
from voice_coach.speech.vosk_check import check_vosk_model

Progress = Callable[[int], None]  # so many bytes more
_PIECE = 1 << 16
_TIMEOUT_S = 30.0  # without a single byte
_UNPACKED_AT_MOST = 10  # times the archive's size; the official one is 1.7 times


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """A zip file with one folder `name` in it, which is the model."""

    name: str
    address: str
    size: int  # bytes
    sha256: str


SMALL_ENGLISH = Archive(
    name="vosk-model-small-en-us-0.15",
    address="https://alphacephei.com/vosk/models/vosk-model-small-en-us-0.15.zip",
    size=41_205_931,
    sha256="30f26242c4eb449f948e42cb302dd7a686cb29a3423a8367f99ff41780942498",
)
"""Vosk's small English model, under the Apache licence 2.0 (https://alphacephei.com/vosk/models)."""


def fetch(archive: Archive, folder: Path, progress: Progress, source: str = "") -> Path:
    """The model, in `folder` under its name; an archive at `source`, an address or a file, may stand for the original.

    EngineError in one sentence: it is there already, no network, another file than expected, no space.
    """
    place = folder / archive.name
    if place.exists():
        raise EngineError(f"{place} is there already; remove it first to fetch it again.")
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".fetching-") as room:
            file = Path(room) / "archive.zip"
            _copy(archive, source or archive.address, file, progress)
            _verify(archive, file)
            model = _unpack(archive, file, Path(room))
            if problem := check_vosk_model(model):
                raise EngineError(f"The archive {problem.message}.")
            write_manifest(model)
            model.rename(place)
    except OSError as error:
        raise EngineError(f"The model could not be put into {folder} ({error.strerror or error}).") from error
    return place


def _copy(archive: Archive, source: str, target: Path, progress: Progress) -> None:
    """Not one byte more than the archive may have."""
    try:
        with _open(source) as incoming, target.open("wb") as file:
            left = archive.size + 1
            while left and (piece := incoming.read(min(_PIECE, left))):
                file.write(piece)
                left -= len(piece)
                progress(len(piece))
    except (OSError, ValueError) as error:  # URLError is an OSError; a malformed address is a ValueError
        reason = getattr(error, "reason", None) or getattr(error, "strerror", None) or error
        raise EngineError(f"{source} cannot be had ({reason}); nothing was changed.") from error


def _open(source: str) -> BinaryIO:
    if "://" not in source:
        return Path(source).open("rb")
    import urllib.request  # takes 40 ms, and nothing else here needs it

    if not source.startswith(("https://", "http://")):
        raise ValueError("only http and https")
    answer: BinaryIO = urllib.request.urlopen(source, timeout=_TIMEOUT_S)
    return answer


def _verify(archive: Archive, file: Path) -> None:
    size = file.stat().st_size
    with file.open("rb") as content:
        digest = hashlib.sha256()
        while piece := content.read(_PIECE):
            digest.update(piece)
    if (size, digest.hexdigest()) != (archive.size, archive.sha256):
        what = "cut short" if size < archive.size else "not the archive that is known"
        raise EngineError(f"What came is {what} (its size or its SHA-256 is wrong); nothing was changed.")


def _unpack(archive: Archive, file: Path, room: Path) -> Path:
    """The archive's one folder, unpacked; only plain files and folders inside it are taken."""
    try:
        with zipfile.ZipFile(file) as packed:
            entries = packed.infolist()
            if sum(entry.file_size for entry in entries) > _UNPACKED_AT_MOST * archive.size:
                raise EngineError("The archive is not a model: it is far too large when unpacked.")
            for entry in entries:
                _unpack_one(packed, entry, archive.name, room)
    except (zipfile.BadZipFile, NotImplementedError, EOFError) as error:
        raise EngineError(f"The archive cannot be unpacked ({error}).") from error
    if not (room / archive.name).is_dir():
        raise EngineError(f"The archive holds no folder {archive.name}.")
    return room / archive.name


def _unpack_one(packed: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, room: Path) -> None:
    parts = PurePosixPath(entry.filename.replace("\\", "/")).parts
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if not parts or parts[0] != name or ".." in parts or kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise EngineError(f"The archive is not a model: {entry.filename!r} does not belong there.")
    target = room.joinpath(*parts)
    if entry.is_dir():
        target.mkdir(parents=True, exist_ok=True)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    with packed.open(entry) as content, target.open("wb") as written:
        shutil.copyfileobj(content, written)
