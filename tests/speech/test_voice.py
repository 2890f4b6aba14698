"""The real pyttsx3 voice, its cache, and what happens when it hangs or dies."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from voice_coach.audio.clip import FRAMES_PER_MS, RATE, Samples
from voice_coach.errors import EngineError
from voice_coach.speech.voice import LEVEL, ONSET, Voice, VoiceSettings, finished, list_voices
from voice_coach.speech.voice_process import VoiceProcess


def _pitch(samples: Samples) -> float:
    """Median fundamental in hertz of the loudest tenth of the frames, by autocorrelation between 70 and 400 Hz."""
    frame = RATE // 25
    frames = samples[: len(samples) // frame * frame].reshape(-1, frame)
    loud = frames[np.argsort(-np.square(frames).sum(axis=1))[: max(3, len(frames) // 10)]]
    found = []
    for one in loud:
        lags = np.correlate(one, one, "full")[frame - 1 :]
        low, high = RATE // 400, RATE // 70
        found.append(RATE / (low + int(np.argmax(lags[low:high]))))
    return float(np.median(found))


def test_a_clip_begins_with_its_onset_and_all_are_equally_loud(tmp_path: Path) -> None:
    voice = Voice(VoiceSettings(), tmp_path)
    try:
        for text in ("one, up", "Rest for forty five seconds.", "five"):
            samples = voice.clip(text).samples
            assert abs(samples[0]) > ONSET * np.abs(samples).max() * 0.5
            frames = samples[: len(samples) // 320 * 320].reshape(-1, 320)
            powers = np.square(frames).mean(axis=1)
            active = float(np.sqrt(powers[powers > 0.001 * powers.max()].mean()))
            assert active == pytest.approx(LEVEL, rel=0.15) or np.abs(samples).max() == pytest.approx(0.9, abs=0.01)
    finally:
        voice.close()


def test_a_second_voice_with_the_same_cache_needs_no_engine(tmp_path: Path) -> None:
    first = Voice(VoiceSettings(), tmp_path)
    clip = first.clip("Half way.")
    first.close()
    dead = VoiceProcess(None, 165, command=("false",))
    second = Voice(VoiceSettings(), tmp_path, process=dead)
    assert second.known("Half way.")
    assert second.ms("Half way.") == clip.ms
    np.testing.assert_allclose(second.clip("Half way.").samples, clip.samples, atol=1 / 32768)
    assert dead.restarts == 0


def test_prepare_renders_each_missing_text_once(tmp_path: Path) -> None:
    voice = Voice(VoiceSettings(), tmp_path)
    seen: list[tuple[int, int]] = []
    try:
        assert voice.prepare(["one", "two", "one"], lambda done, of: seen.append((done, of))) == 2
        assert voice.prepare(["one", "two", "three"]) == 1
    finally:
        voice.close()
    assert seen == [(1, 2), (2, 2)]


@pytest.mark.parametrize("left", [30, 2_000])
def test_a_damaged_clip_is_rendered_again(tmp_path: Path, left: int) -> None:
    voice = Voice(VoiceSettings(), tmp_path)
    good = voice.clip("Ten seconds.")
    (kept,) = tmp_path.rglob("*.wav")
    kept.write_bytes(kept.read_bytes()[:left])
    again = Voice(VoiceSettings(), tmp_path)
    try:
        assert abs(again.clip("Ten seconds.").ms - good.ms) < 20  # espeak is not the same to the sample each time
    finally:
        voice.close()
        again.close()


def test_rate_and_voice_change_what_is_heard(tmp_path: Path) -> None:
    slow, fast = Voice(VoiceSettings(rate_wpm=150), tmp_path), Voice(VoiceSettings(rate_wpm=180), tmp_path)
    woman = Voice(VoiceSettings(name="gmw/en-us+f4", rate_wpm=165), tmp_path)
    text = "Sit near the front of the chair."
    try:
        assert slow.ms(text) > 1.1 * fast.ms(text)
        assert _pitch(woman.clip(text).samples) > 1.2 * _pitch(fast.clip(text).samples)
    finally:
        for voice in (slow, fast, woman):
            voice.close()


def test_an_unknown_voice_is_named_with_the_closest(tmp_path: Path) -> None:
    voice = Voice(VoiceSettings(name="en-uss"), tmp_path)
    with pytest.raises(EngineError, match='no voice "en-uss", did you mean'):
        voice.clip("one")
    voice.close()


def test_voices_are_listed() -> None:
    names = [identity for identity, _ in list_voices()]
    assert len(names) > 3
    assert any("en" in name for name in names)


@pytest.mark.parametrize("rate", [20, 400])
def test_a_rate_nobody_can_follow_is_refused(rate: int) -> None:
    with pytest.raises(EngineError, match="choose one from 100 to 260"):
        VoiceSettings(rate_wpm=rate)


def test_a_voice_that_hangs_is_started_again_once_and_then_named(tmp_path: Path) -> None:
    hangs = VoiceProcess(None, 165, command=(sys.executable, "-c", "input(); input()"), limit_s=0.2, start_limit_s=0.2)
    voice = Voice(VoiceSettings(), tmp_path, process=hangs)
    with pytest.raises(EngineError, match="does not answer"):
        voice.clip("one")
    assert hangs.restarts == 1


def test_a_voice_that_dies_inside_a_phrase_comes_back(tmp_path: Path) -> None:
    marker = tmp_path / "died"
    child = (
        "import os, sys, pathlib, runpy\n"
        f"marker = pathlib.Path({str(marker)!r})\n"
        "if not marker.exists():\n"
        "    marker.touch(); sys.stdin.readline(); os._exit(1)\n"
        "sys.argv = ['voice_child']; runpy.run_module('voice_coach.speech.voice_child', run_name='__main__')\n"
    )
    process = VoiceProcess(None, 165, command=(sys.executable, "-c", child))
    voice = Voice(VoiceSettings(), tmp_path / "cache", process=process)
    try:
        assert voice.clip("one").ms > 100
    finally:
        voice.close()
    assert process.restarts == 1


def test_a_cache_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "voice").write_text("a file where the folder should be")
    voice = Voice(VoiceSettings(), tmp_path)
    with pytest.raises(EngineError, match="cannot be kept"):
        voice.clip("one")
    voice.close()


def test_text_without_sound_is_a_moment_of_silence() -> None:
    assert len(finished(np.zeros(5000, dtype=np.float32))) == FRAMES_PER_MS
