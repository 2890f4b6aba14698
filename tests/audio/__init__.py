"""Tests of `voice_coach.audio`."""
