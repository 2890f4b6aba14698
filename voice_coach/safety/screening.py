"""From the answers of a screening to what she may do: the table of EVIDENCE 1.1 and the tiers of 1.2, all [P].

"Not sure" is the cautious branch, and so is a question that is still open. Answers that contradict each other count
by the more careful one: "no falls" and "yes, hurt in a fall" is somebody who fell. The tier says where she begins;
it is no risk of anything.
"""

from __future__ import annotations

from collections.abc import Iterator

from voice_coach.routine.model import Tier
from voice_coach.safety.answers import Said, admitted, count, said
from voice_coach.safety.model import Known, Reason, Screened
from voice_coach.safety.questions import QUESTIONS, Answers, next_question

__all__ = ["QUESTIONS", "UNFINISHED", "next_question", "screened", "urgent"]

UNFINISHED = Reason(say="screening.unfinished")
WEEKS_TRAINED = 12  # before the low tier, and before a scan no longer decides (EVIDENCE 1.1 row 14, 1.2, [P])
_HOLDS = ("supervised", "chest", "faint", "breath", "pressure", "recent", "back")  # rows 1-4, 6-8
_HIGH = ("spine", "height", "aid", "steroids")  # rows 9, 11, 13, 14


def screened(answers: Answers, known: Known | None = None) -> Screened:
    """What the answers come to. Anything may be missing, contradictory or no answer at all."""
    known = known or Known()
    hold = tuple(dict.fromkeys(_hold(answers)))
    tier, reasons = _tier(answers, known)
    return Screened(
        hold=hold,
        tier=tier,
        reasons=reasons,
        urgent=urgent(answers) or _follow_up_open(answers, "screening.back", "screening.nerves"),
        floor=said(answers, "screening.floor") is Said.YES,
        sore=said(answers, "screening.joint") is not Said.NO or admitted(answers, "screening.most_days"),
        attended=said(answers, "screening.near") is Said.YES,
        unfinished=next_question(answers) is not None,
    )


def urgent(answers: Answers) -> bool:
    """Whether what was said so far needs help soon, so that no further question is the right one (rows 2 and 8)."""
    return admitted(answers, "screening.chest") or admitted(answers, "screening.nerves")


def _hold(answers: Answers) -> Iterator[Reason]:
    for row in _HOLDS:
        match said(answers, f"screening.{row}"):
            case Said.YES | Said.UNSURE:
                yield Reason(say=f"screening.hold_{row}")
            case Said.UNSAID:
                yield UNFINISHED
    if admitted(answers, "screening.nerves"):
        yield Reason(say="screening.hold_nerves")
    match said(answers, "screening.heart"), said(answers, "screening.well"):
        case (Said.NO, _) | (_, Said.YES):
            pass
        case (Said.UNSAID, _) | (_, Said.UNSAID):
            yield UNFINISHED
        case _:
            yield Reason(say="screening.hold_heart")


def _tier(answers: Answers, known: Known) -> tuple[Tier, tuple[Reason, ...]]:
    for tier, found in ((Tier.HIGH, _high(answers, known)), (Tier.MODERATE, _moderate(answers, known))):
        names = tuple(dict.fromkeys(found))
        if names:
            return tier, tuple(Reason(say=f"screening.why_{name}") for name in names)
    return Tier.LOW, (Reason(say="screening.why_low"),)


def _high(answers: Answers, known: Known) -> Iterator[str]:
    for row in _HIGH:
        if said(answers, f"screening.{row}") is not Said.NO:
            yield row
    if _at_least(2, count(answers, "screening.bones"), known.fractures):
        yield "bones"
    if _worse(answers, "screening.bones", "screening.hip"):
        yield "hip"
    if _at_least(2, count(answers, "screening.falls"), known.falls):
        yield "falls"
    if _worse(answers, "screening.falls", "screening.hurt"):
        yield "hurt"
    if admitted(answers, "screening.most_days") or _follow_up_open(answers, "screening.joint", "screening.most_days"):
        yield "most_days"


def _moderate(answers: Answers, known: Known) -> Iterator[str]:
    if _at_least(1, count(answers, "screening.bones"), known.fractures):
        yield "bones"
    if _at_least(1, count(answers, "screening.falls"), known.falls):
        yield "falls"
    if said(answers, "screening.unsteady") is not Said.NO:
        yield "unsteady"
    if said(answers, "screening.heart") is not Said.NO:
        yield "heart"  # row 5: "start gently"
    if known.weeks < WEEKS_TRAINED:
        yield "bone" if said(answers, "screening.bone") is not Said.NO else "new"
    if known.chair_stand is not True:
        yield "chair_stand"
    if known.tandem is not True:
        yield "tandem"


def _at_least(bound: int, answered: int | None, logged: int) -> bool:
    return answered is None or max(answered, logged) >= bound


def _worse(answers: Answers, number: str, name: str) -> bool:
    """Whether one of the `number` was of the kind that `name` asks for, as far as is known."""
    return admitted(answers, name) or (name not in answers and count(answers, number) != 0)


def _follow_up_open(answers: Answers, name: str, follow_up: str) -> bool:
    return admitted(answers, name) and follow_up not in answers
