"""The sound cards: the only module that knows sounddevice, and with it PortAudio.

PortAudio is initialised once per process and its list of devices does not change after that; `renew` initialises it
again, which needs every stream to be closed. Any call here may hang while a sound server does not answer: over a
PulseAudio that stands still `abort` took 30 s. So a session makes them apart (`audio.apart`), one at a time.
"""

from __future__ import annotations

import atexit
import contextlib
import difflib
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from voice_coach.audio.clip import BLOCK_MS
from voice_coach.audio.handover import Handover
from voice_coach.errors import AudioError
from voice_coach.stderr import silenced

_NO_SOUND = "No sound on this machine: {}; use --text, or WAV files for --mic and --speaker"
NO_MICROPHONE, NO_LOUDSPEAKER = "no microphone", "no loudspeaker"
_BAD_RATE = -9997  # PortAudio's paInvalidSampleRate
PROVEN = 20  # blocks: twice as many as fill a buffer, and long enough for a server to have made up its mind
Stream = Any  # sounddevice has no types


class RateRefusedError(AudioError):
    """A device that does not run at the rate it was asked for."""


class NoSuchDeviceError(AudioError):
    """A machine without a microphone or without a loudspeaker, or without the one that was named."""


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
    with _told(sd):
        return _listed(sd)


def _listed(sd: Any) -> tuple[DeviceInfo, ...]:
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


def start(half: str, device: int, name: str, rate: int, handover: Handover) -> Stream:
    """A running stream of one channel: `half` "microphone" or "loudspeaker". RateRefusedError, AudioError.

    Microphone and loudspeaker are two streams: after its first underrun PortAudio's duplex stream over ALSA's
    PulseAudio plugin asks without a pause for the rest of its life, a whole core for nothing (PortAudio #813).
    """

    def listen(indata: Any, _frames: int, _time: object, status: Any) -> None:
        handover.over += bool(status.input_overflow)
        handover.hear(indata[:, 0])

    def play(outdata: Any, _frames: int, _time: object, status: Any) -> None:
        handover.under += bool(status.output_underflow)
        outdata[:, 0] = handover.give()

    callback = listen if half == "microphone" else play
    return _started(half, device, name, rate, callback=callback, finished_callback=handover.ended)


def prove(half: str, device: int, name: str, rate: int, longest_s: float) -> None:
    """Let a stream without callbacks run for a moment. RateRefusedError, AudioError where nothing flows.

    One with callbacks must not be started on a device that is just going: where ALSA refuses it, PortAudio 19.6 waits
    for ever for a lock that its own thread took along when it ended.
    """
    stream = _started(half, device, name, rate)
    frames = rate * BLOCK_MS // 1000
    silence = np.zeros((frames, 1), dtype=np.int16)
    until, proven = time.monotonic() + longest_s, 0
    try:
        with _told(_sounddevice()):
            while proven < PROVEN:
                if time.monotonic() > until:
                    raise AudioError(f"{name} stands still")
                if half == "microphone" and stream.read_available >= frames:
                    stream.read(frames)
                elif half == "loudspeaker" and stream.write_available >= frames:
                    stream.write(silence)
                else:
                    time.sleep(BLOCK_MS / 2000)
                    continue
                proven += 1
    finally:
        close([stream])


def _started(half: str, device: int, name: str, rate: int, **callbacks: Any) -> Stream:
    sd = _sounddevice()
    kind = sd.InputStream if half == "microphone" else sd.OutputStream
    try:
        with silenced(), contextlib.ExitStack() as opened:
            frames = rate * BLOCK_MS // 1000
            stream = kind(samplerate=rate, blocksize=frames, dtype="int16", channels=1, device=device, **callbacks)
            opened.callback(stream.close)
            stream.start()
            opened.pop_all()
            return stream
    except sd.PortAudioError as error:
        refused = RateRefusedError if _BAD_RATE in error.args else AudioError
        raise refused(f"cannot open {name} at {rate} Hz: {error.args[0]}") from error


def close(streams: Sequence[Stream]) -> None:
    """Stop at once; what was not played yet is not played."""
    failure = _sounddevice().PortAudioError
    for stream in streams:
        for end in (stream.abort, stream.close):
            with contextlib.suppress(failure):  # a device that is gone cannot be closed
                end()


def renew() -> None:
    """Look for the devices anew. Every stream of this process has to be closed before."""
    sd = _sounddevice()
    with silenced(), _told(sd):
        with contextlib.suppress(sd.PortAudioError):  # so it is when it did not start the last time
            sd._terminate()
        sd._initialize()


def leave_open() -> None:
    """Let the program end without closing PortAudio: some call hangs, and the last one would, too."""
    handler = getattr(sys.modules.get("sounddevice"), "_exit_handler", None)
    if handler:
        atexit.unregister(handler)


def choose(found: tuple[DeviceInfo, ...], wanted: str | None, what: str) -> int:
    """The index of a device that can do it: the system's own, or the one whose name is or contains `wanted`."""
    recording = what == "microphone"
    able = [i for i, d in enumerate(found) if (d.inputs if recording else d.outputs) > 0]
    if not able:
        other = "loudspeakers" if recording else "microphones"
        there = ", ".join(d.name for d in found)
        reason = f"there is no {what}" + (f" (only {other}: {there})" if there else "")
        raise NoSuchDeviceError(_NO_SOUND.format(reason))
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
    raise NoSuchDeviceError(f'there is no {what} called "{wanted}"; there is {", ".join(dict.fromkeys(likely))}')


def _advice(name: str, inputs: int) -> str:
    headset = any(word in name.lower() for word in ("bluez", "bluetooth", "hands-free", "headset", "airpods"))
    if inputs and headset:
        return "using a Bluetooth microphone turns its playback down to telephone quality; prefer another microphone"
    return ""


def _sounddevice() -> Any:
    """The module, imported when first needed: that loads and initialises PortAudio."""
    try:
        with silenced():
            import sounddevice
    except OSError as error:
        hint = "install libportaudio2 with the system's package manager"
        raise AudioError(_NO_SOUND.format(f"PortAudio is missing ({hint})")) from error
    return sounddevice


@contextlib.contextmanager
def _told(sd: Any) -> Iterator[None]:
    """What PortAudio reports, as an error of ours."""
    try:
        yield
    except sd.PortAudioError as error:
        raise AudioError(_NO_SOUND.format(error.args[0])) from error
