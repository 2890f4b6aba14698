"""A YAML document as values that remember their lines.

The parser's events are walked instead of loading values: `1:30` and `no` stay text (YAML 1.2), equal keys are seen,
aliases are counted before they are followed, so that no file can grow in memory, and every value has its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from voice_coach.routine.wording import shown

if TYPE_CHECKING:
    import yaml

MAX_DEPTH = 20  # lists and groups inside each other
MAX_NODES = 20_000  # values in one file, counted as if every alias were written out
MAX_ENTRIES = 1_000  # in one list or group: the schemas' most is 300, and they compare each with every other

Scalar: TypeAlias = "str | int | float | bool | None"

_YAML = "tag:yaml.org,2002:"  # what !! stands for
_INT = re.compile(r"[-+]?[0-9]{1,30}|0o[0-7]{1,30}|0x[0-9a-fA-F]{1,30}")  # longer numbers stay text
_FLOAT = re.compile(r"[-+]?(\.[0-9]{1,30}|[0-9]{1,30}(\.[0-9]{0,30})?)([eE][-+]?[0-9]{1,3})?")
_NAMED: Mapping[str, Scalar] = {"": None, "~": None} | {
    spelling: value
    for word, value in (("null", None), ("true", True), ("false", False))
    for spelling in (word, word.capitalize(), word.upper())
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One value of a file and the line (1-based) on which it begins; a group also knows the lines of its keys."""

    value: Scalar | Sequence[Node] | Mapping[str, Node]
    line: int
    key_lines: Mapping[str, int] = field(default_factory=dict)
    size: int = 1  # values in it, itself included, aliases written out
    depth: int = 0  # levels of lists and groups in it, itself included

    def plain(self) -> Any:
        """The value as JSON has it: dict, list, str, int, float, bool or None."""
        if isinstance(self.value, Mapping):
            return {key: child.plain() for key, child in self.value.items()}
        if isinstance(self.value, (list, tuple)):
            return [child.plain() for child in self.value]
        return self.value

    def child(self, step: str | int) -> Node | None:
        """The value under a key or at an index; None where there is none."""
        if isinstance(self.value, Mapping):
            return self.value.get(str(step))
        return self.entries()[step] if isinstance(step, int) and step < len(self.entries()) else None

    def entries(self) -> Sequence[Node]:
        """The values of a list; nothing where this is no list."""
        return self.value if isinstance(self.value, (list, tuple)) else ()

    def fields(self) -> Mapping[str, Node]:
        """The fields of a group; nothing where this is no group."""
        return self.value if isinstance(self.value, Mapping) else {}


class Flaw(NamedTuple):
    """Something wrong with the text of a file; line 0 is the whole file."""

    line: int
    message: str
    hint: str = ""


class _Refuse(Exception):
    """Nothing more can be told about this file."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.flaw = Flaw(line, message)


class Document(NamedTuple):
    """What could be told about a text: its value (None where unknown), its flaws, and where the parser gave up."""

    tree: Node | None
    flaws: Sequence[Flaw]
    error: yaml.YAMLError | None
    texts: Sequence[range]  # lines inside quoted and block text, where anything may stand


def compose(text: str) -> Document:
    """The document in a text, as far as it can be read."""
    import yaml

    composer = _Composer()
    tree, error = None, None
    try:
        tree = composer.document(yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
    except _Refuse as refusal:
        composer.flaws.append(refusal.flaw)
    except yaml.YAMLError as raised:
        error = raised
    return Document(tree, composer.flaws, error, composer.texts)


class _Composer:
    """Builds nodes from the parser's events and keeps count, so that no file can grow or nest without end."""

    def __init__(self) -> None:
        self._anchors: dict[str, Node] = {}
        self._open: set[str] = set()  # anchors whose value is not complete yet
        self._size = 0
        self.flaws: list[Flaw] = []
        self.texts: list[range] = []

    def document(self, events: Iterator[yaml.Event]) -> Node:
        import yaml

        next(events)  # the stream begins
        if isinstance(next(events), yaml.StreamEndEvent):
            raise _Refuse(0, "the file is empty")
        root = self._node(next(events), events, 1)
        next(events)  # the document ends
        after = next(events)
        if not isinstance(after, yaml.StreamEndEvent):
            self._flaw(_line(after), "a second document begins here (---)", "one file holds one")
        if root.value is None:
            raise _Refuse(0, "the file is empty")
        return root

    def _flaw(self, line: int, message: str, hint: str = "") -> None:
        self.flaws.append(Flaw(line, message, hint))

    def _node(self, event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Node:
        import yaml

        line = _line(event)
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event.anchor or "", line, depth)
        assert isinstance(event, yaml.NodeEvent)
        self._grow(1, line)
        anchor, tag = event.anchor, getattr(event, "tag", None)
        if tag is not None:
            written = shown(tag.replace(_YAML, "!!"))
            self._flaw(line, f"the tag {written} is not used here", "write the value without it")
        if anchor:
            self._open.add(anchor)
        if isinstance(event, yaml.ScalarEvent):
            self._text(event, line)
            node = Node(value=_resolve(event.value) if event.implicit[0] else event.value, line=line)
        else:
            self._deep(depth, line)
            group = isinstance(event, yaml.MappingStartEvent)
            node = (self._mapping if group else self._sequence)(line, events, depth)
        if anchor:
            self._open.discard(anchor)
            self._anchors[anchor] = node
        return node

    def _text(self, event: yaml.ScalarEvent, line: int) -> None:
        if event.style and event.end_mark:
            after = event.end_mark.line + (2 if event.end_mark.column else 1)
            self.texts.append(range(line + 1, after))

    def _sequence(self, line: int, events: Iterator[yaml.Event], depth: int) -> Node:
        import yaml

        children: list[Node] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            self._long(len(children), line)
            children.append(self._node(event, events, depth + 1))
        return _group(children, children, line)

    def _mapping(self, line: int, events: Iterator[yaml.Event], depth: int) -> Node:
        import yaml

        entries: dict[str, Node] = {}
        lines: dict[str, int] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            self._long(len(entries), line)
            at = _line(event)
            key = event.value if isinstance(event, yaml.ScalarEvent) else None
            if key is None:
                self._node(event, events, depth + 1)
            child = self._node(next(events), events, depth + 1)
            if key is None:
                self._flaw(at, "the name of a field must be a plain word")
            elif key == "<<":
                self._flaw(at, "merging with << is not used here", "write the fields out")
            elif key in entries:
                self._flaw(at, f"{shown(key)} is given twice, the first is on line {lines[key]}", "keep one")
            else:
                entries[key] = child
                lines[key] = at
        return _group(entries, list(entries.values()), line, lines)

    def _alias(self, anchor: str, line: int, depth: int) -> Node:
        name = f"*{shown(anchor)}"
        if anchor in self._open:
            raise _Refuse(line, f"the alias {name} refers to the value it is part of")
        if anchor not in self._anchors:
            raise _Refuse(line, f"the alias {name} has no value, there is no &{shown(anchor)} before it")
        node = self._anchors[anchor]
        self._grow(node.size, line)
        self._deep(depth + node.depth - 1, line)
        return replace(node, line=line)

    def _grow(self, by: int, line: int) -> None:
        self._size += by
        if self._size > MAX_NODES:
            raise _Refuse(line, f"there are more than {MAX_NODES:,} values, counting aliases written out")

    def _long(self, entries: int, line: int) -> None:
        if entries >= MAX_ENTRIES:
            raise _Refuse(line, f"there are more than {MAX_ENTRIES:,} entries in one list or group")

    def _deep(self, depth: int, line: int) -> None:
        if depth > MAX_DEPTH:
            raise _Refuse(line, f"lists and groups are nested more than {MAX_DEPTH} levels deep")


def _line(event: yaml.Event) -> int:
    assert event.start_mark is not None  # both parsers of PyYAML set it
    return event.start_mark.line + 1


def _group(
    value: Sequence[Node] | Mapping[str, Node],
    children: Sequence[Node],
    line: int,
    key_lines: Mapping[str, int] | None = None,
) -> Node:
    size = 1 + sum(child.size for child in children)
    depth = 1 + max((child.depth for child in children), default=0)
    return Node(value=value, line=line, key_lines=key_lines or {}, size=size, depth=depth)


def _resolve(text: str) -> Scalar:
    """A bare word as YAML 1.2's core schema reads it: `no`, `on` and `1:30` are text."""
    if text in _NAMED:
        return _NAMED[text]
    if _INT.fullmatch(text):
        return int(text, 0) if text[:2] in ("0o", "0x") else int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    return text
