"""Digits and a doctor's yes, said aloud: through the real voice, the echo of a room and the real recogniser."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.cli import visiting
from tests.cli.home import Home
from tests.cli.test_gates import weeks_of_strength
from tests.cli.visiting import Answers, text_of
from tests.cli.woman import Rehearsal
from tests.coaching.build import LIBRARY
from voice_coach.cli.first_start import facts
from voice_coach.cli.gates import landings
from voice_coach.cli.memory import Memory
from voice_coach.cli.talk import Talk
from voice_coach.conversation.interview import line
from voice_coach.journal import Journal
from voice_coach.person.model import Matter
from voice_coach.safety import about

ANSWERS: Answers = {
    "about.emergency": "one one two",
    "about.age": "seven four",
    "about.weight": "sixty two",  # said as one number
    **{line("interview.digits", digits): "yes" for digits in ("112", "74", "62")},
    "clinician.impact": "yes",
    "impact.bladder": "no",
}


def test_age_weight_number_and_a_doctors_yes_are_heard_and_the_digits_read_back(home: Home) -> None:
    """Nothing counts before she has said that the digits are right."""
    home.log.parent.mkdir(parents=True)
    at_home = visiting.Home(home.log)
    last = weeks_of_strength(at_home, 7)
    at_home.screened(last - timedelta(days=20))
    now = last + timedelta(hours=1)

    def clock() -> datetime:
        return now

    with Rehearsal(home, {text_of(asked): str(words) for asked, words in ANSWERS.items()}) as room:
        with Journal.open(home.log, "spoken", clock) as journal:
            memory = Memory(journal, home.log, clock)
            talk = Talk(room.held, memory)
            facts(talk)
            landings(talk, LIBRARY)
        said = [asked for asked, _words in room.woman.said]
    person = memory.person
    assert (about.emergency_number(person), about.age(person), about.kilos(person)) == ("112", 74, 62)
    assert [each.matter for each in person.clearances] == [Matter.IMPACT]
    assert person.forms[-1].answers == {"impact.bladder": "no"}
    assert [said.count(text_of(line("interview.digits", digits))) for digits in ("112", "74", "62")] == [1, 1, 1]
    assert set(said) == {text_of(asked) for asked in ANSWERS}
