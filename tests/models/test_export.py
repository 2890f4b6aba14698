"""From a network and prices to a model that the real libvosk loads, and what the prices do there."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from models.training import lexicon
from models.training.acoustic import PLACES, Net, final_mdl, phone_table, read_checkpoint
from models.training.export import coach_words, export, reopened
from models.training.graph import UNKNOWN, Words, missing_tools
from models.training.phones import PDF_COUNT, PHONES, SILENCE, pdfs
from models.training.tuning import SHIPPED
from voice_coach.audio.clip import RATE, Pcm, to_pcm
from voice_coach.speech.manifest import MANIFEST, damage
from voice_coach.speech.voice import Voice

needs_tools = pytest.mark.skipif(bool(missing_tools()), reason=f"the model's graph {missing_tools()}")
WORDS = (
    *("pause", "resume", "stop", "easier", "harder", "repeat", "skip", "next"),
    *("yes", "no", "done", "what's", "back", "help", "ready"),
)
OTHERS = ("elephant", "umbrella", "december", "sandwich", "cabbage", "guitar")


@pytest.fixture(scope="module")
def net(coach_en: Path) -> Net:
    return reopened(coach_en)


@pytest.fixture(scope="module")
def few(net: Net, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model of the shipped network that knows a few words."""
    folder = tmp_path_factory.mktemp("models") / "few"
    export(net, folder, SHIPPED, few_words())
    return folder


def few_words() -> Words:
    """WORDS, and frequent words that sound like none of them."""
    known = lexicon.pronunciations(WORDS)
    mine = {way for ways in known.values() for way in ways}
    usual = [way for ways in lexicon.pronunciations(lexicon.frequent(1000)).values() for way in ways]
    return Words(lexicon=known, continuing={"next"}, decoys=set(usual) - mine, usual=usual)


def said(folder: Path, grammar: list[str], sound: Pcm) -> str:
    """What libvosk makes of sound between two silences."""
    import vosk

    vosk.SetLogLevel(-1)
    recogniser = vosk.KaldiRecognizer(vosk.Model(str(folder)), RATE, json.dumps(grammar))
    padded = np.pad(sound, (RATE // 4, RATE // 4))
    recogniser.AcceptWaveform(padded.tobytes())
    return str(json.loads(recogniser.FinalResult())["text"])


def test_a_network_is_read_back_as_it_was_written(net: Net) -> None:
    again = final_mdl(net, prior_exponent=SHIPPED.prior_exponent, speech=SHIPPED.speech)
    assert len(again) > 100_000
    assert net.priors[:PDF_COUNT].sum() == pytest.approx(1.0, abs=1e-3)
    assert [head.name for head in net.heads] == ["out", "sp"]
    for layer, before in zip(net.hidden[1:], net.hidden, strict=False):
        assert layer.weight.shape[1] == len(layer.offsets) * before.weight.shape[0]


def test_a_checkpoint_is_read_and_a_strange_one_refused(net: Net, tmp_path: Path) -> None:
    parts: dict[str, Any] = {"names": np.array([layer.name for layer in (*net.hidden, *net.heads)])}
    for layer in (*net.hidden, *net.heads):
        parts |= {f"{layer.name}.offsets": np.array(layer.offsets)}
        parts |= {f"{layer.name}.weight": layer.weight, f"{layer.name}.bias": layer.bias}
    parts |= {"priors": net.priors, "meta": np.array(json.dumps({"step": 7}))}
    np.savez(tmp_path / "good.npz", **parts)
    read = read_checkpoint(tmp_path / "good.npz")
    assert (read.left, read.right, read.parameters, read.meta) == (net.left, net.right, net.parameters, {"step": 7})
    assert all(np.array_equal(a.weight, b.weight) for a, b in zip(read.hidden, net.hidden, strict=True))
    np.savez(tmp_path / "strange.npz", **{**parts, "priors": net.priors[:-1]})
    with pytest.raises(ValueError, match="a network for other phones"):
        read_checkpoint(tmp_path / "strange.npz")


def test_every_phone_has_states_of_its_own_in_every_place() -> None:
    table = phone_table()
    phones = [table.phone(name, place) for name in PHONES if name != SILENCE for place in PLACES]
    states = [state for phone in phones for state in phone.states]
    assert len(set(states)) == len(states) and max(states) == len(table.triples)
    assert table.triples == sorted(table.triples)
    assert [table.triples[state - 1][2] for state in table.phone("AA", "end").states] == list(pdfs("AA"))
    assert table.word_boundary().startswith("1 nonword\n2 singleton\n3 begin\n")


@needs_tools
def test_a_model_of_few_words_hears_them_and_turns_others_away(few: Path, woman: Voice) -> None:
    grammar = [*WORDS, "what's next", UNKNOWN]
    clips = {word: to_pcm(woman.clip(word).samples) for word in (*WORDS, "what's next", *OTHERS)}
    heard = {word: said(few, grammar, clip) for word, clip in clips.items()}
    missed = [word for word in (*WORDS, "what's next") if heard[word] != word]
    assert len(missed) <= 0.2 * len(WORDS), heard
    taken = [word for word in OTHERS if heard[word] and UNKNOWN not in heard[word]]
    assert len(taken) <= 1, heard


@needs_tools
def test_a_grammar_keeps_the_other_words_out(few: Path, woman: Voice) -> None:
    repeat = to_pcm(woman.clip("repeat").samples)
    assert said(few, ["repeat", "skip"], repeat) == "repeat"
    assert said(few, ["skip", UNKNOWN], repeat) == UNKNOWN


@needs_tools
@pytest.mark.parametrize(
    ("price", "value"), [("loop_entry", -200.0), ("decoy", -200.0), ("speech", 20.0), ("unknown", -60.0)]
)
def test_what_makes_unknown_words_cheap_takes_words_away(
    net: Net, few: Path, tmp_path: Path, woman: Voice, price: str, value: float
) -> None:
    settings: dict[str, Any] = {price: value}
    export(net, tmp_path / "cheap", replace(SHIPPED, **settings), few_words())
    repeat, grammar = to_pcm(woman.clip("repeat").samples), ["repeat", "help", UNKNOWN]
    assert said(few, grammar, repeat) == "repeat"
    assert UNKNOWN in said(tmp_path / "cheap", grammar, repeat)


@needs_tools
def test_generosity_is_for_the_words_that_are_named(net: Net, tmp_path: Path, woman: Voice) -> None:
    words = replace(few_words(), cheaper={"repeat": -50.0})
    export(net, tmp_path / "model", SHIPPED, words)
    assert said(tmp_path / "model", [*WORDS, UNKNOWN], to_pcm(woman.clip("repeat").samples)) != "repeat"
    assert said(tmp_path / "model", [*WORDS, UNKNOWN], to_pcm(woman.clip("resume").samples)) == "resume"


@needs_tools
def test_a_second_word_has_a_price_unless_a_phrase_has_it_there(net: Net, tmp_path: Path, woman: Voice) -> None:
    dear = replace(SHIPPED, next_word=500.0)
    sound, grammar = to_pcm(woman.clip("what's next").samples), ["what's", "next", "what's next", "help"]
    export(net, tmp_path / "dear", dear, few_words())
    assert said(tmp_path / "dear", grammar, sound) == "what's next"
    export(net, tmp_path / "none", dear, replace(few_words(), continuing=frozenset()))
    assert len(said(tmp_path / "none", grammar, sound).split()) == 1


@needs_tools
def test_a_model_is_there_as_a_whole_or_not_at_all(net: Net, tmp_path: Path) -> None:
    export(net, tmp_path / "model", SHIPPED, few_words())
    assert damage(tmp_path / "model") == ""
    assert "am/final.mdl" in (tmp_path / "model" / MANIFEST).read_text()
    assert [path.name for path in tmp_path.iterdir()] == ["model"]
    with pytest.raises(FileExistsError):
        export(net, tmp_path / "model", SHIPPED, few_words())
    bad = Words(lexicon={"zorblax": [("Z", "NO SUCH PHONE")]})
    with pytest.raises(KeyError):
        export(net, tmp_path / "bad", SHIPPED, bad)
    assert [path.name for path in tmp_path.iterdir()] == ["model"]


@needs_tools
def test_a_truncated_network_is_refused(few: Path, tmp_path: Path) -> None:
    import shutil

    import vosk

    broken = Path(shutil.copytree(few, tmp_path / "model"))
    network = broken / "am" / "final.mdl"
    network.write_bytes(network.read_bytes()[:10_000])
    with pytest.raises(Exception, match="Failed to create a model"):
        vosk.Model(str(broken))


def test_no_decoy_sounds_like_a_command() -> None:
    words = coach_words(SHIPPED)
    commands = {way for word in lexicon.table_words() for way in words.lexicon[word]}
    assert len(words.decoys) > SHIPPED.decoys / 2
    assert not words.decoys & commands
    assert lexicon.dictionary()["know"][0] in commands  # it is "no"
    assert {"stop", "pain", "dizzy"} <= set(words.cheaper) and "my" not in words.cheaper
    assert words.cheaper["pause"] > words.cheaper["stop"] > 0
    assert {"left", "next"} <= set(words.continuing) and "stop" not in words.continuing
