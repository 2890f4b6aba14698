"""The loop on virtual time: real session and mixer, rooms of files or numbers, scripted ears, a voice made by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path

import numpy as np
import pytest

from tests.journal.disks import Disk
from tests.sessions import small_plan, tiny_plan
from voice_coach import script
from voice_coach.audio.clip import BLOCK_MS, FRAMES_PER_MS, Clip, Pcm
from voice_coach.audio.mixer import Mixer
from voice_coach.audio.room import DeviceLostError, FileRoom, NullRoom, Room
from voice_coach.audio.wav import read_wav
from voice_coach.commands import Vocabulary
from voice_coach.conversation import Choice, Chooser
from voice_coach.errors import AudioError, EngineError, LogError
from voice_coach.hearing import Accepted
from voice_coach.journal import Journal, Setup, load
from voice_coach.live import Durations, Studio, drive, wait
from voice_coach.perform import perform
from voice_coach.replay import replay
from voice_coach.routine.model import Ms
from voice_coach.session.engine import Session
from voice_coach.session.events import Command, Effect, Event, Priority, Say, Start, Via
from voice_coach.session.plan import Plan
from voice_coach.session.state import Place
from voice_coach.speech.canceller import NoCanceller
from voice_coach.speech.ears import TextEars, Utterance
from voice_coach.studio import LastResort

Spoken = Iterable[tuple[int, str]]


class Voice:
    """Every sentence is a click and then a hum, a tenth of a second for each word; dies when told to."""

    name = "clicks"
    unkept = ""

    def __init__(self) -> None:
        self.dead = False

    def clip(self, text: str) -> Clip:
        if self.dead:
            raise EngineError("The voice does not answer.")
        samples = np.full(self.length(text) * FRAMES_PER_MS, 0.01, dtype=np.float32)
        samples[0] = 0.5
        return Clip(samples)

    def ms(self, text: str) -> Ms:
        if self.dead:
            raise EngineError("The voice does not answer.")
        return self.length(text)

    def length(self, text: str) -> Ms:
        return 100 * len(text.split())

    def close(self) -> None:
        """Nothing to give up."""


class Headset:
    """A device with levers: lost at some block, back from another one on."""

    name = "headset"
    realtime = False

    def __init__(self, lost_at: Ms, back_at: Ms | None = None) -> None:
        self.clock: Callable[[], Ms] = lambda: 0
        self.lost_at, self.back_at = lost_at, back_at
        self.tries: list[Ms] = []
        self.works = True

    def exchange(self, played: Pcm) -> Pcm:
        if self.works and self.tries == [] and self.clock() >= self.lost_at:
            self.works = False
        if not self.works:
            raise DeviceLostError("headset no longer answers")
        return np.zeros(len(played), dtype=np.int16)

    def reopen(self) -> None:
        self.tries.append(self.clock())
        if self.back_at is None or self.clock() < self.back_at:
            raise AudioError("there is no headset")
        self.works = True

    def close(self) -> None:
        """Nothing to give up."""


@dataclass
class Keys:
    """Keys pressed at the first look at or after a moment."""

    script: list[tuple[Ms, str]]
    clock: Callable[[], Ms] = lambda: 0

    def poll(self) -> list[str]:
        due = [key for at, key in self.script if at <= self.clock()]
        self.script = [entry for entry in self.script if entry[0] > self.clock()]
        return due


@dataclass
class Witness:
    """An observer that keeps everything."""

    events: list[Event] = field(default_factory=list)
    all_effects: list[Effect] = field(default_factory=list)
    not_understood: list[tuple[Ms, str]] = field(default_factory=list)

    def event(self, event: Event) -> None:
        self.events.append(event)

    def effects(self, effects: list[Effect]) -> None:
        self.all_effects += effects

    def unheard(self, at: Ms, text: str) -> None:
        self.not_understood.append((at, text))

    def reached(self, now: Ms) -> None:
        """Of no interest."""

    @property
    def commands(self) -> list[tuple[Ms, str, str]]:
        return [(e.at, e.intent.value, e.via.value) for e in self.events if isinstance(e, Command)]

    def record(self, kind: str) -> list[Ms]:
        return [effect.at for effect in self.all_effects if getattr(effect, "kind", "") == kind]


def studio(
    said: Spoken = (),
    keys: Sequence[tuple[Ms, str]] = (),
    room: Room | None = None,
    voice: Voice | LastResort | None = None,
) -> Studio:
    typing = Keys(list(keys))
    made = Studio(
        room=room or NullRoom(), mixer=Mixer(), voice=voice or Voice(), ears=TextEars(said), canceller=NoCanceller(),
        vocabulary=Vocabulary(), typing=typing, substitute=NullRoom,
    )  # fmt: skip
    typing.clock = lambda: made.mixer.now_ms
    if isinstance(room, Headset):
        room.clock = lambda: made.mixer.now_ms
    return made


def held(plan: Plan, where: Studio, look: Callable[[Session, Ms], None] | None = None) -> Witness:
    """Drive a session to its end; `look` sees it after every block."""
    session = Session(plan, Durations(Voice().length))
    witness = Witness()
    observers: list[Witness] = [witness]
    if look is not None:

        class Looking(Witness):
            def reached(self, now: Ms) -> None:
                assert look is not None
                look(session, now)

        observers.append(Looking())
    start = Start(at=0)
    witness.event(start)
    witness.effects(session.receive(start))
    drive(session, where, observers)
    assert session.over
    return witness


def pure(plan: Plan, events: Iterable[Event], until: Ms) -> list[Effect]:
    """The same events through the engine alone, in one leap between them."""
    session = Session(plan, Durations(Voice().length))
    effects: list[Effect] = []
    for event in events:
        effects += session.receive(event)
    return effects + session.advance(until)


def test_the_trace_is_that_of_the_engine_alone() -> None:
    where = studio(
        [(7_013, "pause"), (11_000, "resume"), (15_000, "easier"), (21_000, "how many left"), (30_001, "what's next")],
        keys=[
            (40_000, "+"),
            (42_000, " "),
            (44_000, " "),
            (60_000, "d"),
            (70_000, "s"),
            (100_000, "d"),
            (160_000, "d"),
        ],
    )
    witness = held(small_plan(), where)
    assert len(witness.commands) == 12
    assert witness.all_effects == pure(small_plan(), witness.events, where.mixer.now_ms)


def test_every_sentence_begins_on_its_millisecond_in_the_file(tmp_path: Path) -> None:
    room = FileRoom(speaker=tmp_path / "out.wav")
    witness = held(tiny_plan(), studio(room=room))
    room.close()
    sound = read_wav(tmp_path / "out.wav").astype(int)
    clicks = np.flatnonzero(np.abs(sound) > 10_000) / FRAMES_PER_MS
    assert list(clicks) == [effect.at for effect in witness.all_effects if isinstance(effect, Say)]


def test_a_second_machine_goes_on_where_the_first_one_ended(tmp_path: Path) -> None:
    """The choice and the session share one clock of sound, but each counts from its own zero."""
    room = FileRoom(speaker=tmp_path / "out.wav")
    where = studio(room=room, keys=[(0, "1"), (20, "y"), (20, " "), (400, "r")])
    chooser = Chooser([Choice(routine="tiny", title="Tiny", minutes=1)], Durations(Voice().length))
    drive(chooser, where, [])
    assert chooser.chosen == "tiny"
    base = where.mixer.now_ms
    assert base > 0
    witness = held(tiny_plan(), where)
    room.close()
    assert witness.commands == [(0, "pause", "key"), (400 - base, "resume", "key")]  # what came after "yes" is hers too
    sound = read_wav(tmp_path / "out.wav").astype(int)
    clicks = np.flatnonzero(np.abs(sound) > 10_000) / FRAMES_PER_MS - base
    counts = [e.at for e in witness.all_effects if isinstance(e, Say) and e.priority is Priority.COUNT]
    assert set(counts) <= set(clicks)


def test_two_commands_at_once_are_taken_in_their_order() -> None:
    witness = held(tiny_plan(), studio([(5_000, "pause"), (5_000, "resume"), (5_010, "louder")], keys=[(4_990, "l")]))
    assert witness.commands == [
        (5_000, "pause", "voice"),
        (5_000, "resume", "voice"),
        (5_000, "how many left", "key"),
        (5_020, "louder", "voice"),
    ]


def test_the_same_key_twice_is_pause_and_resume_and_the_same_word_twice_is_pause() -> None:
    places: list[Place] = []
    witness = held(
        tiny_plan(),
        studio([(8_000, "pause"), (8_000, "pause"), (12_000, "resume resume")], keys=[(5_000, " "), (5_000, " ")]),
        lambda session, now: places.append(session.place) if now in (5_020, 8_020) else None,
    )
    assert [intent for _, intent, _ in witness.commands] == ["pause", "resume", "pause", "pause", "resume"]
    assert places == [Place.PREPARE, Place.PAUSED]


def test_words_in_silence_and_noise_that_mean_nothing_change_nothing() -> None:
    noise = np.random.default_rng(2).integers(-3_000, 3_000, 20 * 16_000).astype(np.int16)
    quiet = held(tiny_plan(), studio(room=NullRoom()))
    noisy = held(tiny_plan(), studio([(3_000, "[unk]"), (9_000, "about the weather")], room=FileRoom(mic=noise)))
    assert noisy.all_effects == quiet.all_effects
    assert noisy.not_understood == [(3_000, "[unk]"), (9_000, "about the weather")]


def test_the_coachs_own_word_is_not_obeyed_and_hers_is() -> None:
    """ "… say pause. Or say stop." in the opening holds both words; the same words later are the person's."""
    opening = next(
        e for e in held(tiny_plan(), studio()).all_effects if isinstance(e, Say) and "say stop" in script.text(e.line)
    )
    own = opening.at + Voice().length(script.text(opening.line)) + 100
    witness = held(tiny_plan(), studio([(own, "stop"), (own + 3_000, "stop"), (own + 6_000, "resume")]))
    rounded = -(-own // BLOCK_MS) * BLOCK_MS
    assert witness.not_understood == [(rounded, "stop")]
    assert [intent for _, intent, _ in witness.commands] == ["stop", "resume"]


def test_a_lost_device_pauses_keys_go_on_and_its_return_waits_for_resume() -> None:
    headset = Headset(lost_at=10_000, back_at=15_500)
    where, returned = studio(keys=[(20_000, "r")], room=headset), list[Ms]()
    where.returned = lambda: returned.append(where.mixer.now_ms)
    seen: dict[Ms, Place] = {}
    witness = held(tiny_plan(), where, lambda session, now: seen.update({now: session.place}))
    assert returned == [15_980]
    assert seen[9_980] is not Place.PAUSED
    assert {seen[at] for at in range(10_000, 20_001, 20)} == {Place.PAUSED}
    assert seen[20_020] is not Place.PAUSED
    assert headset.tries == list(range(10_480, 15_981, 500))
    assert (witness.record("device lost"), witness.record("device back")) == (
        [9_999],
        [15_980],
    )  # the lost block had been decided


def test_she_may_go_on_with_keys_while_the_device_is_away_for_good() -> None:
    headset = Headset(lost_at=10_000)
    where = studio(keys=[(12_000, " "), (16_000, " "), (18_000, "r")], room=headset)
    witness = held(tiny_plan(), where)
    assert [intent for _, intent, _ in witness.commands] == ["resume", "pause", "resume"]
    assert witness.record("device back") == []
    assert where.lost is headset
    assert len(witness.record("set")) == 2


def test_a_device_lost_before_the_session_begins_is_told_to_it() -> None:
    headset = Headset(lost_at=0)
    where = studio(keys=[(5_000, "r")], room=headset)
    assert not where.exchange()
    witness = held(tiny_plan(), where)
    assert witness.record("device lost") == [0]
    assert witness.commands[0][1] == "resume"


def test_what_is_said_while_something_else_is_awaited_is_kept() -> None:
    where = studio([(200, "pause"), (4_000, "resume")])
    wait(where, lambda: where.mixer.now_ms >= 500)
    (kept,) = where.heard
    assert isinstance(kept, Accepted) and kept.utterance == Utterance(text="pause", start_ms=0, end_ms=200)
    assert held(tiny_plan(), where).commands == [(0, "pause", "voice"), (3_500, "resume", "voice")]


def journal(path: Path, disk: Disk | None = None) -> Journal:
    disk = disk or Disk()
    return Journal.open(path, "one", lambda: datetime.now(timezone.utc), write=disk.write, sync=disk.sync)


def performed(
    path: Path, where: Studio, look: Callable[[Session, Ms], None], disk: Disk | None = None
) -> list[LogError]:
    """A session with its log, watched after every block; the failures of the log that were told."""
    told: list[LogError] = []

    def observers(session: Session) -> list[Witness]:
        class Looking(Witness):
            def reached(self, now: Ms) -> None:
                look(session, now)

        return [Looking()]

    with journal(path, disk) as kept:
        perform(tiny_plan(), where, kept, Setup(program="test"), Voice().length, observers, told.append)
    return told


def test_the_log_of_a_session_replays(tmp_path: Path) -> None:
    where = studio([(5_000, "pause"), (9_000, "resume"), (12_000, "gibberish")])
    assert performed(tmp_path / "log", where, lambda session, now: None) == []
    log = load(tmp_path / "log").find("last")
    assert replay(log).trace_equal is True
    assert [e.fields["data"] for e in log.entries if e.fields["type"] == "note"] == [{"words": "gibberish"}]


def test_ctrl_c_once_is_stop_and_twice_ends_with_a_whole_log(tmp_path: Path) -> None:
    where = studio()
    pressed = [0]
    where.interrupts = lambda: pressed[0]
    seen: dict[Ms, Place] = {}

    def look(session: Session, now: Ms) -> None:
        seen[now] = session.place
        pressed[0] = (now >= 5_000) + (now >= 8_000)

    with pytest.raises(KeyboardInterrupt):
        performed(tmp_path / "log", where, look)
    assert seen[5_000] is Place.PREPARE
    assert {seen[at] for at in range(5_020, 8_001, 20)} == {Place.STOPPED}
    assert max(seen) == 8_000
    log = load(tmp_path / "log").find("last")
    assert log.end is not None
    assert (log.end["reason"], replay(log).trace_equal) == ("interrupted", True)
    event = next(
        e.fields["event"] for e in log.entries if e.fields["type"] == "event" and "intent" in e.fields["event"]
    )
    assert (event["intent"], event["phrase"], event["via"]) == ("stop", "Ctrl-C", Via.KEY.value)


def test_a_disk_that_fills_up_is_told_once_and_the_session_goes_on(tmp_path: Path) -> None:
    disk = Disk()
    places: list[Place] = []

    def look(session: Session, now: Ms) -> None:
        if now == 6_000:
            disk.room = 0
        places.append(session.place)

    where = studio([(5_000, "louder"), (7_000, "pause"), (11_000, "resume"), (13_000, "louder")])
    told = performed(tmp_path / "log", where, look, disk)
    assert len(told) == 1
    assert "No space left on device" in str(told[0])
    assert places[-1] is Place.OVER
    assert Place.PAUSED in places
    log = load(tmp_path / "log").find("last")
    assert log.end is None
    assert [e.fields["event"].get("phrase") for e in log.entries if e.fields["type"] == "event"] == [None, "louder"]
    assert replay(log).same


def test_a_log_that_cannot_be_begun_is_an_error_before_anything_sounds(tmp_path: Path) -> None:
    disk = Disk()
    disk.room = 0
    where = studio()
    with pytest.raises(LogError):
        performed(tmp_path / "log", where, lambda session, now: None, disk)
    assert where.mixer.now_ms == 0


def test_a_voice_that_dies_is_told_once_and_the_session_goes_on_with_tones() -> None:
    voice, told = Voice(), list[str]()

    def look(session: Session, now: Ms) -> None:
        voice.dead = now >= 6_000

    where = studio(voice=LastResort(voice, told.append))  # type: ignore[arg-type]
    witness = held(tiny_plan(), where, look)
    assert told == ["The voice does not answer. The session goes on with tones and text."]
    assert witness.all_effects == held(tiny_plan(), studio()).all_effects
    assert len(witness.record("set")) == 2


def test_any_other_mistake_closes_the_log_and_goes_on_up(tmp_path: Path) -> None:
    def look(session: Session, now: Ms) -> None:
        if now == 6_000:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        performed(tmp_path / "log", studio(), look)
    end = load(tmp_path / "log").find("last").end
    assert end is not None
    assert end["reason"] == "ZeroDivisionError"
