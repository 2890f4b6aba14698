"""`voice-coach doctor`: what there is on this machine, and where things lie."""

from __future__ import annotations

import platform
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version

import click

from voice_coach import __version__, paths
from voice_coach.cli.common import everything, folders, log_file
from voice_coach.errors import CoachError, ExitCode
from voice_coach.studio import ears_settings

PACKAGES = (
    *("pyttsx3", "espeakng-loader", "vosk", "pocketsphinx", "sounddevice", "livekit", "numpy", "soxr", "PyYAML"),
    *("jsonschema", "cattrs", "platformdirs", "click", "rich"),
)


@click.command("doctor")
def command() -> int:
    """Print versions, sound devices, voices, models, and where your files lie."""
    for title, lines in (
        ("Program", _program),
        ("Sound", _sound),
        ("Voices", _voices),
        ("Listening", _listening),
        ("Routines", _routines),
        ("Your files", _files),
    ):
        click.echo(title)
        for line in _safely(lines):
            click.echo(f"  {line}")
    return ExitCode.OK


def _safely(lines: Callable[[], Iterator[str]]) -> Iterator[str]:
    """The lines, and where a part of the machine is missing, the sentence that says so."""
    try:
        yield from lines()
    except CoachError as error:
        yield str(error)


def _program() -> Iterator[str]:
    yield f"voice-coach {__version__}, Python {platform.python_version()} on {platform.platform()}"
    for package in PACKAGES:
        try:
            yield f"{package} {version(package)}"
        except PackageNotFoundError:
            yield f"{package} is missing"


def _sound() -> Iterator[str]:
    from voice_coach.audio.device import list_devices

    devices = list_devices()
    if not devices:
        yield "No sound device. Use --text, or WAV files for --mic and --speaker."
    for device in devices:
        uses = [f"{device.inputs} in"] * bool(device.inputs) + [f"{device.outputs} out"] * bool(device.outputs)
        marks = ["default microphone"] * device.default_input + ["default loudspeaker"] * device.default_output
        yield f"{device.name} ({', '.join((device.host, *uses, f'{device.rate} Hz', *marks))}) {device.advice}".rstrip()


def _voices() -> Iterator[str]:
    from voice_coach.speech.voice import list_voices, try_voice, unwritable

    if problem := unwritable(paths.user_cache()):
        yield problem
    voices = list_voices()
    english = [
        f"{identity} ({name})" for identity, name in voices if "en" in identity.lower().replace("-", "/").split("/")
    ]
    yield f"{len(voices)} voices; English: {', '.join(english) or 'none'}"
    start, sentence = try_voice()
    yield f"It speaks: {start:.1f} s to start, {1000 * sentence:.0f} ms for a sentence."


def _listening() -> Iterator[str]:
    from voice_coach.speech.vosk_check import check_vosk_model, vosk_models_in

    settings = ears_settings("auto", None)
    models = [settings.model] if settings.model else [m for folder in settings.folders for m in vosk_models_in(folder)]
    for model in models:
        problem = check_vosk_model(model)
        yield f"Vosk model {model}: {'works' if problem is None else problem.message}"
    if not models:
        yield f"No Vosk model in {' or '.join(map(str, settings.folders))}; PocketSphinx listens, with its own."


def _routines() -> Iterator[str]:
    for folder in folders():
        yield f"looked for in {folder}"
    routines, problems = everything()
    for routine in routines:
        yield f"{routine.id}: {routine.title}"
    for problem in problems:
        yield str(problem)


def _files() -> Iterator[str]:
    yield f"log     {log_file(None)}"
    yield f"data    {paths.user_data()}"
    yield f"spoken  {paths.user_cache()}"
    yield f"python  {sys.executable}"
