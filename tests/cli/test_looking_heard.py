"""Looking back, said aloud: the shipped model hears what can be asked and what puts a count right."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from tests.cli.home import WOMAN, Home, spoken
from tests.cli.visiting import text_of
from tests.cli.woman import MODEL, Rehearsal
from tests.coaching.build import LIBRARY, MONDAY, ROUTINES
from tests.review.lines import record, set_of
from voice_coach.audio.clip import BLOCK
from voice_coach.cli.common import vocabulary
from voice_coach.cli.looking_back import look_back
from voice_coach.cli.memory import Memory
from voice_coach.cli.talk import Talk
from voice_coach.commands import Match, Vocabulary
from voice_coach.conversation.interview import line
from voice_coach.conversation.looking_back import LAST_TIME, THIS_MONTH, THIS_WEEK, that_was
from voice_coach.hearing import Accepted, Listener
from voice_coach.journal import Journal
from voice_coach.speech.canceller import NoCanceller
from voice_coach.speech.voice import Voice
from voice_coach.speech.vosk_ears import VoskEars

CHOOSING = vocabulary(list(ROUTINES.values()), today=True)
COUNTED = that_was(8)


@pytest.fixture(scope="module")
def ears() -> Iterator[VoskEars]:
    ears = VoskEars(MODEL, CHOOSING.phrases)
    yield ears
    ears.close()


def heard(home: Home, ears: VoskEars, words: str, vocabulary: Vocabulary) -> list[Match]:
    """What is made of words that a woman says in a silent room."""
    ears.listen_for(vocabulary.phrases)
    listener, silence = Listener(ears, NoCanceller(), vocabulary), np.zeros(BLOCK, dtype=np.int16)
    voice = Voice(WOMAN, home.cache / "voice-coach")
    try:
        pcm = spoken(voice, ((500, words),), tail_ms=2_500)
    finally:
        voice.close()
    blocks = (pcm[at : at + BLOCK] for at in range(0, len(pcm) - BLOCK, BLOCK))
    decisions = (each for block in blocks for each in listener.hear(block, silence))
    return [each.match for each in decisions if isinstance(each, Accepted)]


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("how did i do last time", LAST_TIME),
        ("how was last time", LAST_TIME),
        ("last time", LAST_TIME),
        ("how was my week", THIS_WEEK),
        ("how is this week", THIS_WEEK),
        ("what have i done this week", THIS_WEEK),
        ("how often", THIS_MONTH),
        ("how often do i train", THIS_MONTH),
        ("how many times this month", THIS_MONTH),
    ],
)
def test_what_she_asks_is_heard_among_everything_that_can_be_said(
    home: Home, ears: VoskEars, words: str, asked: str
) -> None:
    assert {match.name for match in heard(home, ears, words, CHOOSING)} == {asked}


@pytest.mark.parametrize(
    ("words", "reps"),
    [
        ("that was six", 6),
        ("that was six, not eight", 6),
        ("it was seven", 7),
        ("make it five", 5),
        ("that was only four", 4),
        ("nine, not eight", 9),
    ],
)
def test_a_correction_is_heard(home: Home, ears: VoskEars, words: str, reps: int) -> None:
    assert {match.value for match in heard(home, ears, words, COUNTED)} == {reps}


def test_a_count_is_put_right_by_voice_alone_in_a_living_room(home: Home) -> None:
    """With the coach's own voice in the microphone, which names the numbers, too."""
    home.log.parent.mkdir(parents=True)
    record(home.log, MONDAY, [(1, "set", set_of("chair_stand"))], name="s")
    now = MONDAY + timedelta(minutes=30)

    def clock() -> datetime:
        return now

    confirm = line("looking.instead", LIBRARY["chair_stand"].name, 6, 10)
    answers = {text_of("looking.hint"): "that was six, not ten", text_of(confirm): "yes"}
    with Rehearsal(home, answers) as room:
        room.woman.held = cast("Any", SimpleNamespace(now_held=SimpleNamespace(asking=True)))  # she may always speak
        with Journal.open(home.log, "spoken", clock) as journal:
            memory = Memory(journal, home.log, clock)
            look_back(Talk(room.held, memory), LIBRARY)
        assert [words for _asked, words in room.woman.said] == list(answers.values())
    assert memory.person.sessions[-1].sets[-1].done_reps == 6
