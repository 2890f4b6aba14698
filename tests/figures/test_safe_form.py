"""The drawings show the safe form: carried by what they say, backs straight, hands where support is asked for."""

from __future__ import annotations

import pytest

from tests.figures.bodies import LYING, POSES, angle, away, claims, gap, weight_over
from voice_coach.figures.draw import solids
from voice_coach.figures.model import Figure, Pose
from voice_coach.figures.props import Box
from voice_coach.figures.skeleton import SIDES, joints
from voice_coach.figures.table import figures
from voice_coach.paths import shipped
from voice_coach.routine.library import load_library
from voice_coach.routine.model import Exercise, Mode

LIBRARY = load_library([shipped("routines")]).exercises

HINGE = 60.0  # degrees a back may lean forward with a weight in the hands: a hip hinge, hands no lower than the knees
NEAR = {"tandem_stand", "figure_eight"}  # the counter is close by; the hand hovers, or swings as she walks

# What an exercise says it needs: what is then in the picture.
EQUIPMENT = {
    "firm chair against a wall": {"chair", "wall_behind"},
    "chair with a back": {"chair"},
    "kitchen counter": {"counter", "counter_left"},
    "clear wall": {"wall_ahead", "wall_behind"},
    "bottom stair with a rail": {"stairs"},
    "firm bed or mat": {"bed", "mat"},
    "mat": {"mat"},
    "pillow": {"pillow"},
    "table": {"table"},
    "open doorway": {"doorway"},
    "two markers": {"figure_eight"},
    "closed door with an anchor": {"door"},
    "anchor at breastbone height": {"post_left"},
}
BOTH = {"firm chair against a wall"}  # everything named, not one of it
WEIGHTS = {"dumbbell": 1, "two dumbbells": 2, "two light dumbbells": 2, "two equal dumbbells or bags": 2}
WEIGHTS |= {"light dumbbell or rolled towel": 1}
BANDS = {"exercise band", "light exercise band"}
WORN = {"supportive shoes", "firm floor"}

every_pose = pytest.mark.parametrize(("figure", "pose"), [each[1:] for each in POSES], ids=[each[0] for each in POSES])
every_figure = pytest.mark.parametrize("figure", figures().values(), ids=list(figures()))


def test_every_exercise_of_the_library_is_drawn_and_nothing_else() -> None:
    assert set(figures()) == set(LIBRARY)
    assert len(figures()) == 46


@every_pose
def test_she_touches_what_she_is_said_to_touch(figure: Figure, pose: Pose) -> None:
    assert claims(pose), "nothing carries her"
    for part, thing in claims(pose):
        assert -3.0 <= gap(figure, pose, part, thing) <= 2.0, f"{part} on the {thing}"


@every_pose
def test_nothing_of_her_is_in_the_floor_or_inside_a_thing(figure: Figure, pose: Pose) -> None:
    boxes = [solid for solid in solids(figure) if isinstance(solid, Box)]
    for name, point in joints(pose).items():
        if name == "bun":
            continue  # hair gives way
        assert point[1] >= 3.4, f"{name} is in the floor"
        for box in boxes:
            assert away(point, box) >= -0.5, f"{name} is inside {box}"


FREE = [
    each for each in POSES if claims(each[2]) and all(part.endswith("foot") for part, _ in claims(each[2]))
]  # carried by her feet alone


@pytest.mark.parametrize(("figure", "pose"), [each[1:] for each in FREE], ids=[each[0] for each in FREE])
def test_standing_free_her_weight_is_over_her_feet(figure: Figure, pose: Pose) -> None:
    found = joints(pose)
    feet = [found[f"{part.split('_')[0]}_{end}"][0] for part, _ in claims(pose) for end in ("heel", "toe")]
    assert min(feet) <= weight_over(found) <= max(feet)


@pytest.mark.parametrize("name", ["wall_pushup", "counter_plank"])
def test_the_body_is_one_line_from_head_to_heels(name: str) -> None:
    for pose in figures()[name].poses:
        found = joints(pose)
        for side in SIDES:
            assert angle(found["chest"], found["hips"], (*found[f"{side}_ankle"][:2], 0.0)) >= 177
            assert angle(found[f"{side}_hip"], found[f"{side}_knee"], found[f"{side}_ankle"]) >= 174


@every_pose
def test_no_back_is_bent_under_a_load(figure: Figure, pose: Pose) -> None:
    lower, upper = pose.back
    assert abs(upper - lower) <= 25, "a back bends a little only"
    if figure.loaded:
        assert lower == upper, "one straight line"
        assert abs(lower) <= HINGE
    elif not any(thing in LYING or thing == "pillow" for thing in pose.touches.values()):
        assert upper - lower <= 15, "no rounding"
        assert lower <= HINGE


@every_pose
def test_a_weight_is_never_lower_than_the_knees(figure: Figure, pose: Pose) -> None:
    found = joints(pose)
    for hand in figure.holds:
        assert found[hand][1] > max(found[f"{side}_knee"][1] for side in SIDES)


@pytest.mark.parametrize("exercise", LIBRARY.values(), ids=list(LIBRARY))
def test_hands_are_on_the_counter_where_support_is_asked_for(exercise: Exercise) -> None:
    figure = figures()[exercise.id]
    props = {name for name, _ in figure.props}
    if not exercise.support:
        return
    assert props & {"counter", "counter_left"}
    for pose in figure.poses:
        on = [part for part, thing in claims(pose) if thing.startswith("counter") and part.endswith("hand")]
        assert on or exercise.id in NEAR


def test_the_hovering_hand_is_just_above_the_counter() -> None:
    figure = figures()["tandem_stand"]
    for pose in figure.poses:
        assert 2.0 <= gap(figure, pose, "left_hand", "counter_left") <= 8.0


@pytest.mark.parametrize("exercise", LIBRARY.values(), ids=list(LIBRARY))
def test_what_an_exercise_needs_is_in_its_picture(exercise: Exercise) -> None:
    figure = figures()[exercise.id]
    props = {name for name, _ in figure.props}
    for thing in exercise.equipment:
        if thing in EQUIPMENT:
            assert EQUIPMENT[thing] <= props if thing in BOTH else EQUIPMENT[thing] & props, thing
        elif thing in WEIGHTS:
            assert len(figure.holds) == WEIGHTS[thing], thing
        elif thing in BANDS:
            assert len(figure.band) >= 2, thing
        else:
            assert thing in WORN, f"nobody knows how {thing} is drawn"
    assert bool(figure.holds) == bool(set(exercise.equipment) & set(WEIGHTS)), "a weight that nobody asked for"
    assert bool(figure.band) == bool(set(exercise.equipment) & BANDS), "a band that nobody asked for"


@pytest.mark.parametrize("exercise", LIBRARY.values(), ids=list(LIBRARY))
def test_start_and_end_differ_and_only_what_is_held_or_breathed_has_one(exercise: Exercise) -> None:
    figure = figures()[exercise.id]
    if figure.end is None:
        assert exercise.mode is Mode.HOLD or exercise.id == "easy_breath"
        return
    before, after = joints(figure.start), joints(figure.end)
    assert max(abs(a - b) for name in before for a, b in zip(before[name], after[name], strict=True)) >= 4
    assert figure.arrows, "nothing says which way"


@pytest.mark.parametrize("exercise", LIBRARY.values(), ids=list(LIBRARY))
def test_the_sentence_begins_with_the_name_of_the_exercise(exercise: Exercise) -> None:
    title = figures()[exercise.id].title
    assert title.startswith(f"{exercise.name}.") or (exercise.id, title.split(".")[0]) == (
        "side_back_walk",
        "Sideways walk",
    )
    assert title.endswith(".")
    assert len(title.split()) <= 30
