"""What she may do today, from all that is known of her. Nothing that is damaged, missing or ahead of the clock helps.

The tiers are EVIDENCE 1.2, what follows from what happened is 1.4 (see `stops`), all [P].
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from voice_coach.person.model import YES, Form, Incident, Matter, Person, Trouble
from voice_coach.person.questions import Question
from voice_coach.routine.model import Tag, Tier
from voice_coach.safety import about, clinician, lines
from voice_coach.safety.daily import PASSED
from voice_coach.safety.dates import days_since, is_after, is_ahead, is_today
from voice_coach.safety.due import dated, due, last_screening
from voice_coach.safety.impact import impact_allowed
from voice_coach.safety.model import Due, Known, Reason, Screened, Standing
from voice_coach.safety.screening import UNFINISHED, screened
from voice_coach.safety.stops import STOPS, Follow
from voice_coach.safety.training import sessions_done, weeks_trained

YEAR = 365  # days ("no fall in a year", EVIDENCE 1.2 [P])
_NEVER_HIGH = frozenset({Tag.IMPACT.value, Tag.OVERHEAD.value, Tag.PRONE.value})
_FORBIDDEN = frozenset({Tag.SPINAL_FLEXION_LOADED.value, Tag.TWISTING.value})
_ADVICE = {Tier.HIGH: "physio", Tier.MODERATE: "load", Tier.LOW: "technique"}  # "extra", in the table of tiers


def standing(person: Person, now: datetime) -> Standing:
    """What she may do at `now`, which is an aware time."""
    owed = due(person, now)
    person = dated(person, now)
    form = last_screening(person)
    seen = screened(form.answers if form else {}, known(person, now))
    held_off = form is not None and clinician.cleared(person, Matter.TRAINING, now, form)
    locked = _locked(person, now)
    hold = tuple(dict.fromkeys(_hold(person, seen, held_off, locked, now)))
    cares = _cares(person, now)
    tier, reasons = _tier(seen, held_off, owed)
    first = Standing(
        tier=tier,
        reasons=reasons,
        hold=hold,
        urgent=(seen.urgent and not held_off) or (locked is not None and _urgent(locked, now)),
        locked=locked,
        due=owed,
        asks=tuple(_asks(person, seen, held_off, locked, now)),
        avoided=frozenset(each.exercise for each in cares if _follow(each) is Follow.AVOID and each.exercise),
        eased=frozenset(each.exercise for each in cares if _follow(each) is Follow.EASE and each.exercise),
        lighter=any(_follow(each) is Follow.EASE or not each.exercise for each in cares),
        gentle=_gentle(person, now),
        supported=tier is Tier.HIGH or not seen.attended,
        attended=seen.attended,
        sore=seen.sore,
        floor=seen.floor,
        cleared=frozenset(_cleared(person, now)),
        advice=tuple(_advice(person, tier, now)),
    )
    hidden = _hidden(first) if impact_allowed(person, first, now).allowed else _hidden(first) | {Tag.IMPACT.value}
    light = {Tag.OVERHEAD.value} if tier is Tier.MODERATE else set[str]()
    return replace(first, hidden=hidden, light=frozenset(light - hidden))


def known(person: Person, now: datetime) -> Known:
    """What the log tells that a screening is weighed with. What lies ahead counts where it is no good news."""
    return Known(
        weeks=weeks_trained(person, now),
        chair_stand=lines.chair_stand(person.measures, about.age(person), now),
        tandem=lines.tandem(person.measures, now),
        falls=len(_days(person, Trouble.FALL, now, YEAR)),
        fractures=len(_days(person, Trouble.FRACTURE, now, None)),
    )


def _days(person: Person, trouble: Trouble, now: datetime, within: int | None) -> set[int]:
    ago = (days_since(each.at, now) for each in person.incidents if each.trouble is trouble)
    return {days for days in ago if within is None or days <= within}


def _follow(incident: Incident) -> Follow:
    return STOPS[incident.trouble].follow


def _locked(person: Person, now: datetime) -> Incident | None:
    """The newest of those that a clinician's yes was not stated after."""
    locking = (each for each in person.incidents if _follow(each) is Follow.LOCK)
    open_ones = (each for each in locking if not clinician.cleared(person, Matter.TRAINING, now, each))
    return max(open_ones, key=lambda each: each.at, default=None)


def _urgent(locked: Incident, now: datetime) -> bool:
    """Whether it is told with urgent words: on its day. Later it is told calmly that it is still locked."""
    return STOPS[locked.trouble].urgent and is_today(locked.at, now)


def _hold(person: Person, seen: Screened, held_off: bool, locked: Incident | None, now: datetime) -> Iterator[Reason]:
    if locked:
        yield STOPS[locked.trouble].told
        if is_ahead(locked.at, now):
            yield Reason(say="standing.clock")
    if clinician.refused(person, Matter.TRAINING, now):
        yield Reason(say="standing.clinician_no")
    for reason in seen.hold:
        if reason == UNFINISHED or not held_off:  # nobody has said yes to what was not asked yet
            yield reason
    for each in person.incidents:
        if _follow(each) is Follow.NOT_TODAY and is_today(each.at, now):
            yield STOPS[each.trouble].told


def _tier(seen: Screened, held_off: bool, owed: Due | None) -> tuple[Tier, tuple[Reason, ...]]:
    """As screened; as careful as for somebody unknown while a screening is due; not low where a hold was lifted."""
    if owed:
        return Tier.HIGH, (owed.reason, *(seen.reasons if seen.tier is Tier.HIGH else ()))
    if seen.hold and held_off and seen.tier is Tier.LOW:
        return Tier.MODERATE, (Reason(say="screening.why_cleared"),)
    return seen.tier, seen.reasons


def _asks(person: Person, seen: Screened, held_off: bool, locked: Incident | None, now: datetime) -> Iterator[Question]:
    asked = any(reason != UNFINISHED for reason in seen.hold) and not held_off
    if locked or asked or clinician.refused(person, Matter.TRAINING, now):
        yield clinician.SAID_YES[Matter.TRAINING]
    said = [form for form in person.forms if form.form is Form.DAILY and form.answers.get(PASSED.id) == YES]
    passed = [form for form in said if not is_ahead(form.at, now)]
    ended = (each for each in person.incidents if _follow(each) is Follow.NOT_TODAY)
    if any(not any(is_after(form, each) for form in passed) for each in ended):
        yield PASSED


def _cares(person: Person, now: datetime) -> list[Incident]:
    """Pains that still change a session: those that no session has begun after.

    For a movement left out "for that session and the next" (EVIDENCE 1.4) that is the next one; for "easier" too.
    """
    last = max(sessions_done(person, now), key=lambda session: (session.place, session.began), default=None)
    painful = (each for each in person.incidents if _follow(each) in (Follow.EASE, Follow.AVOID))
    return [each for each in painful if last is None or not is_after(last, each)]


def _gentle(person: Person, now: datetime) -> bool:
    """Unwell today; or a strong pain was told today of which nobody knows the movement."""
    for each in person.incidents:
        nameless = _follow(each) is Follow.AVOID and not each.exercise
        if (nameless or _follow(each) is Follow.GENTLE) and is_today(each.at, now):
            return True
    return False


def _cleared(person: Person, now: datetime) -> Iterator[Matter]:
    """A yes counts until something happens that wants a new one."""
    grave = [each for each in person.incidents if _follow(each) is Follow.LOCK]
    yield from (matter for matter in Matter if clinician.cleared(person, matter, now, *grave))


def _advice(person: Person, tier: Tier, now: datetime) -> Iterator[Reason]:
    yield Reason(say=f"standing.advice_{_ADVICE[tier]}")
    if _hurt_twice(person, now):
        yield Reason(say="standing.advice_check")


def _hurt_twice(person: Person, now: datetime) -> bool:
    """Whether a movement, or one nobody named, has hurt sharply in two sessions in a row, the last of them lately.

    It is left out in the session after the first, so the one after that is the next in which it can hurt.
    """
    began = [session.began for session in sessions_done(person, now)]
    at: dict[str, set[int]] = {}
    for each in person.incidents:
        if each.trouble is Trouble.SHARP_PAIN:
            at.setdefault(each.exercise, set()).add(sum(begin <= each.at for begin in began))
    for places in at.values():
        *_, before, last = (-9, *sorted(places))
        if last - before <= 2 and len(began) - last <= 1:
            return True
    return False


def _hidden(first: Standing) -> frozenset[str]:
    """Tags that are not for her, whatever the gate of impact says."""
    hidden = set(_FORBIDDEN)
    if first.tier is Tier.HIGH:
        hidden |= _NEVER_HIGH
    if first.tier is Tier.MODERATE and (first.sore or first.lighter or first.avoided):
        hidden.add(Tag.OVERHEAD.value)  # "light, if pain-free"
    if not first.floor:
        hidden.add(Tag.FLOOR_TRANSFER.value)
    return frozenset(hidden)
