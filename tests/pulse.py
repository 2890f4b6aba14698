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
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import pytest

Pcm = npt.NDArray[np.int16]
D = TypeVar("D", bound="Daemon")
TAKES = 4
AT_EASE_MS = 200  # on a busy machine none of eight sounds played with 20 ms of latency was whole, with 200 all eight
LONG_S = 240.0  # a child that takes five seconds on an idle machine has ended by then, or hangs
_CHANNELS = (
    ("speaker", "channels=1 channel_map=mono master_channel_map=front-left"),
    ("mic", "channels=1 channel_map=mono master_channel_map=front-right"),
    ("person", "channels=2 channel_map=front-left,front-right master_channel_map=front-right,lfe"),
)
START_S, END_S = 60.0, 30.0
_CHILD, _SERVER = 4, 6  # priorities of the real-time scheduler, where it may be used
RAW = ("--raw", "--format=s16le", "--rate=16000")


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


def serve_first(process: int) -> None:
    """Let a sound server go before its clients: PortAudio asks it without a pause when it is late."""
    with contextlib.suppress(PermissionError):
        for thread in Path(f"/proc/{process}/task").iterdir():
            os.sched_setscheduler(int(thread.name), os.SCHED_RR, os.sched_param(_SERVER))


def end(process: subprocess.Popen[bytes], by: signal.Signals = signal.SIGTERM) -> None:
    """End a process; one that hangs is killed in the end."""
    process.send_signal(by)
    process.send_signal(signal.SIGCONT)  # it may stand still
    try:
        process.wait(timeout=END_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


class Daemon:
    """A PulseAudio daemon with folders of its own, as a context manager."""

    ALSA = "pcm.!default { type pulse }\nctl.!default { type pulse }\n"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        # A socket's path must be short, which pytest's folders are not.
        self._run = Path(tempfile.mkdtemp(prefix="pulse"))
        self._socket = self._run / "socket"
        self._daemon: subprocess.Popen[bytes] | None = None

    @property
    def env(self) -> dict[str, str]:
        """The environment in which a program's default sound device is whatever this daemon's is."""
        config = self._folder / "asound.conf"
        config.write_text(self.ALSA, encoding="utf-8")
        kept = {name: value for name, value in os.environ.items() if name not in ("PULSE_SINK", "PULSE_SOURCE")}
        return {
            **kept,
            "XDG_RUNTIME_DIR": str(self._run),
            "PULSE_SERVER": f"unix:{self._socket}",
            "PULSE_COOKIE": str(self._run / "cookie"),
            "ALSA_CONFIG_PATH": str(config),
        }

    def start(self) -> None:
        """Start the daemon and wait until it takes connections."""
        raise NotImplementedError

    def _start(self, *commands: str) -> None:
        """Start it with these commands of its own language."""
        script, told = self._folder / "daemon.pa", self._folder / "pulse.log"
        # The door comes last: whoever gets in finds all that the commands have made.
        door = f"load-module module-native-protocol-unix socket={self._socket} auth-anonymous=1"
        script.write_text("\n".join([*commands, door, ""]), encoding="utf-8")
        command = ["pulseaudio", "--daemonize=no", "--exit-idle-time=-1", "-n", f"--file={script}", "--use-pid-file=no"]
        command += ["--disable-shm=1", "--log-target=stderr", "--log-level=error"]
        env = {**os.environ, "XDG_RUNTIME_DIR": str(self._run), "HOME": str(self._run)}
        with told.open("ab") as log:
            self._daemon = subprocess.Popen(command, env=env, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        until = time.monotonic() + START_S
        while not self._answers():
            if self._daemon.poll() is not None or time.monotonic() > until:
                self.stop()
                raise RuntimeError(f"pulseaudio did not start: {told.read_text(errors='replace')}")
            time.sleep(0.01)  # a daemon has no other way to say that it is there
        serve_first(self._daemon.pid)

    def stop(self, by: signal.Signals = signal.SIGTERM) -> None:
        """End the daemon by its own process id."""
        daemon, self._daemon = self._daemon, None
        if daemon is not None:
            end(daemon, by)
        self._socket.unlink(missing_ok=True)

    def tell(self, *arguments: str) -> str:
        """A command for `pactl`; what it prints."""
        command = ["pactl", *arguments]
        done = subprocess.run(command, env=self.env, check=True, capture_output=True, text=True, timeout=START_S)
        return done.stdout

    def _answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as client, contextlib.suppress(OSError):
            client.connect(str(self._socket))
            return True
        return False

    def __enter__(self: D) -> D:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        shutil.rmtree(self._run, ignore_errors=True)


class Pulse(Daemon):
    """The daemon of the room. With `echo_db` the microphone hears the loudspeaker, so much louder."""

    ALSA = f"{Daemon.ALSA}pcm.livingroom {{ type pulse }}\n"

    def __init__(self, folder: Path, *, echo_db: float | None = None) -> None:
        super().__init__(folder)
        self._echo_db = echo_db
        self._children: list[subprocess.Popen[bytes]] = []  # who plays or records

    @property
    def env(self) -> dict[str, str]:
        """The environment in which a program's default sound device is this daemon."""
        return {**super().env, "PULSE_SOURCE": "microphone", "PULSE_SINK": "speaker"}

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
        self._start(*(f"load-module {module}" for module in modules))
        if self._echo_db is not None:  # the loopback is the first stream after those of the channels
            self.tell("set-sink-input-volume", str(len(_CHANNELS)), f"{self._echo_db:g}dB")

    def stop(self, by: signal.Signals = signal.SIGTERM) -> None:
        """End the daemon, and whoever still plays or records, by their own process ids."""
        children, self._children = self._children, []
        for process in children:
            end(process)
        super().stop(by)

    def speak(self, sound: Pcm) -> subprocess.Popen[bytes]:
        """Let the person say 16 kHz sound, from now on; she is silent when the daemon ends, at the latest."""
        return self._play("person", sound)

    def rustle(self, sound: Pcm) -> None:
        """Let the microphone hear 16 kHz sound that is nobody's: the noise of the room."""
        self._play("mic", sound)

    def _play(self, sink: str, sound: Pcm) -> subprocess.Popen[bytes]:
        path = self._folder / f"speak{len(self._children)}.raw"
        path.write_bytes(sound.astype("<i2").tobytes())
        command = [*promptly(), "pacat", "--playback", f"--device={sink}", "--channels=1", *RAW]
        command += [f"--latency-msec={AT_EASE_MS}", str(path)]
        self._children.append(subprocess.Popen(command, env=self.env))
        return self._children[-1]

    def record(self, *, latency_ms: int = 20) -> Recorder:
        """Begin to record what comes out of the loudspeaker and what the microphone hears."""
        recorder = Recorder(self._folder / "recorded.raw", self.env, latency_ms)
        self._children.append(recorder.process)
        return recorder


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
                *RAW,
            ]
            self.process = subprocess.Popen(command, env=env, stdout=out)
        until = time.monotonic() + START_S
        while path.stat().st_size == 0 and time.monotonic() < until:
            time.sleep(0.01)  # a recording has no other way to say that it has begun

    def stop(self) -> Recorded:
        """End it; what was recorded."""
        self.process.terminate()
        self.process.wait(timeout=END_S)
        raw = self._path.read_bytes()
        channels = np.frombuffer(raw[: len(raw) // 6 * 6], dtype="<i2").astype(np.int16).reshape(-1, 3)
        return Recorded(*channels.T.copy())
