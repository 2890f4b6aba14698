"""The routines and exercises that travel with the program."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.routine.conftest import command_in
from voice_coach.paths import shipped
from voice_coach.routine import Exercise, Mode, Reps, Routine, Tempo, length, list_routines, spoken
from voice_coach.routine.library import load_library

FOLDERS = [shipped("routines")]
ROUTINES = {routine.id: routine for routine in list_routines(FOLDERS)[0]}
EXERCISES = load_library(FOLDERS).exercises


def spoken_texts() -> Iterator[str]:
    for exercise in EXERCISES.values():
        yield from (exercise.name, exercise.start, *exercise.cues, *exercise.equipment)
        yield from (variant.say for variant in (*exercise.easier, *exercise.harder))
    for routine in ROUTINES.values():
        yield from (routine.title, routine.purpose, *routine.aliases)
        for block in routine.blocks:
            yield from (block.name, *(item.note for item in block.items))


def test_nothing_is_wrong_with_them() -> None:
    assert list_routines(FOLDERS, command_in)[1] == []
    assert sorted(ROUTINES) == ["bone_snack_10", "first_taste", "first_week_chair", "gentle_mobility"]
    assert len(EXERCISES) == 17


def test_every_exercise_is_used_and_every_used_one_is_in_the_library() -> None:
    used = {item.exercise.id for routine in ROUTINES.values() for block in routine.blocks for item in block.items}
    assert used == set(EXERCISES)


@pytest.mark.parametrize(
    ("routine", "most", "least"), [("first_taste", 3, 2), ("bone_snack_10", 10, 7), ("first_week_chair", 20, 15)]
)
def test_they_leave_time_to_speak(routine: str, most: int, least: int) -> None:
    """Minutes of work and rest; names, positions and cues come on top of it."""
    assert least * 60_000 <= length(ROUTINES[routine]) <= most * 60_000


def test_no_text_holds_a_command_or_a_claim() -> None:
    for text in spoken_texts():
        assert command_in(text) is None, text
        claims = r"\b(treat|prevent|cure|reverse|density|stronger bones|osteoporosis|should|must|hamstring|glute)s?\b"
        assert not re.search(claims, text.casefold()), text


def test_cues_are_short_full_sentences() -> None:
    for exercise in EXERCISES.values():
        variants = [variant.say for variant in (*exercise.easier, *exercise.harder)]
        for text in (exercise.start, *exercise.cues, *variants):
            assert re.fullmatch(r"([A-Z][^.]*\. ?)+", text), text
            assert all(len(sentence.split()) <= 12 for sentence in text.split(". ")), text


def test_every_exercise_has_a_ladder_in_both_directions() -> None:
    assert all(exercise.easier and exercise.harder for exercise in EXERCISES.values())


def says(exercise: Exercise) -> list[str]:
    return [variant.say for variant in exercise.easier]


def test_the_nearest_easier_way_comes_first() -> None:
    assert says(EXERCISES["chair_stand"])[0] == "Push up with one hand on the armrest."
    assert says(EXERCISES["chair_stand"])[-1] == "Put a firm cushion on the seat."
    assert says(EXERCISES["tandem_stand"])[0] == "Put your feet together."
    assert says(EXERCISES["heel_raise"])[-1] == "Sit on your chair for this one."


def test_five_second_holds_are_counted_as_reps() -> None:
    for name in ("seated_chest_lift", "posture_reset"):
        assert EXERCISES[name].mode is Mode.REPS
        assert EXERCISES[name].tempo == Tempo(lift=1000, hold=5000, lower=1000)
    items = {item.exercise.id: item for block in ROUTINES["first_week_chair"].blocks for item in block.items}
    assert items["seated_chest_lift"].amount == Reps(count=5)


def test_names_can_be_told_apart_and_are_plain_words() -> None:
    names = [spoken(name) for routine in ROUTINES.values() for name in (routine.title, *routine.aliases)]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z]+( [a-z]+)+", name) for name in names)


def test_digests_tell_them_apart() -> None:
    digests: set[str] = {routine.digest for routine in ROUTINES.values()}
    assert len(digests) == len(ROUTINES)


def test_reading_them_again_gives_equal_values() -> None:
    again: list[Routine] = list_routines(FOLDERS)[0]
    assert {routine.id: routine for routine in again} == ROUTINES
