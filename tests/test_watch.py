"""What is noticed and what is not: clocks that leap, microphones that fall silent, sound that stumbles."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable

import numpy as np
import pytest

from voice_coach.audio.clip import BLOCK, BLOCK_MS, Pcm
from voice_coach.watch import (
    CARRIED_MS,
    DEAD_MS,
    GATE_MS,
    HELD_UP_S,
    KNOWN_MS,
    NEVER_MS,
    SET_S,
    STUMBLES,
    TOLD_EVERY_MS,
    UNCARRIED_MS,
    ClockWatch,
    Hears,
    Passed,
    Reading,
    SilenceWatch,
    StumbleWatch,
    clocks,
)

HOUR = 3_600.0


def passed(*steps: tuple[float, float], counts_sleep: bool = True) -> list[Passed]:
    """What the watch says to readings that follow each other by (wall, steady) seconds."""
    watch, wall, steady = ClockWatch(), 1_000_000.0, 500.0
    found = [watch.look(Reading(wall=wall, steady=steady, counts_sleep=counts_sleep))]
    for by_wall, by_steady in steps:
        wall, steady = wall + by_wall, steady + by_steady
        found.append(watch.look(Reading(wall=wall, steady=steady, counts_sleep=counts_sleep)))
    return found


@pytest.mark.parametrize("counts_sleep", [True, False])
def test_nothing_is_noticed_of_blocks_that_come_late_as_long_as_a_device_may_take(counts_sleep: bool) -> None:
    late = [(0.02, 0.02), (2.5, 2.5), (0.0, 0.0), (HELD_UP_S, HELD_UP_S), (0.02, 0.02)]
    assert passed(*late, counts_sleep=counts_sleep) == [Passed()] * 6


def test_a_sleep_is_as_long_as_the_clock_that_counts_it_says() -> None:
    assert passed((HOUR, HOUR))[-1] == Passed(held_up=HOUR)


def test_where_no_clock_counts_sleep_the_one_on_the_wall_tells() -> None:
    assert passed((HOUR, 0.0), counts_sleep=False)[-1] == Passed(held_up=HOUR)


@pytest.mark.parametrize("hours", [1, -1, -24, 24 * 3_650, -24 * 20_000])
def test_a_clock_that_is_set_is_told_and_holds_nobody_up(hours: int) -> None:
    found = passed((hours * HOUR, 0.02))[-1]
    assert found.held_up == 0.0 and abs(found.set_by - hours * HOUR) < 0.1


def test_one_that_is_set_back_holds_nobody_up_either_where_none_counts_sleep() -> None:
    found = passed((-24 * HOUR, 0.02), counts_sleep=False)[-1]
    assert found.held_up == 0.0 and abs(found.set_by + 24 * HOUR) < 0.1


def test_what_a_time_server_corrects_is_nothing() -> None:
    assert passed((SET_S, 0.02), (-SET_S + 0.1, 0.02)) == [Passed()] * 3


def test_a_clock_set_during_a_sleep_is_both() -> None:
    assert passed((3 * HOUR, HOUR))[-1] == Passed(held_up=HOUR, set_by=2 * HOUR)


def test_nothing_is_noticed_a_second_time() -> None:
    assert passed((HOUR, HOUR), (0.02, 0.02))[-1] == Passed()


def test_the_clocks_of_this_machine_go_on_together() -> None:
    read = clocks()
    first, second = read(), read()
    assert 0 <= second.steady - first.steady < HELD_UP_S
    assert abs(first.wall - time.time()) < HELD_UP_S
    if sys.platform in ("linux", "darwin", "win32"):
        assert first.counts_sleep


QUIET = np.random.default_rng(1).integers(-3, 4, (50, BLOCK)).astype(np.int16)
VOICE: Pcm = (3_000 * np.sin(np.arange(BLOCK) / 5)).astype(np.int16)
ZEROS: Pcm = np.zeros(BLOCK, dtype=np.int16)
NOBODY = ZEROS


class Ear:
    """A microphone as the watch hears it."""

    def __init__(self) -> None:
        self.watch = SilenceWatch()
        self.ms = 0
        self.said: list[tuple[int, Hears]] = []

    def hears(self, ms: int, mic: Pcm | None = None, played: Pcm = NOBODY) -> Ear:
        """For so long this; a quiet room where no block is given."""
        for _ in range(0, ms, BLOCK_MS):
            block = QUIET[self.ms // BLOCK_MS % len(QUIET)] if mic is None else mic
            verdict = self.watch.take(block, played)
            if not self.said or self.said[-1][1] is not verdict:
                self.said.append((self.ms, verdict))
            self.ms += BLOCK_MS
        return self

    def speaks(self, ms: int, mic: Pcm | None, *, each: int = 2_000, gap: int = 1_500, idle: Pcm | None = None) -> Ear:
        """The coach speaks now and then, for so long in all, and this is heard of it; between it `idle`."""
        for _ in range(0, ms, each):
            self.hears(each, mic, VOICE).hears(gap, idle)
        return self

    @property
    def verdicts(self) -> list[Hears]:
        return [verdict for _, verdict in self.said]


def test_a_microphone_that_was_never_silent_is_missed_after_some_seconds() -> None:
    ear = Ear().hears(KNOWN_MS).hears(60_000, ZEROS).hears(1_000)
    assert ear.said == [
        (0, Hears.SOMETHING),
        (KNOWN_MS + DEAD_MS - BLOCK_MS, Hears.NOTHING),
        (KNOWN_MS + 60_000, Hears.SOMETHING),
    ]


@pytest.mark.parametrize("value", [0, -1, 1, 700, -32_768, 32_767])
def test_a_driver_that_is_stuck_at_any_value_is_none(value: int) -> None:
    stuck = np.full(BLOCK, value, dtype=np.int16)
    assert Ear().hears(KNOWN_MS).hears(DEAD_MS, stuck).verdicts[-1] is Hears.NOTHING


def test_a_value_that_flickers_by_one_step_is_none_either() -> None:
    flicker = (np.arange(BLOCK) % 2 + 5).astype(np.int16)
    assert Ear().hears(KNOWN_MS).hears(DEAD_MS, flicker).verdicts[-1] is Hears.NOTHING


def test_a_link_that_drops_out_for_some_seconds_holds_nobody_up() -> None:
    assert Ear().hears(KNOWN_MS).hears(DEAD_MS - BLOCK_MS, ZEROS).hears(1_000).verdicts == [Hears.SOMETHING]


def test_nothing_is_said_before_a_microphone_is_known() -> None:
    assert Ear().hears(KNOWN_MS - 1_000).hears(90_000, ZEROS).verdicts == [Hears.SOMETHING]


def test_the_coach_alone_tells_nothing_of_a_gate() -> None:
    """A gate that is opened by the coach stays open over its short pauses; the rest after it must not be a fault."""
    ear = Ear().speaks(60_000, QUIET[0], gap=600).hears(KNOWN_MS - 5_000, ZEROS)
    assert Hears.NOTHING not in ear.verdicts


def test_a_noise_gate_is_never_missed_in_a_quiet_room() -> None:
    ear = Ear()
    for _ in range(20):
        ear.hears(2_000).hears(GATE_MS, ZEROS).hears(600)
    assert ear.hears(300_000, ZEROS).verdicts == [Hears.SOMETHING]


def test_a_null_sink_and_a_headset_with_a_gate_are_zeros_most_of_the_time_and_never_missed() -> None:
    """She speaks now and then, the coach all the time, and not a sample of it is heard."""
    ear = Ear()
    for _ in range(10):
        ear.speaks(20_000, ZEROS, idle=ZEROS).hears(1_500, VOICE)
    assert Hears.NOTHING not in ear.verdicts


def gated(ms: int = CARRIED_MS) -> Ear:
    """A gate beside a loudspeaker: nothing in a quiet room, and the coach's voice."""
    return Ear().speaks(ms, VOICE, idle=ZEROS)


def test_a_gate_that_carried_the_coach_is_missed_when_it_does_not_any_more() -> None:
    ear = gated().speaks(UNCARRIED_MS + 2_000, ZEROS, idle=ZEROS)
    assert ear.verdicts == [Hears.SOMETHING, Hears.NOTHING]
    assert ear.hears(20, VOICE).verdicts[-1] is Hears.SOMETHING


def test_but_not_while_the_coach_is_silent() -> None:
    assert gated().hears(600_000, ZEROS).verdicts == [Hears.SOMETHING]


def test_nor_where_it_seldom_carried_the_coach() -> None:
    """Half of what the coach says is kept back by what suppresses noise."""
    ear = Ear()
    for _ in range(10):
        ear.hears(2_000, VOICE, VOICE).hears(1_500, ZEROS).hears(2_000, ZEROS, VOICE).hears(20, VOICE)
    assert ear.speaks(30_000, ZEROS, idle=ZEROS).verdicts == [Hears.SOMETHING]


def test_an_echo_that_comes_late_is_carried_all_the_same() -> None:
    """Over Bluetooth the coach's short words are heard when they are over."""
    ear = Ear()
    for _ in range(40):
        ear.hears(400, ZEROS, VOICE).hears(100, ZEROS).hears(400, VOICE).hears(1_100, ZEROS)
    assert ear.verdicts == [Hears.SOMETHING]
    for _ in range(20):
        ear.hears(400, ZEROS, VOICE).hears(1_600, ZEROS)
    assert ear.verdicts[-1] is Hears.NOTHING


def test_after_it_was_back_it_has_to_be_known_anew() -> None:
    ear = Ear().hears(KNOWN_MS).hears(DEAD_MS, ZEROS).hears(KNOWN_MS - 1_000).hears(60_000, ZEROS)
    assert ear.verdicts == [Hears.SOMETHING, Hears.NOTHING, Hears.SOMETHING]


def test_a_microphone_that_never_gave_anything_is_told_once_the_coach_has_spoken_long_enough() -> None:
    ear = Ear().speaks(NEVER_MS, ZEROS, idle=ZEROS)
    assert ear.verdicts == [Hears.SOMETHING, Hears.NEVER]
    assert ear.hears(20, VOICE).verdicts[-1] is Hears.SOMETHING


def stumbled(lost: Iterable[int]) -> list[int]:
    """The seconds at which it is told, of how many are lost in each second."""
    watch, total, told = StumbleWatch(), 0, []
    for second, count in enumerate(lost):
        total += count
        if watch.look(second * 1_000, total):
            told.append(second)
    return told


def test_a_block_lost_every_second_is_told_once_in_ten_minutes() -> None:
    assert stumbled([1] * 900) == [STUMBLES + 1, STUMBLES + 1 + TOLD_EVERY_MS // 1_000]


def test_a_few_in_a_minute_are_not() -> None:
    assert stumbled([1, 0, 0, 0, 0, 0] * 100) == []


def test_what_was_lost_before_the_first_look_is_no_news() -> None:
    assert stumbled([5_000] + [0] * 100) == []
