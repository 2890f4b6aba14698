"""The sound server behind the name "default": what PulseAudio or PipeWire mean by it, and what they really record."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence

GENERAL = ("default", "pulse", "pipewire", "sysdefault")  # names under which PortAudio knows a server
MONITOR = ".monitor"  # how the name ends of a source that is the sound of a loudspeaker
_PATIENCE_S = 1.0
_SOURCE = re.compile(r"^\s*Source: (\d+)$", re.MULTILINE)

Ask = Callable[[Sequence[str]], str]


def behind(
    names: tuple[str, str], ask: Ask | None = None, environment: Mapping[str, str] = os.environ
) -> tuple[str, str]:
    """Microphone and loudspeaker by the server's own names where a device is only "default"; else as they were."""
    asks = ask or _pactl
    return (
        _behind(names[0], environment.get("PULSE_SOURCE", ""), lambda: asks(("get-default-source",))),
        _behind(names[1], environment.get("PULSE_SINK", ""), lambda: asks(("get-default-sink",))),
    )


def records_playback(process: int, ask: Ask | None = None, environment: Mapping[str, str] = os.environ) -> bool:
    """Whether what a process records is the sound that is played; False where nothing is known, or it was asked for.

    So it is when the microphone was unplugged and there is no other: PulseAudio moves the recording to the monitor of
    the loudspeaker, and tells nobody.
    """
    if environment.get("PULSE_SOURCE", "").endswith(MONITOR):
        return False
    asks = ask or _pactl
    recordings = asks(("list", "source-outputs")).split("Source Output #")
    ours = [each for each in recordings if f'application.process.id = "{process}"' in each]
    sources = {found.group(1) for each in ours if (found := _SOURCE.search(each))}
    if not sources:
        return False
    listed = (line.split("\t") for line in asks(("list", "short", "sources")).splitlines())
    return any(fields[0] in sources and fields[1].endswith(MONITOR) for fields in listed if len(fields) > 1)


def _behind(name: str, told: str, ask: Callable[[], str]) -> str:
    if name.split(":")[0].lower() not in GENERAL:
        return name
    return told or ask() or name


def _pactl(arguments: Sequence[str]) -> str:
    """What `pactl` answers; nothing where there is no such tool, or no server."""
    tool = shutil.which("pactl")
    if tool is None:
        return ""
    try:
        english = {**os.environ, "LC_ALL": "C"}
        done = subprocess.run([tool, *arguments], capture_output=True, text=True, timeout=_PATIENCE_S, env=english)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
