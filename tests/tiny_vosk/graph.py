"""The search graphs, without Kaldi: text that OpenFst's own tools turn into the two files libvosk looks for.

Phones do not depend on their neighbours here, so what Kaldi composes of H, C and L is simply written down.
"""

from __future__ import annotations

import math
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.tiny_vosk.acoustic import SELF_LOOP, PhoneSet
from tests.tiny_vosk.speech import SILENCE

Lexicon = Mapping[str, set[tuple[str, ...]]]

UNKNOWN = "[unk]"
_NOTHING, _MARKS = "<eps>", ("#0", "<s>", "</s>")
RESERVED = (UNKNOWN, _NOTHING, *_MARKS)
# In nats, what an unknown word costs to begin and for each phone; a known word of the same sound must win.
_UNKNOWN_ENTRY, _UNKNOWN_PHONE = 6.0, 1.5

_EPSILON = 0
_START, _PAUSE, _ROOT = 0, 1, 2
_PLUGIN = "olabel_lookahead-fst.so"


def missing_tools() -> str:
    """What keeps the graph from being made on this machine; empty where nothing does."""
    if shutil.which("fstcompile") is None or _plugin_folder() is None:
        return "needs OpenFst's tools and look-ahead graphs (Debian 12: libfst-tools libfst22-plugins-base)"
    return ""


def write_graph(folder: Path, lexicon: Lexicon, phones: PhoneSet) -> None:
    """Everything in the model's `graph/`."""
    (folder / "phones").mkdir(parents=True)
    (folder / "phones" / "word_boundary.int").write_text(phones.word_boundary())
    words = [*sorted(lexicon), UNKNOWN]
    arcs = _Arcs(phones)
    for number, word in enumerate(words[:-1], start=1):
        for pronunciation in sorted(lexicon[word]):
            arcs.add_word(number, pronunciation)
    arcs.add_unknown(len(words))
    (folder / "disambig_tid.int").write_text("".join(f"{label}\n" for label in arcs.disambiguations))

    renumbered = folder / "relabel.txt"
    look_ahead = ["--fst_type=olabel_lookahead", f"--save_relabel_opairs={renumbered}"]
    _compile(arcs.lines, folder / "HCLr.fst", sort="olabel", convert=look_ahead)
    new = {int(old): int(number) for old, number in map(str.split, renumbered.read_text().splitlines())}
    renumbered.unlink()
    numbers = {word: new[number] for number, word in enumerate(words, start=1)}
    top = max(numbers.values())
    numbers.update((word, top + index) for index, word in enumerate(_MARKS, start=1))
    table = [(_NOTHING, _EPSILON), *numbers.items()]
    (folder / "words.txt").write_text("".join(f"{word} {number}\n" for word, number in table))
    price = math.log(len(words))
    loop = [f"0 0 {numbers[word]} {numbers[word]} {price:.4f}" for word in words]
    _compile([*loop, "0"], folder / "Gr.fst", sort="ilabel", convert=["--fst_type=const"])


class _Arcs:
    """The graph under construction, as OpenFst's text: a prefix tree of phones, and back from each word's end.

    A phone is entered on its forward transition and stayed in by its self-loop, Kaldi's "reordered" order,
    on which libvosk's word times depend.
    """

    def __init__(self, phones: PhoneSet) -> None:
        self.lines: list[str] = []
        self.disambiguations: list[int] = []
        self._phones = phones
        self._states = _ROOT + 1
        self._tree: dict[tuple[int, int], int] = {}
        self._ends: dict[int, int] = {}
        pause = phones.number(SILENCE, "")
        self._add(_START, _ROOT, weight=-math.log(0.5))
        self._into(_START, _PAUSE, pause, weight=-math.log(0.5))
        self._add(_PAUSE, _ROOT)
        self.lines.append(f"{_ROOT}")

    def add_word(self, word: int, pronunciation: Sequence[str]) -> None:
        """One more pronunciation; words of the same sound get a disambiguation symbol each."""
        state = _ROOT
        for index, name in enumerate(pronunciation):
            phone = self._phones.number(name, _place(index, len(pronunciation)))
            if (state, phone) not in self._tree:
                self._tree[state, phone] = self._new_state()
                self._into(state, self._tree[state, phone], phone)
            state = self._tree[state, phone]
        self._ends[state] = self._ends.get(state, 0) + 1
        self._end(state, word, self._ends[state])

    def add_unknown(self, word: int) -> None:
        """Any string of phones, at a price."""
        inside, outside = self._new_state(), self._new_state()
        for name in self._phones.names[1:]:
            for place, source, target in (
                ("begin", _ROOT, inside),
                ("internal", inside, inside),
                ("end", inside, outside),
                ("singleton", _ROOT, outside),
            ):
                state = self._new_state()
                price = _UNKNOWN_PHONE + (_UNKNOWN_ENTRY if source == _ROOT else 0.0)
                self._into(source, state, self._phones.number(name, place), weight=price)
                self._add(state, target)
        self._end(outside, word, 1)

    def _new_state(self) -> int:
        self._states += 1
        return self._states - 1

    def _into(self, source: int, target: int, phone: int, *, weight: float = 0.0) -> None:
        self._add(source, target, 2 * phone, weight=weight - math.log(1 - SELF_LOOP))
        self._add(target, target, 2 * phone - 1, weight=-math.log(SELF_LOOP))

    def _end(self, state: int, word: int, homophone: int) -> None:
        label = self._phones.transitions + homophone
        if label not in self.disambiguations:
            self.disambiguations.append(label)
        self._add(state, _START, label, word)

    def _add(self, source: int, target: int, label: int = _EPSILON, word: int = _EPSILON, weight: float = 0.0) -> None:
        self.lines.append(f"{source} {target} {label} {word} {weight:.4f}")


def _place(index: int, length: int) -> str:
    if length == 1:
        return "singleton"
    if index == 0:
        return "begin"
    return "end" if index == length - 1 else "internal"


def _compile(lines: Sequence[str], target: Path, *, sort: str, convert: Sequence[str]) -> None:
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
