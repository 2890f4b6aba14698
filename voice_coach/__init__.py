"""voice-coach: an offline, voice-guided workout coach (see README.md in this folder for how it is put together)."""

__version__ = "0.1.0"
