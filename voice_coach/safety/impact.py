"""Whether impact is for her today: the gate of EVIDENCE 1.2, every condition of it with its reason, all [P].

The low tier passes it whole. The moderate tier does heel drops with a clinician's yes, which stands for what keeps
her from the low one (a fall, unsteadiness, a line); pain, practice, shoes and bladder are asked of everybody.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from voice_coach.person.model import Answer, Matter, Person, Trouble
from voice_coach.person.questions import Question
from voice_coach.routine.model import Tag, Tier
from voice_coach.safety.answers import Said, said
from voice_coach.safety.dates import is_ahead, is_today
from voice_coach.safety.due import dated
from voice_coach.safety.model import Gate, Reason, Standing
from voice_coach.safety.training import sessions_done, weeks_trained

STRENGTH_WEEKS = 6  # "six weeks of strength done" (EVIDENCE 1.2, [P])
PAIN_FREE = timedelta(weeks=2)  # "any pain after impact: back one rung for two weeks" (EVIDENCE 1.2, [P])
PAIN = 4  # of 10 (EVIDENCE 1.2, [P])
ASKED = timedelta(weeks=12)  # the bladder is not asked about more often than the rest of the screening ([P])

SHOES = Question(id="impact.shoes")  # today's
BLADDER = Question(id="impact.bladder")
ANYWAY = Question(id="impact.anyway")  # "or the user chooses to go on"
_PAINS = (Trouble.BACK_PAIN, Trouble.SHARP_PAIN, Trouble.JOINT_PAIN)


def impact_allowed(person: Person, standing: Standing, now: datetime) -> Gate:
    """What keeps her from impact, and what is still to be asked; neither, and it is for her."""
    person = dated(person, now)
    missing = tuple(Reason(say=f"impact.{name}") for name in _missing(person, standing, now))
    return Gate(missing=missing, asks=() if missing else tuple(_asks(person, now)))


def in_reach(person: Person, standing: Standing, now: datetime) -> Standing:
    """The same with impact shown, where only what is still to be asked keeps it from her: what it may be offered from.

    Nothing is trained by it: that is for the standing after the answers.
    """
    if impact_allowed(person, standing, now).missing:
        return standing
    return replace(standing, hidden=standing.hidden - {Tag.IMPACT.value})


def _missing(person: Person, standing: Standing, now: datetime) -> Iterator[str]:
    if standing.hold or standing.due or standing.gentle:
        yield "first"
    elif standing.tier is Tier.MODERATE and Matter.IMPACT not in standing.cleared:
        yield "clinician"
    elif standing.tier is Tier.HIGH:
        yield "walking"
    if weeks_trained(person, now) < STRENGTH_WEEKS:
        yield "weeks"
    if standing.sore or _hurt_lately(person, now):
        yield "pain"
    if said(_told(person, now, fresh=True), SHOES.id) in (Said.NO, Said.UNSURE):
        yield "shoes_first"
    told = _told(person, now)
    if said(told, BLADDER.id) in (Said.YES, Said.UNSURE) and said(told, ANYWAY.id) in (Said.NO, Said.UNSURE):
        yield "bladder_first"


def _asks(person: Person, now: datetime) -> Iterator[Question]:
    told = _told(person, now)
    if BLADDER.id not in told:
        yield BLADDER
    elif said(told, BLADDER.id) is not Said.NO and ANYWAY.id not in told:
        yield ANYWAY
    if SHOES.id not in _told(person, now, fresh=True):
        yield SHOES


def _told(person: Person, now: datetime, *, fresh: bool = False) -> dict[str, Answer]:
    """The newest answers, of today or of the last twelve weeks. What lies ahead was not said."""
    told: dict[str, Answer] = {}
    for form in person.forms:
        if not is_ahead(form.at, now) and (is_today(form.at, now) if fresh else now - form.at <= ASKED):
            told.update(form.answers)
    return told


def _hurt_lately(person: Person, now: datetime) -> bool:
    since = now - PAIN_FREE
    if any(each.trouble in _PAINS and each.at >= since for each in person.incidents):
        return True
    efforts = (
        each for session in sessions_done(person, now) if session.began >= since for each in session.efforts.values()
    )
    return any(each.pain is not None and each.pain >= PAIN for each in efforts)
