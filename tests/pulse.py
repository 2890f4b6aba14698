"""A private PulseAudio daemon with a loudspeaker and a microphone on a machine without a sound card.

They are channels of one null sink, so that a recording of it tells to the sample what sounded when. What a program
plays to the default device goes to `speaker`; what is played into `mic` is what a program hears; `person` is mixed into
`mic`, and has a channel of its own besides. PortAudio is initialised once per process and reads its environment then,
so the program under test belongs in a child process with `Pulse.env`. Use:

    @pytest.mark.sound
    @retaken
    def test_it(tmp_path):
        require_sound()
        with Pulse(tmp_path) as pulse: subprocess.run([*promptly(), ...], env=pulse.env, timeout=LONG_S)
"""

from __future__ import annotations

import contextlib
import ctypes.util
import functools
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import numpy as np
import numpy.typing as npt
import pytest

Pcm = npt.NDArray[np.int16]
TAKES = 4
AT_EASE_MS = 200  # on a busy machine none of eight sounds played with 20 ms of latency was whole, with 200 all eight
LONG_S = 240.0  # a child that takes five seconds on an idle machine has ended by then, or hangs
_CHANNELS = (
    ("speaker", "channels=1 channel_map=mono master_channel_map=front-left"),
    ("mic", "channels=1 channel_map=mono master_channel_map=front-right"),
    ("person", "channels=2 channel_map=front-left,front-right master_channel_map=front-right,lfe"),
)
_START_S, _END_S = 60.0, 30.0
_CHILD, _SERVER = 4, 6  # priorities of the real-time scheduler, where it may be used
_RAW = ("--raw", "--format=s16le", "--rate=16000")


def missing_sound() -> str:
    """Why there can be no sound test on this machine; empty where there can."""
    tools = [tool for tool in ("pulseaudio", "parec", "pacat", "pactl") if shutil.which(tool) is None]
    if tools:
        return f"needs {', '.join(tools)} (Debian: pulseaudio, pulseaudio-utils)"
    if ctypes.util.find_library("portaudio") is None:
        return "needs PortAudio (Debian: libportaudio2)"
    if not list(Path("/usr/lib").glob("**/alsa-lib/libasound_module_pcm_pulse.so")):
        return "needs ALSA's PulseAudio plugin (Debian: libasound2-plugins)"
    return ""


def require_sound() -> None:
    """Skip the test where there can be no sound, or fail it there if VOICE_COACH_REQUIRE_SOUND=1."""
    if reason := missing_sound():
        if os.environ.get("VOICE_COACH_REQUIRE_SOUND") == "1":
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)


def retaken(test: Callable[..., None]) -> Callable[..., None]:
    """A test of real sound that is taken again, up to four times and in a fresh folder, when it fails.

    On a busy machine the sound server itself puts milliseconds in or leaves some out, and no program can help that.
    What is wrong in the program spoils every take; the failure of the last is told.
    """

    @functools.wraps(test)
    def takes(*, tmp_path: Path, **fixtures: object) -> None:
        for take in range(1, TAKES + 1):
            folder = tmp_path / f"take{take}"
            folder.mkdir()
            try:
                return test(tmp_path=folder, **fixtures)
            except (AssertionError, subprocess.TimeoutExpired) as error:
                if take == TAKES:
                    raise
                print(f"take {take} of {TAKES} failed: {error}")
        return None

    return takes


@functools.cache
def promptly() -> tuple[str, ...]:
    """What to put before a command that must not wait for its turn on a busy machine; nothing where that is refused.

    Sound cards of software stumble when their makers are not served every 20 ms.
    """
    prefix = ("chrt", "--rr", str(_CHILD))
    allowed = shutil.which("chrt") and subprocess.run([*prefix, "true"], capture_output=True).returncode == 0
    return prefix if allowed else ()


def _serve_first(process: int) -> None:
    """Let a sound server go before its clients: PortAudio asks it without a pause when it is late."""
    with contextlib.suppress(PermissionError):
        for thread in Path(f"/proc/{process}/task").iterdir():
            os.sched_setscheduler(int(thread.name), os.SCHED_RR, os.sched_param(_SERVER))


class Pulse:
    """The daemon, as a context manager. With `echo_db` the microphone hears the loudspeaker, so much louder."""

    def __init__(self, folder: Path, *, echo_db: float | None = None) -> None:
        self._echo_db = echo_db
        self._folder = folder
        # A socket's path must be short, which pytest's folders are not.
        self._run = Path(tempfile.mkdtemp(prefix="pulse"))
        self._socket = self._run / "socket"
        self._daemon: subprocess.Popen[bytes] | None = None
        self._children: list[subprocess.Popen[bytes]] = []  # who plays or records

    @property
    def env(self) -> dict[str, str]:
        """The environment in which a program's default sound device is this daemon."""
        config = self._folder / "asound.conf"
        config.write_text(
            "pcm.!default { type pulse }\nctl.!default { type pulse }\npcm.livingroom { type pulse }\n",
            encoding="utf-8",
        )
        return {
            **os.environ,
            "XDG_RUNTIME_DIR": str(self._run),
            "PULSE_SERVER": f"unix:{self._socket}",
            "PULSE_SOURCE": "microphone",
            "PULSE_SINK": "speaker",
            "PULSE_COOKIE": str(self._run / "cookie"),
            "ALSA_CONFIG_PATH": str(config),
        }

    def start(self) -> None:
        """Start the daemon and wait until it takes connections."""
        modules = [
            # Without `norewinds` a null sink renders two seconds ahead, and a new stream has to wait for them.
            "module-null-sink sink_name=room rate=16000 channels=3 channel_map=front-left,front-right,lfe norewinds=1",
            *(f"module-remap-sink sink_name={name} master=room remix=no {channels}" for name, channels in _CHANNELS),
            # What is heard is taken from the room: the monitor of `mic` has only what is played to `mic`.
            "module-remap-source source_name=microphone master=room.monitor remix=no"
            " channels=1 channel_map=mono master_channel_map=front-right",
        ]
        if self._echo_db is not None:
            # Left to itself (adjust_time) the loopback stretches the sound by up to 2 in 1000 in order to keep its
            # latency, for minutes after every hitch of a busy machine. No room does that, and no canceller follows.
            modules.append("module-loopback source=speaker.monitor sink=mic latency_msec=100 adjust_time=0")
        # The door comes last: whoever gets in finds all of the above.
        modules.append(f"module-native-protocol-unix socket={self._socket} auth-anonymous=1")
        command = ["pulseaudio", "--daemonize=no", "--exit-idle-time=-1", "-n", "--use-pid-file=no", "--disable-shm=1"]
        command += ["--log-target=stderr", "--log-level=error", *(f"--load={module}" for module in modules)]
        log = (self._folder / "pulse.log").open("wb")
        with log:
            env = {**os.environ, "XDG_RUNTIME_DIR": str(self._run), "HOME": str(self._run)}
            self._daemon = subprocess.Popen(command, env=env, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        until = time.monotonic() + _START_S
        while not self._answers():
            if self._daemon.poll() is not None or time.monotonic() > until:
                self.stop()
                said = (self._folder / "pulse.log").read_text(errors="replace")
                raise RuntimeError(f"pulseaudio did not start: {said}")
            time.sleep(0.01)  # a daemon has no other way to say that it is there
        _serve_first(self._daemon.pid)
        if self._echo_db is not None:  # the loopback is the first stream after those of the channels
            command = ["pactl", "set-sink-input-volume", str(len(_CHANNELS)), f"{self._echo_db:g}dB"]
            subprocess.run(command, env=self.env, check=True, timeout=_START_S)

    def stop(self) -> None:
        """End the daemon, and whoever still plays or records, by their own process ids."""
        daemon, self._daemon = self._daemon, None
        children, self._children = self._children, []
        for process in (*children, *filter(None, [daemon])):
            process.terminate()
            try:
                process.wait(timeout=_END_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self._socket.unlink(missing_ok=True)

    def speak(self, sound: Pcm) -> subprocess.Popen[bytes]:
        """Let the person say 16 kHz sound, from now on; she is silent when the daemon ends, at the latest."""
        return self._play("person", sound)

    def rustle(self, sound: Pcm) -> None:
        """Let the microphone hear 16 kHz sound that is nobody's: the noise of the room."""
        self._play("mic", sound)

    def _play(self, sink: str, sound: Pcm) -> subprocess.Popen[bytes]:
        path = self._folder / f"speak{len(self._children)}.raw"
        path.write_bytes(sound.astype("<i2").tobytes())
        command = [*promptly(), "pacat", "--playback", f"--device={sink}", "--channels=1", *_RAW]
        command += [f"--latency-msec={AT_EASE_MS}", str(path)]
        self._children.append(subprocess.Popen(command, env=self.env))
        return self._children[-1]

    def record(self, *, latency_ms: int = 20) -> Recorder:
        """Begin to record what comes out of the loudspeaker and what the microphone hears."""
        recorder = Recorder(self._folder / "recorded.raw", self.env, latency_ms)
        self._children.append(recorder.process)
        return recorder

    def _answers(self) -> bool:
        try:
            with socket.socket(socket.AF_UNIX) as client:
                client.connect(str(self._socket))
        except OSError:
            return False
        return True

    def __enter__(self) -> Pulse:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        shutil.rmtree(self._run, ignore_errors=True)


@dataclass(frozen=True, slots=True, eq=False)
class Recorded:
    """What sounded at the same time, 16 kHz."""

    speaker: Pcm
    mic: Pcm
    person: Pcm  # what was spoken into the microphone


class Recorder:
    """A recording in progress; it has begun when this is made."""

    def __init__(self, path: Path, env: dict[str, str], latency_ms: int) -> None:
        self._path = path
        with path.open("wb") as out:
            command = [
                *promptly(),
                "parec",
                "--device=room.monitor",
                "--channels=3",
                "--channel-map=front-left,front-right,lfe",
                *_RAW,
            ]
            self.process = subprocess.Popen(command, env=env, stdout=out)
        until = time.monotonic() + _START_S
        while path.stat().st_size == 0 and time.monotonic() < until:
            time.sleep(0.01)  # a recording has no other way to say that it has begun

    def stop(self) -> Recorded:
        """End it; what was recorded."""
        self.process.terminate()
        self.process.wait(timeout=_END_S)
        raw = self._path.read_bytes()
        channels = np.frombuffer(raw[: len(raw) // 6 * 6], dtype="<i2").astype(np.int16).reshape(-1, 3)
        return Recorded(*channels.T.copy())
