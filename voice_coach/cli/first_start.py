"""What happens before the first session, and whenever it is due: consent, a few facts, the screening and its result."""

from __future__ import annotations

from collections.abc import Mapping

from voice_coach.cli.talk import Leaves, Talk, said
from voice_coach.conversation.interview import line
from voice_coach.person.model import YES, Answer, Form
from voice_coach.person.questions import Question
from voice_coach.safety import Standing, about, screening
from voice_coach.safety.clinician import SAID_YES, clearance, to_ask
from voice_coach.safety.due import resumable
from voice_coach.script.screening import DISCLAIMER
from voice_coach.session.lines import Line

AGREE = Question(id="disclaimer.agree")


def consent(talk: Talk) -> None:
    """Tell once what the program is and is not, and ask for a yes. Without one nothing else happens: `Leaves`."""
    if talk.memory.person.consented is not None:
        return
    if talk.one(AGREE, line("interview.welcome"), *(line(name) for name in DISCLAIMER)) != YES:
        talk.tell(line("interview.not_agreed"))
        raise Leaves
    talk.memory.consented()


def facts(talk: Talk) -> None:
    """Ask the few facts that help and may be left out, once."""
    person = talk.memory.person
    if person.last(Form.ABOUT) is not None:
        return
    begun = person.last(Form.ABOUT, complete=False)
    talk.form(Form.ABOUT, about.next_question, line("interview.about"), answers=begun.answers if begun else {})


def clinicians_yes(talk: Talk) -> None:
    """Where training waits for a clinician's yes, say why and ask for it. Without one it goes on waiting."""
    standing = talk.memory.standing
    for matter, question in SAID_YES.items():
        if question in standing.asks:
            given = clearance(matter, talk.one(question, *said(*standing.hold)), talk.memory.now())
            if given:
                talk.memory.note(given)
            talk.tell(line("clinician.thanks" if given else "clinician.not_yet"))


def screen(talk: Talk) -> bool:
    """Ask the screening where it is due, from where it was broken off, and tell what it comes to; whether it was."""
    memory = talk.memory
    due = memory.standing.due
    if due is None:
        return False
    before = resumable(memory.person, memory.now())
    opening = ("screening.resumed",) if before else ("screening.opening", "screening.how")
    known = screening.urgent(before)  # she was told, and goes on after it

    def halt(answers: Mapping[str, Answer]) -> tuple[Line, ...]:
        urgent = screening.urgent(answers) and not known
        return (line("screening.urgent"), line("emergency.cannot_call")) if urgent else ()

    talk.form(
        Form.SCREENING,
        screening.next_question,
        *said(due.reason),
        *(line(name) for name in opening),
        answers=before,
        outro=(line("screening.thanks"),),
        halt=halt,
    )
    talk.tell(*result(memory.standing))
    return True


def result(standing: Standing) -> tuple[Line, ...]:
    """What the screening comes to, in plain words, with its reasons; what to ask a clinician where that is wanted."""
    if standing.hold:
        return (line("standing.hold"), *said(*standing.hold), *said(*to_ask(standing)))
    level = line(f"screening.level_{standing.tier.value}")
    return (level, *said(*standing.reasons), line("screening.not_a_score"), *said(*standing.advice))
