"""What happens after a session: how she is now, and what the programme proposes for the next time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from voice_coach.cli.gates import landings
from voice_coach.cli.looking_back import look_back
from voice_coach.cli.memory import Memory
from voice_coach.cli.talk import Leaves, Talk, said
from voice_coach.coaching import Proposal, decision, proposals
from voice_coach.conversation.interview import line
from voice_coach.person.feeling import after
from voice_coach.person.model import NO, YES, Answer, Form
from voice_coach.routine import Exercise
from voice_coach.session.events import Reason

SAID_TO = {YES: True, NO: False}


def afterwards(talk: Talk, library: Mapping[str, Exercise]) -> None:
    """Ask and propose after a session that was done; after one she broke off, only note what is made easier.

    After distress nothing is asked: she has other things to do.
    """
    memory = talk.memory
    memory.read_again()
    ended = memory.person.sessions[-1].ended if memory.person.sessions else None
    if ended not in (Reason.COMPLETED.value, Reason.ENDED.value):
        return
    if ended == Reason.ENDED.value:
        memory.note(*(decision(each, None, memory.now()) for each in _found(memory, library) if not each.needs_yes))
        return
    left: list[Proposal] | None = None
    try:
        look_back(talk, library)
        talk.form(Form.AFTER, after(), line("interview.feelings_after"))
        landings(talk, library)
        left = _found(memory, library)  # only now: what she put right, or a doctor's yes, has its part in it
        while left:
            propose(talk, left.pop(0))
        talk.tell(line("interview.until_next"))
    except Leaves:
        rest = _found(memory, library) if left is None else left
        memory.note(*(decision(each, None, memory.now()) for each in rest))
        raise


def _found(memory: Memory, library: Mapping[str, Exercise]) -> list[Proposal]:
    return list(proposals(memory.person, memory.standing, library, memory.now()))


def propose(talk: Talk, proposal: Proposal) -> None:
    """Tell a proposal with its reason, ask where it needs a yes, and write down what she said."""
    memory = talk.memory
    answer: Answer = ""
    if proposal.question is None:
        talk.tell(*said(proposal.reason))
    else:
        try:
            answer = talk.one(replace(proposal.question, optional=True), *said(proposal.reason))
        except Leaves:
            memory.note(decision(proposal, None, memory.now()))
            raise
    accepted = SAID_TO.get(str(answer))
    memory.note(decision(proposal, accepted, memory.now()))
    if proposal.question is not None and accepted is not None:
        then = said(proposal.then) if accepted and proposal.then else ()
        talk.tell(*(then or (line("interview.accepted" if accepted else "interview.declined"),)))
