"""What went into a model, for its card: sources with their sizes, seeds, tools and their versions."""

from __future__ import annotations

import json
import platform
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Any

from models.training.corpus import Source, save

_PACKAGES = ("numpy", "torch", "pocketsphinx", "espeakng-loader", "soxr", "soundfile")


def write_training_manifest(path: Path, sources: Iterable[Source], meta: dict[str, Any]) -> None:
    """JSON: `meta` as it is, every source's clips, speakers, minutes and aligned clips, and all versions."""
    table = {source.name: _row(source) for source in sources}
    versions = {"python": platform.python_version()} | {name: version(name) for name in _PACKAGES}
    text = json.dumps({**meta, "sources": table, "versions": versions}, indent=2) + "\n"
    save(path, lambda draft: draft.write_text(text))


def _row(source: Source) -> dict[str, Any]:
    return {
        "clips": len(source.clips),
        "aligned": len(source.segments()) if source.aligned else 0,
        "speakers": len({clip.speaker for clip in source.clips}),
        "minutes": round(source.seconds / 60, 1),
    }
