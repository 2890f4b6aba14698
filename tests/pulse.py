"""A private PulseAudio daemon with two null sinks: a loudspeaker and a microphone on a machine without a sound card.

What a program plays to the default device can be recorded from `speaker`; what is played into `mic` is what a program
hears. PortAudio is initialised once per process and reads its environment then, so the program under test belongs in
a child process with `Pulse.env`. Use:

    def test_it(tmp_path):
        require_sound()
        with Pulse(tmp_path) as pulse: subprocess.run([...], env=pulse.env)
"""

from __future__ import annotations

import ctypes.util
import os
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType

import numpy as np
import numpy.typing as npt
import pytest

Pcm = npt.NDArray[np.int16]
_START_S = 15.0
_RAW = ("--raw", "--format=s16le", "--rate=16000", "--channels=1", "--latency-msec=20")


def missing_sound() -> str:
    """Why there can be no sound test on this machine; empty where there can."""
    tools = [tool for tool in ("pulseaudio", "parec", "pacat") if shutil.which(tool) is None]
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


class Pulse:
    """The daemon, as a context manager. With `echo` the loudspeaker is heard by the microphone."""

    def __init__(self, folder: Path, *, echo: bool = False) -> None:
        self._echo = echo
        self._folder = folder
        # A socket's path must be short, which pytest's folders are not.
        self._run = Path(tempfile.mkdtemp(prefix="pulse"))
        self._socket = self._run / "socket"
        self._daemon: subprocess.Popen[bytes] | None = None

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
            "PULSE_SOURCE": "mic.monitor",
            "PULSE_SINK": "speaker",
            "PULSE_COOKIE": str(self._run / "cookie"),
            "ALSA_CONFIG_PATH": str(config),
        }

    def start(self) -> None:
        """Start the daemon and wait until it takes connections."""
        modules = [
            f"module-native-protocol-unix socket={self._socket} auth-anonymous=1",
            # Without `norewinds` a null sink renders two seconds ahead, and a new stream has to wait for them.
            "module-null-sink sink_name=speaker rate=16000 channels=1 norewinds=1",
            "module-null-sink sink_name=mic rate=16000 channels=1 norewinds=1",
        ]
        if self._echo:
            modules.append("module-loopback source=speaker.monitor sink=mic latency_msec=30")
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

    def stop(self) -> None:
        """End the daemon, by its own process id."""
        daemon, self._daemon = self._daemon, None
        if daemon is not None:
            daemon.terminate()
            try:
                daemon.wait(timeout=5)
            except subprocess.TimeoutExpired:
                daemon.kill()
                daemon.wait()
        self._socket.unlink(missing_ok=True)

    def speak(self, sound: Pcm) -> subprocess.Popen[bytes]:
        """Play 16 kHz sound into the microphone, from now on; the caller waits for it."""
        path = self._folder / "speak.raw"
        path.write_bytes(sound.astype("<i2").tobytes())
        command = ["pacat", "--playback", "--device=mic", *_RAW, str(path)]
        return subprocess.Popen(command, env=self.env)

    def record(self) -> Recorder:
        """Begin to record what comes out of the loudspeaker."""
        return Recorder(self._folder / "recorded.raw", self.env)

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


class Recorder:
    """A recording in progress."""

    def __init__(self, path: Path, env: dict[str, str]) -> None:
        self._path = path
        with path.open("wb") as out:
            self._parec = subprocess.Popen(["parec", "--device=speaker.monitor", *_RAW], env=env, stdout=out)
        until = time.monotonic() + _START_S
        while path.stat().st_size == 0 and time.monotonic() < until:
            time.sleep(0.01)  # until the first samples are there, a recording has not begun

    def stop(self) -> Pcm:
        """What was recorded, as 16 kHz samples."""
        self._parec.terminate()
        self._parec.wait(timeout=5)
        raw = self._path.read_bytes()
        return np.frombuffer(raw[: len(raw) // 2 * 2], dtype="<i2").astype(np.int16)
