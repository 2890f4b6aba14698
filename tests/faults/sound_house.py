"""A sound server with one loudspeaker and one microphone that can be taken away, and what comes out of the loudspeaker.

Other than in `tests.pulse` nothing stands behind the two: when the loudspeaker is gone there is none to move to. The
microphone hears nothing at all.
"""

from __future__ import annotations

import signal
import subprocess
import threading
import time
from typing import IO

import numpy as np

from tests.pulse import END_S, RAW, Daemon, promptly

SPEAKER, MICROPHONE = "speaker", "microphone"
LOUD = 300  # of 32,768; the coach's voice is far louder, an empty room is exact silence
BLOCK_BYTES = 640  # 20 ms


class House(Daemon):
    """The daemon with what is plugged in."""

    def start(self, speaker: str = SPEAKER, microphone: str = MICROPHONE, rate: int = 16_000) -> None:
        """Start the daemon with these devices, and wait until it takes connections."""
        self._start(
            f"load-module {self._loudspeaker(speaker, rate)}",
            f"load-module {self._microphone(microphone, rate)}",
            f"set-default-sink {speaker}",
            f"set-default-source {microphone}",
        )

    def signal(self, what: signal.Signals) -> None:
        """Let it stand still (SIGSTOP), or go on (SIGCONT)."""
        assert self._daemon is not None
        self._daemon.send_signal(what)

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
