"""The published figures that a value may be laid beside, each with its source, and how they are credited.

Only figures that were read at their owner or agree over several pages are here (EVIDENCE 5, [V] and [S]). They say
where a number lies in a table, never how likely a fall or a fracture is.
"""

from __future__ import annotations

from voice_coach.measures.battery import CHAIR_STAND, FOUR_STAGE
from voice_coach.safety.lines import TANDEM_STAGE
from voice_coach.safety.lines import chair_stand_line as line_for_tier

YOUNGEST = 60  # "under 60: no CDC line, show own trend" (EVIDENCE 5); the tier takes the first line all the same
CDC = "CDC STEADI (public domain). The CDC does not endorse this program."
SPRINGER = "Springer and others, J Geriatr Phys Ther 2007;30:8-15."
VELLAS = "Vellas and others, 1997."

# Mean seconds of women on one leg, eyes open, the best of three (Springer 2007, n = 549; EVIDENCE 5, [S]). The women of
# 80 and over are left out: their figure was not checked ([R]).
ONE_LEG_MEANS = ((50, 59, 40.9), (60, 69, 30.4), (70, 79, 16.7))
ONE_LEG_SHORT = 5  # seconds; under it falls with an injury were more frequent (Vellas 1997; EVIDENCE 5, [S])

__all__ = ["CDC", "ONE_LEG_MEANS", "ONE_LEG_SHORT", "SPRINGER", "TANDEM_STAGE", "VELLAS", "chair_stand_line"]


def chair_stand_line(age: int | None) -> int | None:
    """Stands in 30 s below which women of that age are below average (CDC STEADI); None where there is no line."""
    return None if age is None or age < YOUNGEST else line_for_tier(age)


def shown(test: str, age: int | None) -> tuple[str, ...]:
    """The figures for a test as they are shown on the screen, each with its source; none where none may be quoted."""
    if test == CHAIR_STAND:
        line = chair_stand_line(age)
        said = f"Below {line} stands is below average for women of {age}" if line else "There is no line for this age"
        return (f"{said}: {CDC}",)
    if test == FOUR_STAGE:
        return (f"The third position, heel to toe, is looked for at 10 seconds: {CDC}",)
    means = (
        f"Mean of women of {low} to {high} in one study: {mean:g} s. {SPRINGER}"
        for low, high, mean in ONE_LEG_MEANS
        if age is not None and low <= age <= high
    )
    return (*means, f"Under {ONE_LEG_SHORT} s is worth talking about with a clinician. {VELLAS}")
