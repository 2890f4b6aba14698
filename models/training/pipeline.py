"""The whole way to a model, step by step: voices, real speech, alignment, training in four rounds, export."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import numpy as np
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from models.training import realign
from models.training.corpus import Source, save
from models.training.manifest import write_training_manifest
from models.training.pack import read_pack
from models.training.texts import coach_lines, texts
from models.training.voices import ENGINES, by_the_coach, missing_engines

_T = TypeVar("_T")

SPOKEN: Mapping[str, int] = {"flite": 6000, "espeak": 8000, "festival": 2400}
"""Utterances of each engine, about 1.6 s each."""

_FIRST_ALIGNED = 1500  # clips of a source that PocketSphinx aligns for the first round
_FIRST, _SECOND, _SEQUENCE = 0.08, 0.25, 0.5  # shares of the time at which a round of training ends
_RATE, _SEQUENCE_RATE = 2e-3, 1e-3


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What is made where, from what, and for how long it is trained."""

    output: Path
    work: Path
    pack: Path | None
    minutes: float
    seed: int
    spoken: Mapping[str, int] = field(default_factory=lambda: SPOKEN)


def run(recipe: Recipe) -> None:
    """All steps that are not done yet; ValueError where the pack is none, FileExistsError where a model is already."""
    if recipe.output.exists():
        raise FileExistsError(f"{recipe.output} is already there")
    if recipe.pack is None and (missing := {*missing_engines()} & {*recipe.spoken}):
        raise RuntimeError(f"without --pack all voices are needed; not installed: {', '.join(sorted(missing))}")
    recipe.work.mkdir(parents=True, exist_ok=True)
    with Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    ) as progress:
        steps = _Steps(recipe, progress)
        steps.speak()
        steps.listen()
        for name in ("words", "sentences", "flite" if "flite" in steps.sources else "espeak"):
            steps.align_first(name)
        steps.train(_FIRST)
        steps.align_again("first")
        steps.train(_SECOND)
        steps.align_again("second")
        steps.train(_SEQUENCE)
        steps.align_again("third")
        checkpoint = steps.train(1.0, sequence=True)
    steps.write_manifest()
    from models.training.acoustic import read_checkpoint
    from models.training.export import export

    export(read_checkpoint(checkpoint), recipe.output)


class _Advance:
    """Moves a bar by one for each thing that is handed through."""

    def __init__(self, progress: Progress, task: TaskID) -> None:
        self._progress, self._task = progress, task

    def __call__(self, thing: _T) -> _T:
        self._progress.advance(self._task)
        return thing


class _Steps:
    """The steps, each of which leaves a mark in the work folder when it is done."""

    def __init__(self, recipe: Recipe, progress: Progress) -> None:
        self._recipe, self._progress = recipe, progress
        self.sources: dict[str, Source] = {}
        self._noise: Path | None = None
        self._coach = recipe.work / "coach"

    def speak(self) -> None:
        """Synthetic speech, by all engines that are installed."""
        for number, (name, count) in enumerate(self._recipe.spoken.items()):
            if name in missing_engines():
                self._progress.console.print(f"{name} is not installed: its voices are left out")
                continue
            folder = self._recipe.work / name
            if not Source.exists(folder):
                rng = np.random.default_rng([self._recipe.seed, number])
                recordings = ENGINES[name](texts(count, rng), rng)
                with self._bar(f"{name} speaks", count) as advance:
                    Source.write(folder, (advance(recording) for recording in recordings))
            self.sources[name] = Source(folder)
        if not Source.exists(self._coach):
            Source.write(self._coach, by_the_coach(coach_lines()))

    def listen(self) -> None:
        """Real speech, and a first guess at what is read where nobody wrote it down."""
        if self._recipe.pack is None:
            return
        real = read_pack(self._recipe.pack, self._recipe.work)
        if "noise" in real:
            self._noise = real.pop("noise").folder
        self.sources |= real
        reading = real.get("reading")
        if reading is not None and not any(clip.text for clip in reading.clips):
            from models.training.pocketsphinx import Transcriber

            transcriber = Transcriber()
            count = len(reading.clips)
            with self._bar("writing down what is read", count) as advance:
                reading.retext([advance(transcriber.text(reading.audio(index))) for index in range(count)])

    def align_first(self, name: str) -> None:
        """By PocketSphinx, where there is no alignment yet."""
        source = self.sources.get(name)
        if source is not None and not source.aligned:
            count = min(len(source.clips), _FIRST_ALIGNED)
            with self._bar(f"PocketSphinx aligns {name}", count) as advance:
                realign.by_pocketsphinx(source, count, advance)

    def align_again(self, round_name: str) -> None:
        """Everything by the net, once for every round."""
        for name, source in self.sources.items():
            with self._once(f"aligned-{round_name}-{name}") as todo:
                if todo:
                    with self._bar(f"the net aligns {name}", len(source.clips)) as advance:
                        realign.by_net(source, self._recipe.work / "checkpoint.npz", advance)

    def train(self, until: float, *, sequence: bool = False) -> Path:
        """On, until this share of the time is gone."""
        from models.training.sequence import sequence_loss, transitions
        from models.training.train import Loss, Plan, frame_loss, train

        aligned = {name: source for name, source in self.sources.items() if source.aligned}
        loss: Loss = frame_loss
        if sequence:
            arcs = transitions(found for source in aligned.values() for found in source.segments().values())
            with np.load(self._recipe.work / "checkpoint.npz") as checkpoint:
                loss = sequence_loss(arcs, checkpoint["priors"])
        rate = _SEQUENCE_RATE if sequence else _RATE
        plan = Plan(seconds=60 * self._recipe.minutes, stop=until, rate=rate, seed=self._recipe.seed)
        task = self._progress.add_task("training", total=round(until * self._recipe.minutes))
        newest = train(
            self._recipe.work,
            aligned,
            self._noise,
            self._coach,
            plan,
            lambda now: self._progress.update(
                task,
                completed=int(now.share * self._recipe.minutes),
                description=f"training (minutes): step {now.step}, loss {now.loss:.3f}, {now.right:.1%} right",
            ),
            loss,
        )
        self._progress.update(task, completed=round(until * self._recipe.minutes))
        return newest

    def write_manifest(self) -> None:
        """Beside the checkpoint: `manifest.json`."""
        recipe = {"minutes": self._recipe.minutes, "seed": self._recipe.seed}
        write_training_manifest(self._recipe.work / "manifest.json", self.sources.values(), recipe)

    @contextmanager
    def _bar(self, text: str, total: int) -> Iterator[_Advance]:
        yield _Advance(self._progress, self._progress.add_task(text, total=total))

    @contextmanager
    def _once(self, name: str) -> Iterator[bool]:
        path = self._recipe.work / "done.json"
        done: list[str] = json.loads(path.read_text()) if path.exists() else []
        yield name not in done
        if name not in done:
            save(path, lambda draft: draft.write_text(json.dumps([*done, name])))
