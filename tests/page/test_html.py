"""Markup: everything is escaped but what was made here, and the policy of a page fits its own style sheet."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest

from voice_coach.page.html import Html, document, joined, tag, text

NASTY = "<script>alert(1)</script> \"quotes\" & 'more'"


def test_text_is_escaped_wherever_it_stands() -> None:
    made = tag("p", NASTY, [NASTY, tag("b", NASTY)], title=NASTY)
    assert "<script" not in made
    assert made.count("&lt;script&gt;") == 4
    assert re.search(r'title="[^"]*&quot;quotes&quot;[^"]*"', made)


def test_markup_is_left_alone_and_nothing_is_nothing() -> None:
    assert joined([tag("b", "x"), None, "<", ["y"]]) == "<b>x</b>&lt;y"
    assert isinstance(tag("b"), Html)


def test_what_steers_the_direction_of_text_is_left_out() -> None:
    assert text("a\u202eb\u0000c\ud800d\ne") == "abcd e"


def test_attributes() -> None:
    made = tag("svg", class_="a", aria_hidden="true", x=1.50, y=2, hidden=False, open_=True, title=None)
    assert made == '<svg class="a" aria-hidden="true" x="1.5" y="2" open></svg>'
    assert tag("meta", charset="utf-8") == '<meta charset="utf-8">'


@pytest.mark.parametrize("style", ["", "p { color: red; }", "a::before { content: '<'; }"])
def test_the_policy_lets_in_this_style_alone(style: str) -> None:
    page = document(NASTY, tag("p", "x"), style)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'" in page
    assert "<title>&lt;script&gt;" in page
    assert 'name="generator" content="voice-coach' in page
