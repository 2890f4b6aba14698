"""Where routines and exercises are looked for, by which names, and what one broken file does to the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.routine.home import Home, command_in
from tests.routine.test_rules import CHAIR
from voice_coach.errors import ProblemsFound
from voice_coach.paths import shipped
from voice_coach.routine import check_files, find, list_routines, spoken, standard_folders
from voice_coach.routine.wording import listed

SHIPPED = sorted(path.stem for path in shipped("routines").glob("*.yaml"))  # that they are all, test_shipped says
TITLES = listed(sorted(routine.title for routine in list_routines([shipped("routines")])[0]))
DAY = """\
title: {title}
blocks:
  - name: Main
    items:
      - exercise: chair_stand
        reps: 8
"""


def day(title: str) -> str:
    return DAY.format(title=title)


def test_the_persons_own_folder_comes_first(home: Home) -> None:
    home.write("my_day.yaml", day("My day"))
    home.write("first_taste.yml", day("My own taste"))
    assert home.listed() == (["first_taste", "my_day", *(each for each in SHIPPED if each != "first_taste")], [])
    assert find("first_taste", home.folders).title == "My own taste"


def test_without_a_folder_of_her_own_there_are_the_shipped_ones(tmp_path: Path) -> None:
    routines, problems = list_routines([tmp_path / "none", shipped("routines")])
    assert ([routine.id for routine in routines], problems) == (SHIPPED, [])
    assert standard_folders()[1] == shipped("routines")


@pytest.mark.parametrize(
    "name",
    ["first_week_chair", "First-week chair strength", "first week  CHAIR strength", "chair strength", "Chair-Strength"],
)
def test_a_routine_answers_to_its_id_title_and_aliases(home: Home, name: str) -> None:
    assert find(name, home.folders).id == "first_week_chair"


def test_a_routine_is_found_by_its_file(home: Home) -> None:
    path = home.write("elsewhere/day.yaml", day("Far away"))
    assert find(str(path), home.folders).title == "Far away"
    assert home.refused(str(home.own / "none.yaml")) == ["none.yaml: cannot be read: no such file or directory"]


def test_exercises_beside_a_file_are_used(home: Home) -> None:
    path = home.write("elsewhere/day.yaml", day("Far away"))
    home.write("elsewhere/exercises/mine.yaml", CHAIR)
    assert find(str(path), home.folders).blocks[0].items[0].exercise.name == "My own chair stand"
    assert find("first_taste", home.folders).blocks[1].items[0].exercise.name == "Chair stand"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("chair strenth", "chair strenth: no routine has this name, did you mean chair strength"),
        ("qqq", f"qqq: no routine has this name, the routines are {TITLES}"),
        ("", f'"": no routine has this name, the routines are {TITLES}'),
    ],
)
def test_an_unknown_name(home: Home, name: str, expected: str) -> None:
    assert home.refused(name) == [expected]


def test_no_routine_at_all(tmp_path: Path) -> None:
    with pytest.raises(ProblemsFound, match=r"^day: no routine has this name$"):
        find("day", [tmp_path])


def test_a_broken_routine_hides_no_other_and_is_not_replaced_by_the_shipped_one(home: Home) -> None:
    home.write("first_taste.yaml", "title: [\n")
    home.write("my_day.yaml", day("My day").replace("reps: 8", "reps: 800"))
    said = [
        "first_taste.yaml:1: a bracket without its other half, check [ ] and { }",
        "my_day.yaml:6: reps: 800 is too many, the most is 50",
    ]
    assert home.listed() == ([each for each in SHIPPED if each != "first_taste"], said)
    assert home.refused("first_taste") == said[:1]
    assert home.refused("my day") == said[1:]
    assert home.check() == said


def test_a_name_not_found_may_be_in_a_file_that_cannot_be_read(home: Home) -> None:
    home.write("my.yaml", "title: [\n")
    assert "my.yaml:1: a bracket without its other half, check [ ] and { }" in home.refused("leg day")


def test_her_own_exercise_replaces_the_shipped_one(home: Home) -> None:
    home.write("exercises/mine.yml", CHAIR)
    assert find("first_taste", home.folders).blocks[1].items[0].exercise.name == "My own chair stand"


@pytest.mark.parametrize("flaw", ["    harder: [\n", "    mode: reps\n"])
def test_a_broken_exercise_is_not_replaced_by_the_shipped_one(home: Home, flaw: str) -> None:
    """It may be the gentler one that she needs; routines without it go on."""
    home.write("exercises/mine.yaml", CHAIR + flaw)
    usable, said = home.listed()
    assert usable == [
        each for each in SHIPPED if "chair_stand" not in (shipped("routines") / f"{each}.yaml").read_text()
    ]
    assert "gentle_mobility" in usable and "first_taste" not in usable
    assert len(said) == 1
    assert said[0].startswith("exercises/mine.yaml:7: ")
    assert home.refused("first taste") == said
    assert find("gentle_mobility", home.folders).id == "gentle_mobility"


def test_an_exercise_file_that_cannot_be_read_may_hold_any_exercise(home: Home) -> None:
    home.write("exercises/mine.yaml", CHAIR.encode("utf-16"))
    assert home.listed() == (
        [],
        ["exercises/mine.yaml:1: this file is written in UTF-16, save it as UTF-8 text"],
    )


def test_exercises_given_twice_in_one_folder(home: Home) -> None:
    home.write("exercises/a.yaml", CHAIR)
    home.write("exercises/b.yaml", "# another\n" + CHAIR)
    said = ["exercises/b.yaml:3: chair_stand is already in a.yaml:2, keep one"]
    assert home.check() == said
    assert home.check("exercises/b.yaml") == said
    assert home.check("exercises/a.yaml") == []


def test_names_that_sound_alike(home: Home) -> None:
    """Said at her own file, not at the shipped one; hers is meant when the name is called."""
    home.write("mine.yaml", day("Chair-strength"))
    said = ["mine.yaml:1: Chair-strength is also a name of shipped/first_week_chair.yaml, choose another"]
    usable, problems = home.listed()
    assert (usable, problems) == (["mine", *SHIPPED], said)
    assert home.check("mine.yaml") == said
    assert find("chair strength", home.folders).id == "mine"


def test_two_routines_of_one_folder_with_one_name(home: Home) -> None:
    home.write("a.yaml", day("Leg day"))
    home.write("b.yaml", "aliases: [leg day]\n" + day("Other day"))
    said = [f"b.yaml:1: leg day is also a name of {home.own / 'a.yaml'}, choose another"]
    assert home.check() == [line.replace(f"{home.own}/", "") for line in said]
    assert home.refused("leg day") == [line.replace(f"{home.own}/", "") for line in said]
    assert find("other day", home.folders).id == "b"


def test_two_files_with_one_stem(home: Home) -> None:
    home.write("a.yaml", day("Leg day"))
    home.write("a.yml", day("Arm day"))
    assert home.listed() == (["a", *SHIPPED], ["a.yml: a.yaml has the same name, rename one of the two"])


def test_what_is_no_routine_is_passed_over(home: Home) -> None:
    home.write("notes.txt", "{")
    home.write("._my.yaml", b"\0")
    home.write("drafts/my.yaml", "{")
    assert home.listed() == (SHIPPED, [])


def test_a_folder_that_is_a_file(home: Home) -> None:
    home.write("exercises", "hello")
    said = home.check()
    assert said == ["exercises: cannot be read: not a directory"]


def test_files_are_checked_wherever_they_lie_and_all_at_once(home: Home) -> None:
    one = home.write("a/one.yaml", "title: 1\n")
    two = home.write("a/two.yaml", "exercises: {}\n")
    problems = check_files([two, one, one], home.folders, command_in)
    assert home.said(problems) == [
        "a/one.yaml:1: blocks is missing",
        "a/one.yaml:1: title: 1 is not text, put it in quotes",
        "a/two.yaml:1: exercises: is empty, write at least one entry",
    ]


def test_a_shipped_file_is_checked_by_its_own_path() -> None:
    paths = sorted(shipped("routines").glob("*.yaml"))
    assert check_files(paths, [shipped("routines")], command_in) == []


def test_names_as_they_sound() -> None:
    assert spoken("  Ten-minute “bone” snack!") == "ten minute bone snack"
    assert spoken("What's_next") == "whats next"
