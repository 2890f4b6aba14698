"""How many reps a movement is done with: the range of its phase, and where in it she is (EVIDENCE 2.3, [P])."""

from __future__ import annotations

from voice_coach.coaching.level import Level
from voice_coach.coaching.loads import Means, fits
from voice_coach.coaching.phases import DOSES, HEAVY, Dose, Phase

BODY_TOP = 12  # "next rung at 12 easy" (EVIDENCE 2.3, [P])
BAND_TOP = 15  # "next colour at 15 good reps" (EVIDENCE 2.3, [P])
HELD_RANGE = (5, 8)  # holds of five seconds: "5-8 times" (EVIDENCE 2.3, [P])
EXTRA_STEP, EXTRA_MOST = 2, 4  # a plate over 10 %: "extend the range by 2 reps … to +4" (EVIDENCE 2.3, [P])


def dose_of(exercise: str, phase: Phase) -> Dose:
    """The dose of a movement in a phase: in Load only hinge, squat, press and row are loaded, others still build."""
    return DOSES[Phase.BUILD if phase is Phase.LOAD and exercise not in HEAVY else phase]


def reps_range(means: Means, phase: Phase, exercise: str) -> tuple[int, int]:
    """The fewest and the most reps of a movement, before its range is extended."""
    dose = dose_of(exercise, phase)
    if means is Means.HELD:
        return HELD_RANGE
    if phase is Phase.LEARN:
        return dose.low, dose.high
    top = {Means.BODY: BODY_TOP, Means.BAND: BAND_TOP}.get(means, dose.high)
    return dose.low, min(top, dose.high) if phase is Phase.CAREFUL else top


def most_reps(means: Means, level: Level, phase: Phase, exercise: str) -> int:
    """The top of the range, extended where the smallest plate would be too large a step."""
    top = reps_range(means, phase, exercise)[1]
    small_weight = means is Means.LOAD and level.load is not None and level.load.grams and not fits(level.load.grams)
    return top + EXTRA_MOST if small_weight and phase not in (Phase.LEARN, Phase.CAREFUL) else top


def wanted_reps(means: Means, level: Level, phase: Phase, exercise: str) -> int:
    """The reps of a full session: those agreed to, within the range of the phase; its fewest where none were."""
    low, _ = reps_range(means, phase, exercise)
    return max(low, min(most_reps(means, level, phase, exercise), level.reps or low))
