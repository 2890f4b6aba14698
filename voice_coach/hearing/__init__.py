"""From sound to what was meant: whole phrases only, at once, and never the coach's own words."""

from voice_coach.hearing.decisions import Accepted, Attend, Attention, Decision, Dismissed, Unclear, Why
from voice_coach.hearing.listener import Listener
from voice_coach.hearing.own import Audibly, nothing
from voice_coach.hearing.rules import Patience, Rules

__all__ = [
    "Accepted",
    "Attend",
    "Attention",
    "Audibly",
    "Decision",
    "Dismissed",
    "Listener",
    "Patience",
    "Rules",
    "Unclear",
    "Why",
    "nothing",
]
