"""Debian's Chromium without a window or a network, driven by Playwright, with axe-core to judge accessibility.

The fixture `browser` is one Chromium for a module of tests; `tab` is a fresh page in it that has seen nothing before.
Playwright keeps an event loop running in the thread that started it, so a test beside it cannot call `asyncio.run`:
what needs one runs in a thread of its own. Use:

    def test_it(tab: Tab) -> None:
        tab.open(file.as_uri())
        assert tab.faults() == [] and tab.asked_outside == []
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WIDTHS = (360, 800, 1400)  # a small telephone, a tablet held upright, a large screen; in CSS pixels
_HEIGHT = 900
_LONG_MS = 60_000  # whatever has not happened by then on a busy machine hangs
_HERE = frozenset({"127.0.0.1", "localhost", "::1"})
_ARGUMENTS = (
    "--no-sandbox",  # as root there is none
    "--disable-gpu",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)


def missing_browser() -> str:
    """Why no browser can be tested with on this machine; empty where one can."""
    if not _chromium():
        return "needs Chromium (Debian: chromium)"
    packages = [name for name in ("playwright", "axe_playwright_python") if find_spec(name) is None]
    return f"needs {', '.join(packages)} (pip install voice-coach[test])" if packages else ""


def require_browser() -> None:
    """Skip the test where there is no browser, or fail it there if VOICE_COACH_REQUIRE_BROWSER=1."""
    if reason := missing_browser():
        if os.environ.get("VOICE_COACH_REQUIRE_BROWSER") == "1":
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)


def _chromium() -> str:
    return shutil.which("chromium") or ""


@dataclass(slots=True, kw_only=True)
class Tab:
    """One page; whatever goes wrong in it, or is asked for outside of this machine, is kept as text."""

    page: Page
    asked_outside: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)  # errors of scripts, and of the console

    def open(self, address: str, *, width: int = 800, dark: bool = False, height: int = _HEIGHT) -> None:
        """Load an address in a window so wide."""
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.emulate_media(color_scheme="dark" if dark else "light")
        self.page.goto(address, wait_until="load")

    def overflow(self) -> int:
        """How many CSS pixels have to be scrolled sideways; 0 is right."""
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        return int(wide)

    def faults(self, *rules: str) -> list[str]:
        """What axe-core finds by WCAG 2.2 A and AA and its best practices, as "rule: element"; `rules`: those alone."""
        from axe_playwright_python import sync_playwright as axe

        source = Path(axe.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
        self.page.evaluate(source)  # through the debugger: a content security policy does not hinder it
        options: dict[str, Any] = {"resultTypes": ["violations"]}
        if rules:
            options["runOnly"] = {"type": "rule", "values": list(rules)}
        result = self.page.evaluate("options => axe.run(document, options)", options)
        return [f"{fault['id']}: {node['html'][:200]}" for fault in result["violations"] for node in fault["nodes"]]

    def screenshot(self, path: Path, *, whole: bool = True) -> None:
        """A picture of the page, by default of all of it."""
        self.page.screenshot(path=path, full_page=whole)

    def printed(self, paper: str = "A4") -> bytes:
        """The page as it comes out of a printer, as PDF."""
        return self.page.pdf(format=paper, prefer_css_page_size=False, print_background=False)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A running browser; skips or fails where there is none (see `require_browser`)."""
    require_browser()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(), args=list(_ARGUMENTS), timeout=_LONG_MS)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def tab_of(browser: Browser, **options: Any) -> Iterator[Tab]:
    """A fresh page; `options` are those of Playwright's `Browser.new_context`, such as `java_script_enabled=False`."""
    context = browser.new_context(**options)
    context.set_default_timeout(_LONG_MS)
    try:
        tab = Tab(page=context.new_page())
        tab.page.on("request", lambda request: _outside(tab, request.url))
        tab.page.on("pageerror", lambda error: tab.complaints.append(str(error)))
        tab.page.on("console", lambda said: tab.complaints.append(said.text) if said.type == "error" else None)
        yield tab
    finally:
        context.close()


def _outside(tab: Tab, url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("file", "data", "blob", "about") and parts.hostname not in _HERE:
        tab.asked_outside.append(url)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of a module."""
    with chromium() as running:
        yield running


@pytest.fixture
def tab(browser: Browser) -> Iterator[Tab]:
    """A fresh page in it."""
    with tab_of(browser) as fresh:
        yield fresh
