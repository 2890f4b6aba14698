"""What the loop makes of a sleep, a silent microphone, stumbling sound and a clock that is set, on virtual time."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from tests.faults.clock_world import PATIENCE_S, Away, Clocks, Hall
from tests.sessions import tiny_plan
from tests.test_live import Keys, Voice, Witness
from voice_coach import script
from voice_coach.audio.clip import BLOCK, BLOCK_MS
from voice_coach.audio.mixer import Mixer
from voice_coach.audio.room import NullRoom
from voice_coach.commands import Vocabulary
from voice_coach.errors import LogError
from voice_coach.journal import Journal, Setup, load
from voice_coach.live import Durations, Studio, drive, wait
from voice_coach.noticing import NEVER, STUMBLES, Noticing, clock_was_set
from voice_coach.perform import TOLD, perform
from voice_coach.prompts import LOST
from voice_coach.replay import replay
from voice_coach.routine.model import Ms
from voice_coach.session.engine import Session
from voice_coach.session.events import DeviceBack, DeviceLost, HeldUp, Hitch, Hush, Say, Start
from voice_coach.speech.canceller import NoCanceller
from voice_coach.speech.ears import TextEars, Trouble
from voice_coach.watch import DEAD_MS, HELD_UP_S, KNOWN_MS, NEVER_MS

BEFORE: Ms = KNOWN_MS + 2_000  # of a talk before the session
HOUR = 3_600.0


@dataclass
class Stage:
    """A studio in a hall that misbehaves, and one who watches; times are those of the session."""

    keys: list[tuple[Ms, str]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    witness: Witness = field(default_factory=Witness)

    def open(self, begins: Ms, ends: Ms, *, before: Ms = 0, hears: bool = True, **levers: object) -> Studio:
        """After a talk of `before`, the levers are pulled from `begins` to `ends`."""
        clocks, mixer = Clocks(), Mixer()
        self.hall = Hall(clocks=clocks, mixer=mixer, begins=before + begins, ends=before + ends, **levers)  # type: ignore[arg-type]
        self.clocks = clocks
        typing = Keys([(before + at, key) for at, key in self.keys], lambda: mixer.now_ms)
        self.studio = Studio(
            room=self.hall, mixer=mixer, voice=Voice(), ears=TextEars([]), canceller=NoCanceller(),
            vocabulary=Vocabulary(), typing=typing, substitute=lambda: Away(clocks),
            noticing=Noticing(clock=clocks, hears=hears, tell=self.told.append),
        )  # fmt: skip
        wait(self.studio, lambda: mixer.now_ms >= before)
        return self.studio

    def holds(
        self,
        begins: Ms,
        ends: Ms,
        *,
        before: Ms = 0,
        hears: bool = True,
        watching: Witness | None = None,
        **levers: object,
    ) -> Stage:
        """A session of the tiny routine to its end."""
        studio = self.open(begins, ends, before=before, hears=hears, **levers)
        session = Session(tiny_plan(), Durations(Voice().length))
        self.witness.effects(session.receive(Start(at=0)))
        drive(session, studio, [self.witness, *([watching] if watching else [])])
        assert session.over
        return self

    @property
    def between(self) -> list[tuple[Ms, str]]:
        """What came between: when, and what."""
        found = []
        for event in self.witness.events:
            match event:
                case HeldUp(at=at, hitch=hitch):
                    found.append((at, hitch.value))
                case DeviceLost(at=at, what=what):
                    found.append((at, f"lost {what}"))
                case DeviceBack(at=at, what=what):
                    found.append((at, f"back {what}"))
        return found

    @property
    def said(self) -> list[tuple[Ms, str]]:
        return [(e.at, script.text(e.line)) for e in self.witness.all_effects if isinstance(e, Say)]


def asleep(clocks: Clocks) -> None:
    clocks.sleeps(HOUR)


def test_a_sleep_is_told_to_the_session_with_its_length_and_she_goes_on() -> None:
    stage = Stage(keys=[(14_000, "r")]).holds(9_000, 9_020, leap=asleep)
    (slept,) = (event for event in stage.witness.events if isinstance(event, HeldUp))
    assert (slept.at, slept.hitch, round(slept.ms, -2)) == (9_000, Hitch.SLEPT, HOUR * 1_000)
    assert [text for at, text in stage.said if 9_000 <= at < 14_000] == [
        "Something held me up.",
        "Paused. When you want to go on, say resume.",
    ]
    assert len(stage.witness.record("set")) == 2


def test_a_sleep_during_the_talk_before_it_is_news_to_the_session() -> None:
    stage = Stage(keys=[(5_000, "r")]).holds(-3_000, -2_980, before=5_000, leap=asleep)
    assert stage.between == [(0, "slept")]


def test_a_stream_that_died_in_the_sleep_is_told_last_since_it_has_to_be_mended() -> None:
    stage = Stage(keys=[(15_000, "r")]).holds(9_000, 9_020, leap=asleep, dies=True)
    assert stage.between[:2] == [(9_000, "slept"), (9_000, "lost sound device")]
    assert [name for _, name in stage.between[2:]] == ["back sound device"]
    assert stage.witness.all_effects.count(Hush(at=9_019)) == 2  # so the first of the two sentences is never heard


def test_a_device_that_takes_its_time_is_no_sleep() -> None:
    def waits(clocks: Clocks) -> None:
        clocks.passes(HELD_UP_S - PATIENCE_S)

    assert Stage().holds(9_000, 9_020, leap=waits).between == []


def test_a_program_that_stood_still_for_half_a_minute_has_lost_its_count() -> None:
    def stands(clocks: Clocks) -> None:
        clocks.passes(30.0)

    assert Stage(keys=[(15_000, "r")]).holds(9_000, 9_020, leap=stands).between == [(9_000, "slept")]


def test_files_never_wait_for_the_world_and_so_nothing_is_late() -> None:
    assert Stage().holds(9_000, 9_020, leap=asleep, realtime=False).between == []


def test_a_clock_that_is_set_is_shown_and_the_session_goes_on() -> None:
    for seconds in (-HOUR, 24 * HOUR):
        stage = Stage().holds(9_000, 9_020, leap=lambda clocks, by=seconds: setattr(clocks, "wall", clocks.wall + by))
        assert stage.between == [] and stage.told == [clock_was_set(seconds)]
    assert "set back" in clock_was_set(-HOUR) and "set ahead" in clock_was_set(HOUR)


def test_a_microphone_that_falls_silent_is_told_aloud_and_keys_go_on() -> None:
    stage = Stage(keys=[(18_000, " "), (22_000, " "), (24_000, "r")]).holds(3_000, 20_000, before=BEFORE, silent=0)
    assert stage.between == [(3_000 + DEAD_MS - BLOCK_MS, "deaf"), (20_000, "back microphone")]
    nothing = next(at for at, text in stage.said if text.startswith("I hear nothing at all."))
    assert nothing - (3_000 + DEAD_MS) < 1_000
    assert any(text == "The microphone is back." for at, text in stage.said if 20_000 <= at < 21_500)
    assert [intent for _, intent, _ in stage.witness.commands] == ["resume", "pause", "resume"]
    assert len(stage.witness.record("set")) == 2


def test_a_microphone_that_fell_silent_before_is_news_to_the_session() -> None:
    stage = Stage(keys=[(9_000, "r")]).holds(-DEAD_MS, 5_000, before=BEFORE + DEAD_MS, silent=0)
    assert stage.between == [(0, "deaf"), (5_000, "back microphone")]


def test_with_the_device_lost_a_silent_microphone_is_old_news() -> None:
    stage = Stage(keys=[(20_000, "r")])

    class Unplugs(Witness):
        def reached(self, now: Ms) -> None:
            stage.hall.works = stage.hall.works and now != 13_000

    stage.holds(3_000, 14_000, before=BEFORE, watching=Unplugs(), silent=0)
    assert [name for _, name in stage.between] == ["deaf", f"lost {LOST}", f"back {LOST}"]
    assert [at for at, _ in stage.between[:2]] == [10_980, 13_000]


@pytest.mark.parametrize("hears", [True, False])
def test_what_is_silent_by_its_nature_is_never_missed(hears: bool) -> None:
    """A null sink is zeros from its first block on; a file or no microphone at all is not asked."""
    stage = Stage().holds(0, 900_000, hears=hears, silent=0)
    assert stage.between == []


def test_a_microphone_that_never_gave_anything_is_shown_once_and_pauses_nothing() -> None:
    told: list[str] = []
    noticing, loud = Noticing(hears=True, tell=told.append), np.full(BLOCK, 3_000, dtype=np.int16)
    for now in range(0, 2 * NEVER_MS, BLOCK_MS):
        noticing.block(NullRoom(), np.zeros(BLOCK, dtype=np.int16), loud, now)
    assert (told, noticing.deaf) == ([NEVER], False)


def test_a_stumble_every_second_is_shown_and_kept_in_the_log_which_replays(tmp_path: Path) -> None:
    stage, errors = Stage(), list[LogError]()
    studio = stage.open(2_000, 30_000, stumbles=True)
    with Journal.open(tmp_path / "log", "one", stage.clocks.now) as journal:
        setup = Setup(program="test", mode="run")
        perform(tiny_plan(), studio, journal, setup, Voice().length, lambda _session: [], errors.append)
    assert (stage.told, errors) == ([STUMBLES], [])
    log = load(tmp_path / "log").find("last")
    notes = [entry.fields for entry in log.entries if entry.fields["type"] == "note"]
    assert [(note["kind"], note["data"]) for note in notes] == [(TOLD, {"words": STUMBLES})]
    assert replay(log).same


@pytest.mark.parametrize(("missed_ms", "told"), [(0, False), (160, False), (450, True), (1_600, True)])
def test_sound_that_was_lost_is_told_where_a_word_may_be_in_it(missed_ms: int, told: bool) -> None:
    """Ears that stand still are begun anew after a second and a half; "I fell" takes less than half a one."""
    noticing = Noticing()
    noticing.ears([Trouble(told="It listens again.", missed_ms=missed_ms)])
    assert noticing.missed is told
