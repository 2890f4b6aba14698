"""A pack: what its manifest says, and what is said about what cannot be used."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.benchmarks.hearing import main
from tests.benchmarks.pack import Kind, PackError, read_pack, sound_of
from tests.benchmarks_tests.hand import tone
from voice_coach.audio.clip import RATE
from voice_coach.audio.wav import WavWriter


def pack(folder: Path, manifest: str, *names: str) -> Path:
    (folder / "manifest.csv").write_text(manifest, encoding="utf-8")
    for name in names:
        with WavWriter(folder / name) as writer:
            writer.write(tone(200))
    return folder


def test_columns_that_are_not_needed_may_be_missing(tmp_path: Path) -> None:
    found = read_pack(pack(tmp_path, "kind,path\ncommand,a.wav\nrir,b.wav\n", "a.wav", "b.wav"))
    assert [(each.name, each.kind, each.corpus, each.transcript) for each in found.entries] == [
        ("a.wav", Kind.COMMAND, "unknown source", ""),
        ("b.wav", Kind.ROOM, "unknown source", ""),
    ]
    assert found.problems == ()
    assert np.array_equal(sound_of(found.entries[0]), tone(200))


def test_what_cannot_be_used_is_a_sentence_with_its_place(tmp_path: Path) -> None:
    found = read_pack(
        pack(
            tmp_path,
            "path,kind\na.wav,command\nnone.wav,command\na.wav,whale song\na.wav,whale song\n,noise\n",
            "a.wav",
        )
    )
    assert len(found.entries) == 1
    assert found.problems == (
        f"{tmp_path / 'manifest.csv'}:3: there is no file none.wav; left out.",
        f"{tmp_path / 'manifest.csv'}:6: there is no file (no path); left out.",
        f"{tmp_path / 'manifest.csv'}: 2 clips of the kind 'whale song' are left out.",
    )


@pytest.mark.parametrize(
    ("manifest", "sentence"),
    [(None, "is no pack"), ("path,what\na.wav,x\n", "lacks kind"), ("", "lacks kind and path"), ("\xff", "is no pack")],
)
def test_a_folder_that_is_no_pack_ends_the_run_with_one_sentence(
    tmp_path: Path, manifest: str | None, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if manifest is not None:
        (tmp_path / "manifest.csv").write_bytes(manifest.encode("latin-1"))
    assert main([str(tmp_path), "--ears", "pocketsphinx"]) == 2
    told = capsys.readouterr().err.strip()
    assert sentence in told
    assert "\n" not in told


@pytest.mark.parametrize(
    ("licence", "repository", "corpus"),
    [
        ("CC BY 4.0 (Google Speech Commands, P. Warden)", "vinsis/speech", "Speech Commands"),
        ("CMU AN4 licence (BSD-style)", "adagioNeo/VoiceInterpreter", "AN4"),
        ("CC BY-SA 4.0 (Free Spoken Digit Dataset)", "Jakobovski/free-spoken-digit-dataset", "FSDD"),
        ("CC BY 4.0 (LibriSpeech)", "resemble-ai/Resemblyzer", "LibriSpeech"),
        ("CC BY 4.0", "somebody/their-words", "their-words"),
    ],
)
def test_many_repositories_are_one_corpus(tmp_path: Path, licence: str, repository: str, corpus: str) -> None:
    manifest = f'path,kind,licence,source_repo\na.wav,command,"{licence}",{repository}\n'
    assert read_pack(pack(tmp_path, manifest, "a.wav")).entries[0].corpus == corpus


def test_the_sex_is_told_by_the_names_of_some_corpora_only(tmp_path: Path) -> None:
    rows = ["AN4,an4-fclc", "AN4,an4-mblw", "AN4,", "Free Spoken Digit,fsdd-nicolas"]
    lines = "\n".join(f"a.wav,command,{row}" for row in rows)
    found = read_pack(pack(tmp_path, f"path,kind,licence,speaker\n{lines}\n", "a.wav"))
    assert [each.sex for each in found.entries] == ["women", "men", "", ""]


def test_flac_of_any_rate_and_channels_becomes_mono_at_16_khz(tmp_path: Path) -> None:
    import soundfile

    t = np.arange(44_100) / 44_100
    sine = 0.5 * np.sin(2 * np.pi * 440 * t)
    soundfile.write(tmp_path / "a.flac", np.stack([sine, sine], axis=1), 44_100)
    found = read_pack(pack(tmp_path, "path,kind\na.flac,music\n"))
    sound = sound_of(found.entries[0])
    assert abs(len(sound) - RATE) <= 1
    spectrum = np.abs(np.fft.rfft(sound[:RATE]))
    assert int(spectrum.argmax()) == 440


@pytest.mark.parametrize("name", ["a.wav", "a.flac"])
def test_a_damaged_file_is_refused_with_its_name(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"this is no sound")
    found = read_pack(pack(tmp_path, f"path,kind\n{name},noise\n"))
    with pytest.raises(PackError, match=name):
        sound_of(found.entries[0])


def test_clips_come_person_by_person(tmp_path: Path) -> None:
    manifest = "path,kind,speaker\nc.wav,command,bob\nb.wav,command,ann\na.wav,command,bob\nd.wav,noise,\n"
    found = read_pack(pack(tmp_path, manifest, "a.wav", "b.wav", "c.wav", "d.wav"))
    assert [each.name for each in found.of(Kind.COMMAND)] == ["b.wav", "a.wav", "c.wav"]
