"""The transcript: lines in the order in which they sound, and nothing that was never heard."""

from __future__ import annotations

from voice_coach.session.events import (
    Command,
    DeviceBack,
    DeviceLost,
    Effect,
    End,
    Event,
    HeldUp,
    Hitch,
    Hush,
    Intent,
    Reason,
    Record,
    Say,
    Start,
    Via,
)
from voice_coach.session.lines import Key, Line
from voice_coach.transcript import Transcript, clock


def say(at: int, number: int) -> Say:
    return Say(at=at, line=Line(Key.NUMBER, (number,)))


def written(*steps: Event | list[Effect] | int) -> list[str]:
    """Events, effects, and moments that are reached, as lines."""
    lines: list[str] = []
    transcript = Transcript(lines.append)
    for step in steps:
        if isinstance(step, list):
            transcript.effects(step)
        elif isinstance(step, int):
            transcript.reached(step)
        else:
            transcript.event(step)
    return lines


def test_sentences_are_written_when_they_have_begun() -> None:
    assert written(Start(at=0), [say(2_000, 2), say(1_000, 1)], 1_000) == []
    assert written([say(2_000, 2), say(1_000, 1)], 1_001) == ["00:01.0  coach  one"]
    assert written([say(2_000, 2), say(1_000, 1)], 2_500) == ["00:01.0  coach  one", "00:02.0  coach  two"]


def test_what_was_hushed_before_it_began_is_never_shown() -> None:
    pause = Command(at=2_000, intent=Intent.PAUSE, phrase="pause", via=Via.VOICE)
    planned: list[Effect] = [say(1_000, 1), say(2_000, 2), say(3_000, 3)]
    assert written(planned, 2_000, pause, [Hush(at=2_000), say(2_400, 4)], 9_000) == [
        "00:01.0  coach  one",
        "00:02.0    you  pause",
        "00:02.4  coach  four",
    ]


def test_words_keys_devices_refusals_and_the_end() -> None:
    lines: list[str] = []
    transcript = Transcript(lines.append)
    transcript.event(Command(at=100, intent=Intent.SKIP, phrase="move on", via=Via.VOICE))
    transcript.event(Command(at=200, intent=Intent.SKIP, phrase="s", via=Via.KEY))
    transcript.event(Command(at=300, intent=Intent.STOP, phrase="Ctrl-C", via=Via.KEY))
    transcript.event(Command(at=400, intent=Intent.HELP))
    transcript.event(DeviceLost(at=500, what="headset"))
    transcript.event(DeviceBack(at=600, what="headset"))
    transcript.event(HeldUp(at=610, hitch=Hitch.SLEPT, ms=3_700_000))
    transcript.event(HeldUp(at=620, hitch=Hitch.DEAF))
    transcript.unheard(700, "the weather")
    transcript.effects([Record(at=800, kind="refused", data={"intent": "yes"}), Record(at=800, kind="set", data={})])
    transcript.effects([say(900, 1), End(at=1_000, reason=Reason.COMPLETED)])
    assert lines == [
        "00:00.1    you  move on",
        "00:00.2    you  skip (key)",
        "00:00.3    you  Ctrl-C",
        "00:00.4    you  help",
        "00:00.5         (headset lost)",
        "00:00.6         (headset back)",
        "00:00.6         (stood still for 1 hour; none of it counts)",
        "00:00.6         (nothing comes from the microphone)",
        '00:00.7         (heard "the weather", no command)',
        "00:00.8         (yes: not now)",
        "00:00.9  coach  one",
        "00:01.0         (completed)",
    ]


def test_what_a_terminal_would_obey_is_only_shown() -> None:
    [line] = written(Command(at=0, intent=Intent.PAUSE, via=Via.VOICE, phrase="\x1b[2Jpause"))
    assert line.endswith("\\x1b[2Jpause") and line.isprintable()


def test_the_clock() -> None:
    assert [clock(ms) for ms in (0, 99, 100, 59_999, 60_000, 3_723_400)] == [
        "00:00.0", "00:00.0", "00:00.1", "00:59.9", "01:00.0", "62:03.4",
    ]  # fmt: skip
