"""A tiny but real Vosk model made of synthetic speech alone, so that tests can put libvosk to work."""

from tests.tiny_vosk.builder import build
from tests.tiny_vosk.corpus import WORDS

__all__ = ["WORDS", "build"]
