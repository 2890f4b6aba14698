"""What was done of a movement, session by session, as the log tells it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from voice_coach.person.model import Effort, Person, SetDone, Trained, Trouble
from voice_coach.routine.model import Load

PAIN = 4  # of ten, from here on a movement is made easier (EVIDENCE 1.4 and 2.3, [P])
_PAINS = frozenset({Trouble.JOINT_PAIN, Trouble.SHARP_PAIN, Trouble.BACK_PAIN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Bout:
    """One movement in one session: its sets, what she said of them, and whether the session tells anything."""

    session: str
    began: datetime
    sets: tuple[SetDone, ...]  # at least one
    effort: Effort
    hurt: bool  # a joint, 4 or more, by her answer or by what happened
    counts: bool  # a strength session of the programme, and no lighter week

    @property
    def last(self) -> SetDone:
        """The last set, of the second side where there are two."""
        return self.sets[-1]

    @property
    def load(self) -> Load | None:
        """What she held or wore in the last set."""
        return self.last.load

    @property
    def whole(self) -> bool:
        """Whether every set was there and completed: not cut short, not skipped."""
        return all(each.completed for each in self.sets) and self.last.set >= self.last.of

    @property
    def missed(self) -> bool:
        """Whether reps were missing in a set that was begun."""
        return any(0 < each.done_reps < each.target_reps for each in self.sets)

    @property
    def reps(self) -> int:
        """Reps of the last set, of the weaker side where there are two."""
        return min(each.done_reps for each in self.sets if each.set == self.last.set)


def bouts(person: Person, exercise: str) -> tuple[Bout, ...]:
    """Every session's sets of a movement, in the order of the log. Imported ones tell nothing: nobody was there."""
    seen = (session for session in person.sessions if not session.imported)
    return tuple(bout for session in seen if (bout := _bout(person, session, exercise)))


def _bout(person: Person, session: Trained, exercise: str) -> Bout | None:
    sets = tuple(each for each in session.sets if each.exercise == exercise)
    if not sets:
        return None
    effort = session.efforts.get(exercise, Effort())
    return Bout(
        session=session.id,
        began=session.began,
        sets=sets,
        effort=effort,
        hurt=(effort.pain or 0) >= PAIN or _hurt(person, session.id, exercise),
        counts=bool(session.phase) and not session.deload,
    )


def _hurt(person: Person, session: str, exercise: str) -> bool:
    told = (each for each in person.incidents if each.session == session and each.exercise == exercise)
    return any(each.trouble in _PAINS for each in told)
