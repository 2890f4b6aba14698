"""The coach that listens to its name only, through the whole program: a recording, real ears, the shipped model."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.cli.home import Done, Home

Coach = Callable[..., Done]


def session(home: Home, coach: Coach, *said: tuple[int, str], wake: bool = True) -> list[str]:
    """What was shown of a session in which these words were said, times apart."""
    mic = home.recording("mic.wav", *said)
    option = ("--wake", "coach") if wake else ()
    done = coach("run", home.tiny(), "--mic", str(mic), "--speaker", str(home.data / "coach.wav"), *option)
    assert done.code == 0, done.err
    assert "Listening: Vosk with coach-en" in done.err
    return [line.split("  ", 1)[1].strip() for line in done.lines]


def hers(told: list[str]) -> list[str]:
    """What she said, understood or not."""
    return [line for line in told if line.startswith(("you", "(heard"))]


def test_pause_alone_does_nothing_with_the_name_it_pauses_and_what_is_offered_needs_none(
    home: Home, coach: Coach
) -> None:
    told = session(home, coach, (36_000, "wait a moment"), (40_000, "coach pause"), (46_000, "resume"))
    assert hers(told) == ['(heard "wait a moment", no command)', "you  pause", "you  resume"]
    assert told[told.index("you  pause") + 1] == "coach  Paused. When you want to go on, say resume."
    assert told[-1] == "(completed)"


def test_stop_needs_no_name_and_what_was_asked_is_answered_without(home: Home, coach: Coach) -> None:
    told = session(home, coach, (30_000, "how many left"), (36_000, "stop"), (43_000, "easier"), (46_000, "yes"))
    assert hers(told) == [
        '(heard "how many left", no command)',
        "you  stop",
        '(heard "easier", no command)',
        "you  yes",
    ]
    assert told[-1] == "(ended by the person)"


@pytest.mark.parametrize("words", ["my chest hurts", "i feel dizzy", "emergency"])
def test_distress_needs_no_name(home: Home, coach: Coach, words: str) -> None:
    told = session(home, coach, (36_000, words), (90_000, "coach end session"))
    assert hers(told) == [f"you  {words}", "you  end session"]
    assert told[-1] == "(distress)"


def test_by_voice_it_is_asked_for_and_given_up_again(home: Home, coach: Coach) -> None:
    told = session(
        home,
        coach,
        (28_000, "coach listen only to your name"),
        (36_000, "how many left"),
        (39_000, "coach how many left"),
        (46_000, "coach listen to everything"),
        (54_000, "how many left"),
        wake=False,
    )
    assert hers(told) == [
        "you  coach listen only to your name",
        '(heard "how many left", no command)',
        "you  how many left",
        "you  coach listen to everything",
        "you  how many left",
    ]
    assert "coach  Good. Now I answer only when you call me coach." in told
    assert "coach  Good. Now you need not call me first." in told
    assert told.count("coach  The last set.") == 2
    assert told[-1] == "(completed)"


@pytest.mark.parametrize("voice", ["gmw/en-us+f2", "gmw/en+f4", "gmw/en-us+f3"])
def test_the_names_phrases_are_heard_from_several_women(home: Home, coach: Coach, voice: str) -> None:
    """`listen` has the grammar of a session without the option: what she says in order to get it must be in there."""
    mic = home.recording(
        "mic.wav",
        (1_000, "coach listen only to your name"),
        (6_000, "coach listen to everything"),
        (11_000, "listen only to your name"),
        voice_name=voice,
    )
    done = coach("listen", str(mic))
    assert [line.split("  ")[-2:] for line in done.lines] == [
        ["listen to your name", "(coach listen only to your name)"],
        ["listen to everything", "(coach listen to everything)"],
        ["listen to your name", "(listen only to your name)"],
    ]


def test_only_its_own_name_can_be_asked_for(coach: Coach) -> None:
    done = coach("run", "--wake", "computer")
    assert (done.code, done.out) == (2, "")
    assert "'computer' is not 'coach'" in done.err
