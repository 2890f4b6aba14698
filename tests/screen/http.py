"""A client that says exactly what it is told to, byte for byte, and a page that is served to it."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from voice_coach.screen.board import Board
from voice_coach.screen.opening import LOOPBACK
from voice_coach.screen.server import PageServer

LONG_S = 60.0  # whatever takes longer hangs
LONG_MS = 1000 * LONG_S
CODED = "483921"  # a code


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: str


@dataclass
class Served:
    """A server with its board, and what it told the terminal."""

    server: PageServer
    board: Board
    told: list[str] = field(default_factory=list)

    @property
    def authority(self) -> str:
        return self.server.authority

    def connect(self) -> socket.socket:
        """A plain connection; waits for nothing longer than `LONG_S`."""
        return socket.create_connection(self.server.server_address[:2], timeout=LONG_S)  # type: ignore[arg-type]

    def ask(self, path: str = "/", /, method: str = "GET", **headers: str | None) -> Answer:
        """One request; `Host` is right unless told otherwise, None leaves it out. `_` stands for `-` in names."""
        fields = {"Host": self.authority} | {name.replace("_", "-"): value for name, value in headers.items()}
        lines = [
            f"{method} {path} HTTP/1.1",
            *(f"{name}: {value}" for name, value in fields.items() if value is not None),
        ]
        with self.connect() as client:
            client.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
            return parsed(b"".join(iter(lambda: client.recv(65_536), b"")))

    def listen(self, **headers: str) -> Stream:
        """The stream of what happens."""
        return Stream(self, headers)


def parsed(raw: bytes) -> Answer:
    """An answer, taken apart."""
    head, _, body = raw.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    return Answer(int(first.split()[1]), headers, body.decode())


class Stream:
    """A browser that follows; every wait has an end."""

    def __init__(self, served: Served, headers: dict[str, str]) -> None:
        self.socket = served.connect()
        fields = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        self.socket.sendall(f"GET /events HTTP/1.1\r\nHost: {served.authority}\r\n{fields}\r\n".encode())
        self._file = self.socket.makefile("r", encoding="utf-8", newline="\n")
        while self._file.readline().strip():
            pass  # the head

    def events(self) -> Iterator[tuple[str, str]]:
        """(kind, data) of each event; ends with the stream."""
        kind = "message"
        for line in self._file:
            name, _, value = line.rstrip("\n").partition(": ")
            if name == "event":
                kind = value
            elif name == "data":
                yield kind, value
                kind = "message"

    def values(self) -> Iterator[dict[str, Any]]:
        """What is to be shown, value by value."""
        return (json.loads(data) for kind, data in self.events() if kind == "message")

    def close(self) -> None:
        self._file.close()
        self.socket.close()


@contextmanager
def served(code: str | None = None, *, alive_s: float = LONG_S, patience_s: float = LONG_S) -> Iterator[Served]:
    """The page on a free port of this machine."""
    told: list[str] = []
    board = Board()
    server = PageServer(
        LOOPBACK, 0, board, {"chair": "<svg/>"}.get, code, told.append, alive_s=alive_s, patience_s=patience_s
    )
    try:
        yield Served(server, board, told)
    finally:
        server.close(patience_s=0.0)
