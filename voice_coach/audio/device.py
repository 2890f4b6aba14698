"""The sound card: the only module that knows sounddevice.

The stream's callback does nothing but hand blocks over (`audio.handover`). PortAudio is initialised once per process
and its list of devices does not change after that; `reopen` initialises it again. A device that is unplugged often
raises nothing, so `exchange` watches how long nothing came.
"""

from __future__ import annotations

import contextlib
import difflib
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from voice_coach.audio.clip import BLOCK, BLOCK_MS, RATE, Pcm
from voice_coach.audio.handover import LEAD, Handover
from voice_coach.audio.rates import BlockResampler
from voice_coach.audio.room import DeviceLostError
from voice_coach.errors import AudioError

PATIENCE_S = 2.0  # nothing heard for so long means the device is gone
FIRST_PATIENCE_S = 10.0  # the first block may take longer: a sleeping device wakes up
_NO_SOUND = "No sound on this machine: {}; use --text, or WAV files for --mic and --speaker"
NO_MICROPHONE, NO_LOUDSPEAKER = "no microphone", "no loudspeaker"
_BAD_RATE = -9997  # PortAudio's paInvalidSampleRate


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceInfo:
    """A sound device as the person may name it; a number of channels is 0 where it cannot record or play."""

    name: str
    host: str  # "ALSA", "Core Audio", "Windows WASAPI", ...
    inputs: int
    outputs: int
    rate: int  # its own frames a second
    default_input: bool
    default_output: bool
    advice: str = ""


def list_devices() -> tuple[DeviceInfo, ...]:
    """Every device PortAudio sees. AudioError where there is no PortAudio; empty where there is no device."""
    sd = _sounddevice()
    default_in, default_out = (int(index) for index in sd.default.device)
    hosts = sd.query_hostapis()
    if default_in < 0 or default_out < 0:
        host = hosts[sd.default.hostapi if sd.default.hostapi is not None else 0] if hosts else {}
        default_in = default_in if default_in >= 0 else int(host.get("default_input_device", -1))
        default_out = default_out if default_out >= 0 else int(host.get("default_output_device", -1))
    return tuple(
        DeviceInfo(
            name=str(device["name"]),
            host=str(hosts[device["hostapi"]]["name"]),
            inputs=int(device["max_input_channels"]),
            outputs=int(device["max_output_channels"]),
            rate=int(device["default_samplerate"]),
            default_input=index == default_in,
            default_output=index == default_out,
            advice=_advice(str(device["name"]), int(device["max_input_channels"])),
        )
        for index, device in enumerate(sd.query_devices())
    )


def open_duplex(
    mic: str | None = None,
    speaker: str | None = None,
    *,
    listens: bool = True,
    plays: bool = True,
    rate: int = RATE,
    patience_s: float = PATIENCE_S,
) -> DeviceRoom:
    """A running stream on the devices whose names contain `mic` and `speaker`, or on the system's own choice.

    `listens=False` opens no microphone (silence is heard), `plays=False` no loudspeaker; one of them must be true.
    `rate` is what the device is asked for first; where it refuses, its own rate is taken and resampled. AudioError
    names what is missing and what there is.
    """
    room = DeviceRoom(mic, speaker, listens=listens, plays=plays, rate=rate, patience_s=patience_s)
    room.open()
    return room


class DeviceRoom:
    """A sound card as a room; made by `open_duplex`."""

    realtime = True

    def __init__(
        self, mic: str | None, speaker: str | None, *, listens: bool, plays: bool, rate: int, patience_s: float
    ) -> None:
        self._wanted = (mic, speaker)
        self._listens, self._plays = listens, plays
        self._asked_rate = self._rate = rate
        self._patience_s = patience_s
        self._awake = False
        self._streams: tuple[Any, ...] = ()
        self._handover = Handover(BLOCK)
        self._earlier = (0, 0, 0)  # under, over and slips of the streams before this one
        self._names = (NO_MICROPHONE, NO_LOUDSPEAKER)

    @property
    def name(self) -> str:
        """Microphone and loudspeaker by the system's names."""
        return " and ".join(dict.fromkeys(self._names))

    @property
    def latency_ms(self) -> int:
        """From handing a block to `exchange` until its echo, sound travelling no distance, comes back from it."""
        if not self._streams:
            return 0
        seconds = sum(float(stream.latency) for stream in self._streams)
        converted = self._to_device.delay_ms + self._from_device.delay_ms
        return round(1000 * seconds + LEAD * BLOCK_MS + converted)

    @property
    def plays_after_ms(self) -> int:
        """How long it takes from now until what was handed over last has sounded; 0 where nothing is played.

        It is what the system tells: a loudspeaker that is late without saying so, as over Bluetooth, is later.
        """
        if not self._plays or not self._streams:
            return 0
        seconds = float(self._streams[-1].latency)
        return round(1000 * seconds + self._handover.ahead * BLOCK_MS + self._to_device.delay_ms)

    @property
    def under(self) -> int:
        """Blocks that were not played in time."""
        return self._earlier[0] + self._handover.under

    @property
    def over(self) -> int:
        """Blocks that were heard and lost."""
        return self._earlier[1] + self._handover.over

    @property
    def slips(self) -> int:
        """Blocks of silence put in, or blocks left out, since microphone and loudspeaker have clocks of their own."""
        return self._earlier[2] + self._handover.slips

    @property
    def names(self) -> tuple[str, str]:
        """Microphone and loudspeaker, apart."""
        return self._names

    @property
    def rate(self) -> int:
        """Frames a second on the device's side."""
        return self._rate

    def open(self) -> None:
        """Find the devices by name and start the stream."""
        sd = _sounddevice()
        found = list_devices()
        source = choose(found, self._wanted[0], "microphone") if self._listens else None
        sink = choose(found, self._wanted[1], "loudspeaker") if self._plays else None
        self._names = (
            NO_MICROPHONE if source is None else found[source].name,
            NO_LOUDSPEAKER if sink is None else found[sink].name,
        )
        own = next(found[index].rate for index in (sink, source) if index is not None)
        for rate in dict.fromkeys((self._asked_rate, own)):
            try:
                self._start(sd, source, sink, rate)
                return
            except sd.PortAudioError as error:
                if rate == own or _BAD_RATE not in error.args:
                    raise AudioError(f"cannot open {self.name} at {rate} Hz: {error.args[0]}") from error

    def exchange(self, played: Pcm) -> Pcm:
        """Play one block of 20 ms and wait for the one that was heard."""
        if not self._streams:
            raise DeviceLostError(f"{self.name} is not open")
        if len(played) != BLOCK:
            raise ValueError(f"a device takes blocks of {BLOCK} frames, not {len(played)}")
        patience = self._patience_s if self._awake else max(self._patience_s, FIRST_PATIENCE_S)
        heard = self._handover.exchange(self._to_device.convert(played), patience)
        if heard is None:
            raise DeviceLostError(f"{self.name} no longer answers; is it still plugged in?")
        self._awake = True
        return self._from_device.convert(heard)

    def reopen(self) -> None:
        """Look for the devices anew and start again; AudioError when they are (still) not there.

        Every stream of this process is closed by that: PortAudio can renew its list in no other way.
        """
        self.close()
        sd = _sounddevice()
        with _quiet_stderr():
            sd._terminate()
            sd._initialize()
        self.open()

    def close(self) -> None:
        """Stop at once; what was not played yet is not played."""
        streams, self._streams = self._streams, ()
        for stream in streams:
            with contextlib.suppress(_sounddevice().PortAudioError):  # a device that is gone cannot be closed
                stream.abort()
                stream.close()

    def _start(self, sd: ModuleType, source: int | None, sink: int | None, rate: int) -> None:
        """Open and start, with a handover of its own so that a stream that died late touches nothing.

        Microphone and loudspeaker are two streams: after its first underrun PortAudio's duplex stream over ALSA's
        PulseAudio plugin asks without a pause for the rest of its life, a whole core for nothing (PortAudio #813).
        """
        frames = rate * BLOCK_MS // 1000
        handover = Handover(frames, hears=source is not None, plays=sink is not None)

        def listen(indata: Any, _frames: int, _time: object, status: Any) -> None:
            handover.over += bool(status.input_overflow)
            handover.hear(indata[:, 0])

        def play(outdata: Any, _frames: int, _time: object, status: Any) -> None:
            handover.under += bool(status.output_underflow)
            outdata[:, 0] = handover.give()

        halves = [(sd.InputStream, source, listen), (sd.OutputStream, sink, play)]
        with _quiet_stderr(), contextlib.ExitStack() as opened:
            streams = []
            for kind, device, callback in halves:
                if device is not None:
                    stream = kind(
                        samplerate=rate, blocksize=frames, dtype="int16", channels=1, device=device, callback=callback,
                        finished_callback=handover.ended,
                    )  # fmt: skip
                    streams.append(stream)
                    opened.callback(stream.close)
            for stream in streams:
                stream.start()
            opened.pop_all()
        self._earlier = (self.under, self.over, self.slips)
        self._streams, self._handover, self._rate, self._awake = tuple(streams), handover, rate, False
        self._to_device = BlockResampler(RATE, rate)
        self._from_device = BlockResampler(rate, RATE)


def choose(found: tuple[DeviceInfo, ...], wanted: str | None, what: str) -> int:
    """The index of a device that can do it: the system's own, or the one whose name is or contains `wanted`."""
    recording = what == "microphone"
    able = [i for i, d in enumerate(found) if (d.inputs if recording else d.outputs) > 0]
    if not able:
        other = "loudspeakers" if recording else "microphones"
        there = ", ".join(d.name for d in found)
        reason = f"there is no {what}" + (f" (only {other}: {there})" if there else "")
        raise AudioError(_NO_SOUND.format(reason))
    preferred = [i for i in able if (found[i].default_input if recording else found[i].default_output)]
    if wanted is None:
        return (preferred or able)[0]
    exact = [i for i in able if found[i].name.lower() == wanted.lower()]
    within = [i for i in able if wanted.lower() in found[i].name.lower()]
    for matches in (exact, within):
        if matches:
            return next((i for i in matches if i in preferred), matches[0])
    names = [found[i].name for i in able]
    close = difflib.get_close_matches(wanted.lower(), [n.lower() for n in names], n=3, cutoff=0.5)
    likely = [name for name in names if name.lower() in close] or names
    raise AudioError(f'there is no {what} called "{wanted}"; there is {", ".join(dict.fromkeys(likely))}')


def _advice(name: str, inputs: int) -> str:
    headset = any(word in name.lower() for word in ("bluez", "bluetooth", "hands-free", "headset", "airpods"))
    if inputs and headset:
        return "using a Bluetooth microphone turns its playback down to telephone quality; prefer another microphone"
    return ""


def _sounddevice() -> Any:
    """The module, imported when first needed: that loads and initialises PortAudio."""
    try:
        with _quiet_stderr():
            import sounddevice
    except OSError as error:
        hint = "install libportaudio2 with the system's package manager"
        raise AudioError(_NO_SOUND.format(f"PortAudio is missing ({hint})")) from error
    return sounddevice


@contextlib.contextmanager
def _quiet_stderr() -> Iterator[None]:
    """Keep ALSA and JACK from writing their search for devices to the terminal; errors come back as exceptions."""
    if not sys.platform.startswith("linux"):
        yield
        return
    sys.stderr.flush()
    kept = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)
