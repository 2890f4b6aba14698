"""`plan`, `simulate` and `doctor`: what will be, what would be, and what there is."""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.cli.home import Done, Home

Coach = Callable[..., Done]


def test_the_plan_is_the_timeline_of_a_session_nobody_interrupts(home: Home, coach: Coach) -> None:
    planned = coach("plan", home.tiny())
    assert planned.code == 0
    assert planned.lines[0] == "Easy day"
    assert planned.lines[-1] == "About 1 minute."
    begins = re.findall(r"  (\d\d:\d\d\.\d)  Knee lift, set (\d) of 2, 4 reps at 1-0-1 s", planned.out)
    assert [number for _, number in begins] == ["1", "2"]
    simulated = coach("simulate", home.tiny()).lines
    firsts = [line[:7] for line in simulated if line.endswith("coach  one, up")]
    assert firsts == [at for at, _ in begins]


def test_a_circuit_sides_and_loads_are_told_apart(home: Home, coach: Coach) -> None:
    for routine in ("first_week_chair", "gentle_mobility", "bone_snack_10"):
        done = coach("plan", routine)
        assert done.code == 0
        assert re.search(r"\nAbout \d+ minutes\.\n$", done.out)
        assert re.search(r"hold \d+ s|move \d+ s", done.out)


def test_a_scripted_session(home: Home, coach: Coach) -> None:
    done = coach("simulate", home.tiny(), "--say", "40s pause", "--say", "45s resume", "--say", "46s the weather")
    assert done.code == 0
    assert "00:40.0    you  pause" in done.lines
    assert "00:45.0    you  resume" in done.lines
    assert '00:46.0         (heard "the weather", no command)' in done.lines
    assert done.lines[-1].endswith("(completed)")
    times = [line[:7] for line in done.lines]
    assert times == sorted(times)


def test_simulating_leaves_nothing_behind(home: Home, coach: Coach) -> None:
    coach("simulate", "first taste")
    coach("plan", "first taste")
    assert not home.log.exists()


def test_the_doctor_names_what_there_is_and_where_things_lie(home: Home) -> None:
    done = home.spawn("doctor")
    assert done.code == 0
    assert [line for line in done.lines if not line.startswith(" ")] == [
        "Program", "Sound", "Voices", "Listening", "Routines", "Your files",
    ]  # fmt: skip
    assert re.search(r"  \d+ voices; English: \w", done.out)
    assert f"  log     {home.log}" in done.lines
    assert "  first_taste: First taste" in done.lines
    assert re.search(r"Vosk model \S*coach-en: works", done.out)
    assert " is missing" not in "\n".join(line for line in done.lines if "PortAudio" not in line)
