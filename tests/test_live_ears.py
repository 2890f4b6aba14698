"""Ears that fail in the middle of a live session: what is said of it, what is shown, and what is kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from tests.sessions import tiny_plan
from tests.test_live import Keys, Voice, Witness, held, journal
from voice_coach.audio.mixer import Mixer
from voice_coach.audio.room import NullRoom
from voice_coach.commands import Vocabulary
from voice_coach.journal import Setup, load
from voice_coach.live import Studio
from voice_coach.noticing import Noticing
from voice_coach.perform import perform
from voice_coach.replay import replay
from voice_coach.routine.model import Ms
from voice_coach.session.events import EARS, DeviceBack, Event, HeldUp, Hitch
from voice_coach.speech.canceller import NoCanceller
from voice_coach.speech.ears import TextEars, Trouble

FOR_GOOD = Trouble(told="It has failed too often.", lasting=True)


class Failing(TextEars):
    """Ears whose troubles come at their times."""

    def __init__(self, troubles: dict[Ms, Trouble]) -> None:
        super().__init__([])
        self._troubles = troubles

    def troubles(self) -> list[Trouble]:
        now = self._frames // 16
        due = [at for at in self._troubles if at <= now]
        return [self._troubles.pop(at) for at in due]


@dataclass
class Scene:
    """A studio with such ears, and the sentences that were shown."""

    troubles: dict[Ms, Trouble]
    keys: list[tuple[Ms, str]] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)

    def studio(self) -> Studio:
        typing = Keys(self.keys)
        made = Studio(
            room=NullRoom(), mixer=Mixer(), voice=Voice(), ears=Failing(self.troubles), canceller=NoCanceller(),
            vocabulary=Vocabulary(), typing=typing, substitute=NullRoom, noticing=Noticing(tell=self.shown.append),
        )  # fmt: skip
        typing.clock = lambda: made.mixer.now_ms
        return made


def outside(witness: Witness) -> list[Event]:
    return [event for event in witness.events if isinstance(event, DeviceBack | HeldUp)]


def test_a_moment_is_shown_and_only_a_longer_one_is_told() -> None:
    troubles = {4_000: Trouble(told="It failed."), 4_100: Trouble(told="Back.", missed_ms=200)}
    scene = Scene(troubles | {9_000: Trouble(told="Back again.", missed_ms=500)})
    witness = held(tiny_plan(), scene.studio())
    assert scene.shown == ["It failed.", "Back.", "Back again."]
    assert outside(witness) == [DeviceBack(at=8_980, what=EARS)]
    assert witness.record("paused") == []


def test_for_good_the_session_stands_still_until_a_key_and_goes_on_by_keys() -> None:
    scene = Scene({9_000: FOR_GOOD}, keys=[(15_000, " ")])
    witness = held(tiny_plan(), scene.studio())
    assert outside(witness) == [HeldUp(at=8_980, hitch=Hitch.EARS)]
    assert witness.record("resumed") == [15_000] and len(witness.record("set")) == 2


def test_the_next_machine_is_told_as_well() -> None:
    where = Scene({4_000: FOR_GOOD}, keys=[(6_000, " "), (90_000, " ")]).studio()
    held(tiny_plan(), where)
    assert HeldUp(at=0, hitch=Hitch.EARS) in held(tiny_plan(), where).events


def test_it_is_in_the_log_which_replays(tmp_path: Path) -> None:
    where = Scene({9_000: FOR_GOOD}, keys=[(15_000, " ")]).studio()
    with journal(tmp_path / "log") as kept:
        perform(tiny_plan(), where, kept, Setup(program="test"), Voice().length, lambda _session: [], _nothing)
    (session,) = load(tmp_path / "log").sessions
    assert replay(session).same
    assert "It has failed too often." in [
        entry.fields["data"]["words"] for entry in session.entries if entry.fields.get("kind") == "told"
    ]


def _nothing(error: Exception) -> None:
    raise error
