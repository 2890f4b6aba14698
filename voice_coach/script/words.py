"""Numbers, times and sentences put into words."""

from __future__ import annotations

from voice_coach.commands import number_words


def seconds(count: int) -> str:
    """ "one second", "forty-five seconds", "two minutes", "one and a half minutes"."""
    if count >= 60 and count % 60 == 0:
        return many(count // 60, "minute")
    if count >= 60 and count % 30 == 0:
        return f"{number_words(count // 60)} and a half minutes"
    if count > 60:
        return f"{many(count // 60, 'minute')} {many(count % 60, 'second')}"
    return many(count, "second")


def many(count: int, noun: str) -> str:
    """ "one set", "three sets"."""
    return f"{number_words(count)} {noun}" + ("" if count == 1 else "s")


def sentence(text: str) -> str:
    """With a capital at its beginning."""
    return text[:1].upper() + text[1:]


def kilos(grams: int) -> str:
    """A weight to ten grams: "half a kilo", "two point two seven kilos"."""
    whole, rest = divmod(round(grams, -1), 1000)
    if whole == 0 and rest == 500:
        return "half a kilo"
    if rest == 500:
        return f"{number_words(whole)} and a half kilos"
    if rest:
        digits = " ".join(number_words(int(digit)) for digit in f"{rest // 10:02d}".rstrip("0"))
        return f"{number_words(whole)} point {digits} kilos"
    return many(whole, "kilo")


def use(grams: int, label: str) -> str:
    """What to hold or wear."""
    return f"Use your {label}." if label else f"Use {kilos(grams)}."
