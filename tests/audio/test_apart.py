"""A call apart: looked at, handed on, and left alone where it hangs."""

from __future__ import annotations

import threading

import pytest

from voice_coach.audio.apart import Apart
from voice_coach.errors import AudioError

ENOUGH_S = 60.0


def test_what_a_call_returned_is_there_when_it_has_ended() -> None:
    call = Apart(lambda: 7)
    assert call.within(ENOUGH_S)
    assert call.ended
    assert call.result() == 7


def test_what_it_raised_is_raised_where_somebody_looks() -> None:
    def fail() -> None:
        raise AudioError("there is no microphone")

    call = Apart(fail)
    assert call.within(ENOUGH_S)
    with pytest.raises(AudioError, match="there is no microphone"):
        call.result()


def test_one_that_hangs_holds_nobody_up() -> None:
    goes_on = threading.Event()
    call = Apart(goes_on.wait)
    assert not call.within(0.01)
    assert not call.ended
    with pytest.raises(RuntimeError, match="not ended"):
        call.result()
    goes_on.set()
    assert call.within(ENOUGH_S)
    assert call.result() is True
