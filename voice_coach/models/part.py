"""The beginning of an archive: a file that grows, and a note beside it that says what it is the beginning of."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from voice_coach.models.catalogue import Offer

SUFFIX = ".part"
_PIECE = 1 << 16


@dataclass(frozen=True, slots=True)
class Part:
    """What there is of an archive, in the hidden folder. It outlives the program, and proves nothing: the sum does."""

    room: Path
    offer: Offer

    @property
    def file(self) -> Path:
        """The bytes."""
        return self.room / f"{self.offer.name}{SUFFIX}"

    @property
    def size(self) -> int:
        """Bytes that can be built on: none where the note is missing or of another archive, or there are too many."""
        try:
            known = self._noted().get("sha256") == self.offer.sha256 and not self.file.is_symlink()
            size = self.file.stat().st_size if known and self.file.is_file() else 0
        except OSError:  # not for us: whoever writes there will be told
            return 0
        return size if size <= self.offer.size else 0

    def validator(self, address: str) -> str:
        """What the server at this address called the file then: its ETag or its date; empty where it said nothing."""
        noted = self._noted()
        return noted.get("validator", "") if noted.get("address") == address else ""

    def begin(self, address: str, validator: str) -> None:
        """Start anew, from nothing."""
        self.discard()
        note = {"sha256": self.offer.sha256, "address": address, "validator": validator}
        self._note.write_text(json.dumps(note), encoding="utf-8")
        self.file.touch(mode=0o600)

    def discard(self) -> None:
        """Leave nothing behind."""
        self.file.unlink(missing_ok=True)
        self._note.unlink(missing_ok=True)

    @property
    def _note(self) -> Path:
        return self.room / f"{self.offer.name}.json"

    def _noted(self) -> dict[str, str]:
        try:
            noted = json.loads(self._note.read_text(encoding="utf-8"))
        except (OSError, ValueError):  # none, or torn: then the bytes are of no use either
            return {}
        return {key: value for key, value in noted.items() if isinstance(value, str)} if isinstance(noted, dict) else {}


def matches(file: Path, offer: Offer) -> bool:
    """Whether a file is exactly the archive that is known."""
    if file.stat().st_size != offer.size:
        return False
    digest = hashlib.sha256()
    with file.open("rb") as content:
        while piece := content.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest() == offer.sha256
