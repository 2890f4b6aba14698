"""The first word comes soon: what the first minute needs is rendered before it, the rest beside the talk."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from voice_coach import prompts, script
from voice_coach.audio.room import NullRoom
from voice_coach.cli.rendering import Learning, prepare_ahead
from voice_coach.conversation.interview import line
from voice_coach.errors import EngineError
from voice_coach.speech.voice import Voice, VoiceSettings
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

    def prepare(self, texts: Iterable[str], progress: Callable[[int, int], None] | None = None) -> int:
        wanted = list(texts)
        if threading.current_thread() is not threading.main_thread():
            assert self.gate.wait(LONG_S)
            self.beside += wanted
            if self.fails:
                self.last.set()
                raise EngineError("dead")
        done = super().prepare(wanted, progress)
        if LATE in wanted:
            self.last.set()
        return done


@pytest.fixture
def voice(tmp_path: Path) -> Iterable[HeldVoice]:
    voice = HeldVoice(tmp_path)
    yield voice
    voice.close()


def quiet(_sentence: str) -> None:
    return None


def test_beside_a_sound_card_only_the_first_minute_is_rendered_before_the_first_word(voice: HeldVoice) -> None:
    learning = prepare_ahead(LastResort(voice, quiet), SoundCard(), None, [], asking=True)
    assert learning is not None
    first, later = prompts.texts(prompts.first_lines()), prompts.texts(prompts.talk_lines())
    assert all(voice.known(text) for text in first)
    assert not voice.known(LATE) and LATE in later
    assert len(first) < len(later) / 5
    assert voice.clip(script.text(line("disclaimer.agree"))).ms > 500  # said while the thread still waits
    voice.gate.set()
    learning.close()
    assert len(voice.beside) < len(later)  # it was ended, not waited for


def test_all_of_it_is_learnt_while_she_is_talked_to_and_two_threads_may_ask_at_once(voice: HeldVoice) -> None:
    learning = Learning(voice, [script.text(line(f"interview.{name}")) for name in ("first", "needed")] + [LATE])
    voice.gate.set()
    assert voice.clip("A sentence nobody has made before.").ms > 500
    assert voice.last.wait(LONG_S)
    learning.close()
    assert voice.known(LATE) and voice.beside[-1] == LATE


def test_a_voice_that_dies_beside_the_talk_breaks_nothing(voice: HeldVoice) -> None:
    voice.fails = True
    learning = Learning(voice, ["One.", "Two."])
    voice.gate.set()
    assert voice.last.wait(LONG_S)
    learning.close()
    assert voice.beside == ["One."]


def test_a_recording_waits_for_all_of_it_and_without_sound_nothing_is_rendered(voice: HeldVoice) -> None:
    assert prepare_ahead(LastResort(voice, quiet), NullRoom(), None, [], asking=True) is None
    assert all(voice.known(text) for text in prompts.texts(prompts.talk_lines()))
    assert prepare_ahead(TextVoice(), SoundCard(), None, [], asking=True) is None


def test_what_is_first_said_is_among_what_is_said_at_all() -> None:
    assert set(prompts.first_lines()) <= set(prompts.talk_lines())
