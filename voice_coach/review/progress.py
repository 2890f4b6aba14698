"""The seven promises in a terminal, week by week or month by month. Fits 80 columns; reads as well without colour."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from voice_coach.person.model import Incident
from voice_coach.review.energy import Burnt
from voice_coach.review.printing import entry, joined, sheet, tell
from voice_coach.review.promises import Promises
from voice_coach.review.work import LOADING_EFFORT, Lifted
from voice_coach.routine.model import BoneSite, Ms

if TYPE_CHECKING:
    from rich.console import Console

# What may not be taken for more than it is (EVIDENCE 7).
NOT_MEANT = (
    "This is a diary of what you did and said. It cannot tell how your bones or your health are, and it is not for"
    " emergencies. Figures for energy are rough estimates. Please show it to your doctor or physiotherapist."
)
NOTHING = "-"


def show_progress(console: Console, stretches: Sequence[Promises], lifted: Sequence[Lifted], *, monthly: bool) -> None:
    """Stretches of time from the oldest to the newest, and what was done of each movement in all of them."""
    when = "Month" if monthly else "Week of"

    def column(one: Promises) -> str:
        return f"{one.since:%Y-%m}" if monthly else f"{one.since:%Y-%m-%d}"

    _moved(console, stretches, when, column)
    _bone(console, stretches, when, column)
    _answers(console, stretches, when, column)
    _tests(console, stretches, column)
    _lifted(console, lifted)
    _for_clinician(console, stretches)
    console.print()
    tell(console, NOT_MEANT)


Column = Callable[[Promises], str]


def _moved(console: Console, stretches: Sequence[Promises], when: str, column: Column) -> None:
    tell(console, "Time", style="bold")
    table = sheet(when, "Sessions", "Minutes", "Balance minutes", "Energy, about", right=True)
    for one in stretches:
        cells = (_or_nothing(one.sessions), _minutes(one.ms), _minutes(one.balance_ms), _energy(one.energy))
        entry(table, column(one), *cells)
    console.print(table)
    if any(one.sessions for one in stretches) and all(one.energy is None for one in stretches):
        tell(console, "There is no estimate of energy without your weight.")
    elif any(one.energy and not one.age_known for one in stretches):
        tell(console, "Your age is not known, so the lower estimate is shown.")


def _bone(console: Console, stretches: Sequence[Promises], when: str, column: Column) -> None:
    console.print()
    tell(console, f"Bone-loading work: sets that you felt as {LOADING_EFFORT} of 10 or more", style="bold")
    table = sheet(when, "Hip", "Lower spine", "Wrist", "Impacts", "Not told how hard", right=True)
    for one in stretches:
        sets = [_or_nothing(one.bone[site].sets) for site in BoneSite]
        impacts = _or_nothing(one.bone[BoneSite.HIP].impacts)
        entry(table, column(one), *sets, impacts, _or_nothing(one.unrated))
    console.print(table)


def _answers(console: Console, stretches: Sequence[Promises], when: str, column: Column) -> None:
    console.print()
    tell(console, "What you told, from 0 to 10, on average (before a session / after it)", style="bold")
    table = sheet(when, "Sore joints", "Next day", "Feeling good", "Sure of not falling", right=True)
    for one in stretches:
        joints, day = _pair(one.joints.before, one.joints.after), _mean(one.joints.next_day)
        good, sure = _pair(one.good.before, one.good.after), _pair(one.sure.before, one.sure.after)
        entry(table, column(one), joints, day, good, sure)
    console.print(table)


def _tests(console: Console, stretches: Sequence[Promises], column: Column) -> None:
    stands = [f"{column(one)}: {joined(map(str, one.stands))}" for one in stretches if one.stands]
    stages = [f"{column(one)}: {one.stage}" for one in stretches if one.stage is not None]
    if stands or stages:
        console.print()
    if stands:
        tell(console, f"Chair stands in 30 seconds: {'; '.join(stands)}.")
    if stages:
        tell(console, f"Positions of the balance test held for 10 seconds, of four: {'; '.join(stages)}.")


def _lifted(console: Console, lifted: Sequence[Lifted]) -> None:
    if not lifted:
        return
    console.print()
    tell(console, "Movements, in all of this time (nothing is added across equipment)", style="bold")
    table = sheet("Movement", "How", "Sets", "Reps", "Reps x kilos", "Time")
    for one in lifted:
        kilos = f"{one.grams / 1000:,.0f}" if one.grams else ""
        entry(table, one.name, one.label, str(one.sets), _or_nothing(one.reps), kilos, _clock(one.ms))
    for index in range(2, len(table.columns)):
        table.columns[index].justify = "right"
    console.print(table)


def _for_clinician(console: Console, stretches: Sequence[Promises]) -> None:
    console.print()
    tell(console, "For your doctor or physiotherapist", style="bold")
    screened = [day.isoformat() for one in stretches for day in one.screened]
    said = [f"{each.at:%Y-%m-%d} ({each.matter.value})" for one in stretches for each in one.clearances if each.given]
    stops = [f"{each.began:%Y-%m-%d}" for one in stretches for each in one.stops]
    happened = [each for one in stretches for each in one.incidents]
    tell(console, f"Health questions answered: {joined(screened) or 'not in this time'}.")
    tell(console, f"A clinician's yes, as you told it: {joined(said) or 'none in this time'}.")
    tell(console, f"What happened: {joined(_happened(happened)) or 'nothing was told'}.")
    tell(console, f"Sessions that ended because of it: {joined(stops) or 'none'}.")


def _happened(incidents: Sequence[Incident]) -> list[str]:
    """Each with its day and what belongs to it; the same again on one day only once, with how often."""
    counts = Counter(
        f"{each.at:%Y-%m-%d} {each.trouble.value}"
        + (f" ({each.level} of 10)" if each.level is not None else "")
        + (f" at {each.exercise.replace('_', ' ')}" if each.exercise else "")
        for each in incidents
    )
    return [text + (f", {count} times" if count > 1 else "") for text, count in counts.items()]


def _or_nothing(count: int) -> str:
    return str(count) if count else NOTHING


def _minutes(ms: Ms) -> str:
    return str(max(1, round(ms / 60_000))) if ms else NOTHING


def _clock(ms: Ms) -> str:
    return f"{ms // 60_000}:{ms // 1000 % 60:02}"


def _energy(energy: Burnt | None) -> str:
    if energy is None:
        return NOTHING
    low, high = energy.told
    return f"{low} to {high} kcal"


def _pair(before: Sequence[int], after: Sequence[int]) -> str:
    return f"{_mean(before)} / {_mean(after)}" if before or after else NOTHING


def _mean(values: Sequence[int]) -> str:
    return f"{sum(values) / len(values):.1f}".removesuffix(".0") if values else NOTHING
