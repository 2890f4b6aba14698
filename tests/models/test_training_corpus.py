"""Sources on disk, the speech pack, and what the voices are told to say."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from models.training.corpus import RATE, UNSURE, Clip, Segments, Source
from models.training.espeak import Utterance, speak, variants
from models.training.lexicon import dictionary
from models.training.manifest import write_training_manifest
from models.training.pack import read_pack
from models.training.phones import CONSONANTS, NUMBER, PDF_COUNT, PHONES, SILENCE, VOWELS, pdfs
from models.training.texts import coach_lines, confusable, texts
from models.training.tiny import arpabet, segments
from models.training.voices import by_espeak, words
from voice_coach.commands import PHRASES


def ramp(length: int) -> np.ndarray[tuple[int], np.dtype[np.int16]]:
    return np.arange(length, dtype=np.int16)


def test_a_source_gives_back_what_was_written(tmp_path: Path) -> None:
    clips = [(Clip(speaker="ann", text="yes"), ramp(5)), (Clip(speaker="bob", text=""), ramp(3))]
    assert not Source.exists(tmp_path / "words")
    Source.write(tmp_path / "words", clips)
    source = Source(tmp_path / "words")
    assert [source.audio(index).tolist() for index in (0, 1)] == [[0, 1, 2, 3, 4], [0, 1, 2]]
    assert [clip.speaker for clip in source.clips] == ["ann", "bob"]
    assert source.seconds == 8 / RATE
    source.retext(["no", "maybe so"])
    assert [clip.text for clip in Source(tmp_path / "words").clips] == ["no", "maybe so"]


def test_alignments_are_kept_by_clip(tmp_path: Path) -> None:
    source = Source.write(tmp_path / "words", [(Clip(speaker="ann", text=""), ramp(900)) for _ in range(3)])
    assert not source.aligned
    first = Segments.of([(0, SILENCE), (160, "P"), (400, "not a phone")], quality=-0.5)
    source.align([first, None, Segments.of([(0, "AH")])])
    kept = Source(tmp_path / "words").segments()
    assert sorted(kept) == [0, 2]
    assert kept[0].starts.tolist() == [0, 160, 400]
    assert kept[0].phones.tolist() == [NUMBER[SILENCE], NUMBER["P"], UNSURE]
    assert kept[0].quality == pytest.approx(-0.5)
    assert kept[2].phones.tolist() == [NUMBER["AH"]]


def test_a_source_that_broke_off_is_no_source(tmp_path: Path) -> None:
    def breaks() -> object:
        yield Clip(speaker="ann", text=""), ramp(5)
        raise RuntimeError("the voice failed")

    with pytest.raises(RuntimeError):
        Source.write(tmp_path / "words", breaks())  # type: ignore[arg-type]
    assert not Source.exists(tmp_path / "words")


def test_a_pack_becomes_one_source_a_kind(tmp_path: Path) -> None:
    soundfile = pytest.importorskip("soundfile")
    pack = tmp_path / "pack"
    pack.mkdir()
    rows = [("a.flac", "word", "Stop"), ("b.flac", "untranscribed", "a guess"), ("c.flac", "rir", "")]
    with (pack / "manifest.csv").open("w", newline="") as file:
        table = csv.writer(file)
        table.writerow(["path", "kind", "transcript", "speaker"])
        for path, kind, transcript in rows:
            table.writerow([path, kind, transcript, "ann"])
            soundfile.write(pack / path, ramp(800), RATE)
    sources = read_pack(pack, tmp_path / "work")
    assert sorted(sources) == ["reading", "words"]
    assert sources["words"].clips[0].text == "stop"
    assert sources["reading"].clips[0].text == ""
    assert sources["words"].audio(0).tolist() == ramp(800).tolist()
    soundfile.write(pack / "a.flac", ramp(800), 8000)
    with pytest.raises(ValueError, match=r"a\.flac: expected 16000 Hz mono, found 8000"):
        read_pack(pack, tmp_path / "again")
    with pytest.raises(ValueError, match="no manifest"):
        read_pack(tmp_path / "nowhere", tmp_path / "work")


def test_every_state_belongs_to_one_phone() -> None:
    states = [state for phone in PHONES for state in pdfs(phone)]
    assert states == list(range(PDF_COUNT))
    assert (len(CONSONANTS), len(VOWELS), PDF_COUNT) == (24, 15, 55)


def test_texts_are_of_known_words_and_hold_every_command() -> None:
    said = [words(text) for text in texts(6000, np.random.default_rng(1))]
    assert {word for text in said for word in text.split()} <= {*dictionary()}
    everything = {text for text in said if len(text.split()) < 7}
    missing = [phrase for phrases in PHRASES.values() for phrase in phrases if phrase not in everything]
    assert missing == []
    assert texts(50, np.random.default_rng(2)) == texts(50, np.random.default_rng(2))


def test_confusable_words_differ_in_one_sound_and_are_no_commands() -> None:
    near = confusable()
    assert {"stock", "know", "shop", "tune"} & {*near}
    assert not {"stop", "pause", "repeat"} & {*near}


def test_the_coach_says_its_cues_and_counts() -> None:
    lines = coach_lines()
    assert any("one, two, three" in line for line in lines)
    assert len(lines) > 80


def test_espeak_speaks_in_many_voices_and_the_same_way_each_time() -> None:
    assert {"", "+f2", "+m3"} <= {*variants()}
    rng = np.random.default_rng
    first, again = (list(by_espeak(["pause", "go on, stop"], rng(3))) for _ in range(2))
    for (clip, samples), (other, others) in zip(first, again, strict=True):
        assert clip == other
        assert np.array_equal(samples, others)
    assert [clip.text for clip, _ in first] == ["pause", "go on stop"]


@pytest.mark.parametrize(
    ("espeak", "phones"),
    [("'eI", ["EY"]), ("t2", ["T"]), ("_:", ["SIL"]), (";", []), ("'A@", ["AA", "R"]), (",a#", ["AE"]), ("n-", ["N"])],
)
def test_espeaks_phones_in_arpabet(espeak: str, phones: Sequence[str]) -> None:
    assert list(arpabet(espeak)) == phones


def test_espeak_tells_when_its_phones_begin() -> None:
    (spoken,) = speak([Utterance(text="pause")])
    found = segments(spoken)
    assert [PHONES[phone] for phone in found.phones if PHONES[phone] != SILENCE] == ["P", "AO", "Z"]
    assert np.all(np.diff(found.starts) >= 0)


def test_the_manifest_counts_what_went_in(tmp_path: Path) -> None:
    import json

    source = Source.write(tmp_path / "words", [(Clip(speaker="ann", text=""), ramp(RATE)) for _ in range(3)])
    source.align([Segments.of([(0, "AH")]), None, None])
    write_training_manifest(tmp_path / "manifest.json", [source], {"seed": 4})
    made = json.loads((tmp_path / "manifest.json").read_text())
    assert made["seed"] == 4
    assert made["sources"]["words"] == {"clips": 3, "aligned": 1, "speakers": 1, "minutes": 0.1}
    assert "torch" in made["versions"]
