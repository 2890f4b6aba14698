"""Small sessions for tests: a routine with everything in it, sentence lengths, and ways to run them on virtual time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hypothesis import strategies as st

from voice_coach.routine.model import (
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
from voice_coach.session.events import (
    Command,
    DeviceBack,
    DeviceLost,
    Effect,
    Event,
    HeldUp,
    Hitch,
    Intent,
    SpeechMs,
    Start,
    Unheard,
    Via,
)
from voice_coach.session.lines import Line
from voice_coach.session.plan import Plan, make_plan

TEMPO = Tempo(lift=2_000, hold=1_000, lower=3_000)

SIT_TO_STAND = Exercise(
    id="sit-to-stand",
    name="Sit to stand",
    start="Sit at the front of the chair.",
    cues=("Lean forward.", "Push through your heels."),
    mode=Mode.REPS,
    tempo=TEMPO,
    easier=(
        Variant(say="Push up with one hand."),
        Variant(say="Push up with both hands.", tempo=Tempo(lift=3_000, hold=0, lower=4_000)),
    ),
    harder=(Variant(say="Cross your arms."),),
    equipment=("chair",),
    tags=("legs",),
)
LEG_RAISE = Exercise(
    id="leg-raise",
    name="Side leg raise",
    start="Hold on to the counter.",
    cues=("Toes forward.",),
    mode=Mode.REPS,
    tempo=Tempo(lift=2_000, hold=0, lower=2_000),
    words=("out", "hold", "in"),
    each_side=True,
    support=True,
)
HEEL_STAND = Exercise(id="heel-stand", name="Heel stand", start="Stand tall.", cues=(), mode=Mode.HOLD, support=True)
MARCH = Exercise(id="march", name="March on the spot", start="Stand tall.", cues=("Knees up.",), mode=Mode.TIME)
CURL = Exercise(
    id="curl", name="Biceps curl", start="Elbows at your sides.", cues=("Palms up.",), mode=Mode.REPS, tempo=TEMPO
)


def item(exercise: Exercise, amount: Reps | Hold | OwnPace, *, sets: int = 1, **more: object) -> Item:
    """An item with a minute's fraction of rest; `more` replaces any other field."""
    fields: dict[str, object] = {
        "tempo": exercise.tempo if isinstance(amount, Reps) else None,
        "rest": 20_000,
        "each_side": exercise.each_side,
    }
    return Item(exercise=exercise, sets=sets, amount=amount, **(fields | more))  # type: ignore[arg-type]


def small_routine() -> Routine:
    """Counted reps with a ladder, both sides, a hold, moving for a time, and reps at her own pace, in a circuit."""
    return Routine(
        id="small",
        title="Small but whole",
        aliases=("small",),
        purpose="Tests.",
        blocks=(
            Block(name="Warm-up", items=(item(MARCH, Hold(ms=25_000, moving=True), rest=0),)),
            Block(
                name="Main",
                items=(
                    item(SIT_TO_STAND, Reps(count=5), sets=2, note="Slowly."),
                    item(LEG_RAISE, Reps(count=4), load=Load(grams=500)),
                    item(CURL, OwnPace(target=8), load=Load(label="red band")),
                ),
            ),
            Block(name="Balance", items=(item(HEEL_STAND, Hold(ms=10_000)),), rounds=2, round_rest=15_000),
        ),
        path="small.yaml",
        digest="0" * 64,
    )


def small_plan() -> Plan:
    """The plan of `small_routine`."""
    return make_plan(small_routine())


def tiny_plan() -> Plan:
    """Two sets of three quick reps: a session of well under a minute."""
    quick = item(SIT_TO_STAND, Reps(count=3), sets=2, tempo=Tempo(lift=1_000, hold=0, lower=1_000), rest=5_000)
    block = Block(name="Main", items=(quick,))
    return make_plan(
        Routine(id="tiny", title="Tiny", aliases=(), purpose="", blocks=(block,), path="tiny.yaml", digest="1" * 64)
    )


def speech_ms(line: Line) -> Ms:
    """How long a sentence would take: no voice, but different for different sentences and always the same."""
    return 300 + 60 * (len(line.key.value) + sum(len(str(arg)) for arg in line.args))


def command(at: Ms, intent: Intent, *, value: int = 0, phrase: str = "", via: Via = Via.SCRIPT) -> Command:
    """A command; the phrase is the intent's own name when none is given."""
    return Command(at=at, intent=intent, via=via, phrase=phrase or intent.value, value=value)


def drive(
    plan: Plan,
    events: Iterable[Event] = (),
    *,
    step: Ms = 1_000,
    limit: Ms = 3_600_000,
    lengths: SpeechMs = speech_ms,
) -> list[Effect]:
    """Everything a session gives that is started at 0 and moved on in blocks of `step` until it is over.

    An event happens at its own time, in the block that holds it. Fails when the session is not over at `limit`.
    """
    session = Session(plan, lengths)
    effects = run(session, [Start(at=0), *events], step=step, limit=limit)
    assert session.over, f"the session is not over after {limit} ms"
    return effects


def run(session: Session, events: Sequence[Event], *, step: Ms, limit: Ms) -> list[Effect]:
    """What `session` gives, moved on in blocks until it is over or has reached `limit`."""
    waiting = sorted(events, key=lambda event: event.at)
    effects: list[Effect] = []
    while not session.over and session.state.now < limit:
        end = min(session.state.now + step, limit)
        while waiting and waiting[0].at <= end:
            effects += session.receive(waiting.pop(0))
        effects += session.advance(end)
    return effects


def commands(last: Ms = 240_000, most: int = 25) -> st.SearchStrategy[list[Event]]:
    """Any events in any order at any time, also such that mean nothing where they come."""
    times = st.integers(0, last)
    spoken = st.builds(
        command,
        times,
        st.sampled_from(Intent),
        value=st.integers(0, 40),
        phrase=st.sampled_from(["", "go on", "früher"]),
        via=st.sampled_from(Via),
    )
    devices = st.builds(DeviceLost, at=times, what=st.just("USB headset")) | st.builds(
        DeviceBack, at=times, what=st.just("USB headset")
    )
    missed = st.builds(Unheard, at=times)
    held = st.builds(HeldUp, at=times, hitch=st.sampled_from(Hitch), ms=st.integers(0, 9_000_000))
    others = (devices, held, missed, st.builds(Start, at=times))
    return st.lists(st.one_of(spoken, spoken, spoken, *others), max_size=most)
