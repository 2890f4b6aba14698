"""The plain loops beside which the product stands, with real recognisers; the picture and the tables."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from io import StringIO
from pathlib import Path

import numpy as np
from rich.console import Console

from models.training.espeak import Utterance, speak
from tests.benchmarks import tables
from tests.benchmarks.accepted import Accepted, Run
from tests.benchmarks.curve import Point
from tests.benchmarks.picture import picture
from tests.benchmarks.plain_loop import pocketsphinx_loop, vosk_loop
from tests.benchmarks.report import report
from tests.benchmarks.scoring import Hourly, Share, outcomes
from tests.benchmarks.stage import Stage, stage
from tests.benchmarks_tests.hand import WORDS, entry, heard, staged


def spoken(*words: str) -> Stage:
    said = speak([Utterance(text=word, voice="gmw/en-US", rate=150, pitch=42) for word in words])
    return stage([(entry(word), each.pcm) for word, each in zip(words, said, strict=True)])


def judged(on: Stage, accepted: tuple[Accepted, ...]) -> list[bool]:
    return [each.right for each in outcomes(on, accepted, WORDS)]


def test_the_plain_vosk_loop_obeys_whole_phrases_and_tells_how_sure_it_is(tiny_vosk_model: Path) -> None:
    on = spoken("stop", "easier", "resume")
    for unknown in (False, True):
        run = vosk_loop(on.sound, tiny_vosk_model, WORDS, unknown=unknown)
        assert judged(on, run.accepted) == [True, True, True]
        assert all(0 < each.confidence <= 1 for each in run.accepted)
        assert all(each.start_ms < each.end_ms <= each.at_ms for each in run.accepted)


def test_the_plain_pocketsphinx_loop_obeys_phrases() -> None:
    on = spoken("easier", "how many left")
    run = pocketsphinx_loop(on.sound, WORDS)
    assert judged(on, run.accepted) == [True, True]
    assert all(each.end_ms <= each.at_ms for each in run.accepted)


def test_the_plain_pocketsphinx_loop_is_silent_in_silence() -> None:
    assert pocketsphinx_loop(np.zeros(32_000, dtype=np.int16), WORDS).accepted == ()


def point(listener: str, heard_: int, false: int, *, usual: bool = False) -> Point:
    share = Share(count=heard_, of=100)
    none = Share(count=0, of=10)
    false_ = Hourly(count=false, minutes=60)
    return Point(listener=listener, dial="d", heard=share, wrong=none, foreign=none, false=false_, usual=usual)


def test_the_picture_has_a_line_for_each_listener_and_a_dot_for_each_point() -> None:
    drawn = picture([point("a & b", 90, 0, usual=True), point("a & b", 80, 10), point("c", 95, 400)], "Curve")
    root = ET.fromstring(drawn)
    space = "{http://www.w3.org/2000/svg}"
    dots = [each for each in root.iter(f"{space}circle") if each.find(f"{space}title") is not None]
    assert len(list(root.iter(f"{space}polyline"))) == 2
    assert len(dots) == 3
    places = [(float(each.attrib["cx"]), float(each.attrib["cy"])) for each in dots]
    assert places[0][0] < places[1][0] < places[2][0]  # fewer false commands stand further left
    assert places[2][1] < places[0][1] < places[1][1]  # more recall stands higher
    assert "a & b" in [each.text for each in root.iter(f"{space}text")]


def test_the_picture_can_be_drawn_of_nothing() -> None:
    ET.fromstring(picture([], "Nothing"))


def test_the_tables_hold_the_figures() -> None:
    on = staged(entry("stop"), entry("no"))
    accepted = (heard("stop", on.slots[0].start_ms, on.slots[0].end_ms),)
    told = report("somebody", outcomes(on, accepted, WORDS), Run(accepted=accepted, cpu_s=0.01), on, WORDS)
    written = StringIO()
    console = Console(width=200, file=written)
    console.print(tables.side_by_side([told]))
    tables.show(console, told)
    text = written.getvalue()
    assert "50.0 (9–91) of 2" in text
    assert "200 / 200" in text
