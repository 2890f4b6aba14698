"""Questions around the work, each a small pure machine with the session's own events and effects."""

from voice_coach.conversation.choose import Choice, Chooser

__all__ = ["Choice", "Chooser"]
