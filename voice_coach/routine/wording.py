"""How problems are put into words: closest names, values as they can be shown, names as they sound."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

_CLOSE = 0.6  # the similarity (difflib's ratio) from which a name counts as meant; difflib's own default
_SHOWN = 40  # characters of a value that are repeated back


class Unfit(ValueError):
    """A value that cannot be used: `message` says why, `hint` what was probably meant."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def spoken(name: str) -> str:
    """A name as it sounds: lower case, single spaces, no punctuation ("First-week chair" is "first week chair")."""
    return " ".join(re.sub(r"[\W_]+", " ", re.sub(r"['’]", "", name.casefold())).split())


def closest(name: str, names: Iterable[str]) -> str:
    """The one of `names` that sounds or looks most like `name`; empty when none is near."""
    wanted = spoken(name)
    # A 1 MB name would take minutes to compare and is close to nothing.
    scored = [(_likeness(wanted, spoken(each)), each) for each in sorted(set(names))] if len(wanted) < 100 else []
    best = max(scored, default=(0.0, ""), key=lambda pair: pair[0])
    return best[1] if best[0] >= _CLOSE else ""


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """A hint that names the closest of `names`, or all of them when none is close and they are few."""
    choices = sorted(set(names))
    best = closest(name, choices)
    if best:
        return f"did you mean {best}"
    return f"there {'is' if len(choices) == 1 else 'are'} {listed(choices)}" if 0 < len(choices) <= 20 else ""


def listed(words: Iterable[str], last: str = "and") -> str:
    """Words as a sentence lists them: "a", "a and b", "a, b and c"."""
    *most, final = list(words) or [""]
    return f"{', '.join(most)} {last} {final}" if most else final


def shown(value: object) -> str:
    """A value as a sentence can repeat it: one short line, as YAML writes it, nothing a terminal would obey."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "a group of fields"
    if isinstance(value, list):
        return "a list"
    text = " ".join("".join(ch if ch.isprintable() else " " for ch in str(value)).split())
    if len(text) > _SHOWN:
        text = text[: _SHOWN - 1] + "…"
    return text or '""'


def plural(count: int, noun: str) -> str:
    """A number with its noun: "1 item", "40 items"."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
