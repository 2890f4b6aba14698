"""One session from its plan to its last log line, on a studio that is open."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from voice_coach.errors import LogError
from voice_coach.journal import Journal, LogKeeper, Setup
from voice_coach.live import Durations, Studio, drive
from voice_coach.observer import Observer
from voice_coach.routine.model import Ms
from voice_coach.session.engine import Session
from voice_coach.session.events import Event, Start
from voice_coach.session.plan import Plan
from voice_coach.speaking import VoiceNotes

TOLD = "told"  # the kind of a note about what was shown beside the session, its `words`


def perform(
    plan: Plan,
    studio: Studio,
    journal: Journal,
    setup: Setup,
    speech_ms: Callable[[str], Ms],
    observers: Callable[[Session], Sequence[Observer]],
    log_failed: Callable[[LogError], None],
) -> Session:
    """Drive a session to its end. LogError before it begins where the log cannot be written.

    `observers` are made for the session, which they may look at. On a second Ctrl-C the log is closed properly and
    KeyboardInterrupt goes on.
    """
    durations = Durations(speech_ms)
    session = Session(plan, durations, setup.emergency)
    journal.start(plan, setup)
    keeper = LogKeeper(journal, session, durations.fresh, log_failed)
    watching: tuple[Observer, ...] = (keeper, VoiceNotes(studio.voice, keeper.note), *observers(session))
    begin: Event = Start(at=0)
    for observer in watching:
        observer.event(begin)
    effects = session.receive(begin)
    for observer in watching:
        observer.effects(effects)
    tell = studio.noticing.tell

    def tell_and_log(sentence: str) -> None:
        tell(sentence)
        keeper.note(TOLD, {"words": sentence})

    studio.noticing.tell = tell_and_log
    try:
        drive(session, studio, watching)
    except BaseException as error:
        keeper.interrupted("interrupted" if isinstance(error, KeyboardInterrupt) else type(error).__name__)
        raise
    finally:
        studio.noticing.tell = tell
    return session
