"""Where the coach listens to its name only: what needs it, what does not, and how that is changed by voice."""

from __future__ import annotations

import pytest

from tests.hearing.scene import commands, decided, dismissed, so_far, sound, whole
from voice_coach.audio.mixer import Audible
from voice_coach.commands import PHRASES, Vocabulary
from voice_coach.hearing import Rules
from voice_coach.session.events import DISTRESS, Intent

ANSWER = Rules().answer


def said(text: str, *coach: Audible, wake: bool = True, at: int = 2_000) -> list[Intent]:
    found = decided([whole(at, at - 1_000, at - 500, text, 1.0)], coach=coach, wake=wake)
    assert bool(commands(found)) != bool(dismissed(found))
    return [intent for _, intent in commands(found)]


NAMED = [each for each in PHRASES if each not in {*DISTRESS, Intent.STOP, Intent.NAME, Intent.ANYTHING}]


@pytest.mark.parametrize("intent", NAMED)
def test_a_command_needs_the_name(intent: Intent) -> None:
    phrase = PHRASES[intent][0]
    assert said(f"coach {phrase}") == said(phrase, wake=False) == [intent]
    assert said(phrase) == []


@pytest.mark.parametrize("intent", [*DISTRESS, Intent.STOP])
def test_stop_and_distress_never_need_it(intent: Intent) -> None:
    assert said(PHRASES[intent][0]) == [intent]


def test_why_is_told() -> None:
    assert dismissed(decided([whole(2_000, 1_000, 1_500, "pause")], wake=True)) == [("pause", "without the name")]


def test_early_too() -> None:
    spans = [(1_000, 1_500)]
    assert commands(decided([so_far(1_300, "pause")], spans, wake=True)) == []
    assert [i for _, i in commands(decided([so_far(1_300, "coach pause")], spans, wake=True))] == [Intent.PAUSE]


@pytest.mark.parametrize(
    ("sentence", "answer", "intents"),
    [
        ("Do you want to end here? Say yes, or resume.", "yes", [Intent.YES]),
        ("Do you want to end here? Say yes, or resume.", "no", [Intent.NO]),
        ("Do you want to end here? Say yes, or resume.", "resume", [Intent.RESUME]),
        ("Do you want to end here? Say yes, or resume.", "skip", []),
        ("What number did you get to?", "twelve", [Intent.NUMBER]),
        ("Paused. When you want to go on, say resume.", "resume", [Intent.RESUME]),
        ("Paused. When you want to go on, say resume.", "yes", []),
        ("Take your time.", "yes", []),
    ],
)
def test_what_the_coach_has_just_asked_or_offered_is_answered_without_it(
    sentence: str, answer: str, intents: list[Intent]
) -> None:
    coach = Audible(text=sentence, started_ms=0, ends_ms=1_200)
    assert said(answer, coach, at=4_000) == intents


def test_an_answer_that_comes_late_needs_it_again() -> None:
    coach = Audible(text="Say yes?", started_ms=0, ends_ms=1_000)
    late = whole(ANSWER + 2_500, ANSWER + 1_001, ANSWER + 1_400, "yes")
    found = decided([late], mic=sound([], length=ANSWER + 3_000), coach=[coach], wake=True)
    assert dismissed(found) == [("yes", "without the name")]


def test_by_voice_it_is_asked_for_and_given_up() -> None:
    reports = [
        whole(1_000, 300, 700, "pause"),
        whole(2_000, 1_300, 1_700, "coach listen only to your name"),
        whole(3_000, 2_300, 2_700, "pause"),
        whole(4_000, 3_300, 3_700, "coach listen to everything"),
        whole(5_000, 4_300, 4_700, "pause"),
    ]
    assert commands(decided(reports)) == [
        (1_000, Intent.PAUSE), (2_000, Intent.NAME), (4_000, Intent.ANYTHING), (5_000, Intent.PAUSE)
    ]  # fmt: skip


def test_the_grammar_holds_every_phrase_with_the_name_where_it_is_asked_for() -> None:
    plain, named = Vocabulary(), Vocabulary(wake=True)
    assert set(plain.phrases) < set(named.phrases)
    for phrase in plain.phrases:
        if not phrase.startswith("coach "):
            assert f"coach {phrase}" in named.phrases
            with_name, without = named.whole(f"coach {phrase}"), plain.whole(phrase)
            assert with_name is not None and without is not None and with_name.intent is without.intent
    assert list(named.phrases) == sorted(set(named.phrases))
