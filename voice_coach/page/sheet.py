"""The sheet for a clinician, as plain values: what HTML and PDF are made of alike.

It tells what was recorded, as it was told and done at home, and names the program's own rules as such (EVIDENCE 7: a
diary to be shown to a clinician). Nothing here is a score, an assessment or a claim.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from voice_coach import __version__
from voice_coach.page.diary import Diary
from voice_coach.page.parts import Table, day_words
from voice_coach.person.model import Form
from voice_coach.routine.model import Tier
from voice_coach.safety.about import age
from voice_coach.safety.screening import screened
from voice_coach.safety.standing import known, standing

TITLE = "Home exercise: summary for a health professional"
NO_CLAIM = (
    "Kept by a voice-guided exercise program on the person’s own computer. Everything is as she told it or as the"
    " program counted it; nobody watched. It is a diary, not a medical record: it measures no bones and knows no risk."
)
OWN_RULE = "Program rule"  # how a cautious rule of our own is named


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One section: sentences, then points, then a table, then small print."""

    title: str
    words: Sequence[str] = ()
    points: Sequence[str] = ()
    table: Table | None = None
    small: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The whole of it."""

    title: str
    about: Sequence[str]
    parts: Sequence[Part]
    foot: str


def sheet(diary: Diary) -> Sheet:
    """What is told of the last weeks of a diary."""
    from voice_coach.page import sheet_health, sheet_training

    years = age(diary.person)
    about = (
        f"Period: {day_words(diary.since, year=True)} to {day_words(diary.today, year=True)} ({diary.weeks} weeks)."
        + (f" Age as told: {years}." if years else ""),
        NO_CLAIM,
    )
    found = (
        sheet_health.screening(diary),
        sheet_training.adherence(diary),
        sheet_training.dose(diary),
        sheet_training.progression(diary),
        sheet_health.tests(diary),
        sheet_health.symptoms(diary),
        sheet_health.questions(diary),
        sheet_health.left_out(diary),
    )
    return Sheet(
        title=TITLE,
        about=about,
        parts=tuple(part for part in found if part is not None),
        foot=f"voice-coach {__version__}, {day_words(diary.today, year=True)}",
    )


def level(diary: Diary) -> Tier:
    """The level that the newest answers come to, also where they are due again, which makes it the most careful one."""
    form = diary.person.last(Form.SCREENING)
    now = standing(diary.person, diary.now)
    if now.due is None or form is None:
        return now.tier
    return screened(form.answers, known(diary.person, diary.now)).tier
