"""The coach's voice, the recognisers that hear the person, and the echo canceller between the two."""
