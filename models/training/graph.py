"""The search graphs, without Kaldi: text that OpenFst's own tools turn into the two files libvosk looks for.

Phones do not depend on their neighbours here, so what Kaldi composes of H, C and L is simply written down: a prefix
tree of phones with a word at each leaf. "[unk]" is a word like any other, said in three ways: as any of the decoys,
as any string of phones, and as any frames that the network takes for speech.
"""

from __future__ import annotations

import math
import os
import shutil
import subprocess
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path

from models.training.acoustic import SELF_LOOP, SPEECH, Phone, phone_table
from models.training.filler import EDGE, bigrams
from models.training.lexicon import Pronunciation
from models.training.phones import PHONES, SILENCE
from models.training.tuning import Tuning

UNKNOWN = "[unk]"
_NOTHING, _MARKS = "<eps>", ("#0", "<s>", "</s>")
_EPSILON = 0
_PAUSE = -math.log(0.5)  # before every word there is a pause, or none
_PLUGIN = "olabel_lookahead-fst.so"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What the graph is made of.

    `continuing` words follow another word without a price, because some phrase has them there; behind `opening` ones
    any word does. `cheaper` tells by how many nats a word is; `decoys` are ways to say "[unk]"; `usual` tells
    which phones follow each other.
    """

    lexicon: Mapping[str, Sequence[Pronunciation]]
    continuing: Collection[str] = frozenset()
    opening: Collection[str] = frozenset()
    cheaper: Mapping[str, float] = field(default_factory=dict)
    decoys: Set[Pronunciation] = frozenset()
    usual: Collection[Pronunciation] = ()


def missing_tools() -> str:
    """What keeps the graph from being made on this machine; empty where nothing does."""
    if shutil.which("fstcompile") is None or _plugin_folder() is None:
        return "needs OpenFst's tools and look-ahead graphs (Debian 12: libfst-tools libfst22-plugins-base)"
    return ""


def write_graph(folder: Path, words: Words, tuning: Tuning) -> None:
    """Everything in the model's `graph/`."""
    (folder / "phones").mkdir(parents=True)
    (folder / "phones" / "word_boundary.int").write_text(phone_table().word_boundary())
    order = [*sorted(words.lexicon), UNKNOWN]
    arcs = _draw(words, order, tuning)
    (folder / "disambig_tid.int").write_text("".join(f"{label}\n" for label in arcs.disambiguations))

    renumbered = folder / "relabel.txt"
    look_ahead = ["--fst_type=olabel_lookahead", f"--save_relabel_opairs={renumbered}"]
    _compile(arcs.lines, folder / "HCLr.fst", sort="olabel", convert=look_ahead)
    new = {int(old): int(number) for old, number in map(str.split, renumbered.read_text().splitlines())}
    renumbered.unlink()
    numbers = {word: new[number] for number, word in enumerate(order, start=1)}
    top = max(numbers.values())
    numbers.update((word, top + index) for index, word in enumerate(_MARKS, start=1))
    table = [(_NOTHING, _EPSILON), *numbers.items()]
    (folder / "words.txt").write_text("".join(f"{word} {number}\n" for word, number in table))
    price = math.log(len(order))
    loop = [f"0 0 {numbers[word]} {numbers[word]} {price:.4f}" for word in order]
    _compile([*loop, "0"], folder / "Gr.fst", sort="ilabel", convert=["--fst_type=const"])


def _draw(words: Words, order: Sequence[str], tuning: Tuning) -> _Arcs:
    """First words are said from one root; behind a word there is a second one, where going to the first has a price."""
    number = {word: index for index, word in enumerate(order, start=1)}
    start, again = 0, 1
    arcs = _Arcs(states=2)
    first, behind = arcs.root(start), arcs.root(again)
    arcs.free(again, first.root, tuning.next_word)
    for tree, chosen in ((first, sorted(words.lexicon)), (behind, sorted(words.continuing))):
        for word in chosen:
            then = start if word in words.opening else again
            for way in words.lexicon[word]:
                arcs.word(tree, number[word], way, then, -words.cheaper.get(word, 0.0))
    for way in sorted(words.decoys):
        arcs.word(first, number[UNKNOWN], way, again, tuning.unknown + tuning.decoy)
    arcs.any_phones(first.root, number[UNKNOWN], bigrams(words.usual), again, tuning)
    arcs.any_speech(first.root, number[UNKNOWN], again, tuning.unknown)
    return arcs


class _Tree:
    """A prefix tree under construction: its root, and the states of the phones below."""

    def __init__(self, root: int) -> None:
        self.root = root
        self.below: dict[tuple[int, int], int] = {}


class _Arcs:
    """The graph under construction, as OpenFst's text.

    A state of a phone is entered on its forward transition and stayed in by its self-loop, Kaldi's "reordered" order,
    on which libvosk's word times depend.
    """

    def __init__(self, states: int) -> None:
        self.lines: list[str] = []
        self.disambiguations: list[int] = []
        self._states = states
        self._ends: dict[int, int] = {}

    def root(self, start: int) -> _Tree:
        """A new tree that is reached from `start` with a pause or without; an utterance may end at its root."""
        root, pause = self._new_state(), self._new_state()
        self.free(start, root, _PAUSE)
        self._enter(start, pause, phone_table().phone(SILENCE, "nonword").states[0], _PAUSE)
        self.free(pause, root)
        self.lines.append(f"{root}")
        return _Tree(root)

    def word(self, tree: _Tree, word: int, way: Pronunciation, then: int, price: float) -> None:
        """One more pronunciation; words of the same sound get a disambiguation symbol each."""
        state = tree.root
        for index, name in enumerate(way):
            phone = phone_table().phone(name, _place(index, len(way)))
            if (state, phone.number) not in tree.below:
                tree.below[state, phone.number] = self._phone(state, phone)
            state = tree.below[state, phone.number]
        self._end(state, word, then, price)

    def any_phones(
        self, root: int, word: int, costs: Mapping[tuple[str, str], float], then: int, tuning: Tuning
    ) -> None:
        """A string of one phone or more, priced by how usual it is."""
        names = PHONES[1:]
        table = phone_table()
        end = self._new_state()

        def price(before: str, after: str) -> float:
            return tuning.loop_bigram * costs[before, after] + (0.0 if after == EDGE else tuning.loop_phone)

        # From `open_[x]` a further phone may follow x; `inner[y]` and `last[y]` are entered for any y.
        open_ = {name: self._new_state() for name in names}
        inner = {name: self._new_state() for name in names}
        last = {name: self._new_state() for name in names}
        for name in names:
            entry = tuning.unknown + tuning.loop_entry + price(EDGE, name)
            self.free(self._phone(root, table.phone(name, "begin"), entry), open_[name])
            self.free(self._phone(root, table.phone(name, "singleton"), entry), end, price(name, EDGE))
            self.free(self._phone(inner[name], table.phone(name, "internal")), open_[name])
            self.free(self._phone(last[name], table.phone(name, "end")), end, price(name, EDGE))
            for after in names:
                self.free(open_[name], inner[after], price(name, after))
                self.free(open_[name], last[after], price(name, after))
        self._end(end, word, then)

    def any_speech(self, root: int, word: int, then: int, price: float) -> None:
        """Frames that the network takes for speech, whatever is said in them."""
        self._end(self._phone(root, phone_table().phone(SPEECH, "singleton"), price), word, then)

    def free(self, source: int, target: int, weight: float = 0.0) -> None:
        """An arc that takes no sound."""
        self._add(source, target, weight=weight)

    def _phone(self, source: int, phone: Phone, price: float = 0.0) -> int:
        """The state behind a phone that begins in `source`."""
        for state in phone.states:
            target = self._new_state()
            self._enter(source, target, state, price)
            source, price = target, 0.0
        return source

    def _new_state(self) -> int:
        self._states += 1
        return self._states - 1

    def _enter(self, source: int, target: int, state: int, weight: float) -> None:
        self._add(source, target, 2 * state, weight=weight - math.log(1 - SELF_LOOP))
        self._add(target, target, 2 * state - 1, weight=-math.log(SELF_LOOP))

    def _end(self, state: int, word: int, then: int, price: float = 0.0) -> None:
        self._ends[state] = self._ends.get(state, 0) + 1
        label = phone_table().transitions + self._ends[state]
        if label not in self.disambiguations:
            self.disambiguations.append(label)
        self._add(state, then, label, word, price)

    def _add(self, source: int, target: int, label: int = _EPSILON, word: int = _EPSILON, weight: float = 0.0) -> None:
        self.lines.append(f"{source} {target} {label} {word} {weight:.4f}")


def _place(index: int, length: int) -> str:
    if length == 1:
        return "singleton"
    if index == 0:
        return "begin"
    return "end" if index == length - 1 else "internal"


def _compile(lines: Iterable[str], target: Path, *, sort: str, convert: Sequence[str]) -> None:
    data = "".join(f"{line}\n" for line in lines).encode()
    for command in (["fstcompile"], ["fstarcsort", f"--sort_type={sort}"], ["fstconvert", *convert]):
        data = subprocess.run(command, input=data, capture_output=True, check=True, env=_environment()).stdout
    target.write_bytes(data)


def _environment() -> dict[str, str]:
    """Debian's plug-ins lie in a folder that the dynamic loader does not search by itself."""
    return {**os.environ, "LD_LIBRARY_PATH": str(_plugin_folder())}


def _plugin_folder() -> Path | None:
    found = sorted(Path("/usr/lib").glob(f"*/fst/*/{_PLUGIN}"))
    return found[-1].parent if found else None
