"""Ears in a process of their own, the process made by hand: it dies, hangs, talks nonsense, or is late."""

from __future__ import annotations

import json

import numpy as np
import pytest

from tests.speech.links import Bench
from voice_coach.audio.clip import BLOCK
from voice_coach.errors import EngineError
from voice_coach.speech import ears_wire as wire
from voice_coach.speech.ears import Mortal, Partial, Report, Trouble
from voice_coach.speech.ears_link import Ended
from voice_coach.speech.ears_process import EarsEndedError, ProcessEars

SILENCE = np.zeros(BLOCK, dtype=np.int16)
BLOCK_S = 0.020


@pytest.fixture
def bench() -> Bench:
    return Bench()


def made(bench: Bench, *, realtime: bool) -> ProcessEars:
    ears = ProcessEars(
        wire.Wanted(engine="vosk", model="somewhere", phrases=("pause", "stop")),
        realtime=realtime, link=bench.link, clock=bench.clock,
    )  # fmt: skip
    ears.wait_until_open()
    return ears


def hear(ears: ProcessEars, bench: Bench, blocks: int) -> list[Report]:
    """So many blocks, at the pace of a sound card."""
    found = []
    for _ in range(blocks):
        found += ears.accept(SILENCE)
        bench.now_s += BLOCK_S
    return found


def quiet(ears: ProcessEars, bench: Bench) -> None:
    """Two blocks, after which nobody is saying anything."""
    bench.last.dumb = True
    bench.last.ready.append(wire.pack_reports([Partial(text="", at_ms=0)]))
    hear(ears, bench, 2)
    bench.last.dumb = False


def times(reports: list[Report]) -> list[int]:
    return [report.at_ms for report in reports if isinstance(report, Partial)]


@pytest.mark.parametrize("realtime", [False, True])
def test_answers_come_with_the_block_that_completes_what_the_ears_take_at_once(bench: Bench, realtime: bool) -> None:
    ears = made(bench, realtime=realtime)
    assert [times(ears.accept(SILENCE)) for _ in range(4)] == [[], [40], [], [80]]
    assert ears.name == "a hand" and isinstance(ears, Mortal) and ears.troubles() == []


def test_beside_a_sound_card_a_late_answer_comes_with_a_later_block_and_nobody_waits_twice_for_it(bench: Bench) -> None:
    ears = made(bench, realtime=True)
    bench.last.dumb = True
    bench.last.sent.clear()
    assert hear(ears, bench, 8) == []
    assert bench.last.waits == [0.010]
    bench.last.wake()
    assert times(ears.accept(SILENCE)) == [40, 80, 120, 160]


def test_ears_that_end_are_begun_anew_and_time_goes_on(bench: Bench) -> None:
    ears = made(bench, realtime=True)
    assert times(hear(ears, bench, 8))[-1] == 160
    quiet(ears, bench)
    bench.last.ready.append(Ended(why="it ended with -6"))
    bench.last.dumb = True
    assert hear(ears, bench, 2) == []  # these two were in the hands of the old ones
    assert times(hear(ears, bench, 2)) == [280]
    assert [len(hand.sent) for hand in bench.begun] == [7, 2] and bench.begun[0].killed
    failed, again = ears.troubles()
    assert failed == Trouble(told="a hand has failed (it ended with -6) and is started again.")
    assert again.missed_ms == 40 and "0.0 seconds" in again.told
    assert ears.troubles() == []


@pytest.mark.parametrize(("said", "missed"), [(1, 380), (10, 740), (30, 1_540)])
def test_what_somebody_was_saying_is_lost_with_them_from_before_its_first_text(
    bench: Bench, said: int, missed: int
) -> None:
    ears = made(bench, realtime=True)
    hear(ears, bench, 38)
    quiet(ears, bench)
    first, *_ = times(hear(ears, bench, 2 * said))
    assert first == 800
    bench.dying = True
    hear(ears, bench, 2)
    bench.dying = False
    hear(ears, bench, 2)
    assert ears.troubles()[-1].missed_ms == missed


def test_words_that_were_dropped_with_the_phrases_before_are_not_lost_with_the_ears(bench: Bench) -> None:
    ears = made(bench, realtime=True)
    hear(ears, bench, 100)
    ears.listen_for(["yes"])
    bench.dying = True
    hear(ears, bench, 2)
    bench.dying = False
    hear(ears, bench, 2)
    assert ears.troubles()[-1].missed_ms == 40


def test_what_waits_for_new_ears_is_heard_although_the_phrases_change_meanwhile(bench: Bench) -> None:
    """It may be a word of distress, which is among all phrases."""
    ears = made(bench, realtime=True)
    bench.dumb = bench.dying = True
    hear(ears, bench, 2)
    hear(ears, bench, 30)
    for phrases in (["yes"], ["no"]):
        ears.listen_for(phrases)
    hear(ears, bench, 4)
    bench.dying = False
    bench.last.wake()
    assert times(hear(ears, bench, 2)) == [20 * (2 + 36)]
    assert bench.last.kinds() == b"OPS" and json.loads(bench.last.sent[1][1]) == ["no"]
    assert bench.last.heard == 36 * BLOCK


def test_phrases_that_waited_for_new_ears_are_no_reason_to_end_them(bench: Bench) -> None:
    ears = made(bench, realtime=True)
    bench.dumb = bench.dying = True
    hear(ears, bench, 2)
    ears.listen_for(["yes"])
    hear(ears, bench, 90)
    bench.last.speak(*bench.last.sent[0])
    hear(ears, bench, 2)
    assert len(bench.begun) == 2 and ears.listening


@pytest.mark.parametrize(("blocks", "kept"), [(50, 50), (200, 100)], ids=["a second", "four seconds"])
def test_what_is_said_while_they_start_waits_for_them_but_not_for_ever(bench: Bench, blocks: int, kept: int) -> None:
    ears = made(bench, realtime=True)
    hear(ears, bench, 8)
    quiet(ears, bench)
    bench.last.ready.append(Ended(why="it ended with -6"))
    bench.last.dumb = bench.dumb = True
    hear(ears, bench, 2)  # these two are lost
    assert not ears.listening
    hear(ears, bench, blocks)
    bench.last.wake()
    assert times(hear(ears, bench, 2)) == [20 * (10 + 2 + blocks + 2)] and ears.listening
    assert bench.last.heard == (kept + 2) * BLOCK
    assert ears.troubles()[-1].missed_ms == 20 * (2 + blocks - kept)


def test_ears_that_do_not_answer_are_ended_after_a_second_and_a_half(bench: Bench) -> None:
    ears = made(bench, realtime=True)
    hear(ears, bench, 8)
    quiet(ears, bench)
    bench.last.dumb = True
    hear(ears, bench, 75)
    assert len(bench.begun) == 1
    hear(ears, bench, 5)
    assert len(bench.begun) == 2 and bench.begun[0].killed and ears.listening
    assert ears.troubles()[1].missed_ms in range(1_500, 1_700)


def test_sound_that_comes_in_a_rush_is_no_reason_to_end_them_nor_is_an_hour_of_sleep(bench: Bench) -> None:
    ears = made(bench, realtime=True)
    bench.last.dumb = True
    bench.last.sent.clear()
    for _ in range(500):
        ears.accept(SILENCE)
    bench.last.wake()
    assert len(times(ears.accept(SILENCE))) == 250
    bench.last.dumb = True
    bench.last.sent.clear()
    ears.accept(SILENCE)
    ears.accept(SILENCE)
    bench.now_s += 3_600
    ears.accept(SILENCE)
    assert len(bench.begun) == 1 and ears.troubles() == []


def test_after_the_third_time_nothing_listens_any_more(bench: Bench) -> None:
    ears = made(bench, realtime=True)
    bench.dying = True
    hear(ears, bench, 20)
    troubles = ears.troubles()
    assert [trouble.lasting for trouble in troubles] == [False, False, False, False, True]
    assert "Please use the keys" in troubles[-1].told
    assert len(bench.begun) == 3 and all(hand.killed for hand in bench.begun)
    sent = len(bench.last.sent)
    ears.listen_for(["yes"])
    assert hear(ears, bench, 100) == ears.flush() == [] and ears.unknown_phrases == ()
    assert len(bench.last.sent) == sent and not ears.listening


def test_three_times_in_a_long_session_are_survived(bench: Bench) -> None:
    ears = made(bench, realtime=True)
    for _ in range(4):
        bench.dying = True
        hear(ears, bench, 2)
        bench.dying = False
        hear(ears, bench, 8_000)
    assert ears.listening and not any(trouble.lasting for trouble in ears.troubles())


@pytest.mark.parametrize("nonsense", [b"[[", b'[["so far"]]', b'{"no": "report"}', b"[[1, 2, 3, 4, 5]]"])
def test_ears_that_answer_nonsense_are_begun_anew(bench: Bench, nonsense: bytes) -> None:
    ears = made(bench, realtime=True)
    bench.last.ready.append(nonsense)
    hear(ears, bench, 2)
    assert len(bench.begun) == 2 and "failed" in ears.troubles()[0].told


def test_ears_that_start_no_more_are_given_up(bench: Bench) -> None:
    ears = made(bench, realtime=True)
    bench.dying = bench.dumb = True
    hear(ears, bench, 1_100)
    assert [trouble.lasting for trouble in ears.troubles()] == [False, False, True]


def test_in_a_room_of_files_every_block_waits_and_what_hangs_is_begun_anew(bench: Bench) -> None:
    ears = made(bench, realtime=False)
    hear(ears, bench, 8)
    quiet(ears, bench)
    bench.last.dumb = True
    assert hear(ears, bench, 2) == []
    assert bench.begun[0].waits == [20.0] and bench.begun[0].killed
    assert times(hear(ears, bench, 2)) == [280]
    assert ears.troubles()[-1].missed_ms == 40


@pytest.mark.parametrize("realtime", [False, True])
def test_other_phrases_are_sent_behind_the_sound_before_them_and_are_those_of_new_ears(
    bench: Bench, realtime: bool
) -> None:
    ears = made(bench, realtime=realtime)
    hear(ears, bench, 3)
    ears.listen_for(["yes", "zorblax"])
    assert bench.last.kinds() == b"OSSP"
    assert ears.unknown_phrases == ("zorblax",)
    assert times(hear(ears, bench, 2)) == [60, 100]  # the first was on its way when the phrases changed
    bench.dying = True
    hear(ears, bench, 2)
    bench.dying = False
    hear(ears, bench, 2)
    assert json.loads(bench.last.sent[0][1])["phrases"] == ["yes", "zorblax"]


def test_flush_waits_for_what_was_being_said(bench: Bench) -> None:
    ears = made(bench, realtime=True)
    hear(ears, bench, 3)
    assert ears.flush() == [] and bench.last.kinds() == b"OSSF"
    assert times(hear(ears, bench, 2)) == [100]


def test_ears_that_cannot_be_opened_say_why(bench: Bench) -> None:
    ears = ProcessEars(wire.Wanted(engine="vosk", phrases=("pause",)), link=bench.link, clock=bench.clock)
    bench.last.ready[0] = wire.pack(wire.Opened(why="it knows none of the words to listen for"))
    with pytest.raises(EngineError, match="none of the words"):
        ears.wait_until_open()
    for answer, crashed in ((Ended(why="it ended with -6", crashed=True), True), (b"nonsense", False), (None, False)):
        ears = ProcessEars(wire.Wanted(engine="vosk", phrases=("pause",)), link=bench.link, clock=bench.clock)
        bench.last.ready.clear()
        if answer is not None:
            bench.last.ready.append(answer)
        with pytest.raises(EngineError) as raised:
            ears.wait_until_open()
        assert bench.last.killed and getattr(raised.value, "crashed", False) is crashed
        assert isinstance(raised.value, EarsEndedError) is (answer != b"nonsense")
