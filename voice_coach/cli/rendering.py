"""Sentences made into sound before they are needed, seen from the command line."""

from __future__ import annotations

import contextlib
import sys
import threading
from collections.abc import Sequence

import click

from voice_coach import prompts
from voice_coach.audio.room import Room
from voice_coach.cli.conversations import choices
from voice_coach.errors import CoachError
from voice_coach.live import Studio, wait
from voice_coach.routine import Routine
from voice_coach.session.plan import make_plan
from voice_coach.speech.voice import Voice
from voice_coach.studio import LastResort, TextVoice


def prepare(voice: Voice, texts: Sequence[str]) -> None:
    """Render what is missing, with a progress bar when it takes a while."""
    missing = [text for text in texts if not voice.known(text)]
    if not missing:
        return
    bar = click.progressbar(length=len(missing), label="Learning the sentences", file=sys.stderr)
    with bar:
        voice.prepare(missing, lambda done, of: bar.update(1))


class Learning:
    """Sentences that are rendered in a thread of its own while others are said already. Close it before the voice."""

    def __init__(self, voice: Voice, texts: Sequence[str]) -> None:
        self._voice, self._texts = voice, texts
        self._enough = threading.Event()
        self._work = threading.Thread(target=self._learn, daemon=True)
        self._work.start()

    def close(self) -> None:
        """End it after the sentence that is at hand."""
        self._enough.set()
        self._work.join()

    def _learn(self) -> None:
        with contextlib.suppress(CoachError):  # said by LastResort at the first sentence that fails
            for text in self._texts:
                if self._enough.is_set():
                    return
                self._voice.prepare([text])


def prepare_ahead(
    voice: LastResort | TextVoice,
    room: Room,
    fixed: Routine | None,
    routines: Sequence[Routine],
    *,
    asking: bool = False,
) -> Learning | None:
    """What must be known before anything is said: with `asking` the questions, else the session, or which one.

    Beside a sound card only the questions of the first minute: the others are learnt meanwhile, and what comes back is
    still at it.
    """
    if isinstance(voice, TextVoice):
        return None
    if asking and room.realtime:
        prepare(voice.voice, prompts.texts(prompts.first_lines()))
        return Learning(voice.voice, prompts.texts(prompts.talk_lines()))
    if asking:
        lines = prompts.talk_lines()
    else:
        lines = prompts.lines_for(make_plan(fixed)) if fixed else prompts.menu_lines(choices(routines))
    prepare(voice.voice, prompts.texts(lines))
    return None


def prepare_meanwhile(studio: Studio, voice: LastResort | TextVoice, texts: Sequence[str]) -> None:
    """Render more; beside a sound card in a thread of its own, so that it does not run dry."""
    if isinstance(voice, TextVoice):
        return
    if not studio.room.realtime:  # a recording would run on while nobody listens
        _quietly(voice.voice, texts)
        return
    work = threading.Thread(target=_quietly, args=(voice.voice, texts), daemon=True)
    work.start()
    wait(studio, lambda: not work.is_alive())


def _quietly(voice: Voice, texts: Sequence[str]) -> None:
    with contextlib.suppress(CoachError):  # said by LastResort at the first sentence that fails
        voice.prepare(texts)
