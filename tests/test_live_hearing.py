"""Hearing inside a live session on virtual time: silence at the first sign, softer talk, misses, and the name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import pytest

from tests.hearing.scene import Scripted, so_far, sound, whole
from tests.sessions import tiny_plan
from tests.test_live import Keys, Voice, held, journal
from voice_coach.audio.clip import FRAMES_PER_MS, Pcm
from voice_coach.audio.mixer import Mixer
from voice_coach.audio.room import FileRoom, NullRoom
from voice_coach.audio.wav import read_wav
from voice_coach.commands import Vocabulary
from voice_coach.hearing import Rules
from voice_coach.journal import Setup, load
from voice_coach.live import Studio
from voice_coach.perform import perform
from voice_coach.replay import replay
from voice_coach.routine.model import Ms
from voice_coach.session.events import Hush, Say, Sound, Tone, Unheard
from voice_coach.speech.canceller import NoCanceller
from voice_coach.speech.ears import Report

RULES = Rules()
WORD = (5_900, 6_200)  # while the coach says "Sit at the front of the chair.", which takes from 5.7 to 6.4 s


class Remembering(NoCanceller):
    """Gives the microphone on and keeps what it was told the loudspeaker had played."""

    def __init__(self) -> None:
        self.played: list[Pcm] = []

    def process(self, mic: Pcm, played: Pcm) -> Pcm:
        self.played.append(played)
        return mic


def hearing(
    reports: Iterable[tuple[int, Report]],
    spans: Sequence[tuple[int, int]] = (),
    *,
    speaker: Path | None = None,
    keys: Sequence[tuple[Ms, str]] = (),
    canceller: NoCanceller | None = None,
    wake: bool = False,
    rules: Rules | None = None,
) -> Studio:
    """A studio whose ears follow a script and whose microphone hears a hum during the spans."""
    room = FileRoom(sound(spans, length=60_000), speaker) if spans else NullRoom()
    typing = Keys(list(keys))
    made = Studio(
        room=room, mixer=Mixer(), voice=Voice(), ears=Scripted(reports), canceller=canceller or NoCanceller(),
        vocabulary=Vocabulary(), typing=typing, substitute=NullRoom, wake=wake, rules=rules or Rules(),
    )  # fmt: skip
    typing.clock = lambda: made.mixer.now_ms
    return made


def played(where: Studio) -> Pcm:
    """Hold a tiny session; what the loudspeaker played."""
    held(tiny_plan(), where)
    where.room.close()
    assert isinstance(where.room, FileRoom)
    return read_wav(Path(where.room.name.split(" in, ")[1].removesuffix(" out)")))


def silence(pcm: Pcm, start: Ms, end: Ms) -> bool:
    return not pcm[start * FRAMES_PER_MS : end * FRAMES_PER_MS].any()


@pytest.fixture
def undisturbed(tmp_path: Path) -> Pcm:
    """What the loudspeaker plays when nobody says anything."""
    return played(hearing([], [WORD], speaker=tmp_path / "undisturbed.wav"))


def test_the_scene_is_in_the_middle_of_a_sentence(undisturbed: Pcm) -> None:
    assert not silence(undisturbed, *WORD)


def test_a_pause_silences_the_coach_in_the_middle_of_a_word(tmp_path: Path) -> None:
    sign, end = 6_040, WORD[1]
    where = hearing([so_far(sign, "pause"), whole(7_200, *WORD, "pause")], [WORD], speaker=tmp_path / "out.wav")
    witness = held(tiny_plan(), where)
    where.room.close()
    out = read_wav(tmp_path / "out.wav")
    confirmed = -(-(end + RULES.generous.quiet) // 20) * 20
    assert witness.record("paused") == [confirmed]
    assert silence(out, sign + 32, confirmed)
    assert not silence(out, confirmed, confirmed + 200)  # the tone that says "paused"
    assert witness.commands[0] == (confirmed, "pause", "voice")


def test_a_sign_that_is_not_confirmed_takes_nothing_away(tmp_path: Path, undisturbed: Pcm) -> None:
    sign = 6_040
    reports = [so_far(sign, "stop"), so_far(sign + 40, "stop [unk]"), whole(7_200, *WORD, "stop [unk]")]
    unanswered = Rules(unclear=(0, 0))  # no tone about it
    out = played(hearing(reports, [WORD], speaker=tmp_path / "out.wav", rules=unanswered))
    back = sign + RULES.mute
    after = (WORD[1] + 300 + RULES.release + 70) * FRAMES_PER_MS
    assert silence(out, sign + 32, back)
    assert np.array_equal(out[: sign * FRAMES_PER_MS], undisturbed[: sign * FRAMES_PER_MS])
    assert np.array_equal(out[after:], undisturbed[after:])


def test_a_softer_coach_counts_on_the_same_samples(tmp_path: Path, undisturbed: Pcm) -> None:
    talk = (15_200, 18_200)
    out = played(hearing([so_far(15_400, "[unk]")], [talk], speaker=tmp_path / "out.wav"))
    clicks = np.flatnonzero(np.abs(undisturbed.astype(int)) > 10_000)
    inside = clicks[(clicks > 15_500 * FRAMES_PER_MS) & (clicks < 18_000 * FRAMES_PER_MS)]
    assert len(inside) >= 2
    ratio = out[inside].astype(float) / undisturbed[inside]
    assert ratio == pytest.approx(10 ** (RULES.duck_db / 20), abs=0.01)
    assert set(np.flatnonzero(np.abs(out.astype(int)) > 2_000)) >= set(clicks)


def test_the_canceller_is_told_exactly_what_was_played(tmp_path: Path) -> None:
    canceller = Remembering()
    reports = [so_far(6_040, "stop"), so_far(6_080, "stop [unk]"), whole(7_200, *WORD, "stop [unk]")]
    where = hearing(reports, [WORD], speaker=tmp_path / "out.wav", canceller=canceller)
    out = played(where)
    told = np.concatenate(canceller.played)
    assert np.array_equal(told[: len(out)], out)
    assert silence(told, 6_072, 6_420)


def test_what_was_not_understood_is_told_logged_and_replayed(tmp_path: Path) -> None:
    first, second = (14_200, 14_800), (19_800, 20_400)  # between the sentences
    reports = [
        *(so_far(14_400, "[unk]"), whole(15_300, *first, "[unk]")),
        *(so_far(20_000, "[unk]"), whole(20_900, *second, "[unk]")),
    ]
    where = hearing(reports, [first, second])
    witness = held(tiny_plan(), where)
    assert [e.at for e in witness.events if isinstance(e, Unheard)] == [15_500, 21_100]
    tones = [e for e in witness.all_effects if isinstance(e, Sound) and e.tone is Tone.UNCLEAR]
    keys = [e for e in witness.all_effects if isinstance(e, Say) and e.line.key.value == "missed"]
    assert len(tones) == len(keys) == 1
    assert witness.not_understood == [(15_300, "[unk]"), (20_900, "[unk]")]
    with journal(tmp_path / "log") as kept:
        again = hearing(reports, [first, second])
        perform(tiny_plan(), again, kept, Setup(program="test"), Voice().length, lambda session: [], lambda error: None)
    log = load(tmp_path / "log").find("last")
    assert [e.fields["event"]["type"] for e in log.entries if e.fields["type"] == "event"].count("unheard") == 2
    assert replay(log).trace_equal is True


def test_with_a_name_asked_for_only_what_is_called_counts_and_keys_always() -> None:
    reports = [whole(15_000, 14_000, 14_400, "pause"), whole(16_000, 15_000, 15_600, "coach pause")]
    witness = held(tiny_plan(), hearing(reports, wake=True, keys=[(19_000, "r"), (21_000, "pause"), (23_000, " ")]))
    assert [(at, intent) for at, intent, _ in witness.commands] == [
        (16_000, "pause"), (19_000, "resume"), (21_000, "pause"), (23_000, "resume")
    ]  # fmt: skip
    assert witness.not_understood == [(15_000, "pause")]


def test_whether_the_name_is_asked_for_can_be_typed() -> None:
    reports = [whole(6_000, 5_000, 5_400, "louder"), whole(9_000, 8_000, 8_400, "louder")]
    typed = [(4_000, "listen only to your name"), (7_000, "listen to everything")]
    witness = held(tiny_plan(), hearing(reports, keys=typed))
    assert [intent for _, intent, _ in witness.commands] == [
        "listen to your name", "listen to everything", "louder"
    ]  # fmt: skip


def test_a_command_in_the_same_breath_as_a_stop_is_taken_too() -> None:
    reports = [so_far(6_040, "stop"), so_far(6_800, "stop resume"), whole(7_900, 5_900, 7_000, "stop resume")]
    witness = held(tiny_plan(), hearing(reports, [WORD, (6_600, 7_000)]))
    assert [intent for _, intent, _ in witness.commands] == ["stop", "resume"]
    hushes = [e.at for e in witness.all_effects if isinstance(e, Hush)]
    assert hushes[0] == witness.commands[0][0]
