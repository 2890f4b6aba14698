"""What happened to her in a session: its words of distress and answers about pain, as incidents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import TypeAlias

from voice_coach.journal import Entry, Fields, SessionLog
from voice_coach.person.model import Incident, Trouble
from voice_coach.review.careful import TEN, moment, scale, text
from voice_coach.session.events import DISTRESS, Intent

Found: TypeAlias = "tuple[int, Incident]"  # with the line of the log where it stands

# What a word of distress stands for where the session did not say (EVIDENCE 1.4). Of pain nothing more is known, so
# the most careful reading counts ([P]).
_TROUBLES = {
    Intent.EMERGENCY.value: Trouble.EMERGENCY,
    Intent.CHEST.value: Trouble.EMERGENCY,
    Intent.BREATH.value: Trouble.BREATH,
    Intent.FALL.value: Trouble.FALL,
    Intent.DIZZY.value: Trouble.DIZZY,
    Intent.PAIN.value: Trouble.BACK_PAIN,
    "back pain": Trouble.BACK_PAIN,
    "joint pain": Trouble.SHARP_PAIN,
}
_WORDS = [each.value for each in DISTRESS]  # a list: what stands in a log need not be hashable
_NO_ANSWER = (Trouble.DIZZY, Trouble.BREATH, Trouble.FALL)  # said instead of where it hurts: then that stays open
TAKEN_BACK = timedelta(seconds=10)  # words that are heard so close to each other were misheard together [P]
_NAMED = [trouble.value for trouble in Trouble]  # a list: what stands in a log need not be hashable


def happened(session: SessionLog, began: datetime) -> list[Found]:
    """What happened in a session that was not taken back as misheard, each with the line where it stands.

    Within one stop, from a word of distress until the plan moves again, each trouble counts once. A word that is asked
    about first ("it hurts") is decided by what follows; where nothing does, by the most careful reading of it. "False
    alarm" takes back what was heard last, and not what was true a while before it.
    """
    settled: list[Found] = []
    stop: list[Found] = []
    asked: Found | None = None
    heard: dict[Trouble, datetime] = {}  # when each trouble was last heard or told of
    for index, entry in enumerate(session.entries):
        kind = entry.fields.get("kind") if entry.fields["type"] == "record" else None
        if kind == "resumed":
            settled, stop, asked = settled + stop + _alone(asked), [], None
        elif kind == "false alarm":
            newest = max(heard.values(), default=began)
            stop, asked = [one for one in stop if newest - heard[one[1].trouble] > TAKEN_BACK], None
        elif kind in ("distress", "pain"):
            found = (entry.line, _incident(session, index, began))
            heard[found[1].trouble] = found[1].at
            data = entry.fields["data"]
            if kind == "distress" and "trouble" in data and data["trouble"] is None:
                asked = found
                continue
            if kind == "pain" or found[1].trouble not in _NO_ANSWER:
                asked = None
            if (kind == "distress" or data.get("trouble") is not None) and not _is_in(stop, found[1]):
                stop.append(found)
    return list(settled + stop + _alone(asked) + _cut_off(session, began))


def _cut_off(session: SessionLog, began: datetime) -> list[Found]:
    """A word of distress behind which nothing stands any more: the power went before its record was written."""
    last = next((each for each in reversed(session.entries) if each.fields["type"] not in ("speech", "note")), None)
    if last is None or last.fields["type"] != "event":
        return []
    word = text(last.fields["event"].get("intent"))
    if word not in _WORDS:
        return []
    return [(last.line, Incident(at=moment(began, last.fields["at"]), trouble=_TROUBLES[word], session=session.id))]


def _alone(asked: Found | None) -> list[Found]:
    return [asked] if asked else []


def _is_in(stop: Sequence[Found], incident: Incident) -> bool:
    return any(one.trouble is incident.trouble for _, one in stop)


def _incident(session: SessionLog, index: int, began: datetime) -> Incident:
    fields = session.entries[index].fields
    data = fields["data"]
    return Incident(
        at=moment(began, fields["at"]),
        trouble=_trouble(data),
        session=session.id,
        exercise=text(data.get("exercise")) or _left_behind(session.entries[index + 1 :]),
        level=scale(data.get("level"), TEN),
    )


def _trouble(data: Fields) -> Trouble:
    """What the session took it for, else what the word stands for; for a word of a later version the most urgent."""
    named = data.get("trouble")
    if named in _NAMED:
        return Trouble(named)
    return _TROUBLES.get(text(data.get("intent")), Trouble.EMERGENCY)


def _left_behind(after: Iterable[Entry]) -> str:
    """The movement she was at: its set is logged as not finished when the session ends; "" where she was at none."""
    sets = (entry.fields["data"] for entry in after if entry.fields.get("kind") == "set")
    data = next(sets, None)
    return text(data.get("exercise")) if data and data.get("completed") is not True else ""
