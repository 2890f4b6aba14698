"""The other end of the pipe: a child process that renders speech, with a time limit, killed and started anew once."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from voice_coach.errors import EngineError

COMMAND = (sys.executable, "-m", "voice_coach.speech.voice_child")
_HERE = Path(__file__).resolve().parents[2]  # where the package lies, for a child that was started elsewhere
START_LIMIT_S = 20.0  # the first start on a slow disk loads pyttsx3 and espeak's data
PHRASE_LIMIT_S = 5.0  # 10 to 15 ms is usual; five seconds mean that it hangs


class VoiceProcess:
    """Renders texts to WAV files with one voice. The child starts at the first request and ends with `close`.

    Several threads may ask; one waits for the other. `close` is for when none does any more.
    """

    def __init__(
        self,
        name: str | None,
        rate: int,
        *,
        command: Sequence[str] = COMMAND,
        limit_s: float = PHRASE_LIMIT_S,
        start_limit_s: float = START_LIMIT_S,
    ) -> None:
        self._settings = {"do": "open", "name": name, "rate": rate}
        self._command = tuple(command)
        self._limit_s, self._start_limit_s = limit_s, start_limit_s
        self._child: subprocess.Popen[str] | None = None
        self._answers: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._one_at_a_time = threading.Lock()
        self.restarts = 0

    def render(self, text: str, path: Path) -> None:
        """Speak `text` into a new WAV file at `path`; EngineError after a second child failed too."""
        self._ask({"do": "render", "text": text, "path": str(path)})

    def voices(self) -> list[tuple[str, str]]:
        """Id and name of every voice there is."""
        return [(str(identity), str(name)) for identity, name in self._ask({"do": "voices"})["voices"]]

    def close(self) -> None:
        """End the child."""
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            child.wait()
            for pipe in (child.stdin, child.stdout):
                with contextlib.suppress(OSError):
                    if pipe:
                        pipe.close()

    def _ask(self, request: Mapping[str, Any]) -> Mapping[str, Any]:
        with self._one_at_a_time:
            return self._twice(request)

    def _twice(self, request: Mapping[str, Any]) -> Mapping[str, Any]:
        try:
            return self._once(request)
        except _Hung:
            self.close()
            self.restarts += 1
        try:
            return self._once(request)
        except _Hung as hung:
            self.close()
            raise EngineError(
                f"The voice does not answer ({hung}). `voice-coach doctor` lists what there is."
            ) from None

    def _once(self, request: Mapping[str, Any]) -> Mapping[str, Any]:
        if self._child is None:
            self._start()
            self._exchange(self._settings, self._start_limit_s)
        return self._exchange(request, self._limit_s)

    def _start(self) -> None:
        self._answers = queue.SimpleQueue()
        try:
            self._child = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                encoding="utf-8",
                env={
                    **os.environ,
                    "PYTHONPATH": os.pathsep.join(filter(None, (str(_HERE), os.environ.get("PYTHONPATH")))),
                },
            )
        except OSError as error:
            raise EngineError(f"The voice cannot be started ({error}).") from error
        threading.Thread(target=_read, args=(self._child.stdout, self._answers), daemon=True).start()

    def _exchange(self, request: Mapping[str, Any], limit_s: float) -> Mapping[str, Any]:
        assert self._child is not None and self._child.stdin is not None
        try:
            self._child.stdin.write(json.dumps(request) + "\n")
            self._child.stdin.flush()
            line = self._answers.get(timeout=limit_s)
        except queue.Empty:
            raise _Hung(f"no answer within {limit_s:g} s") from None
        except OSError as error:
            raise _Hung(str(error)) from None
        if line is None:
            raise _Hung("it ended by itself")
        answer: Mapping[str, Any] = json.loads(line)
        if not answer["ok"]:
            raise EngineError(
                f"The voice cannot speak: {answer['why']}. `voice-coach doctor` lists the voices there are."
            )
        return answer


class _Hung(Exception):
    """The child is of no use any more."""


def _read(pipe: IO[str] | None, answers: queue.SimpleQueue[str | None]) -> None:
    """Pass on every line, and None at the end."""
    if pipe is not None:
        with contextlib.suppress(OSError, ValueError):  # closed under our hands by `close`
            for line in pipe:
                answers.put(line)
    answers.put(None)
