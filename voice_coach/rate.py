"""How finely sound is cut, everywhere: known also to a process that has no use for numpy."""

RATE = 16_000  # frames a second: what the recognisers and the echo cancellers work at
FRAMES_PER_MS = RATE // 1000
