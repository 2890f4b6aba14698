"""From a checkpoint to a folder that `vosk.Model` takes, in seconds.

`python -m models.training.export CHECKPOINT FOLDER`. Each price in `tuning.py` can be given another value:
`--set decoy=4 --set next_word=6`.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

from models.training import lexicon
from models.training.acoustic import Net, final_mdl, read_checkpoint, read_final_mdl
from models.training.graph import Words, missing_tools, write_graph
from models.training.tuning import SHIPPED, Tuning
from voice_coach.commands import GENEROUS, NAME, PHRASES, number_words
from voice_coach.session.events import Intent
from voice_coach.speech.manifest import write_manifest

PAUSE = "pause"
MISTAKEN = {"numb", "sharp"}  # hums, music and "no" are taken for the one, talk for the other
MADE = "made.json"  # beside the model's folders: what it was made with

# What libvosk reads beside the network. Dither stays on, as in training. Frames are silent by the phone SIL, number 1.
_MFCC_CONF = """\
--sample-frequency=16000
--use-energy=false
--num-mel-bins=40
--num-ceps=40
--low-freq=20
--high-freq=7600
--allow-downsample=true
"""
_MODEL_CONF = """\
--min-active=200
--max-active=3000
--beam={beam:g}
--lattice-beam={lattice_beam:g}
--acoustic-scale=1.0
--frame-subsampling-factor=3
--frames-per-chunk={frames_per_chunk}
--endpoint.silence-phones=1
--endpoint.rule2.min-trailing-silence={endpoint_s:g}
--endpoint.rule3.min-trailing-silence={longer_s:g}
--endpoint.rule4.min-trailing-silence={longest_s:g}
"""


def export(net: Net, folder: Path, tuning: Tuning = SHIPPED, words: Words | None = None) -> None:
    """A model folder; `words` are those of the coach unless others are given.

    The folder appears as a whole or not at all. RuntimeError where OpenFst's tools are missing, FileExistsError where
    something is already there.
    """
    if reason := missing_tools():
        raise RuntimeError(f"the model's graph {reason}")
    if folder.exists():
        raise FileExistsError(f"{folder} is already there")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".draft-") as room:
        draft = Path(room) / "model"
        for part in ("am", "conf"):
            (draft / part).mkdir(parents=True)
        prices = {"prior_exponent": tuning.prior_exponent, "speech": tuning.speech, "silence": tuning.silence}
        network = final_mdl(net, **prices)
        (draft / "am" / "final.mdl").write_bytes(network)
        (draft / "conf" / "mfcc.conf").write_text(_MFCC_CONF)
        (draft / "conf" / "model.conf").write_text(_model_conf(tuning))
        write_graph(draft / "graph", words or coach_words(tuning), tuning)
        made = {"training": net.meta, "tuning": dataclasses.asdict(tuning)}
        (draft / MADE).write_text(json.dumps(made, indent=1) + "\n")
        write_manifest(draft)
        draft.rename(folder)


def reopened(folder: Path) -> Net:
    """The network of a folder that `export` made."""
    made = json.loads((folder / MADE).read_text())
    prices = {name: made["tuning"].get(name, 0.0) for name in ("prior_exponent", "silence")}
    net = read_final_mdl(folder / "am" / "final.mdl", **prices)
    return dataclasses.replace(net, meta=made["training"])


def coach_words(tuning: Tuning) -> Words:
    """The coach's vocabulary, frequent words for people's own names, and decoys that sound like no command."""
    table = lexicon.table_words()
    words = lexicon.vocabulary() | set(lexicon.frequent(tuning.names))
    known = lexicon.pronunciations(words)
    commands = {way for word in table for way in known[word]}
    foreign = [*lexicon.frequent(tuning.decoys), *sorted(lexicon.vocabulary() - table)]
    decoys = {way for ways in lexicon.pronunciations(foreign).values() for way in ways} - commands
    usual = lexicon.pronunciations(lexicon.frequent(tuning.phrases))
    return Words(
        lexicon=known,
        continuing=_continuing(),
        opening={NAME},
        cheaper={**dict.fromkeys(_telling(), tuning.generous), PAUSE: tuning.pause},
        decoys=decoys,
        usual=[way for ways in usual.values() for way in ways],
    )


def _continuing() -> set[str]:
    """Every word that some phrase, number or name of the coach has behind another one."""
    return {word for text in (*_phrases(), *lexicon.spoken_names()) for word in text.split()[1:]}


def _phrases() -> list[str]:
    """All commands and numbers."""
    return [*(phrase for group in PHRASES.values() for phrase in group), *map(number_words, range(101))]


def _telling() -> set[str]:
    """The rarest word of each phrase that must not be missed; a sore joint is no emergency."""
    rarity = {word: rank for rank, word in enumerate(lexicon.frequent(100_000))}
    phrases = [phrase for phrase in GENEROUS if phrase not in PHRASES[Intent.JOINT_PAIN]]
    return {max(phrase.split(), key=lambda word: rarity.get(word, len(rarity))) for phrase in phrases} - MISTAKEN


def _model_conf(tuning: Tuning) -> str:
    return _MODEL_CONF.format(
        beam=tuning.beam,
        lattice_beam=tuning.lattice_beam,
        frames_per_chunk=tuning.frames_per_chunk,
        endpoint_s=tuning.endpoint_s,
        longer_s=1.5 * tuning.endpoint_s,
        longest_s=2 * tuning.endpoint_s,
    )


def _tuned(settings: Sequence[str]) -> Tuning:
    known = {name: type(value) for name, value in dataclasses.asdict(SHIPPED).items()}
    values = {}
    for setting in settings:
        name, _, value = setting.partition("=")
        if name not in known:
            raise SystemExit(f"there is no price {name!r}; there are {', '.join(known)}")
        values[name] = known[name](value)
    return dataclasses.replace(SHIPPED, **values)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m models.training.export", description=__doc__)
    parser.add_argument("checkpoint", type=Path, help="or a model folder that was made here")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--set", action="append", default=[], metavar="PRICE=VALUE", dest="settings")
    arguments = parser.parse_args()
    source: Path = arguments.checkpoint
    net = reopened(source) if source.is_dir() else read_checkpoint(source)
    export(net, arguments.folder, _tuned(arguments.settings))
    size = sum(file.stat().st_size for file in arguments.folder.rglob("*") if file.is_file())
    print(f"{arguments.folder}: {size:,} bytes, {net.parameters:,} parameters, {net.meta}")


if __name__ == "__main__":
    main()
