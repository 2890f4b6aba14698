"""What was done, told aloud: a session with the one thing in it that moved forward, her last one, her week, her month.

Only what stands in the log is told. What moved is chosen by a fixed order, so the same log always says the same; where
nothing moved, what was kept is told instead. Of a session that ended in distress or broke off nothing is compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from voice_coach.person.model import Person, SetDone, Trained
from voice_coach.review.days import first_of, monday_of, month_of, week_of
from voice_coach.review.past import stretch
from voice_coach.review.promises import promises
from voice_coach.review.said import MINUTE_MS, MOST, said
from voice_coach.review.work import balance_ms, counted
from voice_coach.routine.model import Benefit, Exercise, Group
from voice_coach.session.events import Reason
from voice_coach.session.lines import Key, Line

AWAY_DAYS = 15  # from so many days on it was a long gap (EVIDENCE 2.3, [P]); shorter ones are no news
HEAVIEST = 999_000  # grams that can be said
NAMED = 3  # movements in one sentence; more cannot be kept in mind [P]
OPENINGS = 3  # ways to begin, one after the other; they are `script.review`'s
SENTENCES = 3  # more than that of a week is a lecture [P]
_NOT_ALOUD = frozenset({"promises.energy", "promises.diary"})  # for the diary, where they can be looked at

Exercises = Mapping[str, Exercise]


def summary(person: Person, exercises: Exercises) -> tuple[Line, ...]:
    """What to say after her newest session: what was done, and one thing that moved forward or was kept.

    Nothing unless it came to its end with something done.
    """
    newest = person.sessions[-1] if person.sessions else None
    if newest is None or not newest.sets or newest.ended != Reason.COMPLETED.value:
        return ()
    names, more = _named(newest, exercises)
    opening = len(person.sessions) % OPENINGS
    done = _line("done", opening, more, *names) if names else _line("sets", _sayable(counted(newest.sets)))
    return (done, _moved(person, exercises))


def last_time(person: Person, exercises: Exercises, titles: Mapping[str, str], now: datetime) -> tuple[Line, ...]:
    """How she did last time; `titles` are those of the routines by their ids."""
    if not person.sessions:
        return (_line("no_last"),)
    newest = person.sessions[-1]
    names, more = _named(newest, exercises)
    lines = [_line("did", more, *names)] if names else []
    if when := _when(newest, now):
        title, minutes = titles.get(newest.routine), _minutes(newest.ms)
        lines.insert(0, _line("last", *when, title, minutes) if title else _line("last_untitled", *when, minutes))
    if newest.sets and newest.ended == Reason.COMPLETED.value:
        lines.append(_moved(person, exercises))
    return tuple(lines) or (_line("sets", _sayable(counted(newest.sets))),)


def this_week(person: Person, exercises: Exercises, now: datetime) -> tuple[Line, ...]:
    """How her week was; while nothing was done in it, also the one before."""
    week = week_of(now.date())
    monday = monday_of(week)
    lines = said(promises(person, exercises, monday, monday_of(week + 1)))
    lines = tuple(line for line in lines if line.args[0] not in _NOT_ALOUD)[:SENTENCES]
    before = stretch(person, exercises, monday_of(week - 1), monday)
    if before.sessions and not any(week_of(one.began.date()) == week for one in person.sessions):
        return (*lines, _line("last_week", _sayable(len(before.sessions)), _minutes(before.ms)))
    return lines


def this_month(person: Person, exercises: Exercises, now: datetime) -> tuple[Line, ...]:
    """How often she trained in this month of the calendar."""
    month = month_of(now.date())
    found = stretch(person, exercises, first_of(month), first_of(month + 1))
    if not found.sessions:
        return (_line("no_month"),)
    when = _when(found.sessions[-1], now)
    latest = (_line("latest", *when),) if when else ()
    return (_line("month", _sayable(len(found.sessions)), _minutes(found.ms)), *latest)


def _moved(person: Person, exercises: Exercises) -> Line:
    """The one thing that moved forward in the newest session, or what was kept."""
    *before, newest = person.sessions
    earlier = [one for one in before if one.sets]
    if not earlier:
        return _line("first")
    away = (newest.began.date() - earlier[-1].began.date()).days
    if away >= AWAY_DAYS:
        return _line("back", _sayable(away))
    if newest.deload:
        return _line("lighter")
    pairs = list(_pairs(newest, earlier, exercises))
    forward = (kind(*pair) for kind in (_heavier, _rung, _more, _longer) for pair in pairs)
    kept = (_kept(*pair) for pair in pairs)
    return (
        next(filter(None, forward), None)
        or _balance(person, newest, exercises)
        or next(filter(None, kept), None)
        or _line("week_so_far", _sayable(sum(_same_week(one, newest) for one in person.sessions)))
    )


def _pairs(
    newest: Trained, earlier: Sequence[Trained], exercises: Exercises
) -> Iterator[tuple[Exercise, SetDone, SetDone]]:
    """Each movement with its best set now and the time before. Sessions of a lighter week are passed over."""
    for name in _main_first(newest, exercises):
        exercise = exercises[name]
        before = next((rows for one in reversed(earlier) if not one.deload and (rows := _rows(one, name))), None)
        if before:
            yield exercise, _best(exercise, _rows(newest, name)), _best(exercise, before)


def _heavier(exercise: Exercise, now: SetDone, before: SetDone) -> Line | None:
    grams = _grams(now)
    return _line("heavier", exercise.name, grams) if HEAVIEST >= grams > _grams(before) > 0 else None


def _rung(exercise: Exercise, now: SetDone, before: SetDone) -> Line | None:
    here, there = _place(exercise, now.variant), _place(exercise, before.variant)
    further = here is not None and there is not None and here > there
    return _line("rung", exercise.name) if further and now.load == before.load else None


def _more(exercise: Exercise, now: SetDone, before: SetDone) -> Line | None:
    alike = _alike(now, before) and now.target_reps and before.target_reps
    reps, fewer = now.done_reps, before.done_reps
    return _line("more", exercise.name, reps, fewer) if alike and MOST >= reps > fewer > 0 else None


def _longer(exercise: Exercise, now: SetDone, before: SetDone) -> Line | None:
    held, shorter = _held(now), _held(before)
    return _line("longer", exercise.name, held) if _alike(now, before) and MOST >= held > shorter > 0 else None


def _kept(exercise: Exercise, now: SetDone, before: SetDone) -> Line | None:
    if not _alike(now, before):
        return None
    if 0 < _grams(now) <= HEAVIEST and now.done_reps >= before.done_reps:
        return _line("kept_load", exercise.name, _grams(now))
    if now.target_reps and 0 < now.done_reps == before.done_reps <= MOST:
        return _line("kept_reps", exercise.name, now.done_reps)
    return _line("kept_hold", exercise.name, _held(now)) if 0 < _held(now) == _held(before) <= MOST else None


def _balance(person: Person, newest: Trained, exercises: Exercises) -> Line | None:
    """More balance practice in this week than in the whole one before, where this session had some."""
    week = week_of(newest.began.date())
    monday = monday_of(week)
    last = _whole_minutes(stretch(person, exercises, monday_of(week - 1), monday).balance_ms)
    now = _whole_minutes(stretch(person, exercises, monday, monday_of(week + 1)).balance_ms)
    return _line("balance", now) if balance_ms([newest], exercises) and MOST >= now > last > 0 else None


def _named(session: Trained, exercises: Exercises) -> tuple[list[str], int]:
    """The movements that are named, and how many more there were. What is in no library has no name to be said."""
    names = [exercises[name].name for name in _main_first(session, exercises)[:NAMED]]
    return names, _sayable(len({row.exercise for row in session.sets}) - len(names))


def _main_first(session: Trained, exercises: Exercises) -> list[str]:
    """The movements of the library in it: first strength and balance, then the rest, each as they were done."""
    done = [name for name in dict.fromkeys(row.exercise for row in session.sets) if name in exercises]
    return sorted(done, key=lambda name: not _is_main(exercises[name]))


def _is_main(exercise: Exercise) -> bool:
    return Benefit.STRENGTH in exercise.benefits or exercise.group is Group.BALANCE


def _rows(session: Trained, name: str) -> list[SetDone]:
    return [row for row in session.sets if row.exercise == name]


def _best(exercise: Exercise, rows: Sequence[SetDone]) -> SetDone:
    """The heaviest; of those the highest rung, then the most reps, then the longest held."""

    def worth(row: SetDone) -> tuple[int, int, int, int]:
        place = _place(exercise, row.variant)
        return _grams(row), row.rung if place is None else place, row.done_reps, row.done_ms

    return max(rows, key=worth)


def _place(exercise: Exercise, words: str) -> int | None:
    """The place of a rung in the ladder of today, by its words; None where it is no more."""
    places = {"": 0} | {each.say: -place for place, each in enumerate(exercise.easier, 1)}
    return (places | {each.say: place for place, each in enumerate(exercise.harder, 1)}).get(words)


def _alike(now: SetDone, before: SetDone) -> bool:
    return now.load == before.load and now.variant == before.variant


def _grams(row: SetDone) -> int:
    return row.load.grams if row.load else 0


def _held(row: SetDone) -> int:
    """Whole seconds of a hold; nought where reps were asked."""
    return row.done_ms // 1000 if row.target_ms and not row.target_reps else 0


def _same_week(one: Trained, other: Trained) -> bool:
    return week_of(one.began.date()) == week_of(other.began.date())


def _when(session: Trained, now: datetime) -> tuple[int, int] | None:
    """How many days ago, and on which day of the week; None where a clock was set, or nobody could say it."""
    days = (now.date() - session.began.date()).days
    return (days, session.began.weekday()) if 0 <= days <= MOST else None


def _minutes(ms: int) -> int:
    return _sayable(max(1, round(ms / MINUTE_MS)))


def _whole_minutes(ms: int) -> int:
    return ms // MINUTE_MS


def _sayable(number: int) -> int:
    return min(number, MOST)


def _line(name: str, *args: str | int) -> Line:
    return Line(Key.TALK, (f"looking.{name}", *args))
