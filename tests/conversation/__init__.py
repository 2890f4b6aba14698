"""Tests of the question before the session."""
