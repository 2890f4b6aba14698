"""The process that owns pyttsx3: reads one JSON request a line, writes WAV files, answers one JSON object a line.

pyttsx3 is only reliable as a renderer to files, one engine a process; it prints to standard output and can hang, so it
lives behind a pipe and a time limit (`voice_process`). On Linux the espeak-ng library of the package espeakng-loader
is used: nothing has to be installed by the system, and the voice is the same everywhere; the system's own is the
second choice.

Requests: {"do": "open", "name": str|null, "rate": int} once; {"do": "voices"};
{"do": "render", "text": str, "path": str}.
Answers: {"ok": true, …} or {"ok": false, "why": str, "unknown": bool}; "unknown" where there is no such voice.
"""

from __future__ import annotations

import contextlib
import ctypes
import difflib
import json
import os
import sys
import threading
from pathlib import Path
from typing import IO, Any

ATTEMPTS = 3
SPOKEN_S = 1.5  # for one attempt: all together stay below the parent's limit of 5 s. A sentence takes 10 to 30 ms


class UnknownVoiceError(LookupError):
    """There is no voice of that name."""


def bundled_espeak() -> None:
    """Make the library of espeakng-loader the one that pyttsx3 finds, with its own data."""
    import espeakng_loader

    os.environ["ESPEAK_DATA_PATH"] = str(Path(espeakng_loader.get_data_path()).parent)
    # pyttsx3 asks for "libespeak-ng.so.1": a library that is already loaded under that name is what it gets.
    ctypes.CDLL(espeakng_loader.get_library_path(), mode=ctypes.RTLD_GLOBAL)


def serve(requests: IO[str], answers: IO[str], engine: Any = None) -> None:
    """Answer requests until the pipe is closed; without an engine pyttsx3's is opened at the first."""
    for line in requests:
        request = json.loads(line)
        try:
            if engine is None:
                engine = _open_engine()
            answer = _answer(engine, request)
        except Exception as error:  # whatever a speech driver raises becomes a sentence on the other side
            unknown = isinstance(error, UnknownVoiceError)
            answer = {"ok": False, "why": str(error) or type(error).__name__, "unknown": unknown}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


def _open_engine() -> Any:
    if sys.platform.startswith("linux"):
        # Without a wheel for this machine the system's espeak is used, or pyttsx3 says that there is none.
        with contextlib.suppress(ImportError, OSError):
            bundled_espeak()
    import pyttsx3

    engine = pyttsx3.init()
    if str(engine) == "espeak":
        # pyttsx3 stops the engine before every `runAndWait`. While espeak's thread is still leaving the phrase before,
        # that cancels the one that comes: it is empty or cut short (measured: about one new process in ten).
        engine.proxy._driver.stop = lambda: None
    return engine


def _answer(engine: Any, request: dict[str, Any]) -> dict[str, Any]:
    if request["do"] == "voices":
        return {"ok": True, "voices": [[str(v.id), str(v.name)] for v in engine.getProperty("voices")]}
    if request["do"] == "open":
        if request["name"]:
            engine.setProperty("voice", _known(engine, request["name"]))
        engine.setProperty("rate", request["rate"])
        return {"ok": True}
    _render(engine, request["text"], request["path"])
    return {"ok": True}


def _render(engine: Any, text: str, path: str) -> None:
    """Speak into a file, and wait until it is whole.

    espeak speaks in a thread of its own, and the first `runAndWait` may return before anything was written; only the
    end of the utterance tells. The other drivers have written the file when they return.
    """
    spoken = threading.Event()

    def finished(name: str | None, completed: bool) -> None:
        spoken.set()

    token = engine.connect("finished-utterance", finished)
    try:
        for attempt in range(ATTEMPTS):
            part = f"{path}.{attempt}"  # a late file of an earlier attempt must not be taken for this one
            spoken.clear()
            engine.save_to_file(text, part)
            engine.runAndWait()
            whole = str(engine) != "espeak" or spoken.wait(SPOKEN_S)
            if whole and Path(part).is_file():
                Path(part).replace(path)
                return
    finally:
        engine.disconnect(token)
    raise RuntimeError(f'nothing was spoken for "{text}"')


def _known(engine: Any, name: str) -> str:
    """What the engine is to be told, if there is such a voice: espeak takes any name in silence, others want the id.

    For espeak "en-us" stands for "gmw/en-us", and a variant may follow ("gmw/en-us+f3").
    """
    base = name.partition("+")[0].lower()
    known: dict[str, str] = {}
    for voice in engine.getProperty("voices"):
        for word in (str(voice.id).lower(), str(voice.name).lower()):
            known.setdefault(word, str(voice.id))
            known.setdefault(word.rpartition("/")[2], str(voice.id))
    if base not in known:
        close = difflib.get_close_matches(base, sorted(known), n=1, cutoff=0.5)
        raise UnknownVoiceError(f'there is no voice "{name}"' + (f', did you mean "{close[0]}"' if close else ""))
    return name if str(engine) == "espeak" else known[base]


def main() -> None:
    """Keep the pipe for answers; whatever pyttsx3 prints goes to standard error."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    serve(sys.stdin, answers)


if __name__ == "__main__":
    main()
