"""The shipped model listens for other words from one question to the next, in one process and without loading anew."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from voice_coach.audio.clip import BLOCK, FRAMES_PER_MS, Pcm, to_pcm
from voice_coach.commands import Vocabulary
from voice_coach.conversation.words import words_for
from voice_coach.errors import EngineError
from voice_coach.paths import shipped
from voice_coach.person.questions import Kind, Question
from voice_coach.speech.ears import Utterance
from voice_coach.speech.voice import Voice
from voice_coach.speech.vosk_ears import VoskEars

NUMBER = words_for(Question(id="feeling.good", kind=Kind.NUMBER)).phrases
YES_NO = words_for(Question(id="screening.chest")).phrases
SESSION = Vocabulary().phrases


@pytest.fixture
def ears() -> VoskEars:
    return VoskEars(shipped("models") / "coach-en", NUMBER)


def heard(ears: VoskEars, voice: Voice, word: str) -> list[Utterance]:
    """What comes of one word between two silences."""
    gap = np.zeros(900 * FRAMES_PER_MS, dtype=np.float32)
    sound = np.concatenate([gap, voice.clip(word).samples * np.float32(0.5), gap])
    sound += np.random.default_rng(3).normal(0, 0.0005, len(sound)).astype(np.float32)
    told = [report for block in blocks(to_pcm(sound)) for report in ears.accept(block)]
    return [report for report in (*told, *ears.flush()) if isinstance(report, Utterance)]


def blocks(sound: Pcm) -> Sequence[Pcm]:
    return [sound[at : at + BLOCK] for at in range(0, len(sound), BLOCK)]


def test_a_word_counts_only_while_it_is_listened_for(ears: VoskEars, woman: Voice) -> None:
    assert [each.text for each in heard(ears, woman, "eight")] == ["eight"]
    ears.listen_for(YES_NO)
    assert "eight" not in [each.text for each in heard(ears, woman, "eight")]
    assert [each.text for each in heard(ears, woman, "not sure")] == ["not sure"]
    ears.listen_for(SESSION)
    assert [each.text for each in heard(ears, woman, "easier")] == ["easier"]
    ears.listen_for(NUMBER)
    assert [each.text for each in heard(ears, woman, "eight")] == ["eight"]


def test_distress_and_stop_are_listened_for_whatever_is_asked(ears: VoskEars, woman: Voice) -> None:
    for phrases in (NUMBER, YES_NO, SESSION):
        ears.listen_for(phrases)
        assert ears.unknown_phrases == ()
        for words in ("stop", "chest pain"):
            assert [each.text for each in heard(ears, woman, words)] == [words]


def test_time_goes_on_where_the_words_change(ears: VoskEars, woman: Voice) -> None:
    (first,) = heard(ears, woman, "eight")
    length = 1_800 + woman.clip("eight").ms
    ears.listen_for(NUMBER)
    (second,) = heard(ears, woman, "eight")
    assert second.start_ms - first.start_ms == pytest.approx(length, abs=100)


def test_words_the_model_does_not_know_are_an_error_and_leave_the_ears_as_they_were(
    ears: VoskEars, woman: Voice
) -> None:
    with pytest.raises(EngineError, match="none of the words"):
        ears.listen_for(["zorblax"])
    assert [each.text for each in heard(ears, woman, "eight")] == ["eight"]
