"""A session in a process of its own with its page, and a browser that writes down what the page shows and when."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests.spoken_session import Lines, environment

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


@contextmanager
def session(
    folder: Path, arguments: Sequence[str], env: Mapping[str, str], *, first: Sequence[str] = ()
) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`voice-coach` with these arguments, and the address of its page."""
    command = [*first, sys.executable, "-m", "voice_coach", *arguments, "--screen", "--no-open"]
    with (folder / "told").open("w") as out, subprocess.Popen(
        command, cwd=folder, env=environment(env), text=True, stdin=subprocess.PIPE, stdout=out, stderr=subprocess.PIPE
    ) as process:  # fmt: skip
        assert process.stderr is not None
        try:
            lines = Lines(process.stderr)
            line = lines.until(ADDRESS.search, LONG_S)
            address = ADDRESS.search(line.text) if line else None
            assert address, lines.all
            yield process, address[1]
        finally:
            process.kill()  # nothing happens to one that has ended


def changes(page: Page) -> list[dict[str, object]]:
    """What was shown since `WITNESS`."""
    found: list[dict[str, object]] = page.evaluate("window.changes")
    return found
