"""The sound card as a room: a microphone and a loudspeaker that may go away and come back.

The streams' callbacks do nothing but hand blocks over (`audio.handover`). A device that is unplugged often raises
nothing, so `exchange` watches how long nothing came. What PortAudio is asked for once a session runs is asked apart
(`audio.apart`), because it hangs with a sound server that does.

Without its loudspeaker a room is lost, and looks for both halves again. Without its microphone it plays on and is
`deaf`: somebody across the room can still be told what to do.
"""

from __future__ import annotations

import contextlib
import os
import threading

import numpy as np

from voice_coach.audio.apart import Apart
from voice_coach.audio.clip import BLOCK, BLOCK_MS, RATE, Pcm
from voice_coach.audio.handover import LEAD
from voice_coach.audio.opening import Running, System, Wanted, is_general
from voice_coach.audio.portaudio import DeviceInfo, Stream, list_devices
from voice_coach.audio.room import DeviceLostError
from voice_coach.errors import AudioError

__all__ = ["DeviceInfo", "DeviceRoom", "list_devices", "open_duplex"]

PATIENCE_S = 2.0  # nothing heard for so long means the device is gone
FIRST_PATIENCE_S = 10.0  # the first block may take longer: a sleeping device wakes up
OPEN_S = 60.0  # PulseAudio gives up after 30 s when its server does not answer
CLOSE_S = 2.0  # nobody waits longer for the end of the program
LOOK_S = 5.0  # how often a microphone that is away is looked for
QUIET = 500 // BLOCK_MS  # blocks of silence in which nobody hears that the loudspeaker is opened anew
ASK_S = 3.0  # how often the sound server is asked what is recorded
SYSTEM = System()


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
    return DeviceRoom(Wanted(mic=mic, speaker=speaker, listens=listens, plays=plays, rate=rate), patience_s)


class DeviceRoom:
    """A sound card as a room; made by `open_duplex`."""

    realtime = True

    def __init__(
        self, wanted: Wanted, patience_s: float = PATIENCE_S, *, system: System = SYSTEM, longest_s: float = OPEN_S,
        close_s: float = CLOSE_S,
    ) -> None:  # fmt: skip
        self._wanted, self._system = wanted, system
        self._longest_s, self._close_s = longest_s, close_s
        self._patience_s = patience_s
        self._earlier = (0, 0, 0)  # under, over and slips of the streams before these
        self._now = Running()
        self._awake = self._own_sound = False
        self._silent = self._turns = 0
        self._closed = threading.Event()
        self._coming: Apart[Running] | None = None  # what is being opened
        self._looking: Apart[bool] | None = None  # for the microphone
        self._asking: Apart[bool] | None = None  # the sound server
        opening = Apart(lambda: system.first(wanted))
        if not opening.within(longest_s):
            system.leave_open()
            raise AudioError("The sound system of this machine does not answer; start it anew, or use --text")
        self._adopt(opening.result())

    @property
    def name(self) -> str:
        """Microphone and loudspeaker by the system's names."""
        return " and ".join(dict.fromkeys(self._now.names))

    @property
    def latency_ms(self) -> int:
        """From handing a block to `exchange` until its echo, sound travelling no distance, comes back from it."""
        if not self._now.streams:
            return 0
        seconds = sum(float(stream.latency) for stream in self._now.streams)
        converted = self._now.to_device.delay_ms + self._now.from_device.delay_ms
        return round(1000 * seconds + LEAD * BLOCK_MS + converted)

    @property
    def plays_after_ms(self) -> int:
        """How long it takes from now until what was handed over last has sounded; 0 where nothing is played.

        It is what the system tells: a loudspeaker that is late without saying so, as over Bluetooth, is later.
        """
        if not self._wanted.plays or not self._now.streams:
            return 0
        seconds = float(self._now.streams[-1].latency)
        return round(1000 * seconds + self._now.handover.ahead * BLOCK_MS + self._now.to_device.delay_ms)

    @property
    def under(self) -> int:
        """Blocks that were not played in time."""
        return self._earlier[0] + self._now.handover.under

    @property
    def over(self) -> int:
        """Blocks that were heard and lost."""
        return self._earlier[1] + self._now.handover.over

    @property
    def slips(self) -> int:
        """Blocks of silence put in, or blocks left out, since microphone and loudspeaker have clocks of their own."""
        return self._earlier[2] + self._now.handover.slips

    @property
    def names(self) -> tuple[str, str]:
        """Microphone and loudspeaker, apart."""
        return self._now.names

    @property
    def rate(self) -> int:
        """Frames a second on the device's side."""
        return self._now.rate

    @property
    def deaf(self) -> bool:
        """Whether it plays on while the microphone is away, or gives nothing but the loudspeaker's own sound."""
        return bool(self._now.streams) and self._wanted.listens and (not self._now.hears or self._own_sound)

    def exchange(self, played: Pcm) -> Pcm:
        """Play one block of 20 ms and wait for the one that was heard; silence while the room is deaf.

        DeviceLostError after two seconds without sound; from then on the devices are looked for.
        """
        if not self._now.streams:
            raise DeviceLostError(f"{self.name} is not open")
        if len(played) != BLOCK:
            raise ValueError(f"a device takes blocks of {BLOCK} frames, not {len(played)}")
        self._listen_again(played)
        patience = self._patience_s if self._awake else max(self._patience_s, FIRST_PATIENCE_S)
        heard = self._now.handover.exchange(self._now.to_device.convert(played), patience)
        if heard is None:
            self._look_again()
            raise DeviceLostError(f"{self.name} no longer answers; is it still plugged in?")
        self._awake = True
        converted = self._now.from_device.convert(heard)
        return np.zeros_like(converted) if self._own_sound else converted

    def reopen(self) -> None:
        """Go on with what was found meanwhile; AudioError while nothing was. It never waits.

        Every stream of this process is closed before: PortAudio can renew its list in no other way.
        """
        if self._coming is None:
            self._look_again()
        if self._coming is None or not self._coming.ended:
            raise AudioError(f"{self.name} is being looked for")
        coming, self._coming = self._coming, None
        self._adopt(coming.result())
        self._awake = True  # or it would not have been found

    def close(self) -> None:
        """Stop at once; what was not played yet is not played. A sound server that hangs is left alone after 2 s."""
        self._closed.set()
        old = self._give_up()
        coming, self._coming = self._coming, None

        def finish() -> None:
            self._system.close(old)
            if coming is not None and coming.within(self._longest_s):
                with contextlib.suppress(AudioError):  # nothing was found
                    self._system.close(coming.result().streams)

        if (old or coming is not None) and not Apart(finish).within(self._close_s):
            self._system.leave_open()

    def _adopt(self, running: Running) -> None:
        self._earlier = (self.under, self.over, self.slips)
        self._now = running
        self._awake, self._own_sound = False, running.own_sound
        self._silent = self._turns = 0
        self._looking = self._asking = None

    def _look_again(self, *, works: bool = False) -> None:
        """Begin to look for the devices, until they are there or the room is closed."""
        if self._coming is None and not self._closed.is_set():
            old = self._give_up()
            self._coming = Apart(lambda: self._system.find(self._wanted, old, self._closed, works))

    def _give_up(self) -> tuple[Stream, ...]:
        """Go on without streams; those that have to be closed. Names and counts stay."""
        old = self._now.streams
        self._now = Running(names=self._now.names, handover=self._now.handover)
        return old

    def _listen_again(self, played: Pcm) -> None:
        """See to the microphone, now and then; never waits, but for the moment in which it is opened again."""
        self._silent = 0 if played.any() else self._silent + 1
        self._turns += 1
        if not self._wanted.listens or not self._wanted.plays:
            return
        if self._now.hears:
            self._ask()
        elif self._looking is None:
            if self._turns * BLOCK_MS >= LOOK_S * 1000:
                self._turns, self._looking = 0, Apart(lambda: self._system.microphone_works(self._wanted.mic))
        elif self._looking.ended and not self._looking.result():
            self._looking = None
        elif self._looking.ended and self._silent >= QUIET:
            self._look_again(works=True)
            if self._coming is not None and self._coming.within(PATIENCE_S):
                self.reopen()
            else:
                raise DeviceLostError(f"{self.name} does not open again")

    def _ask(self) -> None:
        """Whether the sound server records what we play: so it does when the microphone went, and there is no other."""
        if self._asking is not None and self._asking.ended:
            self._own_sound, self._asking, self._turns = self._asking.result(), None, 0
        if is_general(self._now.names[0]) and self._asking is None and self._turns * BLOCK_MS >= ASK_S * 1000:
            self._asking = Apart(lambda: self._system.records_playback(os.getpid()))
