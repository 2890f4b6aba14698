"""Whoever nothing is known of gets the most careful movements; others only when they ask for them, and it is logged."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.cli.home import Done, Home
from voice_coach.cli.common import offered
from voice_coach.journal import load
from voice_coach.routine import Tier


def test_a_routine_that_is_not_for_everyone_does_not_begin(home: Home, coach: Callable[..., Done]) -> None:
    done = coach("run", "impact ladder", "--text")
    assert (done.code, done.out) == (1, "")
    assert done.err.splitlines() == [
        "Impact ladder is not for everyone (Heel drop, Small jump); "
        "if a doctor or physiotherapist has agreed to it, use --tier low."
    ]
    assert not home.log.exists()


def test_it_begins_where_that_was_asked_for_and_the_log_says_so(home: Home) -> None:
    done = home.spawn("run", "impact ladder", "--text", "--tier", "low", stdin="stop\nyes\n")
    assert done.code == 0, done.err
    start = load(home.log).find("last").entries[0].fields
    assert (start["type"], start["setup"]["tier"]) == ("start", "low")


@pytest.mark.parametrize("tier", Tier)
def test_the_menu_holds_what_the_tier_may_do(tier: Tier) -> None:
    found, problems = offered(tier)
    assert problems == []
    ids = {routine.id for routine in found}
    assert ("impact_ladder" in ids) == (tier is Tier.LOW)
    assert {"first_taste", "first_week_chair", "gentle_mobility", "bone_snack_10", "posture_back"} <= ids


def test_a_tier_that_there_is_not_is_a_wrong_command_line(coach: Callable[..., Done]) -> None:
    assert coach("run", "impact ladder", "--tier", "brave").code == 2
