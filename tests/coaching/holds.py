"""What has to hold for everybody, whatever happened: of her standing, of a plan, and of what is proposed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime

from tests.coaching.build import LIBRARY, items
from voice_coach.coaching import Prescribed, Proposal, phase, prescribed, proposals
from voice_coach.coaching.impact import IMPACTS, impacts_on
from voice_coach.coaching.items import count_of
from voice_coach.coaching.level import level
from voice_coach.coaching.loads import BANDS, STRENGTH, means
from voice_coach.coaching.phases import Phase
from voice_coach.person.model import Answer, Effort, Form, Matter, Person, SetDone, Trained, Trouble
from voice_coach.routine import Exercise, Group, Item, Load, Routine, Tier
from voice_coach.safety import fitted, refused
from voice_coach.safety.impact import impact_allowed
from voice_coach.safety.model import Reason, Standing
from voice_coach.safety.standing import standing as standing_of
from voice_coach.script.talk import words

LOCKS = {Trouble.EMERGENCY, Trouble.BACK_PAIN, Trouble.FALL, Trouble.FRACTURE, Trouble.HOSPITAL}
HOLDS = ("supervised", "chest", "faint", "breath", "pressure", "recent", "back")  # a yes to one is no training
CEILING = {Tier.LOW: 8, Tier.MODERATE: 7, Tier.HIGH: 6}  # effort (EVIDENCE 1.2, [P])
MOST_REPS, MOST_HELD = 16, 8  # 12 and four more where a plate is a large step; holds of five seconds (EVIDENCE 2.3)
HEAVIEST = 50_000  # grams


def can_be_said(*reasons: Reason | None) -> None:
    """Each is there, and its sentence can be said."""
    for reason in reasons:
        assert reason is not None
        assert words(reason.say, *reason.args).strip(), reason


def stands(person: Person, now: datetime) -> Standing:
    """Her standing: what has to forbid training does, and all of it can be said."""
    who = standing_of(person, now)
    can_be_said(*who.reasons, *who.hold, *who.advice, *([who.due.reason] if who.due else []))
    assert all(words(each.id, *each.args) for each in who.asks)
    form = next((each for each in reversed(person.forms) if each.form is Form.SCREENING), None)
    if not any(each.given for each in person.clearances):
        locked = any(each.trouble in LOCKS for each in person.incidents)
        unwell = form is None or any(form.answers.get(f"screening.{row}") != "no" for row in HOLDS)
        assert who.hold or not (locked or unwell)
    assert who.tier is Tier.HIGH or not who.due
    return who


def plan_of(routine: Routine, person: Person, who: Standing, now: datetime) -> Prescribed | None:
    """Today's plan of a routine, with everything checked that it may not hold; None where it is refused."""
    if reason := refused(routine, who):
        can_be_said(reason)
        return None
    fit = fitted(routine, who, LIBRARY)
    made = prescribed(fit, person, who, now)
    for each in (fit, made.routine):
        _only_hers(each, person, who, now)
    _within_caps(routine, fit, made, person, who)
    can_be_said(*made.say, *(each.reason for each in made.changes))
    assert len(made.say) <= 3
    landed = sum(
        _amount(item) * block.rounds * (2 if item.each_side else 1)
        for block in made.routine.blocks for item in block.items if "impact" in item.exercise.tags
    )  # fmt: skip
    assert not landed or landed + impacts_on(person, LIBRARY, now.date()) <= 50
    return made


def _amount(item: Item) -> int:
    return item.sets * count_of(item)


def _only_hers(routine: Routine, person: Person, who: Standing, now: datetime) -> None:
    assert not routine.tiers or who.tier in routine.tiers or who.hold
    names = {item.exercise.id for item in items(routine)}
    assert not who.hold or names <= {"easy_breath"}
    assert not who.gentle or routine.id == "gentle_mobility" or names <= {"easy_breath"}
    assert not names & who.avoided
    for item in items(routine):
        exercise, tags = item.exercise, set(item.exercise.tags)
        assert who.tier in exercise.tiers
        assert not tags & {*who.hidden, "spinal_flexion_loaded", "twisting"}
        assert who.tier is not Tier.HIGH or not tags & {"impact", "overhead", "prone"}
        assert who.floor or "floor_transfer" not in tags
        assert "impact" not in tags or impact_allowed(person, who, now).allowed
        tier = Tier.HIGH if who.supported and exercise.group is Group.BALANCE else who.tier
        for rung in (*exercise.easier, *exercise.harder):
            assert not rung.tiers or tier in rung.tiers, rung
            assert who.floor or "kneel" not in rung.say.casefold()
        assert -len(exercise.easier) <= item.rung <= len(exercise.harder)


def _within_caps(written: Routine, fit: Routine, made: Prescribed, person: Person, who: Standing) -> None:
    before = {item.exercise.id: item for item in items(fit)}
    assert Counter(item.exercise.id for item in items(made.routine)) <= Counter(item.exercise.id for item in items(fit))
    assert made.phase in ("", "careful") or who.tier is not Tier.HIGH
    assert made.phase != "load" or who.tier is Tier.LOW or Matter.LOAD in who.cleared
    for item in items(made.routine):
        old, name, kind = before[item.exercise.id], item.exercise.id, means(item.exercise, item.load)
        agreed = [each for each in person.decisions if each.exercise == name and each.accepted]
        if name in IMPACTS:
            continue  # the ceiling of impacts is held above
        most = max(each.sets for each in items(fit) if each.exercise.id == name)
        assert 1 <= item.sets <= most
        written_reps = max(count_of(each) for each in items(fit) if each.exercise.id == name)
        if who.tier is Tier.HIGH or kind not in STRENGTH or made.phase == "learn" or not made.phase:
            assert count_of(item) <= written_reps
        else:
            assert count_of(item) <= MOST_REPS
        rungs = [at for each in agreed if isinstance(at := each.change.get("at"), int)]
        assert item.rung <= max(0, old.rung, *rungs)
        _held(item, old, [each.load for each in person.weights if each.exercise == name], [e.change for e in agreed])
    assert all(block.rounds <= max(each.rounds for each in written.blocks) for block in made.routine.blocks)


def _held(item: Item, old: Item, told: list[Load], agreed: list[Mapping[str, Answer]]) -> None:
    """No load but what is written, told or agreed to, or less."""
    if item.load is None:
        return
    grams = [each.grams for each in (*told, *([old.load] if old.load else []))]
    grams += [each for change in agreed if isinstance(each := change.get("grams"), int)]
    bands = [_band(each.label) for each in told] + [_band(str(change.get("label", ""))) for change in agreed]
    if item.load.label:
        assert _band(item.load.label) <= max(bands, default=-1) or (old.load and item.load.label == old.load.label)
    else:
        assert 0 < item.load.grams <= min(HEAVIEST, max(grams, default=0))


def _band(label: str) -> int:
    return next((place for place, colour in enumerate(BANDS) if colour in label.split()), -1)


def offered_to(person: Person, who: Standing, now: datetime) -> tuple[Proposal, ...]:
    """What is proposed after the newest session, with every cap checked."""
    offered, session = proposals(person, who, LIBRARY, now), person.sessions[-1]
    raised = [each for each in offered if each.needs_yes]
    assert len(raised) <= 2
    assert not raised or not (who.hold or who.due or who.gentle or who.lighter)
    assert not raised or all(each.session != session.id for each in person.incidents)
    assert len({each.exercise for each in offered}) == len(offered)
    for each in offered:
        can_be_said(each.reason, *([each.then] if each.then else []))
        assert each.needs_yes == (each.question is not None)
        if each.question:
            assert words(each.question.id, *each.question.args)
        if exercise := LIBRARY.get(each.exercise):
            (_raised if each.needs_yes else _taken_back)(each, exercise, person, who, now)
        elif each.needs_yes:
            assert not impact_allowed(person, who, now).missing
            assert phase(person, who, now) is not Phase.LEARN
    if not who.hold:
        back = {each.exercise for each in offered if not each.needs_yes}
        assert set(_too_much(session)) <= back
    return offered


def _too_much(session: Trained) -> Iterator[str]:
    """Movements of strength that were clearly more than she should do."""
    for name in {each.exercise for each in session.sets}:
        effort = session.efforts.get(name, Effort())
        over = (effort.effort or 0) >= 9 or effort.reserve == 0 or (effort.pain or 0) >= 4
        if over and means(LIBRARY[name]) in STRENGTH:
            yield name


def _raised(each: Proposal, exercise: Exercise, person: Person, who: Standing, now: datetime) -> None:
    assert exercise.id not in who.avoided | who.eased
    assert not set(exercise.tags) & (who.hidden | who.light)
    told = person.sessions[-1].efforts.get(exercise.id, Effort())
    if means(exercise) in STRENGTH:
        assert told.effort is not None
        assert told.effort <= min(CEILING[who.tier], 6)
        assert told.reserve is None or told.reserve >= 3
        assert (told.pain or 0) < 4
    held = level(person, exercise, now).load or _last(person, exercise).load
    change = each.change
    if isinstance(grams := change.get("grams"), int):
        assert held is not None
        plate = 1000 if held.grams >= 10_000 else 500
        percent = 10 if exercise.group is Group.LEGS else 5
        assert 0 < grams - held.grams <= max(plate, held.grams * percent // 100)
        assert grams <= HEAVIEST
    if each.rule == "up.regain":
        assert who.tier is not Tier.HIGH
        assert _had_before(each.change, person, exercise)
    if isinstance(label := change.get("label"), str):
        assert held is not None
        assert _band(label) == _band(held.label) + 1
    if isinstance(reps := change.get("reps"), int):
        assert who.tier is not Tier.HIGH
        assert reps <= (MOST_HELD if means(exercise).value == "held" else MOST_REPS)
    if isinstance(words_of := change.get("rung"), str) and words_of:
        rung = next(one for one in (*exercise.easier, *exercise.harder) if one.say == words_of)
        assert not rung.tiers or who.tier in rung.tiers


def _had_before(change: Mapping[str, Answer], person: Person, exercise: Exercise) -> bool:
    """Whether she has told or agreed to as much at some time."""
    told = [each.load for each in person.weights if each.exercise == exercise.id]
    agreed = [each.change for each in person.decisions if each.exercise == exercise.id and each.accepted]
    if isinstance(grams := change.get("grams"), int):
        had = [*(each.grams for each in told), *(each for e in agreed if isinstance(each := e.get("grams"), int))]
        return grams <= max(had)
    bands = [*(_band(each.label) for each in told), *(_band(str(each.get("label", ""))) for each in agreed)]
    return _band(str(change["label"])) <= max(bands)


def _taken_back(each: Proposal, exercise: Exercise, person: Person, _who: Standing, now: datetime) -> None:
    held = level(person, exercise, now).load or _last(person, exercise).load
    if isinstance(grams := each.change.get("grams"), int):
        assert held is not None
        assert 0 < grams < held.grams
    if isinstance(label := each.change.get("label"), str):
        assert held is not None
        assert _band(label) == _band(held.label) - 1
    assert "reps" not in each.change


def _last(person: Person, exercise: Exercise) -> SetDone:
    return [each for each in person.sessions[-1].sets if each.exercise == exercise.id][-1]
