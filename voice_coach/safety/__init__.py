"""What is allowed to whom: the questions that find out, what follows from what happened, fitted routines."""

from voice_coach.safety.impact import impact_allowed
from voice_coach.safety.model import Due, Gate, Known, Reason, Screened, Standing, Why
from voice_coach.safety.screening import screened
from voice_coach.safety.standing import standing
from voice_coach.safety.stops import STOPS, Follow, Stop
from voice_coach.safety.tiers import CAREFUL, fitted, refused, suits, unsuited

__all__ = [
    "CAREFUL",
    "STOPS",
    "Due",
    "Follow",
    "Gate",
    "Known",
    "Reason",
    "Screened",
    "Standing",
    "Stop",
    "Why",
    "fitted",
    "impact_allowed",
    "refused",
    "screened",
    "standing",
    "suits",
    "unsuited",
]
