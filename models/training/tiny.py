"""A model in about a minute: a dozen words in the voices of espeak-ng, which also tells when each of its phones begins.

It is for tests, which put the real libvosk to work with it, and hears synthetic voices only.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np

from models.training.corpus import Clip, Samples, Segments, Source
from models.training.espeak import Spoken, Utterance, speak
from models.training.lexicon import frequent, pronunciations
from models.training.phones import SILENCE

WORDS = (
    *("pause", "resume", "stop", "easier", "harder", "repeat", "skip", "next"),
    *("yes", "no", "done", "what's", "back", "help", "ready"),
)
"""What the tiny model hears."""

_ACCENTS = ("gmw/en-US", "gmw/en")
_VARIANTS = ("", "", "", "", "+m1", "+m3", "+m4", "+m5", "+m7", "+f1", "+f2", "+f4", "+f5")
_UTTERANCES, _ALONE, _MOST_WORDS = 1800, 0.5, 4
_FILLERS = 400
_STEPS, _WIDTH = 700, 96

# espeak's names of American and British phones, without stress and marks of variants, in ARPAbet.
_ARPABET = {
    **{name: name.upper() for name in "bdfgklmnprstvwz"},
    "tS": "CH",
    "dZ": "JH",
    "T": "TH",
    "D": "DH",
    "S": "SH",
    "Z": "ZH",
    "N": "NG",
    "j": "Y",
    "h": "HH",
    "?": "T",
    "a": "AE",
    "aa": "AE",
    "A:": "AA",
    "0": "AA",
    "O": "AO",
    "O:": "AO",
    "V": "AH",
    "@": "AH",
    "E": "EH",
    "3": "ER",
    "3:": "ER",
    "I": "IH",
    "i": "IY",
    "i:": "IY",
    "U": "UH",
    "u:": "UW",
    "aI": "AY",
    "aU": "AW",
    "eI": "EY",
    "OI": "OY",
    "oU": "OW",
    "e@": "EH R",
    "i@": "IH R",
    "A@": "AA R",
    "O@": "AO R",
    "o@": "AO R",
    "U@": "UH R",
    "@L": "AH L",
}
_NO_SOUND = ";"  # the one before is said with the tongue raised


def build_tiny(folder: Path, words: Sequence[str] = WORDS, seed: int = 0) -> None:
    """A model folder that `vosk.Model` takes and that hears `words`.

    The same seed gives the same speech, and nearly the same model. Raises ValueError for a word without a known
    pronunciation, RuntimeError where OpenFst's tools are missing, FileExistsError where a model is already there.
    """
    from models.training.acoustic import read_checkpoint
    from models.training.export import export
    from models.training.graph import Words, missing_tools
    from models.training.train import Plan, train

    if folder.exists():
        raise FileExistsError(f"{folder} is already there")
    if reason := missing_tools():
        raise RuntimeError(f"the tiny model {reason}")
    ways = pronunciations(words)
    with tempfile.TemporaryDirectory(prefix="voice-coach-tiny-") as room:
        work = Path(room)
        said = utterances(words, np.random.default_rng(seed))
        spoken = list(speak(said))
        source = Source.write(work / "espeak", _recordings(said, spoken))
        source.align([segments(sound) for sound in spoken])
        plan = Plan(steps=_STEPS, width=_WIDTH, seed=seed)
        checkpoint = train(work, {"espeak": source}, None, None, plan, lambda now: None)
        export(read_checkpoint(checkpoint), folder, words=Words(lexicon=ways))


def utterances(words: Sequence[str], rng: np.random.Generator) -> list[Utterance]:
    """Half of them one word of the vocabulary; the rest strings of words, known and not, some with commas."""
    others = frequent(_FILLERS)
    made = []
    for number in range(_UTTERANCES):
        text = words[number % len(words)]
        if rng.random() > _ALONE:
            known = rng.random()
            some = [
                str(rng.choice(words if rng.random() < known else others))
                for _ in range(rng.integers(1, _MOST_WORDS + 1))
            ]
            text = (", " if rng.random() < 0.5 else " ").join(some)
        voice = str(rng.choice(_ACCENTS)) + str(rng.choice(_VARIANTS))
        rate, pitch = int(rng.integers(110, 215)), int(rng.integers(20, 85))
        made.append(Utterance(text=text, voice=voice, rate=rate, pitch=pitch))
    return made


def segments(sound: Spoken) -> Segments:
    """ARPAbet phones from espeak's; two that espeak takes for one share its time."""
    pairs = [(0, SILENCE)]
    ends = [start for start, _ in sound.phones[1:]] + [len(sound.pcm)]
    for (start, name), end in zip(sound.phones, ends, strict=True):
        phones = arpabet(name)
        pairs.extend((start + (end - start) * place // len(phones), phone) for place, phone in enumerate(phones))
    return Segments.of(pairs)


def arpabet(name: str) -> tuple[str, ...]:
    """Of one of espeak's phones such as "'eI" or "t2"; none for marks that are no sound; KeyError if unknown."""
    if name.startswith("_"):
        return (SILENCE,)
    plain = name.lstrip("',%=")
    plain = plain[:1] + plain[1:].rstrip("#0123456789-")
    return () if plain == _NO_SOUND else tuple(_ARPABET[plain].split())


def _recordings(said: Iterable[Utterance], spoken: Iterable[Spoken]) -> Iterator[tuple[Clip, Samples]]:
    for utterance, sound in zip(said, spoken, strict=True):
        yield Clip(speaker=utterance.voice, text=utterance.text.replace(",", "")), sound.pcm
