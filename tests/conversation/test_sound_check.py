""" "Say pause when you hear me": heard, asked again, keys, words that cannot wait, and that she is recorded."""

from __future__ import annotations

import pytest

from voice_coach import script
from voice_coach.commands import GENEROUS, PHRASES, Vocabulary
from voice_coach.conversation import SoundCheck
from voice_coach.conversation.frame import ANSWER_AFTER, ANSWER_WITHIN
from voice_coach.conversation.sound_check import URGENT
from voice_coach.session.events import (
    DISTRESS,
    Command,
    DeviceLost,
    Effect,
    End,
    Hush,
    Intent,
    Reason,
    Say,
    Sound,
    Start,
    Tone,
    Unheard,
    Via,
)
from voice_coach.session.lines import Key, Line
from voice_coach.session.segments import SENTENCE_GAP

ASKED = ANSWER_AFTER + script.estimated_ms(Line(Key.CHECK_ASK))  # by then the question has been read
TOLD = ANSWER_AFTER + script.estimated_ms(Line(Key.KEEPING)) + SENTENCE_GAP
WHOLE = 60_000  # by then it is over, whatever happens


class Talk:
    """A conversation: words at moments; `effects` is all that came of it."""

    def __init__(self, *, keeping: bool = False, ask: bool = True) -> None:
        self.check = SoundCheck(script.estimated_ms, keeping=keeping, ask=ask)
        self.effects: list[Effect] = list(self.check.receive(Start(at=0)))

    def say(self, at: int, words: str, via: Via = Via.VOICE) -> list[Effect]:
        match = Vocabulary().match(words)
        assert match is not None, words
        answer = self.check.receive(match.command(at, via))
        self.effects += answer
        return answer

    def until(self, at: int) -> list[Effect]:
        later = self.check.advance(at)
        self.effects += later
        return later

    @property
    def said(self) -> list[tuple[int, Key]]:
        return [(effect.at, effect.line.key) for effect in self.effects if isinstance(effect, Say)]

    @property
    def ends(self) -> list[tuple[int, Reason]]:
        return [(effect.at, effect.reason) for effect in self.effects if isinstance(effect, End)]

    @property
    def outcome(self) -> tuple[bool, bool, bool]:
        """Over, heard, unanswered."""
        return self.check.over, self.check.heard, self.check.unanswered


@pytest.mark.parametrize("intent", sorted(set(PHRASES) - URGENT))
def test_whatever_command_is_heard_shows_that_she_is_heard(intent: Intent) -> None:
    talk = Talk()
    talk.until(ASKED)
    at = ASKED + 1_000
    assert talk.say(at, PHRASES[intent][0]) == [Hush(at=at), Sound(at=at, tone=Tone.HEARD)]
    talk.until(WHOLE)
    assert talk.said == [(ANSWER_AFTER, Key.CHECK_ASK), (at + ANSWER_AFTER, Key.CHECK_HEARD)]
    assert [reason for _, reason in talk.ends] == [Reason.COMPLETED]
    assert talk.outcome == (True, True, False)
    assert talk.check.urgent is None


def test_her_thanks_are_heard_out_before_it_is_over() -> None:
    talk = Talk()
    talk.until(ASKED)
    talk.say(ASKED, "pause")
    ended = ASKED + ANSWER_AFTER + script.estimated_ms(Line(Key.CHECK_HEARD)) + SENTENCE_GAP
    talk.until(ended - 1)
    assert not talk.check.over
    assert talk.check.deadline == ended
    talk.until(ended)
    assert talk.ends == [(ended, Reason.COMPLETED)]
    assert talk.check.deadline is None


def test_she_may_answer_before_the_question_is_over_and_only_the_first_answer_counts() -> None:
    talk = Talk()
    talk.say(1_000, "pause")
    talk.say(1_500, "louder")
    talk.until(WHOLE)
    assert [key for _, key in talk.said] == [Key.CHECK_ASK, Key.CHECK_HEARD]
    assert len(talk.ends) == 1


def test_who_does_not_answer_is_asked_once_more_and_shown_the_key() -> None:
    talk = Talk()
    talk.until(WHOLE)
    (asked, first), (again, second), (keys, third) = talk.said
    assert (first, second, third) == (Key.CHECK_ASK, Key.CHECK_AGAIN, Key.CHECK_KEYS)
    assert again - asked == script.estimated_ms(Line(Key.CHECK_ASK)) + SENTENCE_GAP + ANSWER_WITHIN
    assert keys - again == script.estimated_ms(Line(Key.CHECK_AGAIN)) + SENTENCE_GAP + ANSWER_WITHIN
    assert talk.ends == [(keys + script.estimated_ms(Line(Key.CHECK_KEYS)) + SENTENCE_GAP, Reason.NO_ANSWER)]
    assert talk.outcome == (True, False, True)


@pytest.mark.parametrize("late", [ASKED + ANSWER_WITHIN + 4_000, ASKED + 2 * ANSWER_WITHIN + 8_000])
def test_an_answer_to_the_second_question_or_after_it_counts(late: int) -> None:
    talk = Talk()
    talk.until(late)
    assert not talk.check.over
    talk.say(late, "pause")
    talk.until(WHOLE)
    assert talk.said[-1] == (late + ANSWER_AFTER, Key.CHECK_HEARD)
    assert talk.outcome == (True, True, False)


@pytest.mark.parametrize("words", [" ", "d"])
def test_a_key_ends_it_at_once_and_asks_nothing_more(words: str) -> None:
    talk = Talk()
    talk.until(ASKED)
    effects = talk.check.receive(Command(at=ASKED + 500, intent=Intent.PAUSE, via=Via.KEY, phrase=words))
    assert effects == [Hush(at=ASKED + 500), End(at=ASKED + 500, reason=Reason.ENDED)]
    assert talk.outcome == (True, False, False)
    assert talk.check.urgent is None
    assert talk.until(WHOLE) == []


@pytest.mark.parametrize("via", [Via.VOICE, Via.KEY])
@pytest.mark.parametrize("intent", sorted(URGENT))
@pytest.mark.parametrize("moment", ["recorded", "asked", "heard"])
def test_stop_and_distress_end_it_at_any_moment_and_are_for_whoever_comes_next(
    intent: Intent, via: Via, moment: str
) -> None:
    talk = Talk(keeping=True)
    at = {"recorded": 1_000, "asked": TOLD + 2_000, "heard": TOLD + 4_100}[moment]
    if moment == "heard":
        talk.say(TOLD + 4_000, "pause")
    effects = talk.say(at, PHRASES[intent][0], via)
    assert effects[-2:] == [Hush(at=at), End(at=at, reason=Reason.ENDED)]
    assert talk.check.urgent == Command(at=at, intent=intent, via=via, phrase=PHRASES[intent][0])
    assert talk.check.over
    assert not talk.check.unanswered
    assert talk.until(WHOLE) == []


def test_nothing_that_a_person_is_advised_in_is_missing_among_the_urgent() -> None:
    assert set(DISTRESS) < URGENT
    urgent = {phrase for intent in URGENT for phrase in PHRASES[intent]}
    assert set(GENEROUS) - urgent == set(PHRASES[Intent.PAUSE])


def test_ctrl_c_is_a_stop() -> None:
    talk = Talk()
    stop = Command(at=2_000, intent=Intent.STOP, via=Via.KEY, phrase="Ctrl-C")
    assert talk.check.receive(stop)[-1] == End(at=2_000, reason=Reason.ENDED)
    assert talk.check.urgent == stop


def test_what_is_not_understood_or_is_no_command_changes_nothing() -> None:
    talk, undisturbed = Talk(), Talk()
    talk.effects += talk.check.receive(Unheard(at=ASKED + 200))
    talk.effects += talk.check.receive(DeviceLost(at=ASKED + 300, what="sound device"))
    talk.until(WHOLE)
    undisturbed.until(WHOLE)
    assert talk.effects == undisturbed.effects


def test_where_it_is_over_nothing_more_is_answered() -> None:
    talk = Talk()
    talk.until(WHOLE)
    assert talk.say(WHOLE, "pause") == talk.say(WHOLE + 1, "stop") == []
    assert talk.outcome == (True, False, True)
    assert talk.check.urgent is None


def test_that_she_is_recorded_is_told_first() -> None:
    talk = Talk(keeping=True)
    talk.until(WHOLE)
    assert [key for _, key in talk.said] == [Key.KEEPING, Key.CHECK_ASK, Key.CHECK_AGAIN, Key.CHECK_KEYS]
    assert [at for at, _ in talk.said][:2] == [ANSWER_AFTER, TOLD]


def test_that_she_is_recorded_is_all_that_is_told_where_nothing_is_asked() -> None:
    talk = Talk(keeping=True, ask=False)
    assert talk.say(TOLD - 1, "pause") == [Say(at=ANSWER_AFTER, line=Line(Key.KEEPING))]
    talk.until(WHOLE)
    assert talk.said == [(ANSWER_AFTER, Key.KEEPING)]
    assert talk.ends == [(TOLD, Reason.COMPLETED)]
    assert talk.outcome == (True, False, False)


@pytest.mark.parametrize("via", [Via.VOICE, Via.KEY])
def test_neither_a_word_nor_a_key_cuts_that_short(via: Via) -> None:
    talk = Talk(keeping=True)
    talk.until(1_000)
    assert talk.say(1_500, "pause", via) == []
    assert not talk.check.heard
    talk.until(TOLD + 1_000)
    assert [key for _, key in talk.said] == [Key.KEEPING, Key.CHECK_ASK]
    assert talk.say(TOLD + 1_000, "pause", via) != []


def test_there_is_nothing_the_space_key_could_resume() -> None:
    assert not Talk().check.standing
