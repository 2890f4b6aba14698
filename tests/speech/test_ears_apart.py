"""Real recognisers in a process of their own: the same to the word, and nothing of them is left behind."""

from __future__ import annotations

import ctypes
import os
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from voice_coach.audio.clip import FRAMES_PER_MS, Pcm, to_pcm
from voice_coach.commands import GENEROUS, Vocabulary
from voice_coach.paths import shipped
from voice_coach.speech.ears import Ears, Report, Utterance
from voice_coach.speech.ears_link import Ended, ProcessLink
from voice_coach.speech.ears_process import ProcessEars
from voice_coach.speech.ears_wire import Wanted
from voice_coach.speech.pocketsphinx_ears import PocketSphinxEars
from voice_coach.speech.voice import Voice
from voice_coach.speech.vosk_ears import VoskEars

MODEL = shipped("models") / "coach-en"
PHRASES = Vocabulary().phrases
FEWER = tuple(phrase for phrase in PHRASES if phrase != "resume")
VOSK = Wanted(engine="vosk", model=str(MODEL), phrases=PHRASES)
SPHINX = Wanted(engine="pocketsphinx", phrases=PHRASES, generous=GENEROUS)

Open = Callable[[Wanted], ProcessEars]


@pytest.fixture
def apart() -> Iterator[Open]:
    opened: list[ProcessEars] = []

    def one(wanted: Wanted) -> ProcessEars:
        opened.append(ProcessEars(wanted))
        opened[-1].wait_until_open()
        return opened[-1]

    yield one
    for ears in opened:
        ears.close()


@pytest.fixture(scope="module")
def sound(woman: Voice) -> Pcm:
    gap = np.zeros(700 * FRAMES_PER_MS, dtype=np.float32)
    parts = [gap]
    for word in ("easier", "how many left", "resume"):
        parts += [woman.clip(word).samples * np.float32(0.5), gap]
    whole = np.concatenate(parts)
    return to_pcm(whole + np.random.default_rng(3).normal(0, 0.0005, len(whole)).astype(np.float32))


def told(ears: Ears, sound: Pcm, block: int) -> list[list[Report]]:
    """What came with each block; then at the end; and once more with other phrases."""
    found: list[list[Report]] = []
    for _ in range(2):
        found += [ears.accept(sound[at : at + block]) for at in range(0, len(sound), block)]
        ears.listen_for(FEWER)
    return [*found, list(ears.flush())]


@pytest.mark.skipif(sys.platform == "win32", reason="no C library by that name")
@pytest.mark.parametrize("block", [320, 1_000])
@pytest.mark.parametrize("wanted", [VOSK, SPHINX], ids=["vosk", "pocketsphinx"])
def test_in_rooms_of_files_each_block_brings_what_the_ears_here_would_have_told(
    apart: Open, sound: Pcm, wanted: Wanted, block: int
) -> None:
    ctypes.CDLL(None).srand(1)  # as in a new process: libvosk adds a little noise (Kaldi's dither) by C's rand()
    here: Ears = VoskEars(MODEL, PHRASES) if wanted is VOSK else PocketSphinxEars(PHRASES, generous=GENEROUS)
    there = apart(wanted)
    expected = told(here, sound, block)
    assert told(there, sound, block) == expected
    assert sum(map(len, expected)) > 5
    assert (there.name, there.unknown_phrases, there.troubles()) == (here.name, here.unknown_phrases, [])


@pytest.mark.parametrize("wanted", [VOSK, SPHINX], ids=["vosk", "pocketsphinx"])
def test_a_process_that_is_killed_hears_again_from_the_next_block(apart: Open, sound: Pcm, wanted: Wanted) -> None:
    ears = apart(wanted)
    first = ears.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    for _ in range(20):
        ears.accept(np.zeros(320, dtype=np.int16))
    heard = [r for at in range(0, len(sound), 320) for r in ears.accept(sound[at : at + 320])] + [*ears.flush()]
    assert [r.text for r in heard if isinstance(r, Utterance)] == ["easier", "how many left", "resume"]
    assert ears.pid != first and [trouble.lasting for trouble in ears.troubles()] == [False, False]


def handles() -> int:
    return len([*Path("/proc/self/fd").iterdir()]) if sys.platform.startswith("linux") else 0


def test_nothing_is_left_of_a_hundred_processes() -> None:
    idle = (sys.executable, "-S", "-c", "import os; os.write(1, b'A' + bytes(4)); os.read(0, 1)")
    before, threads = handles(), threading.active_count()
    for _ in range(100):
        link = ProcessLink(idle)
        assert link.answer(20.0) == b"" and link.pid
        link.close()
        link.close()
        with pytest.raises(ChildProcessError):  # no zombie, either
            os.waitpid(link.pid, os.WNOHANG)
    assert (handles(), threading.active_count()) == (before, threads)


def test_a_process_that_ends_tells_how() -> None:
    for code, crashed in (("raise SystemExit(3)", False), ("import os; os.abort()", True)):
        link = ProcessLink((sys.executable, "-S", "-c", code))
        ended = link.answer(20.0)
        assert isinstance(ended, Ended) and ended.crashed is crashed
        link.close()
    link = ProcessLink(("/nowhere/at/all",))
    ended = link.answer(20.0)
    assert isinstance(ended, Ended) and "cannot be started" in ended.why
    link.close()


def test_one_that_is_closed_before_it_was_started_has_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[threading.Thread] = []
    with monkeypatch.context() as patch:
        patch.setattr(threading.Thread, "start", lambda thread: begun.append(thread))
        link = ProcessLink(("/nowhere/at/all",))
    link.kill()
    begun[0].start()
    assert link.answer(20.0) == Ended(why="it was not wanted any more")
    assert link.pid is None
    link.close()


def test_one_that_breaks_off_within_its_answer_is_told_in_words() -> None:
    link = ProcessLink((sys.executable, "-S", "-c", "import os; os.write(1, b'A' + bytes([9, 0, 0, 0]) + b'x')"))
    ended = link.answer(20.0)
    assert isinstance(ended, Ended) and ended.why == "it ended before it answered"
    link.close()


def test_what_it_prints_is_no_answer() -> None:
    link = ProcessLink((sys.executable, "-S", "-c", "print('LOG (something)')"))
    ended = link.answer(20.0)
    assert isinstance(ended, Ended) and "no message" in ended.why
    link.close()


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="no way to wait for another's process here")
def test_it_ends_with_the_program(tmp_path: Path) -> None:
    """Also where the program is killed: its pipe ends."""
    program = (
        "import sys; from voice_coach.speech.ears_process import ProcessEars, wire; "
        f"ears = ProcessEars(wire.Wanted(engine='vosk', model={str(MODEL)!r}, phrases=('pause',))); "
        "ears.wait_until_open(); print(ears.pid, flush=True); sys.stdin.read()"
    )
    with subprocess.Popen((sys.executable, "-c", program), stdin=subprocess.PIPE, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        end = os.pidfd_open(int(parent.stdout.readline()))
        try:
            parent.kill()
            assert select.select([end], [], [], 20.0)[0]
        finally:
            os.close(end)
