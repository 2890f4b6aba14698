"""Opening a microphone and a loudspeaker: both at first, what there is of them once a session runs."""

from __future__ import annotations

import math
import os
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from voice_coach.audio import portaudio
from voice_coach.audio.clip import BLOCK, BLOCK_MS, RATE
from voice_coach.audio.handover import Handover
from voice_coach.audio.portaudio import (
    NO_LOUDSPEAKER,
    NO_MICROPHONE,
    DeviceInfo,
    NoSuchDeviceError,
    RateRefusedError,
    Stream,
    choose,
    list_devices,
)
from voice_coach.audio.rates import BlockResampler
from voice_coach.audio.server import GENERAL, records_playback
from voice_coach.child import HOME, argv
from voice_coach.errors import AudioError

SETTLES_S = 0.3  # a device that was just lost can often be opened still, and dies then
AGAIN_S = 0.7  # later: so long, and the other, between two attempts
FLOWING = 10  # a stream runs when it has asked for so many blocks beyond those that fill its buffer
WAKE_S = 4.0  # a headset over Bluetooth takes one to three seconds until it sounds
_TRY_IT = argv("voice_coach.audio.microphone_child")
_CHILD_S = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What was asked for."""

    mic: str | None
    speaker: str | None
    listens: bool
    plays: bool
    rate: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Running:
    """Streams that were opened together, and everything that goes with them."""

    streams: tuple[Stream, ...] = ()
    names: tuple[str, str] = (NO_MICROPHONE, NO_LOUDSPEAKER)
    hears: bool = False
    own_sound: bool = False  # the microphone is the loudspeaker's own sound
    rate: int = RATE
    handover: Handover = field(default_factory=lambda: Handover(BLOCK))
    to_device: BlockResampler = field(default_factory=lambda: BlockResampler(RATE, RATE))
    from_device: BlockResampler = field(default_factory=lambda: BlockResampler(RATE, RATE))


def first(wanted: Wanted) -> Running:
    """Everything that was asked for, or AudioError."""
    found = list_devices()
    source = choose(found, wanted.mic, "microphone") if wanted.listens else None
    sink = choose(found, wanted.speaker, "loudspeaker") if wanted.plays else None
    return _start(found, source, sink, wanted.rate)


def find(wanted: Wanted, old: Sequence[Stream], given_up: threading.Event, works: bool) -> Running:
    """What there is of it, as soon as it is there: the old streams are closed, then it is tried every second.

    Where all of it is known to work, that takes half a second. AudioError when it was given up. It may take as long as
    it likes.
    """
    portaudio.close(old)
    while not given_up.wait(0.0 if works else SETTLES_S):
        try:
            portaudio.renew()
            return _what_there_is(wanted, proven=not works)
        except AudioError:
            works = False
            given_up.wait(AGAIN_S)
    raise AudioError("nobody looks for it any more")


def microphone_works(name: str | None) -> bool:
    """Whether a microphone gives sound, tried in another process: in this one PortAudio knows only those of before."""
    command = [*_TRY_IT, *filter(None, [name])]
    quiet = subprocess.DEVNULL
    try:
        done = subprocess.run(command, stdin=quiet, stdout=quiet, stderr=quiet, timeout=_CHILD_S, cwd=HOME)
        return done.returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def try_microphone(name: str | None) -> bool:
    """Open it, wait for some sound, close it; AudioError where that cannot be."""
    found = list_devices()
    running = _start(found, choose(found, name, "microphone"), None, RATE, proven=True)
    try:
        return _flows(running) == (True, True) and not _own_sound(running)
    finally:
        portaudio.close(running.streams)


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """What a room asks of the machine. Every call but the last may hang, for as long as a sound server does."""

    first: Callable[[Wanted], Running] = first
    find: Callable[[Wanted, Sequence[Stream], threading.Event, bool], Running] = find
    close: Callable[[Sequence[Stream]], None] = portaudio.close
    microphone_works: Callable[[str | None], bool] = microphone_works
    records_playback: Callable[[int], bool] = records_playback
    leave_open: Callable[[], None] = portaudio.leave_open


def is_general(name: str) -> bool:
    """Whether a name stands for whatever a sound server means by it."""
    return name.split(":")[0].lower() in GENERAL


def _what_there_is(wanted: Wanted, *, proven: bool) -> Running:
    """Streams that run; without the microphone where it does not."""
    found = list_devices()
    source = _source(found, wanted)
    sink = choose(found, wanted.speaker, "loudspeaker") if wanted.plays else None
    try:
        return _running(found, source, sink, wanted.rate, proven=proven)
    except _DeafError:
        return _running(found, None, sink, wanted.rate, proven=proven)


class _DeafError(AudioError):
    """A microphone that cannot be opened or gives nothing, beside a loudspeaker."""


def _source(found: tuple[DeviceInfo, ...], wanted: Wanted) -> int | None:
    try:
        return choose(found, wanted.mic, "microphone") if wanted.listens else None
    except NoSuchDeviceError:
        if not wanted.plays:
            raise
        return None


def _running(
    found: tuple[DeviceInfo, ...], source: int | None, sink: int | None, rate: int, *, proven: bool
) -> Running:
    """Streams from which or to which something flows: one that is suspended can be opened, and stands still."""
    try:
        running = _start(found, source, sink, rate, proven=proven)
    except AudioError as error:
        if source is None or sink is None:
            raise
        raise _DeafError(str(error)) from error  # where it was the loudspeaker, that shows at the next attempt
    hears, plays = _flows(running)
    if hears and plays:
        return replace(running, own_sound=_own_sound(running))
    portaudio.close(running.streams)
    failure = _DeafError if plays and sink is not None else AudioError
    raise failure(f"nothing comes from {running.names[0]}" if plays else f"{running.names[1]} takes nothing")


def _start(
    found: tuple[DeviceInfo, ...], source: int | None, sink: int | None, rate: int, *, proven: bool = False
) -> Running:
    """At the rate that is asked for, or the device's own; with `proven`, only what runs. AudioError."""
    own = next(found[index].rate for index in (sink, source) if index is not None)
    try:
        return _start_at(found, source, sink, rate, proven=proven)
    except RateRefusedError:
        if own == rate:
            raise
        return _start_at(found, source, sink, own, proven=proven)


def _start_at(
    found: tuple[DeviceInfo, ...], source: int | None, sink: int | None, rate: int, *, proven: bool
) -> Running:
    """With a handover of its own, so that a stream that died late touches nothing."""
    handover = Handover(rate * BLOCK_MS // 1000, hears=source is not None, plays=sink is not None)
    halves = (("microphone", source), ("loudspeaker", sink))
    names = (
        found[source].name if source is not None else NO_MICROPHONE,
        found[sink].name if sink is not None else NO_LOUDSPEAKER,
    )
    streams: list[Stream] = []
    try:
        for (half, index), name in zip(halves, names, strict=True):
            if index is not None and proven:
                portaudio.prove(half, index, name, rate, WAKE_S)
        for (half, index), name in zip(halves, names, strict=True):
            if index is not None:
                streams.append(portaudio.start(half, index, name, rate, handover))
    except AudioError:
        portaudio.close(streams)
        raise
    return Running(
        streams=tuple(streams),
        names=names,
        hears=source is not None,
        rate=rate,
        handover=handover,
        to_device=BlockResampler(RATE, rate),
        from_device=BlockResampler(rate, RATE),
    )


def _flows(running: Running) -> tuple[bool, bool]:
    """Whether the microphone gives and the loudspeaker takes; one that is not wanted does."""
    latency = max(float(stream.latency) for stream in running.streams)
    enough = FLOWING + math.ceil(2 * latency * 1000 / BLOCK_MS)
    until = time.monotonic() + WAKE_S
    while True:
        flowed = running.handover.flowed(FLOWING, enough)
        if flowed == (True, True) or time.monotonic() > until:
            return flowed
        time.sleep(BLOCK_MS / 1000)


def _own_sound(running: Running) -> bool:
    return running.hears and is_general(running.names[0]) and records_playback(os.getpid())
