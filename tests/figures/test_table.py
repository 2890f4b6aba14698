"""The table: what cannot be drawn is one sentence with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from voice_coach.errors import ProblemsFound
from voice_coach.figures import draw
from voice_coach.figures.draw import PRINT
from voice_coach.figures.skeleton import joints
from voice_coach.figures.table import figures

GOOD = """\
wave:
  title: Wave.
  start:
    touches: {feet: floor}
  end:
    right_arm: {upper: 160, lower: 170}
"""


def _read(folder: Path, text: str) -> str:
    """What is said about a table."""
    (folder / "poses.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ProblemsFound) as found:
        figures(folder)
    return str(found.value).replace(f"{folder}/", "")


def test_what_is_not_written_stays_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "poses.yaml").write_text(GOOD, encoding="utf-8")
    wave = figures(tmp_path)["wave"]
    assert wave.end is not None
    start, end = joints(wave.start), joints(wave.end)
    assert end["right_hand"][1] > end["head"][1] > start["right_hand"][1]
    assert end["left_hand"] == start["left_hand"]
    assert wave.end.touches == {"feet": "floor"}


def test_a_title_with_signs_is_escaped(tmp_path: Path) -> None:
    (tmp_path / "poses.yaml").write_text(GOOD.replace("Wave.", """'<script>"A & B"</script>'"""), encoding="utf-8")
    drawn = draw.picture(figures(tmp_path)["wave"], PRINT)
    assert "<script" not in drawn
    assert "&lt;script&gt;&quot;A &amp; B&quot;" in drawn


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("right_arm:", "rigth_arm:", "poses.yaml:6: a pose has no rigth_arm, did you mean right_arm"),
        ("upper: 160", "uper: 160", "poses.yaml:6: an arm has no uper, did you mean upper"),
        ("upper: 160, ", "", "poses.yaml:6: upper is missing, or write hand"),
        ("upper: 160", "upper: up", "poses.yaml:6: up is not a number"),
        ("upper: 160", "upper: 16000", "poses.yaml:6: 16000 is too large"),
        ("upper: 160", "upper: [1, 2, 3]", "poses.yaml:6: a list where two numbers are expected, write [10, 20]"),
        ("upper: 160", "hand: [10, 120], upper: 160", "poses.yaml:6: both hand and upper are given"),
        ("{upper: 160, lower: 170}", "{hand: [90, 120]}", "the right hand is 29.7 cm out of reach, move the hips"),
        ("{upper: 160, lower: 170}", "{hand: 3}", "3 where two numbers are expected"),
        ("{upper: 160, lower: 170}", "up", "poses.yaml:6: an arm is up, not a group of fields"),
        ("  start:\n    touches: {feet: floor}\n", "", "the drawing of wave has no start"),
        ("  title: Wave.\n", "", "the drawing of wave has no title"),
        ("title: Wave.", "title: 7", "poses.yaml:2: title is 7, not a sentence"),
        ("feet: floor", "feet: flor", "poses.yaml:4: feet is flor, did you mean floor"),
        ("feet: floor", "feets: floor", "poses.yaml:4: this group has no feets, did you mean feet"),
        ("title:", "props: {char: 0}\n  title:", "poses.yaml:2: the group of props has no char, did you mean chair"),
        ("title:", "props: {table: 0}\n  title:", "table has 1 number, it takes: its edge, how deep it is"),
        ("title:", "arrows: {elbow: [0, 0]}\n  title:", "poses.yaml:2: the group of arrows has no elbow"),
        (
            "title:",
            "arrows: {left_hand: [0, 0]}\n  title:",
            "poses.yaml:2: left_hand does not move as we see it, an arrow follows",
        ),
        (
            "title:",
            "view: 90\n  arrows: {left_hand: [0, 0]}\n  title:",
            "poses.yaml:3: left_hand does not move as we see it",
        ),
        ("title:", "band: right_hand\n  title:", "band is right_hand, it goes from joint or place"),
        ("title:", "band: [right_hnd, left_hand]\n  title:", "there is no joint right_hnd, did you mean right_hand"),
        ("title:", "holds: {right_hand: sword}\n  title:", "poses.yaml:2: right_hand is sword"),
        ("title:", "zoom: [2, 3]\n  title:", "a list where three numbers are expected"),
        ("wave:", "wave: 3\nwink:", "poses.yaml:1: the drawing of wave is 3, not a group of fields"),
        ("  end:", " end:", "poses.yaml:5:"),
    ],
)
def test_what_cannot_be_drawn_is_said_with_its_place(tmp_path: Path, before: str, after: str, said: str) -> None:
    assert before in GOOD
    assert said in _read(tmp_path, GOOD.replace(before, after, 1))


def test_every_exercise_with_a_problem_is_named(tmp_path: Path) -> None:
    bad = GOOD.replace("upper: 160", "upper: up")
    said = _read(tmp_path, bad + bad.replace("wave", "wink").replace("160", "x"))
    assert [line.split(":")[1] for line in said.splitlines()] == ["6", "12"]


def test_a_drawing_that_is_there_twice_and_a_folder_without_any(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(ProblemsFound, match="there are no tables of poses here"):
        figures(empty)
    (tmp_path / "again.yaml").write_text(GOOD, encoding="utf-8")
    assert "wave is drawn twice, keep one" in _read(tmp_path, GOOD)


def test_a_file_that_is_no_text_is_said(tmp_path: Path) -> None:
    (tmp_path / "poses.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ProblemsFound, match="UTF-16"):
        figures(tmp_path)
