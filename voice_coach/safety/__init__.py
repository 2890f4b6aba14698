"""What is allowed to whom. So far: the movements and rungs of a tier; the questions that find the tier are to come."""

from voice_coach.safety.tiers import CAREFUL, fitted, unsuited

__all__ = ["CAREFUL", "fitted", "unsuited"]
