"""How training grows: phases, gaps, what is proposed after a session, and today's routine. Decisions, no deeds."""

from voice_coach.coaching.gaps import Gap, gap_now
from voice_coach.coaching.items import Change
from voice_coach.coaching.phases import Phase, deload, phase, week
from voice_coach.coaching.prescribe import Prescribed, is_strength, loads_to_ask, prescribed
from voice_coach.coaching.progress import Proposal, decision, proposals

__all__ = [
    "Change",
    "Gap",
    "Phase",
    "Prescribed",
    "Proposal",
    "decision",
    "deload",
    "gap_now",
    "is_strength",
    "loads_to_ask",
    "phase",
    "prescribed",
    "proposals",
    "week",
]
