"""What passes between the program and the process that listens: nothing is lost, and nonsense is called so."""

from __future__ import annotations

import io

import pytest

from voice_coach.speech import ears_wire as wire
from voice_coach.speech.ears import Partial, Report, Utterance, Word
from voice_coach.speech.ears_child import serve

REPORTS: list[Report] = [
    Partial(text="what's", at_ms=40),
    Partial(text="", at_ms=80, sure=False),
    Utterance(text="[unk]", start_ms=0, end_ms=90),
    Utterance(
        text="what's next",
        start_ms=10,
        end_ms=700,
        words=(
            Word(text="what's", start_ms=10, end_ms=300, confidence=0.1 + 0.2),
            Word(text="next", start_ms=310, end_ms=700),
        ),
    ),
]


def test_reports_arrive_as_they_were_sent() -> None:
    assert wire.unpack_reports(wire.pack_reports(REPORTS), 0) == REPORTS
    assert wire.pack_reports([]) == b"" and wire.unpack_reports(b"", 9) == []


def test_reports_are_moved_to_the_time_of_the_session() -> None:
    partial, _, _, whole = wire.unpack_reports(wire.pack_reports(REPORTS), 1_000)
    assert isinstance(partial, Partial) and partial.at_ms == 1_040
    assert isinstance(whole, Utterance) and (whole.start_ms, whole.end_ms) == (1_010, 1_700)
    assert [(word.start_ms, word.end_ms) for word in whole.words] == [(1_010, 1_300), (1_310, 1_700)]


def test_what_is_wanted_arrives_as_it_was_sent() -> None:
    wanted = wire.Wanted(engine="vosk", model="a/b", phrases=("pause", "où"), generous=("stop",), try_out=True)
    assert wire.unpack_wanted(wire.pack(wanted)) == wanted
    opened = wire.Opened(name="Vosk", unknown=("où",), feed=640, heard_ms=1_000)
    assert wire.unpack_opened(wire.pack(opened)) == opened


def test_messages_follow_each_other_however_they_are_cut() -> None:
    pipe = io.BytesIO(wire.message(wire.SOUND, b"12") + wire.message(wire.FLUSH, b"") + wire.message(wire.ANSWER, b"x"))

    def little(count: int) -> bytes:
        return pipe.read(min(count, 3))

    assert [wire.receive(little) for _ in range(4)] == [(b"S", b"12"), (b"F", b""), (b"A", b"x"), None]


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        (wire.message(wire.SOUND, b"1234")[:-1], "ended before it answered"),
        (wire.message(wire.SOUND, b"1234")[:3], "ended before it answered"),
        (b"LOG: something that a library printed\n", "no message"),
        (wire.message(wire.SOUND, b"")[:1] + b"\xff\xff\xff\xff", "no message"),
    ],
)
def test_what_is_no_message_is_called_so(sent: bytes, why: str) -> None:
    with pytest.raises(wire.WireError, match=why):
        wire.receive(io.BytesIO(sent).read)


@pytest.mark.parametrize("sent", [b"[", b"{}", b"[1]", b'{"why": "", "name": "", "unknown": 1, "feed": 1}'])
def test_an_answer_that_is_none_is_called_so(sent: bytes) -> None:
    with pytest.raises(wire.WireError, match="no answer"):
        wire.unpack_opened(sent)


def test_the_process_says_what_it_cannot_open_and_serves_nobody_who_opened_nothing() -> None:
    told: list[bytes] = []
    wanted = wire.Wanted(engine="pocketsphinx", phrases=("zorblax",))
    pipe = io.BytesIO(wire.message(wire.OPEN, wire.pack(wanted)) + wire.message(wire.SOUND, b""))
    with pytest.raises(wire.WireError, match="nothing was opened"):
        serve(pipe.read, told.append)
    (answer,) = told
    assert "none of the words" in wire.unpack_opened(answer).why
