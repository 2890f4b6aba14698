"""An estimate of the energy that sessions took: a range in calories (kcal), never a single figure.

Sources (EVIDENCE 5, Energy). Formulas: under 60, MET x 3.5 x kg x min / 200; from 60 on, MET60+ x 2.7 x kg x min / 200
[S; Willis EA et al., J Sport Health Sci 2024;13:13-17 for MET60+ = VO2 / 2.7, V]. The values of an activity hold for a
whole session, rests included. Nothing is added for afterwards, and nothing is said about weight.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor

OLDER = 60  # from this age on the Older Adult Compendium holds; the adult one is for 19-59 (EVIDENCE 5, Energy [V])
VO2_ADULT = 3.5  # ml per kg and minute of one MET (EVIDENCE 5, Energy; Herrmann SD et al. 2024)
VO2_OLDER = 2.7  # of one MET60+ (EVIDENCE 5, Energy; Willis EA et al. 2024 [V])
PER_LITRE = 200  # kcal of 5 per litre of oxygen, over 1000 ml: the formulas' divisor (EVIDENCE 5, Energy)

# MET of the least and the most. Resistance: code 02054 with 3.5, 0205460 with 4.3 [S], each a fifth less and more: so
# the 113 kcal of the worked example become "about 90 to 140" (EVIDENCE 5, Energy; a fifth is ours, [P]). Everything
# gentler: stretching 2.3 to light calisthenics 2.8; light resistance at 60+ 2.3 to 3.0 (EVIDENCE 5, Energy [S]).
SPREAD = 0.2
STRENGTH_ADULT = (3.5 * (1 - SPREAD), 3.5 * (1 + SPREAD))
STRENGTH_OLDER = (4.3 * (1 - SPREAD), 4.3 * (1 + SPREAD))
GENTLE_ADULT = (2.3, 2.8)
GENTLE_OLDER = (2.3, 3.0)

ROUND = 10  # kcal; "never to the single calorie" (EVIDENCE 5, Energy). The range is rounded outwards.


@dataclass(frozen=True, slots=True, kw_only=True)
class Burnt:
    """Energy in kcal, not rounded yet, so that sessions can be added."""

    low: float = 0.0
    high: float = 0.0

    def __add__(self, other: Burnt) -> Burnt:
        return Burnt(low=self.low + other.low, high=self.high + other.high)

    @property
    def told(self) -> tuple[int, int]:
        """From and to, in tens, as it may be shown or said."""
        low, high = round(self.low, 3), round(self.high, 3)  # or a hair above a ten would make it the next one
        return floor(low / ROUND) * ROUND, ceil(high / ROUND) * ROUND


def burnt(minutes: float, kilos: int, age: int | None, *, strength: bool) -> Burnt:
    """What one session took. Where the age is not known the formula that gives less is used: the one from 60 on."""
    if age is not None and age < OLDER:
        (low, high), oxygen = STRENGTH_ADULT if strength else GENTLE_ADULT, VO2_ADULT
    else:
        (low, high), oxygen = STRENGTH_OLDER if strength else GENTLE_OLDER, VO2_OLDER
    each = oxygen * kilos * minutes / PER_LITRE
    return Burnt(low=low * each, high=high * each)
