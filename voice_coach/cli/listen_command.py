"""`voice-coach listen`: which commands would be accepted in recordings."""

from __future__ import annotations

import json
from pathlib import Path

import click

from voice_coach.audio.wav import read_wav
from voice_coach.cli.common import offered, vocabulary
from voice_coach.cli.options import ears_options
from voice_coach.cli.run_command import announce
from voice_coach.commands import GENEROUS
from voice_coach.errors import ExitCode
from voice_coach.listening import listen
from voice_coach.speech.canceller import NoCanceller
from voice_coach.speech.choose import open_ears
from voice_coach.studio import ears_settings
from voice_coach.transcript import clock


@click.command("listen")
@click.argument("files", nargs=-1, required=True, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object per accepted command on standard output.")
@ears_options
def command(files: tuple[Path, ...], as_json: bool, engine: str, model: str | None) -> int:
    """Print the commands that would be accepted in FILES (WAV)."""
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
                    click.echo(f'{file}  {clock(at)}  (heard "{heard.utterance.text}", no command)')
            elif as_json:
                found = heard.match
                fields = {"file": str(file), "at_ms": at, "end_ms": end, "phrase": found.phrase}
                fields |= {"command": found.intent.value, "engine": ears.name}
                if found.name:
                    fields["routine"] = found.name
                click.echo(json.dumps(fields))
            else:
                click.echo(f"{file}  {clock(at)}  {heard.match.intent.value}  ({heard.match.phrase})")
        ears.close()
    return ExitCode.OK


def _nothing(_sentence: str) -> None:
    """The choice was announced with the first file."""
