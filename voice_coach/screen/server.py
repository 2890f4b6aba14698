"""The one page, for browsers on this machine or in this room: GET only, and nothing but what is shown.

Every browser has a thread of its own that may wait and fail as it likes; the session only ever writes on the board.
"""

from __future__ import annotations

import socket
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import IPv4Address, IPv6Address
from pathlib import Path
from socketserver import TCPServer
from urllib.parse import parse_qs, unquote, urlsplit

from voice_coach.screen.board import Board
from voice_coach.screen.door import COOKIE, Door, Verdict

STATIC = Path(__file__).with_name("static")
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
}
ALIVE_S = 4.0  # a browser that hears nothing for three of these says that the coach is not running
PATIENCE_S = 5.0  # a browser that takes nothing, or says nothing, for so long is let go
MOST = 24  # connections at a time
POLL_S = 0.1
PICTURE_TYPE = "image/svg+xml; charset=utf-8"
SAFE = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_SHUT = "No code is taken any more. Start voice-coach again for a new one."
_NOT_HERE = "This page is only for the address that voice-coach shows when it starts."

Picture = Callable[[str], "str | None"]
"""The drawing of an exercise as SVG, by its id."""


class PageServer(ThreadingHTTPServer):
    """Listens on one address of this machine. OSError where that cannot be had."""

    daemon_threads = True
    block_on_close = False
    allow_reuse_address = not sys.platform.startswith("win")  # there it would let another program in
    request_queue_size = 16

    def __init__(
        self,
        address: IPv4Address | IPv6Address,
        port: int,
        board: Board,
        picture: Picture,
        code: str | None,
        tell: Callable[[str], None],
        *,
        alive_s: float = ALIVE_S,
        patience_s: float = PATIENCE_S,
    ) -> None:
        self.alive_s, self.patience_s = alive_s, patience_s
        self.address_family = socket.AF_INET6 if address.version == 6 else socket.AF_INET
        self.board, self.picture = board, picture
        self.streams = 0  # browsers that are being told
        self.ended = threading.Condition()
        self._room = threading.BoundedSemaphore(MOST)
        self._tell = tell
        self._told = False
        super().__init__((str(address), port), _Handler)
        host = f"[{address}]" if address.version == 6 else str(address)
        self.authority = f"{host}:{self.server_address[1]}"
        self.door = Door(self.authority, code, tell)
        self._thread = threading.Thread(target=self.serve_forever, args=(POLL_S,), name="screen", daemon=True)
        self._thread.start()

    def server_bind(self) -> None:
        """Without asking a name server who we are, as the standard library would."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = self.server_address[:2]  # type: ignore[assignment]

    def process_request(self, request: object, client_address: object) -> None:
        """In a thread of its own, as long as there are not too many."""
        if not self._room.acquire(blocking=False):
            self.shutdown_request(request)  # type: ignore[arg-type]
            return
        super().process_request(request, client_address)  # type: ignore[arg-type]

    def process_request_thread(self, request: object, client_address: object) -> None:
        """Answer, and leave room for another."""
        try:
            super().process_request_thread(request, client_address)  # type: ignore[arg-type]
        finally:
            self._room.release()

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that went away is no news; anything else is told once, and concerns nobody but that browser."""
        error = sys.exc_info()[1]
        if not isinstance(error, OSError) and not self._told:
            self._told = True
            self._tell(f"Screen: a browser could not be answered ({type(error).__name__}). The session goes on.")

    def stream(self, by: int) -> None:
        """One browser more or less is being told what happens."""
        with self.ended:
            self.streams += by
            self.ended.notify_all()

    def close(self, patience_s: float = 1.0) -> None:
        """Let the browsers have the last value, for so long; then nobody is answered any more."""
        self.board.close()
        with self.ended:
            self.ended.wait_for(lambda: self.streams == 0, patience_s)
        self.shutdown()
        self.server_close()
        self._thread.join()


class _Handler(BaseHTTPRequestHandler):
    """One request."""

    server: PageServer
    disable_nagle_algorithm = True
    server_version = "voice-coach"
    sys_version = ""

    def setup(self) -> None:
        """A connection that waits for nothing for long, and for all that is asked together not much longer."""
        super().setup()
        self.connection.settimeout(self.server.patience_s)
        self._asking = threading.Timer(2 * self.server.patience_s, self._hang_up)
        self._asking.daemon = True
        self._asking.start()

    def finish(self) -> None:
        """Nothing more will be asked."""
        self._asking.cancel()
        super().finish()

    def _hang_up(self) -> None:
        """Whoever sends a letter now and then would keep a place for ever."""
        with suppress(OSError):  # it has gone by itself
            self.connection.shutdown(socket.SHUT_RDWR)

    def parse_request(self) -> bool:
        """Nothing but GET, of a path."""
        asked = super().parse_request()
        self._asking.cancel()
        if not asked:
            return False
        if self.command != "GET":
            self._answer(405, "Only GET.", extra={"Allow": "GET"})
            return False
        if not self.path.startswith("/") or len(self.headers.get_all("Host", [])) > 1:
            self._answer(403, _NOT_HERE)
            return False
        return True

    def do_GET(self) -> None:
        """Judge who asks, then what is asked for."""
        verdict = self.server.door.judge(self.headers)  # type: ignore[arg-type]
        url = urlsplit(self.path)
        if verdict is Verdict.NOT_HERE:
            self._answer(403, _NOT_HERE)
        elif url.path == "/page.css":
            self._static("page.css")
        elif verdict is Verdict.SHUT:
            self._answer(403, _SHUT)
        elif verdict is Verdict.CODE:
            self._without_token(url.path, url.query)
        elif url.path == "/":
            self._static("page.html")
        elif url.path == "/page.js":
            self._static("page.js")
        elif url.path == "/events":
            self._events()
        elif url.path == "/enter":
            self._answer(303, "", extra={"Location": "/"})
        elif url.path.startswith("/picture/"):
            drawing = self.server.picture(unquote(url.path.removeprefix("/picture/")))
            self._answer(200 if drawing else 404, drawing or "No drawing.", PICTURE_TYPE if drawing else "text/plain")
        else:
            self._answer(404, "There is nothing here.")

    def _without_token(self, path: str, query: str) -> None:
        if path == "/":
            self._static("code.html")
        elif path == "/enter":
            token = self.server.door.exchange(parse_qs(query).get("code", [""])[0], self.client_address[0])
            cookie = {"Set-Cookie": f"{COOKIE}={token}; HttpOnly; SameSite=Strict; Path=/"} if token else {}
            self._answer(303, "", extra={"Location": "/", **cookie})
        else:
            self._answer(403, "The code first.")

    def _events(self) -> None:
        """What happens, as long as the browser takes it. It is sent whole each time: whoever is slow misses only what
        is over."""
        self.send_response(200)
        self._headers("text/event-stream; charset=utf-8", {})
        self.end_headers()
        self.server.stream(+1)
        try:
            number = 0
            while True:
                posted = self.server.board.after(number, self.server.alive_s)
                if posted is None:
                    self.wfile.write(b"event: alive\ndata: 1\n\n")
                    continue
                number = posted.number
                self.wfile.write(f"data: {posted.data()}\n\n".encode())
                if posted.closed:
                    self.wfile.write(b"event: closed\ndata: 1\n\n")
                    return
        finally:
            self.server.stream(-1)

    def _static(self, name: str) -> None:
        path = STATIC / name
        self._answer(200, path.read_text(encoding="utf-8"), TYPES[path.suffix])

    def _answer(self, status: int, text: str, kind: str = "text/plain; charset=utf-8", *,
                extra: dict[str, str] | None = None) -> None:  # fmt: skip
        body = text.encode()
        self.send_response(status)
        self._headers(kind, {"Content-Length": str(len(body)), **(extra or {})})
        self.end_headers()
        self.wfile.write(body)

    def _headers(self, kind: str, extra: dict[str, str]) -> None:
        for name, value in {"Content-Type": kind, "Connection": "close", **SAFE, **extra}.items():
            self.send_header(name, value)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: who looks at the page is in no log, and the terminal belongs to the coach."""
