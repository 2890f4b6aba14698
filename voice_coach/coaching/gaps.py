"""Gaps between strength sessions, and what they take: EVIDENCE 2.3, [P]. The gains come back (EVIDENCE 2.1, Yang)."""

from __future__ import annotations

from datetime import datetime
from enum import Enum

from voice_coach.person.model import Person, Trained, Trouble
from voice_coach.safety.dates import days_since, is_after, is_ahead, moments
from voice_coach.safety.training import strength_sessions

SHORT_FROM, LONG_FROM, RESTART_FROM = 8, 15, 29  # days by the calendar (EVIDENCE 2.3, [P])
_AWAY = frozenset({Trouble.HOSPITAL, Trouble.FRACTURE})


class Gap(str, Enum):
    """How long nothing was trained, by what it means."""

    NONE = "none"  # up to 7 days, or the first session ever: go on
    SHORT = "short"  # 8-14 days: 10 % less and one set fewer, once
    LONG = "long"  # 15-28 days: 25 % less and back one phase
    RESTART = "restart"  # over 28 days, illness, hospital, or a clock that was set back: at Learn with half the load


def gaps(person: Person) -> tuple[Gap, ...]:
    """The gap before each of the strength sessions."""
    done = strength_sessions(person)
    return tuple(
        _between(person, done[index - 1], each.began, each) if index else Gap.NONE for index, each in enumerate(done)
    )


def gap_now(person: Person, now: datetime) -> Gap:
    """The gap that ends with a session today."""
    done = strength_sessions(person)
    return _between(person, done[-1], now) if done else Gap.NONE


def set_back(person: Person, now: datetime) -> bool:
    """Whether something in the log lies ahead: how long ago anything was is then unknown."""
    return any(is_ahead(each, now) for each in moments(person))


def _between(person: Person, last: Trained, now: datetime, then: Trained | None = None) -> Gap:
    """What lies between a session and `now`, when the session `then` began. A clock that was set back: the longest."""
    days = days_since(last.began, now)
    since = [each for each in person.incidents if is_after(each, last) and not (then and is_after(each, then))]
    ill = {each.trouble for each in since if not is_ahead(each.at, now)}
    unwell = Trouble.UNWELL in ill and days >= SHORT_FROM
    if is_ahead(last.began, now) or days >= RESTART_FROM or ill & _AWAY or unwell:
        return Gap.RESTART
    if days >= LONG_FROM:
        return Gap.LONG
    return Gap.SHORT if days >= SHORT_FROM else Gap.NONE
