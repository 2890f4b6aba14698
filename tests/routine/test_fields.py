"""Misspelt, missing and wrong fields: each in one plain sentence, on its line, with what was probably meant."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.routine.home import Home

ItemCheck = Callable[[str], list[str]]


def test_everything_at_once_and_nothing_twice(home: Home) -> None:
    assert home.problems(
        """\
        titel: My day
        purpose: 2024
        blocks:
          - name: Main
            rounds: 0
            round_rest: 60
            items:
              - exercise: chair_stnd
                rep: 8
                rest: 1:30
              - exercize: heel_raise
                reps: 500
              - name: Towel squeeze
                cues: [Squeeze the towel.]
                reps: 10
        """
    ) == [
        "my.yaml:1: unknown field titel, did you mean title",
        "my.yaml:2: purpose: 2024 is not text, put it in quotes",
        "my.yaml:5: rounds: 0 is too few, the least is 1",
        "my.yaml:6: round_rest: 60 needs a unit, did you mean 60s",
        "my.yaml:8: there is no exercise chair_stnd, did you mean chair_stand",
        "my.yaml:9: unknown field rep, did you mean reps",
        "my.yaml:10: rest: 1:30 is not a duration, did you mean 1m30s",
        "my.yaml:11: unknown field exercize, did you mean exercise",
        "my.yaml:12: reps: 500 is too many, the most is 50",
        "my.yaml:13: start is missing",
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("sets: 0", "sets: 0 is too few, the least is 1"),
        ("sets: 11", "sets: 11 is too many, the most is 10"),
        ("sets: two", "sets: two is not a whole number, write it in digits"),
        ("sets: 3x", "sets: 3x is not a whole number, did you mean 3"),
        ("sets: 2 - 3", "sets: 2 - 3 is not a whole number, did you mean 2"),
        ("sets: 1.5", "sets: 1.5 is not a whole number, write it in digits"),
        ("sets: true", "sets: true is not a whole number, write it in digits"),
        ("sets: '2'", "sets: 2 is not a whole number, did you mean 2"),
        ("sets:", "sets: is empty, write a value or leave the line out"),
        ("sets: [2]", "sets: a list is not a whole number, write it in digits"),
        ("rest: 45", "rest: 45 needs a unit, did you mean 45s"),
        ("rest: 1:30", "rest: 1:30 is not a duration, did you mean 1m30s"),
        ("rest: 11m", "rest: 11m is too long, the most is 10m"),
        ("rest: soon", "rest: soon is not a duration, write it as 40s or 1m30s"),
        ("rest: -5", "rest: -5 needs a unit"),
        ("rest: {s: 5}", "rest: a group of fields is not a duration"),
        ("rest:", "rest: is empty, write a value or leave the line out"),
        ("each_side: no", "each_side: YAML reads a bare no as text, write false"),
        ("each_side: On", "each_side: YAML reads a bare On as text, write true"),
        ("each_side: 1", "each_side: 1 is not true or false, write true or false"),
        ("tempo: 2 1 3", "tempo: 2 1 3 is not a tempo, did you mean 2-1-3"),
        ("tempo: 2", "tempo: 2 is not a tempo, write lift-hold-lower in seconds, as in 2-1-3"),
        ("tempo: 10-5-10", "tempo: a rep of 25s cannot be counted, it lasts 1s to 20s"),
        (
            "tempo: 0-9-0",
            "tempo: lift and lower each take at least 0.5s, for one long stay write hold instead of reps",
        ),
        ("tempo: {lift: 2s}", "lower is missing"),
        ("tempo: {lift: 2, lower: 3s}", "lift: 2 needs a unit, did you mean 2s"),
        ("tempo: {lift: 2s, low: 3s}", "unknown field low, did you mean lower"),
        ("load: 3", "load: 3 needs a unit, did you mean 3kg"),
        ("load: 3 kilos", "load: 3 kilos is not a load, did you mean 3kg"),
        ("load: 80kg", "load: 80kg is no weight for this, it is 100g to 50kg"),
        ("load: true", "load: true is not a load, write it as 3kg or red band"),
        ("note: 12", "note: 12 is not text, put it in quotes"),
        ("note: ''", "note: is empty, write a text"),
        ("note: '!!'", "note: !! has no word that could be spoken"),
        ('note: "a\\u0007b"', "note: the character U+0007 cannot be spoken, delete it"),
        ("note: Skip it.", 'note: "skip" is a command, the coach would answer itself, say it another way'),
        ("note: " + "so " * 26, "note: 26 words are too many to say at once, the most is 25"),
        ("note: " + "x" * 300, "note: 300 characters are too many, the most is 200"),
        ("rests: 45s", "unknown field rests, did you mean rest"),
        ("hold: 30s", "reps and hold are given together, keep one"),
        (
            "start: Sit tall.",
            "start belongs to an exercise written in place, this one is the library's, leave start or exercise out",
        ),
    ],
)
def test_a_wrong_field_of_an_item(item: ItemCheck, line: str, expected: str) -> None:
    said = item(f"exercise: chair_stand\nreps: 8\n{line}")
    where = 5 if "together" in expected else 7
    assert said == [f"my.yaml:{where}: {expected}"]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("exercise: chair_stand", ["5: how much is missing, give one of reps, hold, time or own_pace"]),
        ("exercise: chair_stand\nrep: 8", ["6: unknown field rep, did you mean reps"]),
        ("reps: 8", ["5: exercise is missing, write exercise: and its id, or name, start and cues"]),
        ("name: Squeeze\nreps: 8", ["5: start and cues are missing"]),
        ("exercise: 5\nreps: 8", ["5: exercise: 5 is not text, put it in quotes"]),
        (
            "exercise: Chair Stand\nreps: 8",
            ["5: exercise: Chair Stand cannot be an id, use small letters, digits and _, as in chair_stand"],
        ),
        ("exercise: easy_breath\ntime: 0s", ["6: time: 0s is too short, the least is 1s"]),
        ("exercise: calf_stretch\nhold: 0.5s", ["6: hold: 0.5s is too short, the least is 1s"]),
        ("exercise: chair_stand\nown_pace: 51", ["6: own_pace: 51 is too many, the most is 50"]),
        ("5", ["5: items: 5 is not a group of fields"]),
        ("", ["5: items: is empty, write a value or leave the line out"]),
    ],
)
def test_a_wrong_item(item: ItemCheck, fields: str, expected: list[str]) -> None:
    said = item(fields)
    if fields == "exercise: Chair Stand\nreps: 8":
        said = [line for line in said if "no exercise" not in line]
    assert said == [f"my.yaml:{line}" for line in expected]


def test_an_item_written_in_place_is_checked_like_the_library(item: ItemCheck) -> None:
    assert item(
        """
        name: Towel squeeze
        start: Sit tall.
        cues:
          - Hold tight: squeeze
          - Squeeze harder now.
        easier: softer
        harder:
          - Grip: hard
          - tempo: 1-0-1
        equipment: [Towel, Towel]
        tags: [Hand Work]
        reps: 8
        """
    ) == [
        "my.yaml:8: cues: a group of fields is not text, put text with a colon in quotes",
        'my.yaml:9: cues: "harder" is a command, the coach would answer itself, say it another way',
        "my.yaml:10: easier: softer is not a list, write one entry a line, each after a dash",
        "my.yaml:12: say is missing",
        "my.yaml:12: unknown field Grip, there are say, tempo and tiers",
        "my.yaml:13: say is missing",
        "my.yaml:14: equipment: Towel is there twice, keep one",
        "my.yaml:15: tags: Hand Work is not known, there are floor_transfer, grip, impact, overhead, prone, "
        "single_leg, spinal_flexion_loaded and twisting",
    ]


def test_a_sentence_with_a_colon_becomes_a_field_and_the_hint_says_so(item: ItemCheck) -> None:
    said = item("name: Squeeze\nstart: Sit.\ncues: [Squeeze.]\nreps: 5\nharder:\n  - Hold it longer yet: five seconds")
    assert "my.yaml:10: unknown field Hold it longer yet, put text with a colon in quotes" in said


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("tiers: [hihg]", "tiers: hihg is not known, did you mean high"),
        ("tiers: high", "tiers: high is not a list, write one entry a line, each after a dash"),
        ("tiers: []", "tiers: is empty, write at least one entry"),
        ("tiers: [low, low]", "tiers: low is there twice, keep one"),
        ("minutes: 0", "minutes: 0 is too few, the least is 1"),
        ("minutes: 20m", "minutes: 20m is not a whole number, write it in digits"),
        ("times_a_week: 8", "times_a_week: 8 is too many, the most is 7"),
        (
            "times_a_week: daily",
            "times_a_week: daily cannot be how often in a week, write 2, or 2-3 for two to three",
        ),
        ("times_a_week: 3-2", "times_a_week: 3 is more than 2, did you mean 2-3"),
        ("times_a_week: 2-3", ""),
    ],
)
def test_who_may_do_a_routine_how_long_and_how_often(home: Home, line: str, expected: str) -> None:
    said = home.problems(f"title: a\n{line}\nblocks:\n  - {{name: b, items: [{{exercise: easy_breath, time: 1m}}]}}\n")
    assert said == ([f"my.yaml:2: {expected}"] if expected else [])


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("group: arms", "group: arms is not known, there are balance, legs, marching, mobility, spine and upper"),
        ("bone_sites: [hips]", "bone_sites: hips is not known, did you mean hip"),
        ("benefits: [bones]", "benefits: bones is not known, did you mean bone"),
        ("tags: [impct]", "tags: impct is not known, did you mean impact"),
        ("tiers: [lo]", "tiers: lo is not known, did you mean low"),
        ("high_note: Stop early.", 'high_note: "stop" is a command, the coach would answer itself, say it another way'),
        ("harder: [{say: Firmly., tiers: [lwo]}]", "tiers: lwo is not known, did you mean low"),
    ],
)
def test_what_an_exercise_is_and_for_whom(item: ItemCheck, line: str, expected: str) -> None:
    said = item(f"name: Squeeze\nstart: Sit.\ncues: [Squeeze.]\nreps: 5\n{line}")
    assert said == [f"my.yaml:9: {expected}"]


def test_the_top_of_a_routine(home: Home) -> None:
    assert home.problems(
        """\
        title: one two three four five six seven eight nine
        aliases: [day 3, no way, no way]
        blocks: []
        """
    ) == [
        "my.yaml:1: title: 9 words are too many to say at once, the most is 8",
        "my.yaml:2: aliases: day 3 cannot be an alias, write it in words, as it is said",
        "my.yaml:2: aliases: no way is there twice, keep one",
        "my.yaml:3: blocks: is empty, write at least one entry",
    ]


def test_absurd_numbers_of_things(home: Home) -> None:
    items = "[" + ", ".join(["{exercise: chair_stand, reps: 8}"] * 41) + "]"
    blocks = "".join("  - {name: Main, items: [{exercise: chair_stand, reps: 8}]}\n" for _ in range(13))
    assert home.problems(f"title: a\nblocks:\n  - name: b\n    items: {items}\n") == [
        "my.yaml:4: items: 41 entries are too many, the most is 40"
    ]
    assert home.problems(f"title: a\nblocks:\n{blocks}") == [
        "my.yaml:3: blocks: 13 entries are too many, the most is 12"
    ]


def test_a_routine_of_many_hours(home: Home) -> None:
    assert home.problems(
        """\
        title: For ever
        blocks:
          - name: Main
            rounds: 10
            items:
              - {exercise: easy_breath, time: 10m, sets: 10}
        """
    ) == ["my.yaml:2: work and rest take 1000m, the most is 180m"]


def test_a_library_file(home: Home) -> None:
    home.write(
        "exercises/mine.yaml",
        """\
        exercises:
          Towel Squeeze:
            name: Towel squeeze
            start: Sit tall.
            cues: [Squeeze the towel.]
            mode: rep
          twist:
            name: Pain
            mode: holds
            reps: 8
        """,
    )
    assert home.check("exercises/mine.yaml") == [
        "exercises/mine.yaml:2: Towel Squeeze cannot be an id, use small letters, digits and _, as in chair_stand",
        "exercises/mine.yaml:6: mode: rep is not known, did you mean reps",
        "exercises/mine.yaml:8: name: \"pain\" is a command, the coach would answer itself, say it another way",
        "exercises/mine.yaml:8: start and cues are missing",
        "exercises/mine.yaml:9: mode: holds is not known, did you mean hold",
        "exercises/mine.yaml:10: unknown field reps, "
        "there are benefits, bone_sites, cues, each_side, easier, equipment, group, harder, high_note, mode, name, "
        "override, start, support, tags, tempo, tiers and words",
    ]  # fmt: skip
