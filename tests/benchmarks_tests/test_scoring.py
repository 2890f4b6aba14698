"""What counts as heard, wrong, nothing, foreign and false; the intervals; the groups."""

from __future__ import annotations

import math

import pytest

from tests.benchmarks.accepted import Accepted, Run, product
from tests.benchmarks.curve import by_confidence
from tests.benchmarks.goals import hearing_figures
from tests.benchmarks.pack import Kind
from tests.benchmarks.report import plainly, report
from tests.benchmarks.scoring import Hourly, Outcome, Share, grouped, holds_phrase, outcomes, percentile, recall
from tests.benchmarks.stage import Stage
from tests.benchmarks_tests.hand import WORDS, entry, heard, staged
from voice_coach.speech.canceller import NoCanceller
from voice_coach.speech.ears import TextEars

LEAD_MS = 500  # of silence that the product puts before a recording


def judged(on: Stage, *accepted: Accepted) -> tuple[Outcome, ...]:
    return outcomes(on, accepted, WORDS)


def in_slot(on: Stage, number: int, text: str, after_ms: int = 200, later_ms: int = 0) -> Accepted:
    slot = on.slots[number]
    return heard(text, slot.start_ms + later_ms, slot.end_ms + later_ms, after_ms)


def test_right_wrong_and_nothing() -> None:
    on = staged(entry("stop"), entry("yes"), entry("no"))
    right, wrong, nothing = judged(on, in_slot(on, 0, "stop"), in_slot(on, 1, "no"))
    assert (right.right, right.wrong, right.latency_ms) == (True, False, 200)
    assert (wrong.right, wrong.wrong, wrong.latency_ms) == (False, True, None)
    assert (nothing.right, nothing.wrong) == (False, False)
    total = recall([right, wrong, nothing])
    assert (total.right.count, total.wrong.count, total.nothing.count) == (1, 1, 1)


def test_the_right_command_does_not_make_up_for_a_wrong_one() -> None:
    on = staged(entry("stop"))
    (found,) = judged(on, in_slot(on, 0, "stop"), in_slot(on, 0, "yes", later_ms=300))
    assert (found.right, found.wrong) == (False, True)


def test_another_phrase_of_the_same_meaning_is_right() -> None:
    on = staged(entry("yes"))
    (found,) = judged(on, in_slot(on, 0, "yes please"))
    assert found.right


def test_a_digit_is_right_when_it_is_that_number() -> None:
    on = staged(entry("four"), entry("four"), entry("4"))
    found = judged(on, in_slot(on, 0, "four"), in_slot(on, 1, "five"), in_slot(on, 2, "for"))
    assert [(each.right, each.wrong) for each in found] == [(True, False), (False, True), (True, False)]


def test_twice_is_right_and_counted() -> None:
    on = staged(entry("stop"))
    total = recall(judged(on, in_slot(on, 0, "stop"), in_slot(on, 0, "stop", later_ms=200)))
    assert (total.right.count, total.doubled) == (1, 1)


def test_late_is_right_and_counted_and_belongs_to_its_own_word() -> None:
    on = staged(entry("stop"), entry("yes"))
    first, second = judged(on, in_slot(on, 0, "stop", after_ms=1_500))
    assert (first.right, first.late, first.latency_ms) == (True, True, 1_500)
    assert second.accepted == ()
    assert recall([first, second]).late == 1


def test_words_that_are_no_command_of_ours_are_foreign_whatever_the_pack_calls_them() -> None:
    on = staged(entry("go"), entry("tree", Kind.FOREIGN), entry("zero", Kind.FOREIGN), entry("", Kind.FOREIGN))
    found = judged(on, in_slot(on, 0, "no"), in_slot(on, 2, "zero"))
    assert [each.wanted is None for each in found] == [True, True, False, True]
    told = report("x", found, Run(accepted=(), cpu_s=0.0), on, WORDS)
    assert (told.foreign.count, told.foreign.of) == (1, 3)
    assert told.foreign_by["kind"]["command"] == Share(count=1, of=1)
    assert told.commands.right == Share(count=1, of=1)
    assert [(each.clip, each.heard, each.label) for each in told.mistakes] == [("go.wav", "no", "go")]


def test_false_commands_are_counted_an_hour_with_and_without_clips_that_hold_a_phrase() -> None:
    on = staged(
        entry("one two four", Kind.CONTINUOUS),
        entry("the cat sat", Kind.CONTINUOUS),
        entry("", Kind.CONTINUOUS, hint="and then no"),
        entry("vacuum", Kind.NOISE),
        ms=60_000,
    )
    found = judged(on, in_slot(on, 0, "two"), in_slot(on, 2, "no"), in_slot(on, 3, "stop"), in_slot(on, 3, "wait"))
    told = report("x", found, Run(accepted=(), cpu_s=0.0), on, WORDS)
    assert (told.talk.count, told.talk.minutes, told.talk.rate) == (4, 4.0, 60.0)
    assert (told.talk_without_phrases.count, told.talk_without_phrases.minutes) == (3, 3.0)
    assert (told.talk_by["noise"].count, told.talk_by["continuous"].count) == (2, 2)
    assert [each.true_perhaps for each in told.mistakes] == [True, True, False, False]


@pytest.mark.parametrize(
    ("text", "holds"),
    [("one five two", True), ("[slots] no", True), ("nobody knows", False), ("", False), ("How LONG, then?", True)],
)
def test_a_phrase_inside_of_a_label(text: str, holds: bool) -> None:
    assert holds_phrase(text, WORDS) is holds


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [(8, 10, 49.0, 94.3), (0, 10, 0.0, 27.8), (10, 10, 72.2, 100.0), (90, 100, 82.6, 94.5)],
)
def test_wilsons_interval(count: int, of: int, low: float, high: float) -> None:
    assert Share(count=count, of=of).interval == pytest.approx((low, high), abs=0.05)


def test_a_share_of_nothing_is_no_number() -> None:
    assert math.isnan(Share(count=0, of=0).percent)
    assert all(math.isnan(end) for end in Share(count=0, of=0).interval)


@pytest.mark.parametrize(("count", "low", "high"), [(0, 0.0, 3.69), (1, 0.03, 5.57), (10, 4.80, 18.39)])
def test_the_interval_of_a_rate(count: int, low: float, high: float) -> None:
    assert Hourly(count=count, minutes=60).interval == pytest.approx((low, high), abs=0.06)


def test_groups_are_sorted_and_leave_out_who_has_no_name() -> None:
    on = staged(entry("yes"), entry("no", corpus="FSDD"), entry("stop", corpus=""))
    by = grouped(judged(on), lambda each: each.entry.corpus)
    assert {name: len(each) for name, each in by.items()} == {"AN4": 1, "FSDD": 1}


def test_percentiles_are_values_that_were_measured() -> None:
    values = [float(value) for value in range(1, 101)]
    assert (percentile(values, 0.5), percentile(values, 0.95), percentile([7.0], 0.95)) == (50.0, 95.0, 7.0)
    assert math.isnan(percentile([], 0.5))


def test_the_products_own_path_is_what_is_scored() -> None:
    """Ears that hear a script: right, wrong, foreign, and words that are nothing."""
    on = staged(entry("stop"), entry("yes"), entry("tree", Kind.FOREIGN), entry("no"), entry("help"))
    script = [(on.slots[n].end_ms + LEAD_MS, text) for n, text in enumerate(["stop", "no", "two", "flute"])]
    run = product(on.sound, TextEars(script), NoCanceller(), WORDS)
    found = judged(on, *run.accepted)
    assert [(each.right, each.wrong) for each in found] == [
        (True, False),
        (False, True),
        (False, True),
        (False, False),
        (False, False),
    ]
    assert found[0].latency_ms is not None
    assert 0 <= found[0].latency_ms <= 40  # the ears' words end with the clip; a block or two later they are obeyed
    assert run.cpu_s > 0


def test_a_threshold_leaves_out_what_was_less_sure() -> None:
    on = staged(entry("stop"), entry("vacuum", Kind.NOISE))
    slots = on.slots
    run = Run(
        accepted=(
            heard("stop", slots[0].start_ms, slots[0].end_ms, confidence=0.95),
            heard("no", slots[1].start_ms, slots[1].end_ms, confidence=0.6),
        ),
        cpu_s=0.0,
    )
    points = list(by_confidence("x", run, lambda each: judged(on, *each.accepted)))
    assert [(each.dial, each.heard.count, each.false.count, each.usual) for each in points] == [
        ("as it is", 1, 1, True),
        ("confidence ≥ 0.5", 1, 1, False),
        ("confidence ≥ 0.7", 1, 0, False),
        ("confidence ≥ 0.9", 1, 0, False),
        ("confidence ≥ 0.97", 0, 0, False),
        ("confidence ≥ 0.99", 0, 0, False),
        ("confidence ≥ 1", 0, 0, False),
    ]


def test_a_report_is_json_without_numbers_that_are_none() -> None:
    on = staged(entry("stop"))
    told = plainly(report("x", judged(on), Run(accepted=(), cpu_s=0.0), on, WORDS))
    assert isinstance(told, dict)
    assert told["talk"] == {"count": 0, "minutes": 0.0, "an_hour": None, "interval": [None, None]}
    assert told["latency_ms"]["median"] is None
    assert told["commands"]["right"]["percent"] == 0.0


def test_figures_hold_recall_of_made_clips_to_the_goal_but_not_their_false_commands() -> None:
    on = staged(entry("stop", corpus="made"), entry("vacuum", Kind.NOISE))
    told = report("x", judged(on, in_slot(on, 0, "stop"), in_slot(on, 1, "no")), Run(accepted=(), cpu_s=0.1), on, WORDS)
    made = {each.name: each for each in hearing_figures(told, real=False)}
    assert made["commands heard, all"].met is True
    assert made["false commands"].goal is None
    assert {each.name: each for each in hearing_figures(told, real=True)}["false commands"].met is False
