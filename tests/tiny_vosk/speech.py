"""Synthetic speech and its phones, by espeak-ng from the espeakng-loader wheel: it tells when each phone begins.

espeak-ng keeps one state per process and pyttsx3 uses the same library, so a child process does the speaking.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import numpy.typing as npt

RATE = 16_000
SILENCE = "SIL"

# espeak-ng's speak_lib.h
_SYNCHRONOUS, _PHONEME_EVENTS, _DONT_EXIT = 2, 0x0001, 0x8000
_RATE, _PITCH, _UTF8 = 1, 3, 1
_LAST_EVENT, _PHONEME = 0, 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """What to say and how: a text, an espeak voice such as "gmw/en-US+f3", words a minute, pitch 0-99."""

    text: str
    voice: str = "gmw/en-US"
    rate: int = 160
    pitch: int = 50


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Spoken:
    """Speech (16 kHz, 16 bit, mono) and its phones in order, each with the frame in which it starts."""

    pcm: npt.NDArray[np.int16]
    phones: tuple[tuple[int, str], ...]


def speak(utterances: Sequence[Utterance]) -> list[Spoken]:
    """Every utterance spoken, in order; the same input always gives the same samples.

    Called from a script, that must be under its `if __name__ == "__main__"`, since the child imports the script.
    Raises ValueError for a voice espeak-ng does not have.
    """
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as child:
        return child.submit(_speak_here, list(utterances)).result()


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


def _speak_here(utterances: list[Utterance]) -> list[Spoken]:
    import espeakng_loader

    espeak = ctypes.CDLL(espeakng_loader.get_library_path())
    folder = str(Path(espeakng_loader.get_data_path()).parent).encode()
    rate = espeak.espeak_Initialize(_SYNCHRONOUS, 0, folder, _PHONEME_EVENTS | _DONT_EXIT)
    if rate <= 0:
        raise RuntimeError(f"espeak-ng did not start ({rate})")
    blocks: list[npt.NDArray[np.int16]] = []
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
        espeak.espeak_SetParameter(_RATE, utterance.rate, 0)
        espeak.espeak_SetParameter(_PITCH, utterance.pitch, 0)
        text = utterance.text.encode() + b"\0"
        if espeak.espeak_Synth(text, len(text), 0, 1, 0, _UTF8, None, None) != 0:
            raise RuntimeError(f"espeak-ng could not say {utterance.text!r}")
        spoken.append(_spoken(np.concatenate(blocks), rate, events))
    return spoken


def _spoken(pcm: npt.NDArray[np.int16], rate: int, events: Sequence[tuple[int, str]]) -> Spoken:
    import soxr

    starts = ((sample * RATE // rate, _phone(name)) for sample, name in events)
    return Spoken(pcm=soxr.resample(pcm, rate, RATE), phones=((0, SILENCE), *starts))


def _phone(mnemonic: str) -> str:
    """espeak's mnemonic without stress marks and without the endings of variants ("t2", "t#")."""
    if mnemonic.startswith("_"):
        return SILENCE
    plain = mnemonic.lstrip("',%=")
    return plain[0] + plain[1:].rstrip("#0123456789")
