"""What the live screen shows at one moment: one frozen value, all of it, so that a browser that comes late is right."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import Enum


class Scene(str, Enum):
    """How the page looks; each can be told from the others without reading."""

    TALK = "talk"  # before and after the session
    PREPARE = "prepare"
    WORK = "work"
    REST = "rest"
    PAUSED = "paused"
    QUESTION = "question"
    DISTRESS = "distress"
    OVER = "over"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Everything on the page; "", 0 and () where there is nothing. Texts are plain, never markup."""

    scene: Scene
    headline: str = ""  # the exercise, or the state
    details: tuple[str, ...] = ()  # "Set 2 of 3", "Left side", "2.5 kg"
    picture: str = ""  # id of the exercise that is drawn
    figure: str = ""  # the one that is read from across the room
    below: str = ""  # what the figure is: "of 8", "seconds"
    move: str = ""  # "up", "hold" or "down", in the words of the exercise
    left: int = 0  # whole seconds of the ring that are left
    whole: int = 0  # seconds of the full ring; 0: no ring
    runs: bool = False  # whether the ring is emptying now
    following: str = ""  # what comes after this
    saying: str = ""  # the sentence that sounds, or the last one where it still holds
    heard: str = ""  # her words, or "" where they were not understood
    meant: str = ""  # what they were taken for
    taken: bool = False  # whether anything came of them
    can_say: tuple[str, ...] = ()
    menu: tuple[str, ...] = ()  # routines to choose from, as they are numbered
    call: str = ""  # the number for an emergency, where she has told one and it is one
    done: int = 0  # sets behind her
    sets: int = 0  # of so many


def as_json(shown: Shown) -> dict[str, object]:
    """The value as plain JSON, for the page."""
    return {**asdict(shown), "scene": shown.scene.value}
