"""Which days, routine and movement a command that looks back is asked for, as a person writes them."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from datetime import date

from voice_coach.errors import CoachError, ExitCode
from voice_coach.person.model import Person
from voice_coach.review.past import Only
from voice_coach.review.when import EXAMPLES, days
from voice_coach.review.words import clean


class BadInput(CoachError):
    """Something on the command line that cannot be meant."""

    exit_code = ExitCode.USAGE


def only_of(
    person: Person,
    today: date,
    *,
    since: str | None = None,
    until: str | None = None,
    routine: str | None = None,
    exercise: str | None = None,
    names: Mapping[str, str] | None = None,
) -> Only:
    """The sessions that are meant. `names` are those of movements by their ids. BadInput with a suggestion."""
    first = _days("--since", since, today)[0] if since else None
    last = _days("--until", until, today)[1] if until else None
    if first and last and last < first:
        raise BadInput(f"--until {last} is before --since {first}: give the earlier day to --since.")
    done = dict.fromkeys(row.exercise for one in person.sessions for row in one.sets)
    movements = {name: (names or {}).get(name, "") for name in done}
    routines = dict.fromkeys((one.routine for one in person.sessions if one.routine), "")
    return Only(
        since=first,
        until=last,
        routine=_named("routine", routine, routines) if routine else "",
        exercise=_named("exercise", exercise, movements) if exercise else "",
    )


def _days(option: str, text: str, today: date) -> tuple[date, date]:
    found = days(text, today)
    if found is None:
        raise BadInput(f"{option} {clean(text)!r} is no day of the calendar: write it as one of {EXAMPLES}.")
    return found


def _named(what: str, text: str, known: Mapping[str, str]) -> str:
    """The id in the log that is meant by a text: itself or its name, however it is written."""
    wanted = _plain(text)
    found = [one for one, name in known.items() if wanted and wanted in (_plain(one), _plain(name))]
    if found:
        return found[0]
    if not known:
        raise BadInput(f"No {what} is called {clean(text)!r}: there is none in the log yet.")
    raise BadInput(f"No {what} in the log is called {clean(text)!r}: {_closest(wanted, known)}")


def _closest(wanted: str, known: Iterable[str]) -> str:
    by_text = {_plain(one): one for one in known}
    close = difflib.get_close_matches(wanted, by_text, n=3, cutoff=0.4) or list(by_text)[:3]
    return f"did you mean {' or '.join(clean(by_text[each]) for each in close)}?"


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower().replace("_", " ")))
