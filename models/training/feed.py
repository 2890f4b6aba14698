"""The process beside the trainer that prepares the examples; it needs no torch."""

from __future__ import annotations

import multiprocessing
import os
import queue as queues
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from multiprocessing.queues import Queue
from pathlib import Path

import numpy as np

from models.training.augment import Batch, Mixer
from models.training.corpus import Samples, Source

_AHEAD = 8  # batches that are prepared before they are asked for
_WAITING = 24  # batches between which the second use of one is drawn
_PATIENCE = 5.0  # seconds


@contextmanager
def feed(
    folders: Mapping[str, Path], noises: Path | None, coach: Path | None, seed: int, size: int
) -> Iterator[Callable[[], Batch]]:
    """Gives a function that returns the next batch of `size` examples of the sources in `folders`.

    The function raises RuntimeError if the process has died.
    """
    context = multiprocessing.get_context("spawn")
    queue: Queue[Batch] = context.Queue(_AHEAD)
    worker = context.Process(target=_produce, args=(queue, folders, noises, coach, seed, size), daemon=True)
    worker.start()

    def fresh() -> Batch:
        while True:
            try:
                return queue.get(timeout=_PATIENCE)
            except queues.Empty:
                if not worker.is_alive():
                    raise RuntimeError("the process that prepares the examples has died") from None

    try:
        yield fresh
    finally:
        worker.terminate()
        worker.join()


def twice(fresh: Callable[[], Batch], rng: np.random.Generator) -> Iterator[Batch]:
    """Each batch now and once more a little later, since making one costs nearly as much as learning from it."""
    waiting: list[Batch] = []
    while True:
        waiting.append(fresh())
        yield waiting[-1]
        if len(waiting) > _WAITING:
            yield waiting.pop(int(rng.integers(len(waiting))))


def _produce(
    queue: Queue[Batch], folders: Mapping[str, Path], noises: Path | None, coach: Path | None, seed: int, size: int
) -> None:
    parent = os.getppid()
    mixer = Mixer({name: Source(folder) for name, folder in folders.items()}, _audio(noises), _audio(coach), seed)
    batch = mixer.batch(size)
    while os.getppid() == parent:  # else the trainer is gone
        try:
            queue.put(batch, timeout=_PATIENCE)
        except queues.Full:
            continue
        batch = mixer.batch(size)


def _audio(folder: Path | None) -> list[Samples]:
    if folder is None:
        return []
    source = Source(folder)
    return [source.audio(index) for index in range(len(source.clips))]
