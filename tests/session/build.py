"""Small routines in code, sessions run over them, and what was heard as lines of text: "38.05 one, up"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from textwrap import dedent

from voice_coach import script
from voice_coach.commands import Vocabulary
from voice_coach.routine.model import (
    Amount,
    Block,
    Exercise,
    Hold,
    Item,
    Load,
    Mode,
    Ms,
    OwnPace,
    Reps,
    Routine,
    Tempo,
    Variant,
)
from voice_coach.session.engine import Session
from voice_coach.session.events import Command, Effect, End, Event, Hush, Intent, Priority, Record, Say, Sound, Start
from voice_coach.session.lines import Line
from voice_coach.session.plan import Plan, make_plan

WORD_MS: Ms = 250
SLOW = Tempo(lift=2000, hold=1000, lower=3000)


def spoken_ms(line: Line) -> Ms:
    """A voice that takes a quarter of a second for every word, so that times in tests can be worked out by hand."""
    return WORD_MS * len(script.text(line).split())


def variants(*say: str) -> tuple[Variant, ...]:
    return tuple(Variant(say=text) for text in say)


CHAIR = Exercise(
    id="chair",
    name="Chair stand",
    start="Sit tall.",
    cues=("Nose over toes.", "Sit slowly."),
    mode=Mode.REPS,
    tempo=SLOW,
    easier=variants("Use both hands.", "Use a cushion."),
    harder=variants("Cross your arms."),
)
ROW = Exercise(
    id="row", name="Band row", start="Hold the band.", cues=("Elbows in.",), mode=Mode.REPS, tempo=SLOW, each_side=True
)
STAND = Exercise(
    id="stand", name="Tandem stand", start="Heel to toe.", cues=("Look ahead.",), mode=Mode.HOLD, support=True
)
MARCH = Exercise(id="march", name="March", start="Stand tall.", cues=("Swing your arms.",), mode=Mode.TIME)


def item(
    exercise: Exercise,
    amount: Amount,
    *,
    sets: int = 1,
    rest: Ms = 0,
    tempo: Tempo | None = None,
    load: Load | None = None,
    each_side: bool | None = None,
    rung: int = 0,
    asks: bool = False,
) -> Item:
    """An exercise with its dose; reps have the exercise's tempo unless another is given."""
    paced = isinstance(amount, Reps)
    return Item(
        exercise=exercise,
        sets=sets,
        amount=amount,
        tempo=(tempo or exercise.tempo) if paced else None,
        rest=rest,
        each_side=exercise.each_side if each_side is None else each_side,
        load=load,
        rung=rung,
        asks=asks,
    )


def block(*items: Item, name: str = "Main part", rounds: int = 1, round_rest: Ms = 0) -> Block:
    return Block(name=name, items=items, rounds=rounds, round_rest=round_rest)


def plan(*parts: Item | Block) -> Plan:
    """A plan of blocks, or of items in a single block."""
    items = [part for part in parts if isinstance(part, Item)]
    blocks = tuple(part for part in parts if isinstance(part, Block)) or (block(*items),)
    return make_plan(
        Routine(id="test", title="Test day", aliases=(), purpose="", blocks=blocks, path="test.yaml", digest="d")
    )


def reps(count: int) -> Reps:
    return Reps(count=count)


def seconds(count: int, *, moving: bool = False) -> Hold:
    return Hold(ms=count * 1000, moving=moving)


def own_pace(target: int) -> OwnPace:
    return OwnPace(target=target)


def command(at: Ms, intent: Intent, value: int = 0) -> Command:
    return Command(at=at, intent=intent, value=value)


def words(*said: str) -> list[Command]:
    """ "33.5s how many left" as the command the vocabulary makes of it."""
    commands = []
    for line in said:
        moment, _, text = line.partition(" ")
        match = Vocabulary().match(text)
        assert match is not None and moment.endswith("s"), line
        commands.append(match.command(round(float(moment[:-1]) * 1000)))
    return commands


@dataclass(frozen=True, slots=True)
class Run:
    """A session and everything that came out of it."""

    session: Session
    effects: tuple[Effect, ...]

    def records(self, kind: str) -> list[Record]:
        return [effect for effect in self.effects if isinstance(effect, Record) and effect.kind == kind]

    @property
    def sets(self) -> list[Record]:
        return self.records("set")

    @property
    def end(self) -> End | None:
        return next((effect for effect in self.effects if isinstance(effect, End)), None)


def run(what: Plan, events: Iterable[Event] = (), *, until: Ms | None = None) -> Run:
    """Start at 0, give the events, then hop from deadline to deadline until the end, or `until`."""
    session = Session(what, spoken_ms)
    effects = session.receive(Start(at=0))
    for event in events:
        effects += session.receive(event)
    while (due := session.deadline) is not None and (until is None or due <= until):
        effects += session.advance(due)
    if until is not None:
        effects += session.advance(until)
    return Run(session, tuple(effects))


@dataclass(frozen=True, slots=True)
class Heard:
    """Something that really sounded, from `at` to `until`; `whole` is false where a hush cut it."""

    effect: Say | Sound
    at: Ms
    until: Ms
    whole: bool


def heard(effects: Sequence[Effect]) -> list[Heard]:
    """What is left after every hush has cut what sounded and dropped what was queued, in order of time."""
    kept: list[Heard] = []
    for effect in effects:
        if isinstance(effect, Hush):
            kept = [_hushed(each, effect.at) for each in kept if each.at < effect.at]
        elif isinstance(effect, Say):
            kept.append(Heard(effect, effect.at, effect.at + spoken_ms(effect.line), whole=True))
        elif isinstance(effect, Sound):
            kept.append(Heard(effect, effect.at, effect.at + 200, whole=True))
    return sorted(kept, key=lambda each: each.at)


def _hushed(each: Heard, at: Ms) -> Heard:
    return each if each.until <= at else Heard(each.effect, each.at, at, whole=False)


def counts(effects: Sequence[Effect]) -> list[Heard]:
    """The counts that sounded."""
    return [each for each in heard(effects) if isinstance(each.effect, Say) and each.effect.priority is Priority.COUNT]


def transcript(effects: Sequence[Effect], start: float = 0, end: float = 1e9) -> list[str]:
    """Sentences as they sounded ("…" where cut), records and the end, from `start` to before `end` seconds."""
    lines = [(effect.at, _recorded(effect)) for effect in effects if isinstance(effect, Record)]
    lines += [(each.at, _spoken(each)) for each in heard(effects) if isinstance(each.effect, Say)]
    lines += [(effect.at, f"[end: {effect.reason.value}]") for effect in effects if isinstance(effect, End)]
    lines.sort(key=lambda line: line[0])  # stable: at the same time records come first
    return [f"{at / 1000:.2f} {text}" for at, text in lines if start * 1000 <= at < end * 1000]


def _spoken(each: Heard) -> str:
    assert isinstance(each.effect, Say)
    return script.text(each.effect.line) + ("" if each.whole else " …")


def _recorded(record: Record) -> str:
    data = record.data
    if record.kind != "set":
        return f"[{record.kind}]"
    done = data["done_reps"] if data["target_reps"] and not data["own_pace"] else f"{data['done_ms']} ms"
    state = "skipped" if data["skipped"] else "done" if data["completed"] else "left"
    side = f" {data['side']}" if data["side"] else ""
    return f"[{data['exercise']} {data['set']}/{data['of']}{side}: {state}, {done}]"


def said(what: Plan, *spoken: str, start: float = 0, end: float = 1e9) -> list[str]:
    """The transcript of a session in which these words are spoken at these times."""
    return transcript(run(what, words(*spoken)).effects, start, end)


def lines(text: str) -> list[str]:
    """An expected transcript, as it stands in a test."""
    return dedent(text).strip().splitlines()
