"""What can be said while a question stands: its answers, and the few phrases that always count."""

from __future__ import annotations

from functools import cache

from voice_coach.commands import Match, Vocabulary, normalise, number_words, numbers, phrases_of
from voice_coach.person.questions import Kind, Question
from voice_coach.script.words import kilos
from voice_coach.session.events import DISTRESS, Intent

ALWAYS = (
    *(Intent.PAUSE, Intent.RESUME, Intent.STOP, Intent.END, Intent.REPEAT, Intent.HELP, Intent.BACK),
    *(Intent.LOUDER, Intent.QUIETER, Intent.FALSE_ALARM, Intent.NAME, Intent.ANYTHING, *DISTRESS),
)
ANSWERS = (Intent.YES, Intent.NO, Intent.NOT_SURE)
MORE_YES = ("that's right",)  # "i agree" is heard as "i breathe"
LATER = ("later", "another time", "another day")  # beside "skip"; "not now" is never heard (0 of 10, measured)
NOTHING = ("nought", "none")  # beside "zero"
LARGEST = 999  # what typed numbers are understood up to, so that she is told when one is out of range
HELP = ("112", "911", "999", "000", "111", "110", "118", "119", "120", "995")  # as countries have them
HEAVIEST = 20_000  # grams; a pair of dumbbells of the careful tiers is far below it [P]
STEP = 500
# Bands have no common scale: the colours that makers use, in their alphabet.
COLOURS = ("black", "blue", "gold", "green", "orange", "red", "silver", "white", "yellow")


@cache
def words_for(question: Question) -> Vocabulary:
    """The vocabulary while this question stands; numbers out of its range are understood when typed."""
    asked = (*ALWAYS, *ANSWERS, *((Intent.SKIP,) if question.optional else ()))
    later = (Match(intent=Intent.SKIP, phrase=phrase) for phrase in (LATER if question.optional else ()))
    only = (*phrases_of(*asked), *(Match(intent=Intent.YES, phrase=phrase) for phrase in MORE_YES), *later)
    match question.kind:
        case Kind.YES_NO:
            return Vocabulary(only=only)
        case Kind.NUMBER:
            nothing = _nothing() if question.least == 0 else ()
            counts = (*numbers(question.least, question.most), *nothing)
            return Vocabulary(only=(*only, *counts), beside=(*numbers(0, LARGEST), *_nothing()))
        case Kind.DIGITS:
            digits = (*numbers(0, 9), Match(intent=Intent.NUMBER, phrase="oh"), *_nothing()[:1], *_as_one(question))
            return Vocabulary(only=(*only, *phrases_of(Intent.DONE), *digits), digits=True)
        case Kind.LOAD:
            return Vocabulary(only=(*only, *loads()))


def loads() -> tuple[Match, ...]:
    """Weights in half kilos, and bands by their colour; `value` is in grams, `name` the band."""
    found: dict[str, Match] = {}
    for band in (f"{colour} band" for colour in COLOURS):
        found |= {said: _load(said, 0, band) for said in (band, band.removesuffix(" band"))}
    for grams in range(STEP, HEAVIEST + 1, STEP):
        words = normalise(kilos(grams))
        found[words] = _load(words, grams)
        if grams % 1000 == 0:
            bare = number_words(grams // 1000)
            found[bare] = _load(bare, grams)
        elif grams > 1000:
            bare = words.removesuffix(" kilos")
            found[bare] = _load(bare, grams)
        else:
            found["half kilo"] = _load("half kilo", grams)
    return tuple(found.values())


def _as_one(question: Question) -> tuple[Match, ...]:
    """Where the digits are a number, it may be said as one ("seventy four"); else whole numbers for help.

    Those are listed for recognisers that know only whole phrases.
    """
    if question.most > LARGEST:
        return tuple(Match(intent=Intent.NUMBER, phrase=_spelt(digits), name=digits, unhurried=True) for digits in HELP)
    return tuple(
        Match(intent=Intent.NUMBER, phrase=match.phrase, name=str(match.value), unhurried=True)
        for match in numbers(max(10, question.least), question.most)
    )


def _spelt(digits: str) -> str:
    return " ".join(number_words(int(digit)) for digit in digits)


def _load(phrase: str, grams: int, band: str = "") -> Match:
    return Match(intent=Intent.NUMBER, phrase=phrase, value=grams, name=band, unhurried=True)


def _nothing() -> tuple[Match, ...]:
    return tuple(Match(intent=Intent.NUMBER, phrase=word) for word in NOTHING)
