"""The first word comes soon: what the first seconds need is rendered before it, the rest beside the talk."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from tests.sessions import tiny_plan
from voice_coach import prompts, script
from voice_coach.audio.clip import Clip
from voice_coach.audio.mixer import Mixer
from voice_coach.audio.room import NullRoom
from voice_coach.cli.rendering import prepare_ahead, prepare_meanwhile
from voice_coach.commands import Vocabulary
from voice_coach.conversation.interview import line
from voice_coach.errors import EngineError
from voice_coach.live import Studio
from voice_coach.session.lines import Key, Line
from voice_coach.speech.canceller import NoCanceller
from voice_coach.speech.ears import NoEars
from voice_coach.speech.voice import Voice, VoiceSettings
from voice_coach.speech.voice_process import VoiceProcess, VoiceRefusedError
from voice_coach.studio import LastResort, TextVoice

LONG_S = 30.0
LATE = script.text(line("screening.near"))


class SoundCard(NullRoom):
    """One where time passes by itself."""

    realtime = True


class HeldVoice(Voice):
    """The real voice; beside the main thread it waits for `gate`, and may fail."""

    def __init__(self, cache: Path) -> None:
        super().__init__(VoiceSettings(), cache)
        self.gate, self.last = threading.Event(), threading.Event()
        self.beside: list[str] = []
        self.fails = False

    def clip(self, text: str) -> Clip:
        if threading.current_thread() is not threading.main_thread() and self.fails:
            raise EngineError("dead")
        return super().clip(text)

    def prepare(self, texts: Iterable[str], progress: Callable[[int, int], None] | None = None) -> int:
        wanted = list(texts)
        if threading.current_thread() is not threading.main_thread():
            assert self.gate.wait(LONG_S)
            if self.fails:
                raise EngineError("dead")
            self.beside += wanted
        done = super().prepare(wanted, progress)
        if LATE in wanted:
            self.last.set()
        return done


@pytest.fixture
def voice(tmp_path: Path) -> HeldVoice:
    return HeldVoice(tmp_path)


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def coach(voice: HeldVoice, told: list[str]) -> Iterator[LastResort]:
    made = LastResort(voice, told.append)
    yield made
    voice.gate.set()
    made.close()


class NoKeys:
    """Nothing is typed."""

    def poll(self) -> list[str]:
        return []


def studio(room: NullRoom, coach: LastResort) -> Studio:
    return Studio(
        room=room, mixer=Mixer(), voice=coach, ears=NoEars(), canceller=NoCanceller(), vocabulary=Vocabulary({}),
        typing=NoKeys(), substitute=NullRoom,
    )  # fmt: skip


def test_beside_a_sound_card_only_the_first_seconds_are_rendered_before_the_first_word(
    coach: LastResort, voice: HeldVoice
) -> None:
    prepare_ahead(coach, SoundCard(), None, [], asking=True)
    first, later = prompts.texts(prompts.opening_lines()), prompts.texts(prompts.talk_lines())
    assert all(voice.known(text) for text in first)
    assert not voice.known(LATE) and LATE in later
    assert len(first) < len(later) / 10


def test_advice_in_distress_is_in_memory_before_the_first_word(coach: LastResort, voice: HeldVoice) -> None:
    prepare_ahead(coach, SoundCard(), None, [], asking=True)
    advice = prompts.texts(prompts.advice_lines())
    assert len(advice) > 10
    assert all(voice.at_hand(text) is not None for text in advice)


def test_all_of_it_is_learnt_while_she_is_talked_to_the_first_minute_first(coach: LastResort, voice: HeldVoice) -> None:
    prepare_ahead(coach, SoundCard(), None, [], asking=True)
    voice.gate.set()
    assert voice.last.wait(LONG_S)
    assert voice.known(LATE)
    minute = set(prompts.texts(prompts.first_lines())) - set(prompts.texts(prompts.opening_lines()))
    assert set(voice.beside[: len(minute)]) == minute


def test_a_session_is_waited_for_and_its_counts_are_held_in_memory(coach: LastResort, voice: HeldVoice) -> None:
    coach.keep_pace()
    voice.gate.set()
    where = studio(SoundCard(), coach)
    lines = [each for each in prompts.lines_for(tiny_plan()) if each.key in (*prompts.COUNTED, Key.EXERCISE)]
    prepare_meanwhile(where, coach, lines[:20])
    assert all(voice.known(text) for text in prompts.texts(lines[:20]))
    counted = prompts.texts(prompts.counted_lines(lines[:20]))
    assert counted and all(voice.at_hand(text) is not None for text in counted)
    assert where.mixer.now_ms > 0  # the room was served meanwhile


def test_a_voice_that_dies_or_hangs_beside_the_talk_is_not_waited_for(
    coach: LastResort, voice: HeldVoice, told: list[str]
) -> None:
    coach.keep_pace()
    voice.fails = True
    voice.gate.set()
    prepare_meanwhile(studio(SoundCard(), coach), coach, [Line(Key.NUMBER, (1,)), Line(Key.PAUSED)])
    assert told == ["dead The session goes on with tones and text."]
    assert not voice.known(script.text(Line(Key.PAUSED)))


def test_a_recording_waits_for_all_of_it_and_without_sound_nothing_is_rendered(
    coach: LastResort, voice: HeldVoice
) -> None:
    prepare_ahead(coach, NullRoom(), None, [], asking=True)
    assert all(voice.known(text) for text in prompts.texts(prompts.talk_lines()))
    prepare_ahead(TextVoice(), SoundCard(), None, [], asking=True)
    prepare_meanwhile(studio(NullRoom(), coach), coach, [Line(Key.NUMBER, (99,))])
    assert voice.known(script.text(Line(Key.NUMBER, (99,))))


@pytest.mark.parametrize("room", [NullRoom(), SoundCard()])
def test_without_an_engine_there_are_tones_and_text_and_that_is_said(tmp_path: Path, room: NullRoom) -> None:
    told: list[str] = []
    dead = VoiceProcess(None, 165, command=("false",))
    coach = LastResort(Voice(VoiceSettings(), tmp_path, process=dead), told.append)
    prepare_ahead(coach, room, None, [], asking=True)
    coach.close()
    assert len(told) == 1 and told[0].endswith("The session goes on with tones and text.")


def test_a_voice_of_a_name_that_is_none_is_refused_before_the_first_word(tmp_path: Path) -> None:
    coach = LastResort(Voice(VoiceSettings(name="nobody at all"), tmp_path), lambda sentence: None)
    with pytest.raises(VoiceRefusedError, match='no voice "nobody at all"'):
        prepare_ahead(coach, SoundCard(), None, [], asking=True)
    coach.close()


def test_what_is_first_said_is_among_what_is_said_at_all() -> None:
    assert set(prompts.opening_lines()) <= {*prompts.talk_lines(), *prompts.first_lines()}
    assert set(prompts.first_lines()) <= set(prompts.talk_lines())
