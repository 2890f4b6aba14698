"""Tests of reviewing the log."""
