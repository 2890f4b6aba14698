"""Archives that mean harm, by what they try; a sound one apart, each of them has to be refused whole."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from collections.abc import Mapping

from tests.models.archives import FILES, NAME, small, zipped

SOUND = [(f"{NAME}/{name}", b"x" * 2_000) for name in FILES]
_CENTRAL, _END = b"PK\1\2", b"PK\5\6"


def with_entry(name: str, data: bytes = b"x") -> bytes:
    """A sound one, and one file more."""
    return zipped([*SOUND, (name, data)])


def of_kind(kind: int, name: str = f"{NAME}/link", data: bytes = b"/etc/passwd") -> bytes:
    """A sound one, and something that is no plain file."""
    link = zipfile.ZipInfo(name)
    link.create_system = 3
    link.external_attr = (kind | 0o777) << 16
    return zipped([*SOUND, (link, data)])


def with_raw_name(name: bytes) -> bytes:
    """A name that `zipfile` would not write, in both places where it stands."""
    return with_entry(f"{NAME}/{'q' * (len(name) - len(NAME) - 1)}").replace(
        f"{NAME}/{'q' * (len(name) - len(NAME) - 1)}".encode(), name
    )


def changed(content: bytes, mark: bytes, offset: int, form: str, value: int, which: int = 0) -> bytes:
    """A sound archive with one field of an entry's record, or of the end, set to something else."""
    at = -1
    for _ in range(which + 1):
        at = content.index(mark, at + 1)
    packed = struct.pack(form, value)
    return content[: at + offset] + packed + content[at + offset + len(packed) :]


def bomb() -> bytes:
    """Much more inside than outside, as it says itself."""
    return zipped([*SOUND, (f"{NAME}/graph/big", bytes(3_000_000))], zipfile.ZIP_DEFLATED)


def liar(says: int = 10) -> bytes:
    """A bomb that says it is small, in both places."""
    content = zipped([(f"{NAME}/am/final.mdl", bytes(3_000_000))], zipfile.ZIP_DEFLATED)
    content = changed(content, b"PK\3\4", 22, "<L", says)
    return changed(content, _CENTRAL, 24, "<L", says)


def overlapping() -> bytes:
    """Two entries of the directory that share one body."""
    content = zipped([(f"{NAME}/am/final.mdl", b"x" * 4_000), (f"{NAME}/am/final.mdm", b"x" * 4_000)])
    return changed(content, _CENTRAL, 42, "<L", 0, which=1)


def quoted() -> bytes:
    """One entry whose body holds the next one whole, so that its bytes are unpacked twice."""
    content = zipped([(f"{NAME}/am/final.mdl", b"x" * 4_000), (f"{NAME}/am/final.mdm", b"y" * 4_000)])
    return changed(changed(content, _CENTRAL, 20, "<L", 6_000), _CENTRAL, 24, "<L", 6_000)


def many(count: int) -> bytes:
    """Very many small files."""
    return zipped([*SOUND, *((f"{NAME}/graph/{number}", b"") for number in range(count))])


def zip64() -> bytes:
    """An entry of the large kind, whose true figures stand elsewhere."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        with file.open(f"{NAME}/am/final.mdl", "w", force_zip64=True) as entry:
            entry.write(b"x" * 2_000)
        for name, data in SOUND[1:]:
            file.writestr(name, data)
    plain = content.getvalue()
    at = plain.rindex(_END)
    fields = struct.unpack("<4s4H2LH", plain[at : at + 22])
    record = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, fields[3], fields[4], fields[5], fields[6])
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, at, 1)
    return plain[:at] + record + locator + plain[at:]


def harmful() -> Mapping[str, bytes]:
    """All of them, by what they try."""
    sound = zipped(SOUND)
    return {
        "absolute": with_entry("/tmp/evil"),
        "upwards": with_entry("../evil"),
        "upwards inside": with_entry(f"{NAME}/../../evil"),
        "a dot": with_entry(f"{NAME}/./am/evil"),
        "nothing between": with_entry(f"{NAME}//evil"),
        "drive": with_entry("C:/evil"),
        "drive inside": with_entry(f"{NAME}/C:evil"),
        "stream": with_entry(f"{NAME}/am/final.mdl:evil"),
        "backslashes": with_entry(f"{NAME}\\..\\..\\evil"),
        "server": with_entry("//host/share/evil"),
        "device name": with_entry(f"{NAME}/am/NUL.txt"),
        "dot at the end": with_entry(f"{NAME}/am/evil."),
        "hidden": with_entry(f"{NAME}/.evil"),
        "other folder": with_entry("other/evil"),
        "beside": with_entry("evil"),
        "only a name": with_entry(NAME),
        "escape code": with_entry(f"{NAME}/am/\x1b[2Jevil"),
        "very long": with_entry(f"{NAME}/{'q' * 200}"),
        "NUL in the name": with_raw_name(f"{NAME}/am/ev\0il.txt".encode()),
        "link": of_kind(stat.S_IFLNK),
        "link to a folder": of_kind(stat.S_IFLNK, f"{NAME}/graph/x/"),
        "device": of_kind(stat.S_IFBLK),
        "tty": of_kind(stat.S_IFCHR),
        "pipe": of_kind(stat.S_IFIFO),
        "socket": of_kind(stat.S_IFSOCK),
        "file that is a folder": of_kind(stat.S_IFDIR),
        "other case": with_entry(f"{NAME}/AM/final.mdl"),
        "other case of a file": with_entry(f"{NAME}/am/Final.mdl"),
        "file and folder": with_entry(f"{NAME}/am/final.mdl/x"),
        "folder and file": with_entry(f"{NAME}/am"),
        "encrypted": changed(changed(sound, b"PK\3\4", 6, "<H", 1), _CENTRAL, 8, "<H", 1),
        "strongly encrypted": changed(sound, _CENTRAL, 8, "<H", 0x40),
        "bomb": bomb(),
        "bomb that lies": liar(),
        "smaller than it says": changed(sound, _CENTRAL, 24, "<L", 3_000),
        "overlapping": overlapping(),
        "quoted": quoted(),
        "over the directory": changed(sound, _CENTRAL, 20, "<L", 500_000, which=4),
        "five thousand files": many(5_000),
        "zip64": zip64(),
        "zip64 in the end": changed(sound, _END, 12, "<L", 0xFFFFFFFF),
        "several volumes": changed(sound, _END, 4, "<H", 3),
        "fewer entries than it says": changed(changed(sound, _END, 8, "<H", 90), _END, 10, "<H", 90),
        "bzip2": zipped(SOUND, zipfile.ZIP_BZIP2),
        "lzma": zipped(SOUND, zipfile.ZIP_LZMA),
        "other name inside": changed(sound, b"PK\3\4", 30, "<B", ord("w")),
        "wrong CRC": changed(sound, _CENTRAL, 16, "<L", 1),
        "cut off": small()[:-30],
        "cut in the middle": small()[: len(small()) // 2],
        "no zip": b"not a zip file",
        "empty file": b"",
        "only an end": _END + bytes(18),
        "no model": zipped([(f"{NAME}/README", b"no model")]),
        "half a model": zipped(SOUND[:2]),
        "folder of a folder": zipped([(f"{NAME}/{name}", data) for name, data in SOUND]),
        "list of sums that is wrong": with_entry(f"{NAME}/SHA256SUMS", f"{'0' * 64}  am/final.mdl\n".encode()),
    }
