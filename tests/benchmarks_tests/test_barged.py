"""The barge-in measure as a whole, with ears that hear a script: who is counted where, what the coach obeys."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.benchmarks.barged import SILENT, SYNTHETIC, WEBRTC, WITH, WITHOUT, Row, Setting, barged
from tests.benchmarks.goals import barge_in_figures
from tests.benchmarks.listeners import Engine
from tests.benchmarks.own_words import own_words, texts_of
from tests.benchmarks.pack import Kind
from tests.benchmarks_tests.hand import WORDS, entry, silence, tone
from tests.benchmarks_tests.test_double_talk import Tones
from tests.sessions import small_routine
from voice_coach.commands import Vocabulary
from voice_coach.speech.canceller import NoCanceller, RoomCanceller, WebRtcCanceller
from voice_coach.speech.choose import EarsSettings
from voice_coach.speech.ears import Ears, TextEars

DIRECT = np.array([0, 20_000, 0], dtype=np.int16)
PROMPTS = ["Sit down at the front of the chair, with both feet flat on the floor, and look ahead.", "Now rest a while."]
ROOMS = [(entry("kitchen", Kind.ROOM), DIRECT), (entry("hall", Kind.ROOM), DIRECT)]


class Scripted(Engine):
    """An engine whose ears hear the same words every second, whatever is said."""

    words = "stop"

    def ears(self, words: Vocabulary) -> Ears:
        return TextEars([(at, self.words) for at in range(1_000, 300_000, 1_000)])


def setting(levels: tuple[float, ...] = (-10.0,)) -> Setting:
    engine = Scripted(name="pocketsphinx", settings=EarsSettings(), model=None)
    return Setting(
        engine=engine,
        words=WORDS,
        levels_db=levels,
        delay_ms=60.0,
        drift_ppm=0.0,
        many=4,
        routine="first_taste",
        plain_too=False,
    )


def said(sentence: str) -> None:
    assert sentence


@pytest.fixture(scope="module")
def rows() -> tuple[Row, ...]:
    word = np.concatenate([silence(50), tone(400), silence(50)])
    clips = [(entry(text), word) for text in ("stop", "yes", "go", "two", "stop", "no")]
    return barged(clips, ROOMS, Tones(), Tones(), setting(), said).rows


def test_every_kind_of_words_is_counted_in_every_condition(rows: tuple[Row, ...]) -> None:
    kinds = {"human words": 3, "human digits": 1, "synthetic words": 1}
    assert {(row.condition, row.what): row.right.of for row in rows} == {
        (condition, what): many for condition in (SILENT, WITH, WEBRTC, WITHOUT) for what, many in kinds.items()
    }
    digits = next(row for row in rows if row.what == "human digits" and row.condition == WITH)
    assert (digits.right.count, digits.wrong.count) == (0, 1)  # "stop" was heard, and a number had been said
    assert all(row.strays > 0 for row in rows if row.condition == SILENT)


def test_what_is_kept_is_what_was_heard_in_silence_too(rows: tuple[Row, ...]) -> None:
    silent = {row.what: row.right.count for row in rows if row.condition == SILENT}
    assert {row.kept.of - silent[row.what] for row in rows} == {0}
    assert silent["human words"] > 0


def test_what_a_session_takes_is_measured() -> None:
    room = setting().room(DIRECT, 0.1)
    assert isinstance(setting().canceller(WITH, room), RoomCanceller)
    assert isinstance(setting().canceller(WEBRTC, room), WebRtcCanceller)
    assert isinstance(setting().canceller(WITHOUT, room), NoCanceller)


def test_synthetic_words_are_all_commands() -> None:
    assert [text for text in SYNTHETIC if WORDS.whole(text) is None] == []


def test_prompts_that_are_obeyed_are_named_with_their_room() -> None:
    found = own_words(PROMPTS, ROOMS, Tones(), setting(), said)
    assert [(each.condition, each.prompts, each.rooms) for each in found] == [(WITH, 2, 2), (WITHOUT, 2, 2)]
    for each in found:
        assert {own.room for own in each.triggered} == {"kitchen", "hall"}
        assert {own.phrase for own in each.triggered} == {"stop"}
        assert {own.prompt for own in each.triggered} <= set(PROMPTS)
        assert PROMPTS[1] in {own.prompt for own in each.triggered}  # from its end on nothing else is to be heard


def test_what_is_said_on_the_way_is_a_part_of_all_that_may_be_said() -> None:
    way, every = (texts_of([small_routine()], every=all_of_it) for all_of_it in (False, True))
    assert len(way) > 10
    assert set(way) < set(every)
    assert len(every) == len(set(every))


def test_figures_have_goals_only_where_they_are_due() -> None:
    measured = barged([(entry("stop"), tone(400))] * 4, ROOMS, Tones(), Tones(), setting(), said)
    alone = own_words(["Sit down."], ROOMS[:1], Tones(), setting(), said)
    real, made = (barge_in_figures(measured, alone, real=each) for each in (True, False))
    assert {each.name: each.goal for each in real} == {
        "heard while the coach is silent": 90.0,
        "heard under the coach's voice, with canceller": 95.0,
        "heard under the coach's voice, with WebRTC's canceller": None,
        "heard under the coach's voice, without canceller": None,
        "own prompts obeyed, with canceller": 0.0,
        "own prompts obeyed, without canceller": None,
    }
    assert [each.name for each in made if each.goal is not None] == ["heard while the coach is silent"]
    assert real[-2].met is False


@pytest.fixture(autouse=True)
def nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
