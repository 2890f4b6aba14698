"""Looking back after a session: told once, corrected while it is told or just after, and never without a yes."""

from __future__ import annotations

from pathlib import Path

import pytest

from voice_coach import script
from voice_coach.conversation.looking_back import ASKS_BACK, LARGEST, Counted, LookingBack, confirming, that_was
from voice_coach.session.events import Effect, End, Hush, Intent, Reason, Record, Say, Sound, Start, Tone, Via
from voice_coach.session.lines import Key, Line

WORDS = Path(__file__).resolve().parents[2] / "models" / "coach-en" / "graph" / "words.txt"


def line(name: str, *args: str | int) -> Line:
    return Line(Key.TALK, (f"looking.{name}", *args))


TOLD = (line("sets", 12), line("more", "Chair stand", 8, 7))
ROW = Counted(name="Seated band row", reps=8)
BACK = line("instead", "Seated band row", 6, 8)
STAYS = line("stays")
OVER = 180_000  # long after everything


class Talk:
    """The conversation, with what she says at moments; `effects` is all that came of it."""

    def __init__(self, counted: Counted | None = ROW) -> None:
        self.machine = LookingBack(TOLD, counted, script.estimated_ms, "112")
        self.effects = list(self.machine.receive(Start(at=0)))

    def say(self, at: int, words: str, via: Via = Via.VOICE) -> list[Effect]:
        self.effects += self.machine.advance(at)
        match = self.machine.vocabulary.match(words)
        assert match is not None, words
        found = self.machine.receive(match.command(at, via))
        self.effects += found
        return found

    def over(self) -> list[Line]:
        """Everything that was said, to the end."""
        self.effects += self.machine.advance(OVER)
        assert self.machine.over
        return [effect.line for effect in self.effects if isinstance(effect, Say)]


def test_without_a_word_from_her_it_is_told_and_ends_after_a_few_seconds() -> None:
    talk = Talk()
    assert talk.over() == list(TOLD)
    said_until = [effect.at for effect in talk.effects if isinstance(effect, Say)][-1] + script.estimated_ms(TOLD[-1])
    (end,) = [effect for effect in talk.effects if isinstance(effect, End)]
    assert (end.reason, talk.machine.told) == (Reason.COMPLETED, None)
    assert 4_000 <= end.at - said_until <= 6_000


SIX = (
    "that was six",
    "that was six not eight",
    "That was 6, not 8.",
    "that was 6 not 9",
    "it was six",
    "six not eight",
)


@pytest.mark.parametrize("words", [*SIX, "that was only six", "make it six", "that one six"])
@pytest.mark.parametrize("at", [500, 3_000])
def test_a_correction_is_asked_back_and_counts_with_a_yes(words: str, at: int) -> None:
    talk = Talk()
    talk.say(at, words)
    assert talk.machine.asking
    talk.say(at + 6_000, "yes")
    said = talk.over()
    assert (talk.machine.told, talk.machine.ended) == (6, Reason.COMPLETED)
    assert said[-1] == BACK


@pytest.mark.parametrize("words", ["no", "not sure", "no thank you"])
def test_with_anything_but_a_yes_it_stays(words: str) -> None:
    talk = Talk()
    talk.say(500, "that was six")
    talk.say(6_000, words)
    assert talk.over()[-1] == STAYS
    assert (talk.machine.told, talk.machine.ended) == (None, Reason.COMPLETED)


def test_silence_is_asked_once_more_and_then_it_stays() -> None:
    talk = Talk()
    talk.say(500, "that was six")
    said = talk.over()
    assert (said.count(BACK), said[-1], talk.machine.told) == (2, STAYS, None)


def test_another_number_instead_of_a_yes_is_asked_back_anew() -> None:
    talk = Talk()
    talk.say(500, "that was five")
    talk.say(4_000, "that was six")
    talk.say(12_000, "yes")
    assert talk.machine.told == 6
    assert talk.over()[-2:] == [line("instead", "Seated band row", 5, 8), BACK]


def test_the_same_number_needs_no_yes_and_no_line() -> None:
    talk = Talk()
    talk.say(500, "that was eight")
    assert talk.over()[-1] == line("same", 8)
    assert talk.machine.told is None


def test_where_nothing_was_counted_she_is_told_where_it_can_be_done() -> None:
    talk = Talk(None)
    talk.say(500, "that was six")
    assert talk.over()[-1] == line("elsewhere")
    assert talk.machine.told is None


def test_a_number_alone_is_no_correction() -> None:
    for vocabulary in (that_was(), confirming()):
        assert vocabulary.match("six") is None
        assert vocabulary.match("not eight") is None
        assert vocabulary.match("was six") is None


@pytest.mark.parametrize("after", ["", "that was six"])
@pytest.mark.parametrize("words", ["stop", "end session"])
def test_stop_silences_it_at_once_and_nothing_is_corrected(after: str, words: str) -> None:
    talk = Talk()
    if after:
        talk.say(500, after)
    effects = talk.say(2_000, words)
    assert isinstance(effects[0], Hush) and talk.machine.over
    assert (talk.machine.ended, talk.machine.told) == (Reason.ENDED, None)


def test_pause_waits_with_the_correction_until_she_goes_on() -> None:
    talk = Talk()
    talk.say(500, "pause")
    assert talk.machine.standing and talk.machine.asking
    talk.effects += talk.machine.advance(100_000)
    assert not talk.machine.over
    assert talk.say(100_000, "that was six") == [Sound(at=100_000, tone=Tone.NOT_NOW)]
    talk.say(101_000, "resume")
    talk.say(102_000, "that was six")
    talk.say(108_000, "yes")
    assert talk.over()[-1] == BACK
    assert talk.machine.told == 6


def test_help_and_repeat() -> None:
    talk = Talk()
    talk.say(1_000, "help")
    assert talk.say(9_000, "repeat")
    said = talk.over()
    assert line("hint") in said
    assert said[-2:] == list(TOLD)


def test_distress_is_answered_takes_the_correction_back_and_can_be_misheard() -> None:
    talk = Talk()
    talk.say(500, "that was six")
    effects = talk.say(3_000, "i feel dizzy")
    assert any(isinstance(effect, Record) and effect.kind == "distress" for effect in effects)
    assert talk.machine.urgent is not None and talk.machine.urgent.intent is Intent.DIZZY
    assert talk.say(5_000, "that was five") == []
    talk.say(6_000, "false alarm")
    assert talk.machine.urgent is None
    said = talk.over()
    assert (said.count(BACK), talk.machine.told) == (1, None)


def test_what_is_typed_for_the_next_question_hurries_it() -> None:
    talk = Talk()
    assert not talk.machine.asking
    hurried = talk.machine.hurry()
    assert isinstance(hurried[-1], End) and talk.machine.ended is Reason.COMPLETED
    assert talk.machine.hurry() == []


def test_louder_changes_the_volume_and_nothing_else() -> None:
    talk = Talk()
    talk.say(500, "louder")
    assert talk.over() == list(TOLD)


def test_the_model_knows_every_word_that_can_be_said() -> None:
    known = {each.split(" ")[0] for each in WORDS.read_text(encoding="utf-8").splitlines()}
    said = {word for phrase in (*that_was().phrases, *confirming().phrases, *ASKS_BACK) for word in phrase.split()}
    assert said <= known
    assert "not" in known


def test_no_number_is_taken_for_the_beginning_of_a_longer_one() -> None:
    vocabulary = that_was()
    assert vocabulary.goes_on("that was twenty") and not vocabulary.goes_on("that was six")
    found = [
        vocabulary.match(f"that was {script.text(Line(Key.NUMBER, (each,))).strip('.')}")
        for each in range(1, LARGEST + 1)
    ]
    assert [match.value if match else None for match in found] == list(range(1, LARGEST + 1))
    assert all(match is not None and match.unhurried for match in found)
