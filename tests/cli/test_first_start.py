"""The first start to its end: typed, on the command line; and spoken, through the real voice and recogniser."""

from __future__ import annotations

import json
import secrets
from datetime import datetime, timedelta

from tests.cli.home import Home
from tests.cli.woman import Rehearsal
from voice_coach import prompts, script
from voice_coach.cli.common import library, load
from voice_coach.cli.memory import Memory
from voice_coach.cli.visit import Visit
from voice_coach.conversation.interview import line
from voice_coach.journal import Journal, Setup, session_id
from voice_coach.perform import perform
from voice_coach.person.model import Form
from voice_coach.review import known_at
from voice_coach.safety import about
from voice_coach.session.plan import make_plan

FACTS = "112\n74\nskip\n"
SCREENING = 9 * "no\n" + "0\nno\n0\n" + 4 * "no\n" + "yes\nno\nyes\n"
FEELING = "1\n8\nskip\n"


def told(home: Home) -> list[dict[str, object]]:
    lines = [json.loads(each) for each in home.log.read_text(encoding="utf-8").splitlines()]
    return [{"kind": each["kind"], **each["data"]} for each in lines if each["type"] == "person"]


def test_without_a_yes_to_what_the_program_is_nothing_else_happens(home: Home) -> None:
    done = home.spawn("run", home.tiny(), "--text", "--questions", stdin="no\n")
    assert done.code == 0, done.err
    assert told(home) == []
    assert "Easy day" not in done.out


def test_a_screening_that_is_broken_off_is_kept_and_gone_on_with(home: Home) -> None:
    done = home.spawn("run", home.tiny(), "--text", "--questions", stdin=f"yes\n{FACTS}no\nno\nstop\n")
    assert done.code == 0, done.err
    assert [(each.get("form"), each.get("complete")) for each in told(home)] == [
        (None, None), ("about", True), ("screening", False)
    ]  # fmt: skip
    rest = SCREENING.removeprefix("no\nno\n")
    home.spawn("run", home.tiny(), "--text", "--questions", stdin=f"{rest}stop\n")
    person = known_at(home.log)
    whole = person.last(Form.SCREENING)
    assert whole is not None and whole.answers["screening.near"] == "yes"


def test_a_typed_answer_that_needs_help_breaks_it_off_and_holds_training(home: Home) -> None:
    done = home.spawn("run", home.tiny(), "--text", "--questions", stdin=f"yes\n{FACTS}no\nyes\n")
    assert done.code == 0, done.err
    assert "coach  What you told me needs attention soon" in done.out
    again = home.spawn("run", home.tiny(), "--text", "--no-questions")
    assert again.code == 1 and again.err.startswith("Training waits. "), again.err


ANSWERS = {
    "disclaimer.agree": "yes",
    **dict.fromkeys((question.id for question in about.QUESTIONS), "skip"),
    "screening.bones": "zero",
    "screening.falls": "zero",
    "screening.floor": "yes",
    "screening.near": "yes",
    "feeling.joints": "one",
    "feeling.good": "eight",
    "feeling.sure": "seven",
}


def test_a_spoken_first_start_runs_from_the_first_word_to_the_end_of_the_first_session(home: Home) -> None:
    """Consent, facts, screening, how she is, the first session and how it was: every answer through the recogniser."""
    path = home.log

    def now() -> datetime:
        return datetime.now().astimezone()

    answers = {script.text(line(name)): words for name, words in ANSWERS.items()}
    with Rehearsal(home, answers) as room, Journal.open(path, session_id(now(), secrets.token_hex(2)), now) as journal:
        room.voice.prepare(prompts.texts(prompts.talk_lines()))
        visit = Visit(room.held, room.studio, Memory(journal, path, now), library())
        made = visit.begin(load("first taste"), [])
        assert made is not None, room.woman.said[-5:]
        plan = make_plan(made.routine)
        room.voice.prepare(prompts.texts(prompts.lines_for(plan)))
        setup = Setup(program="test", tier=made.tier.value)
        perform(plan, room.studio, journal, setup, room.coach.ms, lambda _session: [], lambda _error: None)
        visit.end()
    person = known_at(path)
    screening, feeling, after = (person.last(form) for form in (Form.SCREENING, Form.FEELING, Form.AFTER))
    assert person.consented is not None
    assert screening is not None and feeling is not None and after is not None
    numbers = {"screening.bones": 0, "screening.falls": 0}
    yes = dict.fromkeys(("screening.floor", "screening.near"), "yes")
    assert screening.answers == {name: (numbers | yes).get(name, "no") for name in screening.answers}
    assert dict(feeling.answers) == dict(after.answers) == {
        "feeling.joints": 1, "feeling.good": 8, "feeling.sure": 7
    }  # fmt: skip
    assert [session.ended for session in person.sessions] == ["completed"]
    assert person.incidents == ()
    assert now() - person.consented < timedelta(minutes=10)
