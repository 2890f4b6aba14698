"""A real browser against a running session: the real program in a process of its own, at its own pace, typed words."""

from __future__ import annotations

import os
from itertools import groupby
from pathlib import Path

from tests.browser import Tab
from tests.screen.running import LONG_S, WITNESS, changes, session

ROOT = Path(__file__).resolve().parents[2]
SHORT = """\
title: Easy day
blocks:
  - name: Main
    items:
      - name: Knee <b>lift</b>
        start: Sit tall.
        cues: [Lift one knee.]
        tempo: 1-0-1
        reps: 3
        sets: 2
        rest: 5s
"""
LONG_MS = LONG_S * 1000
AT_TWO = "() => document.body.dataset.scene === 'work' && document.getElementById('figure').textContent === '2'"


def test_the_page_follows_a_session_from_its_first_word_to_its_end(tab: Tab, tmp_path: Path) -> None:
    (tmp_path / "short.yaml").write_text(SHORT, encoding="utf-8")
    env = {**os.environ, "PYTHONPATH": str(ROOT), "XDG_DATA_HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)}
    arguments = ["run", "short.yaml", "--text", "--no-questions", "--log", "log.jsonl"]
    with session(tmp_path, arguments, env) as (process, address):
        assert process.stdin is not None
        tab.page.set_default_timeout(LONG_MS)
        tab.open(address, width=1366, height=768)
        tab.page.evaluate(WITNESS)
        tab.page.wait_for_function(AT_TWO)
        process.stdin.write("wait a moment\n")
        process.stdin.flush()
        tab.page.wait_for_function("() => document.body.dataset.scene === 'paused'")
        process.stdin.write("nonsense\n")
        process.stdin.flush()
        tab.page.wait_for_function("() => document.getElementById('heard').innerText.includes('nonsense')")
        process.stdin.write("carry on\n")
        process.stdin.flush()
        tab.page.wait_for_function("() => document.body.dataset.scene === 'over'")
        seen = changes(tab.page)
        assert process.wait(timeout=LONG_S) == 0
        assert tab.page.locator("#lost").is_hidden()
        assert tab.page.locator("#headline").inner_text() == "Finished"
    shown = [(str(each["scene"]), str(each["figure"])) for each in seen if each["figure"]]
    assert runs(shown) == [
        ("prepare", ["3", "2", "1"]),
        ("work", ["1", "2"]),
        ("paused", ["2"]),
        ("prepare", ["3", "2", "1"]),
        ("work", ["2", "3"]),
        ("rest", ["5", "4", "3", "2", "1"]),
        ("prepare", ["3", "2", "1"]),
        ("work", ["1", "2", "3"]),
    ]
    assert {each["headline"] for each in seen} >= {"Knee <b>lift</b>", "Rest", "❚❚ Paused", "Finished"}
    assert {each["heard"] for each in seen} == {
        "", "“wait a moment” – pause", "“nonsense” – not understood", "“carry on” – resume",
    }  # fmt: skip
    assert "Sit tall." in {each["saying"] for each in seen}
    assert tab.complaints == [] and tab.asked_outside == []


def runs(shown: list[tuple[str, str]]) -> list[tuple[str, list[str]]]:
    """Scene after scene, each with the figures that it showed, without repetitions."""
    return [
        (scene, [figure for figure, _ in groupby(figure for _, figure in group)])
        for scene, group in groupby(shown, key=lambda each: each[0])
    ]
