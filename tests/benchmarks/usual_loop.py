"""The loop one writes first, `say(); runAndWait(); sleep(3)`, for comparison: really run where there is sound."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence

import numpy as np

from tests.benchmarks.figure import Figure, Options
from tests.pulse import Pulse, missing_sound
from voice_coach import paths
from voice_coach.audio.clip import FRAMES_PER_MS
from voice_coach.commands import number_words
from voice_coach.speech.voice import Voice, VoiceSettings

CHILD = """
import contextlib, sys, time
from voice_coach.speech.voice_child import bundled_espeak
with contextlib.suppress(ImportError, OSError):
    bundled_espeak()
import pyttsx3
engine = pyttsx3.init()
for word in sys.argv[2:]:
    engine.say(word)
    engine.runAndWait()
    time.sleep(float(sys.argv[1]))
"""
LIMIT_S = 120.0


def beats(name: str, onsets: Sequence[float], beat_ms: int, how: str) -> list[Figure]:
    """The beats one hears, and by how much the last of them is late; a gap of two beats holds a word that was lost."""
    gaps = np.diff(onsets)
    if not len(gaps):
        raise AssertionError(f"{len(onsets)} onsets are no beat ({how})")
    steps = int(np.maximum(1, np.rint(gaps / np.median(gaps))).sum())
    late = (float(gaps.sum()) - steps * beat_ms) / 1000
    seconds = tuple(float(gap) / 1000 for gap in gaps)
    who = name.partition(", ")[2]
    return [
        Figure(name=name, values=seconds, unit="s", digits=3, how=how),
        Figure(name=f"lateness after {steps + 1} reps, {who}", values=(late,), unit="s", digits=3, how=how),
    ]


def measure(options: Options, reps: int, beat_ms: int) -> list[Figure]:
    """The usual loop through a sound server, or, without one or in a smoke run, on a virtual clock."""
    name = f"beat of {beat_ms / 1000:g} s, say and sleep"
    words = [number_words(number) for number in range(1, reps + 1)]
    lacking = missing_sound() or ("" if shutil.which("aplay") else "needs aplay (Debian: alsa-utils)")
    if lacking or options.smoke:
        why = "a smoke run" if options.smoke else lacking
        return beats(name, _imagined(words, beat_ms), beat_ms, f"virtual clock, clips only ({why})")
    onsets = _heard(options, words, beat_ms)
    lost = f", {reps - len(onsets)} of {reps} words lost" if len(onsets) < reps else ""
    return beats(name, onsets, beat_ms, f"pyttsx3 and aplay into PulseAudio, recorded{lost}")


def _imagined(words: Sequence[str], beat_ms: int) -> list[float]:
    """The onsets if nothing took time but the words themselves and the sleep."""
    now, onsets = 0.0, []
    with contextlib.closing(Voice(VoiceSettings(), paths.user_cache())) as voice:
        for word in words:
            onsets.append(now)
            now += voice.ms(word) + beat_ms
    return onsets


def _heard(options: Options, words: Sequence[str], beat_ms: int) -> list[float]:
    """The onsets in what the sound server really played, in milliseconds."""
    from tests.benchmarks.onsets import onsets_ms

    with Pulse(options.folder) as pulse:
        recorder = pulse.record()
        time.sleep(0.2)
        subprocess.run(
            [sys.executable, "-c", CHILD, str(beat_ms / 1000), *words],
            env=pulse.env,
            check=True,
            timeout=LIMIT_S,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        sound = recorder.stop().speaker
    if not len(sound) > FRAMES_PER_MS:
        raise AssertionError("the sound server recorded nothing")
    return [float(at) for at in onsets_ms(sound, silence_ms=1_000)]
