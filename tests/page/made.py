"""What the tests of the pages read: a log that is written once, and the pages made of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from voice_coach.page import Diary


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A log, the moment at which it is looked at, and what was made of it."""

    log: Path
    now: datetime
    diary: Diary
    page: Path
    sheet: Path
    small: Path  # the page with three weeks in detail: all there is, and less of it
