"""Tests, in folders that follow those of `voice_coach`."""
