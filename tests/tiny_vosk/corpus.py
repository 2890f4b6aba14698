"""What the tiny model is trained on: its words in many voices, and what is none of them, words and noises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from tests.tiny_vosk.speech import RATE, SILENCE, Spoken, Utterance

_WORDS = (
    *("pause", "resume", "stop", "easier", "harder", "repeat", "skip", "next"),
    *("yes", "no", "done", "what's", "back", "help", "ready"),
)
WORDS: Mapping[str, str] = dict(zip(_WORDS, _WORDS, strict=True))
"""The default vocabulary: each word as the model writes it, and how the voice is told to say it."""

ACCENTS = ("gmw/en-US", "gmw/en")
VARIANTS = ("", "", "", "", "+m1", "+m3", "+m4", "+m5", "+m7", "+f1", "+f2", "+f4", "+f5")
RATES = (110, 125, 140, 155, 175, 195, 215)
PITCHES = (20, 35, 50, 65, 85)

FILLERS = """
about after again always animal answer apple around ask baby beautiful began between bird black blue
boat body bottle box boy bread bring brother brown build busy butter cake call car carry catch chair
change cheese child church city class clean clear close cloth coffee cold come cook could country cup
dark daughter day dinner doctor door down dream dress drive during each early earth east eat egg eight
evening every eye face fall family far father few field finger fire fish five floor flower foot forest
found four friend from full game garden girl give glass go good grass great green group grow hair half
hand happy heart heavy high hold home horse hot house how hundred idea island join jump keep kind king
kitchen know lake large last laugh leaf learn left leg letter light like listen little live long look
love low machine make many map may measure mile milk mind minute money moon morning mother mountain
mouth move much music name near new night nine noise north nose now number ocean office oil once one
open orange other our out over page paper part people picture place plane plant play please pleasure
point poor power pull push put question quick rain red remember right river road room round sail same
sand say school see seven shape she ship shirt shoe short show side sing sister six sky sleep slow small
smile snow soft some song soon sound south speak spring star stone story street strong such sugar summer
sun sure swim table tail take talk teach tell ten thank that the there thick thin think this thought
three through time today together tomorrow tooth town toy tree true try turn two uncle under use usual
valley very vision visit voice wait walk wall want warm watch water way week wheel where which white why
wife wild will wind window winter wish woman wonder wood word work world would write year yellow young
zero
"""
"""Everyday words that hold every English sound: what is said around the vocabulary, or instead of it."""

_UTTERANCES, _NOISES = 1800, 160
_ALONE, _MOST_WORDS = 0.5, 4


def alone(words: Mapping[str, str]) -> list[Utterance]:
    """Every word in every accent."""
    return [Utterance(text=text, voice=accent) for text in words.values() for accent in ACCENTS]


def utterances(words: Mapping[str, str], rng: np.random.Generator) -> list[Utterance]:
    """Half of them one word of the vocabulary; the rest strings of words, known and not, some with commas."""
    said, others = list(words.values()), FILLERS.split()
    made = []
    for number in range(_UTTERANCES):
        if rng.random() < _ALONE:
            text = said[number % len(said)]
        else:
            known = rng.random()
            some = [
                str(rng.choice(said if rng.random() < known else others))
                for _ in range(rng.integers(1, _MOST_WORDS + 1))
            ]
            text = (", " if rng.random() < 0.5 else " ").join(some)
        made.append(
            Utterance(
                text=text,
                voice=str(rng.choice(ACCENTS)) + str(rng.choice(VARIANTS)),
                rate=int(rng.choice(RATES)),
                pitch=int(rng.choice(PITCHES)),
            )
        )
    return made


def noises(rng: np.random.Generator) -> list[Spoken]:
    """Sounds that are no speech: chimes that die away, hums and bursts of hiss, each a second long."""
    time = np.arange(RATE) / RATE
    made = []
    for _ in range(_NOISES):
        if rng.random() < 0.5:
            pitch = np.exp(rng.uniform(np.log(80), np.log(3000)))
            harmonics = np.arange(1, rng.integers(2, 6))[:, None]
            wave = rng.uniform(0, 1, harmonics.shape) * np.sin(2 * np.pi * pitch * harmonics * time)
            wave = wave.sum(axis=0)
        else:
            wave = rng.normal(size=RATE)
        onset, decay = rng.uniform(0.0, 0.6), rng.choice([0, 3, 10, 40])
        wave *= np.exp(-decay * np.maximum(0, time - onset)) * (time >= onset)
        pcm = (rng.uniform(2000, 32000) * wave / np.abs(wave).max()).astype(np.int16)
        made.append(Spoken(pcm=pcm, phones=((0, SILENCE),)))
    return made


def lexicon(words: Mapping[str, str], spoken: Sequence[Spoken]) -> dict[str, set[tuple[str, ...]]]:
    """How each word is pronounced, one way for each accent; `spoken` is what was made of `alone(words)`."""
    heard: dict[str, set[tuple[str, ...]]] = {word: set() for word in words}
    for word, sound in zip((word for word in words for _ in ACCENTS), spoken, strict=True):
        heard[word].add(tuple(phone for _, phone in sound.phones if phone != SILENCE))
    return heard
