"""When the person is told that she was not understood: rarely, and not when others talk."""

from __future__ import annotations

import pytest

from tests.hearing.scene import LOUD, commands, decided, so_far, sound, unclear, whole
from voice_coach.audio.mixer import Audible
from voice_coach.hearing import Rules
from voice_coach.speech.ears import Report

RULES = Rules()
AFTER = RULES.unclear_after


def said(start: int, end: int, text: str = "[unk]") -> list[tuple[int, Report]]:
    return [so_far(start + 200, text), whole(end + 500, start, end, text)]


def test_something_like_a_command_that_stands_alone() -> None:
    assert unclear(decided(said(1_000, 1_600), [(1_000, 1_600)])) == [1_600 + AFTER]
    assert unclear(decided(said(1_000, 1_600, "easier slower"), [(1_000, 1_600)])) == [1_600 + AFTER]


@pytest.mark.parametrize("span", [(1_000, 1_000 + RULES.unclear[0] - 20), (1_000, 1_020 + RULES.unclear[1])])
def test_too_short_or_too_long_for_a_command(span: tuple[int, int]) -> None:
    assert unclear(decided(said(*span), [span])) == []


def test_too_soft_to_be_meant_for_the_coach() -> None:
    mic = sound([(1_000, 1_600)], level=0.004, noise=0.001)
    assert unclear(decided(said(1_000, 1_600), mic=mic)) == []
    assert unclear(decided(said(1_000, 1_600), mic=sound([(1_000, 1_600)], level=LOUD, noise=0.001))) != []


def test_talk_before_or_after_it_is_talk() -> None:
    first, second = said(1_000, 1_600), said(2_000, 2_600)
    assert unclear(decided([*first, *second], [(1_000, 1_600), (2_000, 2_600)])) == []


def test_many_in_a_short_time_are_the_television() -> None:
    spans = [(500 + 1_800 * n, 1_000 + 1_800 * n) for n in range(8)]
    reports = [report for span in spans for report in said(*span)]
    found = decided(reports, mic=sound(spans, length=16_000))
    assert len(unclear(found)) == 2  # the first two might have been she


def test_a_command_in_between_ends_the_doubt() -> None:
    reports = [*said(1_000, 1_600), whole(2_200, 1_800, 2_100, "easier")]
    found = decided(reports, [(1_000, 1_600), (1_800, 2_100)])
    assert len(commands(found)) == 1 and unclear(found) == []


def test_beside_the_coachs_voice_it_may_be_the_coach() -> None:
    coach = Audible(text="one, up", started_ms=1_500, ends_ms=2_000)
    assert unclear(decided(said(1_000, 1_600), [(1_000, 1_600)], coach=[coach])) == []


def test_the_coachs_own_word_is_not_to_be_doubted() -> None:
    coach = Audible(text="Or say stop.", started_ms=600, ends_ms=1_600)
    assert unclear(decided(said(1_000, 1_600, "stop"), [(1_000, 1_600)], coach=[coach])) == []
