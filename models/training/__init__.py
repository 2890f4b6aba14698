"""How the shipped model is made: `python -m models.training` speaks, aligns, trains and exports it from scratch."""
