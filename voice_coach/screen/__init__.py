"""The session on a screen: one page for a browser on this machine, or on a tablet in the same room."""

from __future__ import annotations

from voice_coach.screen.opening import Screen, ScreenError, ScreenSettings, open_browser, open_screen
from voice_coach.screen.shown import Scene, Shown

__all__ = ["Scene", "Screen", "ScreenError", "ScreenSettings", "Shown", "open_browser", "open_screen"]
