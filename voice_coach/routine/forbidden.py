"""Movements that are for nobody with fragile bones, told by tag or by words, and what stands instead (EVIDENCE 1.3).

Loaded or repeated bending and twisting at the end of the range are the specific hazard (Sinaki and Mikkelsen, Arch
Phys Med Rehabil 1984;65:593-596; Kunutsor and others, J Frailty Sarcopenia Falls 2018;3:155-178; both [V]). Words
can be read only so far: what is found is refused, what is not found is not therefore good.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from voice_coach.errors import Problem
from voice_coach.routine.model import Tag
from voice_coach.routine.nodes import Node
from voice_coach.routine.wording import shown

OVERRIDE = 'or, if your clinician agreed, say so: override: "my physiotherapist agreed, May 2026"'


class _Rule(NamedTuple):
    why: str
    instead: str
    words: re.Pattern[str]


def _rule(why: str, instead: str, *patterns: str) -> _Rule:
    return _Rule(why, instead, re.compile(rf"\b(?:{'|'.join(patterns)})\b", re.IGNORECASE))


_FLEXION = _rule(
    "bends the spine under load or to its end",
    "use a hip hinge, a counter plank or a long-back hamstring stretch",
    r"sit-ups?|sit ups|situps?|v-ups?|v-sits?|jack-?kni(?:fe|ves)|crunch(?:es|ing)?",
    r"roll-(?:up|down)s?|roll ?(?:ups|downs)|rolling like a ball|plough pose|plow pose|cat[- ]cow",
    r"roll (?:up|down) (?:slowly |gently )?(?:your (?:spine|back)|bone by bone|one (?:bone|vertebra)|vertebra)",
    r"toe[- ]touch(?:es|ing)?|touch(?:es|ing)? (?:your|the) toes(?! (?:to|on)\b)",
    r"(?:reach|bend|fold|stretch|round)(?:ing)? (?:\w+ ){0,3}(?:to|towards?|for) (?:your|the) (?:toes|feet|ankles)",
    r"(?:reach|fold)(?:ing)? (?:\w+ ){0,3}(?:to|towards?|for) the floor",
    r"(?:forward|standing|seated) (?:fold|bend)s?|fold(?:ing)? forwards?",
    r"bend(?:ing)? (?:over|forwards? (?:from|at) (?:your|the) waist)",
    r"knees?[- ](?:in[- ])?(?:to|towards?|into)[- ](?:(?:your|the)[- ])?chest",
    r"round(?:ing)? (?:your|the) (?:back|spine)|curl(?:ing)? (?:your|the) (?:back|spine|trunk|head|shoulders)",
)
_TWIST = _rule(
    "twists the spine",
    "step to turn, or use an anti-twist hold",
    r"(?<!anti-)(?<!anti )twist(?:s|ed|ing)?(?! (?:a|the|your|of the) (?:towel|cloth|lid|wrist|jar))",
    r"golf swings?|swing (?:\w+ ){0,6}golf\w*|wood-?chop(?:s|pers?|ping)?|wood chop(?:s|pers?|ping)?|windmills?",
    r"(?:turn|turning|rotate|rotating) (?:\w+ ){0,3}(?:trunk|torso|spine|waist) (?:quickly|fast|hard|as far as)",
)
_HEAVY = _rule(
    "is a lift to the limit, or from the floor",
    "keep weights on a table at hip height, and two good repetitions in hand",
    r"one[- ]rep max(?:imum)?|1 ?rm|max(?:imal|imum) lifts?|(?:to|until) failure|as heavy as (?:you can|possible)",
    r"(?:lift|pick|take|swing)(?:ing)? (?:\w+ ){0,4}(?:weights?|dumbbells?|kettlebells?|barbells?|bags?|box(?:es)?)"
    r" (?:\w+ ){0,2}(?:from|off) the floor",
)
_UNSTEADY = _rule(
    "is a stand that can give way",
    "use a counter or a corner, a clear floor and shoes",
    r"wobble (?:boards?|cushions?)|balance boards?|bosu|stand(?:ing)? on (?:a|the) (?:stool|chair|ladder|cushion)",
    r"(?:with|keep) (?:your |both )?eyes (?:closed|shut)|(?:close|shut) your eyes",
)
_BREATH = _rule("stops the breath", "breathe out on the effort", r"hold(?:ing)? your breath")
_RULES = (_FLEXION, _TWIST, _HEAVY, _UNSTEADY, _BREATH)
_BY_TAG = {Tag.SPINAL_FLEXION_LOADED.value: _FLEXION, Tag.TWISTING.value: _TWIST}

_NOT = re.compile(r"\b(?:not|never|no|nor|don['’]t|without|avoid|cannot|instead of|rather than)\b", re.IGNORECASE)
_NEAR = 5  # words between a "never" and what it forbids
_SEATED = re.compile(r"\b(?:sit|seated|lie|lying)\b", re.IGNORECASE)

# What the words say and no tag does: it would reach tiers that it is not for.
_IMPACT = re.compile(r"\b(?:jump|hop|leap|stomp|burpee)(?:s|ing)?\b|\bskipping rope\b", re.IGNORECASE)
_OVERHEAD = re.compile(r"\boverhead\b|\b(?:above|over) (?:your|the) head\b", re.IGNORECASE)
_LOADED = re.compile(r"\b(?:weight|dumb-?bell|kettle-?bell|bar-?bell|bottle|bag)s?\b|\bpress\b", re.IGNORECASE)


class _Said(NamedTuple):
    field: str
    text: str
    line: int


def forbidden_problems(entry: Node, path: Path) -> Iterator[Problem]:
    """What in an exercise, or in an item with its note, is for nobody; and what its tags do not own up to."""
    said = list(_texts(entry))
    if not _overridden(entry):
        yield from _tagged(entry, path)
        for each in said:
            yield from _worded(each, said, path)
    if entry.child("exercise") is None:
        yield from _untagged(entry, said, path)


def _overridden(entry: Node) -> bool:
    override = entry.child("override")
    return override is not None and isinstance(override.value, str) and bool(override.value.strip())


def _tagged(entry: Node, path: Path) -> Iterator[Problem]:
    for tag in _entries(entry, "tags"):
        rule = _BY_TAG.get(tag.value) if isinstance(tag.value, str) else None
        if rule:
            message = f"tags: {tag.value} is for nobody with fragile bones"
            yield Problem(str(path), tag.line, message, f"{rule.instead}; {OVERRIDE}")


def _worded(each: _Said, said: list[_Said], path: Path) -> Iterator[Problem]:
    for rule in _RULES:
        found = next((match for match in rule.words.finditer(each.text) if not _negated(each.text, match)), None)
        if found is None or (rule is _UNSTEADY and "eyes" in found[0].casefold() and _sits(said)):
            continue
        message = f'{each.field}: "{shown(found[0])}" {rule.why}, which is not for fragile bones'
        yield Problem(str(path), each.line, message, f"{rule.instead}; {OVERRIDE}")


def _untagged(entry: Node, said: list[_Said], path: Path) -> Iterator[Problem]:
    tags = [tag.value for tag in _entries(entry, "tags")]
    loaded = entry.child("load") is not None or any(_LOADED.search(each.text) for each in said)
    for tag, words, counts in ((Tag.IMPACT, _IMPACT, True), (Tag.OVERHEAD, _OVERHEAD, loaded)):
        if not counts or tag.value in tags:
            continue
        for each in said:
            found = next((match for match in words.finditer(each.text) if not _negated(each.text, match)), None)
            if found:
                message = f'{each.field}: "{shown(found[0])}" is not for everybody, and no tag says so'
                yield Problem(str(path), each.line, message, f"write tags: [{', '.join([*map(str, tags), tag.value])}]")
                break


def _negated(text: str, match: re.Match[str]) -> bool:
    """Whether the sentence tells her not to."""
    before = re.split(r"[.;:!?]", text[: match.start()])[-1]
    return _NOT.search(" ".join(before.split()[-_NEAR:])) is not None


def _sits(said: list[_Said]) -> bool:
    """Whether it begins sitting or lying, where closed eyes are no hazard."""
    return any(each.field == "start" and _SEATED.search(each.text) for each in said)


def _texts(entry: Node) -> Iterator[_Said]:
    """Everything about the movement that is said, with its field and line."""
    for field in ("name", "start", "high_note", "note"):
        node = entry.child(field)
        if node and isinstance(node.value, str):
            yield _Said(field, node.value, node.line)
    for field in ("cues", "easier", "harder", "equipment"):
        for part in _entries(entry, field):
            value = (part.child("say") or part).value
            if isinstance(value, str):
                yield _Said(field, value, part.line)


def _entries(node: Node, field: str) -> Iterator[Node]:
    child = node.child(field)
    yield from child.entries() if child else ()
