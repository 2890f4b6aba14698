"""What somebody did with another program counts for the diary, and never as proof that she can do it here."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from tests.exchange.made import NOW, logged
from voice_coach.coaching.history import bouts
from voice_coach.coaching.phases import Phase, phase, week
from voice_coach.coaching.progress import proposals
from voice_coach.coaching.week_history import history, strength_possible
from voice_coach.exchange import Row, Session
from voice_coach.paths import shipped
from voice_coach.person.model import Person
from voice_coach.review import known, weeks
from voice_coach.routine.library import load_library
from voice_coach.safety import standing
from voice_coach.safety.impact import impact_allowed
from voice_coach.safety.model import Why
from voice_coach.safety.training import sessions_done, weeks_trained

LIBRARY = load_library([shipped("routines")], lambda _: None).exercises
MOVES = ("db_deadlift", "goblet_squat", "db_row", "heel_drop", "tandem_stand")


def imported(path: Path) -> Person:
    """Twenty weeks of strength, twice a week, the last of it yesterday, hard and without any pain."""
    easy = Row(name="", reps=12, grams=20_000, effort=3, reserve=4)
    rows = tuple(replace(easy, name=LIBRARY[each].name, exercise=each) for each in MOVES)
    sessions = [
        Session(began=NOW - timedelta(days=3.5 * back + 1), title="Legs", ms=3_600_000, rows=rows) for back in range(40)
    ]
    return known(logged(path, sessions[::-1], "Hevy"))


def test_she_is_screened_first_and_begins_at_learn(tmp_path: Path) -> None:
    person = imported(tmp_path / "log.jsonl")
    assert len(person.sessions) == 40 and all(one.imported for one in person.sessions)
    now = standing(person, NOW)
    assert now.due is not None and now.due.why is Why.NEVER
    assert now == replace(standing(Person(), NOW), due=now.due)
    low = replace(now, due=None, hold=())
    assert phase(person, low, NOW) in (Phase.LEARN, Phase.CAREFUL)
    assert week(person, low, NOW) == 1


def test_it_opens_no_gate_and_raises_nothing(tmp_path: Path) -> None:
    person = imported(tmp_path / "log.jsonl")
    now = replace(standing(person, NOW), due=None, hold=())
    person = replace(person, sessions=[replace(one, phase="build", ended="completed") for one in person.sessions])
    seen = replace(person, sessions=[replace(one, imported=False) for one in person.sessions])
    assert weeks_trained(seen, NOW) >= 6 and sessions_done(seen, NOW)  # the same, had the coach been there
    assert weeks_trained(person, NOW) == 0 and sessions_done(person, NOW) == []
    assert "impact.weeks" in [each.say for each in impact_allowed(person, now, NOW).missing]
    assert bouts(seen, "db_row") and bouts(person, "db_row") == ()
    assert proposals(person, now, LIBRARY, NOW) == ()


def test_what_tires_counts(tmp_path: Path) -> None:
    person = imported(tmp_path / "log.jsonl")
    done = history(person, [], NOW)
    assert len(done) == 40
    assert not strength_possible(done, NOW)  # yesterday was strength, wherever she did it


def test_the_diary_shows_it(tmp_path: Path) -> None:
    person = imported(tmp_path / "log.jsonl")
    (this,) = weeks(person, LIBRARY, (NOW - timedelta(weeks=1)).date(), 1)
    assert this.sessions == 2 and this.ms == 7_200_000
    row = next(each for each in this.lifted if each.exercise == "db_row")
    assert (row.reps, row.grams) == (24, 480_000)
