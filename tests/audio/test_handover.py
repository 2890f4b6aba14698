"""The handover keeps session time: what comes too late is not played later, what was heard is not lost."""

from __future__ import annotations

import numpy as np

from voice_coach.audio import BLOCK, Pcm
from voice_coach.audio.handover import LEAD, MOST_WAITING, Handover


def block(value: int) -> Pcm:
    return np.full(BLOCK, value, dtype=np.int16)


def begun() -> Handover:
    """A handover whose loop has given its first block, silence, and has heard nothing yet."""
    handover = Handover(BLOCK)
    assert handover.exchange(block(0), patience_s=0) is None
    return handover


def test_before_the_loop_begins_the_stream_runs_for_nobody() -> None:
    """Opening the recogniser takes a while; the first sentence must not lose its beginning to that."""
    handover = Handover(BLOCK)
    assert [int(handover.turn(block(7))[0]) for _ in range(20)] == [0] * 20
    assert handover.exchange(block(1), patience_s=0) is None
    assert [int(handover.turn(block(8))[0]) for _ in range(LEAD + 1)] == [0] * LEAD + [1]
    assert (handover.under, handover.over) == (0, 0)


def test_a_loop_in_step_plays_everything_after_the_lead() -> None:
    handover = begun()
    played, heard = [], []
    for k in range(1, 11):
        played.append(int(handover.turn(block(100 + k))[0]))
        got = handover.exchange(block(k), patience_s=0)
        heard.append(None if got is None else int(got[0]))
    assert played == [0] * (LEAD + 1) + list(range(1, 10 - LEAD))
    assert heard == list(range(101, 111))
    assert (handover.under, handover.over) == (0, 0)


def test_a_late_loop_leaves_gaps_but_does_not_shift_what_follows() -> None:
    handover = begun()
    played = [int(handover.turn(block(k))[0]) for k in range(LEAD + 3)]  # the loop is away: two blocks come too late
    for k in range(1, 6):  # it catches up
        assert handover.exchange(block(k), patience_s=0) is not None
    played += [int(handover.turn(block(9))[0]) for _ in range(3)]
    assert played == [0] * (LEAD + 3) + [3, 4, 5]  # block k is heard at turn LEAD + k, as if it had never been late
    assert handover.under == 2


def test_what_is_lost_while_nobody_listens_is_counted_and_given_as_silence() -> None:
    handover = begun()
    for k in range(MOST_WAITING + 3):
        handover.turn(block(k + 1))
    assert handover.over == 3
    heard = [handover.exchange(block(0), patience_s=0) for _ in range(MOST_WAITING + 4)]
    values = [None if got is None else int(got[0]) for got in heard]
    assert values == [*range(1, MOST_WAITING + 1), 0, 0, 0, None]


def test_the_callback_may_use_its_buffer_again() -> None:
    handover = begun()
    buffer = block(5)
    handover.turn(buffer)
    buffer[:] = 6
    heard = handover.exchange(block(0), patience_s=0)
    assert heard is not None
    assert heard[0] == 5


def test_whoever_waits_learns_that_the_stream_ended() -> None:
    handover = Handover(BLOCK)
    handover.ended()
    assert handover.exchange(block(0), patience_s=60) is None
