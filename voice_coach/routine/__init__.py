"""What a routine and an exercise are, and reading them from YAML: every problem at once, each with file and line."""

from voice_coach.routine.build import length
from voice_coach.routine.keywords import Forbidden
from voice_coach.routine.library import Folders, standard_folders
from voice_coach.routine.model import (
    Amount,
    Benefit,
    Block,
    BoneSite,
    Exercise,
    Group,
    Hold,
    Item,
    Load,
    Mode,
    Ms,
    OwnPace,
    Reps,
    Routine,
    Side,
    Tag,
    Tempo,
    Tier,
    Variant,
)
from voice_coach.routine.routines import check_files, find, list_routines
from voice_coach.routine.wording import spoken

__all__ = [
    "Amount",
    "Benefit",
    "Block",
    "BoneSite",
    "Exercise",
    "Folders",
    "Forbidden",
    "Group",
    "Hold",
    "Item",
    "Load",
    "Mode",
    "Ms",
    "OwnPace",
    "Reps",
    "Routine",
    "Side",
    "Tag",
    "Tempo",
    "Tier",
    "Variant",
    "check_files",
    "find",
    "length",
    "list_routines",
    "spoken",
    "standard_folders",
]
