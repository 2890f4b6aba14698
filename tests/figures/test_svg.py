"""The SVG: well-formed, self-contained, with a text alternative, everything inside its frame."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from voice_coach import figures
from voice_coach.figures.draw import HEIGHT, WIDTH
from voice_coach.figures.table import figures as table

SVG = "{http://www.w3.org/2000/svg}"
ALLOWED = {f"{SVG}{name}" for name in ("svg", "title", "polyline", "polygon", "circle", "text")}
KNOWN = sorted(figures.known())

every_exercise = pytest.mark.parametrize("exercise_id", KNOWN)


def _picture(exercise_id: str) -> ElementTree.Element:
    text = figures.picture(exercise_id)
    assert text is not None
    return ElementTree.fromstring(text)


@every_exercise
def test_it_is_one_element_with_a_text_alternative(exercise_id: str) -> None:
    root = _picture(exercise_id)
    assert root.tag == f"{SVG}svg"
    assert root.get("viewBox") == "0 0 440 240"
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == root.get("aria-label") == figures.described(exercise_id)


@every_exercise
def test_it_needs_nothing_from_outside_and_runs_nothing(exercise_id: str) -> None:
    for element in _picture(exercise_id).iter():
        assert element.tag in ALLOWED
        for name, value in element.attrib.items():
            assert not name.startswith("on")
            assert name not in {"style", "id", "class", "href"}
            assert not re.search(r"url\(|https?:|data:|javascript:", value)


def _points(element: ElementTree.Element) -> list[tuple[float, float]]:
    if element.tag == f"{SVG}circle":
        return [(float(element.attrib["cx"]), float(element.attrib["cy"]))]
    pairs = (pair.split(",") for pair in element.get("points", "").split())
    return [(float(x), float(y)) for x, y in pairs]


@every_exercise
def test_everything_is_inside_its_frame(exercise_id: str) -> None:
    zoomed = table()[exercise_id].zoom is not None
    panels = _picture(exercise_id).findall(f"{SVG}svg")
    assert len(panels) == len(table()[exercise_id].poses)
    for panel in panels:
        for element in panel:
            if zoomed and not _shown(element):
                continue  # the legs and the room around may be cut off
            for x, y in _points(element):
                margin = float(element.get("stroke-width", element.get("r", "0"))) / 2
                assert margin - 1 <= x <= WIDTH - margin + 1, element.attrib
                assert margin - 1 <= y <= HEIGHT - margin + 1, element.attrib


def _shown(element: ElementTree.Element) -> bool:
    """Whether this must be seen when the drawing is enlarged: head, weights and arrows."""
    colours = f"{element.get('fill')} {element.get('stroke')}"
    return element.tag == f"{SVG}circle" or "load" in colours or "arrow" in colours


@pytest.mark.parametrize("exercise_id", [each for each in KNOWN if table()[each].end])
def test_start_and_end_are_numbered_and_look_different(exercise_id: str) -> None:
    start, end = _picture(exercise_id).findall(f"{SVG}svg")
    assert (start.findtext(f"{SVG}text"), end.findtext(f"{SVG}text")) == ("1", "2")
    shapes = [[element.get("points") for element in panel] for panel in (start, end)]
    assert shapes[0] != shapes[1]
    arrows = [element for element in end if "arrow" in element.get("stroke", "")]
    assert len(arrows) == 2 * len(table()[exercise_id].arrows) > 0
    assert not [element for element in start if "arrow" in element.get("stroke", "")]


def test_one_pose_alone_has_half_the_width() -> None:
    start, end = figures.drawing("chair_stand", "start"), figures.drawing("chair_stand", "end")
    assert start is not None and end is not None and start != end
    assert ElementTree.fromstring(start).get("viewBox") == "0 0 220 240"


def test_a_position_that_is_held_is_drawn_once() -> None:
    assert figures.drawing("counter_plank", "start") == figures.drawing("counter_plank", "end")
    assert len(_picture("counter_plank").findall(f"{SVG}svg")) == 1


def test_far_limbs_are_lighter_and_weights_have_their_own_colour() -> None:
    row, stand = figures.picture("db_row"), figures.picture("chair_stand")
    assert row is not None and stand is not None
    assert "--figure-far" in row and "--figure-load" in row
    assert "--figure-load" not in stand


def test_for_print_there_are_plain_colours_only() -> None:
    printed = figures.picture("db_row", figures.PRINT)
    assert printed is not None
    assert "var(" not in printed and "currentColor" not in printed and "Canvas" not in printed
    ElementTree.fromstring(printed)


def test_what_is_not_drawn_is_none() -> None:
    assert figures.picture("juggling") is None
    assert figures.drawing("juggling", "start") is None
    assert figures.described("juggling") is None
