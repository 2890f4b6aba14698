"""Words change while somebody speaks: distress is heard to its end, an answer to what was asked before is none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pytest

from tests.hearing.scene import (
    LENGTH,
    Scripted,
    Span,
    block,
    changed,
    commands,
    dismissed,
    so_far,
    sound,
    unclear,
    whole,
)
from voice_coach.audio.clip import BLOCK_MS, FRAMES_PER_MS
from voice_coach.commands import Vocabulary, phrases_of
from voice_coach.conversation.words import ALWAYS, words_for
from voice_coach.hearing import Rules
from voice_coach.person.questions import Kind, Question
from voice_coach.session.events import Intent
from voice_coach.speech.ears import Report

RULES = Rules()
YES_NO = Vocabulary(only=phrases_of(*ALWAYS, Intent.YES, Intent.NO))
NUMBER = words_for(Question(id="feeling.good", kind=Kind.NUMBER))
SPOKEN = (1_000, 1_400)
NOISE = (900, LENGTH)


class Listening(Scripted):
    """Remembers when it was given which words."""

    def __init__(self, reports: Iterable[tuple[int, Report]] = ()) -> None:
        super().__init__(reports)
        self.given: list[tuple[int, tuple[str, ...]]] = []

    def listen_for(self, phrases: Sequence[str]) -> None:
        self.given.append((self._frames // FRAMES_PER_MS, tuple(phrases)))


def given(changes: Iterable[tuple[int, Vocabulary]], spans: Iterable[Span]) -> list[tuple[int, tuple[str, ...]]]:
    """When the ears got which words."""
    ears = Listening()
    changed(ears, sound(spans), changes)
    return ears.given


def test_in_silence_other_words_are_listened_for_at_once() -> None:
    assert given([(0, YES_NO), (1_000, NUMBER)], []) == [(0, YES_NO.phrases), (1_000, NUMBER.phrases)]


def test_what_is_being_said_is_heard_out_with_the_words_of_before() -> None:
    over = SPOKEN[1] + RULES.heard_out + BLOCK_MS
    assert given([(1_200, YES_NO)], [SPOKEN]) == [(over, YES_NO.phrases)]
    assert given([(1_500, YES_NO), (1_700, NUMBER)], [SPOKEN]) == [(over, NUMBER.phrases)]


def test_where_it_is_never_quiet_they_wait_no_longer_than_two_seconds() -> None:
    assert given([(1_200, YES_NO)], [NOISE]) == [(1_200 + RULES.other_words, YES_NO.phrases)]
    assert given([(1_200, YES_NO), (3_000, NUMBER)], [NOISE]) == [(1_200 + RULES.other_words, NUMBER.phrases)]


def test_words_that_are_back_before_they_were_gone_are_not_begun_anew() -> None:
    assert given([(1_200, YES_NO), (1_300, Vocabulary())], [SPOKEN]) == []


@pytest.mark.parametrize("words", ["dizzy", "stop", "pause"])
def test_what_must_not_be_missed_counts_though_it_was_begun_before(words: str) -> None:
    reports = [so_far(1_250, words), whole(2_000, *SPOKEN, words, 1.0)]
    (found,) = commands(changed(Listening(reports), sound([SPOKEN]), [(1_200, YES_NO)]))
    assert found[0] == block(SPOKEN[1] + RULES.generous.quiet)


def test_distress_inside_of_talk_counts_though_it_was_begun_before() -> None:
    reports = [whole(1_900, *SPOKEN, "[unk] my chest hurts", 1.0)]
    found = changed(Listening(reports), sound([SPOKEN]), [(1_200, YES_NO)])
    assert commands(found) == [(1_900, Intent.CHEST)]


@pytest.mark.parametrize("words", ["yes", "seven", "skip"])  # known to both, to the old words only, to neither
def test_an_answer_to_what_was_asked_before_is_none_to_what_is_asked_now(words: str) -> None:
    reports = [so_far(1_250, words), whole(1_800, *SPOKEN, words, 1.0)]
    found = changed(Listening(reports), sound([SPOKEN]), [(1_200, YES_NO)], first=NUMBER)
    assert (commands(found), unclear(found)) == ([], [])
    assert dismissed(found) == [(words, "begun before its words counted")]


def test_an_answer_that_was_begun_after_it_counts_though_the_ears_have_the_words_of_before() -> None:
    reports = [so_far(1_650, "yes"), whole(2_300, 1_500, 1_800, "yes", 1.0)]
    ears = Listening(reports)
    found = changed(ears, sound([(1_000, 1_180), (1_500, 1_800)]), [(1_200, YES_NO)], first=NUMBER)
    assert [intent for _, intent in commands(found)] == [Intent.YES]
    assert ears.given[0][0] > commands(found)[0][0]
