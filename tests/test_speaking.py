"""What sounds where the voice is late or dead: a tone in its place, and the sentence when it is still of use."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path

import numpy as np
import pytest

from tests.sessions import tiny_plan
from tests.test_live import Witness, studio
from voice_coach import script
from voice_coach.audio.clip import BLOCK, BLOCK_MS, FRAMES_PER_MS, RATE, Clip, Samples, to_samples
from voice_coach.audio.mixer import LATEST_MS, Mixer
from voice_coach.audio.tones import INSTEAD, PARTS, tone
from voice_coach.journal import Journal, Setup, load
from voice_coach.live import Studio
from voice_coach.perform import perform
from voice_coach.replay import replay
from voice_coach.session.events import Effect, Priority, Say
from voice_coach.session.lines import Key, Line
from voice_coach.speaking import COUNT_LATEST_MS, PIPS, READ_AFTER_MS, VOICE, Speaker
from voice_coach.speech.last_resort import VoiceNews

FIVE, HOLD, REST = Line(Key.NUMBER, (5,)), Line(Key.HOLD, ("hold",)), Line(Key.REST, (20,))
ADVICE, HELP = Line(Key.ADVICE_FALL), Line(Key.HELP_COMING)
LEVEL = 0.01


class Late:
    """A voice none of whose clips is there in time; `there` holds those that have come by now."""

    name = "late"

    def __init__(self, ms: int = 400) -> None:
        self.there: set[str] = set()
        self.ms_each = ms
        self.fresh: list[VoiceNews] = []

    def clip(self, text: str) -> Clip | None:
        return self.come(text)

    def come(self, text: str) -> Clip | None:
        if text not in self.there:
            return None
        return Clip(np.full(self.ms_each * FRAMES_PER_MS, LEVEL, dtype=np.float32))

    def news(self) -> list[VoiceNews]:
        fresh, self.fresh = self.fresh, []
        return fresh


class Scene:
    """A speaker and what was heard of it."""

    def __init__(self) -> None:
        self.voice, self.mixer = Late(), Mixer()
        self.speaker = Speaker(self.mixer, lambda: self.voice)
        self.sound: list[Samples] = []

    def until(self, ms: int) -> None:
        while self.mixer.now_ms < ms:
            self.speaker.turn()
            self.sound.append(to_samples(self.mixer.render(BLOCK)))

    def come(self, line: Line) -> None:
        self.voice.there.add(script.text(line))

    def loud(self, above: float = 0.0005) -> list[tuple[int, int]]:
        """Stretches of sound in milliseconds; what is 100 ms apart is one."""
        at = np.flatnonzero(np.abs(np.concatenate(self.sound)) > above) // FRAMES_PER_MS
        if not len(at):
            return []
        breaks = np.flatnonzero(np.diff(at) > 100)
        starts, ends = at[np.concatenate([[0], breaks + 1])], at[np.concatenate([breaks, [len(at) - 1]])]
        return [(int(a), int(b)) for a, b in zip(starts, ends, strict=True)]


@pytest.fixture
def scene() -> Iterator[Scene]:
    yield Scene()


@pytest.mark.parametrize(
    ("line", "priority", "name", "after"),
    [
        (FIVE, Priority.COUNT, "count", 0),
        (Line(Key.COUNT_LIFT, (1, "up")), Priority.COUNT, "count", 0),
        (Line(Key.THREE_MORE), Priority.COUNT, "three more", 0),
        (Line(Key.LAST_ONE), Priority.COUNT, "last one", 0),
        (ADVICE, Priority.SAFETY, "alarm", 0),
        (REST, Priority.TALK, "read", READ_AFTER_MS),
    ],
)
def test_what_has_no_clip_has_its_tone_on_the_millisecond(
    scene: Scene, line: Line, priority: Priority, name: str, after: int
) -> None:
    scene.speaker.say(1_007, line, priority)
    scene.until(4_000)
    ((start, end),) = scene.loud()
    assert start == 1_007 + after
    assert end - start == pytest.approx(tone(name).ms, abs=3)
    assert scene.speaker.replaced == 1


def test_what_a_tone_of_the_session_says_already_has_no_second_one(scene: Scene) -> None:
    scene.speaker.say(1_000, HOLD, Priority.COUNT)
    scene.until(3_000)
    assert scene.loud() == []
    assert scene.speaker.replaced == 0


@pytest.mark.parametrize(
    ("line", "priority", "latest"),
    [(FIVE, Priority.COUNT, COUNT_LATEST_MS), (REST, Priority.TALK, LATEST_MS)],
)
def test_a_clip_that_comes_too_late_is_not_said_and_one_before_is(line: Line, priority: Priority, latest: int) -> None:
    for late, spoken in ((latest - BLOCK_MS, 1), (latest + BLOCK_MS, 0)):
        scene = Scene()
        scene.speaker.say(1_000, line, priority)
        scene.until(1_000 + late)
        scene.come(line)
        scene.until(4_000)
        assert scene.mixer.counters.spoken == spoken, late
        assert scene.speaker.came_late == spoken


def test_chatter_that_is_a_moment_late_has_no_tone(scene: Scene) -> None:
    scene.speaker.say(1_000, REST, Priority.TALK)
    scene.until(1_100)
    scene.come(REST)
    scene.until(2_000)
    assert scene.loud() == [(1_100, 1_499)]
    assert scene.speaker.replaced == 0


def test_a_clip_that_comes_before_it_is_due_is_on_time(scene: Scene) -> None:
    scene.speaker.say(1_007, FIVE, Priority.COUNT)
    scene.until(500)
    scene.come(FIVE)
    scene.until(2_000)
    assert scene.loud() == [(1_007, 1_406)]
    assert (scene.speaker.replaced, scene.speaker.came_late) == (0, 0)


def test_advice_is_said_whenever_it_comes_one_sentence_after_the_other(scene: Scene) -> None:
    scene.speaker.say(1_000, ADVICE, Priority.SAFETY)
    scene.speaker.say(5_000, HELP, Priority.SAFETY)
    scene.until(9_000)
    scene.come(ADVICE)
    scene.come(HELP)
    scene.until(11_000)
    assert scene.loud()[-1] == (9_000, 9_799)
    assert scene.mixer.counters.overlapped == 0
    assert scene.speaker.came_late == 2


def test_a_hush_is_final(scene: Scene) -> None:
    scene.speaker.say(1_000, ADVICE, Priority.SAFETY)
    scene.speaker.hush(500)
    scene.come(ADVICE)
    scene.until(3_000)
    assert scene.loud() == []


def test_sentences_that_never_come_are_not_kept_for_ever(scene: Scene) -> None:
    for number in range(500):
        scene.speaker.say(number, ADVICE, Priority.SAFETY)
    scene.until(1_000)
    assert len(scene.speaker._missing) == 50


@pytest.mark.parametrize("name", list(INSTEAD))
def test_a_tone_for_a_sentence_is_soft_round_and_where_older_ears_hear(name: str) -> None:
    samples = tone(name).samples
    size = np.abs(samples)
    assert 10 ** (-20 / 20) < size.max() <= 10 ** (-14 / 20)
    assert size[:4].max() < 0.01 and size[-4:].max() < 0.01
    assert np.abs(np.diff(samples)).max() < 0.06
    power = np.abs(np.fft.rfft(samples, 1 << 15)) ** 2
    band = np.fft.rfftfreq(1 << 15, 1 / RATE)
    assert power[(band >= 380) & (band <= 1020)].sum() > 0.97 * power.sum()


def test_the_alarm_is_none_of_the_others_by_its_length_alone() -> None:
    assert tone("alarm").ms > 2 * max(tone(name).ms for name in (*PARTS, *INSTEAD) if name != "alarm")
    assert not set(INSTEAD) & set(PARTS)


def performed(where: Studio, path: Path, *watching: Witness) -> None:
    with Journal.open(path, "one", lambda: datetime.now(timezone.utc)) as journal:
        lengths = script.estimated_text_ms
        perform(tiny_plan(), where, journal, Setup(program="test"), lengths, lambda _: watching, lambda _: None)


def test_a_session_without_any_voice_comes_to_its_end_and_its_log_says_so(tmp_path: Path) -> None:
    voice = Late()
    voice.fresh = [VoiceNews(works=False, why="The voice does not answer."), VoiceNews(works=True)]
    where = studio(voice=voice)  # type: ignore[arg-type]
    performed(where, tmp_path / "log")
    session = load(tmp_path / "log").find("last")
    notes = [entry.fields["data"] for entry in session.entries if entry.fields.get("kind") == VOICE]
    assert notes == [{"works": False, "why": "The voice does not answer."}, {"works": True, "why": ""}]
    assert [entry.fields["kind"] for entry in session.entries if entry.fields.get("kind") == "set"] == ["set"] * 2
    assert replay(session).same
    assert where.mixer.counters.spoken == 0


def test_every_count_of_a_session_without_a_voice_is_heard_as_a_tone(tmp_path: Path) -> None:
    mixer = Marked()
    where = studio(voice=Late())  # type: ignore[arg-type]
    where.mixer = mixer
    counts: list[int] = []

    class Counts(Witness):
        def effects(self, effects: list[Effect]) -> None:
            counts.extend(e.at for e in effects if isinstance(e, Say) and e.line.key in PIPS)

    performed(where, tmp_path / "log", Counts())
    assert len(counts) > 10
    assert sorted(at for name in set(PIPS.values()) for at in mixer.toned[id(tone(name))]) == sorted(counts)


class Marked(Mixer):
    """Remembers where each tone was placed."""

    def __init__(self) -> None:
        super().__init__()
        self.toned: dict[int, list[int]] = {id(tone(name)): [] for name in (*PARTS, *INSTEAD)}

    def tone(self, at: int, clip: Clip) -> None:
        self.toned[id(clip)].append(at)
        super().tone(at, clip)
