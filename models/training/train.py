"""Training: cross-entropy on frames, with a running average of the weights that can be shipped at any moment."""

from __future__ import annotations

import copy
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch.nn.functional import cross_entropy

from models.training.augment import IGNORE, Batch
from models.training.corpus import Source, save
from models.training.features import Floats
from models.training.feed import feed, twice
from models.training.net import Net, write_checkpoint
from models.training.phones import OUTPUTS, PDF_COUNT, SPEECH_COUNT

_WARM_UP, _COOL_DOWN = 300, 0.25  # steps; the last part of the time
_SMOOTHING, _SPEECH_WEIGHT = 0.05, 0.3
_AVERAGE = 0.999  # of the weights of the step before that is kept in the running average
_RECENT = 0.01  # the weight of the newest step in what is reported
_DECAY, _STEEPEST = 1e-4, 5.0  # of the weights; the longest gradient
_PRIOR_DECAY = 0.999

Loss = Callable[[torch.Tensor, torch.Tensor, torch.Tensor], torch.Tensor]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How to train: for how many seconds or steps in all, examples a step, how often it is kept (seconds)."""

    seconds: float = 0.0
    steps: int = 0  # used where `seconds` is 0
    stop: float = 1.0  # the share of all after which this call ends, so that the rest can go on with better labels
    batch: int = 16
    width: int = 192
    rate: float = 2e-3  # the optimiser's step, until it falls to nothing over the last quarter
    seed: int = 0
    keep: float = 300.0

    def share(self, steps: int, seconds: float) -> float:
        """How much of it is done, 0 to 1."""
        return seconds / self.seconds if self.seconds else steps / self.steps


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """After a step: its number, share of the time gone, and running means of the loss and of frames told right."""

    step: int
    share: float
    loss: float
    right: float


def train(
    work: Path, sources: Mapping[str, Source], noises: Path | None, coach: Path | None, plan: Plan,
    report: Callable[[Progress], None], loss: Loss | None = None,
) -> Path:  # fmt: skip
    """Goes on from `training.pt` in `work` where there is one; keeps that and `checkpoint.npz`, and returns the latter.

    Runs one process beside this one, which prepares the examples, and one thread; a GPU is used where there is one.
    """
    torch.set_num_threads(1)
    torch.manual_seed(plan.seed)
    learner = _Learner(work, plan, loss or frame_loss)
    seed = plan.seed + 1 + learner.step
    mean_loss, mean_right = 0.0, 0.0
    with feed({name: source.folder for name, source in sources.items()}, noises, coach, seed, plan.batch) as fresh:
        if learner.step == 0:
            learner.normalise(fresh())
        clock = kept = time.monotonic()
        for taken, batch in enumerate(twice(fresh, np.random.default_rng(seed)), start=1):
            share = plan.share(learner.step, learner.seconds)
            if share >= plan.stop:
                break
            value, right = learner.learn(batch, plan.rate * min(1.0, max(0.0, 1 - share) / _COOL_DOWN))
            weight = max(_RECENT, 1 / taken)
            mean_loss += weight * (value - mean_loss)
            mean_right += weight * (right - mean_right)
            now = time.monotonic()
            learner.seconds += now - clock
            clock = now
            report(Progress(step=learner.step, share=share, loss=mean_loss, right=mean_right))
            if now - kept > plan.keep:
                kept = now
                learner.keep()
    return learner.keep()


def frame_loss(outputs: torch.Tensor, labels: torch.Tensor, speech: torch.Tensor) -> torch.Tensor:
    """Of the phone states, and a little of speech or no speech."""
    phones, spoken = outputs[..., :PDF_COUNT].flatten(0, 1), outputs[..., PDF_COUNT:].flatten(0, 1)
    main = cross_entropy(phones, labels.flatten(), ignore_index=IGNORE, label_smoothing=_SMOOTHING)
    return main + _SPEECH_WEIGHT * cross_entropy(spoken, speech.flatten())


class _Learner:
    """The net, its running average, the optimiser, and how far they have come."""

    def __init__(self, work: Path, plan: Plan, loss: Loss) -> None:
        self._path, self._checkpoint = work / "training.pt", work / "checkpoint.npz"
        self._device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self._loss = loss
        self._net = Net(plan.width).to(self._device)
        self._average = copy.deepcopy(self._net)
        self._optimiser = torch.optim.AdamW(self._net.parameters(), lr=plan.rate, weight_decay=_DECAY)
        self._counts = torch.ones(OUTPUTS)
        self.step, self.seconds = 0, 0.0
        if self._path.exists():
            state = torch.load(self._path, weights_only=True, map_location=self._device)
            self._net.load_state_dict(state["net"])
            self._average.load_state_dict(state["average"])
            self._optimiser.load_state_dict(state["optimiser"])
            self._counts = state["counts"].cpu()
            self.step, self.seconds = state["step"], state["seconds"]

    def normalise(self, batch: Batch) -> None:
        """Takes the features' mean and spread from a first batch."""
        features = batch.features.reshape(-1, batch.features.shape[-1])
        for net in (self._net, self._average):
            net.mean.copy_(torch.from_numpy(features.mean(axis=0)))
            net.spread.copy_(torch.from_numpy(features.std(axis=0)))

    def learn(self, batch: Batch, rate: float) -> tuple[float, float]:
        """One step; the loss, and the share of speech frames whose state was the likeliest."""
        self.step += 1
        for group in self._optimiser.param_groups:
            group["lr"] = rate * min(1.0, self.step / _WARM_UP)
        labels, speech = (torch.from_numpy(part).to(self._device) for part in (batch.labels, batch.speech))
        self._net.train()
        outputs = self._net(torch.from_numpy(batch.features).to(self._device))
        value = self._loss(outputs, labels, speech)
        self._optimiser.zero_grad()
        torch.autograd.backward(value)
        torch.nn.utils.clip_grad_norm_(self._net.parameters(), _STEEPEST)
        self._optimiser.step()
        self._follow(min(_AVERAGE, self.step / (9 + self.step)))
        self._counts = self._counts * _PRIOR_DECAY + _counts(batch)
        spoken = labels > 0
        right = (outputs[..., :PDF_COUNT].argmax(-1) == labels)[spoken]
        return value.item(), right.float().mean().item() if len(right) else 0.0

    def keep(self) -> Path:
        """Everything to go on with, and the checkpoint of the average, also under its number."""
        state = {
            "net": self._net.state_dict(),
            "average": self._average.state_dict(),
            "optimiser": self._optimiser.state_dict(),
            "counts": self._counts,
            "step": self.step,
            "seconds": self.seconds,
        }
        save(self._path, lambda draft: torch.save(state, draft))
        meta = {"step": self.step, "minutes": round(self.seconds / 60, 1)}
        write_checkpoint(self._checkpoint, self._average, _priors(self._counts), meta)
        numbered = self._checkpoint.with_name(f"checkpoint-{self.step:06d}.npz")
        save(numbered, lambda draft: draft.write_bytes(self._checkpoint.read_bytes()))
        return self._checkpoint

    def _follow(self, decay: float) -> None:
        with torch.no_grad():
            pairs = zip(self._average.state_dict().values(), self._net.state_dict().values(), strict=True)
            for mine, its in pairs:
                if mine.is_floating_point():
                    mine.lerp_(its, 1 - decay)


def _counts(batch: Batch) -> torch.Tensor:
    known = batch.labels[batch.labels != IGNORE]
    both = np.concatenate(
        [np.bincount(known, minlength=PDF_COUNT), np.bincount(batch.speech.ravel(), minlength=SPEECH_COUNT)]
    )
    return torch.from_numpy(both.astype(np.float32))


def _priors(counts: torch.Tensor) -> Floats:
    made: Floats = counts.numpy().astype(np.float32)
    return np.concatenate([head / head.sum() for head in np.split(made, [PDF_COUNT])])
