"""The recogniser's models on this machine: which there are, and how one comes, is looked after, and goes.

Nothing here uses a network but `fetch`, and that only in `net`, which is loaded when an address is to be opened.
"""

from voice_coach.models.catalogue import CATALOGUE, Offer, megabytes, offered
from voice_coach.models.fetch import Fetching, fetch
from voice_coach.models.store import Kept, hers, kept, remove, unfinished

__all__ = [
    "CATALOGUE",
    "Fetching",
    "Kept",
    "Offer",
    "fetch",
    "hers",
    "kept",
    "megabytes",
    "offered",
    "remove",
    "unfinished",
]
