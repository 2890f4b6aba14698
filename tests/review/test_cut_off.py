"""A word of distress behind which the power went: wherever the log is cut, it is known that it was said."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journal.logs import BEGAN, write_session
from tests.sessions import command, small_plan
from voice_coach.journal import load
from voice_coach.person.model import Trouble
from voice_coach.review.known import known
from voice_coach.review.opening import known_at
from voice_coach.session.events import Intent

WORDS = (
    (Intent.DIZZY, Trouble.DIZZY),
    (Intent.FALL, Trouble.FALL),
    (Intent.CHEST, Trouble.EMERGENCY),
    (Intent.PAIN, Trouble.BACK_PAIN),
)


@pytest.mark.parametrize(("word", "trouble"), WORDS)
def test_every_cut_behind_the_word_leaves_an_incident(tmp_path: Path, word: Intent, trouble: Trouble) -> None:
    log, cut = tmp_path / "log", tmp_path / "cut"
    write_session(log, small_plan(), [command(30_000, word)], limit=32_000)
    lines = log.read_bytes().splitlines(keepends=True)
    said = next(index for index, line in enumerate(lines) if b'"intent":"' + word.value.encode() in line)
    for count in range(said + 1, len(lines)):
        cut.write_bytes(b"".join(lines[:count]))
        for person in (known(load(cut)), known(load(cut, lean=True)), known_at(cut)):
            assert [(each.trouble, each.session) for each in person.incidents] == [(trouble, load(cut).sessions[0].id)]
            assert person.incidents[0].at >= BEGAN
    cut.write_bytes(b"".join(lines[:said]))
    assert not known(load(cut)).incidents


def test_a_word_that_was_taken_back_is_no_incident(tmp_path: Path) -> None:
    log = tmp_path / "log"
    write_session(log, small_plan(), [command(30_000, Intent.DIZZY), command(60_000, Intent.FALSE_ALARM)], limit=62_000)
    assert not known(load(log, lean=True)).incidents
