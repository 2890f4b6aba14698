"""The models that can be fetched, each known by the size and the SHA-256 of its archive.

The publisher of these models gives no SHA-256. The sums are those that independent packagers pin, who agree with each
other and with the sizes: for the small model the Yocto recipe and Arch's package, for the large one Arch's package
vosk-model-en-us-lgraph. A wrong sum here could only refuse a good archive, never let a bad one in.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

from voice_coach.errors import EngineError

_VOSK = "https://alphacephei.com/vosk/models/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A zip file with one folder `name` in it, which is the model."""

    name: str
    address: str
    size: int  # bytes of the archive
    sha256: str  # of the archive
    licence: str
    good_for: str  # a few words


CATALOGUE = (
    Offer(
        name="vosk-model-small-en-us-0.15",
        address=f"{_VOSK}vosk-model-small-en-us-0.15.zip",
        size=41_205_931,
        sha256="30f26242c4eb449f948e42cb302dd7a686cb29a3423a8367f99ff41780942498",
        licence="Apache 2.0",
        good_for="more voices and accents",
    ),
    Offer(
        name="vosk-model-en-us-0.22-lgraph",
        address=f"{_VOSK}vosk-model-en-us-0.22-lgraph.zip",
        size=130_557_655,
        sha256="d9838b4aaa82a75c4a17f5aca300eaca129aaab2a7cbf951bafbb500eb9c4334",
        licence="Apache 2.0",
        good_for="when the small one mishears",
    ),
)
"""The first is the one to begin with. Licences: https://alphacephei.com/vosk/models."""


def offered(name: str, catalogue: Sequence[Offer] = CATALOGUE) -> Offer:
    """The entry of that name; without a name the first. EngineError where there is none."""
    found = next((offer for offer in catalogue if name in ("", offer.name)), None)
    if found is not None:
        return found
    names = [offer.name for offer in catalogue]
    near = difflib.get_close_matches(name, names, n=1)
    hint = f"did you mean {near[0]}?" if near else f"there are: {', '.join(names)}."
    raise EngineError(f"The catalogue has no model {name!r}; {hint}")


def megabytes(size: int) -> str:
    """Bytes as a person reads them, such as "41.2 MB"."""
    return f"{size / 1e6:.1f} MB"
