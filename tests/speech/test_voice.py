"""The real pyttsx3 voice, its cache, and what happens when it hangs or dies."""

from __future__ import annotations

import shutil
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from voice_coach.audio.clip import FRAMES_PER_MS, RATE, Samples
from voice_coach.errors import EngineError
from voice_coach.speech.voice import LEVEL, ONSET, Voice, VoiceSettings, finished, list_voices, try_voice, unwritable
from voice_coach.speech.voice_process import VoiceProcess

LONG_S = 30.0


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


def test_without_a_cache_the_voice_speaks_from_memory_and_says_why(tmp_path: Path) -> None:
    (tmp_path / "voice").write_text("a file where the folder should be")
    voice = Voice(VoiceSettings(), tmp_path)
    assert voice.prepare(["one"]) == 1
    assert voice.known("one") and voice.at_hand("one") is not None
    assert "cannot be kept" in voice.unkept
    voice.close()
    assert voice.clip("one").ms > 100


def test_a_cache_that_is_deleted_in_the_middle_is_made_anew(tmp_path: Path) -> None:
    voice = Voice(VoiceSettings(), tmp_path)
    voice.prepare(["one", "two"])
    shutil.rmtree(tmp_path / "voice")
    try:
        assert voice.clip("one").ms > 100
        assert voice.prepare(["three"]) == 1
    finally:
        voice.close()
    assert len(list(tmp_path.rglob("*.wav"))) == 2
    assert voice.unkept == ""


def damage(clip: Path, other: Path, how: str) -> None:
    """Something else in the place of a clip in the cache."""
    data = clip.read_bytes()
    clip.write_bytes(
        {
            "nothing": b"",
            "a header": data[:44],
            "half": data[: len(data) // 2],
            "zeros": bytes(len(data)),
            "silence": data[:44] + bytes(len(data) - 84) + data[-40:],
            "another sentence": other.read_bytes(),
            "a bit": data[:500] + bytes([data[500] ^ 1]) + data[501:],
            "another rate": data[:24] + (8_000).to_bytes(4, "little") + data[28:],
        }[how]
    )


@pytest.mark.parametrize(
    "how", ["nothing", "a header", "half", "zeros", "silence", "another sentence", "a bit", "another rate"]
)
def test_a_clip_that_is_not_what_was_written_is_made_again(tmp_path: Path, how: str) -> None:
    first = Voice(VoiceSettings(), tmp_path)
    good, _ = first.clip("Ten seconds."), first.clip("Half way, well done.")
    first.close()
    paths = {path.stat().st_size: path for path in tmp_path.rglob("*.wav")}
    damage(paths[min(paths)], paths[max(paths)], how)
    again = Voice(VoiceSettings(), tmp_path)
    try:
        assert not again.known("Ten seconds.") and again.known("Half way, well done.")
        assert again.prepare(["Ten seconds."]) == 1
        assert abs(again.ms("Ten seconds.") - good.ms) < 20
    finally:
        again.close()


def bad_child(line: str) -> tuple[str, ...]:
    """A child that is well until it is asked for a sentence; then it does this, `path` being where the sound goes."""
    source = (
        "import json, os, signal, sys, time, wave\n"
        "for line in sys.stdin:\n"
        "    request = json.loads(line)\n"
        "    path = request.get('path')\n"
        f"    if path: {line}\n"
        "    print(json.dumps({'ok': True}), flush=True)\n"
    )
    return (sys.executable, "-c", source)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("print('garbage', flush=True); continue", "makes no sense"),
        ("print('[]', flush=True); continue", "makes no sense"),
        ("print('{}', flush=True); continue", "makes no sense"),
        ("print('[' * 100_000, flush=True); continue", "makes no sense"),
        ("sys.stdout.write('{\"ok\": tr'); sys.stdout.flush(); time.sleep(99)", "no answer"),
        ("sys.stdout.write('{\"ok\": tr'); sys.stdout.flush(); os._exit(0)", "ended by itself"),
        ("sys.stdout.write('x' * 3_000_000); sys.stdout.flush(); time.sleep(99)", "ended by itself"),
        ("sys.stdout.buffer.write(b'\\xff\\xfe\\n'); sys.stdout.flush(); time.sleep(99)", "ended by itself"),
        ("[print('{\"ok\": true}') for _ in range(100_000)]; time.sleep(99)", "no file|speaks without"),
        ("print(json.dumps({'ok': False}), flush=True); continue", "does not say why"),
        ("pass", "there is no file"),
        ("open(path, 'wb').close()", "is empty"),
        ("open(path, 'wb').write(b'RIFF' + bytes(1000))", "no sound"),
        ("open(path, 'wb').write(b'RIFF....WAVEfmt ' + bytes(9))", "no sound"),
        ("w = wave.open(path, 'wb'); w.setparams((1, 2, 16000, 0, 'NONE', '')); w.writeframes(bytes(99)); w.close()",
         "broke off"),
        ("open(path, 'wb').truncate(1 << 26)", "does not end"),
        ("os.mkdir(path)", "there is no file"),
        ("os.kill(os.getpid(), signal.SIGSEGV)", "ended by itself"),
        ("os.kill(os.getpid(), signal.SIGSTOP)", "no answer"),
    ],
)  # fmt: skip
def test_whatever_a_child_does_is_one_sentence(tmp_path: Path, line: str, said: str) -> None:
    limit_s = 0.3 if said == "no answer" else LONG_S
    process = VoiceProcess(None, 165, command=bad_child(line), limit_s=limit_s, start_limit_s=LONG_S)
    voice = Voice(VoiceSettings(), tmp_path, process=process)
    try:
        with pytest.raises(EngineError, match=said):
            voice.clip("Ten seconds.")
    finally:
        voice.close()
    assert not list(tmp_path.rglob("*.wav"))


def test_a_child_that_is_killed_again_and_again_leaves_nothing_behind(tmp_path: Path) -> None:
    process = VoiceProcess(None, 165, command=bad_child("os._exit(1)"))
    handles = Path("/proc/self/fd")
    before = len(list(handles.iterdir())) if handles.is_dir() else 0
    for _ in range(10):
        with pytest.raises(EngineError, match="ended by itself"):
            process.render("one", tmp_path / "one.wav")
    process.close()
    assert process.restarts == 10
    assert process.pid is None
    assert not handles.is_dir() or len(list(handles.iterdir())) <= before + 2  # a thread may still be at its end


def test_whoever_waits_for_a_voice_that_is_closed_waits_no_longer(tmp_path: Path) -> None:
    asked = tmp_path / "asked"
    process = VoiceProcess(None, 165, command=bad_child(f"open({str(asked)!r}, 'w').close(); time.sleep(99)"))
    ended: list[str] = []

    def ask() -> None:
        try:
            process.render("one", tmp_path / "one.wav")
        except EngineError as error:
            ended.append(str(error))

    waits = threading.Thread(target=ask)
    waits.start()
    while not asked.exists() and waits.is_alive():
        waits.join(0.01)
    process.close()
    waits.join(LONG_S)
    assert ended == ["The voice is closed."]
    with pytest.raises(EngineError, match="closed"):
        process.render("two", tmp_path / "two.wav")


def test_text_without_sound_is_a_moment_of_silence() -> None:
    assert len(finished(np.zeros(5000, dtype=np.float32))) == FRAMES_PER_MS


def test_the_voice_can_be_tried_and_its_cache_too(tmp_path: Path) -> None:
    start, sentence = try_voice()
    assert start > 0 and sentence > 0
    assert unwritable(tmp_path / "not" / "yet" / "there") == ""
    (tmp_path / "file").write_text("in the way")
    assert "cannot be kept" in unwritable(tmp_path / "file" / "cache")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
