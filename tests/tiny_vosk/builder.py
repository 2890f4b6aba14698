"""The builder's door: speech, features, training and the model's files, in that order."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from tests.tiny_vosk import corpus, features, graph
from tests.tiny_vosk.acoustic import PhoneSet, final_mdl
from tests.tiny_vosk.speech import SILENCE, speak
from tests.tiny_vosk.training import frames, train

# Beams and endpoints (seconds after the last word) are those of the official small English model.
_MODEL_CONF = """\
--min-active=200
--max-active=3000
--beam=10.0
--lattice-beam=2.0
--acoustic-scale=1.0
--frame-subsampling-factor=3
--endpoint.silence-phones=1
--endpoint.rule2.min-trailing-silence=0.5
--endpoint.rule3.min-trailing-silence=0.75
--endpoint.rule4.min-trailing-silence=1.0
"""


def build(folder: Path, words: Mapping[str, str] = corpus.WORDS, seed: int = 0) -> None:
    """A model folder that `vosk.Model` takes; `words` maps each word to how the voice is told to say it.

    The same seed gives the same speech and, with the same numpy on the same machine, the same model. Raises
    ValueError for a word that cannot be in a model, RuntimeError where OpenFst's tools are missing, and
    FileExistsError where a model is already there.
    """
    if bad := [word for word in words if len(word.split()) != 1 or word in graph.RESERVED]:
        raise ValueError(f"not a single word: {', '.join(map(repr, bad))}")
    if reason := graph.missing_tools():
        raise RuntimeError(f"the tiny model {reason}")
    for part in ("am", "conf"):
        (folder / part).mkdir(parents=True)
    rng = np.random.default_rng(seed)
    alone = corpus.alone(words)
    spoken = speak(alone + corpus.utterances(words, rng))
    names = {name for sound in spoken for _, name in sound.phones} - {SILENCE}
    phones = PhoneSet(names=(SILENCE, *sorted(names)))
    net = train(frames(spoken + corpus.noises(rng), phones.names, rng), len(phones.names), rng)

    (folder / "am" / "final.mdl").write_bytes(final_mdl(net, phones))
    (folder / "conf" / "mfcc.conf").write_text(features.CONF)
    (folder / "conf" / "model.conf").write_text(_MODEL_CONF)
    graph.write_graph(folder / "graph", corpus.lexicon(words, spoken[: len(alone)]), phones)
