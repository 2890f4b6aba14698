"""Archives that mean harm write nothing outside, and are never taken for a model."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import pytest

from tests.models.archives import FILES, NAME, small, zipped
from tests.models.harm import SOUND, changed, harmful, liar, many
from voice_coach.errors import EngineError
from voice_coach.models.unpack import MOST_ENTRIES, unpack, unpacked_size

HARM = harmful()
# Whole zip files in which nothing is wrong but what they hold; `fetch` refuses them.
NO_MODELS = {"no model", "half a model", "folder of a folder", "list of sums that is wrong"}


def unpacked(content: bytes, folder: Path) -> Path:
    file = folder / "archive.zip"
    file.write_bytes(content)
    return unpack(file, NAME, folder / "room")


@pytest.mark.parametrize("content", [small(), zipped(SOUND), zipped([(f"{NAME}/", b""), *SOUND])])
def test_a_sound_archive_comes_out_as_it_went_in(tmp_path: Path, content: bytes) -> None:
    place = unpacked(content, tmp_path)
    found = {path.relative_to(place).as_posix(): path.read_bytes() for path in place.rglob("*") if path.is_file()}
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert found == {name: packed.read(f"{NAME}/{name}") for name in FILES}
        assert unpacked_size(tmp_path / "archive.zip") == sum(map(len, found.values()))


def test_a_comment_is_allowed(tmp_path: Path) -> None:
    content = io.BytesIO(small())
    with zipfile.ZipFile(content, "a") as file:
        file.comment = b"made by somebody" * 100
    assert unpacked(content.getvalue(), tmp_path).is_dir()


@pytest.mark.parametrize("kind", sorted(set(HARM) - NO_MODELS))
def test_what_means_harm_is_refused_and_writes_nothing_elsewhere(tmp_path: Path, kind: str) -> None:
    inside = tmp_path / "in" / "side"
    inside.mkdir(parents=True)
    with pytest.raises(EngineError) as error:
        unpacked(HARM[kind], inside)
    assert str(error.value).startswith("The archive ") and len(str(error.value)) < 500
    assert "\x1b" not in str(error.value) and "\0" not in str(error.value)
    assert [path.name for path in tmp_path.iterdir()] == ["in"]
    assert {path.name for path in inside.iterdir()} <= {"archive.zip", "room"}
    assert not [path for path in tmp_path.rglob("*") if path.is_symlink() or "evil" in path.name]


@pytest.mark.parametrize(("kind", "said"), [
    ("upwards", "'../evil' does not belong there"),
    ("link", "is no plain file"),
    ("other case", f"'{NAME}/AM' is in it twice, in small and in capital letters"),
    ("file and folder", "is a file and a folder"),
    ("encrypted", "is encrypted"),
    ("bomb", "far too large when unpacked"),
    ("overlapping", "two entries lie over each other"),
    ("quoted", "two entries lie over each other"),
    ("over the directory", "an entry lies over its table of contents"),
    ("five thousand files", "too many files"),
    ("zip64", "it is a zip64 file"),
    ("several volumes", "it has several volumes"),
    ("bzip2", "packed in an unusual way"),
    ("cut off", "no zip file, or it was cut off"),
])  # fmt: skip
def test_the_sentence_says_what_is_wrong(tmp_path: Path, kind: str, said: str) -> None:
    with pytest.raises(EngineError) as error:
        unpacked(HARM[kind], tmp_path)
    assert said in str(error.value)


def test_a_name_that_is_there_twice(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        content = zipped([*SOUND, SOUND[0]])
    with pytest.raises(EngineError, match="is in it twice"):
        unpacked(content, tmp_path)


def test_an_entry_that_lies_about_its_size_never_grows_beyond_it(tmp_path: Path) -> None:
    with pytest.raises(EngineError):
        unpacked(liar(says=1_000), tmp_path)
    assert sum(path.stat().st_size for path in (tmp_path / "room").rglob("*") if path.is_file()) <= 1_000


def test_as_many_files_as_are_allowed(tmp_path: Path) -> None:
    assert unpacked(many(MOST_ENTRIES - len(SOUND)), tmp_path).is_dir()
    with pytest.raises(EngineError, match="too many files"):
        unpacked(many(MOST_ENTRIES - len(SOUND) + 1), tmp_path / "room")


def test_a_directory_too_large_is_not_read(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="too many files"):
        unpacked(changed(zipped(SOUND), b"PK\5\6", 12, "<L", 50_000_000), tmp_path)


def test_any_change_of_a_sound_archive_is_a_sentence_or_the_same_model(tmp_path: Path) -> None:
    """No other error, whatever byte is another."""
    content = zipped(SOUND)
    head = len(content) - 600  # most of the rest is alike
    for seed in range(300):
        chance = random.Random(seed)
        broken = bytearray(content)
        for _ in range(chance.randint(1, 4)):
            broken[chance.randrange(head, len(content)) if seed % 2 else chance.randrange(len(content))] ^= (
                1 << chance.randrange(8)
            )
        room = tmp_path / str(seed)
        room.mkdir()
        try:
            place = unpacked(bytes(broken), room)
        except EngineError:
            continue
        assert {path.name for path in room.iterdir()} == {"archive.zip", "room"}
        assert [path.name for path in (room / "room").iterdir()] == [NAME]
        assert not [path for path in place.rglob("*") if path.is_symlink()]
