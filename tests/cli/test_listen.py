"""`listen`: one JSON object for each command that would be accepted, and nothing else on standard output."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.home import Done, Home

Coach = Callable[..., Done]


@pytest.fixture
def said(home: Home) -> Path:
    return home.recording(
        "said.wav", (1_000, "how many left"), (4_000, "the morning was good"), (8_000, "wait a moment")
    )


def test_json_is_an_object_a_line_and_nothing_else(home: Home, said: Path) -> None:
    done = home.spawn("listen", said.name, "--json")
    assert done.code == 0
    found = [json.loads(line) for line in done.lines]
    assert [(one["command"], one["phrase"]) for one in found] == [
        ("how many left", "how many left"), ("pause", "wait a moment"),
    ]  # fmt: skip
    assert all(set(one) == {"file", "at_ms", "end_ms", "phrase", "command", "engine"} for one in found)
    assert {one["file"] for one in found} == {said.name}
    assert {one["engine"] for one in found} == {"Vosk with coach-en"}
    for one, begins in zip(found, (1_000, 8_000), strict=True):
        assert begins - 400 <= one["at_ms"] <= begins + 200
        assert one["at_ms"] + 300 < one["end_ms"] < begins + 2_000
    assert "Listening: Vosk with coach-en." in done.err


def test_for_people_it_shows_what_was_no_command_too(said: Path, coach: Coach) -> None:
    done = coach("listen", str(said))
    assert done.code == 0
    assert done.lines[0].endswith("how many left  (how many left)")
    assert done.lines[-1].endswith("pause  (wait a moment)")
    assert any("no command)" in line for line in done.lines[1:-1])


def test_every_file_is_heard_with_fresh_ears(home: Home, said: Path, coach: Coach) -> None:
    once = coach("listen", str(said), "--json")
    twice = coach("listen", str(said), str(said), "--json")
    assert twice.lines == once.lines * 2
    assert twice.err.count("Listening:") == 1


def test_silence_is_no_command(home: Home, coach: Coach) -> None:
    done = coach("listen", str(home.recording("quiet.wav")), "--json")
    assert (done.code, done.out) == (0, "")


@pytest.mark.parametrize("content", [None, b"", b"not a wav at all", b"RIFF\x10\0\0\0WAVEfmt "])
def test_a_file_that_cannot_be_heard_is_named_in_one_sentence(
    home: Home, coach: Coach, said: Path, content: bytes | None
) -> None:
    if content is not None:
        (home.data / "broken.wav").write_bytes(content)
    done = coach("listen", "--json", str(said), "broken.wav")
    assert done.code == 3
    assert done.out == ""
    assert len(done.err.splitlines()) == 1
    assert "broken.wav" in done.err


def test_a_model_that_is_none_is_said_and_the_next_engine_listens(home: Home, said: Path, coach: Coach) -> None:
    (home.data / "model").mkdir()
    done = coach("listen", "--json", str(said), "--model", "model")
    assert done.code == 0
    assert done.err.splitlines() == [
        "model: is no Vosk model (it has no am/final.mdl).", "Listening: PocketSphinx.",
    ]  # fmt: skip
    assert len(done.lines) == 2
    refused = coach("listen", str(said), "--model", "model", "--ears", "vosk")
    assert refused.code == 4
    assert "There is no Vosk model that can be used." in refused.err


def test_the_real_vosk_with_a_tiny_model(home: Home, said: Path, coach: Coach, tiny_vosk_model: Path) -> None:
    """The small model of our tests knows few words; the phrases it does not know are named."""
    done = coach("listen", "--json", str(said), "--model", str(tiny_vosk_model))
    assert done.code == 0
    assert f"Listening: Vosk with {tiny_vosk_model.name}." in done.err
    assert "does not know every word of:" in done.err
    assert {json.loads(line)["engine"] for line in done.lines} <= {f"Vosk with {tiny_vosk_model.name}"}
