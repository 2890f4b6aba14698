"""`check` on whom a routine is for and how long it takes."""

from __future__ import annotations

from collections.abc import Callable

from tests.cli.home import TINY, Done, Home

Coach = Callable[..., Done]


def test_minutes_that_are_off_are_told_with_what_it_takes(home: Home, coach: Coach) -> None:
    path = home.write("mine.yaml", TINY.replace("title: Easy day", "title: Easy day\n    minutes: 20"))
    done = coach("check", str(path))
    assert (done.code, done.out) == (0, "No problems found.\n")
    said = f"Only so you know: {path}: minutes says 20, with all that is said it takes about 1, write minutes: 1.\n"
    assert done.err == said
    path.write_text(path.read_text().replace("minutes: 20", "minutes: 1"))
    assert coach("check", str(path)).err == ""


def test_a_routine_for_those_whom_an_exercise_is_not_for_is_refused(home: Home, coach: Coach) -> None:
    text = TINY.replace("title: Easy day", "title: Easy day\n    tiers: [low, high]")
    jumping = text.replace("items:\n", "items:\n          - {exercise: mini_jump, reps: 5}\n")
    path = home.write("mine.yaml", jumping)
    done = coach("check", str(path))
    assert (done.code, done.out) == (1, "")
    assert done.err == (
        f"{path}:7: mini_jump is for low only, the routine for high too, "
        "take high out of the routine's tiers, or choose another exercise\n"
    )
