"""The browser of the page's tests."""

from __future__ import annotations

from tests.browser import browser, tab

__all__ = ["browser", "tab"]
