"""Two tests of standing still: the four positions of the CDC's STEADI sheet, and how long on one leg.

Protocol in our own words (EVIDENCE 5): eyes open, usual shoes, the counter in front, a wall or corner behind. A hold
ends when she touches the counter or moves a foot, and says so or presses a key.
"""

from __future__ import annotations

from collections.abc import Generator

from voice_coach.measures.battery import POSITIONS
from voice_coach.measures.steps import Answer, Ask, Flow, Ran, Run, Score, Step, Tell, Told, Want, line, lines
from voice_coach.routine.model import Ms, Side
from voice_coach.session.lines import Line

POSITION: Ms = 10_000  # each of the four is held so long (CDC STEADI; EVIDENCE 5, [V])
ONE_LEG: Ms = 45_000  # the cap (Springer and others, J Geriatr Phys Ther 2007;30:8-15; EVIDENCE 5, [V])
TRIES = 3  # on each leg, the best counts (the same)
CALLS = (10, 20, 30)  # seconds that are called out on one leg
FOUR_EXPLAINED = lines("four.what", "stance.safe", "stance.shoes", "stance.how", "stance.done", "wrong")
ONE_EXPLAINED = lines("one.what", "one.tries", "stance.safe", "stance.shoes", "stance.how", "stance.done", "wrong")


def four_stage(told: Told) -> Flow:
    """The positions one after the other, each once. The value is how many were held; "no" leaves it there."""
    yield Tell(lines=FOUR_EXPLAINED)
    held, lost = 0, ""
    first: tuple[Line, ...] = ()
    while held < len(POSITIONS) and not lost:
        name = POSITIONS[held]
        seconds = yield from _held((*first, line(f"four.{name}"), line("ready")), POSITION)
        if seconds is None:
            lost = f"{name} not tried"
        elif seconds * 1000 < POSITION:
            lost = f"{name} {seconds} s"
            yield Tell(lines=(line("stance.was", seconds),))
        else:
            held += 1
            first = lines("four.held")
    if lost == f"{POSITIONS[0]} not tried":
        yield Tell(lines=lines("another_day"))
        return
    score = Score(value=held, detail=lost)
    yield score
    yield Tell(lines=(*told([score]), line("end")))


def one_leg(told: Told) -> Flow:
    """Three tries on each leg; the cap need not be reached twice. The value is in whole seconds."""
    yield Tell(lines=ONE_EXPLAINED)
    scores: list[Score] = []
    first: tuple[Line, ...] = ()
    for side, number in ((side, number) for side in (Side.LEFT, Side.RIGHT) for number in range(1, TRIES + 1)):
        if any(score.detail == side.value and score.value * 1000 >= ONE_LEG for score in scores):
            continue
        seconds = yield from _held((*first, line("one.leg", side.value, number), line("ready")), ONE_LEG, CALLS)
        if seconds is None:
            break
        score = Score(value=seconds, detail=side.value)
        yield score
        scores.append(score)
        first = (line("stance.was", seconds), line("one.rest"))
    yield Tell(lines=(*told(scores), line("end")) if scores else lines("another_day"))


def _held(asked: tuple[Line, ...], ms: Ms, calls: tuple[int, ...] = ()) -> Generator[Step, Answer, int | None]:
    """Whole seconds that a position was held; None where she wants no more. A void try is offered again."""
    while (yield Ask(lines=asked, want=Want.READY)) is True:
        ran = yield Run(ms=ms, ends=True, begin=line("stance.begin"), calls=calls, ten_left=bool(calls))
        if isinstance(ran, Ran):
            return ran.ms // 1000
        asked = lines("void")
    return None
