"""What is said of a microphone: a real synthetic voice at made levels, in made rooms, through made faults."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from voice_coach.audio.clip import BLOCK, BLOCK_MS, FRAMES_PER_MS, RATE, Pcm, Samples, to_pcm
from voice_coach.microphone import ADVICE, ENOUGH_MS, SILENT_DB, Fault, Level, Microphone, Report
from voice_coach.speech.voice import Voice, VoiceSettings

LENGTH_MS = 12_000
SPEAKS_MS = 6_000  # the woman; the coach begins at COACH_MS and has long ended by then
COACH_MS = 500
CLIP_DB = -24.0  # the median block of a clip at its own level, about
HUSHED_DB = -300.0


@dataclass(frozen=True)
class Voices:
    woman: Samples
    coach: Samples


@pytest.fixture(scope="module")
def voices(spoken_cache: Path) -> Iterator[Voices]:
    name = "gmw/en-us+f2" if sys.platform.startswith("linux") else None
    woman = Voice(VoiceSettings(name=name, rate_wpm=150), spoken_cache / "voice-coach")
    coach = Voice(VoiceSettings(), spoken_cache / "voice-coach")
    with contextlib.closing(woman), contextlib.closing(coach):
        yield Voices(
            woman.clip("Pause. I have done twelve of them today. How many are left?").samples,
            coach.clip("First a short check. Say pause when you hear me.").samples,
        )


def db(level: float) -> float:
    return float(10 ** (level / 20))


def at(clip: Samples, ms: int, gain_db: float = 0.0) -> npt.NDArray[np.float64]:
    sound = np.zeros(LENGTH_MS * FRAMES_PER_MS)
    start = ms * FRAMES_PER_MS
    sound[start : start + len(clip)] = clip * db(gain_db)
    return sound


def room(voices: Voices, *, woman_db: float = -10.0, noise_db: float = -66.0) -> npt.NDArray[np.float64]:
    """What a good microphone hears: the room's noise, and the woman so much softer than her clip."""
    noise = np.random.default_rng(1).normal(0, db(noise_db), LENGTH_MS * FRAMES_PER_MS)
    return noise + at(voices.woman, SPEAKS_MS, woman_db)


def listen(mic: npt.NDArray[np.float64], played: npt.NDArray[np.float64] | None = None) -> Report:
    """The report on all of it."""
    heard, sounded = pcm(mic), pcm(np.zeros(len(mic)) if played is None else played)
    microphone = Microphone()
    for start in range(0, len(heard) - BLOCK + 1, BLOCK):
        microphone.take(heard[start : start + BLOCK], sounded[start : start + BLOCK])
    return microphone.report()


def pcm(sound: npt.NDArray[np.float64]) -> Pcm:
    return to_pcm(sound.astype(np.float32))


def test_a_good_microphone_has_no_fault_and_its_levels_are_those_of_the_room(voices: Voices) -> None:
    report = listen(room(voices))
    assert report.faults == ()
    assert report.advice == ("This microphone will do well.",)
    assert report.heard_ms == LENGTH_MS
    assert report.noise_db == pytest.approx(-66, abs=1)
    assert report.speech_db == pytest.approx(CLIP_DB - 10, abs=2)
    assert (report.echo_db, report.echo_ms, report.clipped) == (None, None, 0)


def test_twenty_decibels_softer_is_told_as_twenty_decibels_softer(voices: Voices) -> None:
    loud, soft = (listen(room(voices, woman_db=gain, noise_db=-90)).speech_db for gain in (0, -20))
    assert loud is not None and soft is not None
    assert loud - soft == pytest.approx(20, abs=2)  # the softest of the soft is not met


def test_nothing_at_all(voices: Voices) -> None:
    for mic in (np.zeros(LENGTH_MS * FRAMES_PER_MS), room(voices, woman_db=HUSHED_DB, noise_db=HUSHED_DB)):
        report = listen(mic)
        assert report.faults == (Fault.DEAD,)
        assert (report.noise_db, report.speech_db) == (SILENT_DB, None)


def test_a_voice_that_is_faint_is_not_called_a_noisy_room(voices: Voices) -> None:
    assert listen(room(voices, woman_db=-40)).faults == (Fault.QUIET,)


def test_a_voice_far_beyond_full_scale_clips(voices: Voices) -> None:
    report = listen(room(voices, woman_db=30))
    assert report.faults == (Fault.CLIPPING,)
    assert report.clipped > 0.5


def test_a_television_is_a_noisy_room(voices: Voices) -> None:
    report = listen(room(voices, woman_db=0, noise_db=-40))
    assert report.faults == (Fault.NOISY,)
    assert report.noise_db == pytest.approx(-40, abs=1)


def test_a_voice_that_hardly_stands_out_makes_a_room_noisy_that_is_not_loud(voices: Voices) -> None:
    report = listen(room(voices, woman_db=-26, noise_db=-52))
    assert report.faults == (Fault.NOISY,)
    assert report.speech_db is not None


def test_a_microphone_that_is_silent_but_for_her_words_is_judged_by_her_words(voices: Voices) -> None:
    """Many laptops gate: nothing at all comes in, then hiss and voice together."""
    for hiss_db in (-66, -56):
        mic = room(voices, noise_db=hiss_db)
        mic[: (SPEAKS_MS - 500) * FRAMES_PER_MS] = 0
        report = listen(mic)
        assert report.faults == ()
        assert report.noise_db == SILENT_DB
        assert report.speech_db == pytest.approx(CLIP_DB - 10, abs=3)


def test_nobody_speaks(voices: Voices) -> None:
    report = listen(room(voices, woman_db=HUSHED_DB))
    assert report.faults == (Fault.NO_SPEECH,)
    assert report.speech_db is None


def test_clicks_are_nobody_speaking(voices: Voices) -> None:
    mic = room(voices, woman_db=HUSHED_DB)
    for click in range(SPEAKS_MS, LENGTH_MS, 500):
        mic[click * FRAMES_PER_MS : (click + 40) * FRAMES_PER_MS] += 0.2
    assert listen(mic).faults == (Fault.NO_SPEECH,)


@pytest.mark.parametrize(("highest_hz", "faults"), [(3_400, (Fault.CALL_QUALITY,)), (7_000, ())])
def test_a_telephone_leaves_nothing_above(voices: Voices, highest_hz: int, faults: tuple[Fault, ...]) -> None:
    spectrum = np.fft.rfft(room(voices))
    spectrum[np.fft.rfftfreq(LENGTH_MS * FRAMES_PER_MS, 1 / RATE) > highest_hz] = 0
    assert listen(np.fft.irfft(spectrum, LENGTH_MS * FRAMES_PER_MS)).faults == faults


@pytest.mark.parametrize(("echo_db", "woman_db", "faults"), [(-6, -10, ()), (6, -20, (Fault.ECHO,))])
def test_the_coach_at_the_microphone(
    voices: Voices, echo_db: float, woman_db: float, faults: tuple[Fault, ...]
) -> None:
    played, late = at(voices.coach, COACH_MS), 100 * FRAMES_PER_MS
    echo = np.concatenate([np.zeros(late), played[:-late]]) * db(echo_db)
    report = listen(room(voices, woman_db=woman_db) + echo, played)
    assert report.faults == faults
    assert report.echo_ms == pytest.approx(100, abs=3)
    assert report.echo_db == pytest.approx(CLIP_DB + echo_db, abs=2)
    assert report.speech_db == pytest.approx(CLIP_DB + woman_db, abs=4)  # of soft speech the softest is not met


def test_a_headset_hears_no_coach(voices: Voices) -> None:
    """What was played and did not come back is neither an echo nor the person."""
    report = listen(room(voices), at(voices.coach, COACH_MS))
    assert (report.echo_db, report.echo_ms, report.faults) == (None, None, ())


def test_the_coach_alone_is_nobody_speaking(voices: Voices) -> None:
    played = at(voices.coach, COACH_MS)
    report = listen(room(voices, woman_db=HUSHED_DB) + played * 0.5, played)
    assert (report.speech_db, report.faults) == (None, (Fault.NO_SPEECH,))


def test_too_little_is_no_ground_for_advice() -> None:
    report = listen(np.zeros((ENOUGH_MS - BLOCK_MS) * FRAMES_PER_MS))
    assert report.faults == ()
    assert report.advice == ("That was too short to tell how good the microphone is.",)


def test_a_level_is_that_of_its_block() -> None:
    sine = 0.5 * np.sin(2 * np.pi * 200 * np.arange(BLOCK) / RATE)
    level = Microphone().take(pcm(sine), np.zeros(BLOCK, dtype=np.int16))
    assert level.peak_db == pytest.approx(-6, abs=0.1)
    assert level.rms_db == pytest.approx(-9, abs=0.1)
    assert Microphone().take(pcm(sine * 0), np.zeros(BLOCK, dtype=np.int16)) == Level(
        rms_db=SILENT_DB, peak_db=SILENT_DB
    )


def test_every_fault_has_a_short_piece_of_advice() -> None:
    assert set(ADVICE) == set(Fault)
    assert all(len(advice.split()) <= 25 and advice.endswith((".", "?")) for advice in ADVICE.values())
