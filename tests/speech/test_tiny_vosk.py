"""The tiny model is a real one: libvosk loads it, hears its words, turns others away and takes grammars."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import wave
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from tests.tiny_vosk import WORDS, build
from tests.tiny_vosk.acoustic import PLACES, PhoneSet, final_mdl
from tests.tiny_vosk.corpus import FILLERS, PITCHES, RATES, alone
from tests.tiny_vosk.features import mfcc
from tests.tiny_vosk.graph import UNKNOWN
from tests.tiny_vosk.speech import RATE, SILENCE, Utterance, speak
from tests.tiny_vosk.training import frames, train

BLOCK = RATE // 10
LEAD = RATE // 4
UNTRAINED = ((150, 42), (185, 58))  # words a minute, pitch
OTHERS = (
    *("pencil", "umbrella", "computer", "december", "holiday", "lemon"),
    *("sandwich", "elephant", "travel", "weather", "cabbage", "guitar"),
)


@pytest.fixture(scope="module")
def model(tiny_vosk_model: Path) -> object:
    import vosk

    vosk.SetLogLevel(-1)
    return vosk.Model(str(tiny_vosk_model))


def heard(model: object, grammar: Iterable[str], pcm: npt.NDArray[np.int16]) -> list[dict[str, object]]:
    """The words libvosk reports, each with its start and end in seconds, for sound between two silences."""
    import vosk

    recogniser = vosk.KaldiRecognizer(model, RATE, json.dumps([*grammar]))
    recogniser.SetWords(True)
    padded = np.pad(pcm, (LEAD, RATE // 2))
    results = []
    for start in range(0, len(padded), BLOCK):
        if recogniser.AcceptWaveform(padded[start : start + BLOCK].tobytes()):
            results.append(json.loads(recogniser.Result()))
    results.append(json.loads(recogniser.FinalResult()))
    return [word for result in results for word in result.get("result", ())]


def text(words: Sequence[dict[str, object]]) -> str:
    return " ".join(str(word["word"]) for word in words)


def untrained(texts: Iterable[str]) -> list[Utterance]:
    return [
        Utterance(text=said, voice=voice, rate=rate, pitch=pitch)
        for said in texts
        for voice in ("gmw/en-US", "gmw/en", "gmw/en-US+f2")
        for rate, pitch in UNTRAINED
    ]


def test_hears_its_words_at_rates_and_pitches_it_was_not_trained_on(model: object) -> None:
    assert not {rate for rate, _ in UNTRAINED} & {*RATES} and not {pitch for _, pitch in UNTRAINED} & {*PITCHES}
    said = untrained([*WORDS, "what's next"])
    missed = [
        (utterance, result)
        for utterance, sound in zip(said, speak(said), strict=True)
        if (result := text(heard(model, [*WORDS, UNKNOWN], sound.pcm))) != utterance.text
    ]
    assert len(missed) <= 0.1 * len(said), missed


def test_hears_the_voice_of_pyttsx3(model: object, tmp_path: Path) -> None:
    """In a child process, since a second espeak-ng in this one would spoil both."""
    import soxr

    subprocess.run([sys.executable, "-c", PYTTSX3, str(tmp_path), *WORDS], check=True, timeout=120)
    missed = []
    for number, word in enumerate(WORDS):
        with wave.open(str(tmp_path / f"{number}.wav")) as file:
            rate, pcm = file.getframerate(), np.frombuffer(file.readframes(file.getnframes()), np.int16)
        if (result := text(heard(model, [*WORDS, UNKNOWN], soxr.resample(pcm, rate, RATE)))) != word:
            missed.append((word, result))
    assert len(missed) <= 0.1 * len(WORDS), missed


PYTTSX3 = """
import ctypes, os, sys
from pathlib import Path
import espeakng_loader
ctypes.CDLL(espeakng_loader.get_library_path(), ctypes.RTLD_GLOBAL)
os.environ["ESPEAK_DATA_PATH"] = str(Path(espeakng_loader.get_data_path()).parent)
import pyttsx3
folder, *words = sys.argv[1:]
engine = pyttsx3.init()
engine.setProperty("rate", 165)
for number, word in enumerate(words):
    engine.save_to_file(word, f"{folder}/{number}.wav")
    engine.runAndWait()
"""


def test_turns_other_words_away(model: object) -> None:
    assert not {*OTHERS} & {*FILLERS.split(), *WORDS}
    said = untrained(OTHERS)
    taken = [
        (utterance.text, result)
        for utterance, sound in zip(said, speak(said), strict=True)
        if UNKNOWN not in (result := text(heard(model, [*WORDS, UNKNOWN], sound.pcm))) and result
    ]
    assert len(taken) <= 0.1 * len(said), taken


@pytest.mark.parametrize("level", [0, 100, 5000])
def test_hears_nothing_in_silence_and_hiss(model: object, level: int) -> None:
    hiss = np.random.default_rng(7).normal(0, level, 3 * RATE).astype(np.int16)
    assert not {*text(heard(model, [*WORDS, UNKNOWN], hiss)).split()} & {*WORDS}


def test_word_times_are_those_of_the_voice(model: object) -> None:
    """Features, network, topology and graph agree with Kaldi's, or the times would be off."""
    (sound,) = speak([Utterance(text="stop, repeat, harder", rate=140)])
    words = heard(model, WORDS, sound.pcm)
    assert text(words) == "stop repeat harder"
    starts = [
        start / RATE
        for (_, before), (start, phone) in zip(sound.phones, sound.phones[1:], strict=False)
        if before == SILENCE and phone != SILENCE
    ]
    assert [float(str(word["start"])) - LEAD / RATE for word in words] == pytest.approx(starts, abs=0.07)


def test_a_grammar_keeps_the_other_words_out(model: object) -> None:
    said = alone({"pause": "pause", "resume": "resume"})
    pause, _, resume, _ = (sound.pcm for sound in speak(said))
    assert text(heard(model, ["pause", UNKNOWN], pause)) == "pause"
    assert text(heard(model, ["pause", UNKNOWN], resume)) == UNKNOWN
    assert text(heard(model, ["yes", "resume"], resume)) == "resume"


def test_says_which_words_it_lacks(model: object) -> None:
    import vosk

    assert isinstance(model, vosk.Model)
    assert [word for word in WORDS if model.vosk_model_find_word(word) == -1] == []
    assert model.vosk_model_find_word("elephant") == -1


def test_a_truncated_network_is_refused(tiny_vosk_model: Path, tmp_path: Path) -> None:
    import vosk

    broken = tmp_path / "model"
    shutil.copytree(tiny_vosk_model, broken)
    network = broken / "am" / "final.mdl"
    network.write_bytes(network.read_bytes()[:10_000])
    with pytest.raises(Exception, match="Failed to create a model"):
        vosk.Model(str(broken))


def test_features_are_kaldis() -> None:
    """The figures are kaldi-native-fbank 1.23's for the same chirp and options."""
    time = np.arange(1600) / RATE
    chirp = np.rint(8000 * np.sin(2 * np.pi * (200 * time + 15000 * time**2))).astype(np.float32)
    made = mfcc(chirp)
    assert made.shape == (8, 40)
    assert made[0, :4] == pytest.approx([71.4801, 92.7325, 33.1300, -94.0007], abs=0.03)
    assert made[7, :4] == pytest.approx([58.9440, -46.7282, -98.9579, 133.7508], abs=0.03)
    assert made[7, -2:] == pytest.approx([0.3389, 0.4201], abs=0.03)


def test_a_breathy_voice_says_the_same_thing_in_the_same_way_at_any_time() -> None:
    """espeak-ng seeds its breath with the second of the clock; four child processes take longer than that."""
    first, *others = [speak([Utterance(text="pause", voice="gmw/en+f5")])[0] for _ in range(4)]
    for other in others:
        assert other.phones == first.phones
        assert np.array_equal(other.pcm, first.pcm)


def test_the_same_seed_makes_the_same_network() -> None:
    def network(seed: int) -> bytes:
        rng = np.random.default_rng(seed)
        return final_mdl(train(frames(spoken, phones, rng), len(phones), rng), PhoneSet(names=phones))

    spoken = speak(alone({"yes": "yes", "pause": "pause"}))
    phones = (SILENCE, *sorted({name for sound in spoken for _, name in sound.phones} - {SILENCE}))
    assert network(3) == network(3)
    assert network(3) != network(4)


def test_every_phone_has_a_number_of_its_own_for_each_place() -> None:
    phones = PhoneSet(names=(SILENCE, "a", "b"))
    numbers = [phones.number(name, place) for name in ("a", "b") for place in PLACES]
    assert [phones.number(SILENCE, ""), *numbers] == [*range(1, phones.count + 1)]
    assert [phones.output(number) for number in range(1, 10)] == [0, 1, 1, 1, 1, 2, 2, 2, 2]
    assert phones.word_boundary().splitlines()[:3] == ["1 nonword", "2 begin", "3 end"]


@pytest.mark.parametrize("word", ["what's next", "", UNKNOWN, "<eps>"])
def test_refuses_what_cannot_be_a_word(word: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not a single word"):
        build(tmp_path, {"yes": "yes", word: "something"})
