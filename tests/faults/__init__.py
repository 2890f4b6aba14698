"""What happens to a session when the machine fails: `python -m tests.faults` tries it and prints a table."""
