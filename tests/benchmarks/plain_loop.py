"""The loops one writes first: a recogniser with the phrases as its grammar; a result that is a phrase is obeyed."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from tests.benchmarks.accepted import Accepted, Run
from voice_coach.audio.clip import FRAMES_PER_MS, RATE, Pcm
from voice_coach.commands import Vocabulary

CHUNK = RATE // 4  # frames: what Vosk's own examples feed at a time
UNKNOWN = "[unk]"


def vosk_loop(sound: Pcm, model: Path, vocabulary: Vocabulary, *, unknown: bool) -> Run:
    """Vosk as in its examples, with or without "[unk]" in the grammar. The model must have been checked before."""
    import vosk

    vosk.SetLogLevel(-1)
    engine: Any = vosk.Model(str(model))
    known = [
        phrase
        for phrase in vocabulary.phrases
        if all(engine.vosk_model_find_word(word) != -1 for word in phrase.split())
    ]
    recogniser: Any = vosk.KaldiRecognizer(engine, RATE, json.dumps([*known, UNKNOWN] if unknown else known))
    recogniser.SetWords(True)

    def results() -> Iterator[tuple[int, str]]:
        for at in range(0, len(sound), CHUNK):
            piece = sound[at : at + CHUNK]
            if recogniser.AcceptWaveform(piece.tobytes()):
                yield (at + len(piece)) // FRAMES_PER_MS, recogniser.Result()
        yield len(sound) // FRAMES_PER_MS, recogniser.FinalResult()

    began = time.process_time()
    accepted = tuple(_vosk_phrases(results(), vocabulary))
    return Run(accepted=accepted, cpu_s=time.process_time() - began)


def _vosk_phrases(results: Iterable[tuple[int, str]], vocabulary: Vocabulary) -> Iterator[Accepted]:
    phrases = frozenset(vocabulary.phrases)
    for now, result in results:
        answer = json.loads(result)
        text, words = answer.get("text", ""), answer.get("result", [])
        match = vocabulary.match(text) if text in phrases else None
        if match is not None:
            start, end = (round(1000 * seconds) for seconds in (words[0]["start"], words[-1]["end"]))
            sure = min(word["conf"] for word in words)
            yield Accepted(at_ms=now, start_ms=start, end_ms=end, text=text, match=match, confidence=sure)


def pocketsphinx_loop(sound: Pcm, vocabulary: Vocabulary) -> Run:
    """PocketSphinx as in its example `live.py`: its endpointer, and a JSGF grammar of the phrases."""
    import pocketsphinx

    decoder: Any = pocketsphinx.Decoder(pocketsphinx.Config(lm=None, loglevel="FATAL"))
    known = [
        phrase for phrase in vocabulary.phrases if all(decoder.lookup_word(word) is not None for word in phrase.split())
    ]
    decoder.add_jsgf_string("phrases", _jsgf(known))
    decoder.activate_search("phrases")
    endpointer: Any = pocketsphinx.Endpointer()
    began = time.process_time()
    accepted = tuple(_sphinx_phrases(sound, decoder, endpointer, vocabulary))
    return Run(accepted=accepted, cpu_s=time.process_time() - began)


def _sphinx_phrases(sound: Pcm, decoder: Any, endpointer: Any, vocabulary: Vocabulary) -> Iterator[Accepted]:
    step = endpointer.frame_bytes // 2
    for at in range(0, len(sound) - step + 1, step):
        was_speaking = endpointer.in_speech
        speech = endpointer.process(sound[at : at + step].tobytes())
        if speech is None:
            continue
        if not was_speaking:
            decoder.start_utt()
        decoder.process_raw(speech)
        if not endpointer.in_speech:
            decoder.end_utt()
            found = decoder.hyp()
            text = found.hypstr if found is not None else ""
            if text and (match := vocabulary.match(text)) is not None:
                yield Accepted(
                    at_ms=(at + step) // FRAMES_PER_MS,
                    start_ms=round(1000 * endpointer.speech_start),
                    end_ms=round(1000 * endpointer.speech_end),
                    text=text,
                    match=match,
                )


def _jsgf(phrases: Sequence[str]) -> str:
    return f"#JSGF V1.0;\ngrammar phrases;\npublic <phrase> = {' | '.join(phrases)};\n"
