"""Downloads from a server that misbehaves: what was brought is kept, and only the archive that is known is whole."""

from __future__ import annotations

import errno
import http.client
import json
import socket
import ssl
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.models.archives import offer, small
from tests.models.server import Answers, Asked, Reply, Server, honest, serving
from voice_coach.errors import EngineError
from voice_coach.models.download import download
from voice_coach.models.net import why
from voice_coach.models.part import Part

CONTENT, OTHER = small(1), small(2)
HALF = len(CONTENT) // 2


class Downloading:
    """Somebody who downloads, as often as she likes."""

    def __init__(self, room: Path) -> None:
        self.part = Part(room, offer(CONTENT))
        self.said: list[str] = []
        self.there: list[int] = []

    def __call__(self, address: str, limit_s: float = 5.0) -> None:
        self.said.clear()
        self.there.clear()
        download(self.part, address, lambda there, _: self.there.append(there), self.said.append, limit_s)
        assert self.part.file.read_bytes() == CONTENT

    def fails(self, address: str, limit_s: float = 5.0) -> str:
        with pytest.raises(EngineError) as error:
            self(address, limit_s)
        assert max(self.there, default=0) <= len(CONTENT)
        return str(error.value)

    def kept(self, size: int, validator: str = '"one"', address: str = "") -> None:
        """Have so many bytes from before."""
        self.part.begin(address, validator)
        self.part.file.write_bytes(CONTENT[:size])


@pytest.fixture
def her(tmp_path: Path) -> Downloading:
    return Downloading(tmp_path)


def broken(answers: Answers, cut: int) -> Answers:
    return lambda asked: replace(answers(asked), cut=cut)


def with_headers(answers: Answers, **headers: str | None) -> Answers:
    def answer(asked: Asked) -> Reply:
        reply = answers(asked)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return replace(reply, headers={**reply.headers, **named})

    return answer


def ranges(server: Server) -> list[tuple[str | None, str | None]]:
    return [(asked.headers.get("Range"), asked.headers.get("If-Range")) for asked in server.asked]


@pytest.mark.parametrize("chunked", [False, True])
def test_a_whole_download(her: Downloading, chunked: bool) -> None:
    with serving(lambda asked: replace(honest(CONTENT)(asked), chunked=chunked)) as server:
        her(server.address)
    assert ranges(server) == [(None, None)]
    assert her.there[0] == 0 and her.there[-1] == len(CONTENT) and her.there == sorted(her.there)
    assert her.said == []


def test_one_that_says_no_length(her: Downloading) -> None:
    with serving(with_headers(honest(CONTENT), Content_Length=None)) as server:
        her(server.address)


@pytest.mark.parametrize("cut", [1, HALF, len(CONTENT) - 1])
@pytest.mark.parametrize("how", ["length", "chunked", "no length"])
def test_one_that_breaks_off_is_gone_on_with(her: Downloading, cut: int, how: str) -> None:
    answers = broken(honest(CONTENT), cut)
    if how == "chunked":
        answers = lambda asked: replace(honest(CONTENT)(asked), cut=cut, chunked=True)  # noqa: E731
    if how == "no length":
        answers = with_headers(answers, Content_Length=None)
    with serving(answers) as server:
        said = her.fails(server.address)
        assert her.part.size == cut
        assert f"{cut / 1e6:.1f} MB are kept, and the same command goes on from there." in said
        server.answers = honest(CONTENT)
        her(server.address)
    assert ranges(server) == [(None, None), (f"bytes={cut}-", '"one"')]
    assert her.there[0] == cut and her.said[0].startswith("Going on at ")


def test_one_that_is_broken_off_rudely_can_be_gone_on_with(her: Downloading) -> None:
    with serving(lambda asked: replace(honest(CONTENT)(asked), cut=HALF, reset=True)) as server:
        assert "broke" in her.fails(server.address)
        server.answers = honest(CONTENT)
        her(server.address)


def test_ten_times_broken_off_brings_each_byte_once(her: Downloading) -> None:
    """But for the last piece, which is short."""
    step = len(CONTENT) // 10
    with serving(broken(honest(CONTENT), step)) as server:
        for _ in range(10):
            her.fails(server.address)
        her(server.address)
    assert [asked.start for asked in server.asked] == [step * each for each in range(11)]


def test_a_server_that_falls_silent_is_left_in_time_and_what_came_is_kept(her: Downloading) -> None:
    with serving(lambda asked: replace(honest(CONTENT)(asked), cut=1, silent=True)) as server:
        for _ in range(20):  # on a busy machine the first byte, too, may take longer than that
            said = her.fails(server.address, limit_s=0.05)
            if her.part.size:
                break
    assert said.startswith("127.0.0.1 was silent for 0.05 seconds. 0.0 MB are kept")
    assert her.part.size == 1


def test_a_server_that_never_says_anything(her: Downloading) -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        said = her.fails(f"http://127.0.0.1:{mute.getsockname()[1]}/x.zip", limit_s=0.05)
    assert said.startswith("127.0.0.1 was silent for 0.05 seconds. Nothing was changed.")


def test_a_server_without_ranges_starts_again(her: Downloading) -> None:
    her.kept(HALF)
    with serving(honest(CONTENT, ranges=False)) as server:
        her(server.address)
    assert [asked.start for asked in server.asked] == [HALF]
    assert her.there[0] == 0


def test_a_file_that_changed_is_not_joined_to_the_old_one(her: Downloading) -> None:
    """The server knows its version; what it has now is not the archive that is known, and of the same length."""
    changed = OTHER[: len(CONTENT)].ljust(len(CONTENT), b"x")
    with serving(broken(honest(CONTENT), HALF)) as server:
        her.fails(server.address)
        server.answers = honest(changed, '"two"')
        said = her.fails(server.address)
        assert "is not the archive that is known" in said and "Nothing was changed" in said
        assert [asked.start for asked in server.asked] == [0, HALF]
        server.answers = honest(CONTENT, '"three"')
        her(server.address)
    assert ranges(server)[1:] == [(f"bytes={HALF}-", '"one"'), (None, None)]


def test_a_part_of_another_version_is_thrown_away_and_fetched_once_more(her: Downloading) -> None:
    """A server that joins anything to anything: the sum decides."""
    her.kept(HALF)
    her.part.file.write_bytes(OTHER[:HALF])
    with serving(honest(CONTENT, None)) as server:
        her(server.address)
    assert [asked.start for asked in server.asked] == [HALF, 0]
    assert her.said[1] == "What was kept of an earlier download does not fit, so it starts from the beginning."


def test_what_is_complete_but_wrong_is_fetched_once_more(her: Downloading) -> None:
    her.kept(len(CONTENT))
    her.part.file.write_bytes(OTHER[: len(CONTENT)].ljust(len(CONTENT), b"x"))
    with serving(honest(CONTENT)) as server:
        her(server.address)
    assert ranges(server) == [(None, None)]


def test_what_is_complete_needs_no_network(her: Downloading) -> None:
    her.kept(len(CONTENT))
    her("http://127.0.0.1:9/model.zip")
    assert her.there == []


def test_a_part_that_is_too_long_is_not_used(her: Downloading) -> None:
    her.kept(len(CONTENT))
    her.part.file.write_bytes(CONTENT + b"x")
    with serving(honest(CONTENT)) as server:
        her(server.address)
    assert ranges(server) == [(None, None)]


@pytest.mark.parametrize("note", ["", "{", "[]", '{"sha256": 5}', json.dumps({"sha256": "0" * 64})])
def test_a_part_that_nobody_knows_is_not_used(her: Downloading, note: str) -> None:
    her.kept(HALF)
    (her.part.room / f"{her.part.offer.name}.json").write_text(note)
    with serving(honest(CONTENT)) as server:
        her(server.address)
    assert ranges(server) == [(None, None)]


def test_a_part_that_is_a_link_is_not_written_through(her: Downloading, tmp_path: Path) -> None:
    her.kept(HALF)
    (tmp_path / "hers").write_bytes(CONTENT[:HALF])
    her.part.file.unlink()
    her.part.file.symlink_to(tmp_path / "hers")
    with serving(honest(CONTENT)) as server:
        her(server.address)
    assert (tmp_path / "hers").read_bytes() == CONTENT[:HALF]


def test_another_address_is_gone_on_at_without_the_first_ones_name_for_it(her: Downloading) -> None:
    her.kept(HALF, '"one"', "https://elsewhere.example/model.zip")
    with serving(honest(CONTENT, '"mine"')) as server:
        her(server.address)
    assert ranges(server) == [(f"bytes={HALF}-", None)]


@pytest.mark.parametrize(("headers", "sent"), [
    ({"ETag": 'W/"weak"'}, None),
    ({"ETag": None, "Last-Modified": "Mon, 02 Mar 2026 09:00:00 GMT"}, "Mon, 02 Mar 2026 09:00:00 GMT"),
    ({"ETag": None}, None),
])  # fmt: skip
def test_only_a_strong_name_is_asked_with(her: Downloading, headers: dict[str, str | None], sent: str | None) -> None:
    def answers(asked: Asked) -> Reply:
        reply = honest(CONTENT, asked.headers.get("If-Range"))(asked)
        return replace(reply, headers={**reply.headers, **headers})

    with serving(broken(answers, HALF)) as server:
        her.fails(server.address)
        server.answers = answers
        her(server.address)
    assert ranges(server)[1] == (f"bytes={HALF}-", sent)


@pytest.mark.parametrize("answer", [
    Reply(status=416),
    Reply(status=206, body=CONTENT[HALF:]),
    Reply(status=206, body=CONTENT[HALF:], headers={"Content-Range": "nonsense"}),
    Reply(status=206, body=CONTENT, headers={"Content-Range": f"bytes 0-{len(CONTENT) - 1}/{len(CONTENT)}"}),
    Reply(status=206, body=CONTENT[HALF + 1 :], headers={"Content-Range": f"bytes {HALF + 1}-9/{len(CONTENT)}"}),
    Reply(status=206, body=b"x" * HALF, headers={"Content-Range": f"bytes {HALF}-9/{len(CONTENT)}"}),
    Reply(status=206, body=b"x" * len(CONTENT), headers={"Content-Range": f"bytes {HALF}-9/*"}),
], ids=["416", "no range", "nonsense", "from the start", "one further", "other bytes", "too many bytes"])  # fmt: skip
def test_a_rest_that_does_not_fit_is_fetched_from_the_beginning(her: Downloading, answer: Reply) -> None:
    her.kept(HALF)
    with serving(lambda asked: answer if asked.start else honest(CONTENT)(asked)) as server:
        her(server.address)
    starts = [asked.start for asked in server.asked]
    assert starts in ([HALF, 0], [HALF])  # a rest that broke off would be one try, and is none of these
    assert starts == [HALF, 0]


def test_no_server_can_make_it_go_round_for_ever(her: Downloading) -> None:
    her.kept(HALF)
    with serving(lambda _: Reply(status=416)) as server:
        assert "does not give the file (416). Nothing was changed." in her.fails(server.address)
    assert [asked.start for asked in server.asked] == [HALF, 0]


def test_a_piece_in_the_place_of_the_whole(her: Downloading) -> None:
    with serving(lambda _: Reply(status=206, body=CONTENT[1:], headers={"Content-Range": "bytes 1-9/10"})) as server:
        assert "gives a piece of the file instead of the whole" in her.fails(server.address)


@pytest.mark.parametrize("span", ["bytes 0-1/" + 5_000 * "9", f"bytes {5_000 * '9'}-1/2", f"bytes 0-{5_000 * '9'}/2"])
def test_a_length_that_no_file_has_is_no_length(her: Downloading, span: str) -> None:
    with serving(lambda _: Reply(status=206, body=CONTENT, headers={"Content-Range": span})) as server:
        assert "gives a piece of the file instead of the whole" in her.fails(server.address)


@pytest.mark.parametrize("delta", [-1, 1, 10_000_000])
def test_another_length_is_seen_before_a_byte_is_taken(her: Downloading, delta: int) -> None:
    her.kept(HALF)
    size = len(CONTENT) + delta
    with serving(with_headers(honest(CONTENT, ranges=False), Content_Length=str(size))) as server:
        said = her.fails(server.address)
    assert f"has another file at that address: {size} bytes instead of {len(CONTENT)}." in said
    assert her.there == [] and her.part.size == HALF


@pytest.mark.parametrize("chunked", [False, True])
def test_no_byte_more_is_taken_than_the_archive_has(her: Downloading, chunked: bool) -> None:
    """One, to see that there are more."""
    endless = Reply(body=CONTENT + bytes(5_000_000), headers={"Content-Length": None}, chunked=chunked)
    with serving(lambda _: endless) as server:
        assert "gives more than the 0.1 MB of the archive: it is another file. Nothing" in her.fails(server.address)
    assert not her.part.file.exists()


def test_a_wrong_sum_leaves_nothing(her: Downloading) -> None:
    wrong = CONTENT[:-1] + bytes([CONTENT[-1] ^ 1])
    with serving(honest(wrong)) as server:
        said = her.fails(server.address)
    assert len(server.asked) == 1 and not her.part.file.exists()
    assert said.startswith("What came is not the archive that is known: its size or its SHA-256 is another. Nothing")


@pytest.mark.parametrize(("answer", "said"), [
    (Reply(status=404), "has no such file"),
    (Reply(status=403), "does not give the file (403)"),
    (Reply(status=407), "wants a login first"),
    (Reply(status=429), "has a trouble of its own (429): try again later"),
    (Reply(status=500), "has a trouble of its own (500)"),
    (Reply(status=503, headers={"Retry-After": "100000"}), "has a trouble of its own (503)"),
    (Reply(status=511), "wants a login first"),
    (Reply(status=204), "does not give the file (204)"),
    (Reply(body=b"<html>Welcome to our hotel", headers={"Content-Type": "text/html; charset=x"}), "a web page instead"),
    (Reply(body=CONTENT, headers={"Content-Encoding": "gzip"}), "in a form that was not asked for (gzip)"),
    (Reply(body=CONTENT, headers={"Content-Encoding": "\x1b[2J"}), "in a form that was not asked for ( [2J)"),
    (Reply(status=302), "sends us elsewhere"),
    (Reply(status=302, headers={"Location": "/round"}), "sends us elsewhere again and again"),
    (Reply(status=302, headers={"Location": "file:///etc/passwd"}), "or to an address that is not safe (302)"),
    (Reply(status=308, headers={"Location": "http://192.0.2.1/x"}), "sends us elsewhere"),
    (Reply(status=302, headers={"Location": "ftp://127.0.0.1/x"}), "sends us elsewhere"),
    (Reply(status=302, headers={"Location": "http://192.0.2.1/x"}), "sends us elsewhere"),
    (Reply(status=302, headers={"Location": "http://[::bad/x"}), "sends us elsewhere"),
])  # fmt: skip
def test_an_answer_that_is_no_file_is_said_and_what_is_kept_stays(her: Downloading, answer: Reply, said: str) -> None:
    her.kept(HALF)
    with serving(lambda _: answer) as server:
        found = her.fails(server.address)
        assert said in found and "are kept, and the same command goes on" in found
        assert f"voice-coach models fetch {her.part.offer.name} --from FILE" in found
        assert len(server.asked) <= 6
        server.answers = honest(CONTENT)
        her(server.address)
    assert server.asked[-1].start == HALF


def test_a_few_turns_on_this_machine_are_followed_with_the_range(her: Downloading) -> None:
    her.kept(HALF)

    def answers(asked: Asked) -> Reply:
        turns = len(asked.path.split("turn")) - 1
        return Reply(status=302, headers={"Location": f"{asked.path}turn"}) if turns < 3 else honest(CONTENT)(asked)

    with serving(answers) as server:
        her(server.address)
    assert [asked.start for asked in server.asked] == [HALF] * 4


def test_what_is_no_web_server(her: Downloading) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        address = f"//127.0.0.1:{listening.getsockname()[1]}/x.zip"
    assert her.fails(f"http:{address}").startswith("127.0.0.1 refuses the connection. Nothing was changed. Or download")


def test_a_server_that_speaks_no_tls(her: Downloading) -> None:
    with serving(honest(CONTENT)) as server:
        said = her.fails(server.address.replace("http:", "https:"))
    assert said.startswith("No safe connection to 127.0.0.1 came about (")


@pytest.mark.parametrize(
    "address",
    [
        *("ftp://127.0.0.1/x.zip", "file:///etc/passwd", "http://[::bad/x.zip", "https://"),
        *("http://host:abc/x.zip", "http://host:99999/x.zip", "http://host:0/x.zip"),
    ],
)
def test_what_is_no_address(her: Downloading, address: str) -> None:
    assert f"{address} is no address of a file on the web" in her.fails(address)


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:9/a b.zip", "http://127.0.0.1:9/a\r\nX: y", "http://127.0.0.1:x/"]
)
def test_an_address_that_means_harm(her: Downloading, address: str) -> None:
    assert "Nothing was changed." in her.fails(address)


def test_a_proxy_is_named_when_it_is_the_trouble(her: Downloading, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_PROXY", raising=False)
    with serving(lambda _: Reply(status=407)) as proxy:
        monkeypatch.setenv("http_proxy", proxy.address)
        assert "wants a login first" in her.fails("http://models.example/x.zip")
    monkeypatch.delenv("no_proxy", raising=False)
    assert her.fails("http://models.example/x.zip").startswith("The proxy 127.0.0.1 refuses the connection.")


@pytest.mark.parametrize(("error", "said"), [
    (socket.gaierror(-2, "unknown"), "There seems to be no network: nobody knows where a.example is."),
    (OSError(errno.ENETUNREACH, "unreachable"), "There seems to be no network: a.example cannot be reached."),
    (TimeoutError("timed out"), "a.example was silent for 30 seconds."),
    (ConnectionRefusedError(111, "refused"), "a.example refuses the connection."),
    (ConnectionResetError(104, "reset"), "a.example broke the connection off."),
    (http.client.BadStatusLine("x"), "a.example broke the connection off."),
    (OSError("Tunnel connection failed: 407"), "a.example cannot be reached (Tunnel connection failed: 407)."),
    (ssl.SSLError(1, "[SSL] x"), "No safe connection to a.example came about (TLS)."),
])  # fmt: skip
def test_each_trouble_has_its_sentence(error: Exception, said: str) -> None:
    assert why(error, "a.example", 30.0).startswith(said)


def test_a_certificate_that_is_too_old_asks_for_the_date() -> None:
    error = ssl.SSLCertVerificationError(1, "x")
    error.verify_message = "certificate has expired"
    assert why(error, "a.example", 30.0).startswith(
        "a.example could not prove that it is what it says (certificate has"
    )


def test_a_full_disk_keeps_what_came(tmp_path: Path, stop_at: Callable[[int], Callable[[int, int], None]]) -> None:
    """Whatever ends a download in the middle: the bytes that are there are the right ones."""
    part = Part(tmp_path, offer(CONTENT))
    with serving(honest(CONTENT)) as server:
        with pytest.raises(KeyboardInterrupt):
            download(part, server.address, stop_at(1), lambda _: None, 5.0)
        assert 0 < part.size < len(CONTENT) and CONTENT.startswith(part.file.read_bytes())
        download(part, server.address, lambda *_: None, lambda _: None, 5.0)
    assert [asked.start for asked in server.asked] != [0, 0]


@pytest.fixture
def stop_at() -> Callable[[int], Callable[[int, int], None]]:
    """Ctrl-C as soon as so many bytes are there."""

    def at(least: int) -> Callable[[int, int], None]:
        def progress(there: int, _: int) -> None:
            if there >= least:
                raise KeyboardInterrupt

        return progress

    return at
