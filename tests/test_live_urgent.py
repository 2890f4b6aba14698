"""While sentences are learnt there is nobody to answer: what cannot wait ends the waiting."""

from __future__ import annotations

from contextlib import suppress

import pytest

from tests.test_live import Voice, Witness, studio
from voice_coach.conversation import Choice, Chooser
from voice_coach.live import Durations, Studio, drive, wait
from voice_coach.routine.model import Ms
from voice_coach.session.events import Priority, Say

LEARNT: Ms = 9_000


class Heard(Exception):
    """All that matters was seen."""


class Answer(Witness):
    """Sees two seconds of whoever answers."""

    def reached(self, now: Ms) -> None:
        if now >= 2_000:
            raise Heard


def answered(where: Studio) -> Answer:
    """Who comes after the waiting."""
    witness = Answer()
    with suppress(Heard):
        drive(Chooser([Choice(routine="tiny", title="Tiny", minutes=1)], Durations(Voice().length)), where, [witness])
    return witness


def waited(where: Studio) -> Ms:
    """For how long was waited, where the sentences take nine seconds."""
    wait(where, lambda: where.mixer.now_ms >= LEARNT)
    return where.mixer.now_ms


@pytest.mark.parametrize(
    ("where", "command"),
    [
        (studio([(500, "chest pain")]), ("chest", "voice")),
        (studio(keys=[(500, "!")]), ("emergency", "key")),
        (studio(keys=[(500, "i feel dizzy")]), ("dizzy", "key")),
    ],
)
def test_distress_is_answered_at_once_with_the_advice(where: Studio, command: tuple[str, str]) -> None:
    assert waited(where) == 500
    witness = answered(where)
    assert witness.commands == [(0, *command)]
    advice = next(e for e in witness.all_effects if isinstance(e, Say) and e.priority is Priority.SAFETY)
    assert advice.at == 300


@pytest.mark.parametrize("where", [studio([(500, "stop")]), studio(keys=[(500, "q")]), studio(keys=[(500, "stop")])])
def test_stop_ends_the_waiting(where: Studio) -> None:
    assert waited(where) == 500
    assert [intent for _, intent, _ in answered(where).commands] == ["stop"]


def test_ctrl_c_ends_the_waiting_and_one_that_was_obeyed_does_not() -> None:
    where = studio()
    where.interrupts = lambda: int(where.mixer.now_ms >= 500)
    assert waited(where) == 500
    assert [intent for _, intent, _ in answered(where).commands] == ["stop"]
    assert where.obeyed == 1
    assert waited(where) == LEARNT


def test_a_second_ctrl_c_ends_everything() -> None:
    where = studio()
    where.interrupts = lambda: 2 * int(where.mixer.now_ms >= 500)
    with pytest.raises(KeyboardInterrupt):
        waited(where)


def test_what_can_wait_is_kept_in_its_order() -> None:
    where = studio([(400, "pause"), (450, "about the weather")], keys=[(500, "y"), (600, "tiny")])
    assert waited(where) == LEARNT
    assert (len(where.heard), where.typed) == (2, ["y", "tiny"])
