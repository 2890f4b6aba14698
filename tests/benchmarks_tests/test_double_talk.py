"""Words under the coach's voice: where they are put, whose command is whose, and a coach that obeys nothing."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from tests.benchmarks.coaching import Coach, Recorder, played, prompts_say, run, session_says
from tests.benchmarks.double_talk import BETWEEN_MS, FIRST_MS, OVERLAP, Placed, Word, fates, place
from tests.benchmarks_tests.hand import WORDS, entry, silence, tone
from tests.sessions import small_routine
from voice_coach.audio.clip import FRAMES_PER_MS, Clip, Pcm, to_samples
from voice_coach.commands import Match
from voice_coach.speech.canceller import NoCanceller
from voice_coach.speech.ears import TextEars


class Tones:
    """A voice that says everything with one tone."""

    def clip(self, text: str) -> Clip:
        return Clip(to_samples(tone(self.ms(text))))

    def ms(self, text: str) -> int:
        return 200 + 40 * len(text)


def word(text: str) -> Word:
    match = WORDS.match(text)
    assert match is not None
    return Word(
        entry=entry(text), sound=np.concatenate([silence(100), tone(400), silence(100)]), wanted=match, human=True
    )


def meaning(text: str) -> Match:
    match = WORDS.match(text)
    assert match is not None
    return match


def busy(*stretches: tuple[int, int], length_ms: int) -> Pcm:
    sound = silence(length_ms)
    for start, end in stretches:
        sound[start * FRAMES_PER_MS : end * FRAMES_PER_MS] = tone(end - start)
    return sound


def test_words_lie_under_the_coachs_voice_one_after_the_other() -> None:
    coach = busy((0, 9_000), (15_000, 18_000), (30_000, 45_000), length_ms=60_000)
    found = list(place([word("stop")] * 9, coach))
    assert len(found) >= 4
    for each in found:
        span = coach[each.begins_ms * FRAMES_PER_MS : each.ends_ms * FRAMES_PER_MS]
        assert np.count_nonzero(span) / len(span) >= OVERLAP - 0.1
        assert (each.begins_ms - each.at_ms, each.ends_ms - each.at_ms) == (100, 500)
    assert found[0].at_ms >= FIRST_MS
    assert all(b.at_ms >= a.ends_ms + BETWEEN_MS for a, b in pairwise(found))
    again = list(place([word("stop")] * 9, coach))
    assert [each.at_ms for each in found] == [each.at_ms for each in again]


def test_where_the_coach_says_nothing_nothing_is_placed() -> None:
    assert list(place([word("stop")], silence(30_000))) == []
    assert list(place([word("stop")], silence(100))) == []


def test_a_command_belongs_to_the_word_before_it_and_else_to_nobody() -> None:
    placed = [
        Placed(word=word(text), at_ms=at, begins_ms=at + 100, ends_ms=at + 500)
        for text, at in (("stop", 10_000), ("yes", 15_000), ("no", 20_000))
    ]
    obeyed = [(9_000, "two"), (10_700, "stop"), (15_800, "no"), (15_900, "yes"), (23_900, "help")]
    found, strays = fates(placed, [(at, meaning(text)) for at, text in obeyed])
    assert [(each.right, each.wrong, each.latency_ms) for each in found] == [
        (True, False, 200),
        (True, True, 400),
        (False, False, None),
    ]
    assert [at for at, _ in strays] == [9_000, 23_900]


def test_the_coach_obeys_nothing_and_notes_everything() -> None:
    voice = Tones()
    says = session_says(small_routine(), voice, 30_000)
    silent = played(Coach(says, 30_000), voice)
    room, coach = Recorder(), Coach(says, 30_000)
    obeyed = run(coach, room, voice, TextEars([(5_000, "stop"), (9_000, "yes")]), NoCanceller(), WORDS)
    assert [each.phrase for each in obeyed] == ["stop", "yes"]
    assert 5_000 <= obeyed[0].at <= 5_100
    assert np.array_equal(np.concatenate(room.blocks), silent)
    assert np.count_nonzero(silent) > len(silent) // 4


def test_prompts_come_one_after_another_and_are_all_heard_out() -> None:
    voice = Tones()
    says, ends = prompts_say(["Good.", "Stand up slowly."], voice)
    sound = played(Coach(says, ends), voice)
    loud = np.abs(sound) > 1_000
    assert abs(int(np.flatnonzero(loud)[0]) // FRAMES_PER_MS - says[0].at) <= 1
    spoken = sum(voice.ms(text) for text in ("Good.", "Stand up slowly."))
    assert np.count_nonzero(loud) / FRAMES_PER_MS > 0.8 * spoken
    assert ends > says[1].at + voice.ms("Stand up slowly.")
