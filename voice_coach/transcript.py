"""A session as lines of text, as it happens: who said what, when. For the terminal, the demo and `simulate`."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from voice_coach import script
from voice_coach.errors import printable
from voice_coach.routine.model import Ms
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
    Record,
    Say,
    Via,
)

TOLD: Mapping[str, Callable[[Mapping[str, str | int | bool | None]], str]] = {
    "refused": lambda data: f"({data['intent']}: not now)",
    "false alarm": lambda data: "(false alarm)",
}


class Transcript:
    """An observer that hands finished lines to `write`.

    What the coach will say in a moment is kept until it is due, so that lines come in the order in which they sound
    and a sentence that was hushed before it began is never shown.
    """

    def __init__(self, write: Callable[[str], None], *, ending: bool = True) -> None:
        self._write = write
        self._ending = ending  # whether to tell how it ended
        self._due: list[tuple[Ms, str]] = []

    def event(self, event: Event) -> None:
        """Something went in."""
        self._flush(event.at - 1)  # what begins now may yet be hushed
        match event:
            case Command():
                meant = event.intent.value
                said = event.phrase if event.via is not Via.KEY or len(event.phrase) > 1 else f"{meant} (key)"
                self._line(event.at, "you", said or meant)
            case DeviceLost(what=what):
                self._line(event.at, "", f"({what} lost)")
            case DeviceBack(what=what):
                self._line(event.at, "", f"({what} back)")
            case HeldUp(hitch=Hitch.DEAF):
                self._line(event.at, "", "(nothing comes from the microphone)")
            case HeldUp(hitch=Hitch.EARS):
                self._line(event.at, "", "(nothing listens any more)")
            case HeldUp(ms=ms):
                self._line(event.at, "", f"(stood still for {_length(ms)}; none of it counts)")

    def effects(self, effects: list[Effect]) -> None:
        """Something came out."""
        for effect in effects:
            match effect:
                case Say():
                    self._due.append((effect.at, script.text(effect.line)))
                case Hush():
                    self._flush(effect.at - 1)
                    self._due.clear()
                case Record(kind=kind, data=data) if kind in TOLD:
                    self._flush(effect.at)
                    self._line(effect.at, "", TOLD[kind](data))
                case End(reason=reason) if self._ending:
                    self._flush(effect.at)
                    self._line(effect.at, "", f"({reason.value})")

    def unheard(self, at: Ms, text: str) -> None:
        """Words that meant nothing."""
        self._flush(at)
        self._line(at, "", f'(heard "{text}", no command)')

    def reached(self, now: Ms) -> None:
        """Session time has come so far: write what has begun."""
        self._flush(now - 1)

    def _flush(self, until: Ms) -> None:
        self._due.sort(key=lambda due: due[0])
        while self._due and self._due[0][0] <= until:
            at, words = self._due.pop(0)
            self._line(at, "coach", words)

    def _line(self, at: Ms, who: str, words: str) -> None:
        self._write(f"{clock(at)}  {who:>5}  {printable(words)}".rstrip())


def clock(ms: Ms) -> str:
    """Session time as minutes, seconds and tenths: "03:07.5"."""
    tenths = ms // 100
    return f"{tenths // 600:02d}:{tenths // 10 % 60:02d}.{tenths % 10}"


def _length(ms: Ms) -> str:
    """About how long: "40 seconds", "12 minutes", "3 hours"."""
    for unit, whole in (("hour", 3_600_000), ("minute", 60_000), ("second", 1_000)):
        if ms >= whole:
            count = round(ms / whole)
            return f"{count} {unit}{'' if count == 1 else 's'}"
    return "a moment"
