"""A server on this machine that gives a file, and misbehaves as it is told to."""

from __future__ import annotations

import http.client
import itertools
import os
import re
import socket
import struct
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One request."""

    path: str
    headers: Mapping[str, str]
    connection: int = 0  # they are counted in the order in which they were made

    @property
    def start(self) -> int:
        """The first byte that is wanted."""
        found = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        return int(found[1]) if found else 0


@dataclass(frozen=True, kw_only=True)
class Reply:
    """One answer. A header of None is left out; `cut` bytes of the body are sent, then the connection ends."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str | None] = field(default_factory=dict)
    cut: int | None = None
    silent: bool = False  # instead of ending the connection, say nothing more
    reset: bool = False  # end it rudely
    chunked: bool = False


Answers = Callable[[Asked], Reply]


def honest(content: bytes, etag: str | None = '"one"', *, ranges: bool = True) -> Answers:
    """What a good server does, one with or without ranges and names for its versions."""

    def answer(asked: Asked) -> Reply:
        same = asked.headers.get("If-Range") in (None, etag)
        if not ranges or not asked.start or not same:
            return Reply(body=content, headers={"ETag": etag})
        if asked.start >= len(content):
            return Reply(status=416, headers={"Content-Range": f"bytes */{len(content)}"})
        span = f"bytes {asked.start}-{len(content) - 1}/{len(content)}"
        return Reply(status=206, body=content[asked.start :], headers={"ETag": etag, "Content-Range": span})

    return answer


class Server:
    """Its address, its answers (to be changed at any time), and what it was asked."""

    def __init__(self, answers: Answers) -> None:
        self.answers = answers
        self.asked: list[Asked] = []
        self.over = threading.Event()
        self.port = 0
        self.connections: dict[object, int] = {}  # by the address of who made it

    def now(self) -> int:
        """The number of a connection made just now. A request that comes later may be older, from one who gave up."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request("GET", "/now", headers={"Connection": "close"})
        connection.getresponse().read()
        connection.close()
        return next(asked.connection for asked in reversed(self.asked) if asked.path == "/now")

    @property
    def address(self) -> str:
        """Of the file."""
        return f"http://127.0.0.1:{self.port}/model.zip"


@contextmanager
def serving(answers: Answers) -> Iterator[Server]:
    """The server, until the block ends."""
    server = Server(answers)
    numbers = itertools.count()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            number = server.connections[self.client_address]
            asked = Asked(path=self.path, headers=dict(self.headers.items()), connection=number)
            server.asked.append(asked)
            with suppress(ConnectionError):  # whoever asked has heard enough
                self._send(server.answers(asked))

        def _send(self, reply: Reply) -> None:
            self.send_response(reply.status)
            length = {} if reply.chunked else {"Content-Length": str(len(reply.body))}
            for name, value in {**length, **reply.headers}.items():
                if value is not None:
                    self.send_header(name, value)
            if reply.chunked:
                self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            body = reply.body if reply.cut is None else reply.body[: reply.cut]
            if reply.chunked:
                body = b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in _parts(body))
                body += b"" if reply.cut is not None else b"0\r\n\r\n"
            self.wfile.write(body)
            self.wfile.flush()
            if reply.silent:
                server.over.wait(20)
            if reply.reset:
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                self.connection.close()

        def log_message(self, format: str, *args: object) -> None:
            """Silent."""

    class Listening(ThreadingHTTPServer):
        daemon_threads = True

        def verify_request(self, request: object, client_address: object) -> bool:
            server.connections[client_address] = next(numbers)
            return True

    Handler.protocol_version = "HTTP/1.1"
    Handler.close_connection = True
    listening = Listening(("127.0.0.1", 0), Handler)
    server.port = listening.server_port
    thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    before = os.environ.get("no_proxy")
    os.environ["no_proxy"] = "127.0.0.1"  # whatever this machine has
    try:
        yield server
    finally:
        if before is None:
            del os.environ["no_proxy"]
        else:
            os.environ["no_proxy"] = before
        server.over.set()
        listening.shutdown()
        listening.server_close()
        thread.join()


def _parts(body: bytes) -> Iterator[bytes]:
    return (body[at : at + 10_000] for at in range(0, len(body), 10_000))
