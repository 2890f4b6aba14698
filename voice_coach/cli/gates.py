"""Questions that stand before heavier weights and before landings: asked where nothing else is missing, and seldom.

What she does not say yes to stays shut, and is asked again at the next screening or after some weeks. The gates
themselves are `safety.impact` and `coaching.phases`; here they are only asked about.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from voice_coach.cli.memory import Memory
from voice_coach.cli.talk import Talk, said
from voice_coach.coaching import Phase, is_strength, phase, proposals
from voice_coach.coaching.impact import step
from voice_coach.conversation.interview import line
from voice_coach.person.model import Answer, Answered, Form, Matter, Person
from voice_coach.person.questions import NextQuestion, Question
from voice_coach.routine import Exercise, Routine, Tag
from voice_coach.safety import Standing, impact_allowed
from voice_coach.safety.clinician import SAID_YES, asked_lately, clearance
from voice_coach.safety.impact import SHOES, in_reach
from voice_coach.session.lines import Line

UP_IMPACT = "up.impact"  # the rule of a proposal to take a step of the ladder (`coaching.impact`)

_TO_ASK = {Matter.LOAD: "clinician.ask_load", Matter.IMPACT: "clinician.ask_heels"}  # what she can ask her doctor


def heavier(talk: Talk, routine: Routine) -> None:
    """Ask for a clinician's yes to heavier weights, where today's session would be the first that needs it."""
    memory = talk.memory
    with_yes = _as_if(memory.standing, Matter.LOAD)
    now = memory.now()
    if (
        is_strength(routine)
        and not asked_lately(memory.person, Matter.LOAD, now)
        and phase(memory.person, memory.standing, now) is not Phase.LOAD
        and phase(memory.person, with_yes, now) is Phase.LOAD
    ):
        _clinician(talk, Matter.LOAD)


def landings(talk: Talk, library: Mapping[str, Exercise]) -> None:
    """After a session that would bring her a step of the impact ladder, ask what must be asked before it is proposed.

    Today's shoes are none of it: the step is for the next time.
    """
    memory, standing = talk.memory, talk.memory.standing
    gate = impact_allowed(memory.person, standing, memory.now())
    waits = bool(gate.missing)
    if asked_lately(memory.person, Matter.IMPACT, memory.now()) if waits else set(gate.asks) <= {SHOES}:
        return
    if not _would_be_proposed(memory, _as_if(standing, Matter.IMPACT) if waits else standing, library):
        return
    if not waits or _clinician(talk, Matter.IMPACT):
        _ask_gate(talk, line("impact.ask_first"), shoes=False)


def shoes(talk: Talk, routine: Routine) -> None:
    """Before a session with a step that she has agreed to, ask what is still to be asked today."""
    memory = talk.memory
    if _lands(routine) and open_to(memory.person, memory.standing, memory.now()) != memory.standing:
        _ask_gate(talk, shoes=True)


def open_to(person: Person, standing: Standing, now: datetime) -> Standing:
    """What she may do once she has answered the questions about landings: what a choice is offered from.

    Only where she has agreed to a step of the ladder; it is nothing to train by.
    """
    return in_reach(person, standing, now) if step(person, now) else standing


def _would_be_proposed(memory: Memory, standing: Standing, library: Mapping[str, Exercise]) -> bool:
    """Whether the programme would propose a step to somebody who stands like this, with only questions in its way."""
    person, now = memory.person, memory.now()
    if impact_allowed(person, standing, now).missing:
        return False
    return any(each.rule == UP_IMPACT for each in proposals(person, standing, library, now))


def _as_if(standing: Standing, matter: Matter) -> Standing:
    return replace(standing, cleared=standing.cleared | {matter})


def _lands(routine: Routine) -> bool:
    return any(Tag.IMPACT.value in item.exercise.tags for block in routine.blocks for item in block.items)


def _clinician(talk: Talk, matter: Matter) -> bool:
    """Ask whether a clinician has said yes, and tell what follows. The answer is kept, a yes counts."""
    memory = talk.memory
    question = replace(SAID_YES[matter], optional=True)
    answers = talk.form(Form.DAILY, _only(question), line(f"clinician.{matter.value}_why"))
    given = clearance(matter, answers[question.id], memory.now())
    if given:
        memory.note(given)
        talk.tell(line("clinician.thanks"))
    else:
        talk.tell(line(f"clinician.{matter.value}_not_yet"), line(_TO_ASK[matter]))
    return given is not None


def _ask_gate(talk: Talk, *intro: Line, shoes: bool) -> None:
    """Ask what the gate of impact still asks, with or without today's `shoes`; tell what shuts it."""
    memory, now = talk.memory, talk.memory.now()
    standing = memory.standing

    def following(answers: Mapping[str, Answer]) -> Question | None:
        told = Answered(at=now, form=Form.DAILY, answers=dict(answers))
        person = replace(memory.person, forms=(*memory.person.forms, told))
        asks = (each for each in impact_allowed(person, standing, now).asks if shoes or each != SHOES)
        return next((replace(each, optional=True) for each in asks), None)

    if following({}) is not None:
        talk.form(Form.DAILY, following, *intro)
        talk.tell(*said(*impact_allowed(memory.person, memory.standing, memory.now()).missing))


def _only(question: Question) -> NextQuestion:
    return lambda answers: None if question.id in answers else question
