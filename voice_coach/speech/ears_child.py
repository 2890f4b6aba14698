"""The process that listens: `python -m voice_coach.speech.ears_child` with a pipe on both sides (see `ears_wire`).

libvosk ends the process that loads a damaged graph, and PocketSphinx never lets go of the interpreter's lock while it
works; here neither matters to the program. It ends when its pipe does.
"""

from __future__ import annotations

import contextlib
import os
import random
import signal
import sys
from array import array
from collections.abc import Callable
from pathlib import Path

from voice_coach.errors import EngineError
from voice_coach.rate import FRAMES_PER_MS
from voice_coach.speech import ears_wire as wire
from voice_coach.speech.pocketsphinx_ears import PocketSphinxEars
from voice_coach.speech.vosk_ears import FEED, VoskEars, binding

MEMORY = 3 * 1024**3  # bytes: the shipped model takes 0.1 GB, the largest that is let in less than 2
TRY_OUT_MS = 1_000


def main() -> None:
    """Answer until the pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the program's to answer
    _limit()
    answers = os.dup(1)
    os.dup2(2, 1)  # whatever an engine prints is no answer

    def answer(payload: bytes) -> None:
        whole = memoryview(wire.message(wire.ANSWER, payload))
        while whole:
            whole = whole[os.write(answers, whole) :]

    with contextlib.suppress(EngineError):  # while it is still looked up what there is to hear; who wants it is told
        binding()
    with contextlib.suppress(BrokenPipeError):  # nobody is there any more
        serve(lambda count: os.read(0, count), answer)


def serve(read: Callable[[int], bytes | None], answer: Callable[[bytes], None]) -> None:
    """One answer to every message."""
    ears: VoskEars | PocketSphinxEars | None = None
    while (got := wire.receive(read)) is not None:
        kind, payload = got
        if kind == wire.OPEN:
            ears, opened = _open(wire.unpack_wanted(payload))
            answer(wire.pack(opened))
            continue
        if ears is None:
            raise wire.WireError("nothing was opened")
        if kind == wire.SOUND:
            answer(wire.pack_reports(ears.hear(payload)))
        elif kind == wire.PHRASES:
            answer(wire.pack(_listen_for(ears, wire.unpack_phrases(payload))))
        else:
            answer(wire.pack_reports(ears.flush()))


def _open(wanted: wire.Wanted) -> tuple[VoskEars | PocketSphinxEars | None, wire.Opened]:
    ears: VoskEars | PocketSphinxEars
    try:
        if wanted.engine == "vosk":
            ears, feed = VoskEars(Path(wanted.model), wanted.phrases), FEED
        else:
            ears, feed = PocketSphinxEars(wanted.phrases, generous=wanted.generous), 1
    except EngineError as error:
        return None, wire.Opened(why=str(error))
    heard_ms = _try_out(ears) if wanted.try_out else 0
    return ears, wire.Opened(name=ears.name, unknown=ears.unknown_phrases, feed=feed, heard_ms=heard_ms)


def _try_out(ears: VoskEars | PocketSphinxEars) -> int:
    """Hear a little noise, since some damage ends the process only then; how many milliseconds of it."""
    chance = random.Random(1)
    ears.hear(array("h", (int(chance.gauss(0, 1_000)) for _ in range(TRY_OUT_MS * FRAMES_PER_MS))).tobytes())
    ears.flush()
    return TRY_OUT_MS


def _listen_for(ears: VoskEars | PocketSphinxEars, phrases: tuple[str, ...]) -> wire.Opened:
    try:
        ears.listen_for(phrases)
    except EngineError as error:
        return wire.Opened(why=str(error), unknown=phrases)
    return wire.Opened(unknown=ears.unknown_phrases)


def _limit() -> None:
    """Where the system can do it: no more memory than that, and no core file of a crash."""
    if sys.platform != "win32":
        import resource

        for what, most in ((resource.RLIMIT_DATA, MEMORY), (resource.RLIMIT_CORE, 0)):
            with contextlib.suppress(ValueError, OSError):  # a lower limit stands already, or none can be set
                resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    main()
