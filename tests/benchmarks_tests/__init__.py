"""The measures measured: hand-made cases with known answers."""
