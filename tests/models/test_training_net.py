"""The net, its folded checkpoint, the alignment with it, the sequence criterion, the examples, and training itself."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from models.training.align import align, spelt
from models.training.augment import IGNORE, INPUT_FRAMES, OUTPUT_FRAMES, Mixer
from models.training.corpus import RATE, UNSURE, Clip, Segments, Source
from models.training.features import mfcc
from models.training.layout import LEFT, OFFSETS, RIGHT
from models.training.net import outputs
from models.training.phones import NUMBER, OUTPUTS, PDF_COUNT, SILENCE, pdfs

torch = pytest.importorskip("torch")


def noise(samples: int, level: float = 1000) -> Any:
    return (np.random.default_rng(5).normal(0, level, samples)).astype(np.float32)


def make_checkpoint(path: Path) -> dict[str, Any]:
    from models.training.net import Net, write_checkpoint

    torch.manual_seed(3)
    net = Net(width=24)
    net.mean += 2
    net.spread *= 3
    net.train()
    net(torch.randn(4, INPUT_FRAMES, 40) * 20)  # so that the normalisations have seen something
    priors = np.full(OUTPUTS, 1 / PDF_COUNT, np.float32)
    write_checkpoint(path, net, priors, {"step": 1})
    with np.load(path) as kept:
        return {name: kept[name] for name in kept.files}


def test_it_looks_ahead_120_ms_at_most() -> None:
    assert (LEFT, RIGHT) == (30, 12)
    assert RIGHT * 10 <= 120


def test_the_folded_checkpoint_is_the_net(tmp_path: Path) -> None:
    from models.training.net import Net

    checkpoint = make_checkpoint(tmp_path / "checkpoint.npz")
    torch.manual_seed(3)
    net = Net(width=24)
    net.mean += 2
    net.spread *= 3
    net.train()
    net(torch.randn(4, INPUT_FRAMES, 40) * 20)
    net.eval()
    features = mfcc(noise(RATE))
    padded = np.pad(features, ((LEFT, RIGHT + 2), (0, 0)), "edge")
    with torch.no_grad():
        logits = net(torch.from_numpy(padded)[None])[0]
    logs = torch.cat([torch.log_softmax(head, -1) for head in logits.split([PDF_COUNT, 2], -1)], -1).numpy()
    made = outputs(checkpoint, features)
    assert made.shape == (-(-len(features) // 3), OUTPUTS)
    assert made == pytest.approx(logs[: len(made)], abs=1e-3)
    assert [checkpoint[f"l{n}.offsets"].tolist() for n in range(len(OFFSETS))] == [list(part) for part in OFFSETS]


def test_no_output_depends_on_what_lies_further_ahead(tmp_path: Path) -> None:
    checkpoint = make_checkpoint(tmp_path / "checkpoint.npz")
    features = mfcc(noise(RATE))
    later = features.copy()
    later[60 + RIGHT + 1 :] += 5000
    before, after = outputs(checkpoint, features), outputs(checkpoint, later)
    assert before[:21] == pytest.approx(after[:21], abs=1e-5)  # the outputs of frames 0 to 60
    assert np.abs(before[21] - after[21]).max() > 1e-3


class Hears:
    """A checkpoint of a net that is sure of one phone a frame, made of nothing but a table."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, phones: list[tuple[int, str]]) -> None:
        table = np.full((sum(count for count, _ in phones), OUTPUTS), -8.0, np.float32)
        row = 0
        for count, name in phones:
            for place in range(count):
                states = pdfs(name)
                table[row, states[place * len(states) // count]] = -0.01
                row += 1
        self.length = len(table)
        monkeypatch.setattr("models.training.align.outputs", lambda checkpoint, features: table)
        self.checkpoint = {"priors": np.full(OUTPUTS, 0.02, np.float32)}


def test_alignment_finds_the_words_and_the_pauses_between_them(monkeypatch: pytest.MonkeyPatch) -> None:
    hears = Hears(
        monkeypatch,
        [(15, SILENCE), (2, "G"), (6, "OW"), (5, SILENCE), (4, "AA"), (4, "N"), (20, SILENCE)],
    )
    found = align(hears.checkpoint, np.zeros(RATE, np.int16), "go on")
    assert found is not None
    assert spelt(found) == "SIL G OW SIL AA N SIL"
    # frame 15 is 0.45 s from the start of the padding of 0.3 s; half an output frame earlier the phone begins
    assert found.starts[1] / RATE == pytest.approx(0.45 + 0.0125 - 0.3 - 0.015, abs=0.001)
    assert found.quality > 0


def test_a_guessed_phone_that_is_not_heard_is_unsure(monkeypatch: pytest.MonkeyPatch) -> None:
    phones = [(15, SILENCE), (3, "G"), (6, "OW"), (4, "AA"), (4, "M"), (20, SILENCE)]
    hears = Hears(monkeypatch, phones)
    samples = np.zeros(RATE, np.int16)
    sure = align(hears.checkpoint, samples, "go on")
    guessed = align(hears.checkpoint, samples, "go on", guessed=True)
    assert sure is not None and UNSURE not in sure.phones
    assert guessed is not None and guessed.phones.tolist().count(UNSURE) == 1
    assert guessed.phones[sure.phones.tolist().index(NUMBER["N"])] == UNSURE


def test_no_alignment_without_words_or_time(monkeypatch: pytest.MonkeyPatch) -> None:
    hears = Hears(monkeypatch, [(4, SILENCE)])
    samples = np.zeros(RATE, np.int16)
    assert align(hears.checkpoint, samples, "") is None
    assert align(hears.checkpoint, samples, "go xyzzyx") is None
    assert align(hears.checkpoint, samples, "emergency") is None  # longer than four frames


def source(folder: Path, *, unsure: bool = False) -> Source:
    """Ten clips of a second: half a second of "pause" as loud noise, silence around it."""
    sound = np.zeros(RATE, np.int16)
    sound[4000:12000] = noise(8000, 3000)
    made = Source.write(folder, [(Clip(speaker="ann", text="pause"), sound) for _ in range(10)])
    middle = "nobody knows" if unsure else "AO"
    pairs = [(0, SILENCE), (4000, "P"), (6000, middle), (10_000, "Z"), (12_000, SILENCE)]
    made.align([Segments.of(pairs) for _ in range(10)])
    return made


def test_examples_are_the_same_for_the_same_seed_and_labelled_where_they_sound(tmp_path: Path) -> None:
    words = source(tmp_path / "words")
    batch = Mixer({"words": words}, [], [], 7).batch(24)
    again = Mixer({"words": words}, [], [], 7).batch(24)
    assert batch.features.shape == (24, INPUT_FRAMES, 40)
    assert batch.labels.shape == batch.speech.shape == (24, OUTPUT_FRAMES)
    assert np.array_equal(batch.features, again.features)
    assert not np.array_equal(batch.features, Mixer({"words": words}, [], [], 8).batch(24).features)
    assert np.isfinite(batch.features).all()
    allowed = {0, *pdfs("P"), *pdfs("AO"), *pdfs("Z")}
    assert {*np.unique(batch.labels)} == allowed
    for labels in batch.labels:  # each phone follows the one before it, however fast
        order = [label for label, _ in itertools.groupby(labels)]
        following = {0: pdfs("P")[0], pdfs("P")[0]: pdfs("AO")[0], pdfs("AO")[0]: pdfs("AO")[1]}
        inner = [(a, b) for a, b in itertools.pairwise(order) if a in following and b != 0]
        assert all(following[a] == b for a, b in inner), order


def test_unsure_speech_is_speech_but_no_phone(tmp_path: Path) -> None:
    batch = Mixer({"words": source(tmp_path / "words", unsure=True)}, [], [], 7).batch(16)
    assert IGNORE in batch.labels
    assert np.all(batch.speech[batch.labels == IGNORE] == 1)
    assert np.all(batch.speech[batch.labels == 0] == 0)


def test_training_learns_is_kept_and_goes_on(tmp_path: Path) -> None:
    from models.training.train import Plan, Progress, train

    seen: list[Progress] = []
    words = {"words": source(tmp_path / "words")}
    half = Plan(steps=48, stop=0.5, batch=8, width=24, rate=1e-2)
    checkpoint = train(tmp_path, words, None, None, half, seen.append)
    assert [now.step for now in seen] == list(range(1, 25))
    whole = Plan(steps=48, batch=8, width=24, rate=1e-2)
    train(tmp_path, words, None, None, whole, seen.append)
    assert [now.step for now in seen] == list(range(1, 49))
    assert seen[-1].loss < 0.9 * seen[23].loss  # the second call's mean against the first one's
    with np.load(checkpoint) as kept:
        assert kept["priors"][:PDF_COUNT].sum() == pytest.approx(1, abs=1e-3)
        assert '"step": 48' in str(kept["meta"])
        assert [str(name) for name in kept["names"]] == [*(f"l{n}" for n in range(len(OFFSETS))), "out", "sp"]
    assert (tmp_path / "checkpoint-000024.npz").exists()


def test_all_paths_together_are_counted_once() -> None:
    """Against the sum over every path, one by one."""
    from models.training.sequence import total

    rng = np.random.default_rng(2)
    scores, kernel = rng.normal(size=(2, 4, 3)).astype(np.float32), rng.random((3, 3)).astype(np.float32)
    made = total(torch.from_numpy(scores), torch.from_numpy(kernel)).numpy()
    for one, each in zip(scores, made, strict=True):
        paths = itertools.product(range(3), repeat=4)
        chances = [
            np.exp(sum(one[frame, state] for frame, state in enumerate(path)))
            * np.prod([kernel[a, b] for a, b in itertools.pairwise(path)])
            for path in paths
        ]
        assert each + np.log(PDF_COUNT) == pytest.approx(np.log(sum(chances)), abs=1e-4)


def test_the_sequence_criterion_prefers_the_truth() -> None:
    from models.training.sequence import sequence_loss, transitions

    segments = [Segments.of([(0, SILENCE), (1, "P"), (2, "AO"), (3, "Z"), (4, SILENCE)])]
    loss = sequence_loss(transitions(segments), np.full(OUTPUTS, 0.02, np.float32))
    truth = [0] * 5 + [*pdfs("P")] * 2 + [pdfs("AO")[0]] * 3 + [pdfs("AO")[1]] * 3 + [*pdfs("Z")] * 3 + [0] * 5
    labels = torch.tensor([truth])
    right = torch.nn.functional.one_hot(labels, OUTPUTS).float() * 8
    (plosive,), (rival,) = pdfs("P"), pdfs("T")
    other = torch.tensor([[rival if state == plosive else state for state in truth]])
    wrong = torch.nn.functional.one_hot(other, OUTPUTS).float() * 8
    late = torch.roll(right, 1, dims=1)
    speech = (labels > 0).long()
    values = [float(loss(outputs, labels, speech)) for outputs in (right, late, wrong)]
    assert values[0] < values[2]
    assert values[1] - values[0] < values[2] - values[0]  # a boundary 30 ms off costs less than a wrong sound
