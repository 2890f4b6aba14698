"""The shipped model: small, whole, complete; it hears what can be said to the coach and lets other talk pass."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from models.training import lexicon
from voice_coach.audio.clip import FRAMES_PER_MS, RATE, Pcm, to_pcm
from voice_coach.cli.common import offered, vocabulary
from voice_coach.commands import GENEROUS, PHRASES, Vocabulary
from voice_coach.listening import listen
from voice_coach.session.events import Intent
from voice_coach.speech.canceller import NoCanceller
from voice_coach.speech.manifest import damage, has_manifest
from voice_coach.speech.voice import Voice
from voice_coach.speech.vosk_ears import VoskEars

MOST_BYTES = 6_000_000
GAP = 3 * RATE // 2
SENTENCES = (
    *("the weather was lovely in the garden this morning", "she bought some apples and a newspaper"),
    *("my brother lives near the river", "did you see the football yesterday evening"),
    *("the kettle is boiling in the kitchen", "I would like another cup of coffee with milk"),
    *("they are building a new school behind the church", "our cat sleeps under the table every afternoon"),
    *("please send my greetings to your mother", "there will be rain before the weekend"),
    *("elephant", "umbrella", "December", "sandwich", "guitar", "newspaper"),
)


@pytest.fixture(scope="module")
def words() -> Vocabulary:
    """Everything that can be said with the shipped routines at hand."""
    return vocabulary(offered()[0])


def heard(model: Path, words: Vocabulary, clips: Sequence[Pcm]) -> list[list[Intent]]:
    """For every clip, what would be obeyed; all of them lie in one recording, a second and more apart."""
    pieces, borders, at = [], [], 0
    for clip in clips:
        pieces.append(np.concatenate([clip, np.zeros(GAP - len(clip) % RATE, np.int16)]))
        at += len(pieces[-1])
        borders.append(at / FRAMES_PER_MS)
    found: list[list[Intent]] = [[] for _ in clips]
    hiss = np.random.default_rng(3).normal(0, 10, at)
    sound = np.clip(np.rint(np.concatenate(pieces) + hiss), -32_768, 32_767).astype(np.int16)
    for each in listen(sound, VoskEars(model, words.phrases), NoCanceller(), words):
        if each.match:
            found[bisect(borders, each.utterance.start_ms)].append(each.match.intent)
    return found


def missed(model: Path, words: Vocabulary, phrases: Sequence[str], voices: Sequence[Voice]) -> list[object]:
    said = [(phrase, voice) for voice in voices for phrase in phrases]
    found = heard(model, words, [to_pcm(voice.clip(phrase).samples) for phrase, voice in said])
    wanted = {phrase: match.intent for phrase in phrases if (match := words.whole(phrase))}
    return [(phrase, got) for (phrase, _), got in zip(said, found, strict=True) if got != [wanted[phrase]]]


def test_it_is_small_and_whole(coach_en: Path) -> None:
    assert sum(file.stat().st_size for file in coach_en.rglob("*") if file.is_file()) <= MOST_BYTES
    assert has_manifest(coach_en)
    assert damage(coach_en) == ""


def test_it_knows_every_word_that_can_be_said(coach_en: Path, words: Vocabulary) -> None:
    import vosk

    assert VoskEars(coach_en, words.phrases).unknown_phrases == ()
    model = vosk.Model(str(coach_en))
    assert [word for word in sorted(lexicon.vocabulary()) if model.vosk_model_find_word(word) == -1] == []
    assert model.vosk_model_find_word("zorblax") == -1


def test_it_hears_the_phrases_of_the_table(coach_en: Path, words: Vocabulary, woman: Voice, neighbour: Voice) -> None:
    phrases = [phrase for group in PHRASES.values() for phrase in group]
    lost = missed(coach_en, words, phrases, (woman, neighbour))
    assert len(lost) <= 0.15 * 2 * len(phrases), lost


def test_it_hears_what_must_not_be_missed(coach_en: Path, words: Vocabulary, woman: Voice, neighbour: Voice) -> None:
    lost = missed(coach_en, words, GENEROUS, (woman, neighbour))
    assert len(lost) <= 0.1 * 2 * len(GENEROUS), lost


def test_it_lets_other_talk_pass(coach_en: Path, words: Vocabulary, woman: Voice, neighbour: Voice) -> None:
    clips = [to_pcm(voice.clip(sentence).samples) for voice in (woman, neighbour) for sentence in SENTENCES]
    taken = [(sentence, got) for sentence, got in zip(2 * SENTENCES, heard(coach_en, words, clips), strict=True) if got]
    assert len(taken) <= 0.1 * len(clips), taken


@pytest.mark.parametrize("level", [0, 30, 300, 3000])
def test_it_hears_nothing_in_hiss(coach_en: Path, words: Vocabulary, level: int) -> None:
    hiss = np.random.default_rng(7).normal(0, level, 5 * RATE).astype(np.int16)
    assert heard(coach_en, words, [hiss]) == [[]]


def test_its_word_times_are_those_of_the_voice(coach_en: Path, words: Vocabulary, woman: Voice) -> None:
    """Features, network, topology and graph agree with Kaldi's, or the times would be off."""
    clip = to_pcm(woman.clip("repeat").samples)
    loud = np.flatnonzero(np.abs(clip.astype(int)) > 500)
    lead = RATE // 2
    ears = VoskEars(coach_en, words.phrases)
    ears.accept(np.concatenate([np.zeros(lead, np.int16), clip, np.zeros(RATE // 4, np.int16)]))
    (word,) = ears.flush()
    assert word.start_ms == pytest.approx((lead + loud[0]) / FRAMES_PER_MS, abs=120)
    assert word.end_ms == pytest.approx((lead + loud[-1]) / FRAMES_PER_MS, abs=200)
