"""`voice-coach listen`: which commands would be accepted in recordings, or how good a microphone is."""

from __future__ import annotations

import json
from pathlib import Path

import click

from voice_coach.audio.wav import read_wav
from voice_coach.cli.common import offered, vocabulary
from voice_coach.cli.listen_live import LiveCheck, check, readable
from voice_coach.cli.options import ears_options, echo_option
from voice_coach.cli.terminal import announce
from voice_coach.commands import GENEROUS
from voice_coach.errors import ExitCode
from voice_coach.listening import listen
from voice_coach.speech.canceller import NoCanceller
from voice_coach.speech.choose import open_ears
from voice_coach.speech.ears import troubles_of
from voice_coach.studio import SoundSettings, ears_settings
from voice_coach.transcript import clock


@click.command("listen")
@click.argument("files", nargs=-1, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line on standard output.")
@click.option("--mic", metavar="NAME|FILE.wav", help="Without FILES: the microphone, as for `run`.")
@click.option("--speaker", metavar="NAME|FILE.wav", help="Without FILES: the loudspeaker, as for `run`.")
@click.option(
    "--seconds", type=click.IntRange(1, 3600), default=60, show_default=True, help="Without FILES: how long; or Ctrl-C."
)
@echo_option
@ears_options
def command(
    files: tuple[Path, ...],
    as_json: bool,
    mic: str | None,
    speaker: str | None,
    seconds: int,
    echo: str,
    engine: str,
    model: str | None,
) -> int:
    """Print the commands that would be accepted in FILES (WAV); without FILES, try the microphone out.

    The live check shows how loud it is, what is heard and which command that is, and says at the end what could be
    better. Nothing is kept.
    """
    if not files:
        asked = LiveCheck(
            sound=SoundSettings(mic=mic, speaker=speaker, echo=echo), ears=ears_settings(engine, model), seconds=seconds
        )
        return check(asked, vocabulary(offered()[0]), announce, as_json=as_json)
    if mic or speaker:
        raise click.UsageError("--mic and --speaker are for the check without FILES.")
    words = vocabulary(offered()[0])
    recordings = [(file, read_wav(file)) for file in files]
    for file, recording in recordings:
        # Fresh ears for every file: what one ends with must not be heard in the next.
        ears = open_ears(
            ears_settings(engine, model), words.phrases, announce if file is files[0] else _nothing, GENEROUS
        )
        for heard in listen(recording, ears, NoCanceller(), words):
            at, end = heard.utterance.start_ms, heard.utterance.end_ms
            if heard.match is None:
                if not as_json:
                    click.echo(f'{file}  {clock(at)}  (heard "{readable(heard.utterance.text)}", no command)')
            elif as_json:
                found = heard.match
                fields = {"file": str(file), "at_ms": at, "end_ms": end, "phrase": found.phrase}
                fields |= {"command": found.intent.value, "engine": ears.name}
                if found.name:
                    fields["routine"] = found.name
                click.echo(json.dumps(fields))
            else:
                click.echo(f"{file}  {clock(at)}  {heard.match.intent.value}  ({heard.match.phrase})")
        for trouble in troubles_of(ears):
            announce(f"{file}: {trouble.told}")
        ears.close()
    return ExitCode.OK


def _nothing(_sentence: str) -> None:
    """The choice was announced with the first file."""
