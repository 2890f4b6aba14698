"""The schemas' three keywords of our own: how a text is read, how long a duration may be, what the coach can say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeAlias

from voice_coach.routine import units
from voice_coach.routine.wording import Unfit, shown

# The command phrase inside a spoken text, or None. Answers ("yes", numbers) are no commands here. A function: hashable.
Forbidden: TypeAlias = Callable[[str], "str | None"]

Keyword: TypeAlias = Callable[[Any, object], None]  # takes the keyword's value and the file's; raises `Unfit`


def anything(_text: str) -> None:
    """The `Forbidden` that forbids nothing."""


def keywords(forbidden: Forbidden) -> dict[str, Keyword]:
    """Each keyword by its name in the schemas."""
    return {"x-kind": _read_as, "x-range": _within, "x-spoken": partial(_speakable, forbidden)}


def _read_as(kind: str, value: object) -> None:
    """`x-kind`: the value is a duration, a tempo or a load."""
    if kind == "tempo" and isinstance(value, Mapping):
        whole = {"lift", "lower"} <= set(value) <= {"lift", "hold", "lower"}
        if not whole or not all(map(_is_duration, value.values())):
            return  # the rules for its fields say so
    if value is not None:
        {"duration": units.duration, "tempo": units.tempo, "load": units.load}[kind](value)


def _is_duration(value: object) -> bool:
    try:
        units.duration(value)
    except Unfit:
        return False
    return True


def _within(bounds: tuple[str, str], value: object) -> None:
    """`x-range`: a duration keeps within its bounds."""
    if not _is_duration(value):
        return  # x-kind says so
    ms, least, most = (units.duration(each) for each in (value, *bounds))
    if ms < least:
        raise Unfit(f"{shown(value)} is too short", f"the least is {bounds[0]}")
    if ms > most:
        raise Unfit(f"{shown(value)} is too long", f"the most is {bounds[1]}")


def _speakable(forbidden: Forbidden, most: int, text: object) -> None:
    """`x-spoken`: the text can be spoken, in at most so many words, and does not sound like a command."""
    if not isinstance(text, str) or not text:
        return
    odd = next((ch for ch in text if not ch.isprintable() and ch not in "\n\t\r"), "")
    if odd:
        raise Unfit(f"the character U+{ord(odd):04X} cannot be spoken", "delete it")
    if not any(ch.isalpha() for ch in text):
        raise Unfit(f"{shown(text)} has no word that could be spoken")
    count = len(text.split())
    if count > most:
        raise Unfit(f"{count} words are too many to say at once", f"the most is {most}")
    phrase = forbidden(" ".join(text.split()))
    if phrase:
        raise Unfit(f'"{phrase}" is a command, the coach would answer itself', "say it another way")
