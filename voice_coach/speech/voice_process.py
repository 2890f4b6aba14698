"""The other end of the pipe: a child process that renders speech, with a time limit, killed and started anew once."""

from __future__ import annotations

import contextlib
import json
import queue
import subprocess
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from voice_coach.child import HOME, argv
from voice_coach.errors import EngineError

COMMAND = argv("voice_coach.speech.voice_child")
START_LIMIT_S = 10.0  # 0.1 s is usual; the first start on a slow disk loads pyttsx3 and espeak's data
PHRASE_LIMIT_S = 5.0  # 10 to 15 ms is usual; five seconds mean that it hangs
END_LIMIT_S = 2.0  # a killed child is gone at once, unless its disk does not answer
LONGEST_ANSWER = 1 << 20  # characters; the names of all voices are about 10,000
MOST_ANSWERS = 10  # that may wait; more than one is wrong already


class VoiceRefusedError(EngineError):
    """The engine works, and has no such voice."""


class VoiceProcess:
    """Renders texts to WAV files with one voice. The child starts at the first request and ends with `close`.

    Several threads may ask; one waits for the other. After `close`, which any thread may call, whoever still waits
    gets an EngineError at once, and no child is started any more.
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
        self._over = False
        self.restarts = 0

    @property
    def pid(self) -> int | None:
        """The child's process id while there is one."""
        child = self._child
        return child.pid if child else None

    def render(self, text: str, path: Path) -> None:
        """Speak `text` into a new WAV file at `path`; EngineError after a second child failed too."""
        self._ask({"do": "render", "text": text, "path": str(path.absolute())})

    def voices(self) -> list[tuple[str, str]]:
        """Id and name of every voice there is."""
        found = self._ask({"do": "voices"}).get("voices")
        if not isinstance(found, list) or not all(isinstance(one, list) and len(one) == 2 for one in found):
            raise EngineError("The voice does not tell which voices there are.")
        return [(str(identity), str(name)) for identity, name in found]

    def close(self) -> None:
        """End the child, for good."""
        self._over = True
        self._end()

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(END_LIMIT_S)
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
            self._end()
            self.restarts += 1
        try:
            return self._once(request)
        except _Hung as hung:
            self._end()
            raise EngineError(
                f"The voice does not answer ({hung}). `voice-coach doctor` lists what there is."
            ) from None

    def _once(self, request: Mapping[str, Any]) -> Mapping[str, Any]:
        if self._child is None:
            self._start()
            try:
                answer = self._exchange(self._settings, self._start_limit_s)
            except BaseException:
                self._end()  # a child that was not told which voice is meant would speak with another
                raise
            if not answer["ok"] and answer.get("unknown"):
                self._end()
                raise VoiceRefusedError(_cannot(answer))
            _hold(answer)
        answer = self._exchange(request, self._limit_s)
        _hold(answer)
        return answer

    def _start(self) -> None:
        if self._over:
            raise EngineError("The voice is closed.")
        self._answers = queue.SimpleQueue()
        try:
            self._child = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                encoding="utf-8",
                cwd=HOME,
            )
        except OSError as error:
            raise EngineError(f"The voice cannot be started ({error}).") from error
        threading.Thread(target=_read, args=(self._child.stdout, self._answers), daemon=True).start()
        if self._over:  # closed in this very moment
            self._end()
            raise EngineError("The voice is closed.")

    def _exchange(self, request: Mapping[str, Any], limit_s: float) -> Mapping[str, Any]:
        """One request and its answer, which says whether it is `ok`; _Hung where none comes that can be understood."""
        child = self._child
        if child is None or child.stdin is None:
            raise _Hung("it was closed")
        if not self._answers.empty():
            raise _Hung("it ended, or speaks without being asked")
        try:
            child.stdin.write(json.dumps(request) + "\n")
            child.stdin.flush()
            line = self._answers.get(timeout=limit_s)
        except queue.Empty:
            raise _Hung(f"no answer within {limit_s:g} s") from None
        except (OSError, ValueError) as error:  # ValueError: the pipe was closed by another thread
            raise _Hung(str(error)) from None
        if line is None:
            raise _Hung("it ended by itself")
        try:
            answer = json.loads(line)
        except (ValueError, RecursionError):
            answer = None
        if not isinstance(answer, dict) or not isinstance(answer.get("ok"), bool):
            raise _Hung("its answer makes no sense")
        return answer


def _hold(answer: Mapping[str, Any]) -> None:
    """EngineError where the child could not do what it was asked for."""
    if not answer["ok"]:
        raise EngineError(_cannot(answer))


def _cannot(answer: Mapping[str, Any]) -> str:
    why = str(answer.get("why", "it does not say why"))[:300]
    return f"The voice cannot speak: {why}. `voice-coach doctor` lists the voices there are."


class _Hung(Exception):
    """The child is of no use any more."""


def _read(pipe: IO[str] | None, answers: queue.SimpleQueue[str | None]) -> None:
    """Pass on every line, and None at the end, or where a line or their number has none."""
    if pipe is not None:
        with contextlib.suppress(OSError, ValueError):  # no UTF-8, or closed under our hands by `close`
            while (line := pipe.readline(LONGEST_ANSWER)).endswith("\n") and answers.qsize() < MOST_ANSWERS:
                answers.put(line)
    answers.put(None)
