"""What a clinician has said yes to, as she states it; and what to ask where nobody has yet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from voice_coach.person.model import YES, Answer, Answered, Clearance, Form, Incident, Matter, Person
from voice_coach.person.questions import Question
from voice_coach.routine.model import Tier
from voice_coach.safety.dates import is_after, is_ahead
from voice_coach.safety.model import Reason, Standing

AGAIN = timedelta(weeks=6)  # a yes that she did not have is asked for again after so long, or at a screening [P]
SAID_YES: Mapping[Matter, Question] = MappingProxyType(
    {matter: Question(id=f"clinician.{matter.value}") for matter in Matter}
)


def clearance(matter: Matter, answer: Answer, at: datetime) -> Clearance | None:
    """What is to be written after `SAID_YES`: a plain yes. Anything else leaves all as it is, so nothing is."""
    return Clearance(at=at, matter=matter) if answer == YES else None


def cleared(person: Person, matter: Matter, now: datetime, *before: Answered | Incident) -> bool:
    """Whether a clinician's yes counts: the newest word on the matter, and none of these was written after it."""
    word = _newest(person, matter, now)
    return word is not None and word.given and not any(is_after(each, word) for each in before)


def refused(person: Person, matter: Matter, now: datetime) -> bool:
    """Whether the newest word on the matter is a no."""
    word = _newest(person, matter, now)
    return word is not None and not word.given


def asked_lately(person: Person, matter: Matter, now: datetime) -> bool:
    """Whether she was asked for this yes since her last screening, and not long ago: a doctor is not seen every week.

    Whatever she said; where a yes was undone by what happened since, a screening has come after it.
    """
    asked = [form.at for form in person.forms if SAID_YES[matter].id in form.answers]
    screened = person.last(Form.SCREENING)
    return bool(asked) and now - max(asked) < AGAIN and not (screened and screened.at > max(asked))


def _newest(person: Person, matter: Matter, now: datetime) -> Clearance | None:
    """A yes from ahead of the clock is none; a no from there still is one, and of two at once the no counts."""
    words = (
        each for each in person.clearances if each.matter is matter and not (each.given and is_ahead(each.at, now))
    )
    return max(words, key=lambda each: (each.place, each.at, not each.given), default=None)


def to_ask(standing: Standing) -> tuple[Reason, ...]:
    """What to ask the doctor or physiotherapist: why she may not train, or what would take her further."""
    names = ["bring"]
    if standing.hold:
        names += ["ask_train", "ask_limits"]
    if standing.tier is Tier.HIGH:
        names += ["ask_physio"]
    if standing.tier is Tier.MODERATE:
        names += ["ask_load", "ask_heels"]
    names += ["ask_technique"]
    return tuple(Reason(say=f"clinician.{name}") for name in names)
