"""What was said and not understood: a soft tone now and then, the key after two in a row, never over a count."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.session.build import CHAIR, Run, command, counts, heard, item, plan, reps, run, spoken_ms, words
from voice_coach.session.engine import Session
from voice_coach.session.events import Command, Effect, Event, Intent, Say, Sound, Start, Tone, Unheard
from voice_coach.session.lines import Key
from voice_coach.session.misses import IN_A_ROW, TOLD_EVERY, TONE_MS
from voice_coach.session.state import Place

EIGHT = plan(item(CHAIR, reps(8), sets=2, rest=60_000))
WORK = 51_000  # in the middle of the first set


def told(done: Run) -> list[tuple[int, str]]:
    """Tones and sentences about what was not understood."""
    found = []
    for effect in done.effects:
        if isinstance(effect, Sound) and effect.tone is Tone.UNCLEAR:
            found.append((effect.at, "tone"))
        elif isinstance(effect, Say) and effect.line.key in (Key.MISSED, Key.MISSED_WAITING):
            found.append((effect.at, effect.line.key.value))
    return found


def missed(*at: int, before: tuple[Event, ...] = (), until: int = 200_000) -> Run:
    return run(EIGHT, sorted([*before, *(Unheard(at=each) for each in at)], key=lambda e: e.at), until=until)


def test_one_is_told_by_a_soft_tone_and_nothing_else_changes() -> None:
    done, plain = missed(WORK), run(EIGHT, until=200_000)
    assert [kind for _, kind in told(done)] == ["tone"]
    assert [e for e in done.effects if not (isinstance(e, Sound) and e.tone is Tone.UNCLEAR)] == list(plain.effects)


def test_the_second_in_a_row_offers_the_key_once_a_session() -> None:
    done = missed(WORK, WORK + 5_000, WORK + 30_000, WORK + 35_000)
    assert [kind for _, kind in told(done)] == ["tone", "missed", "tone"]


@pytest.mark.parametrize(("gap", "second"), [(IN_A_ROW, "missed"), (IN_A_ROW + 1, "tone")])
def test_in_a_row_means_soon(gap: int, second: str) -> None:
    assert [kind for _, kind in told(missed(WORK, WORK + gap))] == ["tone", second]


def test_a_command_in_between_ends_the_row() -> None:
    between = command(WORK + 2_000, Intent.HOW_MANY_LEFT)
    done = missed(WORK, WORK + 15_000, before=(between,))
    assert [kind for _, kind in told(done)] == ["tone", "tone"]


def test_the_tone_comes_at_most_every_ten_seconds() -> None:
    spoken = [WORK + 1_000 * n for n in range(100)]
    session = Session(EIGHT, spoken_ms)
    session.receive(Start(at=0))
    decided = [
        at for at in spoken if any(isinstance(e, Sound) and e.tone is Tone.UNCLEAR for e in receive(session, at))
    ]
    assert len(decided) >= 8
    assert all(later - earlier >= TOLD_EVERY for earlier, later in pairwise(decided))


def receive(session: Session, at: int) -> list[Effect]:
    session.advance(at)
    return session.receive(Unheard(at=at))


@pytest.mark.parametrize("at", range(48_000, 60_000, 370))
def test_neither_tone_nor_sentence_sounds_over_a_count(at: int) -> None:
    done = missed(at, at + 4_000)
    for start, kind in told(done):
        length = TONE_MS if kind == "tone" else spoken_ms_of(done)
        for count in counts(done.effects):
            assert count.until <= start or start + length <= count.at
    plain = [(c.at, c.until) for c in counts(run(EIGHT, until=200_000).effects)]
    assert [(c.at, c.until) for c in counts(done.effects)] == plain


def spoken_ms_of(done: Run) -> int:
    return next(spoken_ms(e.line) for e in done.effects if isinstance(e, Say) and e.line.key is Key.MISSED)


@pytest.mark.parametrize(("said", "at"), [("pause", 70_000), ("stop", 56_000)])
def test_standing_still_the_key_that_goes_on_is_offered(said: str, at: int) -> None:
    (said_command,) = words(f"51s {said}")
    done = missed(at, at + 3_000, before=(said_command,), until=at + 20_000)
    assert [kind for _, kind in told(done)] == ["tone", "missed waiting"]
    spoken = [each for each in heard(done.effects) if isinstance(each.effect, Say)]
    mine = next(each for each in spoken if isinstance(each.effect, Say) and each.effect.line.key is Key.MISSED_WAITING)
    assert all(other is mine or other.until <= mine.at or mine.until <= other.at for other in spoken)


def test_in_distress_at_the_end_and_before_the_start_nothing_is_said() -> None:
    session = Session(EIGHT, spoken_ms)
    assert session.receive(Unheard(at=0)) == []
    session.receive(Start(at=0))
    session.receive(Command(at=1_000, intent=Intent.FALL))
    before = session.state
    assert session.receive(Unheard(at=1_000)) == [] and session.state == before
    session.receive(Command(at=2_000, intent=Intent.END))
    assert session.place is Place.OVER
    assert session.receive(Unheard(at=3_000)) == []
    closing = run(EIGHT, words("51s stop", "52s yes"), until=53_000).session
    assert closing.place is Place.CLOSING and closing.receive(Unheard(at=53_000)) == []
