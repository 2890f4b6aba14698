"""What is said about a session that the machine broke off."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from voice_coach.commands import number_words


def _done(sets: int) -> str:
    return f"The diary has {number_words(sets)} {'set' if sets == 1 else 'sets'} of it."


SAID: Mapping[str, Callable[..., str]] = {
    "again.broken_off": lambda title: f"We were cut off in the middle of {title}.",
    "again.done": _done,
    "again.what_is_left": lambda: "Would you like to do what is left of it?",
    "again.yes": lambda: "Then we begin where you were.",
    "again.no": lambda: "Then that session ends there. What you did counts.",
}
