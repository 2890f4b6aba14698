"""Tests of the session log and of replay."""
