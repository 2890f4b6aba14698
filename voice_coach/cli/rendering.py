"""Sentences made into sound before they are needed, seen from the command line."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from voice_coach import prompts
from voice_coach.audio.room import Room
from voice_coach.cli.conversations import choices
from voice_coach.live import Studio, wait
from voice_coach.routine import Routine
from voice_coach.session.lines import Line
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


def prepare_ahead(
    voice: LastResort | TextVoice,
    room: Room,
    fixed: Routine | None,
    routines: Sequence[Routine],
    *,
    asking: bool = False,
) -> None:
    """What must be known before anything is said: with `asking` the questions, else the session, or which one.

    Beside a sound card only the first sentences, and advice in distress: the others are learnt meanwhile, and from now
    on nobody waits for the voice. A voice that fails is said so, and is none; VoiceRefusedError for a wrong name.
    """
    if isinstance(voice, TextVoice):
        return
    if asking:
        lines = prompts.talk_lines()
    else:
        lines = prompts.lines_for(make_plan(fixed)) if fixed else prompts.menu_lines(choices(routines))
    if not room.realtime:
        _with_bar(voice, prompts.texts(lines))
        return
    _with_bar(voice, prompts.texts(prompts.opening_lines() if asking else lines))
    voice.load(prompts.texts(prompts.advice_lines()))
    voice.keep_pace()
    if asking:
        voice.learn(prompts.texts((*prompts.first_lines(), *lines)))
    else:
        voice.learn((), held=prompts.texts(prompts.counted_lines(lines)))


def prepare_meanwhile(studio: Studio, voice: LastResort | TextVoice, lines: Sequence[Line]) -> None:
    """Render more; beside a sound card in the voice's thread, so that it does not run dry.

    A voice that fails is not waited for; nor is the rest where she is in distress, or says stop: whoever comes next
    answers at once, with a tone for what is not learnt yet. The advice is.
    """
    if isinstance(voice, TextVoice):
        return
    texts = prompts.texts(lines)
    if not studio.room.realtime:  # a recording would run on while nobody listens
        voice.prepare(texts)
        return
    voice.learn(texts, held=prompts.texts(prompts.counted_lines(lines)))
    wait(studio, lambda: voice.learnt(texts))


def _with_bar(voice: LastResort, texts: Sequence[str]) -> None:
    """Render what is missing, with a progress bar when it takes a while."""
    missing = [text for text in texts if not voice.voice.known(text)]
    if missing:
        with click.progressbar(length=len(missing), label="Learning the sentences", file=sys.stderr) as bar:
            voice.prepare(missing, lambda: bar.update(1))
