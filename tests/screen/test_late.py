"""How far the sound is behind the loop: what the screen waits for."""

from __future__ import annotations

import numpy as np

from voice_coach.audio.clip import BLOCK, Pcm
from voice_coach.audio.handover import LEAD, Handover
from voice_coach.audio.room import FileRoom, MixedRoom, NullRoom


def block() -> Pcm:
    return np.zeros(BLOCK, dtype=np.int16)


def test_blocks_that_wait_for_the_loudspeaker_are_counted() -> None:
    handover = Handover(BLOCK)
    assert handover.ahead == LEAD
    handover.exchange(block(), 0.0)
    assert handover.ahead == LEAD + 1
    handover.give()
    handover.give()
    assert handover.ahead == LEAD - 1


def test_a_block_that_came_too_late_is_not_waited_for() -> None:
    handover = Handover(BLOCK)
    handover.exchange(block(), 0.0)
    for _ in range(LEAD + 1):
        handover.hear(block())
        handover.give()
    handover.give()  # nothing is there: silence is played instead, and the next block is thrown away
    assert handover.under == 1
    assert handover.ahead == 0
    handover.exchange(block(), 0.0)
    assert handover.ahead == 0


class Slow(NullRoom):
    """A device that knows how late it is."""

    plays_after_ms = 140


def test_a_recording_as_microphone_changes_nothing_about_the_loudspeaker() -> None:
    assert MixedRoom(Slow(), FileRoom(), hear_files=True).plays_after_ms == 140
    assert MixedRoom(NullRoom(), FileRoom(), hear_files=False).plays_after_ms == 0
