"""A model's manifest: the SHA-256 of every file that a recogniser reads, in the format of `sha256sum`.

With it a model is known to be whole in a few milliseconds, without being tried out: a good disk reads the shipped one
in less time than a process takes to start.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

MANIFEST = "SHA256SUMS"
_PIECE = 1 << 16


def write_manifest(folder: Path) -> None:
    """Say what the model is made of: all files in the folder's subfolders; what lies beside them is for people."""
    lines = [f"{_digest(folder / name)}  {name}" for name in _files(folder)]
    (folder / MANIFEST).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")


def has_manifest(folder: Path) -> bool:
    """Whether somebody has said what the model is made of."""
    try:
        return (folder / MANIFEST).is_file()
    except OSError:  # it cannot be looked at, which `damage` says
        return True


def damage(folder: Path) -> str:
    """What is not as the manifest says, such as "am/final.mdl was changed"; empty where the model is whole.

    A file too many counts as well: a recogniser reads whatever lies in certain places.
    """
    try:
        listed = _listed((folder / MANIFEST).read_text(encoding="utf-8"))
        there = _files(folder)
        if missing := sorted(listed.keys() - set(there)):
            return f"{missing[0]} is missing"
        if added := [name for name in there if name not in listed]:
            return f"{added[0]} does not belong to it"
        changed = next((name for name in there if _digest(folder / name) != listed[name]), None)
        return f"{changed} was changed" if changed else ""
    except (OSError, ValueError) as error:
        return f"{MANIFEST} does not help: {error}"


def _listed(text: str) -> dict[str, str]:
    listed = {}
    for line in text.splitlines():
        digest, gap, name = line.partition("  ")
        if not gap or len(digest) != 64:
            raise ValueError(f"not a line of sha256sum: {line[:40]!r}")
        listed[name] = digest
    if not listed:
        raise ValueError("it is empty")
    return listed


def _files(folder: Path) -> list[str]:
    """Relative to the folder, with slashes."""
    inside = (file for part in folder.iterdir() if part.is_dir() for file in part.rglob("*") if file.is_file())
    return sorted(file.relative_to(folder).as_posix() for file in inside)


def _digest(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as content:  # in pieces: what lies there may be of any size
        while piece := content.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()
