"""Charts are well-formed, say what they show, and draw nothing outside of themselves, whatever the values are."""

from __future__ import annotations

from datetime import date, timedelta
from xml.etree import ElementTree

import pytest

from voice_coach.page.charts import LEFT, RIGHT, WIDTH, Bar, Mark, Panel, bars, lines

MONDAY = date(2026, 3, 2)


def _read(drawn: str) -> ElementTree.Element:
    root = ElementTree.fromstring(drawn)
    names = (root.get("aria-labelledby") or "").split()
    found = {each.get("id"): each.text for each in root.iter() if each.tag in ("title", "desc")}
    assert root.get("role") == "img" and len(names) == 2 and all(found[name] for name in names)
    height = float((root.get("viewBox") or "").split()[3])
    for each in root.iter():
        for name, most in (("x", WIDTH), ("x1", WIDTH), ("x2", WIDTH), ("cx", WIDTH), ("y", height), ("cy", height)):
            assert 0 <= float(each.get(name, 0)) <= most, ElementTree.tostring(each)
    return root


@pytest.mark.parametrize("values", [[], [0], [None, 3], [5] * 120, [1e9, 1], [0.1, 0]])
def test_bars(values: list[float | None]) -> None:
    root = _read(bars("x", "What", "Told", [Bar(label="L", value=each, shown="S") for each in values]))
    drawn = root.findall("rect")
    assert len(drawn) == sum(bool(each) for each in values)
    tall = [float(each.get("height", 0)) for each in drawn]
    assert max(tall, default=120) == 120


def test_a_scale_that_is_given_stays() -> None:
    root = _read(bars("x", "What", "Told", [Bar(label="L", value=5)], most=10))
    assert [each.get("height") for each in root.findall("rect")] == ["60"]


def test_as_many_labels_as_there_is_room_for_the_last_among_them() -> None:
    row = [Bar(label=str(number), value=1) for number in range(120)]
    labels = [each.text for each in _read(bars("x", "What", "Told", row)).findall("text")]
    assert labels == ["29", "59", "89", "119"]


@pytest.mark.parametrize("values", [[], [3.0], [3.0, 3.0], [0.0, 0.0], [0.0, 10.0, 5.0]])
def test_lines(values: list[float]) -> None:
    marks = [Mark(day=MONDAY + timedelta(days=each), value=value) for each, value in enumerate(values)]
    root = _read(lines("x", "What", "Told", MONDAY, MONDAY + timedelta(days=7), [Panel(label="kilos", series=[marks])]))
    assert len(root.findall("circle")) == len(values)
    assert len([each for each in root.findall("line") if "line" in (each.get("class") or "")]) == max(
        0, len(values) - 1
    )


def test_a_mark_stands_where_its_day_and_value_are() -> None:
    marks = [Mark(day=MONDAY, value=0), Mark(day=MONDAY + timedelta(days=4), value=10)]
    panel = Panel(label="x", series=[marks], least=0, most=10)
    first, last = _read(lines("x", "What", "Told", MONDAY, MONDAY + timedelta(days=4), [panel])).findall("circle")
    assert (float(first.get("cx", 0)), float(last.get("cx", 0))) == (LEFT, RIGHT)
    assert float(first.get("cy", 0)) - float(last.get("cy", 0)) == pytest.approx(92)


def test_a_rung_and_a_second_line_have_shapes_of_their_own() -> None:
    way = [Mark(day=MONDAY, value=1, way=1), Mark(day=MONDAY, value=1, way=-1)]
    panel = Panel(label="x", series=[way, [Mark(day=MONDAY, value=2)]])
    root = _read(lines("x", "What", "Told", MONDAY, MONDAY, [panel]))
    up, down = (each.get("points") for each in root.findall("polygon"))
    assert up and down and up != down
    assert len(root.findall("rect")) == 1 and not root.findall("circle")
