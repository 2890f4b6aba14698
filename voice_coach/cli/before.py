"""What happens before each session: how she is today, what she may do, which routine, and what is different in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from voice_coach.cli.gates import open_to
from voice_coach.cli.memory import Memory
from voice_coach.cli.talk import Leaves, Talk, said
from voice_coach.coaching import Change, Prescribed, loads_to_ask, prescribed
from voice_coach.coaching.ahead import told as told_week
from voice_coach.coaching.ahead import week as ahead
from voice_coach.coaching.week import today
from voice_coach.conversation import Proposed
from voice_coach.conversation.choose import MY_WEEK
from voice_coach.conversation.interview import line
from voice_coach.measures import due, unsuited
from voice_coach.person.feeling import NEXT_DAY, before
from voice_coach.person.lines import Fact
from voice_coach.person.model import NO, YES, Answered, Decision, Form, Incident, Trouble, Weight
from voice_coach.person.questions import Kind, Question
from voice_coach.routine import Block, Exercise, Hold, Item, Load, Routine
from voice_coach.safety import STOPS, Reason, Standing, fitted, refused
from voice_coach.safety.clinician import to_ask
from voice_coach.safety.daily import NEW, Follow, asking, joint_level, told
from voice_coach.session.lines import Key, Line

REMEMBERED = timedelta(days=7)  # how sore she was on the day after is asked for so long [P]
LATER = timedelta(days=14)  # a test that was declined is offered again after so long [P]
WEEKLY = timedelta(days=7)  # no other test is offered for so long after an offer [P]
TEST = "measures.offer"  # the rule of the decision; with a test behind it the question
TOLD_CHANGES = 2  # more reasons than that before a session are a lecture [P]
JOINTS = (Trouble.JOINT_PAIN, Trouble.SHARP_PAIN)  # troubles with a level
BREATHE = Question(id="interview.breathe", optional=True)
BREATH = "easy_breath"  # the id of the exercise that is left in a hold
BREATH_MS = 120_000  # as in the gentle routine (EVIDENCE, routine 11)


def how_she_is(talk: Talk) -> None:
    """The short daily question; what it tells is written down, and answered at once where it is urgent."""
    answers = talk.form(Form.DAILY, asking(talk.memory.standing), keeps=with_incidents)
    for each in told(answers):
        stop = STOPS[each]
        talk.tell(*([Line(Key(stop.response))] if stop.urgent and stop.response else []), *said(stop.told))
        if stop.urgent:
            raise Leaves


def with_incidents(form: Answered) -> tuple[Fact, ...]:
    """The daily form and what it tells that happened; of one that was broken off only what she named.

    What locks comes first, should the power fail in between. The rest comes behind: "it has passed" is no word on the
    dizziness that is told in the same form.
    """
    answers = form.answers if form.complete else {**form.answers, NEW.id: NO}
    level = joint_level(answers)
    found = [Incident(at=form.at, trouble=each, level=level if each in JOINTS else None) for each in told(answers)]
    locking = [each for each in found if STOPS[each.trouble].follow is Follow.LOCK]
    return (*locking, form, *(each for each in found if each not in locking))


def how_she_feels(talk: Talk) -> None:
    """From nought to ten; all of it may be left out."""
    talk.form(Form.FEELING, before(next_day=asks_next_day(talk.memory)), line("interview.feelings"))


def asks_next_day(memory: Memory) -> bool:
    """Whether there was a session on an earlier day of this week, and she was not asked about the day after it."""
    person, now = memory.person, memory.now()
    if not person.sessions:
        return False
    last = person.sessions[-1].began
    asked = any(NEXT_DAY in form.answers and form.at > last for form in person.forms if form.form is Form.FEELING)
    return not asked and last.date() < now.date() and now - last <= REMEMBERED


def a_test(talk: Talk) -> None:
    """Offer the first test of progress that is due and for her today; "no" is for another day, silence too.

    Not on her first day, which is long enough, one test in a week, and one that she did not want only after two weeks
    again [P]. The second try of a test that she agreed to belongs to it.
    """
    memory = talk.memory
    person, now = memory.person, memory.now()
    if not person.sessions:
        return
    offers = [each for each in person.decisions if each.rule == TEST]
    declined = {each.change.get("test") for each in offers if each.accepted is False and now - each.at < LATER}
    lately = [each for each in offers if now - each.at < WEEKLY]
    if any(not each.accepted for each in lately):
        return
    begun = {each.change.get("test") for each in lately}
    for test in due(person, now):
        if (begun and test not in begun) or test in declined:
            continue
        if unsuited(test, person, memory.standing, now) is not None:
            continue
        answer = talk.one(Question(id=f"{TEST}_{test}", optional=True))
        wanted = {YES: True, NO: False}.get(str(answer))
        memory.note(Decision(at=memory.now(), exercise="", rule=TEST, change={"test": test}, accepted=wanted))
        if wanted:
            talk.trial(test)
        return


def proposed(talk: Talk, routines: Sequence[Routine]) -> Proposed:
    """What is proposed for today, and why; for a busy day, too; and what the week ahead is for."""
    memory = talk.memory
    person, now = memory.person, memory.now()
    standing = open_to(person, memory.standing, now)
    plan, quick = (today(person, standing, routines, now, busy=busy) for busy in (False, True))
    week = {MY_WEEK: told_week(ahead(person, standing, routines, now), standing)}
    short = Proposed(routine=quick.options[0].routine or "", say=quick.say)
    return Proposed(routine=plan.options[0].routine or "", say=plan.say, short=short, back=week)


def offered(routines: Sequence[Routine], standing: Standing, library: Mapping[str, Exercise]) -> list[Routine]:
    """Those of the routines that have something for her today, as she may do them."""
    return [fitted(routine, standing, library) for routine in routines if refused(routine, standing) is None]


def breathing(talk: Talk, library: Mapping[str, Exercise], *, told: bool) -> Routine | None:
    """Where she may not train: why, unless she was told, and the quiet breathing offered; nothing else."""
    exercise = library.get(BREATH)
    if not told:
        talk.tell(line("standing.hold"), *said(*talk.memory.standing.hold, *to_ask(talk.memory.standing)))
    if exercise is None or talk.one(BREATHE, line("standing.hold_breathing")) != YES:
        talk.tell(line("standing.nothing_lost"))
        return None
    amount = Hold(ms=BREATH_MS, moving=True)
    item = Item(exercise=exercise, sets=1, amount=amount, tempo=None, rest=0, each_side=False)
    return Routine(
        id=BREATH,
        title="Quiet breathing",
        aliases=(),
        purpose="Breathe quietly.",
        blocks=(Block(name="Breathing", items=(item,)),),
        path="",
        digest="",
    )


def as_today(talk: Talk, routine: Routine) -> Prescribed:
    """The routine as the programme has it today: loads asked for that were never told, changes told with reasons."""
    memory = talk.memory
    for exercise in loads_to_ask(routine, memory.person):
        question = Question(id="interview.load", kind=Kind.LOAD, args=(exercise.name,), optional=True)
        answer = talk.one(question)
        if load := load_of(answer):
            memory.note(Weight(at=memory.now(), exercise=exercise.id, load=load))
    made = prescribed(routine, memory.person, memory.standing, memory.now())
    talk.tell(*said(*made.say, *reasons(made.changes)))
    return made


def reasons(changes: Sequence[Change]) -> list[Reason]:
    """The reasons of the first changes, each once."""
    return list(dict.fromkeys(change.reason for change in changes))[:TOLD_CHANGES]


def load_of(answer: str | int) -> Load | None:
    """A load as she told it; None where she was not sure."""
    if isinstance(answer, int):
        return Load(grams=answer)
    return Load(label=answer) if answer.endswith(" band") else None
