"""What she is told while she trains: what can be said now, and the key after two misses. Real ears, recordings."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest

from tests.cli.home import Done, Home
from tests.cli.test_run_files import entries
from tests.cli.trace import effects
from voice_coach import script
from voice_coach.commands import Vocabulary, normalise
from voice_coach.journal import load
from voice_coach.session.events import Say, Sound, Tone
from voice_coach.session.lines import Key, Line

Coach = Callable[..., Done]
MISSED = Line(Key.MISSED_WAITING)
NONSENSE = ("refrigerator", "umbrella", "photography", "watermelon", "geography", "binoculars")


def session(home: Home, coach: Coach, *said: tuple[int, str]) -> list[str]:
    mic = home.recording("mic.wav", *said)
    done = coach("run", home.tiny(), "--mic", str(mic), "--speaker", str(home.data / "coach.wav"))
    assert done.code == 0, done.err
    return [line.split("  ", 1)[1].strip() for line in done.lines]


def test_help_tells_what_can_be_said_now(home: Home, coach: Coach) -> None:
    words = "what can i say"
    said = (36_500, words), (46_000, "wait a moment"), (53_000, words), (62_000, "resume")
    told = session(home, coach, *said)
    asked = [at for at, line in enumerate(told) if line == f"you  {words}"]
    assert len(asked) == 2
    rest, paused = (script.text(Line(key)) for key in (Key.HELP_REST, Key.HELP_PAUSED))
    assert f"coach  {rest}" in told[asked[0] :]
    assert told[asked[1] + 1] == f"coach  {paused}"


@pytest.mark.parametrize("key", [Key.HELP_PREPARE, Key.HELP_WORK, Key.HELP_REST, Key.HELP_PAUSED])
def test_everything_on_the_list_can_be_said_in_those_very_words(key: Key) -> None:
    sentence = script.text(Line(key)).removeprefix("You can say: ").rstrip(".")
    offered = [normalise(words) for words in sentence.replace(" or ", " ").split(",")]
    assert len(offered) >= 4
    assert all(Vocabulary().whole(words) is not None for words in offered), offered


def test_after_two_misses_the_key_is_offered_once_however_much_is_said(home: Home, coach: Coach) -> None:
    """More than a minute in which she is not understood: a tone now and then, the sentence once, and she is heard."""
    spaced = [(48_000 + index * 8_000, NONSENSE[index % len(NONSENSE)]) for index in range(9)]
    told = session(home, coach, (36_000, "wait a moment"), *spaced, (122_000, "resume"))
    assert [line for line in told if line.startswith("you")] == ["you  wait a moment", "you  resume"]
    assert sum(line.startswith("(heard") for line in told) >= 8
    assert told.count(f"coach  {script.text(MISSED)}") == 1
    assert told[-1] == "(completed)"
    unclear = [entry["at"] for entry in entries(home, "event") if entry["event"]["type"] == "unheard"]
    assert len(unclear) >= 2
    answers = effects(load(home.log).find("last"))
    tones = [effect.at for effect in answers if isinstance(effect, Sound) and effect.tone is Tone.UNCLEAR]
    said = [effect.at for effect in answers if isinstance(effect, Say) and effect.line == MISSED]
    assert unclear[0] < tones[0] < unclear[1] < said[0]
    assert all(later - earlier >= 9_000 for earlier, later in pairwise(tones))


def test_talk_with_somebody_else_is_not_answered_at_all(home: Home, coach: Coach) -> None:
    talk = (
        "the butter is behind the milk in the refrigerator", "she bought a yellow umbrella last saturday",
        "did the photographer telephone yesterday evening", "geography was his favourite subject",
    )  # fmt: skip
    spaced = [(50_000 + index * 4_000, talk[index % len(talk)]) for index in range(6)]
    told = session(home, coach, (36_000, "wait a moment"), *spaced, (78_000, "resume"))
    assert [line for line in told if line.startswith("you")] == ["you  wait a moment", "you  resume"]
    assert sum(line.startswith("(heard") for line in told) >= 5
    assert f"coach  {script.text(MISSED)}" not in told
