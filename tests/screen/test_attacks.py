"""The page among hostile clients: other names for it, upgrades, slow senders, crowds. The session never notices."""

from __future__ import annotations

import socket
import threading
from contextlib import ExitStack, suppress

import pytest

from tests.screen.http import Served, served
from tests.screen.test_server import drained, eventually, shown
from voice_coach.screen.server import MOST

CROWD, BUNCH = 1_000, 100


def raw(page: Served, request: str) -> bytes:
    """What comes back for a request that is sent as it is."""
    with page.connect() as client:
        client.sendall(request.encode("latin-1"))
        return b"".join(iter(lambda: client.recv(65_536), b""))


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1:0{port}",
        "127.0.0.1:{port} ",
        "127.0.0.1:{port}:{port}",
        "127.0.0.1:{port}@evil.example",
        "evil.example@127.0.0.1:{port}",
        "evil.example#127.0.0.1:{port}",
        "127.0.0.1.:{port}",
        "127.1:{port}",
        "2130706433:{port}",
        "0.0.0.0:{port}",
        "[::1]:{port}",
        "[::ffff:127.0.0.1]:{port}",
        "localhost.:{port}",
        "localhost.evil.example:{port}",
        "localhost",
        "localhost:80",
        "http://127.0.0.1:{port}",
        "127.0.0.1:{port}, evil.example",
        "127.0.0.1:{port}\x0bevil.example",
        "١٢٧.0.0.1:{port}".encode().decode("latin-1"),
    ],
)
def test_only_its_two_names_with_their_port_are_its_own(host: str) -> None:
    with served() as page:
        port = page.authority.rpartition(":")[2]
        answer = raw(page, f"GET / HTTP/1.1\r\nHost: {host.format(port=port)}\r\n\r\n")
        assert answer.startswith(b"HTTP/1.0 403")


@pytest.mark.parametrize(
    "lines",
    [
        "GET / HTTP/1.1\r\nHost: {own}\r\nHost: evil.example",
        "GET / HTTP/1.1\r\nHost: evil.example\r\nHost: {own}",
        "GET http://evil.example/ HTTP/1.1\r\nHost: {own}",
        "GET http://[ HTTP/1.1\r\nHost: {own}",
        "GET * HTTP/1.1\r\nHost: {own}",
        "GET / HTTP/1.1\r\n Host: {own}",
        "GET / HTTP/1.1\r\nX: y\nHost: evil.example",
        "GET /events HTTP/1.1\r\nHost: {own}\r\nOrigin: http://evil.example\r\nUpgrade: websocket",
        "GET /events HTTP/1.1\r\nHost: {own}\r\nOrigin: http://{own}.evil.example",
        "GET /events HTTP/1.1\r\nHost: {own}\r\nOrigin: https://{own}",
        "GET /events HTTP/1.1\r\nHost: {own}\r\nOrigin: http://localhost",
        "GET /events HTTP/1.1\r\nHost: {own}\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors",
    ],
)
def test_what_is_not_clearly_meant_for_it_is_refused(lines: str) -> None:
    with served() as page:
        answer = raw(page, lines.format(own=page.authority) + "\r\n\r\n")
        assert answer.split(b" ")[1] in (b"400", b"403") and b"headline" not in answer
        assert page.ask("/").status == 200
        assert page.told == []


def test_an_upgrade_is_not_made() -> None:
    with served() as page:
        answer = raw(
            page, f"GET / HTTP/1.1\r\nHost: {page.authority}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"
        )
        assert answer.startswith(b"HTTP/1.0 200") and b"upgrade" not in answer.lower().partition(b"\r\n\r\n")[0]


@pytest.mark.parametrize(
    "path", ["/%2e%2e/server.py", "/..\\server.py", "/picture/%00", "/picture/" + "../" * 50, "//etc"]
)
def test_no_path_leads_out(path: str) -> None:
    with served() as page:
        assert raw(page, f"GET {path} HTTP/1.1\r\nHost: {page.authority}\r\n\r\n").split(b" ")[1] == b"404"


@pytest.mark.parametrize(
    "many", [b"A: " + b"b" * 70_000 + b"\r\n", b"A: b\r\n" * 150, b"Cookie: " + b"a=b;" * 15_000 + b"\r\n"]
)
def test_huge_heads_are_refused(many: bytes) -> None:
    with served() as page:
        with page.connect() as client, suppress(ConnectionError):
            client.sendall(b"GET / HTTP/1.1\r\n" + many + b"\r\n")
            answer = b"".join(iter(lambda: client.recv(65_536), b""))
            assert answer.split(b" ")[1] in (b"403", b"431")
        assert page.ask("/").status == 200 and page.told == []


def test_senders_of_a_letter_now_and_then_lose_their_place() -> None:
    with served(patience_s=0.2) as page, ExitStack() as stack:
        slow = [stack.enter_context(page.connect()) for _ in range(MOST)]
        gone = threading.Event()

        def drip() -> None:
            while not gone.wait(0.02):
                for client in slow:
                    with suppress(OSError):
                        client.send(b"G")

        thread = threading.Thread(target=drip)
        thread.start()
        try:
            assert eventually(page)
        finally:
            gone.set()
            thread.join()


def test_a_crowd_stalls_nobody_who_is_in_already() -> None:
    with served() as page:
        stream = page.listen()
        values = stream.values()
        next(values)
        for bunch in range(CROWD // BUNCH):
            with ExitStack() as stack:
                for _ in range(BUNCH):
                    client = stack.enter_context(socket.socket())
                    client.setblocking(False)
                    with suppress(BlockingIOError):
                        client.connect(page.server.server_address[:2])
                page.board.put(shown(f"after {bunch}"))
                assert f"after {bunch}" in (value["headline"] for value in values)
        stream.close()
        assert eventually(page)
        assert drained(page, lambda: page.board.put(shown("still here")))
        assert page.told == []
