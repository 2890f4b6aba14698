"""The net: a time-delay network that looks 300 ms back and 120 ms ahead, and tells 55 phone states every 30 ms."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from models.training.corpus import save
from models.training.features import COEFFICIENTS, Floats
from models.training.layout import LEFT, OFFSETS, RIGHT, SUBSAMPLING
from models.training.phones import OUTPUTS, PDF_COUNT

WIDTH = 192


class Net(nn.Module):
    """Features (batch, frames, 40) to the two heads' logits (batch, outputs, 57); outputs = (frames - 43) // 3 + 1.

    The first output belongs to the frame LEFT. Each layer is an affine, a rectifier and a normalisation
    without parameters of its own, so that the latter can be folded into the next affine.
    """

    mean: torch.Tensor
    spread: torch.Tensor

    def __init__(self, width: int = WIDTH) -> None:
        super().__init__()
        self.register_buffer("mean", torch.zeros(COEFFICIENTS))
        self.register_buffer("spread", torch.ones(COEFFICIENTS))
        sizes = [COEFFICIENTS, *[width] * len(OFFSETS)]
        self.layers = nn.ModuleList(
            nn.Linear(len(offsets) * size, width) for offsets, size in zip(OFFSETS, sizes, strict=False)
        )
        self.norms = nn.ModuleList(nn.BatchNorm1d(width, affine=False) for _ in OFFSETS)
        self.heads = nn.Linear(width, OUTPUTS)

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        """Logits, not probabilities."""
        values = (features - self.mean) / self.spread
        rate = 1
        for index, (offsets, layer, norm) in enumerate(zip(OFFSETS, self.layers, self.norms, strict=True)):
            stride = SUBSAMPLING if index == 1 else 1
            starts = [(offset - offsets[0]) // rate for offset in offsets]
            rate *= stride
            count = (values.shape[1] - starts[-1] - 1) // stride + 1
            spliced = torch.cat([values[:, start : start + stride * (count - 1) + 1 : stride] for start in starts], 2)
            hidden = norm(torch.relu(layer(spliced.flatten(0, 1))))
            values = hidden.unflatten(0, (len(features), count))
        heads: torch.Tensor = self.heads(values)
        return heads

    def affines(self) -> list[tuple[str, tuple[int, ...], Floats, Floats]]:
        """Name, offsets, weight and bias of every layer, with all normalisation folded in."""
        shift: Floats = self.mean.cpu().numpy()
        scale: Floats = self.spread.reciprocal().cpu().numpy()
        made = []
        norms: Iterable[Any] = self.norms
        for index, (offsets, layer, norm) in enumerate(zip(OFFSETS, self.layers, norms, strict=True)):
            made.append((f"l{index}", offsets, *_folded(layer, shift, scale)))
            shift = norm.running_mean.cpu().numpy()
            scale = torch.rsqrt(norm.running_var + norm.eps).cpu().numpy()
        weight, bias = _folded(self.heads, shift, scale)
        made.append(("out", (0,), weight[:PDF_COUNT], bias[:PDF_COUNT]))
        made.append(("sp", (0,), weight[PDF_COUNT:], bias[PDF_COUNT:]))
        return made


def _folded(layer: Any, shift: Floats, scale: Floats) -> tuple[Floats, Floats]:
    """Affine over inputs that are not normalised yet; columns by offset, then by input."""
    weight, bias = layer.weight.detach().cpu().numpy(), layer.bias.detach().cpu().numpy()
    times = weight.shape[1] // len(shift)
    folded = weight * np.tile(scale, times)
    return folded.astype(np.float32), (bias - folded @ np.tile(shift, times)).astype(np.float32)


def write_checkpoint(path: Path, net: Net, priors: Floats, meta: Mapping[str, Any]) -> None:
    """What the exporter reads: every layer's affine, the outputs' relative frequencies, and where it comes from."""
    arrays: dict[str, Any] = {"priors": priors.astype(np.float32), "meta": np.array(json.dumps(dict(meta)))}
    affines = net.affines()
    arrays["names"] = np.array([name for name, *_ in affines])
    for name, offsets, weight, bias in affines:
        arrays |= {f"{name}.offsets": np.array(offsets), f"{name}.weight": weight, f"{name}.bias": bias}

    def write(draft: Path) -> None:
        with draft.open("wb") as file:
            np.savez(file, **arrays)

    save(path, write)


def outputs(checkpoint: Mapping[str, Any], features: Floats) -> Floats:
    """Log probabilities (frames / 3, 57) of a checkpoint, as libvosk computes them, edges repeated; in plain numpy.

    Row n belongs to frame 3 n.
    """
    count = -(-len(features) // SUBSAMPLING)
    right = RIGHT + SUBSAMPLING * count - len(features)
    values = np.pad(features, ((LEFT, right), (0, 0)), "edge")
    names = [str(name) for name in checkpoint["names"]]
    stride = 1
    for number, name in enumerate(names[:-2]):
        offsets = (checkpoint[f"{name}.offsets"] - checkpoint[f"{name}.offsets"][0]) // stride
        step = SUBSAMPLING if number == 1 else 1
        size = (len(values) - offsets[-1] - 1) // step + 1
        spliced = np.concatenate([values[offset : offset + step * (size - 1) + 1 : step] for offset in offsets], axis=1)
        values = np.maximum(0, spliced @ checkpoint[f"{name}.weight"].T + checkpoint[f"{name}.bias"])
        stride = stride * step
    logs = []
    for name in names[-2:]:
        logits = values[:count] @ checkpoint[f"{name}.weight"].T + checkpoint[f"{name}.bias"]
        logits -= logits.max(axis=1, keepdims=True)
        logs.append(logits - np.log(np.exp(logits).sum(axis=1, keepdims=True)))
    return np.concatenate(logs, axis=1).astype(np.float32)
