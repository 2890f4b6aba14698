"""Line drawings of the exercises, made from small tables of poses that can be corrected in text."""

from __future__ import annotations

from typing import Literal

from voice_coach.figures import draw
from voice_coach.figures.draw import PRINT, Colours
from voice_coach.figures.table import figures

__all__ = ["PRINT", "SCREEN", "Colours", "described", "drawing", "known", "picture"]

SCREEN = Colours()


def known() -> frozenset[str]:
    """The exercises that have a drawing: all that are shipped. Raises ProblemsFound when a table is damaged."""
    return frozenset(figures())


def described(exercise_id: str) -> str | None:
    """The text alternative of a drawing: one sentence, not escaped. None where there is no drawing."""
    figure = figures().get(exercise_id)
    return None if figure is None else figure.title


def picture(exercise_id: str, colours: Colours = SCREEN) -> str | None:
    """One SVG element, 440 x 240: start and end side by side, or the one position that is held.

    Well-formed XML without ids, style sheets, scripts or anything external. None where there is no drawing.
    """
    figure = figures().get(exercise_id)
    return None if figure is None else draw.picture(figure, colours)


def drawing(exercise_id: str, which: Literal["start", "end"], colours: Colours = SCREEN) -> str | None:
    """One SVG element, 220 x 240: one position; both are the same where one is held. None as for `picture`."""
    figure = figures().get(exercise_id)
    if figure is None:
        return None
    pose = figure.start if which == "start" else figure.end or figure.start
    return draw.drawing(figure, pose, colours)
