"""What is opened for a session, and what is said of it: devices by name, the way against the echo, files for both."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from voice_coach.audio.clip import BLOCK, Pcm
from voice_coach.audio.clock import ClockRoom
from voice_coach.audio.room import FileRoom, NullRoom, Room
from voice_coach.audio.server import behind
from voice_coach.audio.wav import WavWriter, read_wav
from voice_coach.errors import AudioError
from voice_coach.speech.canceller import Canceller, NoCanceller, RoomCanceller, WebRtcCanceller
from voice_coach.speech.echo_choice import AUTO, WAYS, Way
from voice_coach.studio import Devices, SoundSettings, devices, follow_devices, open_echo, open_room


class NamedRoom(NullRoom):
    """A room of two devices, by name."""

    def __init__(self, microphone: str, loudspeaker: str) -> None:
        self.names = (microphone, loudspeaker)


class Server:
    """A sound server that answers `pactl`; without answers there is none."""

    def __init__(self, **answers: str) -> None:
        self._answers = answers
        self.asked: list[str] = []

    def __call__(self, arguments: Sequence[str]) -> str:
        self.asked.append(arguments[0])
        return self._answers.get(arguments[0].replace("-", "_"), "")


def unsaid(_sentence: str) -> None:
    """What is announced is not the matter."""


LAPTOP = Server(get_default_source="Built-in Microphone", get_default_sink="Built-in Speakers")


@pytest.mark.parametrize(
    "name", ["default", "Default", "pulse", "pipewire", "sysdefault", "default: - (ALSA)", "pulse: (hw:0,0)"]
)
def test_behind_a_sound_server_are_its_own_devices(name: str) -> None:
    assert behind((name, name), LAPTOP, {}) == ("Built-in Microphone", "Built-in Speakers")


def test_a_device_with_a_name_is_itself_and_nobody_is_asked() -> None:
    server = Server()
    assert behind(("Jabra: USB", "Headphones"), server, {}) == ("Jabra: USB", "Headphones")
    assert server.asked == []


def test_each_half_is_looked_up_by_itself() -> None:
    assert behind(("USB microphone", "default"), LAPTOP, {}) == ("USB microphone", "Built-in Speakers")
    assert behind(("default", "HDMI"), LAPTOP, {}) == ("Built-in Microphone", "HDMI")


def test_what_the_environment_says_goes_before_what_the_server_would() -> None:
    told = {"PULSE_SOURCE": "echo-cancel-source", "PULSE_SINK": "bluez_sink"}
    assert behind(("default", "default"), LAPTOP, told) == ("echo-cancel-source", "bluez_sink")


def test_without_an_answer_a_device_keeps_its_name() -> None:
    assert behind(("default", "pulse"), Server(), {}) == ("default", "pulse")


@pytest.mark.parametrize(
    ("tool", "name"), [(None, "default"), ("exit 1", "default"), ("echo", "default"), ("echo the $1", "the {}")]
)
def test_the_server_is_asked_through_pactl_where_there_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tool: str | None, name: str
) -> None:
    if tool is not None:
        (tmp_path / "pactl").write_text(f"#!/bin/sh\n{tool}\n", encoding="utf-8")
        (tmp_path / "pactl").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    found = behind(("default", "default"), environment={})
    assert found == (name.format("get-default-source"), name.format("get-default-sink"))


def test_the_devices_of_a_room_and_none_where_recordings_take_their_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PULSE_SOURCE", "mic.monitor")
    monkeypatch.setenv("PULSE_SINK", "speaker")
    assert devices(NamedRoom("default", "HDMI")) == Devices(microphone="mic.monitor", loudspeaker="HDMI")
    assert devices(FileRoom()) is None


@pytest.mark.parametrize(
    ("microphone", "loudspeaker", "canceller", "said"),
    [
        (
            "Built-in Microphone", "Built-in Speakers", RoomCanceller,
            "Echo: our canceller takes my voice out, since Built-in Microphone may hear Built-in Speakers.",
        ),
        (
            "Built-in Microphone", "USB Headset", NoCanceller,
            "Echo: no canceller is needed, since the microphone cannot hear USB Headset.",
        ),
        (
            "Echo-Cancel source", "Built-in Speakers", NoCanceller,
            "Echo: the system cancels it, since Echo-Cancel source comes without echo from the system.",
        ),
        (  # most Bluetooth devices are loudspeakers
            "Built-in Microphone", "bluez_output.JBL_Flip", RoomCanceller,
            "Echo: our canceller takes my voice out, since Built-in Microphone may hear bluez_output.JBL_Flip.",
        ),
        (  # she hears the coach from the room, whatever the microphone sits on
            "USB Headset", "Built-in Speakers", RoomCanceller,
            "Echo: our canceller takes my voice out, since USB Headset may hear Built-in Speakers.",
        ),
    ],
)  # fmt: skip
def test_auto_suits_the_devices_and_says_which_and_why(
    microphone: str, loudspeaker: str, canceller: type[Canceller], said: str
) -> None:
    told: list[str] = []
    handling = open_echo(SoundSettings(), NamedRoom(microphone, loudspeaker), told.append)
    assert isinstance(handling.canceller, canceller)
    assert handling.devices == Devices(microphone=microphone, loudspeaker=loudspeaker)
    assert not handling.half_duplex
    assert told == [said]


@pytest.mark.parametrize(
    ("way", "canceller"),
    [
        (Way.HEADSET, NoCanceller), (Way.SYSTEM, NoCanceller), (Way.CANCELLER, RoomCanceller),
        (Way.WEBRTC, WebRtcCanceller), (Way.HALF_DUPLEX, NoCanceller),
    ],
)  # fmt: skip
def test_what_was_asked_for_is_done_whatever_the_devices_are(way: Way, canceller: type[Canceller]) -> None:
    told: list[str] = []
    handling = open_echo(SoundSettings(echo=way.value), NamedRoom("USB Headset", "USB Headset"), told.append)
    assert isinstance(handling.canceller, canceller)
    assert handling.half_duplex == (way is Way.HALF_DUPLEX)
    assert len(told) == 1 and told[0].endswith(", since you asked for it.")


def test_every_way_can_be_asked_for() -> None:
    assert {*WAYS} == {AUTO, *(way.value for way in Way)}


@pytest.mark.parametrize(
    "settings", [SoundSettings(mic="a.wav"), SoundSettings(speaker="B.WAV"), SoundSettings(text=True, echo="canceller")]
)
def test_a_recording_has_never_heard_the_coach_so_nothing_is_taken_out_and_nothing_said(
    settings: SoundSettings,
) -> None:
    told: list[str] = []
    handling = open_echo(settings, FileRoom(), told.append)
    assert isinstance(handling.canceller, NoCanceller)
    assert (handling.devices, handling.half_duplex, told) == (None, False, [])


def test_but_it_is_where_that_is_asked_for() -> None:
    handling = open_echo(SoundSettings(mic="a.wav", speaker="b.wav", echo="canceller"), FileRoom(), unsaid)
    assert isinstance(handling.canceller, RoomCanceller)


def written(path: Path, pcm: Pcm) -> str:
    with WavWriter(path) as file:
        file.write(pcm)
    return str(path)


def test_files_for_both_halves(tmp_path: Path) -> None:
    mic = written(tmp_path / "mic.wav", np.arange(BLOCK, dtype=np.int16))
    told: list[str] = []
    room = open_room(SoundSettings(mic=mic, speaker=str(tmp_path / "out.wav")), told.append)
    assert (room.exchange(np.full(BLOCK, 7, dtype=np.int16)) == np.arange(BLOCK)).all()
    room.close()
    assert (read_wav(tmp_path / "out.wav") == 7).all()
    assert told == []


def test_one_file_cannot_be_both(tmp_path: Path) -> None:
    mic = written(tmp_path / "mic.wav", np.ones(BLOCK, dtype=np.int16))
    with pytest.raises(AudioError, match="is the microphone already; name another file for --speaker"):
        open_room(SoundSettings(mic=mic, speaker=str(tmp_path / "." / "mic.wav")), unsaid)
    assert len(read_wav(tmp_path / "mic.wav")) == BLOCK


def test_a_loudspeaker_file_that_holds_sound_already_is_left_alone(tmp_path: Path) -> None:
    mic = written(tmp_path / "mic.wav", np.ones(BLOCK, dtype=np.int16))
    holds = written(tmp_path / "out.wav", np.ones(BLOCK, dtype=np.int16))
    with pytest.raises(AudioError, match="is there already; name another file"):
        open_room(SoundSettings(mic=mic, speaker=holds), unsaid)
    assert (read_wav(tmp_path / "out.wav") == 1).all()


def test_text_has_no_sound_at_all() -> None:
    told: list[str] = []
    room: Room = open_room(SoundSettings(text=True), told.append)
    assert isinstance(room, ClockRoom)
    assert told == ["No sound: read here what the coach says, type what you want to say."]


class Echo:
    """A listener's one door that is knocked at here."""

    def __init__(self) -> None:
        self.handled: list[tuple[Canceller, bool]] = []

    def handle_echo(self, canceller: Canceller, *, half_duplex: bool) -> None:
        self.handled.append((canceller, half_duplex))


def test_when_loudspeakers_come_back_for_a_headset_their_echo_is_taken_out() -> None:
    room, told, listener = NamedRoom("USB Headset", "USB Headset"), list[str](), Echo()
    handling = open_echo(SoundSettings(), room, unsaid)
    look = follow_devices(SoundSettings(), room, handling, listener, told.append)
    look()
    assert (listener.handled, told) == ([], [])  # the same headset, plugged in again
    room.names = ("Built-in Microphone", "Built-in Speakers")
    look()
    look()
    [(canceller, half_duplex)] = listener.handled
    assert isinstance(canceller, RoomCanceller) and not half_duplex and len(told) == 1
