"""The model of the room by itself: what it learns, what it keeps, and what it leaves alone. The coach is noise here."""

from __future__ import annotations

import numpy as np

from tests.speech.rooms import db
from voice_coach.audio.clip import BLOCK, FRAMES_PER_MS, RATE, Pcm, Samples, to_pcm, to_samples
from voice_coach.speech.room_model import REACH_MS, RoomModel

LATE = 4 * FRAMES_PER_MS  # what comes out is so much later
SECONDS = 4


def noise(seed: int, seconds: float = SECONDS, level: float = 0.1) -> Samples:
    """White, without a silent block."""
    frames = round(seconds * RATE) // BLOCK * BLOCK
    sound: Samples = np.random.default_rng(seed).normal(0, level, frames).astype(np.float32)
    return sound


def room(late_ms: float, length_ms: int = 100, seed: int = 5) -> Samples:
    """A response that falls by 60 dB over its length, as loud as what goes in."""
    taps = np.random.default_rng(seed).normal(0, 1, length_ms * FRAMES_PER_MS)
    taps *= 10 ** (-3 * np.arange(len(taps)) / len(taps))
    response: Samples = np.concatenate([np.zeros(round(late_ms * FRAMES_PER_MS)), taps / np.linalg.norm(taps)])
    return response.astype(np.float32)


def heard(played: Samples, response: Samples) -> Samples:
    size = 1 << (len(played) + len(response)).bit_length()
    wet = np.fft.irfft(np.fft.rfft(played, size) * np.fft.rfft(response, size), size)[: len(played)]
    return (0.3 * wet).astype(np.float32)


def through(model: RoomModel, mic: Samples, far: Samples) -> Samples:
    ends = range(0, len(mic) - BLOCK + 1, BLOCK)
    near, played = to_pcm(mic), to_pcm(far)
    return to_samples(np.concatenate([model.process(near[at : at + BLOCK], played[at : at + BLOCK]) for at in ends]))


def last(samples: Samples, seconds: float = 1.0) -> float:
    """The level at the end."""
    return db(samples[-round(seconds * RATE) :])


def test_an_echo_is_learnt_and_taken_out() -> None:
    played = noise(1)
    mic = heard(played, room(8))
    assert last(mic) - last(through(RoomModel(), mic, played)) > 25


def test_what_was_learnt_stays_good_when_the_loudspeaker_is_handed_over_later() -> None:
    played, shift = noise(1, 2 * SECONDS), 70 * FRAMES_PER_MS + 13
    mic = heard(played, room(90))
    later = np.concatenate([np.zeros(shift, dtype=np.float32), played])[: len(played)]
    half, then = SECONDS * RATE, (SECONDS + 1) * RATE
    told, untold = RoomModel(), RoomModel()
    for model in (told, untold):
        through(model, mic[:half], played[:half])
    told.shift(shift)
    first = slice(half + REACH_MS * FRAMES_PER_MS, then)  # until then it remembers the loudspeaker as it was
    kept, lost = (through(model, mic[half:then], later[half:then]) for model in (told, untold))
    after = slice(first.start - half, None)
    assert db(mic[first]) - db(kept[after]) > 25
    assert db(mic[first]) - db(lost[after]) < db(mic[first]) - db(kept[after]) - 6


def test_a_shift_beyond_its_reach_leaves_nothing_and_learns_anew() -> None:
    played = noise(1)
    mic = heard(played, room(8))
    model = RoomModel()
    model.shift(2 * REACH_MS * FRAMES_PER_MS)
    assert last(mic) - last(through(model, mic, played)) > 25


def test_without_a_loudspeaker_everything_passes_four_milliseconds_later() -> None:
    her = noise(2, 1)
    out = through(RoomModel(), her, np.zeros_like(her))
    np.testing.assert_allclose(out[LATE:], her[:-LATE], atol=2 / 32768)


def test_the_room_is_remembered_through_a_pause_and_nothing_clicks() -> None:
    played = noise(1, 2 * SECONDS)
    played[3 * RATE : 5 * RATE] = 0.0
    mic = heard(played, room(8))
    left = through(RoomModel(), mic, played)
    assert db(mic[5 * RATE : 6 * RATE]) - db(left[5 * RATE : 6 * RATE]) > 25
    assert np.abs(left[3 * RATE + REACH_MS * FRAMES_PER_MS : 5 * RATE]).max() < 0.005


def test_somebody_who_speaks_spoils_nothing() -> None:
    played = noise(1, 2 * SECONDS)
    echo = heard(played, room(8))
    her = np.zeros_like(played)
    her[3 * RATE : 5 * RATE] = noise(2, 2, level=0.05)
    left = through(RoomModel(), echo + her, played)
    assert db(left[3 * RATE : 5 * RATE]) > db(her[3 * RATE : 5 * RATE]) - 8  # white noise hides worse than speech
    assert last(echo) - last(left) > 25
    assert db(echo[5 * RATE + LATE : 6 * RATE]) - db(left[5 * RATE + LATE : 6 * RATE]) > 20


def test_a_room_that_may_have_changed_is_learnt_again() -> None:
    played = noise(1, 2 * SECONDS)
    half = SECONDS * RATE
    mic = np.concatenate([heard(played, room(8))[:half], heard(played, room(8, seed=6))[half:]])
    model = RoomModel()
    through(model, mic[:half], played[:half])
    model.reopen()
    assert last(mic) - last(through(model, mic[half:], played[half:])) > 20


def test_it_never_leaves_full_scale() -> None:
    loud: Pcm = np.where(np.arange(RATE) % 40 < 20, 32767, -32768).astype(np.int16)
    model = RoomModel()
    for at in range(0, RATE, BLOCK):
        out = model.process(loud[at : at + BLOCK], -np.maximum(loud[at : at + BLOCK], -32767))
        assert out.dtype == np.int16
        assert len(out) == BLOCK
