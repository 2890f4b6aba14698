"""Real ears, canceller and voices in the rehearsal room: the coach takes no notice of itself, and at once of her."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from voice_coach.audio.clip import Clip
from voice_coach.audio.mixer import Mixer, Rank
from voice_coach.audio.room import RehearsalRoom
from voice_coach.commands import Vocabulary
from voice_coach.hearing import Accepted, Attend, Attention, Decision, Listener
from voice_coach.paths import shipped
from voice_coach.session.events import Intent
from voice_coach.speech.canceller import Canceller, RoomCanceller, WebRtcCanceller
from voice_coach.speech.voice import Voice
from voice_coach.speech.vosk_ears import VoskEars

WORDS = ("pause", "resume", "stop", "easier", "harder", "repeat", "skip", "yes", "no", "what's next", "help", "done")
TEACHING = (
    "Clear floor, shoes on, phone close by. To rest at any time, say pause. Or say stop.",
    "You can say: repeat, easier, skip, go back, or pause.",
    "I have stopped. Do you want to end here? Say yes, or resume.",
    "one, up", "and down", "two, up", "and down", "three more", "last one",
)  # fmt: skip
SENTENCE_GAP_MS = 400
SHIPPED = shipped("models") / "coach-en"  # the tiny model of the tests was taught the coach's own voice


class Scene:
    """The coach speaks, the person too; everything goes through the real parts."""

    def __init__(self, model: Path, canceller: Canceller, echo_gain: float = 0.5) -> None:
        self.room = RehearsalRoom(echo_gain=echo_gain)
        self.mixer = Mixer()
        ears = VoskEars(model, WORDS)
        self.listener = Listener(ears, canceller, Vocabulary())
        self.found: list[Decision] = []

    def play(self, until_ms: int) -> None:
        while self.mixer.now_ms < until_ms:
            played = self.mixer.render()
            self.found += self.listener.hear(self.room.exchange(played), played, self.mixer.audible)

    def say(self, voice: Voice, sentences: Sequence[str]) -> None:
        for text in sentences:
            clip = voice.clip(text)
            self.mixer.say(self.mixer.now_ms, clip, Rank.TALK, text)
            self.play(self.mixer.now_ms + clip.ms + SENTENCE_GAP_MS)


@pytest.mark.parametrize("echo_gain", [0.5, 2.0])
def test_the_coach_neither_obeys_nor_softens_nor_answers_itself(
    tiny_vosk_model: Path, coach: Voice, echo_gain: float
) -> None:
    scene = Scene(tiny_vosk_model, WebRtcCanceller(), echo_gain)
    scene.say(coach, TEACHING)
    assert [each for each in scene.found if not hasattr(each, "why")] == []


@pytest.mark.parametrize("echo_gain", [0.5, 2.0])
def test_through_our_canceller_it_neither_obeys_nor_answers_itself(coach: Voice, echo_gain: float) -> None:
    scene = Scene(SHIPPED, RoomCanceller(), echo_gain)
    scene.say(coach, TEACHING)
    left = [each for each in scene.found if not hasattr(each, "why")]
    # It may become softer for a moment, since what is left of its voice is sometimes taken for somebody's.
    assert [each for each in left if not isinstance(each, Attend) or each.attention is Attention.MUTE] == []


@pytest.mark.parametrize(("word", "intent"), [("pause", Intent.PAUSE), ("stop", Intent.STOP)])
def test_over_the_coachs_voice_it_falls_silent_in_the_middle_of_a_word(
    tiny_vosk_model: Path, coach: Voice, word: str, intent: Intent
) -> None:
    scene = Scene(tiny_vosk_model, RoomCanceller())
    scene.say(coach, ["one, up", "and down"])
    sentence = coach.clip("Sit at the front of the chair, tall and easy, with your feet under your knees.")
    begins = scene.mixer.now_ms
    said: Clip = coach.clip(word)
    scene.mixer.say(begins, sentence, Rank.TALK, "Sit at the front of the chair")
    scene.room.say(begins + 1_200, said)
    ends = begins + 1_200 + said.ms
    scene.play(ends + 1_500)
    (accepted,) = [each for each in scene.found if isinstance(each, Accepted)]
    assert accepted.match.intent is intent
    silent = [each.at_ms for each in scene.found if isinstance(each, Attend) and each.attention is Attention.MUTE]
    first = min([accepted.at_ms, *silent])  # a command hushes too, where its first sign comes that late
    assert begins + 1_200 < first <= ends + 250
    assert accepted.at_ms <= ends + 400
