"""Who is answered, and with what: a real server, and clients that misbehave."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from itertools import islice

import pytest

from tests.screen.http import CODED as CODE
from tests.screen.http import LONG_S, Served, served
from voice_coach.screen.board import FIRST, Board
from voice_coach.screen.door import COOKIE, TRIES, Door, Verdict, new_code
from voice_coach.screen.server import MOST, SAFE, STATIC
from voice_coach.screen.shown import Scene, Shown

MANY = 100  # values of 200 kB put up while a reader does not read: more than a connection holds


def shown(text: str) -> Shown:
    return Shown(scene=Scene.WORK, headline=text)


@pytest.mark.parametrize(
    ("path", "kind", "holds"),
    [
        ("/", "text/html; charset=utf-8", "<!doctype html>"),
        ("/page.css", "text/css; charset=utf-8", "#figure"),
        ("/page.js", "text/javascript; charset=utf-8", "EventSource"),
        ("/picture/chair", "image/svg+xml; charset=utf-8", "<svg/>"),
    ],
)
def test_the_page_and_its_parts_with_a_strict_policy(path: str, kind: str, holds: str) -> None:
    with served() as page:
        answer = page.ask(path)
    assert (answer.status, answer.headers["content-type"]) == (200, kind)
    assert holds in answer.body
    assert {name: answer.headers[name.lower()] for name in SAFE} == dict(SAFE)
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert "access-control-allow-origin" not in answer.headers


def test_the_page_holds_no_script_style_or_address_of_its_own() -> None:
    for name in ("page.html", "code.html"):
        source = (STATIC / name).read_text(encoding="utf-8")
        assert "style=" not in source and "<style" not in source and " on" not in source.replace(" only", "")
        assert "http:" not in source and "https:" not in source
    script = (STATIC / "page.js").read_text(encoding="utf-8")
    assert "innerHTML" not in script and "eval(" not in script and "document.write" not in script
    assert len(script.splitlines()) < 150


@pytest.mark.parametrize(
    "path", ["/nothing", "/picture/nobody", "/picture/..%2f..%2fetc", "/../server.py", "/page.html"]
)
def test_there_is_nothing_else(path: str) -> None:
    with served() as page:
        assert page.ask(path).status == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "HEAD", "TRACE", "PATCH", "NONSENSE"])
def test_only_get(method: str) -> None:
    with served() as page:
        answer = page.ask("/", method)
    assert (answer.status, answer.headers["allow"]) == (405, "GET")


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "evil.example:80"},
        {"Host": "127.0.0.1"},
        {"Host": "127.0.0.1.evil.example:1"},
        {"Host": ""},
        {"Host": None},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
    ],
)
@pytest.mark.parametrize("path", ["/", "/events", "/page.js", "/picture/chair", "/enter?code=1"])
def test_what_another_name_or_page_asks_is_refused(headers: dict[str, str | None], path: str) -> None:
    """DNS rebinding gives our address another name; a page from elsewhere has another origin."""
    with served() as page:
        answer = page.ask(path, "GET", **headers)
    assert answer.status == 403
    assert "headline" not in answer.body and "<svg" not in answer.body


def test_its_own_page_and_its_other_name_are_answered() -> None:
    with served() as page:
        own = f"http://{page.authority}"
        assert page.ask("/", Origin=own, Sec_Fetch_Site="same-origin").status == 200
        name = page.authority.replace("127.0.0.1", "localhost")
        assert page.ask("/", Host=name).status == 200
        assert page.ask("/", Host=name, Origin=own).status == 403


@pytest.mark.parametrize(
    "raw",
    [
        b"\x00\xff\x00\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 200 + b"\r\n",
        b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n\r\n",
    ],
    ids=["bytes", "no path", "another version", "many headers", "a long path"],
)
def test_nonsense_is_refused_and_the_next_one_is_answered(raw: bytes) -> None:
    with served() as page:
        with page.connect() as client:
            client.sendall(raw)
            answer = b"".join(iter(lambda: client.recv(65_536), b""))
        assert b"headline" not in answer
        assert page.ask("/").status == 200
        assert page.told == []


def test_a_browser_gets_what_hangs_there_and_then_every_change() -> None:
    with served() as page:
        stream = page.listen()
        values = stream.values()
        assert next(values)["headline"] == FIRST.headline
        page.board.put(shown("Chair stand"))
        assert next(values)["headline"] == "Chair stand"
        late = page.listen()
        assert next(late.values())["headline"] == "Chair stand"
        stream.close()
        late.close()


def test_names_travel_as_they_are_and_in_one_line() -> None:
    name = '</script><b>\n\n\u2028data: x\U0001f600 "quoted"'
    with served() as page:
        page.board.put(shown(name))
        stream = page.listen()
        assert next(stream.values())["headline"] == name
        stream.close()


def test_it_says_now_and_then_that_it_is_alive() -> None:
    with served(alive_s=0.01) as page:
        stream = page.listen()
        assert [kind for kind, _ in islice(stream.events(), 3)] == ["message", "alive", "alive"]
        stream.close()


def test_the_end_reaches_every_browser_and_then_nobody_is_answered() -> None:
    with served() as page:
        streams = [page.listen() for _ in range(3)]
        events = [stream.events() for stream in streams]
        assert [next(each)[0] for each in events] == ["message"] * 3
        page.board.put(shown("Finished"))
        address = page.server.server_address[:2]
        page.server.close()
        for each in events:
            rest = list(each)
            assert rest[-1][0] == "closed"
            assert "Finished" in rest[-2][1]
        with pytest.raises(OSError):
            socket.create_connection(address, timeout=5)  # type: ignore[arg-type]
        for stream in streams:
            stream.close()


def put_many(board: Board) -> None:
    """More than a connection holds."""
    for number in range(MANY):
        board.put(shown(f"{number} " + "long " * 40_000))


def test_a_browser_that_does_not_read_holds_nobody_up_and_the_others_get_the_newest() -> None:
    with served() as page:
        hanging, good = page.listen(), page.listen()
        values = good.values()
        next(values)
        put_many(page.board)
        page.board.put(shown("the newest"))
        assert "the newest" in (value["headline"] for value in values)
        assert page.server.streams == 2  # it still hangs, and all of this was done meanwhile
        hanging.close()
        good.close()


def test_a_browser_that_does_not_read_is_let_go() -> None:
    with served(patience_s=0.05) as page:
        hanging = page.listen()
        assert drained(page, lambda: put_many(page.board))
        hanging.close()
        assert page.told == []


def drained(page: Served, again: Callable[[], None]) -> bool:
    """Whether nobody is told anything any more, soon enough."""
    deadline = time.monotonic() + LONG_S
    while page.server.streams and time.monotonic() < deadline:
        again()
        with page.server.ended:
            page.server.ended.wait(0.05)
    return page.server.streams == 0


def test_a_browser_that_goes_away_is_forgotten_without_a_word() -> None:
    with served() as page:
        for _ in range(3):
            stream = page.listen()
            next(stream.values())
            stream.close()
        assert drained(page, lambda: page.board.put(shown(str(time.monotonic()))))
        assert page.told == []


def test_more_connections_than_there_is_room_for_are_turned_away() -> None:
    with served() as page:
        idle = [page.connect() for _ in range(MOST)]
        streams: list[bytes] = []
        for _ in range(3):
            with page.connect() as client:
                try:
                    client.sendall(f"GET / HTTP/1.1\r\nHost: {page.authority}\r\n\r\n".encode())
                    streams.append(client.recv(100))
                except ConnectionError:
                    streams.append(b"")
        assert streams == [b""] * 3
        for client in idle:
            client.close()
        assert eventually(page)


def eventually(page: Served) -> bool:
    """Whether somebody is answered again, soon enough."""
    deadline = time.monotonic() + LONG_S
    while time.monotonic() < deadline:
        try:
            if page.ask("/").status == 200:
                return True
        except (ConnectionError, IndexError):
            continue
    return False


def test_without_the_code_nothing_is_shown() -> None:
    with served(CODE) as page:
        assert "Which code" in page.ask("/").body
        assert [page.ask(path).status for path in ("/events", "/page.js", "/picture/chair", "/nothing")] == [403] * 4
        assert page.ask("/page.css").status == 200
        for cookie in (f"{COOKIE}=", f"{COOKIE}=guess", "=;;=", f"{COOKIE}={CODE}", "\xff\xfe"):
            assert page.ask("/events", Cookie=cookie).status == 403


def enter(page: Served, code: str) -> str:
    """Type a code; the cookie that came of it, or ""."""
    answer = page.ask(f"/enter?code={code}")
    assert answer.status == 403 or (answer.status, answer.headers["location"]) == (303, "/")
    return answer.headers.get("set-cookie", "").partition(";")[0]


def test_the_code_opens_the_door_once_and_for_one() -> None:
    with served(CODE) as page:
        answer = page.ask("/enter?code=483%20921")
        assert answer.headers["set-cookie"].endswith("; HttpOnly; SameSite=Strict; Path=/")
        cookie = answer.headers["set-cookie"].partition(";")[0]
        assert CODE not in cookie
        assert page.ask("/", Cookie=cookie).status == 200
        assert "EventSource" in page.ask("/page.js", Cookie=cookie).body
        assert page.told == ["Screen: 127.0.0.1 is connected. The code is used up."]
        assert enter(page, CODE) == ""
        assert page.ask("/").status == 403
        assert page.ask("/", Host=page.authority.replace("127.0.0.1", "localhost"), Cookie=cookie).status == 403


def test_wrong_codes_are_told_and_soon_none_is_taken() -> None:
    with served(CODE) as page:
        for number in range(TRIES):
            assert "Which code" in page.ask("/").body
            assert enter(page, f"{number:06d}") == ""
        assert page.ask("/").status == 403
        assert enter(page, CODE) == ""
        assert page.told[0] == f"Screen: a wrong code from 127.0.0.1. {TRIES - 1} more tries."
        assert page.told[-1] == (
            "Screen: a wrong code from 127.0.0.1. No code is taken any more; start again for a new one."
        )
        assert len(page.told) == TRIES


@pytest.mark.parametrize("code", ["", "48392", "4839211", "４８３９２１", "%00", "483921x1", "a" * 5_000])
def test_nothing_like_the_code_is_the_code(code: str) -> None:
    door = Door("192.168.1.20:8123", CODE, lambda _text: None)
    assert door.exchange(code, "somebody") is None


def test_codes_are_six_digits_and_differ() -> None:
    codes = {new_code() for _ in range(50)}
    assert all(len(code) == 6 and code.isdigit() for code in codes)
    assert len(codes) > 40


@pytest.mark.parametrize(
    ("authority", "host", "code", "verdict"),
    [
        ("127.0.0.1:80", "127.0.0.1", None, Verdict.COME_IN),
        ("127.0.0.1:80", "LOCALHOST", None, Verdict.COME_IN),
        ("127.0.0.1:8123", "127.0.0.1", None, Verdict.NOT_HERE),
        ("[fd00::1]:8123", "[fd00::1]:8123", CODE, Verdict.CODE),
        ("192.168.1.20:8123", "localhost:8123", CODE, Verdict.NOT_HERE),
    ],
)
def test_an_address_has_the_names_that_browsers_give_it(
    authority: str, host: str, code: str | None, verdict: Verdict
) -> None:
    door = Door(authority, code, lambda _text: None)
    assert door.judge({"Host": host, "Origin": f"http://{host}"}) is verdict
