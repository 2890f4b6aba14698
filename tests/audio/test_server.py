"""What a sound server says that it records: as `pactl` of PulseAudio 16 prints it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from voice_coach.audio.server import records_playback

RECORDINGS = """\
Source Output #0
\tDriver: module-remap-source.c
\tSource: 1
\tSample Specification: s16le 1ch 16000Hz
\tProperties:
\t\tmedia.name = "Remapped Stream"

Source Output #2
\tDriver: protocol-native.c
\tClient: 5
\tSource: {source}
\tSource Latency: 0 usec
\tProperties:
\t\tapplication.process.id = "26146"
"""
SOURCES = "1\tspeaker.monitor\tmodule-null-sink.c\ts16le\tRUNNING\n4\twebcam\tmodule-null-source.c\ts16le\tRUNNING\n"


class Server:
    """Answers, and keeps what it was asked."""

    def __init__(self, source: int | None, sources: str = SOURCES) -> None:
        self.asked: list[str] = []
        self._answers = {
            "list source-outputs": "" if source is None else RECORDINGS.format(source=source),
            "list short sources": sources,
        }

    def __call__(self, arguments: Sequence[str]) -> str:
        self.asked.append(" ".join(arguments))
        return self._answers[self.asked[-1]]


@pytest.mark.parametrize(
    ("process", "source", "monitor"),
    [(26146, 1, True), (26146, 4, False), (26146, 9, False), (2614, 1, False), (26146, None, False)],
)
def test_a_recording_that_was_moved_to_what_is_played_is_found(process: int, source: int | None, monitor: bool) -> None:
    assert records_playback(process, Server(source), {}) is monitor


def test_who_asked_for_what_is_played_gets_it() -> None:
    server = Server(1)
    assert not records_playback(26146, server, {"PULSE_SOURCE": "speaker.monitor"})
    assert server.asked == []
    assert records_playback(26146, server, {"PULSE_SOURCE": "webcam"})


@pytest.mark.parametrize("sources", ["", "nonsense\n", "1\n"])
def test_an_answer_that_is_not_understood_says_nothing(sources: str) -> None:
    assert not records_playback(26146, Server(1, sources), {})
