"""Lets `python -m voice_coach` stand for the `voice-coach` command."""

from voice_coach.cli import main

if __name__ == "__main__":
    main()
