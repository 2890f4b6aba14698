"""A test of progress that is talked through in virtual time, and people with a past."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from voice_coach import script
from voice_coach.conversation.trial import SPOKEN_LATE, WORDS, Trial
from voice_coach.measures.battery import CHAIR_STAND
from voice_coach.measures.flows import flow
from voice_coach.person.model import Answered, Form, Measured, Person
from voice_coach.session.events import Command, Effect, End, Intent, Record, Say, Sound, Tone, Via

NOW = datetime(2026, 3, 4, 10, 0, tzinfo=timezone.utc)  # a Wednesday
STEP = 20  # as long as a block of sound


def tried(test: str, value: int, days: float, detail: str = "") -> Measured:
    """A try so many days ago."""
    return Measured(at=NOW - timedelta(days=days), test=test, value=value, detail=detail)


def somebody(*measures: Measured, age: int | None = 72) -> Person:
    """Somebody of an age with these tries behind her."""
    about = Answered(at=NOW - timedelta(days=90), form=Form.ABOUT, answers={"about.age": str(age)})
    return Person(forms=(about,) if age is not None else (), measures=measures)


class Talk:
    """A trial and everything that came of it; `now` moves on as things are said and waited for."""

    def __init__(self, test: str = CHAIR_STAND, person: Person | None = None) -> None:
        self.trial = Trial(test, flow(test, person or somebody(), NOW), script.estimated_ms)
        self.now = 0
        self.effects: list[Effect] = []

    def wait(self, ms: int) -> list[Effect]:
        """Let time pass, in blocks as the loop does."""
        came: list[Effect] = []
        until = self.now + ms
        while self.now < until:
            self.now = min(until, self.now + STEP)
            came += self.trial.advance(self.now)
        self.effects += came
        return came

    def until(self, words: str) -> None:
        """Until these words have been said; at most a quarter of an hour."""
        for _ in range(15 * 60):
            if any(words in said for said in texts(self.wait(1_000))):
                return
        raise AssertionError(f"{words!r} was not said, but {self.said[-5:]}")

    def say(self, words: str) -> list[Effect]:
        """She says it."""
        match = WORDS.match(words)
        assert match is not None, words
        return self.take(match.command(self.now))

    def press(self, intent: Intent = Intent.DONE) -> list[Effect]:
        """She presses the key for it."""
        return self.take(Command(at=self.now, intent=intent, via=Via.KEY, phrase="x"))

    def take(self, event: Command) -> list[Effect]:
        came = self.trial.receive(event)
        self.effects += came
        return came

    def begin(self) -> None:
        """Yes, ready: up to the first millisecond that is measured."""
        self.say("yes")
        for _ in range(20_000 // STEP):
            if any(isinstance(effect, Sound) and effect.tone is Tone.GO for effect in self.wait(STEP)):
                return
        raise AssertionError("no beginning was sounded")

    def hold(self, seconds: float) -> None:
        """Begin, and say "done" after so many seconds, heard as late as words are."""
        self.begin()
        self.wait(int(seconds * 1000) + SPOKEN_LATE)
        self.say("done")

    @property
    def said(self) -> list[str]:
        return texts(self.effects)

    @property
    def kept(self) -> list[tuple[object, object]]:
        """Value and detail of each try that was recorded."""
        records = [each for each in self.effects if isinstance(each, Record) and each.kind == "measured"]
        return [(record.data["value"], record.data["detail"]) for record in records]

    @property
    def ended(self) -> str:
        return next((effect.reason.value for effect in self.effects if isinstance(effect, End)), "")


def texts(effects: list[Effect]) -> list[str]:
    """What is said in them."""
    return [script.text(effect.line) for effect in effects if isinstance(effect, Say)]


def tones(effects: list[Effect]) -> list[Tone]:
    """What is sounded in them."""
    return [effect.tone for effect in effects if isinstance(effect, Sound)]
