"""Which command means what, where: the whole of it. What is not in the table answers "not now" and changes nothing.

Reading a row: where the session stands (columns of `EVERYWHERE` and its parts), then what is done.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from voice_coach.session import ask, change, control, distress, effort, pain
from voice_coach.session.events import DISTRESS, Command, Intent
from voice_coach.session.state import Place, State, Step, World

Handler: TypeAlias = Callable[[World, State, Command], Step]

RUNNING = (Place.PREPARE, Place.WORK, Place.REST)
ALIVE = (*RUNNING, Place.PAUSED)
STANDING = (Place.PAUSED, Place.STOPPED)
ASKED = (Place.WHERE, Place.STRENGTH)
ANYWHERE = (*ALIVE, Place.STOPPED, Place.DISTRESS, *ASKED, Place.CLOSING)

_ROWS: tuple[tuple[tuple[Intent, ...], tuple[Place, ...], Handler], ...] = (
    ((Intent.PAUSE,), (*ALIVE, Place.STOPPED), control.pause),
    ((Intent.RESUME,), STANDING, control.resume),
    ((Intent.STOP, Intent.END), ALIVE, control.stop),
    ((Intent.STOP,), (Place.STOPPED,), control.stop),
    ((Intent.END, Intent.YES), (Place.STOPPED,), control.yes),
    ((Intent.NO, Intent.NOT_SURE), (Place.STOPPED,), control.no),
    ((Intent.SKIP,), ALIVE, control.skip),
    ((Intent.BACK,), ALIVE, control.back),
    ((Intent.DONE,), (Place.WORK,), control.done),
    ((Intent.EASIER, Intent.HARDER), ALIVE, change.change_difficulty),
    ((Intent.SLOWER, Intent.FASTER), ALIVE, change.change_pace),
    ((Intent.LOUDER, Intent.QUIETER), ANYWHERE, change.volume),
    ((Intent.MORE_REST,), (Place.REST,), change.more_rest),
    ((Intent.NUMBER,), (Place.PREPARE, Place.REST), change.number),
    ((Intent.NO, Intent.NOT_SURE), (Place.PREPARE, Place.REST), effort.no_answer),
    ((Intent.REPEAT,), (*ALIVE, Place.STOPPED), ask.repeat),
    ((Intent.HOW_MANY_LEFT,), ALIVE, ask.how_many_left),
    ((Intent.HOW_LONG,), ALIVE, ask.how_long),
    ((Intent.WHATS_NEXT,), ALIVE, ask.whats_next),
    ((Intent.HOW_TO,), ALIVE, ask.how_to),
    ((Intent.HELP,), (*ALIVE, Place.STOPPED), ask.help_),
    ((Intent.NAME, Intent.ANYTHING), (*ALIVE, Place.STOPPED), ask.name),
    (DISTRESS, ANYWHERE, distress.distress),
    ((Intent.REPEAT, Intent.HELP), (Place.DISTRESS,), distress.advise_again),
    ((Intent.YES,), (Place.DISTRESS,), distress.help_coming),
    ((Intent.NO, Intent.NOT_SURE), (Place.DISTRESS,), distress.no_help),
    ((Intent.FALSE_ALARM,), (Place.DISTRESS, *ASKED), distress.false_alarm),
    ((Intent.STOP,), (Place.DISTRESS, *ASKED), distress.hush),
    ((Intent.END,), (Place.DISTRESS,), distress.end),
    ((Intent.END,), ASKED, pain.end),
    ((Intent.REPEAT, Intent.HELP), ASKED, pain.ask_again),
    ((Intent.MY_BACK, Intent.NO, Intent.NOT_SURE), (Place.WHERE,), pain.back),
    ((Intent.JOINT,), (Place.WHERE,), pain.joint),
    ((Intent.NUMBER,), (Place.STRENGTH,), pain.strength),
    ((Intent.SHARP, Intent.NO, Intent.NOT_SURE), (Place.STRENGTH,), pain.sharp),
    ((Intent.STOP, Intent.END), (Place.CLOSING,), control.close_now),
)

TABLE: Mapping[tuple[Place, Intent], Handler] = {
    (place, intent): handler for intents, places, handler in _ROWS for place in places for intent in intents
}
