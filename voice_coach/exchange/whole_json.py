"""Everything that the log tells, as one JSON document for other programs.

format, version    "voice-coach export" and 1; the number changes when a name or a meaning does
program            the version of voice-coach that wrote it
sessions           oldest first, each as `voice-coach log SESSION --json` has it (times in milliseconds from its
                   beginning, weights in grams), and in a line of its own
person             what was told outside of sessions: forms, incidents, clearances, decisions, measures, weights,
                   corrections (those are in the sessions already), each with its time
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from voice_coach import __version__
from voice_coach.exchange.rows import began_of, within
from voice_coach.journal import Log
from voice_coach.review import as_json, known, plain, summarise

VERSION = 1


def write(log: Log, since: date | None = None, until: date | None = None) -> str:
    """The document for those days, both included. The log has to be a full one: commands and notes are in it."""
    sessions: list[tuple[datetime, str]] = []
    for each in log.sessions:
        began = began_of(each)
        if began is not None and within(began, since, until):
            sessions.append((began, _text(as_json(summarise(each)) | {"began": began.isoformat()})))
    sessions.sort(key=lambda pair: pair[0])
    head = {"format": "voice-coach export", "version": VERSION, "program": __version__}
    parts = (
        *(f"{_text(name)}: {_text(value)}" for name, value in head.items()),
        '"sessions": [\n' + ",\n".join(text for _, text in sessions) + "\n]",
        f'"person": {_text(_person(log, since, until))}',
    )
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _text(value: object) -> str:
    """One line of it: indented all through, ten years would take several times as long."""
    return json.dumps(value)


def _person(log: Log, since: date | None, until: date | None) -> dict[str, Any]:
    person = known(log)
    found: dict[str, Any] = {}
    for each in fields(person):
        value = getattr(person, each.name)
        if each.name == "sessions":
            continue
        if isinstance(value, Sequence):
            value = [one for one in value if within(one.at, since, until)]
        found[each.name] = plain(value)
    return found
