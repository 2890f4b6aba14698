"""The handover keeps session time: what comes too late is not played later, what was heard is not lost."""

from __future__ import annotations

import numpy as np

from voice_coach.audio import BLOCK, Pcm
from voice_coach.audio.handover import LARGEST_SURPLUS, LEAD, MOST_WAITING, SURPLUS, WINDOW, Handover


def block(value: int) -> Pcm:
    return np.full(BLOCK, value, dtype=np.int16)


def turn(handover: Handover, heard: Pcm) -> Pcm:
    """Microphone and loudspeaker, once each."""
    handover.hear(heard)
    return handover.give()


def begun() -> Handover:
    """A handover whose loop has given its first block, silence, and has heard nothing yet."""
    handover = Handover(BLOCK)
    assert handover.exchange(block(0), patience_s=0) is None
    return handover


def test_before_the_loop_begins_the_stream_runs_for_nobody() -> None:
    """Opening the recogniser takes a while; the first sentence must not lose its beginning to that."""
    handover = Handover(BLOCK)
    assert [int(turn(handover, block(7))[0]) for _ in range(20)] == [0] * 20
    assert handover.exchange(block(1), patience_s=0) is None
    assert [int(turn(handover, block(8))[0]) for _ in range(LEAD + 1)] == [0] * LEAD + [1]
    assert (handover.under, handover.over) == (0, 0)


def test_a_loop_in_step_plays_everything_after_the_lead() -> None:
    handover = begun()
    played, heard = [], []
    for k in range(1, 11):
        played.append(int(turn(handover, block(100 + k))[0]))
        got = handover.exchange(block(k), patience_s=0)
        heard.append(None if got is None else int(got[0]))
    assert played == [0] * (LEAD + 1) + list(range(1, 10 - LEAD))
    assert heard == list(range(101, 111))
    assert (handover.under, handover.over) == (0, 0)


def test_a_late_loop_leaves_gaps_but_does_not_shift_what_follows() -> None:
    handover = begun()
    played = [int(turn(handover, block(k))[0]) for k in range(LEAD + 3)]  # the loop is away: two blocks come too late
    for k in range(1, 6):  # it catches up
        assert handover.exchange(block(k), patience_s=0) is not None
    played += [int(turn(handover, block(9))[0]) for _ in range(3)]
    assert played == [0] * (LEAD + 3) + [3, 4, 5]  # block k is heard at turn LEAD + k, as if it had never been late
    assert handover.under == 2


def slow(blocks: int) -> Handover:
    """A handover whose loudspeaker has stood still while the microphone went on for so many blocks."""
    handover = begun()
    for _ in range(blocks):
        handover.hear(block(0))
        assert handover.exchange(block(0), patience_s=60) is not None
    return handover


def play(handover: Handover, turns: int, value: int) -> list[int]:
    """What is played in so many turns in which the loop says `value` each time."""
    played = []
    for _ in range(turns):
        played.append(int(turn(handover, block(0))[0]))
        assert handover.exchange(block(value), patience_s=60) is not None
    return played


def test_a_loudspeaker_that_stood_still_catches_up_at_once_and_in_silence() -> None:
    """Every change of the delay costs the echo canceller a moment."""
    too_many = LARGEST_SURPLUS - LEAD - 2
    handover = slow(too_many)
    assert all(play(handover, 2 * WINDOW, value=7)[LARGEST_SURPLUS:])
    assert handover.slips == 0  # nothing of what is said is left out
    play(handover, 2 * LARGEST_SURPLUS, value=0)
    assert handover.slips == too_many
    play(handover, 3 * WINDOW, value=0)
    assert handover.slips == too_many


def test_a_little_too_much_is_left_alone() -> None:
    handover = slow(SURPLUS - LEAD - 2)
    play(handover, 3 * WINDOW, value=0)
    assert handover.slips == 0


def test_a_lot_too_much_is_left_out_whatever_is_said() -> None:
    handover = slow(LARGEST_SURPLUS)
    play(handover, 2 * WINDOW, value=7)
    assert handover.slips == LARGEST_SURPLUS


def test_a_loudspeaker_that_is_early_gets_silence() -> None:
    handover = begun()
    played = [int(handover.give()[0]) for _ in range(LEAD + 3)]
    assert played == [0] * (LEAD + 3)
    assert (handover.slips, handover.under) == (2, 0)


def test_what_is_lost_while_nobody_listens_is_counted_and_given_as_silence() -> None:
    handover = begun()
    for k in range(MOST_WAITING + 3):
        turn(handover, block(k + 1))
    assert handover.over == 3
    heard = [handover.exchange(block(0), patience_s=0) for _ in range(MOST_WAITING + 4)]
    values = [None if got is None else int(got[0]) for got in heard]
    assert values == [*range(1, MOST_WAITING + 1), 0, 0, 0, None]


def test_the_callback_may_use_its_buffer_again() -> None:
    handover = begun()
    buffer = block(5)
    turn(handover, buffer)
    buffer[:] = 6
    heard = handover.exchange(block(0), patience_s=0)
    assert heard is not None
    assert heard[0] == 5


def test_whoever_waits_learns_that_the_stream_ended() -> None:
    handover = Handover(BLOCK)
    handover.ended()
    assert handover.exchange(block(0), patience_s=60) is None


def test_it_is_known_whether_a_stream_runs_also_before_the_loop_begins() -> None:
    handover = Handover(4)
    assert handover.flowed(1, 1) == (False, False)
    handover.hear(block(0)[:4])
    assert handover.flowed(1, 1) == (True, False)
    handover.give()
    assert handover.flowed(1, 1) == (True, True)
    assert handover.flowed(2, 2) == (False, False)


def test_a_half_that_is_not_wanted_runs_always() -> None:
    assert Handover(4, hears=False).flowed(1, 1) == (True, False)
    assert Handover(4, plays=False).flowed(1, 1) == (False, True)
