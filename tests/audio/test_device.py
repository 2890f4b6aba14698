"""The sound card, over a real PortAudio and a private PulseAudio; and the sentences where there is none."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.audio.duplex_child import CLICKS, onsets
from tests.pulse import AT_EASE_MS, LONG_S, Pulse, promptly, require_sound, retaken
from voice_coach.audio import RATE
from voice_coach.audio.portaudio import DeviceInfo, choose
from voice_coach.errors import AudioError

ROOT = Path(__file__).resolve().parents[2]


def child(env: dict[str, str], *arguments: str) -> dict[str, Any]:
    done = subprocess.run(
        [*promptly(), sys.executable, "-m", "tests.audio.duplex_child", *arguments],
        env=env, cwd=ROOT, capture_output=True, text=True, timeout=LONG_S,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def spacing(frames: list[int]) -> list[int]:
    return [int(step) for step in np.diff(frames)]


@pytest.mark.sound
@retaken
def test_what_is_played_reaches_the_loudspeaker_to_the_sample(tmp_path: Path) -> None:
    require_sound()
    with Pulse(tmp_path) as pulse:
        recorder = pulse.record(latency_ms=AT_EASE_MS)
        result = child(pulse.env, "duplex")
        recorded = recorder.stop()
    assert (result["under"], result["over"], result["blocks"]) == (0, 0, 250)
    assert spacing(onsets(recorded.speaker)) == spacing(CLICKS)
    assert result["heard"] == []


@pytest.mark.sound
@retaken
def test_what_is_said_reaches_the_loop_to_the_sample(tmp_path: Path) -> None:
    require_sound()
    with Pulse(tmp_path) as pulse:
        spoken = np.zeros(60 * RATE, dtype=np.int16)  # the child begins within it, and it ends with the server
        for second in range(60):
            spoken[second * RATE : second * RATE + 8] = 16_000
        pulse.speak(spoken)
        result = child(pulse.env, "duplex")
    assert len(result["heard"]) >= 4
    assert set(spacing(result["heard"])) == {RATE}


@pytest.mark.sound
@pytest.mark.parametrize("rate", [16_000, 48_000])
@retaken
def test_the_echo_of_what_is_played_comes_back_after_the_latency(tmp_path: Path, rate: int) -> None:
    require_sound()
    with Pulse(tmp_path, echo_db=0.0) as pulse:
        result = child(pulse.env, "duplex", str(rate))
    assert result["rate"] == rate
    assert len(result["heard"]) == len(CLICKS)
    delays = [(heard - click) / 16 for heard, click in zip(result["heard"], CLICKS, strict=True)]
    assert max(delays) - min(delays) < 20
    assert result["latency_ms"] - 60 < np.median(delays) < result["latency_ms"] + 250  # 100 of it is the loopback's


@pytest.mark.sound
@retaken
def test_a_device_that_dies_is_noticed_and_found_again(tmp_path: Path) -> None:
    require_sound()
    command = [*promptly(), sys.executable, "-m", "tests.audio.duplex_child", "lost"]
    pipe = subprocess.PIPE
    with Pulse(tmp_path) as pulse, subprocess.Popen(
        command, env=pulse.env, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe, text=True
    ) as process:  # fmt: skip
        too_long = threading.Timer(LONG_S, process.kill)  # then the lines below are empty
        too_long.start()
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            pulse.stop()
            assert process.stdout.readline() == "lost\n"
            pulse.start()
            out, error = process.communicate("again\n")
        finally:
            too_long.cancel()
            process.kill()  # nothing happens to one that has ended
    assert process.returncode == 0, error
    result = json.loads(out)
    assert "no longer answers" in result["lost"]
    assert result["refused"]
    assert result["blocks"] == [320] * 10


@pytest.mark.sound
@retaken
def test_devices_are_found_by_a_part_of_their_name(tmp_path: Path) -> None:
    require_sound()
    with Pulse(tmp_path) as pulse:
        result = child(pulse.env, "names")
    assert result["found"] == "livingroom"
    assert 'no microphone called "livingrom"; there is livingroom' in result["error"]
    assert {"default", "livingroom"} <= set(result["devices"])


@pytest.mark.sound
@retaken
def test_one_half_may_be_left_out(tmp_path: Path) -> None:
    require_sound()
    with Pulse(tmp_path) as pulse:
        result = child(pulse.env, "halves")
    assert result["speaker"] == ["no microphone and default", *[320] * 5]
    assert result["mic"] == ["default and no loudspeaker", *[320] * 5]


@pytest.mark.sound
@retaken
def test_a_machine_without_devices_gets_one_sentence(tmp_path: Path) -> None:
    require_sound()
    config = tmp_path / "asound.conf"
    config.write_text("pcm.!default { type pulse }\n", encoding="utf-8")  # a plugin whose server is not there
    env = {**os.environ, "ALSA_CONFIG_PATH": str(config), "PULSE_SERVER": f"unix:{tmp_path}/nobody"}
    code = "from voice_coach.audio import open_duplex\nopen_duplex()"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True, timeout=LONG_S,
    )  # fmt: skip
    assert done.stderr.strip().splitlines()[-1] == (
        "voice_coach.audio.portaudio.NoSuchDeviceError: No sound on this machine: there is no microphone; "
        "use --text, or WAV files for --mic and --speaker"
    )


def test_a_machine_without_portaudio_gets_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "sounddevice.py").write_text('raise OSError("PortAudio library not found")\n', encoding="utf-8")
    code = "from voice_coach.audio import list_devices\nlist_devices()"
    env = {**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, timeout=LONG_S)
    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith("voice_coach.errors.AudioError: No sound on this machine: PortAudio is missing")
    assert "libportaudio2" in last


def device(name: str, inputs: int = 0, outputs: int = 0, default: bool = False) -> DeviceInfo:
    return DeviceInfo(
        name=name, host="ALSA", inputs=inputs, outputs=outputs, rate=48_000, default_input=default and inputs > 0,
        default_output=default and outputs > 0,
    )  # fmt: skip


FOUND = (device("HDMI", outputs=2), device("USB mic", inputs=1), device("USB Audio", 1, 2, default=True))


@pytest.mark.parametrize(
    ("wanted", "what", "index"),
    [
        (None, "microphone", 2),
        (None, "loudspeaker", 2),
        ("usb", "microphone", 2),
        ("USB MIC", "microphone", 1),
        ("hdmi", "loudspeaker", 0),
    ],
)
def test_the_choice_prefers_the_whole_name_then_the_systems_own(wanted: str | None, what: str, index: int) -> None:
    assert choose(FOUND, wanted, what) == index


def test_a_name_nobody_has_is_answered_with_the_closest() -> None:
    with pytest.raises(AudioError, match=r'no loudspeaker called "HDNI"; there is HDMI$'):
        choose(FOUND, "HDNI", "loudspeaker")
    with pytest.raises(AudioError, match=r'no loudspeaker called "xyzzy"; there is HDMI, USB Audio$'):
        choose(FOUND, "xyzzy", "loudspeaker")


def test_a_machine_with_loudspeakers_only_says_what_there_is() -> None:
    with pytest.raises(AudioError, match=r"there is no microphone \(only loudspeakers: HDMI\)"):
        choose(FOUND[:1], None, "microphone")
