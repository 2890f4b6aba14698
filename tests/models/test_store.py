"""Which models there are and which one listens; taking one away, and nothing else."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.models.archives import FILES, NAME, offer, small
from voice_coach.errors import EngineError
from voice_coach.models import hers, kept, remove, unfinished
from voice_coach.models.hidden import HIDDEN, workshop
from voice_coach.models.part import Part
from voice_coach.paths import shipped
from voice_coach.speech.choose import EarsSettings, find_model
from voice_coach.speech.manifest import MANIFEST, write_manifest

OURS = shipped("models")
KNOWN = offer(small())


class Shelf:
    """Her folder of models, beside the program's."""

    def __init__(self, folder: Path) -> None:
        self.own = folder / "models"
        self.own.mkdir()

    def settings(self, named: Path | None = None) -> EarsSettings:
        return EarsSettings(model=named, folders=(self.own, OURS))

    def real(self, name: str) -> Path:
        shutil.copytree(OURS / "coach-en", self.own / name)
        return self.own / name

    def odd(self, name: str) -> Path:
        (self.own / name).mkdir()
        (self.own / name / "holiday.jpg").write_bytes(b"x" * 100)
        return self.own / name

    def states(self, named: Path | None = None) -> list[tuple[str, bool, bool, str]]:
        """Name, whether it is hers, whether it listens, what is wrong."""
        found = kept(self.settings(named), self.own)
        assert sum(each.listens for each in found) <= 1
        return [(each.name, each.own, each.listens, each.problem.message if each.problem else "") for each in found]

    def listens(self) -> str:
        """As a session would choose."""
        model = find_model(self.settings(), lambda _: None)
        return model.name if model else ""


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


def test_the_programs_own_listens_where_there_is_no_other(shelf: Shelf) -> None:
    assert shelf.states() == [("coach-en", False, True, "")]
    shelf.own.rmdir()
    assert shelf.states() == [("coach-en", False, True, "")]


def test_the_first_of_hers_that_is_whole_listens_as_in_a_session(shelf: Shelf) -> None:
    (shelf.real("a") / "conf" / "model.conf").write_text("--beam=10.0\n")
    shelf.real("b")
    shelf.real("c")
    shelf.odd("photos")
    assert shelf.states() == [
        ("a", True, False, "is a damaged Vosk model (conf/model.conf was changed)"),
        ("b", True, True, ""),
        ("c", True, False, ""),
        ("coach-en", False, False, ""),
        ("photos", True, False, "is no Vosk model (it has no am/final.mdl)"),
    ]
    assert shelf.listens() == "b"


def test_a_model_that_is_named_is_the_only_one_that_may_listen(shelf: Shelf, tmp_path: Path) -> None:
    shelf.real("b")
    (tmp_path / "elsewhere").mkdir()
    assert [row[:3] for row in shelf.states(shelf.own / "b")] == [("b", True, True), ("coach-en", False, False)]
    assert [row[:3] for row in shelf.states(tmp_path / "elsewhere")] == [
        ("elsewhere", False, False),
        ("b", True, False),
        ("coach-en", False, False),
    ]


def test_its_size_is_that_of_all_its_files(shelf: Shelf) -> None:
    (shelf.odd("photos") / "more" / "than").mkdir(parents=True)
    (shelf.own / "photos" / "more" / "than" / "one.jpg").write_bytes(b"x" * 50)
    (shelf.own / "photos" / "more" / "itself").symlink_to(shelf.own / "photos")
    found = [each.size for each in kept(shelf.settings(), shelf.own) if each.name == "photos"]
    assert 150 <= found[0] < 1_000  # the link itself has a size


def test_removing_leaves_the_others_and_the_next_one_listens(shelf: Shelf) -> None:
    shelf.real("a")
    shelf.real("b")
    remove("a", shelf.own, OURS)
    assert sorted(path.name for path in shelf.own.iterdir()) == [HIDDEN, "b"]
    assert [path.name for path in (shelf.own / HIDDEN).iterdir()] == ["lock"]
    assert shelf.listens() == "b"
    remove("b", shelf.own, OURS)
    assert shelf.listens() == "coach-en"


def test_a_damaged_one_and_what_is_no_model_can_be_removed(shelf: Shelf) -> None:
    shutil.rmtree(shelf.real("a") / "am")
    shelf.odd("photos")
    for name in ("a", "photos"):
        remove(name, shelf.own, OURS)
    assert shelf.states() == [("coach-en", False, True, "")]


@pytest.mark.parametrize(
    "name",
    [
        *("", ".", "..", " ", "...", "../models/a", "a/../b", "/etc", "a/", "a\\b", "C:", "a:b", ".unfinished"),
        "a\0",
        "a\n",
    ],
)
def test_a_name_that_could_be_a_way_is_refused(shelf: Shelf, name: str) -> None:
    shelf.real("a")
    with pytest.raises(EngineError, match="is no name of a model"):
        remove(name, shelf.own, OURS)
    assert (shelf.own / "a").is_dir()


def test_never_through_a_link(shelf: Shelf, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "hers").write_text("x")
    (shelf.own / "a").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(EngineError, match="is a link to a folder elsewhere: remove the link yourself"):
        remove("a", shelf.own, OURS)
    (shelf.real("b") / "link").symlink_to(tmp_path / "elsewhere")
    remove("b", shelf.own, OURS)
    assert (tmp_path / "elsewhere" / "hers").read_text() == "x"
    assert (shelf.own / "a").is_symlink()


def test_what_travels_with_the_program_stays(shelf: Shelf, tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="coach-en travels with the program, and is the last one to listen"):
        remove("coach-en", shelf.own, OURS)
    copy = tmp_path / "program"
    shutil.copytree(OURS / "coach-en", copy / "coach-en")
    for folder in (copy, tmp_path):  # whatever somebody has made of the folders
        with pytest.raises(EngineError, match="travels with the program"):
            remove("coach-en" if folder == copy else "program", folder, copy)
    assert (copy / "coach-en" / "am" / "final.mdl").is_file()


def test_a_model_of_hers_with_the_programs_name_is_hers(shelf: Shelf) -> None:
    shelf.real("coach-en")
    remove("coach-en", shelf.own, OURS)
    assert (OURS / "coach-en" / "am" / "final.mdl").is_file() and not (shelf.own / "coach-en").exists()


def test_what_is_not_there_is_said_with_what_is(shelf: Shelf) -> None:
    with pytest.raises(EngineError, match=r"There is no model x in .*; it is empty"):
        remove("x", shelf.own, OURS)
    shelf.odd("photos")
    (shelf.own / "note").write_text("x")
    with pytest.raises(EngineError, match="there are: photos"):
        remove("x", shelf.own, OURS)
    with pytest.raises(EngineError, match="is no folder, so it is no model"):
        remove("note", shelf.own, OURS)


def test_not_while_another_program_is_at_it(shelf: Shelf) -> None:
    shelf.odd("photos")
    with workshop(shelf.own), pytest.raises(EngineError, match="Another voice-coach is changing the models"):
        remove("photos", shelf.own, OURS)
    assert (shelf.own / "photos").is_dir()


def test_a_download_that_broke_off_is_shown_and_can_be_thrown_away(shelf: Shelf) -> None:
    with workshop(shelf.own) as room:
        Part(room, KNOWN).begin("https://a.example/x.zip", "")
        assert unfinished(shelf.own, [KNOWN]) == []
        Part(room, KNOWN).file.write_bytes(b"x" * 5)
    assert unfinished(shelf.own, [KNOWN]) == [(KNOWN, 5)]
    assert hers(NAME, shelf.own, OURS, [KNOWN]) is None
    remove(NAME, shelf.own, OURS, [KNOWN])
    assert unfinished(shelf.own, [KNOWN]) == []
    assert [path.name for path in (shelf.own / HIDDEN).iterdir()] == ["lock"]


def test_what_could_not_be_removed_whole_is_no_model_any_more(shelf: Shelf) -> None:
    """Killed after the first step: the next one who works there clears it."""
    place = shelf.real("a")
    with workshop(shelf.own) as room:
        (room / "tmpx").mkdir()
        place.rename(room / "tmpx" / "a")
    assert shelf.listens() == "coach-en"
    shelf.odd("photos")
    remove("photos", shelf.own, OURS)
    assert [path.name for path in (shelf.own / HIDDEN).iterdir()] == ["lock"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="rights do not bind here")
def test_a_folder_that_may_not_be_changed_is_a_sentence(shelf: Shelf) -> None:
    shelf.odd("photos")
    shelf.own.chmod(0o500)
    try:
        with pytest.raises(EngineError, match="could not be removed whole"):
            remove("photos", shelf.own, OURS)
    finally:
        shelf.own.chmod(0o700)


def test_a_list_of_sums_is_on_the_disk_as_a_whole(tmp_path: Path) -> None:
    for name in FILES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    (tmp_path / MANIFEST).write_text("an older one, and longer" * 100)
    write_manifest(tmp_path)
    assert len((tmp_path / MANIFEST).read_text().splitlines()) == len(FILES)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([MANIFEST, *{n.split("/")[0] for n in FILES}])
