"""Tests of the model that travels with the program, and of what makes it."""
