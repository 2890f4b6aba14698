"""`models` shows what would listen; `models fetch` is tried with an archive that is not the known one."""

from __future__ import annotations

import shutil
from collections.abc import Callable

import pytest

from tests.cli.conftest import TINY, Done, Home
from voice_coach.paths import shipped

Coach = Callable[..., Done]
SHIPPED = shipped("models") / "coach-en"


def test_the_shipped_model_is_used_where_there_is_no_other(coach: Coach) -> None:
    done = coach("models")
    assert done.code == 0
    assert done.lines[0].startswith(f"{SHIPPED}  ") and done.lines[0].endswith("MB  used")
    assert done.lines[1].endswith("not used")


def test_her_own_model_comes_first_and_a_damaged_one_is_named(home: Home, coach: Coach) -> None:
    folder = home.data / "voice-coach" / "models"
    shutil.copytree(SHIPPED, folder / "b-good")
    shutil.copytree(SHIPPED, folder / "a-damaged")
    (folder / "a-damaged" / "conf" / "model.conf").write_text("--beam=10.0\n")
    first, second, third, *_ = coach("models").lines
    assert first.endswith("is a damaged Vosk model (conf/model.conf was changed)")
    assert "b-good" in second and second.endswith("  used")
    assert str(SHIPPED) in third and third.endswith("not used")


@pytest.mark.parametrize(
    ("content", "said"), [(None, "cannot be had (No such file or directory)"), (b"another", "What came is cut short")]
)
def test_fetching_what_is_not_the_model_is_one_sentence(
    home: Home, coach: Coach, content: bytes | None, said: str
) -> None:
    source = home.data / "model.zip"
    if content is not None:
        source.write_bytes(content)
    done = coach("models", "fetch", "--from", str(source))
    assert done.code == 4
    assert said in done.err.splitlines()[-1] and done.err.endswith("nothing was changed.\n")
    assert list((home.data / "voice-coach" / "models").iterdir()) == []


def test_check_offers_words_for_a_name_that_cannot_be_heard(home: Home, coach: Coach) -> None:
    text = TINY.replace("title: Easy day", "title: Zorblax morning\n    aliases: [blipple, easy morning]")
    path = home.write("voice-coach/routines/zorblax.yaml", text)
    done = coach("check")
    assert (done.code, done.out) == (0, "No problems found.\n")
    assert done.err.splitlines() == [
        f'Only so you know: {path}: "{name}" cannot be heard, because the recogniser does not know "{word}", '
        'say "easy morning" or "routine one".'
        for name, word in (("Zorblax morning", "zorblax"), ("blipple", "blipple"))
    ]


def test_check_asks_for_an_alias_where_a_file_is_in_no_menu(home: Home, coach: Coach) -> None:
    path = home.write("mine.yaml", TINY.replace("Easy day", "Zorblax"))
    assert coach("check", str(path)).err.endswith('"zorblax", add an alias of everyday words.\n')


def test_check_has_nothing_to_say_about_names_that_are_known(home: Home, coach: Coach) -> None:
    home.write("voice-coach/routines/easy.yaml", TINY)
    assert coach("check").err == ""
