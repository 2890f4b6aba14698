"""The sound server behind the name "default": which microphone and loudspeaker PulseAudio or PipeWire mean by it."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence

GENERAL = ("default", "pulse", "pipewire", "sysdefault")  # names under which PortAudio knows a server
_PATIENCE_S = 1.0

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
        done = subprocess.run([tool, *arguments], capture_output=True, text=True, timeout=_PATIENCE_S)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
