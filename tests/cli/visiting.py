"""A whole visit on virtual time: the real conversations and the real log; she types as soon as she is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from tests.coaching.build import LIBRARY
from tests.review.lines import tell
from voice_coach import script
from voice_coach.audio.clip import Clip
from voice_coach.audio.mixer import Mixer
from voice_coach.audio.room import NullRoom
from voice_coach.cli.common import vocabulary
from voice_coach.cli.conversations import Conversations
from voice_coach.cli.interrupts import Interrupts
from voice_coach.cli.memory import Memory
from voice_coach.cli.unasked import refuse_who_waits, unasked
from voice_coach.cli.visit import Made, Visit
from voice_coach.conversation.interview import line
from voice_coach.journal import Journal, Setup
from voice_coach.live import Studio
from voice_coach.measures import MEASURES
from voice_coach.perform import perform
from voice_coach.person.lines import CONSENT
from voice_coach.person.model import Answered, Form, Person
from voice_coach.review import known_at
from voice_coach.routine import Routine
from voice_coach.safety import about, screening
from voice_coach.session.lines import Key, Line
from voice_coach.speech.canceller import NoCanceller
from voice_coach.speech.ears import NoEars
from voice_coach.studio import TextVoice

# By the id of a question (str) or its Line: what she types each time, or the first time, the second and so on.
Answers: TypeAlias = "Mapping[Any, str | tuple[str, ...]]"  # a mapping of either is none of both to a type checker
LONGEST_MS = 15 * 60_000  # no visit of a test lasts longer
WHICH = Line(Key.MENU_ASK)

# What somebody answers who is well and lives alone with a phone.
WELL: Answers = {
    "disclaimer.agree": "yes",
    **dict.fromkeys((question.id for question in about.QUESTIONS), "skip"),
    **dict.fromkeys((question.id for question in screening.QUESTIONS), "no"),
    **dict.fromkeys(("screening.bones", "screening.falls"), "zero"),
    **dict.fromkeys(("screening.floor", "screening.near"), "yes"),
    "daily.new": "no",
    **dict.fromkeys((f"measures.offer_{test}" for test in MEASURES), "no"),
    "feeling.next_day": "two",
    "feeling.joints": "zero",
    "feeling.good": "eight",
    "feeling.sure": "seven",
}


class Coach(TextVoice):
    """Remembers what was said, with nobody to hear it."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def clip(self, text: str) -> Clip:
        self.said.append(text)
        return super().clip(text)


class Typist:
    """Types her answer when its question is said; to what she has no answer for she says nothing."""

    def __init__(self, coach: Coach, mixer: Mixer, answers: Answers) -> None:
        self._coach, self._mixer = coach, mixer
        self._answers = {text_of(asked): typed for asked, typed in answers.items()}
        self._asked: Counter[str] = Counter()
        self._read = 0

    def poll(self) -> list[str]:
        assert self._mixer.now_ms < LONGEST_MS, self._coach.said[-5:]
        fresh, self._read = self._coach.said[self._read :], len(self._coach.said)
        return [typed for text in fresh if (typed := self._answer(text))]

    def _answer(self, text: str) -> str:
        typed = self._answers.get(text, "")
        self._asked[text] += 1
        return typed if isinstance(typed, str) else typed[min(self._asked[text], len(typed)) - 1]


@dataclass(frozen=True, kw_only=True)
class Visited:
    """What came of a visit: all that the coach said, what is trained, and what the log knows now."""

    said: Sequence[str]
    made: Made | None
    person: Person

    def heard(self, asked: str | Line) -> int:
        """How often a sentence was said, by its id or its line."""
        return self.said.count(text_of(asked))


@dataclass
class Home:
    """One log, visit after visit."""

    log: Path
    routines: Sequence[Routine] = field(default_factory=tuple)

    def visit(self, at: datetime, wanted: Routine | None = None, *, trains: bool = False, **changed: str) -> Visited:
        """A visit that begins at `at`; `changed` answers have "__" for the dot. With `trains` up to its last word."""
        return self.answering(at, {name.replace("__", "."): typed for name, typed in changed.items()}, wanted, trains)

    def answering(self, at: datetime, changed: Answers, wanted: Routine | None = None, trains: bool = False) -> Visited:
        """The same, where a sentence that is answered is told by its line."""
        with _Open(self.log, at, {**WELL, **changed}) as (visit, studio, journal, coach):
            made = visit.begin(wanted, self.routines)
            if made and trains:
                left = made.left.session if made.left else ""
                setup = Setup(
                    program="test", mode="run", tier=made.tier.value, phase=made.phase, deload=made.deload, resumes=left
                )
                perform(made.plan, studio, journal, setup, coach.ms, lambda _session: [], _failed)
                visit.end()
        return Visited(said=coach.said, made=made, person=known_at(self.log))

    def afterwards(self, at: datetime, changed: Answers | None = None) -> Visited:
        """Only what comes after the session that is the last in the log."""
        with _Open(self.log, at, {**WELL, **(changed or {})}) as (visit, _studio, _journal, coach):
            visit.end()
        return Visited(said=coach.said, made=None, person=known_at(self.log))

    def unasked(self, at: datetime, answers: Answers, *, check: bool = False) -> Visited:
        """A choice without questions, with `check` after the sound check; CoachError where training waits."""
        refuse_who_waits(self.log, at)
        opened = _Open(self.log, at, answers)
        with opened as (_visit, studio, _journal, coach):
            studio.listen_for(vocabulary(self.routines))
            if check:
                opened.held.introduce(keeping=False, ask=True)
            made = unasked(opened.held, None, self.routines, None, opened.memory)
        return Visited(said=coach.said, made=made, person=known_at(self.log))

    def well_known(self, at: datetime, **changed: str | int) -> None:
        """She has agreed, told of herself and been screened; `changed` are answers of the screening."""
        with Journal.open(self.log, "told", lambda: at) as journal:
            journal.about(CONSENT, {"given": True})
        left_out = dict.fromkeys((question.id for question in about.QUESTIONS), "not sure")
        tell(self.log, at, Answered(at=at, form=Form.ABOUT, answers=left_out))
        self.screened(at, **changed)

    def screened(self, at: datetime, **changed: str | int) -> None:
        """She has been screened and is well; `changed` are answers."""
        numbers: dict[str, str | int] = {"bones": 0, "falls": 0, "floor": "yes", "near": "yes"}
        answers = dict.fromkeys((question.id for question in screening.QUESTIONS), "no") | {
            f"screening.{name}": answer for name, answer in (numbers | changed).items()
        }
        tell(self.log, at, Answered(at=at, form=Form.SCREENING, answers=answers))


class _Open:
    """The rooms of one visit, closed at its end."""

    def __init__(self, log: Path, at: datetime, answers: Answers) -> None:
        self._coach, self._mixer, pressed = Coach(), Mixer(), Interrupts()
        self._studio = Studio(
            room=NullRoom(), mixer=self._mixer, voice=self._coach, ears=NoEars(), canceller=NoCanceller(),
            vocabulary=vocabulary([]), typing=Typist(self._coach, self._mixer, answers), substitute=NullRoom,
            interrupts=pressed,
        )  # fmt: skip

        def now() -> datetime:
            return at + timedelta(milliseconds=self._mixer.now_ms)

        self._journal = Journal.open(log, f"{at:%Y-%m-%dT%H-%M-%S}-test", now)
        self.memory = partial(Memory, self._journal, log, now)
        self.held = Conversations(self._studio, self._coach, pressed)
        self._visit = Visit(self.held, self._studio, self.memory(), LIBRARY)

    def __enter__(self) -> tuple[Visit, Studio, Journal, Coach]:
        return self._visit, self._studio, self._journal, self._coach

    def __exit__(self, *_error: object) -> None:
        self._journal.close()


def text_of(asked: str | Line) -> str:
    """The sentence of an id, or of a line."""
    return script.text(line(asked) if isinstance(asked, str) else asked)


def _failed(error: Exception) -> None:
    pytest.fail(f"the log cannot be written: {error}")
