"""What happens after a session: how she is now, and what the programme proposes for the next time."""

from __future__ import annotations

from collections.abc import Mapping

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
    found = proposals(memory.person, memory.standing, library, memory.now())
    if ended == Reason.ENDED.value:
        memory.note(*(decision(each, None, memory.now()) for each in found if not each.needs_yes))
        return
    left = list(found)
    try:
        talk.form(Form.AFTER, after(), line("interview.feelings_after"))
        while left:
            propose(talk, left.pop(0))
        talk.tell(line("interview.until_next"))
    except Leaves:
        memory.note(*(decision(each, None, memory.now()) for each in left))
        raise


def propose(talk: Talk, proposal: Proposal) -> None:
    """Tell a proposal with its reason, ask where it needs a yes, and write down what she said."""
    memory = talk.memory
    answer: Answer = ""
    if proposal.question is None:
        talk.tell(*said(proposal.reason))
    else:
        try:
            answer = talk.one(proposal.question, *said(proposal.reason))
        except Leaves:
            memory.note(decision(proposal, None, memory.now()))
            raise
    accepted = SAID_TO.get(str(answer))
    memory.note(decision(proposal, accepted, memory.now()))
    if proposal.question is not None and accepted is not None:
        then = said(proposal.then) if accepted and proposal.then else ()
        talk.tell(*(then or (line("interview.accepted" if accepted else "interview.declined"),)))
