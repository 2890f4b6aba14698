"""A process that opens the product's ears and listens to ten seconds: ENGINE [MODEL]; prints what it cost as JSON."""

from __future__ import annotations

import json
import sys
import time
from itertools import islice

from tests.benchmarks.cost import peak_mb
from tests.benchmarks.stage import room_noise
from voice_coach.audio.clip import RATE, to_pcm
from voice_coach.cli.common import offered, vocabulary
from voice_coach.commands import GENEROUS
from voice_coach.listening import listen
from voice_coach.speech.canceller import RoomCanceller
from voice_coach.speech.choose import open_ears
from voice_coach.studio import ears_settings

SECONDS = 10


def main(engine: str, model: str | None) -> None:
    """Load, listen to a quiet room with one click in it, and tell."""
    words = vocabulary(offered()[0])
    sound = to_pcm(room_noise(SECONDS * RATE))
    sound[5 * RATE : 5 * RATE + RATE // 4 : 40] = 9_000  # so that somebody seems to speak
    before, began = peak_mb(), time.perf_counter()
    ears = open_ears(ears_settings(engine, model), words.phrases, lambda _sentence: None, GENEROUS)
    loaded = time.perf_counter() - began
    for _ in islice(listen(sound, ears, RoomCanceller(), words), 1_000):
        pass
    peak = peak_mb(ears)
    ears.close()
    print(json.dumps({"load, s": loaded, "memory it adds, MB": peak - before, "memory in all, MB": peak}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None)
