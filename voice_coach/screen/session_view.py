"""A session as the screen shows it: a pure function of where it stands and of the millisecond that sounds."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, replace

from voice_coach.routine.model import Exercise, Ms, OwnPace, Reps
from voice_coach.screen import words
from voice_coach.screen.shown import Scene, Shown
from voice_coach.session import effort, motion, waiting
from voice_coach.session.engine import Session
from voice_coach.session.plan import Phase, Segment
from voice_coach.session.segments import BEAT, COUNT_IN
from voice_coach.session.state import Flow, Place, State, World

Drawn = Callable[[Exercise], bool]
"""Whether there is a drawing that shows this very exercise."""

_STILL = {
    Place.PAUSED: (Scene.PAUSED, "Paused"),
    Place.STOPPED: (Scene.QUESTION, "Stopped"),
    Place.WHERE: (Scene.QUESTION, "Where does it hurt?"),
    Place.STRENGTH: (Scene.QUESTION, "How strong is it?"),
    Place.CLOSING: (Scene.OVER, "Finished"),
    Place.OVER: (Scene.OVER, "Finished"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Beat:
    """What changes from beat to beat; the fields are those of `Shown`."""

    getting_ready: bool = False  # the count before a set
    figure: str = ""
    below: str = ""
    move: str = ""
    left: int = 0
    whole: int = 0


class SessionView:
    """One session. Most of what is shown stays the same from block to block, and is made only once."""

    def __init__(self, session: Session, drawn: Drawn) -> None:
        self._session, self._drawn = session, drawn
        self._made: tuple[object, _Beat, Shown] | None = None

    def now(self) -> Callable[[Ms], Shown]:
        """How it looks at any millisecond as it stands now; what happens to it later does not change that."""
        state = self._session.state
        return lambda at: self._shown(state, at)

    def _shown(self, state: State, at: Ms) -> Shown:
        world = self._session.world
        same = (
            state.flow, state.index, state.adjusted, state.left_out, state.distress, state.main is None, state.asked,
            effort.is_open(state), waiting.asked_for_help(state.waiting),
        )  # fmt: skip
        beat = _beat(world, state, at)
        if self._made is None or self._made[:2] != (same, beat):
            self._made = same, beat, _look(world, state, self._drawn, beat)
        return self._made[2]


def look(world: World, state: State, drawn: Drawn, at: Ms) -> Shown:
    """What is shown of a state at millisecond `at`, which sounds now and may lie before `state.now`."""
    return _look(world, state, drawn, _beat(world, state, at))


def _look(world: World, state: State, drawn: Drawn, beat: _Beat) -> Shown:
    place = world.place(state)
    done, sets = words.sets(world, state)
    shown = Shown(scene=Scene.TALK, headline=world.plan.title, can_say=words.can_say(world, state), sets=sets)
    if place is Place.NEW:
        return shown
    shown = replace(shown, done=done)
    if place is Place.DISTRESS:
        call = world.emergency if state.distress in waiting.URGENT else ""
        return replace(shown, scene=Scene.DISTRESS, headline=words.in_distress(state.distress), call=call)
    if place in _STILL:
        scene, headline = _STILL[place]
        if state.main is None:  # the last words, or a question in the middle of them
            return replace(shown, scene=scene, headline=headline)
        moving = _moving(world, state, drawn, beat, shown)
        details = (moving.headline, *moving.details)
        return replace(moving, scene=scene, headline=headline, details=details, move="", runs=False)
    return _moving(world, state, drawn, beat, shown)


def _moving(world: World, state: State, drawn: Drawn, beat: _Beat, shown: Shown) -> Shown:
    """The segment that is on, or that is held."""
    segment = world.segment(state)
    following = words.following(motion.following(world, state.index, state.left_out))
    if segment.phase is Phase.REST:
        scene, headline = Scene.REST, "Rest"
        details: tuple[str, ...] = (f"Next: {following}",)
        exercise = _next_exercise(world, state)
    else:
        at_work = segment.phase is Phase.WORK and not beat.getting_ready
        scene = Scene.WORK if at_work else Scene.PREPARE
        exercise = segment.set.item.exercise
        headline, details = exercise.name, words.details(segment.set, world.dose(state, segment.set.item))
    return replace(
        shown,
        scene=scene,
        headline=headline,
        details=details,
        picture=exercise.id if exercise is not None and drawn(exercise) else "",
        following=following,
        runs=True,
        figure=beat.figure,
        below=beat.below,
        move=beat.move,
        left=beat.left,
        whole=beat.whole,
    )


def _next_exercise(world: World, state: State) -> Exercise | None:
    for segment in world.plan.segments[state.index + 1 :]:
        exercise = segment.set.item.exercise
        if segment.phase is Phase.PREPARE and exercise.id not in state.left_out:
            return exercise
    return None


def _beat(world: World, state: State, at: Ms) -> _Beat:
    if state.main is None or state.flow is Flow.DISTRESS:
        return _Beat()
    segment = world.segment(state)
    if segment.phase is Phase.REST:
        return _ring(state, at)
    ahead = _ahead(state, segment, at)
    if ahead > 0:
        counted = ahead <= len(COUNT_IN) * BEAT and state.flow is Flow.RUNNING
        if counted and not isinstance(world.dose(state, segment.set.item).amount, OwnPace):
            return _Beat(getting_ready=True, figure=str(-(-ahead // BEAT)), below="get ready")
        return _Beat(getting_ready=True)
    return _work(world, state, segment, at)


def _offset(state: State, at: Ms) -> Ms:
    """Where on the timeline of its segment the session is; it stands there while it stands still."""
    assert state.main is not None
    return max(state.main.offset(at), 0) if state.flow is Flow.RUNNING else state.held


def _ahead(state: State, segment: Segment, at: Ms) -> Ms:
    """How far the work is ahead, of which "three, two, one" are the last seconds; 0 once it has begun."""
    assert state.main is not None
    main = state.main
    if segment.phase is Phase.PREPARE:
        return max(1, (main.timeline.length or 0) - _offset(state, at))
    return max(0, main.began + main.floor - at) if state.flow is Flow.RUNNING else 0


def _ring(state: State, at: Ms) -> _Beat:
    """Seconds left of a rest or a hold: "five" is on the page when the coach says it."""
    assert state.main is not None
    whole = state.main.timeline.length or 0
    left = min(max(0, -(-(whole - _offset(state, at)) // BEAT)), -(-whole // BEAT))
    below = "second" if left == 1 else "seconds" if left < 100 else ""
    return _Beat(left=left, whole=-(-whole // BEAT), figure=words.clock(left), below=below)


def _work(world: World, state: State, segment: Segment, at: Ms) -> _Beat:
    assert state.main is not None
    dose = world.dose(state, segment.set.item)
    if isinstance(dose.amount, OwnPace):
        return _Beat(figure=str(dose.amount.target), below="at your own pace")
    if not isinstance(dose.amount, Reps):
        return _ring(state, at)
    points, offset = state.main.timeline.points or (0,), _offset(state, at)
    rep = max(1, bisect_right(points, offset))
    move = ""
    if dose.tempo:
        inside = offset - points[rep - 1]
        part = 0 if inside < dose.tempo.lift else 1 if inside < dose.tempo.lift + dose.tempo.hold else 2
        move = segment.set.item.exercise.words[part]
    return _Beat(figure=str(rep), below=f"of {dose.amount.count}", move=move)
