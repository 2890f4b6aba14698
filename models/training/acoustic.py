"""`am/final.mdl`, the transition model and the network, in Kaldi's binary format (transition-model, nnet3)."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from models.training.kaldi import Floats, Reader, float32, float64, int32, int32s, int_vector, matrix, vector
from models.training.phones import PDF_COUNT, PHONES, SILENCE, pdfs

SPEECH = "SPN"  # speech of any kind; in the graph it is a whole word
PLACES = ("begin", "end", "internal", "singleton")
SELF_LOOP = 0.5
SILENCE_OUTPUT = 0
SPEECH_OUTPUT = PDF_COUNT + 1  # of the network's last two outputs the second
_HEADS = ("out", "sp")
_RAREST = 1e-4  # a phone that training hardly met is not searched for everywhere
_END = -1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Layer:
    """An affine layer over its input at some offsets in time (frames of 10 ms), ordered as the columns of `weight`."""

    name: str
    offsets: tuple[int, ...]
    weight: Floats
    bias: Floats


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Net:
    """Hidden layers with rectifiers, then two heads with a log-softmax each: phone states, and speech or not."""

    hidden: tuple[Layer, ...]
    heads: tuple[Layer, ...]
    priors: Floats
    meta: dict[str, Any]

    @property
    def left(self) -> int:
        """Frames needed before the one that is judged."""
        return -sum(min(layer.offsets) for layer in self.hidden)

    @property
    def right(self) -> int:
        """Frames needed after it: the look-ahead."""
        return sum(max(layer.offsets) for layer in self.hidden)

    @property
    def parameters(self) -> int:
        """How many numbers were learnt."""
        return sum(layer.weight.size + layer.bias.size for layer in (*self.hidden, *self.heads))


def read_checkpoint(path: Path) -> Net:
    """The network of a checkpoint; ValueError where the file is not one of this phone set."""
    with np.load(path) as file:
        layers = {
            str(name): Layer(
                name=str(name),
                offsets=tuple(int(offset) for offset in file[f"{name}.offsets"]),
                weight=file[f"{name}.weight"].astype(np.float32),
                bias=file[f"{name}.bias"].astype(np.float32),
            )
            for name in file["names"]
        }
        priors, meta = file["priors"].astype(np.float32), json.loads(str(file["meta"]))
    heads = tuple(layers.pop(name) for name in _HEADS)
    if [len(head.bias) for head in heads] != [PDF_COUNT, 2] or len(priors) != PDF_COUNT + 2:
        raise ValueError(f"{path} holds a network for other phones")
    return Net(hidden=tuple(layers.values()), heads=heads, priors=priors, meta=meta)


def read_final_mdl(path: Path, *, prior_exponent: float, silence: float = 0.0) -> Net:
    """The network of a model that `final_mdl` made with these prices; for others without the checkpoint."""
    reader = Reader(path.read_bytes())
    reader.skip_to("<Nnet3>")
    offsets = {}
    for line in reader.lines():
        if found := re.match(r"component-node name=(\w+)\.affine .*input=(.*)", line):
            offsets[found[1]] = tuple(map(int, re.findall(r"Offset\([^,]+, (-?\d+)\)", found[2])))
    layers = {}
    for name, spliced in offsets.items():
        reader.skip_to("<LinearParams>")
        weight = reader.matrix()
        reader.skip_to("<BiasParams>")
        layers[name] = Layer(name=name, offsets=spliced, weight=weight, bias=reader.vector())
    reader.skip_to("<Priors>")
    heads = tuple(layers.pop(name) for name in _HEADS)
    priors = reader.vector()
    priors[SILENCE_OUTPUT] *= np.exp(silence)
    return Net(hidden=tuple(layers.values()), heads=heads, priors=priors ** (1 / prior_exponent), meta={})


@dataclass(frozen=True, slots=True)
class Phone:
    """A phone in one place of a word: its number, and the numbers of its states in the transition model, from 1."""

    number: int
    states: tuple[int, ...]


class PhoneTable:
    """The numbers of all phones: silence, speech of any kind, and each other phone in every place of a word.

    A state n has two transitions: 2 n - 1 (stay) and 2 n (go on).
    """

    def __init__(self) -> None:
        self.triples: list[tuple[int, int, int]] = []  # (phone, state of the phone, output of the network)
        self.kinds: list[str] = []
        self._phones: dict[tuple[str, str], Phone] = {}
        self._append(SILENCE, "nonword", pdfs(SILENCE))
        self._append(SPEECH, "singleton", (SPEECH_OUTPUT,))
        for name in PHONES:
            if name != SILENCE:
                for place in PLACES:
                    self._append(name, place, pdfs(name))

    def _append(self, name: str, kind: str, outputs: Sequence[int]) -> None:
        first = len(self.triples) + 1
        self.kinds.append(kind)
        number = len(self.kinds)
        self.triples += [(number, state, output) for state, output in enumerate(outputs)]
        self._phones[name, kind] = Phone(number, tuple(range(first, first + len(outputs))))

    def phone(self, name: str, place: str) -> Phone:
        """The phone `name` in a place; silence is in the place "nonword"."""
        return self._phones[name, place]

    @property
    def transitions(self) -> int:
        """How many transitions there are; numbers above are free for disambiguation symbols."""
        return 2 * len(self.triples)

    def word_boundary(self) -> str:
        """The text of `word_boundary.int`."""
        return "".join(f"{number} {kind}\n" for number, kind in enumerate(self.kinds, start=1))


@functools.cache
def phone_table() -> PhoneTable:
    """The one table of the model's phones."""
    return PhoneTable()


def final_mdl(net: Net, *, prior_exponent: float, speech: float, silence: float = 0.0) -> bytes:
    """The whole file. `speech` is added to the score of every frame of speech of any kind, `silence` to silence's."""
    priors: Floats = (np.maximum(net.priors, _RAREST) ** prior_exponent).astype(np.float32)
    priors[SILENCE_OUTPUT] *= np.exp(-silence)
    priors[PDF_COUNT:] = 1.0
    priors[SPEECH_OUTPUT] = np.exp(-speech)
    return b"\0B" + _transition_model(phone_table()) + _nnet(net, priors)


def _transition_model(table: PhoneTable) -> bytes:
    sizes = [sum(1 for phone, _, _ in table.triples if phone == number) for number in range(1, len(table.kinds) + 1)]
    kinds = sorted(set(sizes))
    topology = int_vector([*range(1, len(sizes) + 1)]) + int_vector([_END, *(kinds.index(size) for size in sizes)])
    entries = b"".join(_topology_entry(size) for size in kinds)
    logs = np.log([1.0] + [SELF_LOOP, 1 - SELF_LOOP] * len(table.triples))
    return (
        b"<TransitionModel> <Topology> " + topology + int32(len(kinds)) + entries + b"</Topology> "
        b"<Triples> " + int32(len(table.triples)) + b"".join(int32s(*triple) for triple in table.triples)
        + b"</Triples> <LogProbs> " + vector(logs.astype(np.float32)) + b"</LogProbs> </TransitionModel> "
    )  # fmt: skip


def _topology_entry(states: int) -> bytes:
    emitting = b"".join(
        int32s(state, 2) + int32(state) + float32(SELF_LOOP) + int32(state + 1) + float32(1 - SELF_LOOP)
        for state in range(states)
    )
    return int32(states + 1) + emitting + int32s(_END, 0)


def _nnet(net: Net, priors: Floats) -> bytes:
    size = net.hidden[0].weight.shape[1] // len(net.hidden[0].offsets)
    config = [f"input-node name=input dim={size}"]
    components = []

    def add(name: str, source: str, body: bytes) -> str:
        config.append(f"component-node name={name} component={name} input={source}")
        components.append(f"<ComponentName> {name} ".encode() + body)
        return name

    def affine(layer: Layer, source: str) -> str:
        spliced = ", ".join(f"Offset({source}, {offset})" for offset in layer.offsets)
        body = b"<FixedAffineComponent> <LinearParams> " + matrix(layer.weight) + b"<BiasParams> "
        return add(
            f"{layer.name}.affine",
            f"Append({spliced})" if len(layer.offsets) > 1 else spliced,
            body + vector(layer.bias) + b"</FixedAffineComponent> ",
        )

    source = "input"
    for layer in net.hidden:
        source = add(
            f"{layer.name}.relu", affine(layer, source), _nonlinear("RectifiedLinearComponent", len(layer.bias))
        )
    outputs = [
        add(f"{head.name}.ls", affine(head, source), _nonlinear("LogSoftmaxComponent", len(head.bias)))
        for head in net.heads
    ]
    config.append(f"output-node name=output input=Append({', '.join(outputs)}) objective=linear")
    return (
        b"<Nnet3> \n" + "\n".join(config).encode() + b"\n\n"
        b"<NumComponents> " + int32(len(components)) + b"".join(components) + b"</Nnet3> "
        b"<LeftContext> " + int32(net.left) + b"<RightContext> " + int32(net.right) + b"<Priors> " + vector(priors)
    )


def _nonlinear(kind: str, size: int) -> bytes:
    none = vector(np.zeros(0, np.float32))
    return (
        f"<{kind}> <Dim> ".encode() + int32(size) + b"<ValueAvg> " + none + b"<DerivAvg> " + none
        + b"<Count> " + float64(0) + b"<NumDimsSelfRepaired> " + float64(0) + b"<NumDimsProcessed> " + float64(0)
        + f"</{kind}> ".encode()
    )  # fmt: skip
