"""`python -m tests.faults.fuzz KIND [--seconds N] [--keep FOLDER]`: routines, libraries, logs or imports, fuzzed.

A coverage-guided fuzzer changes them. Whatever is in them gives problems in sentences: no traceback, no more than
20 s, no more than 1 GB. It needs atheris (`pip install .[fuzz]`; Linux). The first input that breaks a rule ends the
run and is kept in this folder. What `corpus/` has is where it begins; what it finds goes to `--keep`.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["voice_coach"], enable_loader_override=False):
    from tests.faults.files_targets import SHIPPED, TARGETS, Target

from tests.journal.logs import write_session
from tests.sessions import small_plan

LIMITS = ("-timeout=20", "-rss_limit_mb=1024", "-max_len=20000")
CORPUS = Path(__file__).parent / "corpus"
SHAPES = Path(__file__).parents[1] / "exchange" / "shapes"
# What a mutation of single bytes does not come upon.
WORDS: Mapping[str, Sequence[str]] = {
    "routines": ("title: ", "blocks:", "  - name: ", "items:", "exercise: ", "reps: ", "hold: ", "own_pace: ", "*a"),
    "libraries": ("exercises:", "  mode: reps", "cues: [", "easier:", "harder:", "tiers: [low]", "words: ", "*a"),
    "logs": ('{"v":1,', '"session":"', '"type":"', '"record"', '"person"', '"start"', '"data":{', '"wall":"', "null"),
    "imports": ("exercise_title", "start_time", "set_index", "weight_kg", "Set Order", "2026-03-01", '"', "\\x00"),
}


def seeds(kind: str, folder: Path) -> None:
    """What travels with the program, a session, and what was found to be of interest."""
    found = {
        "routines": SHIPPED.glob("*.yaml"),
        "libraries": (SHIPPED / "exercises").glob("*.yaml"),
        "imports": SHAPES.glob("*.csv"),
    }.get(kind, ())
    for path in (*sorted(found), *sorted((CORPUS / kind).glob("*"))):
        (folder / path.name).write_bytes(path.read_bytes())
    if kind == "logs":
        log = folder / "log"
        write_session(log, small_plan(), limit=90_000)
        for index, line in enumerate(log.read_bytes().splitlines(keepends=True)[:20]):
            (folder / f"line-{index}").write_bytes(line)


def main(arguments: Sequence[str] | None = None) -> None:
    """Fuzz until the time is over; libFuzzer ends the process."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.fuzz", description=__doc__)
    parser.add_argument("kind", choices=tuple(TARGETS))
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--keep", type=Path, help="a folder for the inputs that reached something new")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        given, words, file = Path(folder) / "given", Path(folder) / "words", Path(folder) / "input.yaml"
        given.mkdir()
        seeds(options.kind, given)
        words.write_text("".join(f"{_quoted(word)}\n" for word in WORDS[options.kind]), encoding="ascii")
        kept = options.keep or Path(folder) / "kept"
        kept.mkdir(parents=True, exist_ok=True)
        flags = (f"-max_total_time={options.seconds}", f"-dict={words}", "-print_final_stats=1", *LIMITS)
        atheris.Setup([sys.argv[0], str(kept), str(given), *flags], on(TARGETS[options.kind], file))
        atheris.Fuzz()


def _quoted(word: str) -> str:
    """A word as libFuzzer's dictionaries have it."""
    return '"' + word.replace('"', '\\"') + '"'


def on(target: Target, file: Path) -> Callable[[bytes], None]:
    """The target for bytes instead of a file."""

    def one(data: bytes) -> None:
        file.write_bytes(data)
        target(file)

    return one


if __name__ == "__main__":
    main()
