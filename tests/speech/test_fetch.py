"""Fetching a model from a server on this machine: whole, or not at all."""

from __future__ import annotations

import hashlib
import io
import stat
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from voice_coach.errors import EngineError
from voice_coach.paths import shipped
from voice_coach.speech.fetch import SMALL_ENGLISH, Archive, fetch
from voice_coach.speech.manifest import damage, has_manifest
from voice_coach.speech.vosk_check import check_vosk_model, vosk_models_in

NAME = "vosk-model-for-tests"


@pytest.fixture(scope="module")
def packed() -> bytes:
    """The shipped model as somebody else would pack it: one folder, and no manifest."""
    content = io.BytesIO()
    folder = shipped("models") / "coach-en"
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(f"{NAME}/", "")
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.parent != folder:
                file.write(path, f"{NAME}/{path.relative_to(folder).as_posix()}")
    return content.getvalue()


@contextmanager
def server(content: bytes, *, status: int = 200, cut: int = 0) -> Iterator[str]:
    """The address of a file; `cut` bytes of it never come."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content[: len(content) - cut])

        def log_message(self, format: str, *args: object) -> None:
            """Silent."""

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=listening.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.server_port}/model.zip"
    finally:
        listening.shutdown()
        listening.server_close()
        thread.join()


def archive(content: bytes, address: str = "http://127.0.0.1:9/model.zip") -> Archive:
    return Archive(name=NAME, address=address, size=len(content), sha256=hashlib.sha256(content).hexdigest())


def nothing(_bytes: int) -> None:
    """No progress bar."""


def zipped(*entries: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        for name, data in entries:
            file.writestr(name, data)
    return content.getvalue()


def refused(content: bytes, folder: Path) -> str:
    with pytest.raises(EngineError) as error, server(content) as address:
        fetch(archive(content, address), folder, nothing)
    assert list(folder.iterdir()) == []
    return str(error.value)


def test_a_model_is_fetched_unpacked_and_vouched_for(packed: bytes, tmp_path: Path) -> None:
    came: list[int] = []
    with server(packed) as address:
        place = fetch(archive(packed, address), tmp_path / "models", came.append)
    assert place == tmp_path / "models" / NAME
    assert sum(came) == len(packed)
    assert has_manifest(place) and damage(place) == ""
    assert check_vosk_model(place) is None
    assert vosk_models_in(tmp_path / "models") == [place]
    assert [path.name for path in (tmp_path / "models").iterdir()] == [NAME]


def test_an_archive_from_a_stick_will_do(packed: bytes, tmp_path: Path) -> None:
    (tmp_path / "stick.zip").write_bytes(packed)
    place = fetch(archive(packed), tmp_path / "models", nothing, str(tmp_path / "stick.zip"))
    assert check_vosk_model(place) is None


def test_what_is_there_is_left_alone(packed: bytes, tmp_path: Path) -> None:
    (tmp_path / NAME).mkdir()
    with pytest.raises(EngineError, match="is there already; remove it first"):
        fetch(archive(packed), tmp_path, nothing)


def test_no_network_is_one_sentence_and_changes_nothing(packed: bytes, tmp_path: Path) -> None:
    with server(packed) as address:
        pass  # it is gone now
    with pytest.raises(EngineError, match=r"^http://127.*cannot be had \(.*refused\); nothing was changed\.$"):
        fetch(archive(packed, address), tmp_path, nothing)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("source", ["nowhere.zip", "ftp://127.0.0.1/x.zip", "http://[::bad/x.zip"])
def test_a_source_that_is_none_is_said(packed: bytes, tmp_path: Path, source: str) -> None:
    with pytest.raises(EngineError, match="cannot be had"):
        fetch(archive(packed), tmp_path, nothing, source)


def test_an_answer_that_is_no_file_is_said(packed: bytes, tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="Not Found"), server(packed, status=404) as address:
        fetch(archive(packed, address), tmp_path, nothing)


def test_a_download_that_breaks_off_is_not_unpacked(packed: bytes, tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="cut short"), server(packed, cut=1000) as address:
        fetch(archive(packed, address), tmp_path, nothing)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("size", [-1, 0, 1])
def test_another_archive_is_refused_whatever_its_size(packed: bytes, tmp_path: Path, size: int) -> None:
    with server(packed) as address:
        wanted = replace(archive(packed, address), size=len(packed) + size, sha256="0" * 64)
        with pytest.raises(EngineError, match="size or its SHA-256"):
            fetch(wanted, tmp_path, nothing)


def test_no_byte_more_is_read_than_the_archive_may_have(packed: bytes, tmp_path: Path) -> None:
    came: list[int] = []
    with server(packed) as address, pytest.raises(EngineError, match="not the archive that is known"):
        fetch(replace(archive(packed, address), size=1000), tmp_path, came.append)
    assert sum(came) == 1001


@pytest.mark.parametrize(
    "name", ["../evil", f"{NAME}/../../evil", "/evil", "other/file", f"{NAME}\\..\\..\\evil", "C:\\evil"]
)
def test_nothing_is_written_outside_its_folder(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "in" / "models"
    folder.mkdir(parents=True)
    assert "does not belong there" in refused(zipped((name, b"x")), folder)
    assert [path.name for path in tmp_path.rglob("*")] == ["in", "models"]


def test_a_link_in_an_archive_is_refused(tmp_path: Path) -> None:
    link = zipfile.ZipInfo(f"{NAME}/link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert "does not belong there" in refused(zipped((link, b"/etc")), tmp_path)


def test_an_archive_that_grows_without_end_is_refused(tmp_path: Path) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(f"{NAME}/am/final.mdl", bytes(1 << 20))
    assert "far too large" in refused(content.getvalue(), tmp_path)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"not a zip file", "cannot be unpacked"),
        (zipped((f"{NAME}/README", b"no model")), "is no Vosk model"),
        (zipped(), "holds no folder"),
    ],
)
def test_what_is_no_model_is_not_kept(tmp_path: Path, content: bytes, said: str) -> None:
    assert said in refused(content, tmp_path)


def test_the_official_model_is_the_one_we_know() -> None:
    """The figures are those of the published archive."""
    assert SMALL_ENGLISH.address.endswith(f"/{SMALL_ENGLISH.name}.zip")
    assert SMALL_ENGLISH.size == 41_205_931
    assert SMALL_ENGLISH.sha256.startswith("30f26242c4eb449f") and len(SMALL_ENGLISH.sha256) == 64
