"""Tests of progress: definitions, what is said to a value, and the machine in virtual time."""
