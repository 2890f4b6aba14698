"""One session as a FIT activity: strength training with a `set` message for each set.

The names of movements stand in `exercise_title` messages, which a set points to by category ("unknown", since our
movements are none of Garmin's) and number. Weights have FIT's own step of a sixteenth of a kilo; times are seconds.
Written by fit-tool (BSD); Garmin's own package may not be passed on, nor be used where a failure could hurt somebody.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from typing import Any

from voice_coach.exchange.cells import clean
from voice_coach.exchange.rows import Row, Session

FIT_FROM, FIT_TO = 1990, 2100  # the years that its seconds reach for certain: 32 bits of them
EPOCH = datetime(1989, 12, 31, tzinfo=timezone.utc)  # from here they are counted
_TEXT = 254  # bytes of a text: a field has 255 with the nought at its end
_UNKNOWN = 65534  # FIT's exercise_category "unknown"
_DEVELOPMENT = 255  # FIT's manufacturer for who is none
_MOST_REPS = 65_534


def fit_of(session: Session) -> bytes:
    """The file. Raises ValueError where FIT's calendar has no such year."""
    from fit_tool.fit_file_builder import FitFileBuilder

    if not FIT_FROM <= session.began.year < FIT_TO:
        raise ValueError(f"FIT has no year {session.began.year}")
    builder = FitFileBuilder(auto_define=True, strict=True)
    for message in _messages(session):
        builder.add(message)
    return bytes(builder.build_bytes())


def _messages(session: Session) -> list[Any]:
    from fit_tool.profile.messages.file_id_message import FileIdMessage
    from fit_tool.profile.messages.record_message import RecordMessage
    from fit_tool.profile.profile_type import EventType, FileType

    began = session.began.replace(microsecond=0)
    sets = [row for _, row in session.done]
    ended = began + timedelta(milliseconds=max(1000, session.ms or 0, *(row.at or 0 for row in sets)))
    head = _made(
        FileIdMessage(local_id=0),
        type=FileType.ACTIVITY.value,
        manufacturer=_DEVELOPMENT,
        product=0,
        serial_number=1,
        time_created=_millis(began),
    )
    moments = [_made(RecordMessage(local_id=2), timestamp=_millis(at)) for at in (began, ended)]
    numbers = {name: number for number, name in enumerate(dict.fromkeys(row.name for row in sets))}
    return [
        head,
        _timer(began, EventType.START),
        moments[0],
        *(_title(name, number) for name, number in numbers.items()),
        *(_set(row, place, numbers[row.name], began) for place, row in enumerate(sets)),
        moments[1],
        _timer(ended, EventType.STOP_ALL),
        *_totals(session, began, ended),
    ]


def _timer(at: datetime, kind: Any) -> Any:
    from fit_tool.profile.messages.event_message import EventMessage
    from fit_tool.profile.profile_type import Event

    return _made(EventMessage(local_id=1), timestamp=_millis(at), event=Event.TIMER.value, event_type=kind.value)


def _title(name: str, number: int) -> Any:
    from fit_tool.profile.messages.exercise_title_message import ExerciseTitleMessage

    return _made(
        ExerciseTitleMessage(local_id=3),
        message_index=number,
        exercise_category=_UNKNOWN,
        exercise_name=number,
        workout_step_name=_short(name),
    )


def _set(row: Row, place: int, number: int, began: datetime) -> Any:
    from fit_tool.profile.messages.set_message import SetMessage
    from fit_tool.profile.profile_type import SetType

    over = began + timedelta(milliseconds=row.at or 0)
    start = max(began, over - timedelta(milliseconds=row.ms or 0))
    message = _made(
        SetMessage(local_id=4),
        timestamp=_millis(over),
        start_time=_millis(start),
        duration=(row.ms or 0) / 1000,
        set_type=SetType.ACTIVE.value,
        category=[_UNKNOWN],
        category_subtype=[number],
        message_index=place,
    )
    if row.reps:
        message.repetitions = min(row.reps, _MOST_REPS)
    if row.grams:
        message.weight = row.grams / 1000
    return message


def _totals(session: Session, began: datetime, ended: datetime) -> Sequence[Any]:
    from fit_tool.profile.messages.activity_message import ActivityMessage
    from fit_tool.profile.messages.lap_message import LapMessage
    from fit_tool.profile.messages.session_message import SessionMessage
    from fit_tool.profile.profile_type import Activity, Event, EventType, Sport, SubSport

    elapsed = (ended - began).total_seconds()
    moved = max(0.0, elapsed - session.still_ms / 1000)
    length = {"total_elapsed_time": elapsed, "total_timer_time": moved, "start_time": _millis(began)}
    kind = {"sport": Sport.TRAINING.value, "sub_sport": SubSport.STRENGTH_TRAINING.value}
    stop = {"timestamp": _millis(ended), "event_type": EventType.STOP.value}
    local = session.began.utcoffset() or timedelta()
    activity = _made(
        ActivityMessage(local_id=7),
        **stop,
        event=Event.ACTIVITY.value,
        type=Activity.MANUAL.value,
        num_sessions=1,
        total_timer_time=moved,
        local_timestamp=int((ended - EPOCH + local).total_seconds()),
    )
    return (
        _made(LapMessage(local_id=5), message_index=0, event=Event.LAP.value, **stop, **length, **kind),
        _made(
            SessionMessage(local_id=6),
            message_index=0,
            event=Event.SESSION.value,
            first_lap_index=0,
            num_laps=1,
            **stop,
            **length,
            **kind,
        ),
        activity,
    )


def _made(message: Any, **values: Any) -> Any:
    """A message with these fields; the package has no constructor that takes them."""
    for name, value in values.items():
        setattr(message, name, value)
    return message


def _millis(at: datetime) -> int:
    """Milliseconds since 1970, as the package wants its times; whole seconds, as FIT keeps them."""
    return int(at.timestamp()) * 1000


def _short(text: str) -> str:
    """As much of a text as a field holds."""
    return clean(text).encode("utf-8")[:_TEXT].decode("utf-8", "ignore")
