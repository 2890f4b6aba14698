"""When the screening is to be asked (again): EVIDENCE 1.1, below the table, [P]."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from voice_coach.person.model import Answer, Answered, Form, Person
from voice_coach.safety.dates import days_since, is_after, is_ahead, moments
from voice_coach.safety.model import Due, Reason, Why
from voice_coach.safety.questions import next_question
from voice_coach.safety.stops import STOPS
from voice_coach.safety.training import GAP_DAYS, sessions_done

WEEKS = 12  # "every 12 weeks" (EVIDENCE 1.1, [P])
RESUMED = timedelta(days=7)  # a screening broken off is gone on with for so long, then begun anew [P]


def due(person: Person, now: datetime) -> Due | None:
    """Why a screening is due, the most telling reason; None where she was screened and nothing has happened since."""
    form = last_screening(person)
    why = Why.NEVER if form is None else min(_since(person, form, now), key=list(Why).index, default=None)
    return Due(why=why, reason=Reason(say=f"standing.due_{why.name.lower()}")) if why else None


def last_screening(person: Person) -> Answered | None:
    """The newest, finished or not: what she said last counts."""
    return person.last(Form.SCREENING, complete=False)


def resumable(person: Person, now: datetime) -> dict[str, Answer]:
    """The answers of a screening that was broken off lately, to go on from; none where it is begun anew."""
    form = last_screening(person)
    if form is None or next_question(form.answers) is None or is_ahead(form.at, now) or now - form.at > RESUMED:
        return {}
    if any(STOPS[each.trouble].screens and is_after(each, form) for each in person.incidents):
        return {}  # it was asked before that happened
    return dict(form.answers)


def dated(person: Person, now: datetime) -> Person:
    """The same, with what happened ahead of the clock placed where she was screened after it.

    Or a lock of a day that a wrong clock wrote could not be lifted before that day. Without such a screening it stays
    ahead, which is the careful side.
    """
    form = last_screening(person)
    if form is None or _clock_was_set(person, form, now):
        return person
    placed = (replace(each, at=form.at) if is_ahead(each.at, now) else each for each in person.incidents)
    return replace(person, incidents=tuple(placed))


def _since(person: Person, form: Answered, now: datetime) -> Iterator[Why]:
    if next_question(form.answers) is not None:
        yield Why.UNFINISHED
    if _clock_was_set(person, form, now):
        yield Why.CLOCK
    for incident in dated(person, now).incidents:
        why = STOPS[incident.trouble].screens
        if why and is_after(incident, form):
            yield why
    trained = [session.began for session in sessions_done(person, now)]
    if days_since(max([form.at, *trained[-1:]]), now) >= GAP_DAYS:
        yield Why.GAP
    if days_since(form.at, now) >= 7 * WEEKS:
        yield Why.WEEKS


def _clock_was_set(person: Person, form: Answered, now: datetime) -> bool:
    """Whether something lies in the future that she was not screened after.

    Forms stand in the order in which they were written. Where that tells nothing, a screening of today is enough,
    or she would be asked for as long as the wrong date lies ahead.
    """
    if is_ahead(form.at, now):
        return True
    if not any(is_ahead(at, now) for at in moments(person)):
        return False
    if any(is_ahead(each.at, now) and each.place > form.place > 0 for each in person.incidents):
        return True
    before = person.forms[: list(person.forms).index(form)]
    return not any(is_ahead(each.at, now) for each in before) and days_since(form.at, now) > 0
