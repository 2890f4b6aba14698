"""`demo`: its WAV, transcript and log tell one story."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from tests.cli.home import Done, Home
from tests.cli.trace import counted, placed
from voice_coach.audio.wav import read_wav
from voice_coach.journal import SessionLog, load
from voice_coach.replay import replay
from voice_coach.review import as_json, summarise
from voice_coach.speech.voice import Voice, VoiceSettings

LINE = re.compile(r"(\d\d):(\d\d)\.(\d)  +(.*)")


@dataclass(frozen=True)
class Demo:
    """A finished demo: what it printed, and the folder it wrote."""

    home: Home
    done: Done

    @property
    def told(self) -> list[tuple[int, str]]:
        """The transcript: (milliseconds, who and what)."""
        found = [LINE.fullmatch(line) for line in self.done.lines]
        return [(int(m[1]) * 60_000 + int(m[2]) * 1000 + int(m[3]) * 100, m[4]) for m in found if m]

    @property
    def log(self) -> SessionLog:
        return load(self.home.data / "demo" / "log.jsonl").find("last")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, spoken_cache: Path) -> Demo:
    home = Home(tmp_path_factory.mktemp("demo"), spoken_cache)
    return Demo(home, home.spawn("demo", "--output", "demo"))


def test_it_ends_well_and_says_where_things_are(demo: Demo) -> None:
    assert demo.done.code == 0, demo.done.err
    assert demo.told[-1][1] == "(completed)"
    assert demo.done.lines[-3:] == [
        "Sound: demo/session.wav",
        "Log:   demo/log.jsonl",
        "Page:  voice-coach review --log demo/log.jsonl",
    ]
    assert (demo.home.data / "demo" / "log.jsonl").stat().st_mode & 0o077 == 0


def test_what_was_said_was_either_heard_or_shown_as_not_heard(demo: Demo) -> None:
    spoken = sum(what.startswith('she  says "') for _, what in demo.told)
    missed = sum(what.endswith("was not heard)") for _, what in demo.told)
    said, heard = map(int, re.search(r"She spoke (\d+) times; (\d+) commands were heard", demo.done.out).groups())  # type: ignore[union-attr]
    events = [entry.fields["event"] for entry in demo.log.entries if entry.fields["type"] == "event"]
    by_voice = [event for event in events if event.get("via") == "voice"]
    assert said == spoken == heard + missed
    mistaken = re.search(r"(\d+) taken that she had not given", demo.done.out)
    assert mistaken is not None
    assert len(by_voice) == heard + int(mistaken[1])
    assert heard >= 4  # of eight wishes; the rest by key after three tries


def test_commands_in_the_transcript_are_those_in_the_log(demo: Demo) -> None:
    events = [entry.fields["event"] for entry in demo.log.entries if entry.fields["type"] == "event"]
    logged = [
        (event["at"] // 100 * 100, event["phrase"] if event["via"] == "voice" else f"{event['intent']} (key)")
        for event in events
        if event["type"] == "command"
    ]
    assert [(at, what.removeprefix("you  ")) for at, what in demo.told if what.startswith("you  ")] == logged


def test_every_count_of_the_transcript_lies_in_the_wav_at_its_time(demo: Demo) -> None:
    sound = read_wav(demo.home.data / "demo" / "session.wav").astype(np.float64)
    shown = {(at, what.removeprefix("coach  ")) for at, what in demo.told}
    counts = counted(demo.log)
    assert len(counts) > 30
    voice = Voice(VoiceSettings(), demo.home.cache / "voice-coach")
    try:
        for at, words in counts:
            assert (at // 100 * 100, words) in shown
            assert abs(placed(sound, voice.clip(words).samples, at) - at) <= 1, (at, words)
    finally:
        voice.close()


def test_the_sets_of_the_log_are_those_of_the_transcript(demo: Demo) -> None:
    records = [entry.fields for entry in demo.log.entries if entry.fields["type"] == "record"]
    sets = [record["data"] for record in records if record["kind"] == "set"]
    assert [(one["exercise"], one["done_reps"], one["completed"]) for one in sets] == [
        ("seated_warmup", None, True), ("chair_stand", 5, True), ("wall_pushup", 5, True), ("easy_breath", None, True),
    ]  # fmt: skip
    assert any("four exercises, four sets" in what for _, what in demo.told)
    assert "Sets: 4 of 4." in demo.done.out


def test_it_can_be_replayed_and_reviewed(demo: Demo) -> None:
    log = demo.home.data / "demo" / "log.jsonl"
    assert replay(demo.log).trace_equal is True
    replayed = demo.home.spawn("replay", "--log", str(log))
    assert replayed.code == 0
    assert "the same again" in replayed.out
    shown = demo.home.spawn("log", "last", "--json", "--log", str(log))
    assert json.loads(shown.out) == json.loads(json.dumps(as_json(summarise(demo.log))))


def test_the_wav_is_as_long_as_the_session(demo: Demo) -> None:
    ended = demo.log.entries[-1].fields["at"]
    sound = read_wav(demo.home.data / "demo" / "session.wav")
    assert ended <= len(sound) / 16 <= ended + 1_000
