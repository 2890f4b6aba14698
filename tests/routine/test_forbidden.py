"""A movement that is for nobody with fragile bones is refused with its place and what stands instead, or overridden."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.routine.home import Home
from voice_coach.paths import shipped
from voice_coach.routine import list_routines
from voice_coach.routine.forbidden import forbidden_problems
from voice_coach.routine.model import Tag
from voice_coach.routine.nodes import compose

AGREED = "override: my physiotherapist agreed, May 2026"


def found(name: str, cue: str = "Go slowly.", more: str = "") -> list[str]:
    """What is said of a movement with this name and cue."""
    text = f"name: {name}\nstart: Stand tall.\ncues:\n  - {cue}\n{more}\n"
    tree = compose(text).tree
    assert tree is not None
    return [str(problem) for problem in forbidden_problems(tree, Path("my.yaml"))]


@pytest.mark.parametrize(
    "name",
    [
        "Sit-ups", "Situp", "Crunches", "Roll-up", "Rolling like a ball", "Toe touches", "Forward fold", "Seated fold",
        "Knees to chest", "Knee-to-chest stretch", "Russian twist", "Golf swing", "Wood chops", "Windmills", "Cat-cow",
        "Maximal lift", "One rep max", "Wobble board stand",
    ],
)  # fmt: skip
def test_names_that_are_refused(name: str) -> None:
    assert found(name)
    assert found(name)[0].startswith("my.yaml:1: name: ")
    assert found(name, more=AGREED) == []


@pytest.mark.parametrize(
    "cue",
    [
        "Touch your toes.", "Bend down to your toes.", "Reach down to the floor.", "Round your back.",
        "Twist to the left.", "Rotate your trunk as far as you can.", "Pick the dumbbell up from the floor.",
        "Hold your breath.", "Close your eyes.", "Go on to failure.", "Fold forward.", "Stand on a chair.",
    ],
)  # fmt: skip
def test_cues_that_are_refused(cue: str) -> None:
    (said,) = found("My own", cue)
    assert said.startswith("my.yaml:4: cues: ")
    assert "instead" not in said
    assert "override" in said


@pytest.mark.parametrize(
    "cue",
    [
        "Never round your back.", "Lower slowly and do not twist.", "Sit up tall.", "Push up with both hands.",
        "Twist the towel.", "Do not hold your breath.", "Hold an anti-twist position.", "Bend your knees.",
        "Lift your heels from the floor.", "Step to turn.", "Roll your shoulders.",
    ],
)  # fmt: skip
def test_cues_that_are_fine(cue: str) -> None:
    assert found("My own", cue) == []


@pytest.mark.parametrize("tag", [Tag.SPINAL_FLEXION_LOADED.value, Tag.TWISTING.value])
def test_the_two_tags_are_refused_unless_somebody_agreed(tag: str) -> None:
    (said,) = found("My own", more=f"tags: [{tag}]")
    assert said.startswith(f"my.yaml:5: tags: {tag} is for nobody with fragile bones, ")
    assert found("My own", more=f"tags: [{tag}]\n{AGREED}") == []


def test_what_no_tag_owns_up_to_is_to_be_tagged() -> None:
    (said,) = found("Jump", more="tags: [grip]")
    assert said.endswith("write tags: [grip, impact]")
    assert found("Jump", more=AGREED)  # an agreement is no tag
    assert found("Jump", more="tags: [impact]") == []
    assert found("Press the weights overhead")
    assert found("Reach overhead") == []


def test_closed_eyes_are_fine_where_she_sits() -> None:
    tree = compose("name: Rest\nstart: Sit tall.\ncues: [Close your eyes.]\n").tree
    assert tree is not None
    assert list(forbidden_problems(tree, Path("my.yaml"))) == []


def test_an_override_reaches_the_model(home: Home) -> None:
    routine = home.routine(
        f"""\
        title: Mine
        blocks:
          - name: Main
            items:
              - name: Slow crunches
                start: Sit tall.
                cues: [Go slowly.]
                reps: 5
                {AGREED}
              - exercise: chair_stand
                reps: 5
                note: Then touch your toes.
                {AGREED}
        """
    )
    agreed = [item.exercise.override for item in routine.blocks[0].items]
    assert agreed == ["my physiotherapist agreed, May 2026"] * 2


def test_a_note_and_a_library_of_ones_own_are_read_too(home: Home, item: Callable[[str], list[str]]) -> None:
    (said,) = item("exercise: chair_stand\nreps: 8\nnote: Then touch your toes.")
    assert said.startswith('my.yaml:7: note: "touch your toes" bends the spine')
    home.write(
        "exercises/mine.yaml",
        """\
        exercises:
          ab:
            name: Crunches
            start: Sit tall.
            cues: [Go slowly.]
            mode: reps
        """,
    )
    assert home.check("exercises/mine.yaml")[0].startswith('exercises/mine.yaml:3: name: "Crunches" bends')


def test_an_override_is_more_than_a_word(item: Callable[[str], list[str]]) -> None:
    assert item("exercise: chair_stand\nreps: 8\noverride: yes")


def test_nothing_that_travels_with_the_program_is_forbidden_or_overridden() -> None:
    routines, problems = list_routines([shipped("routines")])
    assert problems == []
    exercises = [each.exercise for routine in routines for block in routine.blocks for each in block.items]
    assert exercises
    assert not any(each.override for each in exercises)
    assert not any({"spinal_flexion_loaded", "twisting"} & set(each.tags) for each in exercises)
