"""The command line: the only place that prints and exits. One way out for every error (`main`)."""

from voice_coach.cli.main import main

__all__ = ["main"]
