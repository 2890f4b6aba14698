"""Whose exercise it is: names of other programs matched with the library, all others under an id of their own."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from voice_coach.routine.model import Exercise

FOREIGN = "imported_"  # what the id of a movement begins with that is not in the library
_LONGEST = 40


def normalised(name: str) -> str:
    """The name without case, accents, signs and spaces: "Sit-to-Stand" is "sit to stand"."""
    bare = unicodedata.normalize("NFKD", name).casefold()
    return "".join(each for each in bare if each.isalnum())


@dataclass(frozen=True, slots=True)
class Names:
    """The library by normalised names and ids."""

    known: Mapping[str, Exercise]

    @classmethod
    def of(cls, library: Mapping[str, Exercise]) -> Names:
        """The names of a library; where two are the same, the first one counts."""
        known: dict[str, Exercise] = {}
        for exercise in library.values():
            known.setdefault(normalised(exercise.name), exercise)
        for identity, exercise in library.items():
            known.setdefault(normalised(identity), exercise)
        known.pop("", None)
        return cls(known)

    def find(self, name: str) -> Exercise | None:
        """The exercise that is called so."""
        return self.known.get(normalised(name))

    def id_of(self, name: str) -> str:
        """The id in the library, or a safe one that is the same for the same name and for no other."""
        found = self.find(name)
        if found is not None:
            return found.id
        key = normalised(name) or name
        slug = re.sub("[^a-z0-9]+", "_", name.casefold()).strip("_")[:_LONGEST]
        return f"{FOREIGN}{slug}_{hashlib.sha256(key.encode('utf-8', 'replace')).hexdigest()[:8]}"

    def category(self, name: str) -> str:
        """The part of the library it belongs to, as FitNotes wants one for each exercise."""
        found = self.find(name)
        return found.group.value.capitalize() if found and found.group else "Other"
