"""The sounds the net tells apart: ARPAbet's 39 phones and silence, and the outputs (pdfs) that belong to each."""

from __future__ import annotations

SILENCE = "SIL"
CONSONANTS = (
    *("B", "CH", "D", "DH", "F", "G", "HH", "JH", "K", "L", "M"),
    *("N", "NG", "P", "R", "S", "SH", "T", "TH", "V", "W", "Y", "Z", "ZH"),
)
VOWELS = ("AA", "AE", "AH", "AO", "AW", "AY", "EH", "ER", "EY", "IH", "IY", "OW", "OY", "UH", "UW")
PHONES = (SILENCE, *CONSONANTS, *VOWELS)
NUMBER = {phone: number for number, phone in enumerate(PHONES)}

PDF_COUNT = 1 + len(CONSONANTS) + 2 * len(VOWELS)
SPEECH_COUNT = 2  # the second head's outputs: not speech, speech
OUTPUTS = PDF_COUNT + SPEECH_COUNT


def pdfs(phone: str) -> tuple[int, ...]:
    """A phone's states in order: one for a consonant or silence, two for a vowel, which so lasts 60 ms at least."""
    number = NUMBER[phone]
    if number <= len(CONSONANTS):
        return (number,)
    first = 1 + len(CONSONANTS) + 2 * (number - 1 - len(CONSONANTS))
    return (first, first + 1)
