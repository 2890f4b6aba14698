"""From sound to what was meant."""
