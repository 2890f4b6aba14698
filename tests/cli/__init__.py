"""Tests of the command line: every command as a person types it, with real voices, recognisers and files."""
