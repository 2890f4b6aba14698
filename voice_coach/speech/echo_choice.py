"""What is done about the coach's own voice in the microphone: chosen by the devices, and said in one sentence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Way(str, Enum):
    """A way to deal with the echo; the value is what `--echo` takes."""

    HEADSET = "headset"  # nobody but she hears the coach
    SYSTEM = "system"  # the sound server takes it out
    CANCELLER = "canceller"  # we take it out
    WEBRTC = "webrtc"  # WebRTC's canceller does
    HALF_DUPLEX = "half-duplex"  # while the coach speaks only pause, stop and distress are obeyed


AUTO = "auto"
WAYS = (AUTO, *(way.value for way in Way))

_HEADSETS = ("headset", "headphone", "earphone", "earbud", "airpods", "hands-free", "handsfree")
_SYSTEMS = ("echo-cancel", "echo_cancel", "echocancel", "echo cancel")


@dataclass(frozen=True, slots=True, kw_only=True)
class EchoChoice:
    """A way and why."""

    way: Way
    why: str


def choose_way(wanted: str, microphone: str, loudspeaker: str) -> EchoChoice:
    """The way that was asked for; with "auto" the one that suits the devices of these names.

    A Bluetooth device counts as a headset only where its name says so: most are loudspeakers.
    """
    if wanted != AUTO:
        return EchoChoice(way=Way(wanted), why="you asked for it")
    if _any(_SYSTEMS, microphone):
        return EchoChoice(way=Way.SYSTEM, why=f"{microphone} comes without echo from the system")
    if _any(_HEADSETS, loudspeaker):
        return EchoChoice(way=Way.HEADSET, why=f"the microphone cannot hear {loudspeaker}")
    return EchoChoice(way=Way.CANCELLER, why=f"{microphone} may hear {loudspeaker}")


def sentence(choice: EchoChoice) -> str:
    """What is said of a choice when the session begins."""
    does = {
        Way.HEADSET: "no canceller is needed",
        Way.SYSTEM: "the system cancels it",
        Way.CANCELLER: "our canceller takes my voice out",
        Way.WEBRTC: "WebRTC's canceller takes my voice out",
        Way.HALF_DUPLEX: "while I speak, only pause, stop and calls for help are obeyed",
    }
    return f"Echo: {does[choice.way]}, since {choice.why}."


def _any(words: tuple[str, ...], name: str) -> bool:
    return any(word in name.lower() for word in words)
