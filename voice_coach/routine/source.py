"""Reading a YAML file; what is wrong with its bytes, its text or its syntax is said here, in plain words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from voice_coach.errors import Problem
from voice_coach.routine.nodes import Flaw, Node, compose
from voice_coach.routine.wording import plural, shown

if TYPE_CHECKING:
    import yaml

MAX_BYTES = 1_000_000

_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\U0010ffff]")  # YAML 1.2, 5.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file as it was read: its text and its values (each None where unknown), and what is wrong so far."""

    path: Path
    text: str | None = None
    tree: Node | None = None
    problems: tuple[Problem, ...] = ()


def read(path: Path) -> Source:
    """The file's values with their lines. Never raises for what the file is or holds; see `Source.problems`."""
    data = content(path)
    return parse(data, path) if isinstance(data, bytes) else data


def content(path: Path) -> bytes | Source:
    """The bytes of a file, or what keeps them from being read."""
    try:
        if path.exists() and not path.is_file():
            return _refused(path, None, 0, "this is not a file")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        why = getattr(error, "strerror", None) or str(error)
        return _refused(path, None, 0, f"cannot be read: {why.lower()}")
    return data


def parse(data: bytes, path: Path) -> Source:
    """What `read` gives, from bytes already at hand."""
    text = data.decode("utf-8", errors="replace")
    if len(data) > MAX_BYTES:
        return _refused(path, None, 0, "is larger than 1 MB", "is this the right file")
    flaw = _flaw(data)
    if flaw:
        return _refused(path, None if b"\0" in data else text, *flaw)  # UTF-16 is full of NULs
    document = compose(text.removeprefix("\ufeff"))
    tabs = _tabs(text, document.texts)
    flaws = [*document.flaws, *tabs]
    if document.error and not tabs:
        flaws.append(_syntax(document.error, text))
    problems = tuple(Problem(str(path), *flaw) for flaw in flaws)
    return Source(path=path, text=text, tree=document.tree, problems=problems)


def _refused(path: Path, text: str | None, line: int, message: str, hint: str = "") -> Source:
    return Source(path=path, text=text, problems=(Problem(str(path), line, message, hint),))


def _flaw(data: bytes) -> Flaw | None:
    """The first thing that keeps the bytes from being plain UTF-8 text."""
    save = "save it as UTF-8 text"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Flaw(1, "this file is written in UTF-16", save)
    nul = data.find(b"\0")
    if nul >= 0:
        return Flaw(data.count(b"\n", 0, nul) + 1, "there is a NUL byte, this is not a text file", save)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return Flaw(line, f"byte {data[error.start]:#04x} is not UTF-8", save)
    odd = _UNPRINTABLE.search(text)
    if odd:
        line = text.count("\n", 0, odd.start()) + 1
        return Flaw(line, f"there is a control character (U+{ord(odd.group()):04X})", "delete it")
    return None


def _tabs(text: str, texts: Sequence[range]) -> list[Flaw]:
    """Tabs in front of a line. YAML forbids most and reads the rest as going on with the line before: never meant."""
    free = {line for inside in texts for line in inside}
    found = []
    for at, line in enumerate(text.splitlines(), 1):
        indent = line[: len(line) - len(line.lstrip())]
        if "\t" in indent and (line.strip() or indent[0] == "\t") and at not in free:
            found.append(at)
    if not found:
        return []
    more = f" (and on {plural(len(found) - 1, 'more line')})" if len(found) > 1 else ""
    return [Flaw(found[0], f"a tab is used to indent{more}", "YAML wants spaces")]


class _Syntax(NamedTuple):
    theirs: str  # how libyaml's sentence begins
    ours: str
    hint: str = ""
    opened: bool = False  # the line to name is the one on which it was opened


_COLON_HINT = "put text with a colon in quotes, or check this line and the one before"
_SYNTAX = (
    _Syntax("mapping values are not allowed", "a colon is not expected here", _COLON_HINT),
    _Syntax("found unexpected end of stream", "a quote is opened and never closed", opened=True),
    _Syntax("did not find expected ',' or ']'", "a list in brackets is not closed", "add ]", opened=True),
    _Syntax("did not find expected ',' or '}'", "a group in braces is not closed", "add }", opened=True),
    _Syntax("did not find expected key", "this does not fit the lines before it", "check indentation and quotes"),
    _Syntax("did not find expected '-'", "this does not fit the list before it", "check the indentation"),
    _Syntax("could not find expected ':'", "a field without a colon", "write it as name: value", opened=True),
    _Syntax("found character that cannot start", "YAML keeps this character for itself", "put the text in quotes"),
    _Syntax("did not find expected node content", "a bracket without its other half", "check [ ] and { }"),
    _Syntax("found unknown escape", "a backslash in double quotes means something else", "use single quotes"),
    _Syntax("found incompatible YAML document", "this YAML version is not known", "delete the %YAML line"),
)


def _syntax(error: yaml.YAMLError, text: str) -> Flaw:
    """What the parser could not read, and where."""
    mark, context = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    theirs = getattr(error, "problem", None) or str(error)
    line = min(mark.line + 1, max(len(text.splitlines()), 1)) if mark else 0
    for known in _SYNTAX:
        if theirs.startswith(known.theirs):
            return Flaw(context.line + 1 if known.opened and context else line, known.ours, known.hint)
    return Flaw(line, f"this is not YAML: {shown(theirs)}")
