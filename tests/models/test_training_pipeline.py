"""The whole way in small: a few words of two voices, seconds of training, a folder that libvosk loads."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from models.training.__main__ import main
from models.training.corpus import RATE, Source
from models.training.espeak import Utterance, speak
from models.training.graph import missing_tools
from models.training.pipeline import Recipe, run

pytest.importorskip("torch")


def pack(folder: Path) -> Path:
    """A pack as the project's are: words, and a reader whose text nobody wrote down."""
    soundfile = pytest.importorskip("soundfile")
    folder.mkdir()
    texts = [("word", "stop"), ("word", "yes"), ("untranscribed", "one two three")]
    with (folder / "manifest.csv").open("w", newline="") as file:
        table = csv.writer(file)
        table.writerow(["path", "kind", "transcript", "speaker"])
        said = [Utterance(text=text, rate=130) for _, text in texts]
        for number, ((kind, text), spoken) in enumerate(zip(texts, speak(said), strict=True)):
            soundfile.write(folder / f"{number}.flac", spoken.pcm, RATE)
            table.writerow([f"{number}.flac", kind, "" if kind == "untranscribed" else text, "ann"])
    return folder


@pytest.mark.skipif(bool(missing_tools()), reason=missing_tools())
def test_all_steps_make_a_model_and_are_not_done_twice(tmp_path: Path) -> None:
    import vosk

    recipe = Recipe(
        output=tmp_path / "model",
        work=tmp_path / "work",
        pack=pack(tmp_path / "pack"),
        minutes=0.1,
        seed=1,
        spoken={"espeak": 12},
    )
    run(recipe)
    vosk.SetLogLevel(-1)
    vosk.Model(str(tmp_path / "model"))
    made = json.loads((tmp_path / "work" / "manifest.json").read_text())
    assert made["sources"]["espeak"]["clips"] == 12
    assert made["sources"]["words"]["aligned"] >= 1
    assert Source(tmp_path / "work" / "reading").clips[0].text != ""
    with pytest.raises(FileExistsError, match="already there"):
        run(recipe)
    checkpoint = (tmp_path / "work" / "checkpoint.npz").stat().st_mtime_ns
    steps = sorted((tmp_path / "work").glob("checkpoint-*.npz"))
    run(
        Recipe(
            output=tmp_path / "second", work=recipe.work, pack=recipe.pack, minutes=0.1, seed=1, spoken=recipe.spoken
        )
    )
    assert sorted((tmp_path / "work").glob("checkpoint-*.npz")) == steps  # all of the training was done before
    assert (tmp_path / "work" / "checkpoint.npz").stat().st_mtime_ns >= checkpoint


def test_a_model_is_never_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "model").mkdir()
    arguments = ["--work", str(tmp_path / "work"), "--pack", str(tmp_path)]
    assert main(["--output", str(tmp_path / "model"), *arguments]) == 1
    assert "already there" in capsys.readouterr().err
