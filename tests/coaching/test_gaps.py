"""What lies between sessions, also where a clock was wrong."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.safety.people import NOW, ago, incident, person, weeks_of_training
from voice_coach.coaching.gaps import Gap, gap_now, gaps
from voice_coach.person.model import Trouble


@pytest.mark.parametrize("days", [1, 20_000])  # by a right clock, and by one that began in 1970
def test_after_a_stay_in_hospital_she_begins_anew_whatever_the_clock_told(days: float) -> None:
    last = replace(weeks_of_training(12)[-1], began=ago(3), place=1)
    away = replace(incident(Trouble.HOSPITAL, days), place=2)
    assert gap_now(person(sessions=[last]), NOW) is Gap.NONE
    assert gap_now(person(sessions=[last], incidents=[away]), NOW) is Gap.RESTART


def test_what_she_trained_after_it_ends_the_gap() -> None:
    first = replace(weeks_of_training(12)[-1], began=ago(5), place=1)
    away = replace(incident(Trouble.HOSPITAL, 20_000), place=2)
    since = replace(first, id="since", began=ago(2), place=3)
    her = person(sessions=[first, since], incidents=[away])
    assert gaps(her) == (Gap.NONE, Gap.RESTART)
    assert gap_now(her, NOW) is Gap.NONE
