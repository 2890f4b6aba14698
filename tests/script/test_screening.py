"""The sentences about what she may do: all there, short, plain, without a risk or a promise."""

from __future__ import annotations

import re

import pytest

from voice_coach.person.model import Matter
from voice_coach.safety import STOPS, Why, about, clinician, daily, impact
from voice_coach.safety.questions import QUESTIONS
from voice_coach.script import talk
from voice_coach.script.screening import DISCLAIMER, SAID

TEXTS = {name: say("112") if name == "emergency.number" else say() for name, say in SAID.items()}
CLAIMS = re.compile(r"\b(at risk|fracture risk|safe|prevents|treats|cures|stronger bones|bone density|diagnos\w*)\b")


@pytest.mark.parametrize(("name", "text"), TEXTS.items())
def test_every_sentence_is_short_plain_and_promises_nothing(name: str, text: str) -> None:
    assert name.split(".")[0] in {
        "screening", "daily", "about", "standing", "clinician", "impact", "disclaimer", "emergency",
    }  # fmt: skip
    for sentence in re.split(r"(?<=[.?!]) ", text):
        assert len(sentence.split()) <= (25 if name.startswith("disclaimer.") else 20)
    assert text[0].isupper()
    assert text[-1] in ".?"
    assert not re.search(r"\d", text)
    assert not CLAIMS.search(text.lower())
    assert not re.search(r"\b(should|must|dear)\b", text.lower())


def test_all_that_is_asked_or_told_has_its_sentence() -> None:
    questions = [
        *QUESTIONS, *daily.QUESTIONS, *about.QUESTIONS, *clinician.SAID_YES.values(),
        impact.SHOES, impact.BLADDER, impact.ANYWAY,
    ]  # fmt: skip
    names = {question.id for question in questions} | {stop.told.say for stop in STOPS.values()} | set(DISCLAIMER)
    names |= {f"standing.due_{why.name.lower()}" for why in Why} | {f"clinician.{matter.value}" for matter in Matter}
    assert names <= set(SAID)
    assert all(TEXTS[question.id].endswith(("?", "digit.", "worst.")) for question in questions)
    assert all(talk.words(name) == TEXTS[name] for name in names)


def test_a_number_is_read_as_it_is_dialled() -> None:
    assert TEXTS["emergency.number"] == "Your emergency number is one, one, two."
