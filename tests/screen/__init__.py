"""The live screen: what it shows, who may see it, and that a browser shows it."""
