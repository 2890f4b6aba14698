"""A clock that is set between sessions: the whole visit and all that folds the log, at dates that cannot be right."""

from __future__ import annotations

import contextlib
import io
import random
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from tests.cli.visiting import Home
from tests.coaching.build import LIBRARY, MONDAY, ROUTINES
from tests.faults.outcome import Outcome, lost
from tests.journal.logs import SETUP, logged_sets, sets_of, write_session
from tests.review.lines import tell
from tests.sessions import command
from voice_coach import page
from voice_coach.coaching import proposals
from voice_coach.coaching.ahead import week as ahead
from voice_coach.coaching.week import today
from voice_coach.journal import Log, load
from voice_coach.measures import due
from voice_coach.person.model import Clearance, Matter, Person
from voice_coach.replay import replay
from voice_coach.review import known, known_at, months, summarise, weeks
from voice_coach.review.broken_off import broken_off
from voice_coach.review.calendar import calendar
from voice_coach.review.streak import spells, streak
from voice_coach.routine import Tier
from voice_coach.safety import standing
from voice_coach.safety.dates import is_ahead, moments
from voice_coach.safety.due import last_screening
from voice_coach.safety.stops import STOPS, Follow
from voice_coach.session.events import Event, Intent
from voice_coach.session.plan import make_plan

EPOCH = datetime.fromisoformat("1970-01-01T00:00:10+00:00")  # a machine without a battery for its clock
OFFSETS = (
    *(timedelta(0), timedelta(0), timedelta(hours=-1), timedelta(hours=1), timedelta(days=-1), timedelta(days=1)),
    *(timedelta(days=-400), timedelta(days=30), timedelta(days=3_653), EPOCH - MONDAY),
)
TROUBLES = (Intent.DIZZY, Intent.FALL, Intent.EMERGENCY, Intent.BACK_PAIN, Intent.CHEST)
ROUTINE = ROUTINES["first_taste"]
LOCKS = {trouble for trouble, stop in STOPS.items() if stop.follow is Follow.LOCK}


def set_between(times: int, folder: Path) -> Outcome:
    """Some weeks of sessions, each with the clock set anew, and then a visit."""
    finished = missing = well = 0
    slowest = 0.0
    for seed in range(times):
        chance = random.Random(seed)
        home = Home(folder / f"dates-{seed}.jsonl", tuple(ROUTINES.values()))
        home.well_known(MONDAY - timedelta(days=1) + chance.choice(OFFSETS))
        sets, last, locked = _weeks(home, chance)
        now = last + timedelta(hours=chance.randrange(1, 90)) + chance.choice(OFFSETS)
        began = time.perf_counter()
        with contextlib.redirect_stdout(io.StringIO()):  # what is said is of no interest
            home.visit(now, ROUTINE)
        slowest = max(slowest, time.perf_counter() - began)
        log = load(home.log)
        kept = {session.id: len(logged_sets(session)) for session in log.sessions}
        finished += sum(sets.values())
        missing += sum(lost(sets.get(name, 0), kept.get(name, 0)) for name in {*sets, *kept})
        complaints = list(_complaints(log, now, locked))
        well += not complaints
        if complaints:
            print(f"dates {seed}: {'; '.join(complaints)}")
    return Outcome(
        fault="the clock is set between sessions",
        times=times,
        sets_finished=finished,
        sets_lost=missing,
        to_go_on=times,
        gone_on=well,
        seconds=slowest,
    )


def _weeks(home: Home, chance: random.Random) -> tuple[dict[str, int], datetime, bool]:
    """Sessions three days apart, and what the clock says.

    How many sets each finished, when the last really was, and whether something happened that no yes was stated after.
    """
    sets: dict[str, int] = {}
    really, locked = MONDAY, False
    for number in range(chance.randrange(1, 5)):
        really = MONDAY + timedelta(days=3 * number)
        if chance.random() < 0.4:
            at = really - timedelta(hours=1) + chance.choice(OFFSETS)
            tell(home.log, at, Clearance(at=at, matter=Matter.TRAINING))
            locked = False
        before = len(known_at(home.log).incidents)
        events: list[Event] = []
        if chance.random() < 0.3:
            events = [command(chance.randrange(5_000, 200_000), chance.choice(TROUBLES))]
        effects = write_session(
            home.log,
            make_plan(ROUTINE),
            events,
            name=(name := f"session-{number}"),
            began=really + chance.choice(OFFSETS),
            limit=chance.choice((3_600_000, 3_600_000, chance.randrange(60_000, 300_000))),
            setup=replace(SETUP, mode="run", tier="high", phase="familiar"),
        )
        sets[name] = len(sets_of(effects))
        locked |= any(each.trouble in LOCKS for each in known_at(home.log).incidents[before:])
    return sets, really, locked


def _complaints(log: Log, now: datetime, locked: bool) -> Iterator[str]:
    """All that is not as it has to be, at this `now` and at others."""
    person = known(log)
    if log.damage or not all(replay(session).same for session in log.sessions):
        yield "the log is not whole"
    done = sum(not each["skipped"] for each in logged_sets(*log.sessions))
    if sum(len(session.sets) for session in person.sessions) != done:
        yield "sets are counted twice, or not at all"
    for session in log.sessions:
        end = max(entry.fields["at"] for entry in session.entries)
        if summarise(session).ms != end or (of := _trained_ms(person, session.id)) is None or of > end:
            yield f"{session.id} has another length"
    for each in (now, EPOCH, MONDAY, now + timedelta(days=3_653)):
        yield from _careful(person, each, locked)
        _folds(log, person, each)


def _trained_ms(person: Person, session: str) -> int | None:
    return next((each.ms for each in person.sessions if each.id == session), None)


def _careful(person: Person, now: datetime, locked: bool) -> Iterator[str]:
    """Nobody is unlocked by a clock; with something ahead of it that she was not asked after, she is as if unknown."""
    found = standing(person, now)
    if found.locked is None and locked:
        yield f"unlocked at {now}"
    screening = last_screening(person)
    assert screening is not None
    before = person.forms[: person.forms.index(screening)]
    anew = screening.at.date() == now.date() or any(is_ahead(form.at, now) for form in before)  # after the wrong date
    if any(is_ahead(at, now) for at in moments(person)) and not anew and found.tier is not Tier.HIGH:
        yield f"{found.tier.value} at {now}, with lines ahead of it"


def _folds(log: Log, person: Person, now: datetime) -> None:
    """Whatever looks at the log: nothing raises."""
    she, routines, day = standing(person, now), tuple(ROUTINES.values()), now.date()
    today(person, she, routines, now)
    ahead(person, she, routines, now)
    proposals(person, she, LIBRARY, now)
    due(person, now)
    broken_off(log, person, now)
    streak(person, day)
    spells(person, day)
    weeks(person, LIBRARY, day, 6)
    months(person, LIBRARY, day, 6)
    calendar(person, day - timedelta(days=60), day)
    diary = page.read(log.path, LIBRARY, now, 6)
    assert page.review_page(diary) and page.sheet_page(page.sheet(diary))
