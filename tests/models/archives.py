"""Archives of models for tests: a real one, a small one that only looks like one, and any that means harm."""

from __future__ import annotations

import hashlib
import io
import random
import zipfile
from collections.abc import Sequence
from pathlib import Path

from voice_coach.errors import Problem
from voice_coach.models import Offer
from voice_coach.paths import shipped

NAME = "vosk-model-for-tests"
FILES = ("am/final.mdl", "conf/mfcc.conf", "conf/model.conf", "graph/HCLr.fst", "graph/phones/word_boundary.int")
Entries = Sequence[tuple[str | zipfile.ZipInfo, bytes]]


def real() -> bytes:
    """The shipped model as somebody else would pack it: one folder, and no manifest."""
    content = io.BytesIO()
    folder = shipped("models") / "coach-en"
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(f"{NAME}/", "")
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.parent != folder:
                file.write(path, f"{NAME}/{path.relative_to(folder).as_posix()}")
    return content.getvalue()


def small(seed: int = 1, size: int = 20_000) -> bytes:
    """Files where Vosk looks for them, full of chance."""
    chance = random.Random(seed)
    return zipped([(f"{NAME}/{name}", chance.randbytes(size)) for name in FILES], zipfile.ZIP_DEFLATED)


def zipped(entries: Entries, packing: int = zipfile.ZIP_STORED) -> bytes:
    """Any entries, as they are."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", packing) as file:
        for name, data in entries:
            file.writestr(name, data)
    return content.getvalue()


def offer(content: bytes, address: str = "http://127.0.0.1:9/model.zip") -> Offer:
    """The entry of a catalogue for that archive."""
    sum_ = hashlib.sha256(content).hexdigest()
    return Offer(name=NAME, address=address, size=len(content), sha256=sum_, licence="none", good_for="tests")


def looks_like_one(model: Path) -> Problem | None:
    """In the place of loading it."""
    missing = [name for name in FILES if not (model / name).is_file()]
    return Problem(str(model), 0, f"is no Vosk model (it has no {missing[0]})") if missing else None
