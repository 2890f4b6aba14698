"""A log of ten years, and how long it takes to read: `python -m tests.journal.ten_years [LINES]`.

It is made of real sessions of shipped routines, with some questions, and some answers how hard it was. The load of
every item grows after a few weeks; between the sessions stands what was told before and after them.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from datetime import time as clock
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from tests.journal.logs import BEGAN, SETUP, Watched
from tests.sessions import command
from voice_coach.journal import Journal, load
from voice_coach.paths import shipped
from voice_coach.person.lines import Fact, line_of
from voice_coach.person.model import Answered, Form, Incident, Trouble
from voice_coach.replay import replay
from voice_coach.review import known, summarise
from voice_coach.routine import Routine, list_routines
from voice_coach.routine.model import Load, Ms
from voice_coach.session.effort import QUESTIONS
from voice_coach.session.events import Intent, Say, Start
from voice_coach.session.plan import make_plan

LINES = 200_000
MOST: Ms = 3_600_000  # no session of these is longer
WEEKLY = ("dumbbell_a", "steady_balance", "foundation_a")  # Monday, Wednesday, Friday
FIRST = date(2016, 3, 7)  # a Monday
GROWS = 4  # weeks with the same loads
AWAY = (30, 31)  # weeks of each 52 without a session
ILL = 20  # of each 40 weeks the one in which she was unwell on Monday
T = TypeVar("T")


def make(path: Path, lines: int) -> int:
    """Write a log of at least so many lines; how many sessions it has."""
    routines = {each.id: each for each in list_routines([shipped("routines")])[0]}
    texts = [_session(path.with_suffix(".one"), routines[name]) for name in WEEKLY]
    written, number, sessions = 0, 0, 0
    with path.open("wb") as file:
        while written < lines:
            week, place = divmod(number, len(WEEKLY))
            number += 1
            if week % 52 in AWAY or (week % 40 == ILL and place > 0):
                continue
            at = datetime.combine(FIRST + timedelta(weeks=week, days=2 * place), clock(10), _zone(week))
            for text in (_told(at, _before(at, week, place)), _dated(texts[place], at, week), _told(at, _after(at))):
                file.write(text)
                written += text.count(b"\n")
            sessions += 1
    return sessions


def _session(path: Path, routine: Routine) -> bytes:
    """One whole session as it is logged: she is asked how hard some movements were, and asks how long it takes."""
    blocks = tuple(
        replace(block, items=tuple(replace(item, asks=place % 4 == 1, load=Load(grams=1000)) for place, item in rows))
        for block, rows in ((block, enumerate(block.items)) for block in routine.blocks)
    )
    plan = make_plan(replace(routine, blocks=blocks))
    with Journal.open(path, "NAME", lambda: BEGAN) as journal:
        journal.start(plan, SETUP)
        watched = Watched(journal, plan)
        watched.receive(Start(at=0))
        while not watched.session.over and watched.session.state.now < MOST:
            now = watched.session.state.now + 1_000
            effects = watched.advance(now)
            if any(isinstance(each, Say) and each.line.key in QUESTIONS for each in effects):
                watched.receive(command(now + 2_000, Intent.NUMBER, value=6))
            elif now % 60_000 == 0:
                watched.receive(command(now, Intent.HOW_LONG))
        assert watched.session.over
    text = path.read_bytes()
    path.unlink()
    return text


def _zone(week: int) -> timezone:
    return timezone(timedelta(hours=2 if 4 <= (FIRST + timedelta(weeks=week)).month <= 10 else 1))


def _dated(text: bytes, at: datetime, week: int) -> bytes:
    """The session on another day, with loads that have grown: another plan every fourth week."""
    text = text.replace(b"NAME", f"{at:%Y-%m-%dT%H-%M-%S}-ten".encode())
    text = text.replace(
        BEGAN.isoformat(timespec="milliseconds").encode(), at.isoformat(timespec="milliseconds").encode()
    )
    more = 250 * (week // GROWS)
    return re.sub(rb'("grams":|"load_g":)([1-9]\d*)', lambda found: found[1] + b"%d" % (int(found[2]) + more), text)


def _before(at: datetime, week: int, place: int) -> Iterator[Fact]:
    yield Answered(at=at, form=Form.DAILY, answers={"daily.dizzy": "no", "daily.joint": 2})
    yield Answered(at=at, form=Form.FEELING, answers={"feeling.good": 6, "feeling.sure": 7})
    if week % 26 == 0 and place == 0:
        yield Answered(at=at, form=Form.SCREENING, answers={"screening.heart": "no"})
    if week % 40 == ILL:
        yield Incident(at=at, trouble=Trouble.UNWELL)


def _after(at: datetime) -> Iterator[Fact]:
    yield Answered(at=at, form=Form.AFTER, answers={"feeling.good": 8, "feeling.sure": 8})


def _told(at: datetime, facts: Iterable[Fact]) -> bytes:
    """Facts as `Journal.about` writes them."""
    head = {"v": 1, "session": "told", "at": 0, "wall": _wall(at), "type": "person"}
    lines = (head | {"n": n} | dict(zip(("kind", "data"), line_of(fact), strict=True)) for n, fact in enumerate(facts))
    return b"".join(json.dumps(line, separators=(",", ":")).encode() + b"\n" for line in lines)


def _wall(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds")


def timed(what: str, work: Callable[[], T]) -> T:
    """Run, and print how long it took."""
    began = time.perf_counter()
    result = work()
    print(f"{what}: {time.perf_counter() - began:.2f} s")
    return result


def main() -> None:
    """Print the figures."""
    lines = int(sys.argv[1]) if len(sys.argv) > 1 else LINES
    with TemporaryDirectory() as folder:
        path = Path(folder) / "log.jsonl"
        make(path, lines)
        count = path.read_bytes().count(b"\n")
        print(f"{count} lines, {path.stat().st_size / 1e6:.0f} MB")
        log = timed("load", lambda: load(path))
        lean = timed("load, lean", lambda: load(path, lean=True))
        person = timed(f"fold {len(lean.sessions)} sessions", lambda: known(lean))
        timed("summarise them all", lambda: [summarise(session) for session in log.sessions] and None)
        timed("replay one session", lambda: replay(log.find("last")))
        assert not log.damage and len(person.sessions) == len(log.sessions)


if __name__ == "__main__":
    main()
