"""A log with a year in it: what the simulated year did and was told, written through the real journal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from tests.coaching.build import LIBRARY, ROUTINES
from tests.coaching.year import Day, days
from tests.journal.logs import SETUP, write_session
from tests.sessions import command
from voice_coach.coaching import prescribed
from voice_coach.journal import Journal
from voice_coach.person.lines import CONSENT, Fact, line_of
from voice_coach.person.model import Answered, Effort, Form, Incident, Measured, Person, SetDone, Trained, Trouble
from voice_coach.safety.tiers import fitted
from voice_coach.session.events import Intent, Record, Via
from voice_coach.session.plan import make_plan

PAGE = 24 * 7  # days: she lifts dumbbells, and a knee has hurt seven weeks ago
YEAR = 52 * 7


def write_year(path: Path, until: int = PAGE) -> datetime:
    """Write the first days of it; the moment at which to look at it, an hour after the last session."""
    told = Person()
    last = None
    for day in days():
        if day.number >= until:
            break
        facts = _facts(told, day.before)
        _tell(path, day.at - timedelta(minutes=5), facts, consent=last is None)
        _before(path, day)
        session = day.after.sessions[-1]
        _session(path, day, session)
        _after(path, day)
        told, last = day.after, day
        _tell(path, day.at + timedelta(minutes=50), _facts(day.before, day.after))
    assert last is not None
    at = last.at + timedelta(days=3)
    dizzy = at - timedelta(days=16)
    with Journal.open(path, "told", lambda: dizzy) as journal:
        journal.about(*line_of(Incident(at=dizzy, trouble=Trouble.DIZZY)))
    _played(path, last, at)
    return at + timedelta(hours=1)


def _facts(old: Person, new: Person) -> list[Fact]:
    """What was learnt between two moments, sessions apart."""
    names = ("forms", "incidents", "clearances", "decisions", "measures", "weights")
    found: list[Fact] = []
    for name in names:
        found += getattr(new, name)[len(getattr(old, name)) :]
    return [each for each in found if not (isinstance(each, Incident) and each.session)]


def _tell(path: Path, at: datetime, facts: Sequence[Fact], *, consent: bool = False) -> None:
    with Journal.open(path, "told", lambda: at) as journal:
        if consent:
            journal.about(CONSENT, {"given": True})
        for fact in facts:
            if not isinstance(fact, Measured):
                journal.about(*line_of(fact))


def _before(path: Path, day: Day) -> None:
    """How she felt; in the screened weeks also what she measured, which grows."""
    number = day.number
    felt: dict[str, str | int] = {
        "feeling.good": 4 + (number // 40 + number) % 4,
        "feeling.sure": min(9, 5 + number // 90 + number % 2),
        "feeling.joints": max(0, 3 - number // 120 + number % 3 - 1),
        "feeling.next_day": max(0, 3 - number // 150 + number % 2),
    }
    facts: list[Fact] = [Answered(at=day.at, form=Form.FEELING, answers=felt)]
    if number % 28 == 2:
        facts.append(Measured(at=day.at, test="chair_stand", value=9 + number // 60))
    if number % 42 == 2:
        facts.append(Measured(at=day.at, test="four_stage", value=3 + (number > 150)))
        facts += [
            Measured(at=day.at, test="one_leg", value=6 + number // 30, detail="left"),
            Measured(at=day.at, test="one_leg", value=8 + number // 35, detail="right"),
        ]
    with Journal.open(path, "told", lambda: day.at) as journal:
        for fact in facts:
            journal.about(*line_of(fact))


def _after(path: Path, day: Day) -> None:
    felt: dict[str, str | int] = {
        "feeling.good": 6 + day.number % 3,
        "feeling.sure": min(10, 6 + day.number // 90),
        "feeling.joints": max(0, 2 - day.number // 120),
    }
    at = day.at + timedelta(minutes=45)
    with Journal.open(path, "told", lambda: at) as journal:
        journal.about(*line_of(Answered(at=at, form=Form.AFTER, answers=felt)))


def _session(path: Path, day: Day, session: Trained) -> None:
    """Its records alone: the sets, what she told of them, and what happened."""
    plan = make_plan(fitted(ROUTINES[day.routine], day.standing, LIBRARY))
    began = day.at
    with Journal.open(path, f"{began:%Y-%m-%d}-{session.id}", lambda: began) as journal:
        journal.start(plan, replace(SETUP, phase=day.phase, deload=day.deload))
        at, records = 60_000, []
        for index, row in enumerate(session.sets):
            ms = row.done_ms or row.done_reps * 6_000
            at += ms + 30_000
            records.append(Record(at=at, kind="set", data=_row(row, ms)))
            last = index + 1 == len(session.sets) or session.sets[index + 1].exercise != row.exercise
            told = session.efforts.get(row.exercise)
            if last and told:
                answers = _answers(told, day.number, index)
                records.append(Record(at=at + 5_000, kind="effort", data={"exercise": row.exercise, **answers}))
        hurt = [each for each in day.after.incidents if each.session == session.id]
        for each in hurt:
            data = {"exercise": each.exercise, "level": each.level, "trouble": each.trouble.value}
            records.append(Record(at=at, kind="pain", data=data))
        journal.effects(records)
        journal.end(at + 60_000, "completed")


def _answers(told: Effort, day: int, index: int) -> dict[str, int | None]:
    """As the simulated woman told it, and harder: a page has to show more than her calm threes."""
    effort = min(8, (told.effort or 0) + 1 + day // 70 + index % 3)
    pain = 2 + day % 3 if day % 35 == 4 and index % 7 == 3 else 0
    return {"effort": effort, "reserve": told.reserve, "pain": pain}


def _row(row: SetDone, ms: int) -> dict[str, str | int | bool | None]:
    return {
        "exercise": row.exercise,
        "name": LIBRARY[row.exercise].name,
        "block": "Main",
        "set": row.set,
        "of": row.of,
        "round": 1,
        "side": row.side,
        "target_reps": row.target_reps or None,
        "target_ms": row.target_ms or None,
        "own_pace": False,
        "rung": row.rung,
        "variant": row.variant or None,
        "load_g": row.load.grams or None if row.load else None,
        "load": row.load.label or None if row.load else None,
        "done_reps": row.done_reps or None,
        "done_ms": ms,
        "completed": row.completed,
        "skipped": False,
    }


def _played(path: Path, day: Day, at: datetime) -> None:
    """A whole session on virtual time: with a pause, an easier rung, a longer rest, and a question."""
    made = prescribed(fitted(ROUTINES["dumbbell_a"], day.standing, LIBRARY), day.after, day.standing, at)
    plan = make_plan(made.routine)
    said = [
        command(95_000, Intent.WHATS_NEXT, phrase="what's next", via=Via.VOICE),
        command(400_000, Intent.PAUSE, phrase="pause", via=Via.VOICE),
        command(505_000, Intent.RESUME, phrase="go on", via=Via.VOICE),
        command(620_000, Intent.EASIER, phrase="easier", via=Via.VOICE),
        command(790_000, Intent.MORE_REST, phrase="more rest", via=Via.VOICE),
        command(1_100_000, Intent.HOW_MANY_LEFT, phrase="how many left", via=Via.VOICE),
        command(1_400_000, Intent.YES, phrase="yes", via=Via.KEY),
    ]
    write_session(path, plan, said, name=f"{at:%Y-%m-%d}-played", began=at)
