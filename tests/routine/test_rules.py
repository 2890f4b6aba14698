"""Fields that are fine alone and not together, and what a routine without problems becomes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.routine.home import Home
from voice_coach.routine import (
    Benefit,
    BoneSite,
    Group,
    Hold,
    Load,
    Mode,
    OwnPace,
    Reps,
    Tempo,
    Tier,
    Variant,
    length,
)

ItemCheck = Callable[[str], list[str]]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("exercise: chair_stand\nhold: 30s", ["6: hold: chair_stand is counted in reps, write reps or own_pace"]),
        ("exercise: chair_stand\ntime: 30s", ["6: time: chair_stand is counted in reps, write reps or own_pace"]),
        ("exercise: calf_stretch\nreps: 8", ["6: reps: calf_stretch is held in one position, write hold"]),
        ("exercise: calf_stretch\ntime: 30s", ["6: time: calf_stretch is held in one position, write hold"]),
        ("exercise: easy_breath\nown_pace: 8", ["6: own_pace: easy_breath is done for a time, write time"]),
        (
            "exercise: easy_breath\ntime: 1m\ntempo: 2-1-3",
            ["7: tempo: an exercise done for a time has none, leave it out, or count it in reps"],
        ),
        ("exercise: chairstand\nreps: 8", ["5: there is no exercise chairstand, did you mean chair_stand"]),
        ("exercise: chair_stand\nown_pace: 8", []),
    ],
)
def test_how_an_exercise_is_measured(item: ItemCheck, fields: str, expected: list[str]) -> None:
    assert item(fields) == [f"my.yaml:{line}" for line in expected]


def test_an_unknown_exercise_that_is_like_none_gets_no_hint(item: ItemCheck) -> None:
    """There are too many to list them all."""
    assert item("exercise: xyzzy\nreps: 8") == ["my.yaml:5: there is no exercise xyzzy"]


HOP = """\
exercises:
  hop:
    name: Hop
    start: Stand tall.
    cues: [Hop a little.]
    mode: reps
    tags: [impact, single_leg]
    high_note: Sit down for this one.
    harder:
      - Hop further.
      - {say: Hop higher., tiers: [low, moderate, high]}
"""


@pytest.mark.parametrize(
    ("tiers", "expected"),
    [
        ("", []),  # not judged
        (
            "    tiers: [low, moderate]\n",
            [
                "8: high_note: the exercise is for low and moderate only, leave the note out",
                "11: harder: this way is for high, the exercise is not, take high out of its tiers",
            ],
        ),
        ("    tiers: [low, high]\n", [
            "7: tags: impact is not for the high tier, take high out of its tiers",
            "11: harder: this way is for moderate, the exercise is not, take moderate out of its tiers",
        ]),
    ],
)  # fmt: skip
def test_who_may_do_an_exercise_agrees_with_what_it_is(home: Home, tiers: str, expected: list[str]) -> None:
    home.write("exercises/mine.yaml", HOP + tiers)
    assert home.check("exercises/mine.yaml") == [f"exercises/mine.yaml:{line}" for line in expected]


@pytest.mark.parametrize(
    ("tiers", "item", "expected"),
    [
        ("[low]", "exercise: mini_jump", ""),
        ("[low, moderate, high]", "exercise: chair_stand", ""),
        ("[low, high]", "exercise: mini_jump", "mini_jump is for low only, the routine for high too, take high out"),
        (
            "[low, moderate, high]",
            "name: Sway, start: Stand., cues: [Sway.], tiers: [low]",
            "this exercise is for low only, the routine for moderate and high too, take moderate and high out",
        ),
        ("[low, high]", "name: Sway, start: Stand., cues: [Sway.]", ""),  # not judged
        ("[low, hihg]", "exercise: mini_jump", None),  # the misspelt tier is said, and no more
    ],
)
def test_a_routine_is_for_nobody_whom_one_of_its_exercises_is_not_for(
    home: Home, tiers: str, item: str, expected: str | None
) -> None:
    said = home.problems(f"title: a\ntiers: {tiers}\nblocks:\n  - name: b\n    items:\n      - {{{item}, reps: 8}}\n")
    if expected is None:
        assert said == ["my.yaml:2: tiers: hihg is not known, did you mean high"]
    else:
        more = " of the routine's tiers, or choose another exercise"
        assert said == ([f"my.yaml:6: {expected}{more}"] if expected else [])


def test_a_routine_without_tiers_may_hold_anything(home: Home) -> None:
    routine = home.routine("title: a\nblocks: [{name: b, items: [{exercise: mini_jump, reps: 8}]}]\n")
    assert (routine.tiers, routine.minutes, routine.times_a_week) == ((), None, None)


def test_a_ladder_has_no_rung_twice_and_no_tempo_without_reps(home: Home) -> None:
    home.write(
        "exercises/mine.yaml",
        """\
        exercises:
          lean:
            name: Lean
            start: Stand tall.
            cues: [Lean a little.]
            mode: hold
            tempo: 2-1-3
            easier:
              - Lean less.
              - say: Sit down.
                tempo: 2-1-3
            harder: [Lean more., lean less]
        """,
    )
    none = "tempo: an exercise held in one position has none, leave it out, or count it in reps"
    assert home.check("exercises/mine.yaml") == [
        f"exercises/mine.yaml:7: {none}",
        f"exercises/mine.yaml:11: {none}",
        "exercises/mine.yaml:12: harder: lean less is on the ladder already, on line 9, keep one",
    ]


def test_a_rest_between_rounds_needs_rounds(home: Home) -> None:
    block = "  - {name: Main, round_rest: 60s, items: [{exercise: chair_stand, reps: 8}]}\n"
    said = ["my.yaml:3: round_rest: there is only one round, write rounds: 2 or leave it out"]
    assert home.problems("title: a\nblocks:\n" + block) == said
    assert home.problems("title: a\nblocks:\n" + block.replace("name: Main", "name: Main, rounds: 2")) == []


def test_a_whole_routine(home: Home) -> None:
    """Every field once, with the defaults where nothing is written."""
    routine = home.routine(
        """
        title: My  long
          day
        aliases: [long day]
        purpose: Keep in practice.
        tiers: [low, moderate]
        minutes: 20
        times_a_week: 2-3
        blocks:
          - name: Main
            rounds: 2
            round_rest: 1m
            items:
              - exercise: chair_stand
                sets: 2
                reps: 8.0
                tempo: {lift: 1s, lower: 2.5s}
                rest: 45s
                load: 3kg
                note: >
                  You may use
                  your hands.
              - exercise: hip_abduction
                own_pace: 6
                each_side: false
                load: red band
              - exercise: easy_breath
                time: 90s
              - name: Towel squeeze!
                start: Sit tall.
                cues: [Squeeze the towel., Let go.]
                reps: 10
                each_side: true
                easier: [Roll it thinner.]
                harder:
                  - say: Squeeze for longer.
                    tempo: 1-5-1
                    tiers: [low]
                support: true
                equipment: [rolled towel]
                group: upper
                tiers: [low, moderate, high]
                high_note: Squeeze
                  gently.
                bone_sites: [wrist]
                benefits: [strength, well_being]
                tags: [grip]
              - name: Wall lean
                start: Stand at the wall.
                cues: [Lean on it.]
                hold: 20s
        """
    )
    assert (routine.id, routine.title, routine.aliases) == ("my", "My long day", ("long day",))
    assert (routine.tiers, routine.minutes, routine.times_a_week) == ((Tier.LOW, Tier.MODERATE), 20, (2, 3))
    (block,) = routine.blocks
    assert (block.name, block.rounds, block.round_rest) == ("Main", 2, 60_000)
    stand, side, breath, towel, lean = block.items
    assert (stand.sets, stand.amount, stand.rest, stand.load) == (2, Reps(count=8), 45_000, Load(grams=3000))
    assert stand.tempo == Tempo(lift=1000, hold=0, lower=2500)
    assert stand.note == "You may use your hands."
    assert (side.sets, side.rest, side.note) == (1, 0, "")
    assert (side.amount, side.each_side, side.exercise.each_side) == (OwnPace(target=6), False, True)
    assert (side.tempo, side.load) == (side.exercise.tempo, Load(label="red band"))
    assert (breath.amount, breath.tempo, breath.load) == (Hold(ms=90_000, moving=True), None, None)
    made = towel.exercise
    assert (made.id, made.mode, made.tempo) == ("my/towel_squeeze", Mode.REPS, Tempo(lift=2000, hold=1000, lower=3000))
    assert made.easier == (Variant(say="Roll it thinner."),)
    longer = Tempo(lift=1000, hold=5000, lower=1000)
    assert made.harder == (Variant(say="Squeeze for longer.", tempo=longer, tiers=(Tier.LOW,)),)
    assert (made.group, made.tiers, made.high_note) == (Group.UPPER, tuple(Tier), "Squeeze gently.")
    assert (made.bone_sites, made.benefits) == ((BoneSite.WRIST,), (Benefit.STRENGTH, Benefit.WELL_BEING))
    assert (made.support, made.equipment, made.tags, towel.each_side) == (True, ("rolled towel",), ("grip",), True)
    assert (lean.amount, lean.tempo, lean.exercise.mode) == (Hold(ms=20_000), None, Mode.HOLD)
    # 2 rounds of (2 sets of 8 reps of 3.5 s and 45 s, 6 of 6 s, 90 s, both sides 10 of 6 s, 20 s), 1 minute between
    assert length(routine) == 2 * (2 * (28_000 + 45_000) + 36_000 + 90_000 + 120_000 + 20_000) + 60_000


def test_the_digest_is_of_what_is_said_not_how_it_is_written(home: Home) -> None:
    text = """
        title: My day
        blocks:
          - name: Main
            items:
              - {exercise: chair_stand, reps: 8, rest: 90s}
        """
    first = home.routine(text)
    same = home.routine("# a remark\n" + text.replace("90s", "1m30s").replace("My day", "'My day'"))
    assert (len(first.digest), same.digest) == (64, first.digest)
    assert home.routine(text.replace("90s", "91s")).digest != first.digest
    home.write("exercises/legs.yaml", CHAIR)
    assert home.routine(text).digest != first.digest
    assert replace(first, path="", digest="") == replace(same, path="", digest="")


CHAIR = """\
exercises:
  chair_stand:
    name: My own chair stand
    start: Sit tall.
    cues: [Stand up.]
    mode: reps
"""


ROW = """\
    title: Row
    blocks:
      - name: Main
        items:
          - name: Row
            start: Sit tall.
            words: {words}
            cues: [Draw it to you.]
            reps: 3
    """


def test_the_parts_of_a_rep_can_have_their_own_names(home: Home) -> None:
    """A row is pulled, not lifted; a command word is refused here too."""
    (item,) = home.routine(ROW.format(words="pull-hold-back")).blocks[0].items
    assert item.exercise.words == ("pull", "hold", "back")
    assert home.problems(ROW.format(words="pull")) == [
        "my.yaml:7: words: pull cannot be the names of a rep's parts, write three small words: up-hold-down"
    ]
    (command,) = home.problems(ROW.format(words="pull-stop-back"))
    assert command.startswith('my.yaml:7: words: "stop" is a command')
