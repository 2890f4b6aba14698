"""A session in a process of its own with its page, and a browser that writes down what the page shows and when."""

from __future__ import annotations

import queue
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

ADDRESS = re.compile(r"Screen: (http://\S+)")
LONG_S = 240.0

# Every change of what is shown, with the milliseconds since 1970 at which the browser is about to paint it.
WITNESS = """() => {
  window.changes = [];
  const read = id => document.getElementById(id).textContent;
  const heard = () => document.getElementById("heard").hidden ? "" : document.querySelector("#heard p").textContent;
  let last = "";
  const look = () => {
    const seen = {scene: document.body.dataset.scene, headline: read("headline"), figure: read("figure"),
                  below: read("below"), saying: read("saying"), heard: heard()};
    const now = JSON.stringify(seen);
    if (now === last) return;
    last = now;
    const change = {...seen, at: Date.now()};
    window.changes.push(change);
    requestAnimationFrame(() => { change.painted = Date.now(); });
  };
  const all = {attributes: true, childList: true, characterData: true, subtree: true};
  new MutationObserver(look).observe(document.body, all);
  look();
}"""


class Told:
    """What a program writes to a stream, line by line, read by a thread; every wait has an end."""

    def __init__(self, stream: IO[str]) -> None:
        self.lines: list[str] = []
        self._queue: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        threading.Thread(target=self._read, args=(stream,), daemon=True).start()

    def _read(self, stream: IO[str]) -> None:
        for line in stream:
            self._queue.put(line.rstrip())
        self._queue.put(None)

    def find(self, wanted: re.Pattern[str], within_s: float = LONG_S) -> re.Match[str]:
        """The first line from here on in which this is found; AssertionError where none came."""
        end = time.monotonic() + within_s
        while (left := end - time.monotonic()) > 0:
            line = self._queue.get(timeout=left)
            if line is None:
                break
            self.lines.append(line)
            if found := wanted.search(line):
                return found
        raise AssertionError(f"{wanted.pattern} was not told: {self.lines}")


@contextmanager
def session(
    folder: Path, arguments: Sequence[str], env: Mapping[str, str], *, first: Sequence[str] = ()
) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`voice-coach` with these arguments, and the address of its page."""
    command = [*first, sys.executable, "-m", "voice_coach", *arguments, "--screen", "--no-open"]
    with (folder / "told").open("w") as out, subprocess.Popen(
        command, cwd=folder, env=dict(env), text=True, stdin=subprocess.PIPE, stdout=out, stderr=subprocess.PIPE
    ) as process:  # fmt: skip
        assert process.stderr is not None
        try:
            yield process, Told(process.stderr).find(ADDRESS)[1]
        finally:
            process.kill()  # nothing happens to one that has ended


def changes(page: Page) -> list[dict[str, object]]:
    """What was shown since `WITNESS`."""
    found: list[dict[str, object]] = page.evaluate("window.changes")
    return found
