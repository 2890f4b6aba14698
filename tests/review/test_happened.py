"""What happened in a session: once for each stop, taken back when misheard, the most careful reading where unknown."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.journal.logs import BEGAN, write_session
from tests.review.lines import Data, record, set_of
from tests.sessions import command, tiny_plan
from voice_coach.person.model import Incident, Trouble
from voice_coach.review import known_at
from voice_coach.session.events import Intent

BACK, JOINT, SHARP = Trouble.BACK_PAIN, Trouble.JOINT_PAIN, Trouble.SHARP_PAIN


def found(tmp_path: Path, *records: tuple[str, Data]) -> Sequence[Incident]:
    record(tmp_path / "log", BEGAN, [(1_000 * at, *one) for at, one in enumerate(records, 1)])
    return known_at(tmp_path / "log").incidents


def troubles(tmp_path: Path, *records: tuple[str, Data]) -> list[Trouble]:
    return [one.trouble for one in found(tmp_path, *records)]


def said(intent: str, **more: str | int | None) -> tuple[str, Data]:
    return "distress", {"intent": intent, "exercise": "row", **more}


def pain(level: int | None, trouble: str | None) -> tuple[str, Data]:
    return "pain", {"exercise": "row", "place": "joint", "level": level, "trouble": trouble}


RESUMED: tuple[str, Data] = ("resumed", {})
MISHEARD: tuple[str, Data] = ("false alarm", {})


@pytest.mark.parametrize(
    ("intent", "trouble"),
    [
        ("emergency", Trouble.EMERGENCY),
        ("chest", Trouble.EMERGENCY),
        ("fall", Trouble.FALL),
        ("dizzy", Trouble.DIZZY),
        ("can't breathe", Trouble.BREATH),
        ("pain", BACK),
        ("joint pain", SHARP),
        ("of a later version", Trouble.EMERGENCY),
        (None, Trouble.EMERGENCY),
    ],
)
def test_what_a_word_stands_for_where_the_log_does_not_say(tmp_path: Path, intent: str, trouble: Trouble) -> None:
    (one,) = found(tmp_path, said(intent))
    assert (one.trouble, one.session, one.exercise) == (trouble, "s", "row")
    assert (one.at - BEGAN).total_seconds() == 1


def test_what_the_session_took_it_for(tmp_path: Path) -> None:
    assert troubles(tmp_path, said("pain", trouble="back pain"), RESUMED, said("fall", trouble="fall")) == [
        BACK,
        Trouble.FALL,
    ]


def test_said_again_within_one_stop_it_is_one(tmp_path: Path) -> None:
    again = [said("dizzy", trouble="dizzy")] * 3
    assert troubles(tmp_path, *again, said("chest", trouble="emergency")) == [Trouble.DIZZY, Trouble.EMERGENCY]
    assert troubles(tmp_path / "two", *again, RESUMED, *again) == [Trouble.DIZZY] * 2


def test_a_false_alarm_takes_back_what_came_since_the_plan_moved(tmp_path: Path) -> None:
    assert troubles(tmp_path, said("fall"), said("pain", trouble=None), MISHEARD, RESUMED) == []
    kept = troubles(tmp_path / "kept", pain(5, "joint pain"), RESUMED, said("chest"), MISHEARD, RESUMED)
    assert kept == [JOINT]


def test_a_false_alarm_takes_back_no_fall_of_a_while_before(tmp_path: Path) -> None:
    """She fell, and lies there; then something that sounded like pain was none."""
    events = [(1_000, *said("fall")), (41_000, *said("back pain")), (45_000, *MISHEARD)]
    record(tmp_path / "log", BEGAN, events)
    assert [one.trouble for one in known_at(tmp_path / "log").incidents] == [Trouble.FALL]


def test_a_false_alarm_takes_back_a_word_that_was_misheard_twice(tmp_path: Path) -> None:
    events = [(1_000, *said("fall")), (41_000, *said("fall")), (90_000, *MISHEARD)]
    record(tmp_path / "log", BEGAN, events)
    assert known_at(tmp_path / "log").incidents == ()


def test_pain_that_is_asked_about_is_what_the_answer_says(tmp_path: Path) -> None:
    asked = said("joint pain", trouble=None)
    (one,) = found(tmp_path / "a", asked, pain(5, "joint pain"), RESUMED)
    assert (one.trouble, one.level, one.exercise) == (JOINT, 5, "row")
    assert troubles(tmp_path / "b", asked, pain(2, None), RESUMED) == []
    assert troubles(tmp_path / "c", asked, pain(None, "sharp pain")) == [SHARP]
    assert troubles(tmp_path / "d", said("pain", trouble=None), said("back pain", trouble="back pain")) == [BACK]


def test_pain_that_nobody_answered_is_read_carefully(tmp_path: Path) -> None:
    assert troubles(tmp_path / "a", said("pain", trouble=None)) == [BACK]
    assert troubles(tmp_path / "b", said("joint pain", trouble=None), RESUMED) == [SHARP]
    answer = said("dizzy", trouble="dizzy")  # to "where does it hurt?"
    assert sorted(troubles(tmp_path / "c", said("pain", trouble=None), answer)) == sorted([BACK, Trouble.DIZZY])


def test_where_no_movement_is_named_it_is_the_one_left_unfinished(tmp_path: Path) -> None:
    left = ("set", set_of("squat", completed=False))
    (one,) = found(tmp_path / "a", ("distress", {"intent": "dizzy"}), left)
    assert one.exercise == "squat"
    (one,) = found(tmp_path / "b", ("distress", {"intent": "dizzy"}), ("set", set_of("squat")))
    assert one.exercise == ""


def test_a_session_that_really_ended_in_distress(tmp_path: Path) -> None:
    log = tmp_path / "log"
    write_session(log, tiny_plan(), [command(9_000, Intent.CHEST)], name="x")
    person = known_at(log)
    assert [(one.trouble, one.session) for one in person.incidents] == [(Trouble.EMERGENCY, "x")]
    assert person.sessions[0].ended == "distress"
    write_session(log, tiny_plan(), [command(9_000, Intent.FALL), command(12_000, Intent.FALSE_ALARM)], name="y")
    assert len(known_at(log).incidents) == 1
