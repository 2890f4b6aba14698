"""`run` from a WAV file into a WAV file: the real voice and the real recogniser, faster than real time."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import numpy as np

from tests.cli.home import Done, Home
from tests.cli.trace import counted, placed
from voice_coach import script
from voice_coach.audio.wav import read_wav
from voice_coach.journal import load
from voice_coach.replay import replay
from voice_coach.session.lines import Key, Line
from voice_coach.speech.voice import Voice, VoiceSettings

Coach = Callable[..., Done]


def entries(home: Home, kind: str) -> list[dict[str, Any]]:
    """The lines of the log of one type."""
    lines = [json.loads(line) for line in home.log.read_text(encoding="utf-8").splitlines()]
    return [line for line in lines if line["type"] == kind]


def test_a_whole_session_hears_the_recording_and_places_every_count_to_the_millisecond(
    home: Home, coach: Coach
) -> None:
    mic = home.recording("mic.wav", (38_000, "wait a moment"), (44_000, "carry on"), (60_000, "how many left"))
    done = coach("run", home.tiny(), "--mic", str(mic), "--speaker", str(home.data / "coach.wav"))
    assert done.code == 0, done.err
    assert "Listening: Vosk with coach-en" in done.err

    events = [entry["event"] for entry in entries(home, "event")]
    assert [event["intent"] for event in events if event["type"] == "command"] == [
        "pause", "resume", "how many left",
    ]  # fmt: skip
    assert {event["via"] for event in events if event["type"] == "command"} == {"voice"}
    assert "(completed)" in done.lines[-1]

    log = load(home.log).find("last")
    assert replay(log).trace_equal is True
    sound = read_wav(home.data / "coach.wav").astype(np.float64)
    counts = counted(log)
    assert len(counts) > 15
    voice = Voice(VoiceSettings(), home.cache / "voice-coach")
    try:
        errors = {at: placed(sound, voice.clip(words).samples, at) - at for at, words in counts}
    finally:
        voice.close()
    assert max(abs(error) for error in errors.values()) <= 1, errors


def test_a_silent_recording_is_a_session_that_nobody_interrupts(home: Home, coach: Coach) -> None:
    mic = home.recording("silence.wav")
    done = coach("run", home.tiny(), "--mic", str(mic), "--speaker", str(home.data / "coach.wav"))
    assert done.code == 0, done.err
    assert [entry["event"]["type"] for entry in entries(home, "event")] == ["start"]
    sets = [entry["data"] for entry in entries(home, "record") if entry["kind"] == "set"]
    assert [(one["set"], one["done_reps"], one["completed"]) for one in sets] == [(1, 4, True), (2, 4, True)]


def test_a_missing_recording_ends_it_before_it_begins(home: Home, coach: Coach) -> None:
    done = coach("run", home.tiny(), "--mic", "nobody.wav", "--speaker", str(home.data / "coach.wav"))
    assert done.code == 3
    assert done.err.splitlines()[-1] == "cannot read nobody.wav: No such file or directory"
    assert done.out == ""
    assert home.log.read_bytes() == b""
    assert not (home.data / "coach.wav").exists()


def test_no_command_chooses_by_voice(home: Home, coach: Coach) -> None:
    """The greeting, the names, the choice by name, the confirmation, the session; "stop" and "yes" end it."""
    home.write("voice-coach/routines/tiny.yaml", home.data.joinpath(home.tiny()).read_text(encoding="utf-8"))
    mic = home.recording("mic.wav", (4_000, "easy day"), (13_000, "yes"), (24_000, "stop"), (32_000, "yes"))
    done = coach("run", "--mic", str(mic), "--speaker", str(home.data / "coach.wav"))
    assert done.code == 0, done.err
    told = [line.split("  ", 1)[1].strip() for line in done.lines]
    assert told[:2] == ["coach  Hello. I am your exercise guide.", "coach  These are your routines."]
    assert "you  easy day" in told[:4]  # at once, or when her words have ended
    assert "coach  Easy day, about one minute. Shall we begin? Yes, or no." in told
    assert told[-1] == "(ended by the person)"
    start = entries(home, "start")[0]
    assert start["title"] == "Easy day"
    assert replay(load(home.log).find("last")).trace_equal is True


def test_distress_stops_the_session_at_once(home: Home, coach: Coach) -> None:
    mic = home.recording("mic.wav", (36_000, "my chest hurts"), (92_000, "end session"))
    done = coach("run", home.tiny(), "--mic", str(mic), "--speaker", str(home.data / "coach.wav"))
    assert done.code == 0, done.err
    assert done.lines[-1].endswith("(distress)")
    after = done.out.partition("you  my chest hurts")[2].splitlines()[1:]
    assert [line.split("  ", 1)[1].strip() for line in after] == [
        "coach  " + script.text(Line(Key.ADVICE_EMERGENCY)),
        "coach  " + script.text(Line(Key.ADVICE_EMERGENCY)),
        "coach  Are you getting help?",
        "coach  Please rest. If I misheard you, say false alarm.",
        "you  end session",
        "(distress)",
    ]
