"""A session that the machine broke off is offered again, before anything else is chosen."""

from __future__ import annotations

from collections.abc import Collection

from voice_coach.cli.memory import Memory
from voice_coach.cli.talk import Talk
from voice_coach.conversation.interview import line
from voice_coach.person.model import NO, YES, Decision
from voice_coach.person.questions import Question
from voice_coach.review.broken_off import GO_ON, BrokenOff, broken_off
from voice_coach.safety import Standing, suits

ASK = Question(id="again.what_is_left", optional=True)


def going_on(talk: Talk, routines: Collection[str]) -> BrokenOff | None:
    """The session she goes on with; None where there is none, it is not for her as she is now, or she does not want to.

    `routines` are the ids of those there are. Only a clear "no" is kept: after anything else she is asked again the
    next time.
    """
    memory = talk.memory
    found = broken_off(memory.log, memory.person, memory.now())
    if found is None or found.left.routine not in routines or not _still_hers(found, memory.standing):
        return None
    answer = talk.one(ASK, line("again.broken_off", found.left.title), line("again.done", found.sets_done))
    if answer == YES:
        talk.tell(line("again.yes"))
        return found
    if answer == NO:
        _remember(memory, found)
        talk.tell(line("again.no"))
    return None


def _still_hers(found: BrokenOff, standing: Standing) -> bool:
    """Whether nothing of today's answers speaks against what is left, which was made for her as she was before."""
    exercises = {segment.set.item.exercise for segment in found.left.segments}
    as_before = found.tier == standing.tier.value and not standing.gentle and not standing.lighter
    return as_before and all(suits(exercise, standing) for exercise in exercises)


def _remember(memory: Memory, found: BrokenOff) -> None:
    change = {"session": found.session}
    memory.note(Decision(at=memory.now(), exercise="", rule=GO_ON, change=change, accepted=False))
