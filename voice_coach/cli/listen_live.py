"""The live microphone check of `voice-coach listen`: levels as they come, what was heard, and advice at the end."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass

import click

from voice_coach import script
from voice_coach.audio.clip import BLOCK_MS
from voice_coach.audio.mixer import Mixer, Rank
from voice_coach.cli.interrupts import interrupts
from voice_coach.commands import GENEROUS, Vocabulary
from voice_coach.errors import ExitCode
from voice_coach.hearing import Accepted, Decision, Dismissed, Listener, Rules
from voice_coach.microphone import Level, Microphone, Report
from voice_coach.session.lines import Key, Line
from voice_coach.speech.choose import EarsSettings, open_ears
from voice_coach.speech.ears import UNKNOWN, troubles_of
from voice_coach.speech.voice import VoiceSettings
from voice_coach.studio import LastResort, SoundSettings, open_echo, open_room, open_voice
from voice_coach.transcript import clock

SHOWN_MS = 500  # a level is shown so often
LOUDEST_DB, SOFTEST_DB, WIDTH = -10.0, -70.0, 30  # of the bar


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveCheck:
    """What is checked, and for how long."""

    sound: SoundSettings
    ears: EarsSettings
    seconds: int


def check(asked: LiveCheck, words: Vocabulary, announce: Callable[[str], None], *, as_json: bool) -> int:
    """Listen until the time is over or Ctrl-C is pressed, then say what was found."""
    view: _Lines | _Json = _Json() if as_json else _Lines()
    with contextlib.ExitStack() as stack:
        room = open_room(asked.sound, announce)
        stack.callback(room.close)
        voice = LastResort(open_voice(VoiceSettings()), announce)
        stack.callback(voice.close)
        ears = open_ears(asked.ears, words.phrases, announce, GENEROUS, realtime=room.realtime)
        stack.callback(ears.close)
        handling = open_echo(asked.sound, room, announce)
        listener = Listener(ears, handling.canceller, words, Rules(half_duplex=handling.half_duplex))
        mixer, microphone = Mixer(), Microphone()
        sentence = script.text(Line(Key.CHECK_ASK))
        if (clip := voice.clip(sentence)) is not None:
            mixer.say(SHOWN_MS, clip, Rank.TALK, sentence)
        announce("Say something from where you will train. Ctrl-C ends it.")
        pressed = stack.enter_context(interrupts())
        while mixer.now_ms < asked.seconds * 1000 and not pressed():
            played = mixer.render()
            heard = room.exchange(played)
            view.level(mixer.now_ms, microphone.take(heard, played))
            for decision in listener.hear(heard, played, mixer.audible):
                view.decided(mixer.now_ms, decision)
            for trouble in troubles_of(ears):
                announce(trouble.told)
        for decision in listener.flush(mixer.audible):
            view.decided(mixer.now_ms, decision)
        view.report(microphone.report())
    return ExitCode.OK


def readable(words: str) -> str:
    """What a recogniser heard, for people: whatever is none of its words is left out."""
    return words.replace(UNKNOWN, "…")


class _Lines:
    """For people: a bar that moves where there is a terminal, a line every few seconds where there is none."""

    def __init__(self) -> None:
        self._moves = sys.stdout.isatty()
        self._loudest: Level | None = None

    def level(self, at_ms: int, level: Level) -> None:
        if self._loudest is None or level.rms_db > self._loudest.rms_db:
            self._loudest = level
        if at_ms % (SHOWN_MS if self._moves else 10 * SHOWN_MS) < BLOCK_MS:
            share = (self._loudest.rms_db - SOFTEST_DB) / (LOUDEST_DB - SOFTEST_DB)
            bar = "#" * round(WIDTH * min(1.0, max(0.0, share)))
            line = f"{clock(at_ms)}  [{bar:<{WIDTH}}] {self._loudest.rms_db:4.0f} dB"
            click.echo(f"\r{line}" if self._moves else line, nl=not self._moves)
            self._loudest = None

    def decided(self, at_ms: int, decision: Decision) -> None:
        new = "\n" if self._moves else ""
        match decision:
            case Accepted(match=match):
                click.echo(f"{new}{clock(at_ms)}  {match.intent.value}  ({match.phrase})")
            case Dismissed(utterance=utterance, why=why):
                click.echo(f'{new}{clock(at_ms)}  (heard "{readable(utterance.text)}", no command: {why.value})')

    def report(self, report: Report) -> None:
        shown = {"your voice": report.speech_db, "the room": report.noise_db, "the coach": report.echo_db}
        levels = [f"{what} {db:.0f} dB" for what, db in shown.items() if db is not None]
        if report.echo_ms is not None:
            levels.append(f"{report.echo_ms} ms late")
        click.echo(("\n" if self._moves else "") + f"At the microphone: {', '.join(levels) or 'nothing'}.")
        for sentence in report.advice:
            click.echo(sentence)


class _Json:
    """For programs: one object a line."""

    def level(self, at_ms: int, level: Level) -> None:
        if at_ms % SHOWN_MS < BLOCK_MS:
            self._write(type="level", at_ms=at_ms, rms_db=round(level.rms_db, 1), peak_db=round(level.peak_db, 1))

    def decided(self, at_ms: int, decision: Decision) -> None:
        match decision:
            case Accepted(match=match):
                self._write(type="command", at_ms=at_ms, command=match.intent.value, phrase=match.phrase)
            case Dismissed(utterance=utterance, why=why):
                self._write(type="heard", at_ms=at_ms, words=utterance.text, why=why.value)

    def report(self, report: Report) -> None:
        self._write(
            type="report",
            heard_ms=report.heard_ms,
            noise_db=report.noise_db,
            speech_db=report.speech_db,
            echo_db=report.echo_db,
            echo_ms=report.echo_ms,
            clipped=report.clipped,
            faults=[fault.value for fault in report.faults],
            advice=list(report.advice),
        )

    def _write(self, **fields: object) -> None:
        click.echo(json.dumps(fields))
