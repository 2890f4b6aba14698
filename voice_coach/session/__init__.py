"""The pure coach: a plan, and a session that turns events into effects without clock, sound or files."""

from voice_coach.session.engine import Session
from voice_coach.session.plan import Plan, make_plan

__all__ = ["Plan", "Session", "make_plan"]
