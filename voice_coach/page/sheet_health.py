"""The sheet's parts about health: screening and level, tests, symptoms and stops, questions to ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from voice_coach import script
from voice_coach.measures import CHAIR_STAND, FOUR_STAGE, MEASURES, ONE_LEG
from voice_coach.measures.battery import WITH_HANDS
from voice_coach.measures.norms import shown
from voice_coach.measures.progress import STANDS
from voice_coach.page.diary import Diary
from voice_coach.page.parts import Table, day_words, times
from voice_coach.page.sheet import OWN_RULE, Part, level
from voice_coach.person.model import NO, YES, Answer, Form, Incident, Matter, Measured
from voice_coach.review.past import by_week
from voice_coach.routine.model import Tier
from voice_coach.safety.about import age
from voice_coach.safety.clinician import to_ask
from voice_coach.safety.model import Reason, Standing
from voice_coach.safety.questions import QUESTIONS
from voice_coach.safety.standing import standing
from voice_coach.session.events import Reason as Ended
from voice_coach.session.lines import Key, Line

_ROWS = 8  # of a table, so that the sheet stays at two pages
_PAIN = 4  # of 10: from here on a pain is told singly ("joint pain 4-5", EVIDENCE 1.4)
# What each level comes to, in short; all of it is the program's own choice (EVIDENCE 1.2, [P]).
_LEVELS: Mapping[Tier, str] = {
    Tier.HIGH: "supported (the most careful of three): hand on the counter, no impact, nothing overhead",
    Tier.MODERATE: "middle of three: heel drops and heavier loads only after a clinician’s yes",
    Tier.LOW: "free (the least restricted of three): the loads and landings of the program’s own steps",
}
_MATTERS: Mapping[Matter, str] = {
    Matter.TRAINING: "exercise at all",
    Matter.LOAD: "heavier loads",
    Matter.IMPACT: "heel drops",
}
_GOOD_YES = frozenset({"screening.floor", "screening.near", "screening.well"})  # where "yes" needs no attention
_QUESTIONS: Mapping[str, str] = {
    "clinician.ask_train": "Is gentle strength and balance exercise at home suitable now?",
    "clinician.ask_limits": "Is there a movement that had better be left out?",
    "clinician.ask_physio": "Who could go through the exercises with her in person?",
    "clinician.ask_load": "May she lift heavier weights, step by step?",
    "clinician.ask_heels": "Are heel drops suitable for her?",
    "clinician.ask_technique": "Would you look at how she bends and lifts?",
}


def screening(diary: Diary) -> Part:
    """When she was asked, what needs attention in her answers, and which level the program chose."""
    now = standing(diary.person, diary.now)
    form = diary.person.last(Form.SCREENING)
    if form is None:
        words = ["She has not answered the program’s health questions to their end."]
    else:
        asked = [each.at for each in diary.person.forms if each.form is Form.SCREENING and each.complete]
        words = [
            f"Health questions last answered in full on {day_words(form.at.date(), year=True)}"
            f" ({times(len(asked))} since {day_words(asked[0].date(), year=True)})."
        ]
    words.append(f"Level chosen from the answers: {_LEVELS[level(diary)]}.")
    if now.due:
        careful = "Until then the program keeps to its most careful level."
        words.append(f"The questions are due again. {_said(now.due.reason)} {careful}")
    words += [f"Training is on hold. {_said(reason)}" for reason in now.hold[:1]]
    return Part(
        title="Screening and level",
        words=words,
        points=[*_answers(form.answers if form else {}), *_clearances(diary)],
        small=f"{OWN_RULE}: the level only chooses where the program begins. It is no assessment of fracture or falls.",
    )


def _said(reason: Reason) -> str:
    """The sentence that the program says to her."""
    return f"She was told: “{script.text(Line(Key.TALK, (reason.say, *reason.args)))}”"


def _answers(answers: Mapping[str, Answer]) -> Iterator[str]:
    """Answers that want to be looked at, in the words of their questions; then that there were no others."""
    if not answers:
        return
    found = [(each.id, answers[each.id]) for each in QUESTIONS if _tells(each.id, answers.get(each.id))]
    for name, answer in found:
        yield f"{script.text(Line(Key.TALK, (name,)))} {str(answer).capitalize()}."
    yield "All other questions were answered without anything to report." if found else "No answer needed attention."


def _tells(name: str, answer: Answer | None) -> bool:
    return answer is not None and answer not in ((YES,) if name in _GOOD_YES else (NO, 0))


def _clearances(diary: Diary) -> Iterator[str]:
    for each in diary.person.clearances:
        answer, day = "yes" if each.given else "no", day_words(each.at.date(), year=True)
        yield f"A clinician’s {answer} to {_MATTERS[each.matter]}, as she told it on {day}."


def tests(diary: Diary) -> Part | None:
    """Each test: where she began, and where she is."""
    rows = [row for test in MEASURES for row in _rows(test, diary.person.measures)]
    if not rows:
        return None
    done = {each.test for each in diary.person.measures}
    beside = [words for test in MEASURES if test in done for words in shown(test, age(diary.person))]
    return Part(
        title="Tests of progress, done at home by voice",
        table=Table(
            caption="First and newest value",
            heads=("Test", "First", "Newest", "Days tested"),
            rows=rows,
            figures=frozenset({3}),
        ),
        small=f"A change under {STANDS} stands may be chance (Gill and others 2022). {' '.join(beside)}",
    )


def _rows(test: str, measures: Iterable[Measured]) -> Iterator[tuple[str, str, str, int]]:
    groups: dict[str, list[Measured]] = {}
    for each in measures:
        if each.test == test:
            groups.setdefault(_group(each), []).append(each)
    for group, tries in groups.items():
        tries.sort(key=lambda each: each.at)
        first, newest = (_best(tries, at) for at in (tries[0].at, tries[-1].at))
        title = f"{MEASURES[test].title}{f', {group}' if group else ''}"
        yield title, first, newest, len({each.at.date() for each in tries})


def _group(each: Measured) -> str:
    if each.test == CHAIR_STAND and WITH_HANDS in each.detail:
        return "with hands"
    return each.detail if each.test == ONE_LEG else ""


def _best(tries: Sequence[Measured], at: datetime) -> str:
    """The best of a day, which is what counts."""
    value = max(each.value for each in tries if each.at.date() == at.date())
    unit = {CHAIR_STAND: " stands", FOUR_STAGE: " of 4 positions", ONE_LEG: " s"}[tries[0].test]
    return f"{value}{unit} ({day_words(at.date(), year=True)})"


def symptoms(diary: Diary) -> Part:
    """What happened, which sessions ended because of it, and pain that was told after a movement."""
    weeks = by_week(diary.person, diary.exercises, diary.since, diary.today)
    stopped = {one.id for one in diary.person.sessions if one.ended == Ended.DISTRESS.value}
    happened = [each for one in weeks for each in one.incidents]
    rows = [
        (
            day_words(each.at.date(), year=True),
            each.trouble.value,
            diary.name(each.exercise) if each.exercise else "",
            "" if each.level is None else f"{each.level} of 10",
            "stopped" if each.session in stopped else "went on" if each.session else "told outside of a session",
        )
        for each in sorted(happened, key=_when)[-_ROWS:]
    ]
    pains = Counter(diary.name(pain.exercise) for one in weeks for pain in one.pains if pain.level >= _PAIN)
    points = [f"{name}: pain of {_PAIN} or more told {times(count)}." for name, count in pains.most_common(_ROWS)]
    if not rows and not points:
        return Part(title="Symptoms and stops", words=["She told of none in this period."])
    more = len(happened) - len(rows)
    heads = ("Day", "What", "Movement", "Pain", "The session")
    return Part(
        title="Symptoms and stops",
        table=Table(caption="What happened, the newest last", heads=heads, rows=rows) if rows else None,
        points=points,
        small=f"{more} earlier ones are in the diary." if more > 0 else "",
    )


def _when(incident: Incident) -> datetime:
    return incident.at


def questions(diary: Diary) -> Part:
    """What she would like to ask."""
    now = standing(diary.person, diary.now)
    asked = [_QUESTIONS[each.say] for each in to_ask(now) if each.say in _QUESTIONS]
    return Part(title="Questions she may want to ask", points=[*_worries(now), *asked])


def _worries(now: Standing) -> Iterator[str]:
    if now.locked is not None:
        day = day_words(now.locked.at.date(), year=True)
        yield f"After “{now.locked.trouble.value}” on {day}: may exercise go on, and how?"
    if any(each.say == "standing.advice_check" for each in now.advice):
        yield "The same thing has hurt in two sessions: would you look at it?"


def left_out(diary: Diary) -> Part | None:
    """What of the log could not be read; None where nothing was lost."""
    return Part(title="What this summary cannot tell", points=diary.notes) if diary.notes else None
