"""Synthetic speech and the times of its phones, by espeak-ng from the espeakng-loader wheel.

espeak-ng keeps one state per process and pyttsx3 uses the same library, so a child process does the speaking.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from models.training.corpus import RATE, Samples

# espeak-ng's speak_lib.h
_SYNCHRONOUS, _PHONEME_EVENTS, _DONT_EXIT = 2, 0x0001, 0x8000
_RATE, _PITCH, _RANGE, _UTF8 = 1, 3, 4, 1
_LAST_EVENT, _PHONEME = 0, 7

ACCENTS = (
    *("gmw/en-US", "gmw/en-US", "gmw/en-US-nyc", "gmw/en", "gmw/en-GB-x-rp", "gmw/en-GB-scotland"),
    *("gmw/en-GB-x-gbclan", "gmw/en-GB-x-gbcwmd", "gmw/en-029"),
)
_NO_VOICES = ("robo", "Robo", "whisper", "Demonic", "fast", "AnxiousAndy", "Tweaky")  # nobody sounds like these
_CHUNK = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """What to say and how: a text, an espeak voice such as "gmw/en-US+f3", words a minute, pitch and its range 0-99."""

    text: str
    voice: str = "gmw/en-US"
    rate: int = 160
    pitch: int = 50
    intonation: int = 50


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Spoken:
    """Speech (16 kHz, 16 bit, mono) and espeak's names of its phones in order, each with its first sample."""

    pcm: Samples
    phones: tuple[tuple[int, str], ...]


def speak(utterances: Sequence[Utterance]) -> Iterator[Spoken]:
    """Every utterance spoken, in order; the same input always gives the same samples.

    Called from a script, that must be under its `if __name__ == "__main__"`, since the child imports the script.
    Raises ValueError for a voice espeak-ng does not have.
    """
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as child:
        for start in range(0, len(utterances), _CHUNK):
            yield from child.submit(_speak_here, list(utterances[start : start + _CHUNK])).result()


def variants() -> tuple[str, ...]:
    """Endings of voice names that give another speaker, such as "+f3", "" among them."""
    import espeakng_loader

    folder = Path(espeakng_loader.get_data_path()) / "voices" / "!v"
    found = sorted(path.name for path in folder.iterdir() if not path.name.startswith(_NO_VOICES))
    return ("", *(f"+{name}" for name in found if "Robot" not in name))


class _Id(ctypes.Union):
    _fields_ = (("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8))


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _Id),
    )


_CALLBACK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))
_started: list[tuple[ctypes.CDLL, int]] = []  # one per process: a second start would leak the first


def _library() -> tuple[ctypes.CDLL, int]:
    if not _started:
        import espeakng_loader

        espeak = ctypes.CDLL(espeakng_loader.get_library_path())
        folder = str(Path(espeakng_loader.get_data_path()).parent).encode()
        rate = espeak.espeak_Initialize(_SYNCHRONOUS, 0, folder, _PHONEME_EVENTS | _DONT_EXIT)
        if rate <= 0:
            raise RuntimeError(f"espeak-ng did not start ({rate})")
        _started.append((espeak, rate))
    return _started[0]


def _speak_here(utterances: list[Utterance]) -> list[Spoken]:
    import soxr

    espeak, rate = _library()
    blocks: list[Samples] = []
    events: list[tuple[int, str]] = []

    def take(wave: ctypes._Pointer[ctypes.c_short], count: int, event: ctypes._Pointer[_Event]) -> int:
        if wave and count:
            blocks.append(np.ctypeslib.as_array(wave, (count,)).copy())
        index = 0
        while (kind := event[index].type) != _LAST_EVENT:
            if kind == _PHONEME:
                events.append((event[index].sample, event[index].id.string.decode()))
            index += 1
        return 0

    callback = _CALLBACK(take)
    espeak.espeak_SetSynthCallback(callback)
    spoken = []
    for utterance in utterances:
        blocks.clear()
        events.clear()
        espeak.espeak_ng_SetRandSeed(ctypes.c_long(0))  # breath and flutter are random, by the clock unless told
        if espeak.espeak_SetVoiceByName(utterance.voice.encode()) != 0:
            raise ValueError(f"espeak-ng has no voice {utterance.voice!r}")
        for parameter, value in (
            (_RATE, utterance.rate),
            (_PITCH, utterance.pitch),
            (_RANGE, utterance.intonation),
        ):
            espeak.espeak_SetParameter(parameter, value, 0)
        text = utterance.text.encode() + b"\0"
        if espeak.espeak_Synth(text, len(text), 0, 1, 0, _UTF8, None, None) != 0:
            raise RuntimeError(f"espeak-ng could not say {utterance.text!r}")
        phones = tuple((sample * RATE // rate, name) for sample, name in events)
        spoken.append(Spoken(pcm=soxr.resample(np.concatenate(blocks), rate, RATE), phones=phones))
    return spoken
