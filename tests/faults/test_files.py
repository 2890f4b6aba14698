"""Files from others in a short form: the corpus of the fuzzer, and the files that mean harm but for the largest."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from tests.faults.files import Read, answer_of, read_all
from tests.faults.files_harm import ESCAPES, KINDS, Harm
from tests.faults.files_targets import TARGETS
from voice_coach.errors import CoachError, LogError, Problem, ProblemsFound
from voice_coach.exchange.table import MOST_COLUMNS, MOST_LINES, MOST_PROBLEMS, table_of
from voice_coach.journal import load
from voice_coach.journal.logfile import LONGEST, ODD

CORPUS = Path(__file__).parent / "corpus"


@pytest.mark.parametrize("kind", KINDS)
def test_what_the_fuzzer_found_of_interest_is_read_or_refused_in_sentences(kind: str, tmp_path: Path) -> None:
    files = sorted((CORPUS / kind).iterdir())
    refused = 0
    for each in files:
        path = tmp_path / f"{each.name}.yaml"
        path.write_bytes(each.read_bytes())
        refused += bool(TARGETS[kind](path))
    assert len(files) > 10 and refused > len(files) // 4


def test_the_corpus_is_small() -> None:
    assert sum(each.stat().st_size for each in CORPUS.rglob("*") if each.is_file()) < 100_000


@pytest.mark.parametrize("kind", KINDS)
def test_files_that_mean_harm_are_answered_in_time_and_in_bounds(kind: str, tmp_path: Path) -> None:
    reads = list(read_all(tmp_path / "harm", [kind], large=False))
    assert len(reads) > 40
    assert [each for each in reads if not each.well] == []
    silent = [each.harm.name for each in reads if not each.said]  # those that are good, however odd
    assert len(silent) < len(reads) // 2, silent


def _much(to: Connection) -> None:
    to.send((tuple(f"{number} is a long sentence " * 20 for number in range(400)), "", 0.0, 0))


def _nothing(_to: Connection) -> None:
    signal.pause()


def _dead(_to: Connection) -> None:
    os._exit(3)


def _half(to: Connection) -> None:
    os.write(to.fileno(), b"\0\0\1\0half")
    os._exit(3)


def _read_by(reader: Callable[[Connection], None], patience_s: float) -> Read:
    processes = multiprocessing.get_context("forkserver")
    ours, theirs = processes.Pipe(duplex=False)
    process = processes.Process(target=reader, args=(theirs,), daemon=True)
    process.start()
    theirs.close()
    with ours:
        return answer_of(Harm(kind="logs", name="any", make=lambda path: None), process, ours, patience_s)


def test_a_reader_may_say_more_than_a_pipe_holds() -> None:
    found = _read_by(_much, 60.0)
    assert found.well and len(found.said) == 400


@pytest.mark.parametrize(
    ("reader", "why", "patience_s"),
    [(_nothing, "it hangs", 0.2), (_dead, "it ended with 3", 60.0), (_half, "it ended with 3", 60.0)],
)
def test_a_reader_without_an_answer_is_not_well(
    reader: Callable[[Connection], None], why: str, patience_s: float
) -> None:
    assert _read_by(reader, patience_s).failed == why


def test_names_of_files_cannot_steer_a_terminal() -> None:
    name = f"{ESCAPES}\n\udcff.yaml"
    problem = Problem(name, 3, "is wrong")
    shown = [str(problem), str(ProblemsFound([problem])), str(CoachError(name))]
    assert all(each.replace("\n", "").isprintable() for each in shown)
    assert shown[0].endswith("\\n\\udcff.yaml:3: is wrong")


def test_a_table_too_large_for_anybody_is_refused() -> None:
    long = table_of("a\n" + "b\n" * (MOST_LINES + 1), "-", ",").problems
    assert [each.message for each in long] == [f"there are more than {MOST_LINES:,} lines"]
    assert "201 cells in a line" in str(table_of("," * MOST_COLUMNS + "a\n", "-", ",").problems[0])
    many = table_of("a\n" + "b,c\n" * 1_000, "-", ",").problems
    assert len(many) == MOST_PROBLEMS + 1 and many[-1].message == "more is wrong from here on"


def test_a_file_that_can_be_no_log_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "log"
    for data, why in (
        (b"a" * (LONGEST + 10), "longer than 16 MB"),
        (b"\n" * 10_000_000, "too short"),
        (b"{}\n" * (2 * ODD), "too short"),
    ):
        path.write_bytes(data)
        with pytest.raises(LogError, match=why):
            load(path)
    path.write_bytes(b"\n" * ODD)
    assert not load(path).damage
