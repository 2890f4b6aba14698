"""Fetching a model from a server on this machine, or from a file: whole, or not at all."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.models.archives import FILES, NAME, looks_like_one, offer, real, small, zipped
from tests.models.harm import SOUND, harmful
from tests.models.server import honest, serving
from voice_coach.errors import EngineError
from voice_coach.models import CATALOGUE, Fetching, Offer, fetch, offered
from voice_coach.models.hidden import HIDDEN, workshop
from voice_coach.speech.manifest import MANIFEST, damage, has_manifest
from voice_coach.speech.vosk_check import check_vosk_model, vosk_models_in

HARM = harmful()
CONTENT = small()
AROUND = Fetching(check=looks_like_one, limit_s=5.0)


@pytest.fixture(scope="module")
def packed() -> bytes:
    return real()


def seen(folder: Path) -> list[str]:
    """What lies there, without the hidden folder."""
    return sorted(path.name for path in folder.iterdir() if path.name != HIDDEN)


def left(folder: Path) -> list[str]:
    """What lies in the hidden folder, without its lock."""
    return sorted(path.name for path in (folder / HIDDEN).iterdir() if path.name != "lock")


def refused(known: Offer, folder: Path, source: str, around: Fetching = AROUND) -> str:
    before = seen(folder) if folder.exists() else []
    with pytest.raises(EngineError) as error:
        fetch(known, folder, around, source)
    assert seen(folder) == before
    return str(error.value)


def test_a_model_is_fetched_unpacked_tried_out_and_vouched_for(packed: bytes, tmp_path: Path) -> None:
    """The real model, and the real check in a child process."""
    there: list[int] = []
    folder = tmp_path / "her" / "models"
    with serving(honest(packed)) as server:
        around = Fetching(progress=lambda at, of: there.append(at), limit_s=5.0)
        place = fetch(offer(packed, server.address), folder, around)
    assert place == folder / NAME
    assert there[-1] == len(packed)
    assert has_manifest(place) and damage(place) == ""
    assert check_vosk_model(place) is None
    assert vosk_models_in(folder) == [place]
    assert (seen(folder), left(folder)) == ([NAME], [])
    if os.name == "posix":
        assert stat.S_IMODE(folder.stat().st_mode) == stat.S_IMODE((folder / HIDDEN).stat().st_mode) == 0o700


def test_what_the_recogniser_cannot_load_is_not_kept_whatever_list_of_sums_it_brings(tmp_path: Path) -> None:
    """The files look right, and the list is right; only loading them tells."""
    import hashlib

    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name.removeprefix(f'{NAME}/')}\n" for name, data in SOUND)
    content = zipped([*SOUND, (f"{NAME}/{MANIFEST}", sums.encode())])
    (tmp_path / "a.zip").write_bytes(content)
    folder = tmp_path / "models"
    assert "Vosk model" in refused(offer(content), folder, str(tmp_path / "a.zip"), Fetching())
    assert left(folder) == []


def test_a_download_that_breaks_off_is_gone_on_with(tmp_path: Path) -> None:
    half = len(CONTENT) // 2
    with serving(lambda asked: replace(honest(CONTENT)(asked), cut=half)) as server:
        known = offer(CONTENT, server.address)
        assert "are kept" in refused(known, tmp_path, "")
        assert left(tmp_path) == [f"{NAME}.json", f"{NAME}.part"]
        server.answers = honest(CONTENT)
        assert fetch(known, tmp_path, AROUND) == tmp_path / NAME
    assert [asked.start for asked in server.asked] == [0, half]
    assert left(tmp_path) == []


def test_an_archive_from_a_stick_will_do_and_stays_there(tmp_path: Path) -> None:
    stick = tmp_path / "stick.zip"
    stick.write_bytes(CONTENT)
    place = fetch(offer(CONTENT), tmp_path / "models", AROUND, str(stick))
    assert sorted(path.relative_to(place).as_posix() for path in place.rglob("*") if path.is_file()) == sorted(
        [*FILES, MANIFEST]
    )
    assert stick.read_bytes() == CONTENT


@pytest.mark.parametrize(("content", "said"), [
    (None, "There is no file "),
    (CONTENT[:-1], "(cut short, 0.1 MB of 0.1 MB)"),
    (CONTENT + b"x", "(another file)"),
    (CONTENT[:-1] + b"x", "(another file)"),
    (b"", "(cut short, 0.0 MB of 0.1 MB)"),
])  # fmt: skip
def test_another_file_is_refused(tmp_path: Path, content: bytes | None, said: str) -> None:
    stick = tmp_path / "stick.zip"
    if content is not None:
        stick.write_bytes(content)
    found = refused(offer(CONTENT), tmp_path / "models", str(stick))
    assert said in found and found.endswith("; nothing was changed.")
    assert left(tmp_path / "models") == []


def test_a_folder_or_a_pipe_in_the_place_of_a_file(tmp_path: Path) -> None:
    assert "There is no file" in refused(offer(CONTENT), tmp_path / "models", str(tmp_path))
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        assert "There is no file" in refused(offer(CONTENT), tmp_path / "models", str(tmp_path / "pipe"))


@pytest.mark.parametrize("what", ["folder", "file", "link to nothing"])
def test_what_is_there_is_left_alone(tmp_path: Path, what: str) -> None:
    place = tmp_path / NAME
    if what == "folder":
        place.mkdir()
    elif what == "file":
        place.write_text("hers")
    else:
        place.symlink_to(tmp_path / "nowhere")
    said = refused(offer(CONTENT), tmp_path, "")
    assert said == f"{place} is there already; voice-coach models remove {NAME} takes it away."
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("kind", sorted(HARM))
def test_an_archive_that_means_harm_leaves_nothing_behind(tmp_path: Path, kind: str) -> None:
    """Even where the catalogue itself knows its sum, so that nothing else would stop it."""
    (tmp_path / "a.zip").write_bytes(HARM[kind])
    folder = tmp_path / "models"
    assert refused(offer(HARM[kind]), folder, str(tmp_path / "a.zip")).startswith("The archive ")
    assert left(folder) == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.zip", "models"]


def test_a_download_that_is_no_model_is_not_kept_for_the_next_time(tmp_path: Path) -> None:
    with serving(honest(HARM["no model"])) as server:
        assert "is no Vosk model" in refused(offer(HARM["no model"], server.address), tmp_path, "")
    assert left(tmp_path) == []


def test_a_full_disk_is_known_before_anything_comes(tmp_path: Path) -> None:
    with serving(honest(CONTENT)) as server:
        known = offer(CONTENT, server.address)
        said = refused(known, tmp_path, "", replace(AROUND, free=lambda _: 3 * len(CONTENT) - 1))
        assert said == f"There is not enough room in {tmp_path}: 0.3 MB are needed, 0.3 MB are free."
        assert server.asked == []
        assert fetch(known, tmp_path, replace(AROUND, free=lambda _: 3 * len(CONTENT))).is_dir()


def test_where_there_is_no_room_for_what_comes_out_the_download_is_kept(tmp_path: Path) -> None:
    """An archive is looked into before it is unpacked."""
    free = iter([10**9, 0, 10**9, 10**9])
    with serving(honest(CONTENT)) as server:
        known = offer(CONTENT, server.address)
        around = replace(AROUND, free=lambda _: next(free))
        assert "are needed, 0.0 MB are free" in refused(known, tmp_path, "", around)
        assert left(tmp_path) == [f"{NAME}.json", f"{NAME}.part"]
        assert fetch(known, tmp_path, around).is_dir()
    assert len(server.asked) == 1


def test_two_at_once_are_one_and_a_sentence(tmp_path: Path) -> None:
    with workshop(tmp_path):
        said = refused(offer(CONTENT), tmp_path, "")
    assert said == f"Another voice-coach is changing the models in {tmp_path}: wait until it has ended."
    with serving(honest(CONTENT)) as server:
        assert fetch(offer(CONTENT, server.address), tmp_path, AROUND).is_dir()


def test_what_a_program_that_was_killed_left_behind_is_cleared_but_for_the_part(tmp_path: Path) -> None:
    half = len(CONTENT) // 2
    with serving(lambda asked: replace(honest(CONTENT)(asked), cut=half)) as server:
        known = offer(CONTENT, server.address)
        refused(known, tmp_path, "")
        (tmp_path / HIDDEN / "tmpx" / "unpacked" / NAME / "am").mkdir(parents=True)
        assert vosk_models_in(tmp_path) == []
        server.answers = honest(CONTENT)
        fetch(known, tmp_path, AROUND)
    assert [asked.start for asked in server.asked] == [0, half]
    assert left(tmp_path) == []


def test_ctrl_c_keeps_what_is_there(tmp_path: Path, stop: Callable[[int, int], None]) -> None:
    with serving(honest(CONTENT)) as server:
        known = offer(CONTENT, server.address)
        with pytest.raises(KeyboardInterrupt):
            fetch(known, tmp_path, replace(AROUND, progress=stop))
        assert left(tmp_path) == [f"{NAME}.json", f"{NAME}.part"]
        fetch(known, tmp_path, AROUND)
    assert server.asked[1].start > 0


@pytest.fixture
def stop() -> Callable[[int, int], None]:
    def progress(there: int, _: int) -> None:
        if there:
            raise KeyboardInterrupt

    return progress


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(EngineError, match=r"could not be put into .* \(Not a directory\)"):
        fetch(offer(CONTENT), tmp_path / "file" / "models", AROUND)


def test_a_hidden_folder_that_is_a_link_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / HIDDEN).symlink_to(tmp_path / "elsewhere")
    assert "is a link" in refused(offer(CONTENT), tmp_path / "models", "")
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_the_official_models_are_the_ones_we_know() -> None:
    """The figures are those of the published archives."""
    assert [(each.name, each.size, each.sha256[:16]) for each in CATALOGUE] == [
        ("vosk-model-small-en-us-0.15", 41_205_931, "30f26242c4eb449f"),
        ("vosk-model-en-us-0.22-lgraph", 130_557_655, "d9838b4aaa82a75c"),
    ]
    for each in CATALOGUE:
        assert each.address == f"https://alphacephei.com/vosk/models/{each.name}.zip"
        assert len(each.sha256) == 64 and each.licence and each.good_for


def test_a_name_is_looked_up_and_a_near_one_suggested() -> None:
    assert offered("") is CATALOGUE[0]
    assert offered(CATALOGUE[1].name) is CATALOGUE[1]
    with pytest.raises(
        EngineError, match=r"has no model 'vosk-model-small'; did you mean vosk-model-small-en-us-0\.15"
    ):
        offered("vosk-model-small")
    with pytest.raises(EngineError, match="there are: vosk-model-small"):
        offered("../x")
