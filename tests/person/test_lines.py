"""Lines about the person: what is written comes back as it was; what is damaged was not said."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.person.facts import AT, facts
from voice_coach.person.lines import Fact, fact_of, line_of
from voice_coach.person.model import Answered, Form, Person

KINDS = ("answers", "incident", "clearance", "decision", "measured", "weight", "correction")
plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(facts())
def test_a_fact_comes_back_from_its_line(fact: Fact) -> None:
    kind, data = line_of(fact)
    assert kind in KINDS
    assert fact_of(kind, json.loads(json.dumps(data)), AT) == fact


@given(facts(), st.data())
def test_a_line_with_anything_in_it_is_a_fact_or_nothing(fact: Fact, data: st.DataObject) -> None:
    kind, fields = line_of(fact)
    changed: dict[str, Any] = dict(fields)
    changed[data.draw(st.sampled_from(sorted(fields)))] = data.draw(plain)
    found = fact_of(kind, changed, AT)
    assert found is None or (type(found) is type(fact) and found.at == AT and json.dumps(line_of(found)))


@given(st.sampled_from(KINDS), st.dictionaries(st.text(max_size=10), plain, max_size=4))
def test_a_line_of_nonsense_never_fails(kind: str, data: dict[str, Any]) -> None:
    found = fact_of(kind, data, AT)
    assert found is None or line_of(found)[0] == kind


@pytest.mark.parametrize("kind", ["", "mood", "consent", "Answers"])
def test_another_kind_is_no_fact(kind: str) -> None:
    assert fact_of(kind, {"form": "daily", "answers": {}, "complete": True}, AT) is None


def test_answers_that_can_be_none_are_left_out() -> None:
    data = {"form": "daily", "answers": {"a": "yes", "b": 3, "c": True, "d": None, "e": [1]}, "complete": 1}
    assert fact_of("answers", data, AT) == Answered(
        at=AT, form=Form.DAILY, answers={"a": "yes", "b": 3}, complete=False
    )


@pytest.mark.parametrize(
    "data",
    [
        {"exercise": "row", "grams": 2_000, "label": "red band"},
        {"exercise": "row", "grams": 0, "label": ""},
        {"exercise": "row", "grams": -5},
        {"exercise": "row", "grams": 2.5},
        {"exercise": "row", "grams": True},
    ],
)
def test_a_load_is_one_thing_or_not_told(data: dict[str, Any]) -> None:
    assert fact_of("weight", data, AT) is None


def test_an_accepted_that_is_no_answer_is_asked_again() -> None:
    data = {"exercise": "row", "rule": "2 for 2", "change": {"grams": 500, "odd": None}, "accepted": "yes"}
    decision = fact_of("decision", data, AT)
    assert decision and line_of(decision)[1] == {**data, "change": {"grams": 500}, "accepted": None}


def test_the_newest_form_of_a_kind() -> None:
    def form(kind: Form, answer: str, complete: bool = True) -> Answered:
        return Answered(at=AT, form=kind, answers={"a": answer}, complete=complete)

    daily, broken = form(Form.DAILY, "yes"), form(Form.DAILY, "no", complete=False)
    person = Person(forms=(form(Form.DAILY, "old"), daily, broken, form(Form.AFTER, "no")))
    assert person.last(Form.DAILY) is daily
    assert person.last(Form.DAILY, complete=False) is broken
    assert person.last(Form.SCREENING) is None
