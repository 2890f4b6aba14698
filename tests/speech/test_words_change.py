"""The shipped model while its words change: what is being said is heard, and the answer to what is asked next."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.hearing.scene import changed, commands
from voice_coach.audio.clip import BLOCK, FRAMES_PER_MS, Pcm, to_pcm
from voice_coach.audio.mixer import Audible
from voice_coach.commands import Vocabulary, phrases_of
from voice_coach.conversation.words import ALWAYS, words_for
from voice_coach.hearing import Accepted, Rules
from voice_coach.paths import shipped
from voice_coach.person.questions import Kind, Question
from voice_coach.session.events import DISTRESS, Intent
from voice_coach.speech.voice import Voice
from voice_coach.speech.vosk_ears import VoskEars

RULES = Rules()
BETWEEN = Vocabulary(only=phrases_of(*ALWAYS))
YES_NO = Vocabulary(only=phrases_of(*ALWAYS, Intent.YES, Intent.NO))
NUMBER = words_for(Question(id="feeling.good", kind=Kind.NUMBER))


@pytest.fixture
def ears() -> VoskEars:
    return VoskEars(shipped("models") / "coach-en", Vocabulary().phrases)


def room(*said: tuple[int, NDArray[np.float32]]) -> Pcm:
    """Voices at milliseconds over a faint noise."""
    frames = max(at * FRAMES_PER_MS + len(samples) for at, samples in said) + 1_500 * FRAMES_PER_MS
    made = np.random.default_rng(1).normal(0, 0.0004, frames - frames % BLOCK).astype(np.float32)
    for at, samples in said:
        made[at * FRAMES_PER_MS :][: len(samples)] += samples
    return to_pcm(made)


@pytest.mark.parametrize("into_ms", [100, 300])
@pytest.mark.parametrize(
    ("words", "intent"),
    [("dizzy", Intent.DIZZY), ("help me", Intent.EMERGENCY), ("I fell", Intent.FALL), ("chest pain", Intent.CHEST)],
)
def test_a_word_of_distress_is_heard_whole_while_the_words_change(
    ears: VoskEars, woman: Voice, words: str, intent: Intent, into_ms: int
) -> None:
    mic = room((1_500, woman.clip(words).samples * np.float32(0.5)))
    found = commands(changed(ears, mic, [(1_500 + into_ms, BETWEEN)]))
    assert found[0][1] is intent and {each for _, each in found} <= {*DISTRESS}


@pytest.mark.parametrize(("waits_ms", "heard"), [(RULES.other_words, [7]), (60_000, [])])
def test_an_answer_right_after_the_question_is_heard_with_its_own_words(
    ears: VoskEars, woman: Voice, coach: Voice, waits_ms: int, heard: list[int]
) -> None:
    """Between her answers the coach speaks, and something of it is left; with the words of before nothing is heard."""
    question = coach.clip("How well do you feel?")
    asked, ends = 1_900, 1_900 + question.ms
    yes, seven = (woman.clip(words).samples * np.float32(0.5) for words in ("yes", "seven"))
    mic = room((1_000, yes), (asked, question.samples * np.float32(0.002)), (ends + 150, seven))
    played = np.zeros(len(mic), dtype=np.int16)
    played[asked * FRAMES_PER_MS :][: len(question.samples)] = to_pcm(question.samples)
    sounding = [Audible(text="How well do you feel?", started_ms=asked, ends_ms=ends)]
    rules = Rules(other_words=waits_ms, heard_out=RULES.heard_out if heard else waits_ms)
    found = changed(ears, mic, [(0, YES_NO), (1_600, NUMBER)], coach=sounding, played=played, rules=rules)
    accepted = [each.match for each in found if isinstance(each, Accepted)]
    assert [each.value for each in accepted if each.intent is Intent.NUMBER] == heard
