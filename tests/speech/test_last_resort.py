"""A voice that hangs, dies and comes back: nobody waits longer than was agreed, and it is tried again."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
import pytest

from voice_coach.audio.clip import FRAMES_PER_MS, Clip
from voice_coach.errors import EngineError
from voice_coach.speech.last_resort import Spoken
from voice_coach.speech.renderer import Renderer
from voice_coach.speech.voice_process import VoiceRefusedError

LONG_S = 30.0


@dataclass
class Engine:
    """A voice with levers: it hangs until `goes_on`, or fails with `error`; each word takes a tenth of a second."""

    name: str = "engine"
    unkept: str = ""
    error: EngineError | None = None
    goes_on: threading.Event = field(default_factory=threading.Event)
    clips: dict[str, Clip] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)
    tried: list[str] = field(default_factory=list)
    closed: bool = False

    def __post_init__(self) -> None:
        self.goes_on.set()

    def _make(self, text: str) -> Clip:
        self.tried.append(text)
        assert self.goes_on.wait(LONG_S)
        if self.error or self.closed:
            raise self.error or EngineError("The voice is closed.")
        return Clip(np.full(100 * FRAMES_PER_MS * len(text.split()), 0.1, dtype=np.float32))

    def known(self, text: str) -> bool:
        return text in self.clips or text in self.kept

    def at_hand(self, text: str) -> Clip | None:
        return self.clips.get(text)

    def ms_at_hand(self, text: str) -> int | None:
        return 100 * len(text.split()) if self.known(text) else None

    def clip(self, text: str) -> Clip:
        self.clips[text] = self._make(text)
        return self.clips[text]

    def ms(self, text: str) -> int:
        return self.clip(text).ms

    def prepare(self, texts: Iterable[str]) -> int:
        for text in texts:
            self._make(text)
            self.kept.append(text)
        return 1

    def close(self) -> None:
        self.closed = True
        self.goes_on.set()


@dataclass
class Clock:
    """A clock that is set by hand."""

    now: float = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def engine() -> Engine:
    return Engine()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@dataclass
class Told:
    """What the renderer tells, each with an event for who waits for it."""

    failures: list[str] = field(default_factory=list)
    failed: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    worked: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))

    def fail(self, error: Exception) -> None:
        self.failures.append(str(error))
        self.failed.release()

    def work(self) -> None:
        self.worked.release()


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def renderer(engine: Engine, clock: Clock, told: Told) -> Iterator[Renderer]:
    made = Renderer(engine, told.fail, told.work, again_s=(5.0, 50.0), clock=clock)
    yield made
    made.end()
    engine.close()
    made.close()


def test_what_is_due_comes_before_what_is_held_and_that_before_what_is_learnt(
    renderer: Renderer, engine: Engine, told: Told
) -> None:
    engine.goes_on.clear()
    first = renderer.ask("now")
    renderer.learn(["later", "last"])
    renderer.learn(["sooner"])
    renderer.hold(["held"])
    due = renderer.ask("due")
    assert renderer.ask("due") is due
    engine.goes_on.set()
    assert first.wait(LONG_S) and due.wait(LONG_S)
    for _ in range(6):
        assert told.worked.acquire(timeout=LONG_S)
    assert engine.tried == ["now", "due", "held", "sooner", "later", "last"]
    assert (list(engine.clips), engine.kept) == (["now", "due", "held"], ["sooner", "later", "last"])


def test_after_a_failure_nobody_waits_and_it_is_tried_again_later_and_later(
    renderer: Renderer, engine: Engine, clock: Clock, told: Told
) -> None:
    engine.error = EngineError("dead")
    assert renderer.ask("one").wait(LONG_S)
    assert told.failed.acquire(timeout=LONG_S)
    assert renderer.resting
    assert renderer.ask("two").is_set()
    assert engine.tried == ["one"]
    clock.now += 5
    assert not renderer.resting
    assert renderer.ask("three").wait(LONG_S)
    assert told.failed.acquire(timeout=LONG_S)
    clock.now += 49
    assert renderer.resting
    clock.now += 1
    engine.error = None
    assert renderer.ask("four").wait(LONG_S)
    for _ in range(4):
        assert told.worked.acquire(timeout=LONG_S)
    assert set(engine.clips) == {"one", "two", "three", "four"}  # what was missed is made when it works again
    assert told.failures == ["dead", "dead"]


def test_one_sentence_that_cannot_be_said_keeps_no_other_from_being_learnt(
    engine: Engine, clock: Clock, told: Told
) -> None:
    class Stumbles(Engine):
        def _make(self, text: str) -> Clip:
            self.error = EngineError("not this one") if text == "bad" else None
            return super()._make(text)

    stumbles = Stumbles()
    renderer = Renderer(stumbles, told.fail, told.work, again_s=(0.0,))
    renderer.learn(["bad", "good", "better"])
    for _ in range(2):
        assert told.worked.acquire(timeout=LONG_S)
    for _ in range(3):
        assert told.failed.acquire(timeout=LONG_S)
    assert stumbles.kept == ["good", "better"]
    assert stumbles.tried.count("bad") == 3
    renderer.end()
    stumbles.close()
    renderer.close()


def test_a_voice_that_hangs_ends_with_the_program(renderer: Renderer, engine: Engine, told: Told) -> None:
    engine.goes_on.clear()
    renderer.ask("one")
    renderer.end()
    engine.close()
    renderer.close()
    assert told.failures == []
    assert renderer.ask("two").is_set()


@dataclass
class Spy:
    """What is announced."""

    sentences: list[str] = field(default_factory=list)
    said: threading.Event = field(default_factory=threading.Event)

    def __call__(self, sentence: str) -> None:
        self.sentences.append(sentence)
        self.said.set()


def spoken(engine: Engine, spy: Spy, clock: Callable[[], float] = time.monotonic, again_s: float = 1_000.0) -> Spoken:
    return Spoken(engine, spy, len, again_s=(again_s,), clock=clock)  # type: ignore[arg-type]


def test_at_pace_a_voice_that_hangs_holds_nobody_and_its_clip_comes_later(engine: Engine) -> None:
    spy = Spy()
    voice = spoken(engine, spy)
    voice.keep_pace(0.0)
    engine.goes_on.clear()
    assert voice.clip("Sit tall.") is None
    assert voice.ms("Sit tall.") == len("Sit tall.")  # the estimate
    assert voice.come("Sit tall.") is None
    assert not voice.learnt(["Sit tall."])
    engine.goes_on.set()
    voice.keep_pace(LONG_S)
    assert voice.clip("And rest.") is not None
    assert voice.come("Sit tall.") is not None
    assert (voice.ms("Sit tall."), voice.ms("A third one.")) == (200, 300)
    assert voice.learnt(["Sit tall.", "And rest."])
    assert (spy.sentences, voice.news()) == ([], [])
    voice.close()


def test_in_one_second_the_loop_waits_no_longer_than_its_patience_in_all(engine: Engine) -> None:
    voice = spoken(engine, Spy())
    voice.keep_pace(0.2)
    engine.goes_on.clear()
    began = time.monotonic()
    assert [voice.clip(f"Sentence {number}.") for number in range(20)] == [None] * 20
    assert time.monotonic() - began < 2.0  # one after the other it would be four seconds
    voice.close()


@pytest.mark.parametrize("pace", [True, False])
def test_a_failure_is_said_once_noted_both_ways_and_forgotten_when_it_works(engine: Engine, pace: bool) -> None:
    spy, clock = Spy(), Clock()
    voice = spoken(engine, spy, clock, again_s=10.0)
    if pace:
        voice.keep_pace(LONG_S)
    engine.error = EngineError("The voice does not answer.")
    for _ in range(3):
        assert voice.clip("Sit tall.") is None
        assert voice.ms("Sit tall.") == len("Sit tall.")
    assert spy.said.wait(LONG_S)
    assert len(engine.tried) == 1
    engine.error = None
    assert voice.clip("Sit tall.") is None  # not yet
    clock.now += 11
    assert voice.clip("Sit tall.") is not None
    engine.error = EngineError("Again.")
    clock.now += 1
    assert voice.clip("And rest.") is None
    voice.close()
    assert spy.sentences == ["The voice does not answer. The session goes on with tones and text."]
    assert [(each.works, each.why) for each in voice.news()] == [
        (False, "The voice does not answer."), (True, ""), (False, "Again."),
    ]  # fmt: skip
    assert voice.news() == []


def test_a_cache_that_cannot_be_written_is_told_once(engine: Engine) -> None:
    spy = Spy()
    voice = spoken(engine, spy)
    engine.unkept = "Spoken sentences cannot be kept (No space left on device)."
    voice.clip("One.")
    voice.clip("Two.")
    assert spy.sentences == [engine.unkept + " They are made anew each time."]
    voice.close()


def test_ahead_of_a_session_a_dead_voice_is_said_and_a_wrong_name_is_refused(engine: Engine) -> None:
    spy = Spy()
    voice, done = spoken(engine, spy), list[str]()
    voice.prepare(["one", "two"], lambda: done.append("done"))
    voice.load(["three"])
    assert (engine.kept, list(engine.clips), done) == (["one", "two"], ["three"], ["done", "done"])
    engine.error = VoiceRefusedError("There is no such voice.")
    with pytest.raises(VoiceRefusedError):
        voice.prepare(["four"])
    engine.error = EngineError("dead")
    voice.prepare(["four", "five"])
    voice.load(["four", "five"])
    assert engine.tried == ["one", "two", "three", "four", "four"]
    assert spy.sentences == ["dead The session goes on with tones and text."]
    voice.close()
