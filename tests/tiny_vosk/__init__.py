"""A tiny but real Vosk model made of synthetic speech alone, so that tests can put libvosk to work."""
