"""A sound server with one loudspeaker and one microphone that can be taken away, and what comes out of the loudspeaker.

Other than in `tests.pulse` nothing stands behind the two: when the loudspeaker is gone there is none to move to. The
microphone hears nothing at all.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import IO

import numpy as np

from tests.pulse import _serve_first as serve_first
from tests.pulse import promptly

START_S, END_S = 60.0, 30.0
SPEAKER, MICROPHONE = "speaker", "microphone"
LOUD = 300  # of 32,768; the coach's voice is far louder, an empty room is exact silence
BLOCK_BYTES = 640  # 20 ms
RAW = ("--raw", "--format=s16le", "--rate=16000")


class House:
    """The daemon, as a context manager; every one has folders of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._run = Path(tempfile.mkdtemp(prefix="house"))  # a socket's path must be short
        self._socket = self._run / "socket"
        self._daemon: subprocess.Popen[bytes] | None = None

    @property
    def env(self) -> dict[str, str]:
        """The environment in which a program's default sound device is whatever this daemon's is."""
        config = self._folder / "asound.conf"
        config.write_text("pcm.!default { type pulse }\nctl.!default { type pulse }\n", encoding="utf-8")
        kept = {name: value for name, value in os.environ.items() if name not in ("PULSE_SINK", "PULSE_SOURCE")}
        return {
            **kept,
            "XDG_RUNTIME_DIR": str(self._run),
            "PULSE_SERVER": f"unix:{self._socket}",
            "PULSE_COOKIE": str(self._run / "cookie"),
            "ALSA_CONFIG_PATH": str(config),
        }

    def start(self, speaker: str = SPEAKER, microphone: str = MICROPHONE, rate: int = 16_000) -> None:
        """Start the daemon with these devices, and wait until it takes connections."""
        lines = [
            f"load-module {self._loudspeaker(speaker, rate)}",
            f"load-module {self._microphone(microphone, rate)}",
            f"set-default-sink {speaker}",
            f"set-default-source {microphone}",
            f"load-module module-native-protocol-unix socket={self._socket} auth-anonymous=1",  # the door comes last
        ]
        script = self._folder / "house.pa"
        script.write_text("\n".join(lines) + "\n", encoding="utf-8")
        command = ["pulseaudio", "--daemonize=no", "--exit-idle-time=-1", "-n", f"--file={script}", "--use-pid-file=no"]
        command += ["--disable-shm=1", "--log-target=stderr", "--log-level=error"]
        env = {**os.environ, "XDG_RUNTIME_DIR": str(self._run), "HOME": str(self._run)}
        with (self._folder / "house.log").open("ab") as log:
            self._daemon = subprocess.Popen(command, env=env, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        until = time.monotonic() + START_S
        while not self._answers():
            if self._daemon.poll() is not None or time.monotonic() > until:
                raise RuntimeError((self._folder / "house.log").read_text(errors="replace"))
            time.sleep(0.01)  # a daemon has no other way to say that it is there
        serve_first(self._daemon.pid)

    def stop(self, by: signal.Signals = signal.SIGTERM) -> None:
        """End the daemon; one that stands still is killed in the end."""
        daemon, self._daemon = self._daemon, None
        if daemon is not None:
            daemon.send_signal(by)
            try:
                daemon.wait(timeout=END_S)
            except subprocess.TimeoutExpired:
                daemon.kill()
                daemon.wait()
        self._socket.unlink(missing_ok=True)

    def signal(self, what: signal.Signals) -> None:
        """Let it stand still (SIGSTOP), or go on (SIGCONT)."""
        assert self._daemon is not None
        self._daemon.send_signal(what)

    def tell(self, *arguments: str) -> str:
        """A command for `pactl`."""
        done = subprocess.run(
            ["pactl", *arguments], env=self.env, check=True, capture_output=True, text=True, timeout=START_S
        )
        return done.stdout

    def take(self, name: str) -> None:
        """Unplug a device."""
        modules = (line.split("\t") for line in self.tell("list", "short", "modules").splitlines())
        self.tell("unload-module", *(fields[0] for fields in modules if f"_name={name}" in " ".join(fields[2:])))

    def plug_loudspeaker(self, name: str = SPEAKER, rate: int = 16_000) -> None:
        """Bring a loudspeaker."""
        self.tell("load-module", *self._loudspeaker(name, rate).split())

    def plug_microphone(self, name: str = MICROPHONE, rate: int = 16_000) -> None:
        """Bring a microphone."""
        self.tell("load-module", *self._microphone(name, rate).split())

    def let_stand(self, what: str, name: str, still: bool) -> None:
        """Let a "sink" or "source" give and take nothing for a while, or go on."""
        self.tell(f"suspend-{what}", name, str(int(still)))

    @staticmethod
    def _loudspeaker(name: str, rate: int) -> str:
        # Without `norewinds` a null sink renders two seconds ahead, and a new stream has to wait for them.
        return f"module-null-sink sink_name={name} rate={rate} channels=1 norewinds=1"

    @staticmethod
    def _microphone(name: str, rate: int) -> str:
        return f"module-null-source source_name={name} rate={rate} channels=1"

    def _answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as client, contextlib.suppress(OSError):
            client.connect(str(self._socket))
            return True
        return False

    def __enter__(self) -> House:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._daemon is not None:
            self._daemon.send_signal(signal.SIGCONT)
        self.stop()
        shutil.rmtree(self._run, ignore_errors=True)


class Ear:
    """Somebody at a loudspeaker: when the first sound came out of it. Made when it is there; it ends with it."""

    def __init__(self, house: House, speaker: str = SPEAKER) -> None:
        self._process = subprocess.Popen(
            [*promptly(), "parec", f"--device={speaker}.monitor", "--channels=1", "--latency-msec=20", *RAW],
            env=house.env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self._first: float | None = None
        self._heard = threading.Event()
        assert self._process.stdout is not None
        self._stream: IO[bytes] = self._process.stdout
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def first(self, within_s: float) -> float | None:
        """When the first sound came (`time.monotonic`); None where none came in time."""
        self._heard.wait(within_s)
        return self._first

    def close(self) -> None:
        """Go away."""
        self._process.kill()
        self._process.wait()
        self._listener.join(END_S)
        self._stream.close()

    def _listen(self) -> None:
        while block := self._stream.read(BLOCK_BYTES):
            samples = np.frombuffer(block[: len(block) // 2 * 2], dtype="<i2")
            if int(np.abs(samples.astype(np.int32)).max(initial=0)) > LOUD:
                self._first = time.monotonic()
                self._heard.set()
                return
