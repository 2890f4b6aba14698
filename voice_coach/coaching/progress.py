"""What the programme proposes after a session: back-offs are told and done, a raise needs an explicit yes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from voice_coach.coaching.balance import balance_verdict
from voice_coach.coaching.case import Case, Verdict, Way, case_of
from voice_coach.coaching.gaps import set_back
from voice_coach.coaching.impact import impact_verdict
from voice_coach.coaching.ladder import hers
from voice_coach.coaching.level import BACK_OFF
from voice_coach.coaching.loads import STRENGTH, Means
from voice_coach.coaching.phases import phase
from voice_coach.coaching.rules import hurt, verdict
from voice_coach.person.model import Answer, Decision, Person
from voice_coach.person.questions import Question
from voice_coach.routine.model import Exercise
from voice_coach.safety.dates import days_since
from voice_coach.safety.model import Reason, Standing

MOST_RAISED = 2  # movements a session (EVIDENCE 2.3, [P])
QUIET_DAYS = 14  # a declined raise is not offered again for so long, [P]
IMPACT = "impact_ladder"  # what a proposal about the impact ladder is called instead of one movement


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A change with its rule and reason. `reason` is told; where a yes is needed `question` is asked; then `then`."""

    exercise: str  # id, or IMPACT
    rule: str
    reason: Reason
    change: Mapping[str, Answer]
    needs_yes: bool
    question: Question | None
    then: Reason | None


def proposals(
    person: Person, standing: Standing, library: Mapping[str, Exercise], now: datetime
) -> tuple[Proposal, ...]:
    """For the newest session: what is taken back, then at most two raises, the longest unchanged movement first."""
    found = considered(person, standing, library, now)
    down = [_proposal(name, each) for name, each in found if each.way is Way.DOWN]
    up = [_proposal(name, each) for name, each in found if each.way is Way.UP]
    return (*down, *up[: max(0, MOST_RAISED - _raised_already(person))])


def decision(proposal: Proposal, accepted: bool | None, at: datetime) -> Decision:
    """What is written of a proposal. One that needs no yes counts as accepted; None: not answered, so asked again."""
    agreed = accepted if proposal.needs_yes else True
    return Decision(at=at, exercise=proposal.exercise, rule=proposal.rule, change=proposal.change, accepted=agreed)


def considered(
    person: Person, standing: Standing, library: Mapping[str, Exercise], now: datetime
) -> tuple[tuple[str, Verdict], ...]:
    """What the rules say of every movement of the newest session, holds included; the longest unchanged first."""
    if standing.hold or not person.sessions:
        return ()
    done = dict.fromkeys(each.exercise for each in person.sessions[-1].sets)
    judged = [hers(library[name], standing) for name in done if name in library]
    at = phase(person, standing, now)
    cases = [case for each in judged if (case := case_of(person, each, standing.tier, at, now))]
    found = [(case.exercise.id, each) for case in cases if (each := _verdict(case))]
    if impact := impact_verdict(person, standing, library, now):
        found.append((IMPACT, impact))
    found.sort(key=lambda pair: _unchanged_since(person, pair[0]))
    return tuple((name, _allowed(name, each, person, standing, library, now)) for name, each in found)


def _verdict(case: Case) -> Verdict | None:
    if case.means in STRENGTH:
        return verdict(case)
    return hurt(case) or balance_verdict(case) if case.means is Means.BALANCE else None


def _allowed(
    name: str, found: Verdict, person: Person, standing: Standing, library: Mapping[str, Exercise], now: datetime
) -> Verdict:
    """The verdict, or a hold where this is no day to raise anything, or not this movement."""
    if found.way is not Way.UP:
        return found
    newest = person.sessions[-1]
    if (
        standing.due
        or standing.lighter
        or standing.gentle
        or set_back(person, now)
        or any(each.session == newest.id for each in person.incidents)
    ):
        return _held("hold.today", "progress.not_today")
    exercise = library.get(name)
    tags = set(exercise.tags) if exercise else set()
    if name in standing.avoided | standing.eased or tags & (standing.light | standing.hidden):
        return _held("hold.spared", "progress.not_this_one")
    if _declined_lately(person, name, now):
        return _held("hold.declined", "progress.as_you_said")
    return found


def _held(rule: str, say: str) -> Verdict:
    return Verdict(rule=rule, way=Way.HOLD, reason=Reason(say=say))


def _declined_lately(person: Person, name: str, now: datetime) -> bool:
    """Whether she said no within two weeks; a no that lies ahead counts, too."""
    said_no = (each for each in person.decisions if each.exercise == name and each.accepted is False)
    return any(days_since(each.at, now) < QUIET_DAYS for each in said_no)


def _raised_already(person: Person) -> int:
    """Raises she has agreed to after this session."""
    newest = person.sessions[-1].id if person.sessions else ""
    of_it = (each for each in person.decisions if each.accepted and each.change.get("session") == newest)
    return sum(not each.rule.startswith(BACK_OFF) for each in of_it)


def _unchanged_since(person: Person, name: str) -> int:
    """Where in the log the movement was last changed; -1 for never, which comes first."""
    places = [place for place, each in enumerate(person.decisions) if each.exercise == name and each.accepted]
    return _last(places)


def _last(places: Sequence[int]) -> int:
    return places[-1] if places else -1


def _proposal(name: str, found: Verdict) -> Proposal:
    return Proposal(
        exercise=name,
        rule=found.rule,
        reason=found.reason,
        change=found.change,
        needs_yes=found.way is Way.UP,
        question=found.question,
        then=found.then,
    )
