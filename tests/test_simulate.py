"""Scripted sessions on virtual time."""

from __future__ import annotations

import pytest

from tests.session.build import CHAIR, item, own_pace
from tests.session.build import plan as build_plan
from tests.sessions import tiny_plan
from voice_coach.commands import Vocabulary
from voice_coach.errors import ExitCode
from voice_coach.session.plan import Plan
from voice_coach.session.state import Place
from voice_coach.simulate import Said, SayError, parse_say, simulate
from voice_coach.transcript import Transcript


def told(plan: Plan, *said: str) -> list[str]:
    lines: list[str] = []
    session = simulate(plan, [parse_say(text) for text in said], Vocabulary(), [Transcript(lines.append)])
    assert session.place is Place.OVER
    return lines


@pytest.mark.parametrize(
    ("text", "at", "words"),
    [("45s pause", 45_000, "pause"), (" 1m05s  how many left ", 65_000, "how many left"), ("0.5s stop", 500, "stop")],
)
def test_a_moment_and_words(text: str, at: int, words: str) -> None:
    assert parse_say(text) == Said(at=at, words=words)


@pytest.mark.parametrize("text", ["", "pause", "45s", "45s  ", "45 pause", "1:30 pause", "-3s pause"])
def test_what_is_no_moment_with_words_is_answered_with_an_example(text: str) -> None:
    with pytest.raises(SayError, match='such as --say "45s pause"') as error:
        parse_say(text)
    assert error.value.exit_code is ExitCode.USAGE


def test_words_come_in_the_order_of_time_whatever_the_order_they_are_given_in() -> None:
    lines = told(tiny_plan(), "9s resume", "6s pause", "7s the weather")
    said = [line for line in lines if "    you  " in line or "heard" in line]
    assert said == [
        "00:06.0    you  pause",
        '00:07.0         (heard "the weather", no command)',
        "00:09.0    you  resume",
    ]
    assert lines[-1].endswith("(completed)")


def test_words_after_the_end_are_shown_as_refused() -> None:
    assert told(tiny_plan(), "10m pause")[-2:] == ["10:00.0    you  pause", "10:00.0         (pause: not now)"]


def test_a_session_that_waits_for_her_ends_when_nobody_answers() -> None:
    assert told(build_plan(item(CHAIR, own_pace(5))))[-1].endswith("(no answer)")
