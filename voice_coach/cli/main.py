"""The command group, and the one way out: each error a sentence and an exit code, anything unforeseen a crash file."""

from __future__ import annotations

import importlib
import io
import sys
import traceback
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click

from voice_coach import __version__, paths, stderr
from voice_coach.errors import CoachError, ExitCode

COMMANDS = (
    *("run", "today", "demo", "check", "plan", "simulate", "listen"),
    *("log", "progress", "review", "export", "import", "replay", "models", "doctor"),
)


class LazyGroup(click.Group):
    """Loads a command's module when it is asked for, so that `check` never waits for sound libraries."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands, in the order of README."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"voice_coach.cli.{cmd_name}_command")
        command = module.command
        assert isinstance(command, click.Command)
        return command


@click.command(
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="voice-coach", message="%(prog)s %(version)s")
@click.pass_context
def group(ctx: click.Context) -> None:
    """A voice-guided workout coach that works without a network.

    Without a command it greets you, names the routines, and begins the one you choose by voice.
    """
    if ctx.invoked_subcommand is None:
        command = group.get_command(ctx, "run")
        assert command is not None
        ctx.invoke(command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with a code of `ExitCode`."""
    stderr.keep_own()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a name that a terminal has no letters for must not end a session
            stream.reconfigure(errors="replace")
    for sentence in paths.keep_private():
        click.echo(sentence, err=True)
    sys.exit(run(list(sys.argv[1:] if arguments is None else arguments)))


def run(arguments: list[str]) -> int:
    """Run the command line; its exit code."""
    try:
        result = group.main(arguments, prog_name="voice-coach", standalone_mode=False)
        return int(result) if isinstance(result, int) else ExitCode.OK
    except CoachError as error:
        click.echo(str(error), err=True)
        return error.exit_code
    except click.ClickException as error:
        error.show()
        return ExitCode.USAGE
    except (click.Abort, KeyboardInterrupt):
        click.echo("Ended.", err=True)
        return ExitCode.INTERRUPTED
    except SystemExit:  # click's answer to a broken pipe, and to nothing else in this mode
        return ExitCode.OK  # whoever read our output has seen enough, as in `voice-coach plan … | head`
    except Exception as error:
        where = _crash_file()
        click.echo(f"Something went wrong inside voice-coach ({type(error).__name__}). {where}", err=True)
        return ExitCode.BUG


def _crash_file() -> str:
    """Keep the details of what was not foreseen; a sentence that says where."""
    path = Path(paths.user_data()) / "crash.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with path.open("a", encoding="utf-8") as file:
            file.write(f"--- {datetime.now().astimezone().isoformat()} voice-coach {__version__}\n")
            file.write(traceback.format_exc())
    except OSError:
        return traceback.format_exc()
    return f"Details are in {path}."
