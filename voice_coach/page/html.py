"""Markup from one door: `tag` escapes all it is given, unless it made it itself; `document` is a page on its own.

Functions, not templates: mypy sees what is filled in, nothing can be forgotten to be escaped, and there is no engine to
be loaded (Jinja takes 0.1 s, a tenth of the time that a page may take).
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from html import escape
from typing import TypeAlias

from voice_coach import __version__
from voice_coach.review.words import clean

GENERATOR = "voice-coach"  # tells our own files from everybody else's


class Html(str):
    """Markup that `tag` has made. Everything else is text, whatever is in it."""

    __slots__ = ()


Child: TypeAlias = "str | Html | Iterable[str | Html | None] | None"
Attribute: TypeAlias = "str | int | float | bool | None"
_VOID = frozenset({"meta", "br", "hr"})
NOTHING = Html("")


def text(value: str) -> Html:
    """What somebody wrote, as it is to be read: on one line, escaped, without what steers the direction of text."""
    return value if isinstance(value, Html) else Html(escape(clean(value)))


def tag(name: str, /, *children: Child, **attributes: Attribute) -> Html:
    """An element. In names of attributes "_" stands for "-", one at the end is left out; so are None and False."""
    said = "".join(_attribute(*pair) for pair in attributes.items())
    if name in _VOID:
        return Html(f"<{name}{said}>")
    return Html(f"<{name}{said}>{joined(children)}</{name}>")


def joined(children: Iterable[Child]) -> Html:
    """One after the other; a text is escaped, None is nothing."""
    return Html("".join(_child(each) for each in children))


def _child(child: Child) -> str:
    if child is None:
        return ""
    return text(child) if isinstance(child, str) else joined(child)


def _attribute(name: str, value: Attribute) -> str:
    if value is None or value is False:
        return ""
    name = name.rstrip("_").replace("_", "-")
    if value is True:
        return f" {name}"
    return f' {name}="{_number(value) if isinstance(value, float) else text(str(value))}"'


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def document(title: str, body: Html, style: str) -> str:
    """A whole page. Its policy lets in this one style sheet and nothing else: no script, no picture, no address."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        # as it stands: in an attribute the quotes of a policy would be read back the same, but no person could read it
        Html(f'<meta http-equiv="Content-Security-Policy" content="{policy}">'),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="generator", content=f"{GENERATOR} {__version__}"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("title", title),
        Html(f"<style>{style}</style>"),
    )
    return f"<!doctype html>\n{tag('html', head, tag('body', body), lang='en')}\n"
