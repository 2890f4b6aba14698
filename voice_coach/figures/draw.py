"""A figure as SVG text: thick round strokes, near limbs dark, far limbs lighter, weights and arrows in colour."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from html import escape
from math import cos, hypot, radians, sin
from typing import TypeAlias

from voice_coach.figures.model import Figure, Point, Pose
from voice_coach.figures.props import AXES, PROPS, Rod, Solid
from voice_coach.figures.skeleton import HEAD, HIP_OUT, SHOULDER_OUT, SIDES, joints
from voice_coach.figures.strokes import Flat, dot, hull, number, shape, stroke

Seen: TypeAlias = "Callable[[Point], tuple[float, float, float]]"  # across, up and towards us, in centimetres

WIDTH, HEIGHT = 220.0, 240.0  # of one pose; a picture of two is twice as wide
FLOOR = 228.0  # where the lowest thing stands, from the top
SIDE, TOP = 11.0, 12.0  # kept free
LARGEST = 1.35  # units of the viewBox to a centimetre, where there is room
TRUNK, LEG, ARM, FOOT, NECK, BUN = 19.0, 13.0, 10.0, 7.0, 9.0, 5.0  # thickness of the strokes
GAP = 2.0  # of background around a limb, so that it can be told from the trunk behind it
_FAR = 4.0  # a limb so many centimetres further away than the trunk is drawn lighter
_ARROW = 20.0, 46.0  # its shortest and longest length


@dataclass(frozen=True, slots=True, kw_only=True)
class Colours:
    """What each part is drawn in. The standard ones follow the page: its text colour and its CSS variables."""

    near: str = "var(--figure-near, currentColor)"
    far: str = "var(--figure-far, #86909b)"
    prop: str = "var(--figure-prop, #6f7b87)"
    face: str = "var(--figure-face, #8a94a026)"
    load: str = "var(--figure-load, #d9480f)"
    arrow: str = "var(--figure-arrow, #1c7ed6)"
    paper: str = "var(--figure-paper, Canvas)"


PRINT = Colours(
    near="#1b2026", far="#86909b", prop="#6f7b87", face="#eef0f2", load="#d9480f", arrow="#1864ab", paper="#ffffff"
)


def picture(figure: Figure, colours: Colours) -> str:
    """Start and end side by side, numbered; one position alone stands in the middle."""
    place = _placing(figure)
    if figure.end is None:
        return _svg(figure, 2 * WIDTH, [_panel(figure, figure.start, place, colours)], WIDTH / 2)
    panels = [_panel(figure, pose, place, colours, label) for label, pose in zip("12", figure.poses, strict=True)]
    return _svg(figure, 2 * WIDTH, panels)


def drawing(figure: Figure, pose: Pose, colours: Colours) -> str:
    """One pose alone."""
    return _svg(figure, WIDTH, [_panel(figure, pose, _placing(figure), colours)])


def _svg(figure: Figure, width: float, panels: Sequence[str], first: float = 0.0) -> str:
    title = escape(figure.title)
    # Each pose in an element of its own, so that what is cut off does not reach into the other.
    shifted = "".join(
        f'<svg x="{number(first + at * WIDTH)}" width="{number(WIDTH)}" height="{number(HEIGHT)}">{panel}</svg>'
        for at, panel in enumerate(panels)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {number(width)} {number(HEIGHT)}" role="img" '
        f'aria-label="{title}" fill="none" stroke-linecap="round" stroke-linejoin="round">'
        f"<title>{title}</title>{shifted}</svg>"
    )


def seen(figure: Figure) -> Seen:
    """How a place looks from where we stand: across, up and towards us."""
    turn, down = (radians(angle) for angle in figure.view)

    def look(point: Point) -> tuple[float, float, float]:
        x, y, z = point
        across, near = x * cos(turn) - z * sin(turn), z * cos(turn) + x * sin(turn)
        return across, y * cos(down) - near * sin(down), near * cos(down) + y * sin(down)

    return look


def _placing(figure: Figure) -> Callable[[Point], Flat]:
    """From a place to the paper: both poses and the props in the middle, the floor at the bottom."""
    look = seen(figure)
    if figure.zoom:
        scale, middle, up = figure.zoom
        return lambda point: (WIDTH / 2 + (look(point)[0] - middle) * scale, HEIGHT / 2 - (look(point)[1] - up) * scale)
    points = [look(point) for point in extent(figure)]
    left, right = min(point[0] for point in points), max(point[0] for point in points)
    low, high = min(0.0, *(point[1] for point in points)), max(point[1] for point in points)
    scale = min(LARGEST, (WIDTH - 2 * SIDE) / (right - left), (FLOOR - TOP) / (high - low))
    middle = (left + right) / 2
    return lambda point: (WIDTH / 2 + (look(point)[0] - middle) * scale, FLOOR - (look(point)[1] - low) * scale)


def extent(figure: Figure) -> list[Point]:
    """Every joint of every pose, every corner of every prop."""
    corners = [corner for solid in solids(figure) for corner in _corners(solid)]
    return [point for pose in figure.poses for point in joints(pose).values()] + corners


def solids(figure: Figure) -> tuple[Solid, ...]:
    """The boxes and rods of a figure's props."""
    return tuple(solid for name, numbers in figure.props for solid in PROPS[name].solids(*numbers))


def _panel(figure: Figure, pose: Pose, place: Callable[[Point], Flat], ink: Colours, label: str = "") -> str:
    body = joints(pose)
    parts = [_floor(figure, place, ink), *(_solid(solid, place, ink) for solid in solids(figure))]
    parts += _body(figure, body, place, ink)
    if figure.band:
        points = [place(body[knot] if isinstance(knot, str) else knot) for knot in figure.band]
        parts.append(stroke(points, ink.load, 4))
    if pose is figure.end:
        before = joints(figure.start)
        parts += [
            _arrow(place(before[joint]), place(body[joint]), aside, ink) for joint, aside in figure.arrows.items()
        ]
    if label:
        parts.append(
            f'<text x="8" y="24" font-family="sans-serif" font-weight="bold" font-size="20" fill="{ink.prop}">'
            f"{label}</text>"
        )
    return "".join(parts)


def _floor(figure: Figure, place: Callable[[Point], Flat], ink: Colours) -> str:
    turn = radians(figure.view[0])
    back, front = (place((near * sin(turn), 0, near * cos(turn)))[1] for near in (-50, 50))
    front = min(front, HEIGHT)
    edges = [(6.0, back), (WIDTH - 6, back), (WIDTH - 6, front), (6.0, front)]
    if front - back < 1:
        return stroke(edges[:2], ink.prop, 3)
    return shape(edges, ink.face, "none", 0)


def _solid(solid: Solid, place: Callable[[Point], Flat], ink: Colours) -> str:
    points = [place(corner) for corner in _corners(solid)]
    if isinstance(solid, Rod):
        return stroke(points, ink.prop, solid.width, ' stroke-dasharray="1 7"' if solid.dashed else "")
    outline = hull(points)
    return shape(outline, ink.paper, "none", 0) + shape(outline, ink.face, ink.prop, 2.5)


def _corners(solid: Solid) -> list[Point]:
    if isinstance(solid, Rod):
        return list(solid.points)
    (x0, y0, z0), (x1, y1, z1) = solid.low, solid.high
    return [(x, y, z) for x in (x0, x1) for y in (y0, y1) for z in (z0, z1)]


def _body(figure: Figure, body: dict[str, Point], place: Callable[[Point], Flat], ink: Colours) -> list[str]:
    """The body from the back to the front: each limb with what it holds, the trunk with the head between them."""
    look = seen(replace(figure, view=(figure.view[0], 0.0)))  # which limb is nearer does not depend on looking down
    middle = (look(body["hips"])[2] + look(body["chest"])[2]) / 2
    layers = [(0.0, _trunk(body, place, ink) + _head(body, look, place, ink))]
    for side in SIDES:
        for kind, names in (("arm", ("shoulder", "elbow", "hand")), ("leg", ("hip", "knee", "ankle"))):
            near = sum(look(body[f"{side}_{name}"])[2] for name in names) / 3 - middle
            tone = ink.far if near < -_FAR and abs(figure.view[0]) < 60 else ink.near
            drawn = _arm(figure, side, body, place, tone, ink) if kind == "arm" else _leg(side, body, place, tone, ink)
            layers.append((near + (1 if kind == "arm" else 0), drawn))
    return [drawn for _, drawn in sorted(layers, key=lambda layer: layer[0])]


def _trunk(body: dict[str, Point], place: Callable[[Point], Flat], ink: Colours) -> str:
    def beside(joint: str, out: float) -> Flat:
        x, y, z = body[joint]
        return place((x, y, z + out))

    wide = {"chest": SHOULDER_OUT - 8, "waist": 4.0, "hips": HIP_OUT - 3}
    outline = [beside(joint, out) for joint, out in wide.items()]
    outline += [beside(joint, -out) for joint, out in reversed(wide.items())]
    scale = _scale(place)
    return (
        shape(outline, ink.paper, ink.paper, (TRUNK + 2 * GAP) * scale)
        + stroke([place(body["chest"]), place(body["head"])], ink.near, NECK * scale)
        + shape(outline, ink.near, ink.near, TRUNK * scale)
    )


def _head(body: dict[str, Point], look: Seen, place: Callable[[Point], Flat], ink: Colours) -> str:
    """The head with a nose and a bun, and the eyes that we can see: which way she looks."""
    scale = _scale(place)

    def nearer(joint: str) -> bool:
        return look(body[joint])[2] > look(body["head"])[2] + 1

    bun = dot(place(body["bun"]), BUN * scale, ink.near)
    face = dot(place(body["head"]), HEAD * scale, ink.near) + dot(place(body["nose"]), 2.6 * scale, ink.near)
    eyes = [place(body[f"{side}_eye"]) for side in SIDES if nearer(f"{side}_eye")]
    face += "".join(dot(eye, 1.5 * scale, ink.paper) for eye in eyes)
    if nearer("bun"):  # seen from behind
        return face + dot(place(body["bun"]), (BUN + GAP / 2) * scale, ink.paper) + bun
    return bun + face


def _arm(
    figure: Figure, side: str, body: dict[str, Point], place: Callable[[Point], Flat], tone: str, ink: Colours
) -> str:
    points = [place(body[f"{side}_{name}"]) for name in ("shoulder", "elbow", "wrist", "hand")]
    held = figure.holds.get(f"{side}_hand")
    weight = _weight(body[f"{side}_hand"], held, place, ink) if held else ""
    return _limb([points], (ARM,), tone, place, ink) + weight


def _leg(side: str, body: dict[str, Point], place: Callable[[Point], Flat], tone: str, ink: Colours) -> str:
    leg = [place(body[f"{side}_{name}"]) for name in ("hip", "knee", "ankle")]
    foot = [place(body[f"{side}_{name}"]) for name in ("heel", "ball", "toe")]
    return _limb([leg, foot], (LEG, FOOT), tone, place, ink)


def _limb(
    lines: Sequence[Sequence[Flat]],
    widths: Sequence[float],
    tone: str,
    place: Callable[[Point], Flat],
    ink: Colours,
) -> str:
    scale = _scale(place)
    pairs = list(zip(lines, widths, strict=True))
    return "".join(stroke(line, ink.paper, (width + 2 * GAP) * scale) for line, width in pairs) + "".join(
        stroke(line, tone, width * scale) for line, width in pairs
    )


def _weight(hand: Point, held: str, place: Callable[[Point], Flat], ink: Colours) -> str:
    """A bar with a plate at each end; seen along the bar it is one round plate."""
    scale, (x, y, z) = _scale(place), AXES[held]
    ends = [place((hand[0] + at * x, hand[1] + at * y, hand[2] + at * z)) for at in (-11, 11)]
    across, down = ends[1][0] - ends[0][0], ends[1][1] - ends[0][1]
    length = hypot(across, down)
    if length < 9 * scale:
        at = place(hand)
        return dot(at, 10 * scale, ink.paper) + dot(at, 8.5 * scale, ink.load) + dot(at, 2.5 * scale, ink.paper)
    plate = -down / length * 5 * scale, across / length * 5 * scale
    plates = [[(x - plate[0], y - plate[1]), (x + plate[0], y + plate[1])] for x, y in ends]
    bar = [(ends, 5.0), *((line, 8.0) for line in plates)]
    return "".join(stroke(line, ink.paper, (width + GAP) * scale) for line, width in bar) + "".join(
        stroke(line, ink.load, width * scale) for line, width in bar
    )


def _arrow(before: Flat, after: Flat, aside: tuple[float, float], ink: Colours) -> str:
    """From before to after, neither too short nor too long, moved aside so that it can be seen."""
    x, y = after[0] - before[0], after[1] - before[1]
    moved = hypot(x, y)
    x, y = x / moved, y / moved
    half = min(max(moved, _ARROW[0]), _ARROW[1]) / 2
    mid = (before[0] + after[0]) / 2 + aside[0], (before[1] + after[1]) / 2 - aside[1]
    tail, tip = (mid[0] - x * half, mid[1] - y * half), (mid[0] + x * half, mid[1] + y * half)
    head = [(tip[0] + x * 7, tip[1] + y * 7), (tip[0] - x * 3 - y * 7, tip[1] - y * 3 + x * 7)]
    head.append((tip[0] - x * 3 + y * 7, tip[1] - y * 3 - x * 7))
    return stroke([tail, tip], ink.arrow, 4.5) + shape(head, ink.arrow, ink.arrow, 2)


def _scale(place: Callable[[Point], Flat]) -> float:
    return (place((0, 0, 0))[1] - place((0, 100, 0))[1]) / 100
