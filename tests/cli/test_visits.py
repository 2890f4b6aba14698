"""Visits from the first word to the last, on virtual time: what is asked, what is logged, what is never reached."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.visiting import WHICH, Home, Visited, text_of
from tests.coaching.build import LIBRARY, MONDAY, ROUTINES
from tests.journal.logs import SETUP
from tests.review.lines import Data, record, set_of, tell
from voice_coach.cli.before import LATER, TEST, WEEKLY
from voice_coach.coaching import loads_to_ask
from voice_coach.coaching.ahead import told, week
from voice_coach.coaching.week import today
from voice_coach.conversation.interview import line
from voice_coach.measures import MEASURES
from voice_coach.person.model import Answered, Form, Incident, Matter, Person, Trouble
from voice_coach.routine import Exercise, Tier
from voice_coach.safety import standing
from voice_coach.safety.daily import QUESTIONS as DAILY
from voice_coach.session.lines import Key, Line

TASTE = ROUTINES["first_taste"]
DAY = timedelta(days=1)
ENDS = "end session"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "log.jsonl", tuple(ROUTINES.values()))


def trained(home: Home, at: datetime, effort: int = 4, reserve: int = 4) -> None:
    """A session of strength that was done: ten reps of the chair stand, and how hard they were."""
    told: Data = {"exercise": "chair_stand", "effort": effort, "reserve": reserve, "pain": 0}
    setup = replace(SETUP, phase="foundation")
    record(home.log, at, [(1, "set", set_of("chair_stand")), (2, "effort", told)], name=f"{at:%d}", setup=setup)


def load_question(exercise: Exercise) -> Line:
    return line("interview.load", exercise.name)


def test_a_first_start_to_the_last_word_of_the_first_session(home: Home) -> None:
    visited = home.visit(MONDAY, TASTE, trains=True)
    person = visited.person
    screening, feeling, after = (person.last(form) for form in (Form.SCREENING, Form.FEELING, Form.AFTER))
    assert visited.made is not None and visited.made.routine.id == "first_taste"
    assert person.consented is not None and person.consented.date() == MONDAY.date()
    assert person.last(Form.ABOUT) is not None
    assert screening is not None and screening.answers["screening.near"] == "yes"
    assert feeling is not None and after is not None
    assert dict(after.answers) == {"feeling.joints": 0, "feeling.good": 8, "feeling.sure": 7}
    assert [(each.routine, each.ended) for each in person.sessions] == [("first_taste", "completed")]
    assert visited.heard("interview.until_next") == 1
    assert person.incidents == ()


def test_on_the_second_day_only_the_short_questions_are_asked(home: Home) -> None:
    home.well_known(MONDAY)
    trained(home, MONDAY + timedelta(hours=1))
    visited = home.visit(MONDAY + DAY, TASTE)
    assert visited.made is not None
    assert visited.made.routine.title == TASTE.title
    daily, feeling = visited.person.last(Form.DAILY), visited.person.last(Form.FEELING)
    assert daily is not None and dict(daily.answers) == {"daily.new": "no"}
    assert feeling is not None and feeling.answers["feeling.next_day"] == 2
    assert visited.heard("daily.new") == 1
    assert visited.heard("disclaimer.agree") == visited.heard("screening.chest") == visited.heard("about.age") == 0
    again = home.visit(MONDAY + DAY + timedelta(hours=1), TASTE)
    assert again.heard("feeling.next_day") == 0


def test_without_a_yes_to_the_disclaimer_nothing_else_happens(home: Home) -> None:
    visited = home.visit(MONDAY, TASTE, disclaimer__agree="no")
    assert visited.made is None
    assert visited.said[-1] == text_of("interview.not_agreed")
    assert visited.person == Person()
    assert visited.heard("about.age") == visited.heard("screening.supervised") == visited.heard(WHICH) == 0


@pytest.mark.parametrize(("answer", "made"), [("yes", "easy_breath"), ("no", None)])
def test_an_answer_that_holds_training_leaves_nothing_but_breathing(home: Home, answer: str, made: str | None) -> None:
    visited = home.visit(MONDAY, TASTE, screening__pressure="not sure", interview__breathe=answer)
    for name in ("standing.hold", "screening.hold_pressure", "clinician.bring", "clinician.ask_train"):
        assert visited.heard(name) == 1, name
    assert visited.heard("daily.new") == visited.heard("feeling.good") == visited.heard(WHICH) == 0
    if visited.made is None:
        assert made is None
        return
    assert visited.made.routine.id == made
    assert [item.exercise.id for block in visited.made.routine.blocks for item in block.items] == ["easy_breath"]


def test_a_hold_lasts_until_a_clinicians_yes_is_stated(home: Home) -> None:
    home.well_known(MONDAY, pressure="yes")
    day_two = home.visit(MONDAY + DAY, TASTE, clinician__training="not sure", interview__breathe="no")
    assert day_two.made is None
    assert day_two.heard("clinician.not_yet") == 1
    assert day_two.heard("screening.hold_pressure") >= 1
    day_three = home.visit(MONDAY + 2 * DAY, TASTE, clinician__training="yes")
    assert day_three.made is not None and day_three.made.routine.title == TASTE.title
    assert [(each.matter, each.given) for each in day_three.person.clearances] == [(Matter.TRAINING, True)]
    assert day_three.made.tier is not Tier.LOW


def test_an_emergency_of_yesterday_locks_until_a_clinician_has_said_yes(home: Home) -> None:
    home.well_known(MONDAY)
    tell(home.log, MONDAY + DAY, Incident(at=MONDAY + DAY, trouble=Trouble.EMERGENCY))
    locked = home.visit(MONDAY + 2 * DAY, TASTE, clinician__training="no", interview__breathe="no")
    assert locked.made is None
    assert locked.heard("standing.after_emergency") >= 1
    assert locked.heard("clinician.not_yet") == 1
    assert locked.heard("daily.new") == locked.heard(WHICH) == 0
    assert locked.person.clearances == ()
    still = home.visit(MONDAY + 3 * DAY, TASTE, clinician__training="no", interview__breathe="yes")
    assert still.made is not None and still.made.routine.id == "easy_breath"
    open_again = home.visit(MONDAY + 4 * DAY, TASTE, clinician__training="yes")
    assert open_again.made is not None and open_again.made.routine.title == TASTE.title


def test_a_screening_that_is_broken_off_holds_and_is_gone_on_with(home: Home) -> None:
    broken = home.visit(MONDAY, TASTE, screening__heart="stop")
    assert broken.made is None
    begun = broken.person.last(Form.SCREENING, complete=False)
    assert begun is not None and not begun.complete and len(begun.answers) == 4
    resumed = home.visit(MONDAY + DAY, TASTE)
    assert resumed.made is not None
    assert resumed.heard("screening.resumed") == 1
    assert resumed.heard("screening.chest") == resumed.heard("about.age") == 0
    whole = resumed.person.last(Form.SCREENING)
    assert whole is not None and whole.answers.items() >= begun.answers.items()
    assert whole.answers["screening.near"] == "yes"


def test_what_she_lifts_is_asked_once_and_remembered(home: Home) -> None:
    home.well_known(MONDAY)
    routine = ROUTINES["dumbbell_a"]
    asked = {load_question(each): "two kilos" for each in loads_to_ask(routine, Person())}
    right = {line("interview.grams", 2_000): "yes"}
    first = home.answering(MONDAY + DAY, {**asked, **right}, routine)
    assert first.made is not None and asked
    assert {each.exercise: each.load.grams for each in first.person.weights} == {
        each.id: 2_000 for each in loads_to_ask(routine, Person())
    }
    second = home.answering(MONDAY + 2 * DAY, {}, routine)
    assert second.made is not None
    assert sum(second.heard(question) for question in asked) == 0


def test_a_load_she_does_not_know_is_asked_again_another_day(home: Home) -> None:
    home.well_known(MONDAY)
    routine = ROUTINES["dumbbell_a"]
    asked = {load_question(each): "not sure" for each in loads_to_ask(routine, Person())}
    for day in (1, 2):
        visited = home.answering(MONDAY + day * DAY, asked, routine)
        assert visited.made is not None
        assert all(visited.heard(question) == 1 for question in asked)
        assert visited.person.weights == ()


def test_silence_at_what_may_be_left_out_never_ends_the_visit(home: Home) -> None:
    """Facts, feelings, loads and the offer of a test: she is asked twice, and it goes on without."""
    home.well_known(MONDAY)
    trained(home, MONDAY + timedelta(hours=1))
    routine = ROUTINES["dumbbell_a"]
    loads = [load_question(each) for each in loads_to_ask(routine, Person())]
    feelings = ("feeling.next_day", "feeling.joints", "feeling.good", "feeling.sure")
    silent = {**dict.fromkeys(feelings, ""), "measures.offer_chair_stand": ""}
    visited = home.answering(MONDAY + DAY, silent, routine)
    assert visited.made is not None and visited.made.routine.title == routine.title
    assert loads and [visited.heard(each) for each in loads] == [2] * len(loads)
    assert [visited.heard(each) for each in silent] == [2] * len(silent)
    assert visited.heard("interview.left_out") == len(loads) + len(silent)
    assert visited.person.weights == () and visited.person.measures == ()
    told = visited.person.last(Form.FEELING)
    assert told is not None and set(told.answers.values()) == {"not sure"}


def test_silence_at_a_question_that_safety_needs_still_ends_it(home: Home) -> None:
    home.well_known(MONDAY)
    visited = home.visit(MONDAY + DAY, TASTE, daily__new="")
    assert visited.made is None
    assert visited.said[-1] == text_of("interview.nobody")


def test_a_test_that_is_declined_is_not_offered_for_two_weeks(home: Home) -> None:
    home.well_known(MONDAY)
    assert home.visit(MONDAY, TASTE).heard("measures.offer_chair_stand") == 0  # the first day is long enough
    trained(home, MONDAY + timedelta(hours=1))
    declined = home.visit(MONDAY + DAY, TASTE)
    assert declined.made is not None
    assert declined.heard("measures.offer_chair_stand") == 1
    (decision,) = declined.person.decisions
    assert (decision.rule, dict(decision.change), decision.accepted) == (TEST, {"test": "chair_stand"}, False)
    for days in (2, 3, 8):
        later = home.visit(MONDAY + days * DAY, TASTE)
        assert later.made is not None
        assert offers(later) == [], days
    another = home.visit(MONDAY + 9 * DAY, TASTE, measures__offer_four_stage="")  # silence is for another day, too
    assert another.made is not None
    assert set(offers(another)) == {"four_stage"}
    assert another.person.decisions[-1].accepted is None
    for days in (10, 13, 16):
        assert offers(home.visit(MONDAY + days * DAY, TASTE)) == [], days
    last = home.visit(MONDAY + max(DAY + LATER, 9 * DAY + WEEKLY) + timedelta(hours=1), TASTE)
    assert offers(last) == ["chair_stand"]


def offers(visited: Visited) -> list[str]:
    """The tests of progress that were offered, each as often as it was."""
    return [test for test in MEASURES for _ in range(visited.heard(f"measures.offer_{test}"))]


def test_a_test_is_held_and_its_number_kept_and_the_second_try_is_offered_the_next_day(home: Home) -> None:
    home.well_known(MONDAY)
    trained(home, MONDAY + timedelta(hours=1))
    answers = {
        "measures.offer_chair_stand": "yes",
        "measures.ready": "yes",
        "measures.chair.how_many": "eleven",
        line("measures.right", 11): "yes",
        "measures.chair.hands_used": "no",
        "measures.ready_second": "no",
    }
    visited = home.answering(MONDAY + DAY, answers, TASTE)
    assert visited.made is not None
    assert [(each.test, each.value, each.detail) for each in visited.person.measures] == [("chair_stand", 11, "")]
    tomorrow = home.visit(MONDAY + 2 * DAY, TASTE, measures__offer_chair_stand="no")
    assert tomorrow.heard("measures.offer_chair_stand") == 1


def test_what_shall_i_do_today_proposes_and_yes_takes_it(home: Home) -> None:
    home.well_known(MONDAY)
    now = MONDAY + DAY
    confirms = {Line(Key.CONFIRM, (each.title, minutes)): "yes" for each in home.routines for minutes in range(60)}
    loads = {load_question(each): "not sure" for each in LIBRARY.values()}
    visited = home.answering(now, {WHICH: "what shall I do today", **confirms, **loads})
    plan = today(visited.person, standing(visited.person, now), home.routines, now)
    assert visited.made is not None
    assert visited.made.routine.id == plan.options[0].routine
    assert all(visited.heard(each) == 1 for each in plan.say)


@pytest.mark.parametrize("words", ["something short", "i'm busy"])
def test_something_short_leads_to_what_the_week_offers_for_little_time(home: Home, words: str) -> None:
    home.well_known(MONDAY)
    now = MONDAY + DAY
    confirms = {Line(Key.CONFIRM, (each.title, minutes)): "yes" for each in home.routines for minutes in range(60)}
    visited = home.answering(now, {WHICH: words, **confirms})
    assert visited.made is not None and visited.made.routine.id == "bone_snack_10"
    assert visited.heard("week.snack") == 1


@pytest.mark.parametrize("words", ["what is the plan", "how does my week look"])
def test_the_week_is_told_and_she_still_chooses(home: Home, words: str) -> None:
    home.well_known(MONDAY)
    now = MONDAY + DAY
    confirms = {Line(Key.CONFIRM, (TASTE.title, minutes)): "yes" for minutes in range(60)}
    visited = home.answering(now, {WHICH: (words, TASTE.title), **confirms})
    assert visited.made is not None and visited.made.routine.title == TASTE.title
    who = standing(visited.person, now)
    lines = told(week(visited.person, who, home.routines, now), who)
    assert len(lines) >= 3 and all(visited.heard(each) == 1 for each in lines)


def test_stop_instead_of_a_choice_ends_the_visit(home: Home) -> None:
    home.well_known(MONDAY)
    visited = home.answering(MONDAY + DAY, {WHICH: "stop"})
    assert visited.made is None
    assert visited.said[-1] == text_of(Line(Key.MENU_BYE))


WEEKS = (0, 3, 7, 10, 14)  # days of training: the phase after learning, with two sessions in the week before
ASKED = line("progress.ask_reps", 12, len(WEEKS))


@pytest.mark.parametrize(("answer", "accepted"), [("yes", True), ("no", False), ("", None), ("stop", None)])
def test_a_raise_is_asked_for_after_a_session_and_the_answer_kept(
    home: Home, answer: str, accepted: bool | None
) -> None:
    """Silence and "stop" are no answer: it is asked again another time. After silence the visit goes on."""
    home.well_known(MONDAY)
    for days in WEEKS:
        trained(home, MONDAY + days * DAY)
    visited = home.afterwards(MONDAY + WEEKS[-1] * DAY + timedelta(minutes=30), {ASKED: answer} if answer else {})
    assert visited.heard(ASKED) >= 1
    assert [(each.exercise, each.rule, each.accepted) for each in visited.person.decisions] == [
        ("chair_stand", "up.reps", accepted)
    ]
    assert visited.person.last(Form.AFTER) is not None
    assert visited.heard("interview.until_next") == (answer != "stop")
    assert visited.heard("interview.left_out") == (answer == "")
    assert visited.heard("interview.declined") == (accepted is False)


def test_what_was_too_hard_is_made_easier_without_a_question(home: Home) -> None:
    home.well_known(MONDAY)
    trained(home, MONDAY + DAY, effort=9, reserve=0)
    visited = home.afterwards(MONDAY + DAY + timedelta(minutes=30))
    (decision,) = visited.person.decisions
    assert (decision.exercise, decision.accepted) == ("chair_stand", True)
    assert decision.rule.startswith("back_off")
    assert visited.heard("interview.until_next") == 1


def test_after_distress_nothing_is_asked(home: Home) -> None:
    home.well_known(MONDAY)
    record(home.log, MONDAY + DAY, [(1, "set", set_of("chair_stand"))], end=(60_000, "distress"))
    visited = home.afterwards(MONDAY + DAY + timedelta(minutes=30))
    assert visited.said == []
    assert visited.person.decisions == ()
    assert visited.person.last(Form.AFTER) is None


@pytest.mark.parametrize(
    ("asked", "words", "advice", "trouble"),
    [
        ("about.weight", "my chest hurts", "advice emergency", Trouble.EMERGENCY),
        ("screening.heart", "i fell", "advice fall", Trouble.FALL),
        ("feeling.good", "i feel dizzy", "advice dizzy", Trouble.DIZZY),
    ],
)
def test_distress_in_the_middle_of_a_form_is_answered_and_kept(
    home: Home, asked: str, words: str, advice: str, trouble: Trouble
) -> None:
    told = Line(Key(advice))
    visited = home.answering(MONDAY, {asked: words, told: ENDS}, TASTE)
    assert visited.made is None
    assert visited.heard(told) == 1
    assert visited.said[-1] == text_of(told)
    assert [each.trouble for each in visited.person.incidents] == [trouble]
    begun = visited.person.forms[-1]
    assert (begun.form.value, begun.complete) == (asked.partition(".")[0], False)


def test_distress_that_was_misheard_is_not_kept_and_the_form_goes_on(home: Home) -> None:
    told = Line(Key("advice fall"))
    visited = home.answering(MONDAY, {"screening.heart": ("i fell", "no"), told: "false alarm"}, TASTE)
    assert visited.person.incidents == ()
    assert visited.heard("screening.heart") == 2
    assert visited.made is not None


def test_distress_in_a_test_of_progress_tells_her_number_and_locks(home: Home) -> None:
    home.well_known(MONDAY)
    tell(home.log, MONDAY, Answered(at=MONDAY, form=Form.ABOUT, answers={"about.emergency": "112"}))
    trained(home, MONDAY + timedelta(hours=1))
    answers = {
        "measures.offer_chair_stand": "yes",
        "measures.ready": "chest pain",
        Line(Key.YOUR_NUMBER, ("112",)): ENDS,
    }
    visited = home.answering(MONDAY + DAY, answers, TASTE)
    assert visited.made is None
    assert visited.heard(Line(Key.YOUR_NUMBER, ("112",))) == 1
    assert [each.trouble for each in visited.person.incidents] == [Trouble.EMERGENCY]
    assert visited.person.measures == ()
    assert standing(visited.person, MONDAY + DAY + timedelta(hours=1)).locked is not None


def test_the_number_she_told_is_read_back_and_given_to_the_session(home: Home) -> None:
    answers = {"about.emergency": "one one two", line("interview.digits", "112"): "yes"}
    visited = home.answering(MONDAY, answers, TASTE)
    assert visited.made is not None and visited.made.emergency == "112"


@pytest.mark.parametrize(
    ("daily", "trouble", "urgent"),
    [("chest", Trouble.EMERGENCY, True), ("dizzy", Trouble.DIZZY, False), ("ill", Trouble.UNWELL, False)],
)
def test_what_the_daily_question_tells_is_kept_and_followed(
    home: Home, daily: str, trouble: Trouble, urgent: bool
) -> None:
    """Urgent: the advice, and nothing after it. Dizzy: breathing alone. Ill: another routine than the one wanted."""
    home.well_known(MONDAY)
    answers = dict.fromkeys((question.id for question in DAILY), "no") | {
        "daily.new": "yes", "daily.joint": "zero", f"daily.{daily}": "yes", "interview.breathe": "yes",
    }  # fmt: skip
    visited = home.answering(MONDAY + DAY, {**answers, WHICH: "stop"}, TASTE)
    assert [each.trouble for each in visited.person.incidents] == [trouble]
    assert visited.heard(f"standing.after_{trouble.name.lower()}") >= 1
    assert (visited.said[-1] == text_of("standing.after_emergency")) is urgent
    assert visited.heard("interview.breathe") == (trouble is Trouble.DIZZY)
    assert visited.heard("standing.only_gentle") == visited.heard(WHICH) == (trouble is Trouble.UNWELL)
    assert (visited.made.routine.id if visited.made else None) == ("easy_breath" if daily == "dizzy" else None)
