"""A scripted session on virtual time: words at given moments, no sound, the same engine."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from voice_coach import script
from voice_coach.commands import Vocabulary
from voice_coach.errors import CoachError, ExitCode
from voice_coach.observer import Observer
from voice_coach.routine.model import Ms
from voice_coach.routine.units import duration
from voice_coach.routine.wording import Unfit
from voice_coach.session.engine import Session
from voice_coach.session.events import Event, SpeechMs, Start, Via
from voice_coach.session.plan import Plan

LONGEST: Ms = 6 * 3_600_000


class SayError(CoachError):
    """A `--say` that cannot be understood."""

    exit_code = ExitCode.USAGE


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Words at a moment of session time."""

    at: Ms
    words: str


def parse_say(text: str) -> Said:
    """ "1m05s how many left" as a moment and words; SayError says what is missing."""
    moment, _, words = text.strip().partition(" ")
    try:
        at = duration(moment)
    except Unfit:
        at = None
    if at is None or not words.strip():
        raise SayError(f'"{text}" needs a moment and words, such as --say "45s pause"')
    return Said(at=at, words=words.strip())


def simulate(
    plan: Plan,
    said: Iterable[Said],
    vocabulary: Vocabulary,
    observers: Sequence[Observer],
    speech_ms: SpeechMs = script.estimated_ms,
    emergency: str = "",
) -> Session:
    """Run a session from deadline to deadline; words that mean nothing are shown to the observers as such."""
    session = Session(plan, speech_ms, emergency)
    _give(session, Start(at=0), observers)
    for words in sorted(said, key=lambda s: s.at):
        _run(session, words.at, observers)
        match = vocabulary.match(words.words)
        if match is not None:
            _give(session, match.command(words.at, Via.SCRIPT), observers)
        else:
            for observer in observers:
                observer.unheard(words.at, words.words)
    _run(session, LONGEST, observers)
    return session


def _run(session: Session, until: Ms, observers: Sequence[Observer]) -> None:
    while not session.over and (due := session.deadline) is not None and due <= until:
        effects = session.advance(due)
        for observer in observers:
            observer.effects(effects)


def _give(session: Session, event: Event, observers: Sequence[Observer]) -> None:
    for observer in observers:
        observer.event(event)
    effects = session.receive(event)
    for observer in observers:
        observer.effects(effects)
