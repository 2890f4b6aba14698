"""A live session with an echo: she is obeyed while the coach, louder at the microphone than she is, counts."""

from __future__ import annotations

import contextlib
from pathlib import Path

import numpy as np
import pytest

from tests.benchmarks.stage import active_rms
from tests.live_session import hold
from tests.pulse import Pulse, require_sound, retaken
from voice_coach.audio.clip import Pcm, to_pcm
from voice_coach.speech.voice import Voice, VoiceSettings

COACH = VoiceSettings()
WOMAN = VoiceSettings(name="gmw/en+f4", rate_wpm=150)
SOFTER_DB = -3.0
SAID = ("pause", "stop", "pause", "stop")  # each twice: a stumble of a busy machine may drown a word
BY_ACCIDENT = 2  # commands that nobody gave: of the echo, when the sound server stumbles


def louder_coach(cache: Path) -> list[tuple[str, Pcm]]:
    """What she says, so much softer than the coach's counts."""
    with contextlib.closing(Voice(COACH, cache)) as coach, contextlib.closing(Voice(WOMAN, cache)) as woman:
        wanted = active_rms(to_pcm(coach.clip("seven").samples)) * 10 ** (SOFTER_DB / 20)
        clips = {word: woman.clip(word).samples for word in dict.fromkeys(SAID)}
    return [(word, to_pcm(clips[word] * np.float32(wanted / active_rms(to_pcm(clips[word]))))) for word in SAID]


@pytest.mark.sound
@retaken
def test_pause_and_stop_are_obeyed_while_the_coach_counts(tmp_path: Path, spoken_cache: Path) -> None:
    require_sound()
    words = louder_coach(spoken_cache / "voice-coach")
    with Pulse(tmp_path, echo_db=0.0) as pulse:
        env = {**pulse.env, "XDG_DATA_HOME": str(tmp_path), "XDG_CACHE_HOME": str(spoken_cache)}
        held = hold(tmp_path, pulse, env, words, ())
    assert held.code == 0, held.announced
    assert "Listening: Vosk with coach-en.\n" in held.announced, held.announced
    assert "our canceller takes my voice out" in held.announced, held.announced
    assert {word.word for word in held.words if word.obeyed} == set(SAID), held.transcript
    assert len(held.uncalled) <= BY_ACCIDENT, held.transcript
