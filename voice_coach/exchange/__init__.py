"""Out and in: the log in the shapes that other programs read, and their files as a log of its own."""

from voice_coach.exchange.cells import Units
from voice_coach.exchange.fit import FIT_FROM, FIT_TO, fit_of
from voice_coach.exchange.formats import CSV_FORMATS, read_file
from voice_coach.exchange.into_log import refuse_full, write_log
from voice_coach.exchange.names import Names
from voice_coach.exchange.reading import Context
from voice_coach.exchange.rows import Row, Session, sessions_of
from voice_coach.exchange.whole_json import write as write_json

__all__ = [
    "CSV_FORMATS",
    "FIT_FROM",
    "FIT_TO",
    "Context",
    "Names",
    "Row",
    "Session",
    "Units",
    "fit_of",
    "read_file",
    "refuse_full",
    "sessions_of",
    "write_json",
    "write_log",
]
