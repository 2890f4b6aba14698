"""One process that listens, from its start to its end: nothing asked of it ever makes the caller wait.

A thread starts it and writes to it, another reads what it answers: a process that hangs fills its pipe, and only the
thread notices. Whatever becomes of it, the last thing that is read is an `Ended`.
"""

from __future__ import annotations

import contextlib
import queue
import subprocess
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from voice_coach.child import HOME, argv
from voice_coach.speech import ears_wire as wire

COMMAND = argv("voice_coach.speech.ears_child")
GOODBYE_S = 5.0  # a killed process is gone in a millisecond


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """No more answers will come. `crashed`: it ended by a fault of its own code, not in words."""

    why: str
    crashed: bool = False


class Link(Protocol):
    """What the ears need of a process."""

    @property
    def pid(self) -> int | None:
        """Of the process; None before it has started."""

    def send(self, kind: bytes, payload: bytes) -> None:
        """Leave a message to be sent."""

    def answer(self, within_s: float) -> bytes | Ended | None:
        """The next answer; None where none comes within so many seconds (0: none is there)."""

    def kill(self) -> None:
        """End it; a second call does nothing."""

    def close(self) -> None:
        """End it, and wait until nothing of it is left."""


class ProcessLink:
    """A real one. The process is started in the background; `send` may be called at once."""

    def __init__(self, command: Sequence[str] = COMMAND) -> None:
        self._command = tuple(command)
        self._outbox: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._answers: queue.SimpleQueue[bytes | Ended] = queue.SimpleQueue()
        self._child: subprocess.Popen[bytes] | None = None
        self._over = False
        self._lock = threading.Lock()  # of the two above
        self._writer = threading.Thread(target=self._run, name="ears", daemon=True)
        self._writer.start()

    @property
    def pid(self) -> int | None:
        """Of the process; None before it has started."""
        return self._child.pid if self._child else None

    def send(self, kind: bytes, payload: bytes) -> None:
        """Leave a message to be sent."""
        self._outbox.put(wire.message(kind, payload))

    def answer(self, within_s: float) -> bytes | Ended | None:
        """The next answer; None where none comes within so many seconds (0: none is there)."""
        try:
            return self._answers.get(timeout=within_s) if within_s > 0 else self._answers.get_nowait()
        except queue.Empty:
            return None

    def kill(self) -> None:
        """End it; a second call does nothing."""
        with self._lock:
            self._over = True
            if self._child is not None:
                self._child.kill()
        self._outbox.put(None)

    def close(self) -> None:
        """End it, and wait until nothing of it is left."""
        self.kill()
        self._writer.join(GOODBYE_S)

    def _run(self) -> None:
        """The writer's life: it starts the process, and is the last to leave."""
        child = self._start()
        if child is None:
            return
        assert child.stdin is not None
        reader = threading.Thread(target=self._read, args=(child,), name="ears answers", daemon=True)
        reader.start()
        with contextlib.suppress(OSError):  # it is gone; the reader knows more
            while (whole := self._outbox.get()) is not None:
                rest = memoryview(whole)
                while rest:
                    rest = rest[child.stdin.write(rest) or 0 :]
        reader.join()
        with contextlib.suppress(OSError):
            child.stdin.close()

    def _start(self) -> subprocess.Popen[bytes] | None:
        with self._lock:
            if self._over:
                self._answers.put(Ended(why="it was not wanted any more"))
                return None
            try:
                self._child = subprocess.Popen(
                    self._command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    bufsize=0,
                    cwd=HOME,
                )
            except OSError as error:
                self._answers.put(Ended(why=f"it cannot be started ({error})"))
            return self._child

    def _read(self, child: subprocess.Popen[bytes]) -> None:
        """Pass on every answer, then how it ended; nothing of the process is left."""
        assert child.stdout is not None
        why = ""
        try:
            while (got := wire.receive(child.stdout.read)) is not None:
                self._answers.put(got[1])
        except (wire.WireError, OSError) as error:
            why = str(error)
        with self._lock:
            child.kill()  # its pipe has ended: whatever it still does is of no use
            child.stdout.close()
        self._outbox.put(None)
        code = child.wait()
        # The exit status of a process that ended in words is small; a signal is below 0, its like on Windows large.
        # One that was killed here after its pipe had ended looks like a signal, too: for the caller it is one.
        self._answers.put(Ended(why=why or f"it ended with {code}", crashed=code < 0 or code > 128))
