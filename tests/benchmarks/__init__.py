"""Figures of speed and timing against their goals: `python -m tests.benchmarks`. Nothing here is run by pytest."""
