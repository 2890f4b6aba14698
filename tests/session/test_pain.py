"""Pain: one question where, one how strong, and what follows; where nothing is answered, the careful side."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.session.build import (
    CHAIR,
    ROW,
    STAND,
    Run,
    command,
    heard,
    item,
    lines,
    plan,
    reps,
    run,
    said,
    seconds,
    words,
)
from voice_coach.commands import PHRASES
from voice_coach.session.events import Hush, Intent, Priority, Reason, Say
from voice_coach.session.lines import Key
from voice_coach.session.pain import JOINTS
from voice_coach.session.state import Place

TWO = plan(item(CHAIR, reps(8), sets=2, rest=60_000), item(STAND, seconds(30), rest=20_000))
NO_LADDER = plan(item(ROW, reps(8), sets=2, rest=60_000, each_side=False), item(STAND, seconds(30)))


def pains(done: Run) -> list[dict[str, object]]:
    """What the log says of pain, the exercise apart."""
    found = [dict(record.data) for record in done.records("pain")]
    return [{key: value for key, value in data.items() if key != "exercise"} for data in found]


def spoken(done: Run, after: int) -> list[Key]:
    return [each.effect.line.key for each in heard(done.effects) if isinstance(each.effect, Say) and each.at > after]


def test_pain_without_a_place_is_asked_about_twice_and_then_taken_for_the_back() -> None:
    assert [line[:60] for line in said(TWO, "51s it hurts", start=51, end=75)] == lines(
        """
        51.00 [distress]
        51.30 Is it your back, your chest, or a joint?
        63.55 Is it your back, your chest, or a joint?
        """
    )
    left = run(TWO, words("51s it hurts"), until=300_000)
    assert left.session.place is Place.DISTRESS
    assert pains(left) == [{"place": None, "level": None, "trouble": "back pain", "action": "advice"}]
    assert spoken(left, 70_000)[:2] == [Key.ADVICE_PAIN, Key.ADVICE_PAIN]


@pytest.mark.parametrize(("answer", "place"), [("my back", "back"), ("not sure", None), ("no", None)])
def test_the_back_and_whatever_is_not_sure_get_the_advice_and_no_more_training(answer: str, place: str | None) -> None:
    told = run(TWO, words("51s it hurts", f"54s {answer}", "120s resume", "130s skip"), until=200_000)
    assert told.session.place is Place.DISTRESS
    assert pains(told) == [{"place": place, "level": None, "trouble": "back pain", "action": "advice"}]
    assert spoken(told, 54_000)[0] is Key.ADVICE_PAIN


@pytest.mark.parametrize(("answer", "key"), [("chest", Key.ADVICE_EMERGENCY), ("dizzy", Key.ADVICE_DIZZY)])
@pytest.mark.parametrize("first", ["it hurts", "my knee hurts"])
def test_a_more_urgent_word_in_a_question_gets_its_own_advice(first: str, answer: str, key: Key) -> None:
    told = run(TWO, words(f"51s {first}", f"54s {answer}"), until=60_000)
    assert told.session.place is Place.DISTRESS
    assert Hush(at=54_000) in told.effects and spoken(told, 54_000) == [key]
    assert not pains(told)


def test_the_back_is_known_without_a_question() -> None:
    told = run(TWO, words("51s my back hurts"), until=60_000)
    assert spoken(told, 51_000) == [Key.ADVICE_PAIN] and told.session.place is Place.DISTRESS


@pytest.mark.parametrize("joint", JOINTS)
def test_a_joint_is_asked_straight_how_strong(joint: str) -> None:
    told = run(TWO, words(f"51s my {joint} hurts", "55s two"), until=60_000)
    assert spoken(told, 51_000) == [Key.ASK_STRENGTH, Key.PAIN_RESTING]
    assert pains(told) == [{"place": joint, "level": 2, "trouble": None, "action": "paused"}]
    asked = run(TWO, words("51s it hurts", f"54s my {joint}", "58s two"), until=60_000)
    assert spoken(asked, 51_000) == [Key.ASK_WHERE, Key.ASK_STRENGTH, Key.PAIN_RESTING]
    assert pains(asked) == pains(told)


def test_the_questions_are_heard_above_all_else() -> None:
    asked = run(TWO, words("51s it hurts", "54s a joint"), until=90_000)
    said_after = [effect for effect in asked.effects if isinstance(effect, Say) and 51_000 < effect.at < 78_000]
    assert len(said_after) == 3 and {effect.priority for effect in said_after} == {Priority.SAFETY}


@pytest.mark.parametrize("answer", ["six", "ten", "it's sharp", "not sure", "no", None])
def test_a_strong_pain_or_one_without_a_number_ends_the_movement_and_waits_for_resume(answer: str | None) -> None:
    answers = [f"55s {answer}"] if answer else []
    told = run(TWO, words("51s my knee hurts", *answers), until=100_000)
    assert told.session.place is Place.PAUSED and told.session.exercise() == "stand"
    (pain,) = pains(told)
    assert (pain["trouble"], pain["action"]) == ("sharp pain", "left out")
    assert pain["level"] == {"six": 6, "ten": 10}.get(answer or "")
    assert [(r.data["set"], r.data["done_reps"], r.data["skipped"]) for r in told.sets] == [(1, 4, False), (2, 0, True)]
    assert Key.PAIN_LEFT_OUT in spoken(told, 51_000)
    again = run(TWO, words("51s my knee hurts", *answers, "100s resume", "104s go back"), until=110_000)
    assert again.session.exercise() == "stand" and again.session.place is Place.PREPARE


def test_a_movement_that_comes_again_later_is_left_out_there_too() -> None:
    again = plan(item(CHAIR, reps(3), rest=20_000), item(STAND, seconds(10), rest=20_000), item(CHAIR, reps(3)))
    told = run(again, words("45s my hip hurts", "48s seven", "60s resume"))
    done = [(r.data["exercise"], r.data["skipped"]) for r in told.sets]
    assert done == [("chair", False), ("stand", False), ("chair", True)]
    assert Key.NEXT_END in spoken(told, 60_000) and Key.NEXT_EXERCISE not in spoken(told, 60_000)
    assert told.end is not None and told.end.reason is Reason.COMPLETED


def test_what_is_left_of_the_session_is_told_without_what_is_left_out() -> None:
    told = run(TWO, words("51s my knee hurts", "55s eight"), until=56_000).session
    alone = run(plan(item(STAND, seconds(30), rest=20_000)), until=0).session
    assert abs(told.remaining() - alone.remaining()) < 10_000


def test_nothing_is_left_when_the_only_movement_hurts() -> None:
    only = run(plan(item(CHAIR, reps(8))), words("51s my knee hurts", "55s eight"))
    assert only.end is not None and only.end.reason is Reason.COMPLETED
    assert spoken(only, 55_000) == [Key.SUMMARY]


@pytest.mark.parametrize("level", ["four", "five"])
def test_a_notable_pain_makes_it_one_rung_easier_once_and_then_leaves_it_out(level: str) -> None:
    first = ("51s my knee hurts", f"55s {level}")
    told = run(TWO, words(*first), until=80_000)
    assert told.session.place is Place.PAUSED and told.session.exercise() == "chair"
    (pain,) = pains(told)
    assert (pain["trouble"], pain["action"]) == ("joint pain", "easier")
    (adjusted,) = told.records("adjusted")
    assert (adjusted.data["intent"], adjusted.data["rung_before"], adjusted.data["rung"]) == ("joint pain", 0, -1)
    (line,) = [e.line for e in told.effects if isinstance(e, Say) and e.line.key is Key.PAIN_EASIER]
    assert line.args == ("Use both hands.",)
    twice = run(TWO, words(*first, "80s resume", "90s my knee hurts", "93s four"), until=120_000)
    assert [pain["action"] for pain in pains(twice)] == ["easier", "left out"]
    assert twice.session.exercise() == "stand"


@pytest.mark.parametrize(
    "what", [NO_LADDER, plan(item(CHAIR, reps(8), rung=-2), item(STAND, seconds(30)))], ids=["no ladder", "lowest"]
)
def test_where_nothing_is_easier_a_notable_pain_ends_the_movement(what: object) -> None:
    told = run(what, words("51s my knee hurts", "55s four"), until=80_000)  # type: ignore[arg-type]
    assert [(pain["trouble"], pain["action"]) for pain in pains(told)] == [("joint pain", "left out")]
    assert told.session.exercise() == "stand" and told.session.place is Place.PAUSED


def test_from_a_harder_rung_it_is_the_standard_way_again() -> None:
    told = run(plan(item(CHAIR, reps(8), rung=1)), words("51s my knee hurts", "55s five"), until=80_000)
    (line,) = [e.line for e in told.effects if isinstance(e, Say) and e.line.key is Key.PAIN_EASIER]
    assert line.args == ("",)


def test_a_slight_pain_waits_and_goes_on_from_the_same_rep_when_she_says_so() -> None:
    told = said(TWO, "51s my knee hurts", "55s three", "70s resume", start=54, end=78)
    assert told == lines(
        """
        55.00 [pain]
        55.40 Noted. Rest as long as you like. When you want to go on, say resume.
        70.00 [resumed]
        70.25 All right then.
        71.80 three
        72.80 two
        73.80 one
        74.80 five
        """
    )


def test_numbers_beyond_ten_are_no_answer() -> None:
    told = run(TWO, words("51s my knee hurts", "55s twenty"), until=60_000)
    assert told.session.place is Place.STRENGTH and len(told.records("refused")) == 1


@pytest.mark.parametrize("word", ["pain", "my shoulder hurts"])
def test_more_words_of_pain_do_not_put_the_answer_off(word: str) -> None:
    told = run(TWO, words("51s my knee hurts", f"54s {word}", f"65s {word}"), until=100_000)
    assert len(told.records("distress")) == 3
    assert [pain["place"] for pain in pains(told)] == ["knee"]


def test_repeat_asks_the_same_question_again() -> None:
    for first, key in (("it hurts", Key.ASK_WHERE), ("my knee hurts", Key.ASK_STRENGTH)):
        assert spoken(run(TWO, words(f"51s {first}", "60s repeat"), until=61_000), 60_000) == [key]


def test_a_false_alarm_in_a_question_waits_for_resume() -> None:
    cleared = run(TWO, words("51s it hurts", "54s false alarm"), until=90_000)
    assert cleared.session.place is Place.PAUSED and not pains(cleared)


@pytest.mark.parametrize(
    ("first", "trouble"), [("it hurts", "back pain"), ("my knee hurts", "sharp pain")], ids=["where", "strength"]
)
def test_ending_in_a_question_is_logged_as_the_careful_answer(first: str, trouble: str) -> None:
    ended = run(TWO, words(f"51s {first}", "54s end session"))
    assert ended.end is not None and (ended.end.reason, ended.end.at) == (Reason.DISTRESS, 54_000)
    assert [(pain["trouble"], pain["action"]) for pain in pains(ended)] == [(trouble, "ended")]


def test_stop_silences_the_question_and_it_still_comes_again() -> None:
    hushed = run(TWO, words("51s it hurts", "52s stop"), until=66_000)
    assert Hush(at=52_000) in hushed.effects and spoken(hushed, 52_000) == [Key.ASK_WHERE]


def test_while_a_set_is_prepared_or_rested_after_it_is_that_movement() -> None:
    preparing = run(TWO, words("30s my knee hurts", "33s seven"), until=40_000)
    assert [r.data["skipped"] for r in preparing.sets] == [True, True]
    resting = run(TWO, words("100s my knee hurts", "103s seven"), until=110_000)
    assert [r.data["skipped"] for r in resting.sets] == [False, True]
    assert preparing.session.exercise() == resting.session.exercise() == "stand"


def test_pain_during_the_last_words_is_logged_and_they_are_said_again() -> None:
    ended = run(TWO, words("51s stop", "52s yes", "53s my knee hurts", "56s eight"))
    assert [(r.data["exercise"], r.data["level"]) for r in ended.records("pain")] == [("", 8)]
    assert ended.end is not None and ended.end.reason is Reason.ENDED


def test_answers_about_pain_mean_nothing_elsewhere() -> None:
    for intent in (Intent.MY_BACK, Intent.JOINT, Intent.SHARP):
        for at in (10_000, 51_000, 100_000):
            told = run(TWO, [command(at, intent)], until=at + 1_000)
            assert [record.kind for record in told.records("refused")] == ["refused"]


def test_every_joint_can_be_named_in_the_answer() -> None:
    for joint in JOINTS:
        assert f"my {joint}" in PHRASES[Intent.JOINT] and f"my {joint} hurts" in PHRASES[Intent.JOINT_PAIN]


def test_the_next_set_that_is_left_out_was_not_promised() -> None:
    chair, stand = item(CHAIR, reps(3), rest=30_000), item(STAND, seconds(10), rest=30_000)
    other = item(replace(ROW, id="other", name="Other"), reps(3), each_side=False)
    circuit = plan(chair, stand, chair, other)
    told = run(circuit, words("45s my hip hurts", "48s seven", "60s resume"))
    nexts = [e.line.args[0] for e in told.effects if isinstance(e, Say) and e.line.key is Key.NEXT_EXERCISE]
    assert nexts == ["Tandem stand", "Other"]
