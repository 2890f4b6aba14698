"""What goes on around a session and is no command: noticed block after block, told once, and never a reason to fail."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, runtime_checkable

from voice_coach.audio.clip import BLOCK_MS, Pcm
from voice_coach.audio.room import Room
from voice_coach.microphone import ADVICE, Fault
from voice_coach.speech.ears import Trouble
from voice_coach.watch import ClockWatch, Hears, Reading, SilenceWatch, StumbleWatch, clocks

MISSED_MS = 300  # of sound that was lost to the ears: "stop" and "I fell" take some 450
COUNTED_MS = 1_000  # how often the blocks that were lost are counted, and a recording is asked for
STUMBLES = (
    "The sound stumbles: pieces of it are lost, and you may not be heard well. Other programs may be busy, "
    "or a Bluetooth link is weak. The keys always work."
)
NEVER = f"The microphone: {ADVICE[Fault.DEAD]}"


@runtime_checkable
class Counts(Protocol):
    """A room that counts its own faults."""

    @property
    def under(self) -> int:
        """Blocks that were not played in time."""

    @property
    def over(self) -> int:
        """Blocks that were heard and lost."""


@runtime_checkable
class MayBeDeaf(Protocol):
    """A room whose microphone may be away while its loudspeaker plays on."""

    @property
    def deaf(self) -> bool:
        """Whether it is away now."""


@runtime_checkable
class Keeps(Protocol):
    """A room that keeps a recording, as long as it can."""

    def given_up(self) -> str:
        """Why nothing is kept any more, as a sentence; nothing where that was told before."""


class Noticing:
    """Watches the clocks, the microphone and what is lost on the way.

    `slept_ms` is what no machine was told of yet, and so is `missed`: ears that failed, and listen again; `deaf`, that
    nothing comes from the microphone any more; `keys_only`, that nothing listens. `hears` tells whether there is a
    real microphone: a file ends in silence, and a keyboard hears nothing. What has to be known, and holds nobody up,
    goes to `tell` as a sentence.
    """

    def __init__(
        self,
        *,
        clock: Callable[[], Reading] | None = None,
        hears: bool = False,
        tell: Callable[[str], None] = lambda _sentence: None,
    ) -> None:
        self.slept_ms = 0
        self.deaf = False
        self.missed = False
        self.keys_only = False
        self.tell = tell
        self._clock = clock or clocks()
        self._hears = hears
        self._time = ClockWatch()
        self._silence = SilenceWatch()
        self._stumbles = StumbleWatch()
        self._never_told = False

    def block(self, room: Room, mic: Pcm, played: Pcm, now_ms: int) -> None:
        """A block went through the room; the next one begins at `now_ms`."""
        self.time(room)
        if isinstance(room, MayBeDeaf) and room.deaf:
            self.lost()
            self.deaf = True
        elif self._hears:
            self._listen(mic, played)
        if now_ms % COUNTED_MS < BLOCK_MS:
            self._ask(room, now_ms)

    def time(self, room: Room) -> None:
        """A block's time has passed. Where the room does not wait for the world, neither does a session."""
        if not room.realtime:
            return
        passed = self._time.look(self._clock())
        self.slept_ms += round(1_000 * passed.held_up)
        if passed.set_by:
            self.tell(clock_was_set(passed.set_by))

    def ears(self, troubles: Sequence[Trouble]) -> None:
        """Something went wrong with what listens. What is shorter than a word goes unnoticed."""
        for trouble in troubles:
            self.tell(trouble.told)
            self.missed = self.missed or trouble.missed_ms > MISSED_MS
            self.keys_only = self.keys_only or trouble.lasting

    def lost(self) -> None:
        """The device is away; what comes back may be another one, with a microphone of its own."""
        self._silence, self.deaf = SilenceWatch(), False

    def _listen(self, mic: Pcm, played: Pcm) -> None:
        hears = self._silence.take(mic, played)
        self.deaf = hears is Hears.NOTHING
        if hears is Hears.NEVER and not self._never_told:
            self._never_told = True
            self.tell(NEVER)

    def _ask(self, room: Room, now_ms: int) -> None:
        if isinstance(room, Counts) and self._stumbles.look(now_ms, room.under + room.over):
            self.tell(STUMBLES)
        if isinstance(room, Keeps) and (told := room.given_up()):
            self.tell(told)


def clock_was_set(seconds: float) -> str:
    """How it is told that somebody has set the clock on the wall."""
    way = "back" if seconds < 0 else "ahead"
    return f"The clock of this machine was set {way}. The session goes on as it is; its date in the log may be wrong."
