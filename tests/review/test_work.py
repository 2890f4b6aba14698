"""Counting sets: bone-loading work per site, reps and loads never added across equipment, balance in proportion."""

from __future__ import annotations

from tests.review.people import DROP, HEEL, HIP, LIBRARY, ROW, SPINE, SQUAT, STAND, STRETCH, WRIST, done, session
from voice_coach.review.work import Bone, Lifted, balance_ms, bone, counted, is_strength, lifted
from voice_coach.routine.model import Load


def test_a_set_counts_for_each_site_from_an_effort_of_six() -> None:
    hard = session(done(SQUAT), done(SQUAT), done(ROW), efforts={"squat": 6, "row": 5})
    assert bone([hard], LIBRARY) == ({HIP: Bone(sets=2), SPINE: Bone(sets=2), WRIST: Bone()}, 0)
    assert bone([hard, hard], LIBRARY)[0][HIP] == Bone(sets=4)


def test_what_was_not_told_is_not_counted_but_said() -> None:
    silent = session(done(SQUAT), done(SQUAT), done(ROW), efforts={"row": None})
    found, unrated = bone([silent], LIBRARY)
    assert not any(each.sets for each in found.values()) and unrated == 3


def test_impacts_are_landings_at_any_effort_and_no_sets() -> None:
    found, unrated = bone([session(done(DROP, 10), done(DROP, 7))], LIBRARY)
    assert (found[HIP], found[SPINE], unrated) == (Bone(impacts=17), Bone(), 0)


def test_what_the_library_does_not_call_bone_loading_is_none() -> None:
    other = session(
        done(HEEL), done(STAND), done(STRETCH), done("her own"), efforts={"heel": 9, "stand": 9, "her own": 9}
    )
    found, unrated = bone([other], LIBRARY)
    assert not any(each.sets or each.impacts for each in found.values()) and unrated == 0


def test_left_and_right_are_one_set() -> None:
    left, right = done(SQUAT, side="left"), done(SQUAT, side="right")
    assert counted([left, right, left]) == 2 and counted([left, right, done(SQUAT)]) == 2 and counted([]) == 0
    assert bone([session(left, right, efforts={"squat": 7})], LIBRARY)[0][HIP] == Bone(sets=1)


def test_nothing_is_added_across_equipment() -> None:
    sets = [
        done(ROW, 8, load=Load(grams=2_000)),
        done(ROW, 10, load=Load(grams=3_000), side="left"),
        done(ROW, 10, load=Load(grams=3_000), side="right"),
        done(ROW, 12, load=Load(label="red band")),
        done(ROW, 12, load=Load(label="green band")),
        done(SQUAT, 10),
        done(SQUAT, 10, variant="Cross your arms."),
        done(STRETCH),
        done("her own"),
    ]
    found = {(one.exercise, one.label): (one.sets, one.reps, one.grams) for one in lifted(sets, LIBRARY)}
    assert found == {
        ("squat", "as written"): (1, 10, 0),
        ("squat", "Cross your arms."): (1, 10, 0),
        ("row", "weights"): (2, 28, 76_000),
        ("row", "red band"): (1, 12, 0),
        ("row", "green band"): (1, 12, 0),
    }
    assert lifted([done(SQUAT)], LIBRARY) == (
        Lifted(exercise="squat", name="Squat", label="as written", sets=1, reps=10, grams=0, ms=60_000),
    )


def test_balance_is_its_part_of_each_session() -> None:
    half = session(done(STAND), done(SQUAT), ms=1_200_000)
    assert balance_ms([half, session(done(SQUAT))], LIBRARY) == 600_000
    assert balance_ms([session(ms=5_000), session(done(STAND, ms=0), ms=5_000)], LIBRARY) == 0


def test_a_session_is_strength_where_most_of_its_work_was() -> None:
    assert is_strength(session(done(SQUAT), done(SQUAT), done(STAND)), LIBRARY)
    assert not is_strength(session(done(SQUAT), done(STAND)), LIBRARY)
    assert not is_strength(session(done("her own"), done("her own"), done(SQUAT)), LIBRARY)
    assert not is_strength(session(), LIBRARY)
