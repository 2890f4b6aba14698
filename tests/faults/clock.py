"""Clocks and sound that misbehave in virtual time: zeros, nothing, stumbling, a sleep of an hour, a clock that is set.

Each time is one session of the real loop, engine and log in a hall made by hand. It is well when the session came to
its end with every set once, as long and as much as without the fault, stood still exactly where it had to, and its log
replays and folds to the same.
"""

from __future__ import annotations

import random
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from tests.faults.clock_world import NOON, Away, Clocks, Hall, Person
from tests.faults.outcome import Outcome, lost
from tests.journal.logs import NAMES, logged_sets
from tests.sessions import HEEL_STAND, MARCH, SIT_TO_STAND, item
from voice_coach.audio.clip import FRAMES_PER_MS, Clip
from voice_coach.audio.mixer import Mixer
from voice_coach.commands import Vocabulary
from voice_coach.errors import LogError
from voice_coach.journal import Journal, SessionLog, Setup, load
from voice_coach.live import Studio, wait
from voice_coach.noticing import Noticing
from voice_coach.perform import TOLD, perform
from voice_coach.replay import replay
from voice_coach.review import summarise
from voice_coach.routine.model import Block, Hold, Ms, Reps, Routine, Tempo
from voice_coach.session.engine import Session
from voice_coach.session.events import Effect, Say
from voice_coach.session.plan import Plan, make_plan
from voice_coach.speech.canceller import NoCanceller
from voice_coach.watch import DEAD_MS, KNOWN_MS

TALK: Ms = KNOWN_MS + 2_000  # before the session, in which the microphone is come to know
LONGEST: Ms = 20 * 60_000  # no session here lasts longer, or something has gone wrong
HOUR_S, DAY_S = 3_600.0, 86_400.0
A_SECOND_LATER: Ms = 1_200  # so soon a fault must be told once it can be known: a minute's count of blocks is later
MORE_FOR_A_PAUSE: Ms = 12_000  # a sentence is said once more, and a count-in, where a set goes on
DONE = ("done_reps", "done_ms", "completed", "skipped")


def zeros(times: int, folder: Path) -> Outcome:
    """The microphone gives one value only, 0 or another, for one second up to a minute."""

    def lever(chance: random.Random, at: Ms) -> Trial:
        length = chance.choice((chance.randrange(1_000, DEAD_MS - 500), chance.randrange(DEAD_MS + 500, 60_000)))
        held = {"held up": 1, "device back": 1} if length > DEAD_MS else {}
        silent = chance.choice((0, 0, -1, 700))
        return Trial(pull={"begins": at, "ends": at + length, "silent": silent}, held=held, within=DEAD_MS, talk=TALK)

    return tried("the microphone gives only zeros", times, folder, lever)


def nothing(times: int, folder: Path) -> Outcome:
    """No block comes any more; the device is back after up to a minute."""

    def lever(chance: random.Random, at: Ms) -> Trial:
        pull = {"begins": at, "ends": at + chance.randrange(20, 60_000), "away": True}
        return Trial(pull=pull, held={"device lost": 1, "device back": 1})

    return tried("the stream delivers nothing", times, folder, lever)


def stumbling(times: int, folder: Path) -> Outcome:
    """Every second a block is lost, on the way in or on the way out, for half a minute or more."""

    def lever(chance: random.Random, at: Ms) -> Trial:
        pull = {"begins": at, "ends": at + chance.randrange(16_000, 100_000), "stumbles": True}
        return Trial(pull=pull, told=1)

    return tried("blocks lost every second", times, folder, lever)


def sleep(times: int, folder: Path) -> Outcome:
    """The machine sleeps for about an hour, or a night: then the session ends.

    The stream goes on as if nothing had been, or is dead and comes back.
    """

    def lever(chance: random.Random, at: Ms) -> Trial:
        too_late = chance.random() < 0.15
        seconds = chance.uniform(4, 12) * HOUR_S if too_late else chance.uniform(0.4, 2.5) * HOUR_S
        dies = not too_late and chance.random() < 0.5
        pull = {"begins": at, "ends": at + 20, "leap": lambda clocks: clocks.sleeps(seconds), "dies": dies}
        held = {"held up": 1} | ({"device lost": 1, "device back": 1} if dies else {})
        return Trial(pull=pull, held=held, counts_sleep=chance.random() < 0.5, too_late=too_late)

    return tried("the machine sleeps, mostly for an hour", times, folder, lever)


def set_back(times: int, folder: Path) -> Outcome:
    """The clock is set back in the middle of a session: by an hour, a day, or to 1970."""

    def lever(chance: random.Random, at: Ms) -> Trial:
        by = chance.choice((-HOUR_S, -DAY_S, -NOON + 60.0))
        return Trial(pull=_set(at, by), told=1, counts_sleep=chance.random() < 0.5)

    return tried("the clock is set back", times, folder, lever)


def set_ahead(times: int, folder: Path) -> Outcome:
    """The clock is set ahead: by an hour, a day, ten years. Without a clock that counts sleep it is taken for one."""

    def lever(chance: random.Random, at: Ms) -> Trial:
        by, counts = chance.choice((HOUR_S, 2 * HOUR_S, DAY_S, 3_650 * DAY_S)), chance.random() < 0.7
        if counts:
            return Trial(pull=_set(at, by), told=1)
        return Trial(pull=_set(at, by), held={"held up": 1}, counts_sleep=False, too_late=by > 3 * HOUR_S)

    return tried("the clock is set ahead", times, folder, lever)


def _set(at: Ms, by: float) -> dict[str, Any]:
    def leap(clocks: Clocks) -> None:
        clocks.wall += by

    return {"begins": at, "ends": at + 20, "leap": leap}


@dataclass(frozen=True, kw_only=True)
class Trial:
    """What is done to a session, and what has to come of it: how often each record, and how many sentences beside."""

    pull: Mapping[str, Any]  # fields of the hall
    held: Mapping[str, int] | None = None
    told: int = 0
    within: Ms = 0  # so long a fault must last before it can be known
    counts_sleep: bool = True
    too_late: bool = False  # it ends instead of going on: another day
    talk: Ms = 0  # before the session


@dataclass(frozen=True, kw_only=True)
class Held:
    """A session that was held."""

    person: Person
    log: SessionLog
    errors: Sequence[LogError]
    damage: int
    ms: Ms


def plan() -> Plan:
    """Moving, counting, resting and holding, in four sets."""
    quick = Tempo(lift=1_000, hold=0, lower=1_000)
    items = (
        item(MARCH, Hold(ms=6_000, moving=True), rest=3_000),
        item(SIT_TO_STAND, Reps(count=3), sets=2, tempo=quick, rest=6_000),
        item(HEEL_STAND, Hold(ms=6_000), rest=3_000),
    )
    block = Block(name="Main", items=items)
    return make_plan(
        Routine(id="short", title="Short", aliases=(), purpose="", blocks=(block,), path="short.yaml", digest="2" * 64)
    )


class Hum:
    """A voice that hums, a tenth of a second for each word."""

    name = "hum"

    def ms(self, text: str) -> Ms:
        return 100 * len(text.split())

    def clip(self, text: str) -> Clip:
        return _hum(self.ms(text))


@cache
def _hum(ms: Ms) -> Clip:
    return Clip(np.full(ms * FRAMES_PER_MS, 0.05, dtype=np.float32))


def hold(path: Path, trial: Trial, *, by_key: bool) -> Held:
    """A session with this fault, from the talk before it to its last log line."""
    clocks, mixer, voice = Clocks(counts_sleep=trial.counts_sleep), Mixer(), Hum()
    pull = {**trial.pull, **{name: trial.talk + trial.pull[name] for name in ("begins", "ends")}}
    hall = Hall(clocks=clocks, mixer=mixer, **pull)
    person = Person(hall=hall, by_key=by_key)
    studio = Studio(
        room=hall, mixer=mixer, voice=voice, ears=person, canceller=NoCanceller(), vocabulary=Vocabulary(),
        typing=person, substitute=lambda: Away(clocks), noticing=Noticing(clock=clocks, hears=True),
    )  # fmt: skip
    errors: list[LogError] = []

    def observers(session: Session) -> list[Person]:
        person.session = session
        return [person]

    def give_up() -> int:
        return 2 * (mixer.now_ms > LONGEST)  # as two Ctrl-C: a session that hangs ends, and is seen to have failed

    studio.interrupts = give_up
    wait(studio, lambda: mixer.now_ms >= trial.talk)
    with Journal.open(path, "one", clocks.now) as journal:
        try:
            perform(plan(), studio, journal, Setup(program="test", mode="run"), voice.ms, observers, errors.append)
        except KeyboardInterrupt:
            assert mixer.now_ms > LONGEST  # its log says "interrupted", which is not well
    log = load(path)
    summary = summarise(log.sessions[0])
    ms = summary.ms - summary.paused_ms
    return Held(person=person, log=log.sessions[0], errors=errors, damage=len(log.damage), ms=ms)


@cache
def _undisturbed() -> Held:
    never = Trial(pull={"begins": 10 * LONGEST, "ends": 10 * LONGEST})
    with tempfile.TemporaryDirectory() as folder:
        return hold(Path(folder) / "undisturbed.jsonl", never, by_key=True)


def tried(fault: str, times: int, folder: Path, lever: Callable[[random.Random, Ms], Trial]) -> Outcome:
    """So many sessions, each with its own trial; what is not well is printed."""
    plain = _undisturbed()
    finished = missing = well = 0
    slowest = 0
    for seed in range(times):
        chance = random.Random(f"{fault} {seed}")
        trial = lever(chance, chance.randrange(1_000, plain.ms - 20_000))
        held = hold(folder / f"{fault}-{seed}.jsonl", trial, by_key=chance.random() < 0.5)
        did, kept = _named(each.data for each in held.person.records("set")), _named(logged_sets(held.log))
        finished += did.total()
        missing += lost(did.total(), kept.total())
        complaints = list(_complaints(trial, held, plain, kept))
        complaints += [f"{did} was done, {kept} logged"] * (did != kept)
        well += not complaints
        slowest = max(slowest, _recovered(trial, held))
        if complaints:
            print(f"{fault} {seed}: {'; '.join(complaints)}")
    return Outcome(
        fault=fault,
        times=times,
        sets_finished=finished,
        sets_lost=missing,
        to_go_on=times,
        gone_on=well,
        seconds=slowest / 1_000,
    )


def _complaints(trial: Trial, held: Held, plain: Held, kept: Counter[str]) -> Sequence[str]:
    """All that is not as it has to be."""
    end, log, person = held.log.end, held.log, held.person
    found = []
    if held.errors or held.damage or not replay(log).same:
        found.append("the log is not whole")
    reason = "no answer" if trial.too_late else "completed"
    if end is None or end["reason"] != reason:
        found.append(f"it ended as {end and end['reason']}")
    want = dict(trial.held or {})
    have = {kind: len(person.records(kind)) for kind in ("held up", "device lost", "device back", "paused")}
    if {kind: count for kind, count in have.items() if count} != want:
        found.append(f"held up by {have}, not by {want}")
    told = [e for e in log.entries if e.fields["type"] == "note" and e.fields["kind"] == TOLD]
    if len(told) != trial.told:
        found.append(f"told {len(told)} times")
    if not trial.too_late:
        if kept != (wanted := _named(logged_sets(plain.log))):
            found.append(f"sets: {kept - wanted} too much, {wanted - kept} missing")
        most = plain.ms + MORE_FOR_A_PAUSE * bool(want)
        if not plain.ms <= held.ms <= most:
            found.append(f"{held.ms} ms of training instead of {plain.ms}")
    if want and not trial.too_late and len(person.went_on) != 1:
        found.append(f"{len(person.went_on)} times gone on")
    first = min((r.at for kind in want for r in person.records(kind)), default=None)
    if first is not None and first > trial.pull["begins"] + trial.within + A_SECOND_LATER:
        found.append(f"noticed only at {first}")
    return found + _folded(held)


def _folded(held: Held) -> list[str]:
    """What the folds make of it, compared with what the session itself has counted."""
    summary = summarise(held.log)
    assert held.person.session is not None
    tally = held.person.session.state.tally.sets
    return [] if summary.sets_done == tally else [f"{summary.sets_done} sets in the review, not {tally}"]


def _named(sets: Iterable[Mapping[str, Any]]) -> Counter[str]:
    return Counter(str([each[name] for name in (*NAMES, *DONE)]) for each in sets)


def _recovered(trial: Trial, held: Held) -> Ms:
    """From the end of the fault to the first sound after she said "go on"; 0 where nobody had to."""
    if not trial.held or not held.person.went_on:
        return 0
    said: list[Effect] = [e for e in held.person.effects_ if isinstance(e, Say)]
    after: Ms = min(e.at for e in said if e.at >= held.person.went_on[-1])
    ends: Ms = trial.pull["ends"]
    return max(0, after - ends)
