"""Tests of `voice_coach.speech`."""
