"""The 30-second chair stand: how often she can stand up. She counts, or taps a key; the number is asked for afterwards.

A number said while she stands up may be lost in her breath; one that is asked for in peace, and read back, is not.
Protocol of the CDC's STEADI sheet, in our own words (public domain; EVIDENCE 5): a chair of about 43 cm against a wall,
arms crossed, more than half-way up at the end counts, with the hands it is nought officially.
"""

from __future__ import annotations

from collections.abc import Generator

from voice_coach.measures.battery import WITH_HANDS
from voice_coach.measures.steps import Answer, Ask, Flow, Ran, Run, Score, Step, Tell, Told, Want, line, lines
from voice_coach.routine.model import Ms

LASTS: Ms = 30_000  # thirty seconds (CDC STEADI; EVIDENCE 5, [S])
ASKED = 3  # so often the number is asked for, then the try is left out [P]
EXPLAINED = lines("chair.what", "chair.safe", "chair.seat", "chair.how", "chair.half", "chair.hands", "chair.count")


def chair_stand(tries: int, told: Told) -> Flow:
    """The whole test, with so many tries; she may leave out the later ones."""
    yield Tell(lines=(*EXPLAINED, line("wrong")))
    scores: list[Score] = []
    asked = lines("ready")
    while len(scores) < tries and (yield Ask(lines=asked, want=Want.READY)) is True:
        ran = yield Run(ms=LASTS, ends=False, begin=line("chair.begin"), ten_left=True)
        if not isinstance(ran, Ran):
            asked = lines("void")
            continue
        count = yield from _counted(ran.taps)
        if count is None:
            asked = lines("lost_count")
            continue
        hands = yield Ask(lines=lines("chair.hands_used"), want=Want.YES_NO)
        score = Score(value=count, detail="" if hands is False else WITH_HANDS)  # "not sure" is the careful branch
        yield score
        scores.append(score)
        asked = (line("noted", count), *lines("chair.second", "ready_second"))
    yield Tell(lines=(*told(scores), line("end")) if scores else lines("another_day"))


def _counted(taps: int) -> Generator[Step, Answer, int | None]:
    """The number, told by her and read back, or the taps if she agrees; None where no number came."""
    answer: Answer = None
    if taps:
        answer = yield Ask(lines=(line("chair.rest"), line("chair.tapped", taps)), want=Want.RIGHT)
        if answer is True:
            return taps
    first = () if taps else lines("chair.rest")
    for _ in range(ASKED):
        if not _is_number(answer):
            answer = yield Ask(lines=(*first, line("chair.how_many")), want=Want.NUMBER)
            first = ()
        if isinstance(answer, int) and _is_number(answer):
            count = answer
            answer = yield Ask(lines=(line("right", count),), want=Want.RIGHT)
            if answer is True:
                return count
    return None


def _is_number(answer: Answer) -> bool:
    return isinstance(answer, int) and not isinstance(answer, bool)
