"""The process that listens for `whole`: FILE MODEL; prints {"cpu": s, "added_mb": …, "peak_mb": …}.

What the recogniser takes in its own process counts as well.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np

from tests.benchmarks.cost import cpu_s, peak_mb
from tests.benchmarks.figure import Options
from tests.benchmarks.rehearsal import ears_for
from voice_coach.audio.clip import BLOCK
from voice_coach.cli.common import offered, vocabulary
from voice_coach.speech.canceller import RoomCanceller
from voice_coach.speech.choose import open_ears


def main(sound: Path, model: Path) -> None:
    """Listen to the whole file, block after block."""
    phrases = vocabulary(offered()[0]).phrases
    before = peak_mb()
    ears = open_ears(ears_for(Options(smoke=False, model=model, folder=sound.parent)), phrases, lambda _sentence: None)
    canceller = RoomCanceller()
    began = cpu_s(ears)
    with sound.open("rb") as file:
        while block := file.read(4 * BLOCK):
            both = np.frombuffer(block, dtype=np.int16)
            ears.accept(canceller.process(both[:BLOCK], both[BLOCK:]))
    ears.flush()
    took, peak = cpu_s(ears) - began, peak_mb(ears)
    ears.close()
    print(json.dumps({"cpu": took, "added_mb": peak - before, "peak_mb": peak}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
