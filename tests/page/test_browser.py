"""The browser of the tests finds what it is there to find."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser import Tab

GOOD = "<!doctype html><html lang='en'><title>Good</title><main><h1>Good</h1><p>All is well.</p></main></html>"
BAD = (
    "<!doctype html><html><title>Bad</title><main><h1>Bad</h1><img src='https://example.com/x.png'>"
    "<p style='width:3000px;color:#ccc;background:#fff'>wide and pale</p><script>missing()</script></main></html>"
)


def _opened(tab: Tab, folder: Path, text: str) -> None:
    path = folder / "page.html"
    path.write_text(text, encoding="utf-8")
    tab.open(path.as_uri(), width=360)


def test_a_good_page_has_no_faults(tab: Tab, tmp_path: Path) -> None:
    _opened(tab, tmp_path, GOOD)
    assert (tab.faults(), tab.overflow(), tab.asked_outside, tab.complaints) == ([], 0, [], [])


@pytest.mark.parametrize("rule", ["html-has-lang", "image-alt", "color-contrast"])
def test_a_bad_one_has(rule: str, tab: Tab, tmp_path: Path) -> None:
    _opened(tab, tmp_path, BAD)
    assert rule in {each.split(":")[0] for each in tab.faults()}
    assert tab.overflow() > 2000
    assert tab.asked_outside == ["https://example.com/x.png"]
    assert any("missing" in each for each in tab.complaints)
