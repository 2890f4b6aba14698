"""The session log: one file that only grows, written line by line, read back whatever a crash did to it."""

from voice_coach.journal.format import UNHEARD, VERSION, Fields, work_sets
from voice_coach.journal.keeper import LogKeeper
from voice_coach.journal.places import Place, Places
from voice_coach.journal.reader import (
    Damage,
    Entry,
    Foreign,
    Log,
    SessionLog,
    load,
    no_garbage_collection,
    read,
    reading,
    whole,
)
from voice_coach.journal.writer import IMPORTED, Journal, Setup, session_id

__all__ = [
    "IMPORTED",
    "UNHEARD",
    "VERSION",
    "Damage",
    "Entry",
    "Fields",
    "Foreign",
    "Journal",
    "Log",
    "LogKeeper",
    "Place",
    "Places",
    "SessionLog",
    "Setup",
    "load",
    "no_garbage_collection",
    "read",
    "reading",
    "session_id",
    "whole",
    "work_sets",
]
