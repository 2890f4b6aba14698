"""Reading the tables of poses; what is wrong in them is said with file and line, one problem for each exercise."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import lru_cache
from math import dist
from pathlib import Path

from voice_coach.errors import Problem, ProblemsFound
from voice_coach.figures.draw import seen
from voice_coach.figures.model import Figure, Limb, Point, Pose
from voice_coach.figures.props import AXES, PROPS
from voice_coach.figures.skeleton import HIP_OUT, SHOULDER_OUT, SIDES, OutOfReach, joints
from voice_coach.routine.nodes import Node
from voice_coach.routine.source import read
from voice_coach.routine.wording import did_you_mean, listed, plural, shown

SHIPPED = Path(__file__).parent / "poses"
FLOOR = "floor"
_ENDS = [f"{side}_{part}" for side in SIDES for part in ("hand", "foot", "knee", "forearm")]
TOUCHING = ("hips", "back", "head", "hands", "feet", "knees", "forearms", *_ENDS)

_ARM = ("hand", "bend", "points", "upper", "lower", "tilt")
_LEG = ("foot", "bend", "thigh", "shin", "tilt")
_LIMBS = ("arms", "legs", "right_arm", "left_arm", "right_leg", "left_leg")
_POSE = ("hips", "back", "head", *_LIMBS, "touches")
_FIGURE = ("title", "view", "zoom", "props", "holds", "band", "arrows", "start", "end")
_STANDING = Pose(
    hips=(0.0, 84.9, 0.0),
    arms=dict.fromkeys(SIDES, Limb(upper=(-4.0, 4.0), lower=(6.0, 3.0))),
    legs=dict.fromkeys(SIDES, Limb(place=(0.0, 0.0, HIP_OUT))),
)


class _Wrong(Exception):
    """Something in the table cannot be drawn."""

    def __init__(self, node: Node, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.line, self.message, self.hint = node.line, message, hint


@lru_cache(maxsize=4)
def figures(folder: Path = SHIPPED) -> Mapping[str, Figure]:
    """The figures of every table in a folder, by exercise. Raises ProblemsFound with everything wrong in them."""
    found: dict[str, Figure] = {}
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.yaml")):
        source = read(path)
        problems += source.problems
        for identity, node in source.tree.fields().items() if source.tree else ():
            try:
                if identity in found:
                    raise _Wrong(node, f"{identity} is drawn twice", "keep one")
                found[identity] = _figure(identity, node)
            except _Wrong as wrong:
                problems.append(Problem(str(path), wrong.line, wrong.message, wrong.hint))
    if problems or not found:
        raise ProblemsFound(problems or [Problem(str(folder), 0, "there are no tables of poses here")])
    return found


def _figure(identity: str, node: Node) -> Figure:
    fields = _fields(node, _FIGURE, f"the drawing of {identity}", needed=("title", "start"))
    title = fields["title"].value
    if not isinstance(title, str):
        raise _Wrong(fields["title"], f"title is {shown(title)}, not a sentence")
    start = _pose(fields["start"], _STANDING)
    known = joints(start)
    figure = Figure(
        id=identity,
        title=title,
        start=start,
        end=_pose(fields["end"], start) if "end" in fields else None,
        view=_pair(fields.get("view")),
        zoom=_three(fields["zoom"]) if "zoom" in fields else None,
        props=_props(fields.get("props")),
        holds=_names(fields.get("holds"), ("right_hand", "left_hand"), AXES),
        band=_band(fields.get("band"), known),
    )
    return replace(figure, arrows=_arrows(fields["arrows"], figure)) if "arrows" in fields else figure


def _pose(node: Node, before: Pose) -> Pose:
    """A pose; what is not written is as in the one before it."""
    fields = _fields(node, _POSE, "a pose")
    limbs = {"arm": dict(before.arms), "leg": dict(before.legs)}
    for key in _LIMBS:  # one side after both
        if key in fields:
            kind = key.rstrip("s")[-3:]
            sides = SIDES if key.endswith("s") else (key.split("_")[0],)
            limbs[kind] |= dict.fromkeys(sides, _limb(fields[key], kind))
    pose = replace(
        before,
        hips=_place(fields["hips"], 0.0) if "hips" in fields else before.hips,
        back=_back(fields["back"]) if "back" in fields else before.back,
        head=_pair(fields["head"]) if "head" in fields else before.head,
        arms=limbs["arm"],
        legs=limbs["leg"],
        touches=_names(fields.get("touches"), TOUCHING, (FLOOR, *PROPS)) or before.touches,
    )
    try:
        joints(pose)
    except OutOfReach as far:
        raise _Wrong(node, str(far), "move the hips, or what it is to reach") from None
    return pose


def _back(node: Node) -> tuple[float, float]:
    """One number for a back in one line, two for a lower and an upper back."""
    if node.entries():
        return _pair(node, exact=True)
    return (_number(node), _number(node))


def _limb(node: Node, kind: str) -> Limb:
    end, parts = ("hand", ("upper", "lower")) if kind == "arm" else ("foot", ("thigh", "shin"))
    fields = _fields(node, _ARM if kind == "arm" else _LEG, "an arm" if kind == "arm" else "a leg")
    tilt = _number(fields["tilt"]) if "tilt" in fields else 0.0
    if end in fields:
        extra = [name for name in parts if name in fields]
        if extra:
            raise _Wrong(node, f"both {end} and {extra[0]} are given", "write where it ends, or how it points")
        outward = SHOULDER_OUT if kind == "arm" else HIP_OUT
        bend = _number(fields["bend"]) if "bend" in fields else 0.0
        points = _number(fields["points"]) if "points" in fields else None
        return Limb(place=_place(fields[end], outward), bend=bend, points=points, tilt=tilt)
    missing = [name for name in parts if name not in fields]
    if missing:
        raise _Wrong(node, f"{listed(missing)} {'is' if len(missing) == 1 else 'are'} missing", f"or write {end}")
    upper, lower = (_pair(fields[name]) for name in parts)
    return Limb(upper=upper, lower=lower, tilt=tilt)


def _props(node: Node | None) -> tuple[tuple[str, tuple[float, ...]], ...]:
    if node is None:
        return ()
    found = []
    for name, value in _fields(node, PROPS, "the group of props").items():
        numbers = tuple(_number(each) for each in value.entries()) or (_number(value),)
        wanted = PROPS[name].numbers
        if len(numbers) != len(wanted):
            raise _Wrong(value, f"{name} has {plural(len(numbers), 'number')}", f"it takes: {', '.join(wanted)}")
        found.append((name, numbers))
    return tuple(found)


def _arrows(node: Node, figure: Figure) -> dict[str, tuple[float, float]]:
    look = seen(figure)
    before, after = joints(figure.start), joints(figure.end or figure.start)
    for joint, value in _fields(node, before, "the group of arrows").items():
        if dist(look(before[joint])[:2], look(after[joint])[:2]) < 0.5:
            raise _Wrong(value, f"{joint} does not move as we see it", "an arrow follows a joint from start to end")
    return {joint: _pair(value, exact=True) for joint, value in node.fields().items()}


def _band(node: Node | None, known: Collection[str]) -> tuple[str | Point, ...]:
    if node is None:
        return ()
    if len(node.entries()) < 2:
        raise _Wrong(node, f"band is {shown(node.plain())}", "it goes from joint or place to joint or place")
    return tuple(_knot(each, known) for each in node.entries())


def _knot(node: Node, known: Collection[str]) -> str | Point:
    if node.entries():
        return _three(node)
    if node.value not in known:
        raise _Wrong(node, f"there is no joint {shown(node.value)}", did_you_mean(str(node.value), known))
    return str(node.value)


def _names(node: Node | None, keys: Collection[str], values: Collection[str]) -> dict[str, str]:
    if node is None:
        return {}
    found = {}
    for key, value in _fields(node, keys, "this group").items():
        if value.value not in values:
            raise _Wrong(value, f"{key} is {shown(value.value)}", did_you_mean(str(value.value), values))
        found[key] = str(value.value)
    return found


def _fields(node: Node, known: Collection[str], what: str, needed: Collection[str] = ()) -> Mapping[str, Node]:
    if not isinstance(node.value, Mapping):
        raise _Wrong(node, f"{what} is {shown(node.plain())}, not a group of fields")
    for key in node.fields():
        if key not in known:
            raise _Wrong(node.fields()[key], f"{what} has no {shown(key)}", did_you_mean(key, known))
    missing = [name for name in needed if name not in node.fields()]
    if missing:
        raise _Wrong(node, f"{what} has no {listed(missing)}")
    return node.fields()


def _number(node: Node) -> float:
    if isinstance(node.value, bool) or not isinstance(node.value, (int, float)):
        raise _Wrong(node, f"{shown(node.plain())} is not a number")
    if not -400 <= node.value <= 400:
        raise _Wrong(node, f"{shown(node.value)} is too large", "centimetres and degrees lie between -400 and 400")
    return float(node.value)


def _pair(node: Node | None, *, exact: bool = False) -> tuple[float, float]:
    """Two numbers; one alone stands for itself and 0 unless both are needed."""
    if node is None:
        return 0.0, 0.0
    if not node.entries() and not exact:
        return _number(node), 0.0
    numbers = [_number(each) for each in node.entries()]
    if len(numbers) != 2:
        raise _Wrong(node, f"{shown(node.plain())} where two numbers are expected", "write [10, 20]")
    return numbers[0], numbers[1]


def _three(node: Node) -> Point:
    numbers = [_number(each) for each in node.entries()]
    if len(numbers) != 3:
        raise _Wrong(node, f"{shown(node.plain())} where three numbers are expected", "write [10, 20, 30]")
    return numbers[0], numbers[1], numbers[2]


def _place(node: Node, outward: float) -> Point:
    """Forward, up and out; without the third number the limb stays in its own plane."""
    return _three(node) if len(node.entries()) == 3 else (*_pair(node, exact=True), outward)
