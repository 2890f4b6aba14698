"""Every sentence that a session may need is known before it begins."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings

from tests.session.build import CHAIR, MARCH, ROW, STAND, block, item, own_pace, plan, reps, seconds
from tests.session.generate import plans, timelines
from voice_coach import script
from voice_coach.conversation import Choice, Chooser
from voice_coach.prompts import LOST, dry_run, lines_for, menu_lines, texts
from voice_coach.session.engine import Session
from voice_coach.session.events import Command, DeviceBack, DeviceLost, Effect, End, Event, Intent, Reason, Say, Start
from voice_coach.session.lines import Key, Line
from voice_coach.session.plan import Plan

# Said once, after the work, with figures that nobody knows before: rendered when its time comes.
LATE = {Key.SUMMARY}


def unlisted(what: Plan, events: list[Event]) -> set[str]:
    """What a session said that was not to be expected."""
    return {script.text(line) for line in said(what, events) if line.key not in LATE} - {*texts(lines_for(what))}


def said(what: Plan, events: list[Event]) -> list[Line]:
    session = Session(what, script.estimated_ms)
    effects: list[Effect] = []
    for event in events:
        if isinstance(event, (DeviceLost, DeviceBack)):
            event = type(event)(at=event.at, what=LOST)  # the only thing the loop can lose
        effects += session.receive(event)
    while (due := session.deadline) is not None:
        effects += session.advance(due)
    return [effect.line for effect in effects if isinstance(effect, Say)]


@settings(max_examples=10)  # each lists and puts into words all that a plan may need
@given(plans(), timelines())
def test_whatever_happens_every_sentence_was_listed(what: Plan, events: list[Event]) -> None:
    assert not unlisted(what, events)


# Dense in what changes amounts and rests, and in what has them told again.
OFTEN = (
    *(Intent.EASIER, Intent.HARDER, Intent.SLOWER, Intent.FASTER, Intent.MORE_REST, Intent.REPEAT, Intent.BACK),
    *(Intent.SKIP, Intent.DONE, Intent.NUMBER, Intent.PAUSE, Intent.RESUME, Intent.RESUME),
    *(Intent.HOW_TO, Intent.HOW_MANY_LEFT, Intent.HOW_LONG, Intent.WHATS_NEXT, Intent.HELP),
)
PLAIN = replace(CHAIR, id="plain", easier=(), harder=())
PLANS = {
    "reps": plan(item(PLAIN, reps(5), sets=3, rest=45_000), item(CHAIR, reps(6), sets=2, rest=90_000)),
    "circuit": plan(
        block(item(ROW, reps(4), rest=20_000), item(STAND, seconds(12), rest=60_000), rounds=2, round_rest=30_000),
        block(item(STAND, seconds(33), sets=2), item(MARCH, seconds(70, moving=True)), name="Then"),
    ),
    "own pace": plan(item(PLAIN, own_pace(8), sets=2, rest=45_000), item(CHAIR, own_pace(6), rest=20_000)),
}


@pytest.mark.parametrize("name", PLANS)
@pytest.mark.parametrize("seed", range(15))
def test_whoever_changes_everything_again_and_again_hears_only_what_was_listed(name: str, seed: int) -> None:
    chance, at = random.Random(seed), 0
    events: list[Event] = [Start(at=0)]
    for _ in range(60):
        at += chance.choice((500, 2_000, 6_000, 15_000, 40_000))
        events.append(Command(at=at, intent=chance.choice(OFTEN), value=chance.randint(0, 50)))
    assert not unlisted(PLANS[name], [*events, DeviceLost(at=at, what=""), DeviceBack(at=at, what="")])


def test_the_way_through_comes_first_and_nothing_twice() -> None:
    what = plan(item(CHAIR, reps(3), sets=2, rest=20_000), item(STAND, seconds(10)))
    lines = lines_for(what)
    way = [effect.line for effect in dry_run(what) if isinstance(effect, Say)]
    assert list(lines[: len(set(way))]) == list(dict.fromkeys(way))
    assert len(lines) == len(set(lines))
    assert len(texts(lines)) == len(set(texts(lines)))


def test_a_dry_run_ends_sets_at_her_own_pace_as_she_would() -> None:
    effects = dry_run(plan(item(CHAIR, own_pace(5), sets=2, rest=20_000)))
    assert isinstance(effects[-1], End)
    assert effects[-1].reason is Reason.COMPLETED


def test_the_menu_is_known_whatever_is_chosen() -> None:
    choices = [Choice(routine="a", title="Morning", minutes=5), Choice(routine="b", title="Evening", minutes=12)]
    known = set(menu_lines(choices))
    for intents in (
        [],
        [Intent.NUMBER, Intent.NO],
        [Intent.NUMBER, Intent.YES],
        [Intent.STOP],
        [Intent.FALL],
        [Intent.PAUSE],
    ):
        chooser = Chooser(choices, script.estimated_ms)
        effects = chooser.receive(Start(at=0))
        for number, intent in enumerate(intents):
            effects += chooser.receive(Command(at=5_000 * (number + 1), intent=intent, value=2))
        while (due := chooser.deadline) is not None:
            effects += chooser.advance(due)
        assert {effect.line for effect in effects if isinstance(effect, Say)} <= known
