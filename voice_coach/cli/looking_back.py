"""What was done, told aloud: after a session, with a chance to put a count right, and whenever she asks before one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from voice_coach.cli.memory import Memory
from voice_coach.cli.talk import Talk
from voice_coach.conversation import Proposed
from voice_coach.conversation.interview import line
from voice_coach.conversation.looking_back import LAST_TIME, THIS_MONTH, THIS_WEEK, Counted
from voice_coach.person.model import Correction, SetDone, Trained
from voice_coach.review.told import last_time, summary, this_month, this_week
from voice_coach.routine import Exercise, Routine

HINTED = 3  # sessions after which she is told that a count can be corrected; then she knows it [P]
LARGEST = 999  # reps that can be said


def look_back(talk: Talk, library: Mapping[str, Exercise]) -> None:
    """Tell what was done and what moved forward; write down what she corrects. Raises `Leaves` where she ends it.

    Nothing is said of a session that did not come to its end.
    """
    memory = talk.memory
    lines = summary(memory.person, library)
    if not lines:
        return
    newest = memory.person.sessions[-1]
    last = _last_counted(newest)
    hint = (line("looking.hint"),) if last and len(memory.person.sessions) <= HINTED else ()
    told = talk.look_back((*lines, *hint), Counted(name=_name(last, library), reps=last.done_reps) if last else None)
    if told is not None and last is not None:
        memory.note(
            Correction(
                at=memory.now(), session=newest.id, exercise=last.exercise, set=last.set, side=last.side, reps=told
            )
        )
        memory.read_again()
        after = _last_counted(memory.person.sessions[-1])
        talk.tell(line("looking.noted", told) if after and after.done_reps == told else line("looking.elsewhere"))


def with_past(
    proposed: Proposed, memory: Memory, library: Mapping[str, Exercise], routines: Sequence[Routine]
) -> Proposed:
    """What is proposed for today, and the answers to what she may ask about the past."""
    person, now = memory.person, memory.now()
    titles = {routine.id: routine.title for routine in routines}
    back = {
        LAST_TIME: last_time(person, library, titles, now),
        THIS_WEEK: this_week(person, library, now),
        THIS_MONTH: this_month(person, library, now),
    }
    return replace(proposed, back={**proposed.back, **back})


def _last_counted(session: Trained) -> SetDone | None:
    """The last set of which reps were asked."""
    return next((row for row in reversed(session.sets) if row.target_reps and row.done_reps <= LARGEST), None)


def _name(row: SetDone, library: Mapping[str, Exercise]) -> str:
    known = library.get(row.exercise)
    return known.name if known else row.exercise.replace("_", " ").replace("-", " ")
