"""When everything inside one segment happens, as offsets from its start; and a playhead that moves over it.

Offsets are absolute from the segment's start and never added up beat by beat, so nothing drifts.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from enum import Enum
from typing import TypeAlias

from voice_coach.routine.model import Ms
from voice_coach.session.events import Priority, Reason, Tone
from voice_coach.session.lines import Line


@dataclass(frozen=True, slots=True)
class Speak:
    """Say a line that takes `ms`."""

    line: Line
    ms: Ms
    priority: Priority = Priority.TALK


@dataclass(frozen=True, slots=True)
class RepDone:
    """So many reps of this set are complete."""

    count: int


@dataclass(frozen=True, slots=True)
class Close:
    """The session is over, for this reason."""

    reason: Reason


class Mark(Enum):
    """Turning points without a value."""

    FINISH = "the segment is over"
    UNANSWERED = "nobody has answered"


Act: TypeAlias = "Speak | Tone | RepDone | Close | Mark"


@dataclass(frozen=True, slots=True)
class Cue:
    """Something that happens at an offset."""

    at: Ms
    act: Act


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """All cues of a segment in order. `length` is None where only the person ends it.

    `points` are the offsets at which it may be taken up again after an interruption; None means anywhere.
    """

    cues: tuple[Cue, ...]
    length: Ms | None
    points: tuple[Ms, ...] | None = None

    def resume_point(self, offset: Ms) -> Ms:
        """Where to go on after an interruption at `offset`: never later than it."""
        if self.points is None:
            return offset
        index = bisect_right(self.points, offset) - 1
        return self.points[index] if index >= 0 else 0

    def speech(self, first: int) -> list[tuple[Ms, Ms]]:
        """From cue `first` on, the stretches (start, end) in which something is said."""
        return [(cue.at, cue.at + cue.act.ms) for cue in self.cues[first:] if isinstance(cue.act, Speak)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Playhead:
    """A timeline in motion: its offset zero lies at session time `began`; `cursor` is the next cue.

    After an interruption `floor` is the offset it goes on from; until then the playhead stands there.
    """

    timeline: Timeline
    began: Ms
    cursor: int = 0
    floor: Ms = 0

    @property
    def deadline(self) -> Ms | None:
        """Session time of the next cue; None when there is none."""
        cues = self.timeline.cues
        return self.began + cues[self.cursor].at if self.cursor < len(cues) else None

    def offset(self, now: Ms) -> Ms:
        """Where on the timeline session time `now` is."""
        return max(now - self.began, self.floor)

    def moved_on(self) -> Playhead:
        """The same, one cue further."""
        return replace(self, cursor=self.cursor + 1)

    @classmethod
    def at(cls, timeline: Timeline, *, now: Ms, offset: Ms) -> Playhead:
        """A playhead that stands at `offset` at session time `now`.

        A timeline with resume points plays the cues of that very offset again; one without does not.
        """
        find = bisect_right if timeline.points is None else bisect_left
        cursor = find(timeline.cues, offset, key=lambda cue: cue.at)
        return cls(timeline=timeline, began=now - offset, cursor=cursor, floor=offset)
