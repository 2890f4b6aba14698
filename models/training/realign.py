"""A pass over all sources: where their phones lie, as PocketSphinx or a checkpoint of our own net hears them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from models.training.align import align
from models.training.corpus import Segments, Source
from models.training.pocketsphinx import Aligner

GUESSED = frozenset({"reading"})  # sources whose texts a recogniser wrote
_WORST = {"words": 0.03, "reading": 0.05}  # share dropped: empty, cut or wrong recordings fit their text worst

Report = Callable[[int], object]  # is told the index of every clip that is done


def by_pocketsphinx(source: Source, most: int, report: Report) -> None:
    """The first alignment, of `most` clips at the most; the net aligns the others when it has learnt from these."""
    aligner = Aligner()
    found: list[Segments | None] = []
    for index in range(min(most, len(source.clips))):
        found.append(aligner.align(source.audio(index), source.clips[index].text))
        report(index)
    source.align(found)


def by_net(source: Source, checkpoint: Path, report: Report) -> None:
    """Every clip again; the worst few of sources with bad recordings are left out."""
    with np.load(checkpoint) as arrays:
        net = {name: arrays[name] for name in arrays.files}
    found = list(_aligned(source, net, report))
    source.align(_without_worst(found, _WORST.get(source.name, 0.0)))


def _aligned(source: Source, net: Mapping[str, Any], report: Report) -> Iterator[Segments | None]:
    for index, clip in enumerate(source.clips):
        yield align(net, source.audio(index), clip.text, guessed=source.name in GUESSED)
        report(index)


def _without_worst(found: Sequence[Segments | None], share: float) -> list[Segments | None]:
    qualities = [segments.quality for segments in found if segments is not None]
    if not qualities or share == 0:
        return list(found)
    least = float(np.quantile(qualities, share))
    return [segments if segments is not None and segments.quality >= least else None for segments in found]
