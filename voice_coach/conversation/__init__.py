"""Questions around the work, each a small pure machine with the session's own events and effects."""

from voice_coach.conversation.choose import Choice, Chooser, Proposed
from voice_coach.conversation.interview import Interview
from voice_coach.conversation.sound_check import SoundCheck

__all__ = ["Choice", "Chooser", "Interview", "Proposed", "SoundCheck"]
