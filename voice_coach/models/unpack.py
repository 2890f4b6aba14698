"""A model out of a zip file that may mean harm: plain files in one folder, no more than was said, or nothing.

Looked at before the first byte is written: the directory at the end of the file, then each entry. Python's own
`zipfile` reads the rest, checks each CRC, and that an entry is called the same in both places where it has a name.
"""

from __future__ import annotations

import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path

from voice_coach.errors import EngineError

MOST_ENTRIES = 500  # the official models have some 15
MOST_TIMES = 10  # the archive's size; the official small one is 1.7 times as large when unpacked
_MOST_DIRECTORY = 1 << 17  # bytes: some 250 for each entry
_PIECE = 1 << 16
_END = struct.Struct("<4s4H2LH")  # PK56, this disk, its disk, entries here, entries, size, offset, length of a comment
_END_MARK, _ZIP64_MARK = b"PK\5\6", b"PK\6\7"
_ENCRYPTED = 0x1 | 0x40 | 0x2000  # the entry, strongly, its header (APPNOTE 4.4.4)
_LOCAL_HEADER = 30  # bytes before the name (APPNOTE 4.3.7)
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.+-]{0,99}(?<!\.)")
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)  # a file of that name is none on Windows

# What `zipfile` raises for a file that is none, or is damaged, or is packed in a way that it does not know.
_UNREADABLE = (zipfile.BadZipFile, NotImplementedError, EOFError, RuntimeError, zlib.error, struct.error, ValueError)


def unpack(file: Path, name: str, room: Path) -> Path:
    """The folder `name`, which is all that the archive may hold, unpacked into `room`.

    EngineError in a sentence for anything else; what was written by then is left in `room`. OSError from the disk.
    """
    try:
        count = _look_at_end(file)
        with zipfile.ZipFile(file) as packed:
            entries = packed.infolist()
            if len(entries) != count:
                raise _harm("it holds another number of files than it says")
            _look(entries, name, file.stat().st_size, packed.start_dir)
            for entry in entries:
                _write(packed, entry, room)
    except _UNREADABLE as error:
        raise EngineError(f"The archive cannot be unpacked ({error}).") from error
    if not (room / name).is_dir():
        raise EngineError(f"The archive holds no folder {name}.")
    return room / name


def unpacked_size(file: Path) -> int:
    """Bytes that the archive says it has inside; EngineError where it cannot be read."""
    try:
        _look_at_end(file)
        with zipfile.ZipFile(file) as packed:
            return sum(entry.file_size for entry in packed.infolist())
    except _UNREADABLE as error:
        raise EngineError(f"The archive cannot be unpacked ({error}).") from error


def _look_at_end(file: Path) -> int:
    """How many entries there are; before `zipfile` reads them all: few, and no zip64, which no model needs."""
    with file.open("rb") as content:
        content.seek(max(0, file.stat().st_size - _END.size - 0xFFFF))
        tail = content.read()
    at = tail.rfind(_END_MARK)
    if at < 0 or len(tail) - at < _END.size:
        raise EngineError("The archive is no zip file, or it was cut off.")
    _, disk, start, here, entries, size, offset, _ = _END.unpack_from(tail, at)
    if tail[max(0, at - 20) :].startswith(_ZIP64_MARK) or 0xFFFFFFFF in (size, offset) or 0xFFFF in (here, entries):
        raise _harm("it is a zip64 file, for which a model is too small")
    if disk or start or here != entries:
        raise _harm("it has several volumes")
    if entries > MOST_ENTRIES or size > _MOST_DIRECTORY:
        raise _harm("it holds too many files")
    return int(entries)


def _look(entries: Sequence[zipfile.ZipInfo], name: str, size: int, directory: int) -> None:
    """What can be said before anything is unpacked."""
    for entry in entries:
        _look_at_one(entry, name)
    _look_at_names(entries)
    end = 0
    for entry in sorted(entries, key=lambda each: each.header_offset):
        if entry.header_offset < end:
            raise _harm("two entries lie over each other")
        end = entry.header_offset + _LOCAL_HEADER + len(entry.orig_filename.encode()) + entry.compress_size
    if end > directory:
        raise _harm("an entry lies over its table of contents")
    if sum(entry.file_size for entry in entries) > MOST_TIMES * size:
        raise _harm("it is far too large when unpacked")


def _look_at_one(entry: zipfile.ZipInfo, name: str) -> None:
    parts = entry.filename.removesuffix("/").split("/")
    plain = all(_NAME.fullmatch(part) and not _DEVICE.fullmatch(part) for part in parts)
    kind = stat.S_IFMT(entry.external_attr >> 16)
    expected = stat.S_IFDIR if entry.is_dir() else stat.S_IFREG
    if not plain or parts[0] != name or entry.orig_filename != entry.filename:
        raise _harm(f"{entry.orig_filename!r} does not belong there")
    if kind not in (0, expected) or (entry.is_dir() and entry.file_size):
        raise _harm(f"{entry.filename!r} is no plain file")
    if entry.flag_bits & _ENCRYPTED:
        raise _harm(f"{entry.filename!r} is encrypted")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise _harm(f"{entry.filename!r} is packed in an unusual way")


def _look_at_names(entries: Sequence[zipfile.ZipInfo]) -> None:
    """No name twice, nor two that are one where small and capital letters are the same; no file is a folder, too."""
    seen: dict[str, str] = {}
    files: set[str] = set()
    for entry in entries:
        path = entry.filename.removesuffix("/")
        if path in files or (not entry.is_dir() and path in seen):
            raise _harm(f"{entry.filename!r} is in it twice")
        parts = path.split("/")
        for depth in range(1, len(parts) + 1):
            part = "/".join(parts[:depth])
            if part in files:
                raise _harm(f"{part!r} is a file and a folder")
            if seen.setdefault(part.casefold(), part) != part:
                raise _harm(f"{part!r} is in it twice, in small and in capital letters")
        if not entry.is_dir():
            files.add(path)


def _write(packed: zipfile.ZipFile, entry: zipfile.ZipInfo, room: Path) -> None:
    """One entry, never over something that is there already. Its size is counted, though `zipfile` does so, too."""
    target = room.joinpath(*entry.filename.removesuffix("/").split("/"))
    if entry.is_dir():
        target.mkdir(parents=True, exist_ok=True)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    written = 0
    with packed.open(entry) as content, target.open("xb") as file:
        while piece := content.read(_PIECE):
            written += len(piece)
            if written > entry.file_size:
                raise _harm(f"{entry.filename!r} is larger than it says")
            file.write(piece)
    if written != entry.file_size:
        raise _harm(f"{entry.filename!r} is smaller than it says")


def _harm(what: str) -> EngineError:
    return EngineError(f"The archive is not a model: {what}.")
