"""The promises of resistance training as they stand in the log: what was done for each, in a week or a month.

It tells what was done and what she said, never what it did to her: no gain of bone, no risk, no diagnosis (EVIDENCE 7).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from voice_coach.person.feeling import GOOD, JOINTS, NEXT_DAY, SURE
from voice_coach.person.model import Answered, Clearance, Form, Incident, Person, Trained
from voice_coach.review.careful import TEN, scale
from voice_coach.review.energy import Burnt, burnt
from voice_coach.review.work import Bone, Lifted, balance_ms, bone, is_strength, lifted
from voice_coach.routine.model import BoneSite, Exercise, Ms
from voice_coach.safety.about import AGE, age, kilos
from voice_coach.safety.daily import joint_level
from voice_coach.session.events import Reason

CHAIR_STAND = "chair_stand"  # the test of half a minute, and the movement
STAGES = "four_stage"  # the balance test


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Answers from nought to ten, oldest first."""

    before: Sequence[int] = ()
    after: Sequence[int] = ()
    next_day: Sequence[int] = ()  # asked about joints alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Promises:
    """All of it for the days from `since` until before `until`, by the calendar of the place where she was."""

    since: date
    until: date
    sessions: int
    ms: Ms  # of sessions, pauses left out
    energy: Burnt | None  # None: her weight is not known, or there was no session
    age_known: bool  # otherwise the energy is the lower of two estimates
    bone: Mapping[BoneSite, Bone]
    unrated: int  # sets that would load bone, of which she did not tell how hard they were
    lifted: Sequence[Lifted]
    stands: Sequence[int]  # tries at the chair-stand test without hands
    balance_ms: Ms  # an estimate
    stage: int | None  # the highest of the balance test
    joints: Told
    good: Told
    sure: Told
    screened: Sequence[date]
    incidents: Sequence[Incident]
    stops: Sequence[Trained]  # sessions that ended in distress
    clearances: Sequence[Clearance]


def weeks(person: Person, exercises: Mapping[str, Exercise], today: date, count: int) -> tuple[Promises, ...]:
    """The last `count` weeks from Monday to Sunday, the one of `today` last."""
    monday = today - timedelta(days=today.weekday())
    starts = [monday - timedelta(weeks=back) for back in range(count - 1, -1, -1)]
    return tuple(promises(person, exercises, start, start + timedelta(weeks=1)) for start in starts)


def months(person: Person, exercises: Mapping[str, Exercise], today: date, count: int) -> tuple[Promises, ...]:
    """The last `count` months of the calendar, the one of `today` last."""
    last = today.year * 12 + today.month - 1
    firsts = [date(number // 12, number % 12 + 1, 1) for number in range(last - count + 1, last + 2)]
    return tuple(promises(person, exercises, *pair) for pair in itertools.pairwise(firsts))


def promises(person: Person, exercises: Mapping[str, Exercise], since: date, until: date) -> Promises:
    """What the log tells of these days. A movement that is in no library counts for its time alone."""

    def within(day: date) -> bool:
        return since <= day < until

    sessions = [one for one in person.sessions if within(one.began.date())]
    sets = [row for one in sessions for row in one.sets]
    forms = [form for form in person.forms if within(form.at.date())]
    measured = [one for one in person.measures if within(one.at.date())]
    loaded, unrated = bone(sessions, exercises)
    return Promises(
        since=since,
        until=until,
        sessions=len(sessions),
        ms=sum(one.ms for one in sessions),
        energy=_energy(person, sessions, exercises),
        age_known=age(person) is not None,
        bone=loaded,
        unrated=unrated,
        lifted=lifted(sets, exercises),
        stands=tuple(one.value for one in measured if one.test == CHAIR_STAND and not one.detail),
        balance_ms=balance_ms(sessions, exercises),
        stage=max((one.value for one in measured if one.test == STAGES), default=None),
        joints=Told(
            before=_daily(forms) + _answers(forms, Form.FEELING, JOINTS),
            after=_answers(forms, Form.AFTER, JOINTS),
            next_day=_answers(forms, Form.FEELING, NEXT_DAY),
        ),
        good=Told(before=_answers(forms, Form.FEELING, GOOD), after=_answers(forms, Form.AFTER, GOOD)),
        sure=Told(before=_answers(forms, Form.FEELING, SURE), after=_answers(forms, Form.AFTER, SURE)),
        screened=tuple(form.at.date() for form in forms if form.form is Form.SCREENING and form.complete),
        incidents=tuple(one for one in person.incidents if within(one.at.date())),
        stops=tuple(one for one in sessions if one.ended == Reason.DISTRESS.value),
        clearances=tuple(one for one in person.clearances if within(one.at.date())),
    )


def _energy(person: Person, sessions: Sequence[Trained], exercises: Mapping[str, Exercise]) -> Burnt | None:
    weight = kilos(person)
    if weight is None or not sessions:
        return None
    each = (
        burnt(one.ms / 60_000, weight, _age(person, one.began.date()), strength=is_strength(one, exercises))
        for one in sessions
    )
    return sum(each, Burnt())


def _age(person: Person, day: date) -> int | None:
    """As she told it, and a year more for each that has passed since; before it was told, as told."""
    told = age(person)
    at = next((form.at.date() for form in reversed(person.forms) if AGE.id in form.answers), None)
    if told is None or at is None:
        return None
    passed = day.year - at.year - ((day.month, day.day) < (at.month, at.day))
    return told + max(0, passed)


def _answers(forms: Iterable[Answered], form: Form, name: str) -> tuple[int, ...]:
    levels = (scale(one.answers.get(name), TEN) for one in forms if one.form is form)
    return tuple(level for level in levels if level is not None)


def _daily(forms: Iterable[Answered]) -> tuple[int, ...]:
    """Joint pain as it was told in the questions before a session."""
    levels = (joint_level(one.answers) for one in forms if one.form is Form.DAILY)
    return tuple(level for level in levels if level is not None)
