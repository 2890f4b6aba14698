"""Files that mean harm: each is read as the program reads it, in a process whose time and memory are watched."""

from __future__ import annotations

import multiprocessing
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from tests.faults.files_harm import KINDS, Harm, harm
from tests.faults.files_targets import TARGETS
from tests.faults.outcome import Outcome

MB = 1 << 20
LONGEST_S = 30  # of the processor that it may take
PATIENCE_S = 300.0  # until what does nothing at all is given up, on a machine that is busy with something else
ADDRESSES = 4096 * MB
MOST_MB = 700  # that it may take more than before it was read


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What came of one: the sentences it was refused with, or why the reader failed."""

    harm: Harm
    said: tuple[str, ...] = ()
    failed: str = ""
    seconds: float = 0.0
    megabytes: int = 0

    @property
    def well(self) -> bool:
        """Whether it was answered in sentences, in time and in bounds."""
        return not self.failed and self.seconds <= LONGEST_S and self.megabytes <= MOST_MB


def hostile_files(times: int, folder: Path) -> Outcome:
    """All that there are, `times` does not matter; instead of sessions the files that were read well are counted."""
    del times
    reads = list(read_all(folder / "harm"))
    return Outcome(
        fault=f"files that mean harm ({max(each.megabytes for each in reads)} MB at most)",
        times=len(reads),
        sets_finished=0,
        sets_lost=0,
        to_go_on=len(reads),
        gone_on=sum(each.well for each in reads),
        seconds=max(each.seconds for each in reads),
    )


def read_all(folder: Path, kinds: Sequence[str] = KINDS, *, large: bool = True) -> Iterator[Read]:
    """Read one after the other; `large` ones take megabytes on the disk and seconds."""
    folder.mkdir()
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["tests.faults.files"])
    for kind in kinds:
        for each in harm(kind):
            if each.large and not large:
                continue
            path = each.path(folder)
            each.make(path)
            ours, theirs = processes.Pipe(duplex=False)
            reader = processes.Process(target=_read, args=(kind, path, theirs), daemon=True)
            reader.start()
            theirs.close()
            with ours:
                found = answer_of(each, reader, ours, PATIENCE_S)
            yield found
            if path.is_file() and not path.is_symlink():
                path.unlink()


def answer_of(harm: Harm, reader: BaseProcess, ours: Connection, patience_s: float) -> Read:
    """What the reader found. It is taken first: a reader ends only when somebody has taken all of its answer."""
    found = Read(harm=harm, failed="it hangs")
    if ours.poll(patience_s):
        try:
            said, failed, seconds, megabytes = ours.recv()
            found = Read(harm=harm, said=said, failed=failed, seconds=seconds, megabytes=megabytes)
            reader.join(patience_s)
        except (EOFError, OSError):
            reader.join(patience_s)
            found = Read(harm=harm, failed=f"it ended with {reader.exitcode}")
    reader.kill()
    reader.join()
    return found


def _read(kind: str, path: Path, to: Connection) -> None:
    said: tuple[str, ...] = ()
    failed = ""
    # What has no bound ends here, and not with the machine.
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES, ADDRESSES))
    resource.setrlimit(resource.RLIMIT_CPU, (2 * LONGEST_S, 2 * LONGEST_S))
    before, began = _peak(), time.process_time()
    try:
        said = tuple(each[:500] for each in TARGETS[kind](path))[:200]
    except Exception as error:  # whatever it is, it is a finding
        failed = f"{type(error).__name__}: {error}"[:500]
    to.send((said, failed, time.process_time() - began, _peak() - before))


def _peak() -> int:
    """The most memory this process had so far, in MB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak // (MB if sys.platform == "darwin" else 1024)


def main() -> int:
    """Print what is said of each: `python -m tests.faults.files FOLDER [KIND …]`."""
    bad = 0
    for each in read_all(Path(sys.argv[1]), sys.argv[2:] or KINDS):
        bad += not each.well
        what = f"{each.harm.kind:9} {each.harm.name!r:34} {each.seconds:6.2f} s {each.megabytes:5} MB"
        print(f"{what} {len(each.said):4}  {(each.failed or ' '.join(each.said) or '(read)')[:150]!r}", flush=True)
    return min(bad, 1)


if __name__ == "__main__":
    sys.exit(main())
