"""Sequence training: lattice-free maximum mutual information with a bigram of phone states as the rival of the truth.

The denominator sums over all strings of phones, by a forward pass over the dense matrix of 55 states; the numerator
over all ways that stay within a frame or so of the alignment. Both are as likely as their scores say, and what is
learnt is their difference: the net no longer has to be right about every frame, but must put the right words ahead of
everything else, which is what a grammar with decoys asks of it. After Povey et al., "Purely sequence-trained neural
networks for ASR based on lattice-free MMI", Interspeech 2016.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable

import numpy as np
import torch

from models.training.augment import IGNORE
from models.training.corpus import UNSURE, Segments
from models.training.features import Floats
from models.training.phones import NUMBER, PDF_COUNT, PHONES, SILENCE, pdfs
from models.training.train import Loss, frame_loss

_STAY = 0.5
_LEEWAY = 2  # outputs (30 ms each) that a boundary may move
_PRIOR_EXPONENT = 0.4
_FRAME_WEIGHT = 0.3  # how much of the frames' cross-entropy is kept
_LOW = -1e4


def transitions(segments: Iterable[Segments]) -> Floats:
    """Log probabilities (55, 55) of one state after the other in training speech, staying included."""
    pairs = np.full((len(PHONES), len(PHONES)), 0.5)
    silence = NUMBER[SILENCE]
    for found in segments:
        phones = found.phones[found.phones != UNSURE]
        np.add.at(pairs, (phones[:-1], phones[1:]), 1)
    np.fill_diagonal(pairs, np.minimum(pairs.diagonal(), 1))
    pairs[silence, silence] = 0
    odds = np.log(pairs / pairs.sum(axis=1, keepdims=True) + 1e-30)
    made = np.full((PDF_COUNT, PDF_COUNT), _LOW, np.float32)
    for one, name in enumerate(PHONES):
        states = pdfs(name)
        for before, after in itertools.pairwise(states):
            made[before, after] = np.log(1 - _STAY)
        for other, following in enumerate(PHONES):
            made[states[-1], pdfs(following)[0]] = odds[one, other] + np.log(1 - _STAY)
    np.fill_diagonal(made, np.log(_STAY))
    return made


def sequence_loss(arcs: Floats, priors: Floats) -> Loss:
    """Per frame: how far all rivals together are ahead of the truth, and a part of the frames' own loss.

    `priors` are the states' relative frequencies; scores are log p - .4 log prior, as in the exported model.
    """
    kernel = torch.from_numpy(np.exp(arcs))
    offsets = torch.from_numpy(-_PRIOR_EXPONENT * np.log(priors[:PDF_COUNT]))

    def loss(outputs: torch.Tensor, labels: torch.Tensor, speech: torch.Tensor) -> torch.Tensor:
        scores = torch.log_softmax(outputs[..., :PDF_COUNT], dim=-1) + offsets.to(outputs.device)
        clean = (labels != IGNORE).all(dim=1)  # a stretch that nobody knows has no truth to compare with
        value = _FRAME_WEIGHT * frame_loss(outputs, labels, speech)
        if clean.any():
            ahead = total(scores[clean], kernel) - total(_allowed(scores[clean], labels[clean]), kernel)
            value = value + ahead.mean() / outputs.shape[1]
        return value

    return loss


def total(scores: torch.Tensor, kernel: torch.Tensor) -> torch.Tensor:
    """Log of the summed probability of all paths; scores (batch, frames, states), kernel (states, states)."""
    kernel = kernel.to(scores.device)
    peak = scores.amax(dim=-1, keepdim=True).detach()
    likely = torch.exp(scores - peak)
    alpha = likely[:, 0] / PDF_COUNT
    logs = peak.sum(dim=(1, 2))
    for frame in range(1, scores.shape[1]):
        norm = alpha.sum(dim=-1, keepdim=True) + 1e-30
        logs = logs + torch.log(norm[:, 0])
        alpha = (alpha / norm) @ kernel * likely[:, frame]
    return logs + torch.log(alpha.sum(dim=-1) + 1e-30)


def _allowed(scores: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    """Scores in which only states are possible that the alignment has within the leeway."""
    allowed = torch.zeros_like(scores, dtype=torch.bool)
    frames = labels.shape[1]
    for shift in range(-_LEEWAY, _LEEWAY + 1):
        places = (torch.arange(frames, device=labels.device) + shift).clamp(0, frames - 1)
        allowed.scatter_(2, labels[:, places, None], True)
    return scores.masked_fill(~allowed, -60.0)
