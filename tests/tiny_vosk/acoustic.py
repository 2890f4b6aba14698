"""`am/final.mdl`, the transition model and the network, in Kaldi's binary format (transition-model, nnet3)."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tests.tiny_vosk.features import COEFFICIENTS, Floats
from tests.tiny_vosk.training import OFFSETS, Net

SELF_LOOP = 0.5
PLACES = ("begin", "end", "internal", "singleton")
_PRIOR_EXPONENT = 0.5
_END = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneSet:
    """The net's phones, silence first, and their numbers: each but silence has one for every place in a word.

    Kaldi counts from 1. Every phone n has one state, with two transitions: 2 n - 1 (stay) and 2 n (go on).
    """

    names: tuple[str, ...]

    @property
    def count(self) -> int:
        return 1 + len(PLACES) * (len(self.names) - 1)

    @property
    def transitions(self) -> int:
        return 2 * self.count

    def number(self, name: str, place: str) -> int:
        index = self.names.index(name)
        return 1 if index == 0 else 2 + len(PLACES) * (index - 1) + PLACES.index(place)

    def output(self, number: int) -> int:
        """The network's output for a phone's number."""
        return 0 if number == 1 else 1 + (number - 2) // len(PLACES)

    def word_boundary(self) -> str:
        """The text of `word_boundary.int`."""
        kinds = ["nonword", *PLACES * (len(self.names) - 1)]
        return "".join(f"{number} {kind}\n" for number, kind in enumerate(kinds, start=1))


def final_mdl(net: Net, phones: PhoneSet) -> bytes:
    """The whole file."""
    return b"\0B" + _transition_model(phones) + _nnet(net)


def _transition_model(phones: PhoneSet) -> bytes:
    numbers = range(1, phones.count + 1)
    emitting = _ints(0, 2) + _int(0) + _float(SELF_LOOP) + _int(1) + _float(1 - SELF_LOOP)
    topology = _int_vector([*numbers]) + _int_vector([_END] + [0] * phones.count) + _ints(1, 2)
    triples = b"".join(_ints(number, 0, phones.output(number)) for number in numbers)
    logs = np.log([1.0] + [SELF_LOOP, 1 - SELF_LOOP] * phones.count)
    return (
        b"<TransitionModel> <Topology> " + topology + emitting + _ints(_END, 0) + b"</Topology> "
        b"<Triples> " + _int(phones.count) + triples + b"</Triples> "
        b"<LogProbs> " + _vector(logs.astype(np.float32)) + b"</LogProbs> </TransitionModel> "
    )


def _nnet(net: Net) -> bytes:
    spliced = ", ".join(f"Offset(input, {offset})" for offset in OFFSETS)
    config = [f"input-node name=input dim={COEFFICIENTS}"]
    components, source = [], f"Append({spliced})"

    def add(name: str, body: bytes) -> str:
        config.append(f"component-node name={name} component={name} input={source}")
        components.append(f"<ComponentName> {name} ".encode() + body)
        return name

    for index, (weight, bias) in enumerate(net.layers):
        affine = b"<FixedAffineComponent> <LinearParams> " + _matrix(weight) + b"<BiasParams> " + _vector(bias)
        source = add(f"affine{index}", affine + b"</FixedAffineComponent> ")
        kind = "LogSoftmaxComponent" if weight is net.layers[-1][0] else "RectifiedLinearComponent"
        source = add(f"nonlinear{index}", _nonlinear(kind, len(bias)))
    config.append(f"output-node name=output input={source} objective=linear")
    return (
        b"<Nnet3> \n" + "\n".join(config).encode() + b"\n\n"
        b"<NumComponents> " + _int(len(components)) + b"".join(components) + b"</Nnet3> "
        b"<LeftContext> " + _int(-min(OFFSETS)) + b"<RightContext> " + _int(max(OFFSETS))
        + b"<Priors> " + _vector(net.priors**_PRIOR_EXPONENT)
    )  # fmt: skip


def _nonlinear(kind: str, size: int) -> bytes:
    none = _vector(np.zeros(0, np.float32))
    return (
        f"<{kind}> <Dim> ".encode() + _int(size) + b"<ValueAvg> " + none + b"<DerivAvg> " + none
        + b"<Count> " + _double(0) + b"<NumDimsSelfRepaired> " + _double(0) + b"<NumDimsProcessed> " + _double(0)
        + f"</{kind}> ".encode()
    )  # fmt: skip


def _int(value: int) -> bytes:
    return b"\x04" + struct.pack("<i", value)


def _ints(*values: int) -> bytes:
    return b"".join(map(_int, values))


def _float(value: float) -> bytes:
    return b"\x04" + struct.pack("<f", value)


def _double(value: float) -> bytes:
    return b"\x08" + struct.pack("<d", value)


def _int_vector(values: Sequence[int]) -> bytes:
    return _int(len(values)) + struct.pack(f"<{len(values)}i", *values)


def _vector(values: Floats) -> bytes:
    return b"FV " + _int(len(values)) + values.astype("<f4").tobytes()


def _matrix(values: Floats) -> bytes:
    return b"FM " + _int(values.shape[0]) + _int(values.shape[1]) + values.astype("<f4").tobytes()
