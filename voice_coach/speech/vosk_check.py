"""Whether a folder holds a Vosk model that can be used, found out without risk.

A truncated graph ends the process that loads it. So the files are looked at first. Where the model has a manifest (the
shipped one and a fetched one do), each file's SHA-256 is compared. Any model is loaded by a process of its own; one
without a manifest hears a second of noise there before it is trusted.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from voice_coach.errors import EngineError, Problem
from voice_coach.speech.ears_process import EarsEndedError, Limits, ProcessEars
from voice_coach.speech.ears_wire import Wanted
from voice_coach.speech.manifest import damage, has_manifest

# Every model has these, in folders (version 2) or without (version 1), none of them near that small.
_NEEDED = {"am/final.mdl": 1_000, "conf/mfcc.conf": 10, "conf/model.conf": 10, "graph/HCLr.fst": 100}
_NEEDED_V1 = {"final.mdl": 1_000, "mfcc.conf": 10, "HCLr.fst": 100}
_MARKS = ("am/final.mdl", "final.mdl", "conf/model.conf", "graph/HCLr.fst")  # one may be missing, and is named then
LARGEST = 500_000_000  # bytes: the small models have 40 to 60 MB, the largest English one with a grammar 205
LARGEST_WORDS = 20_000_000  # bytes of words.txt: a million words
COMMON = ("yes", "no", "stop", "pause", "one", "the")  # words of which any English model knows at least one


def check_vosk_model(path: Path, limits: Limits | None = None) -> Problem | None:
    """What is wrong with the model in `path`; None where it can be used. One without a manifest is loaded."""
    problem = look_at(path)
    if problem is not None or has_manifest(path):
        return problem
    ears = ProcessEars(vosk(path, COMMON), limits=limits)
    try:
        ears.wait_until_open()
    except EngineError as error:
        return unusable(path, error)
    ears.close()
    return None


def vosk(model: Path, phrases: tuple[str, ...]) -> Wanted:
    """What to ask for to hear the phrases with this model."""
    return Wanted(engine="vosk", model=str(model.absolute()), phrases=phrases, try_out=not has_manifest(model))


def unusable(path: Path, error: EngineError) -> Problem:
    """Why a model that looked well came to nothing."""
    if isinstance(error, EarsEndedError) and error.crashed:
        return Problem(str(path), 0, "is a damaged Vosk model (loading it crashes)", "unpack it again")
    return Problem(str(path), 0, f"is a Vosk model that cannot be used ({error})")


def vosk_models_in(folder: Path) -> list[Path]:
    """The folders in `folder` (and it itself) that look like Vosk models, by name; hidden ones are left out."""
    try:
        inside = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError:  # no such folder, or not for us: there are no models in it
        return []
    return [path for path in [folder, *inside] if _looks_like_model(path)]


def look_at(path: Path) -> Problem | None:
    """What can be seen without loading anything, the manifest included."""
    try:
        problem = _look(path)
    except OSError as error:
        return Problem(str(path), 0, f"cannot be read ({error.strerror or error})")
    if problem is None and has_manifest(path) and (found := damage(path)):
        return Problem(str(path), 0, f"is a damaged Vosk model ({found})", "unpack it again")
    return problem


def _looks_like_model(path: Path) -> bool:
    """A folder that cannot be looked into may be one: what is wrong with it is said when it is tried."""
    try:
        return any((path / name).is_file() for name in _MARKS)
    except OSError:
        return True


def _look(path: Path) -> Problem | None:
    def problem(message: str, hint: str = "") -> Problem:
        return Problem(str(path), 0, message, hint)

    if not path.exists():
        return problem("there is no such folder")
    if path.suffix == ".zip":
        return problem("is an archive", "unpack it and name the folder that comes out")
    if not path.is_dir():
        return problem("is not a folder, so it is no Vosk model")
    if not _looks_like_model(path):
        inside = [model for model in vosk_models_in(path) if model != path]
        if inside:
            return problem("is not itself a Vosk model", f"did you mean {inside[0]}")
        if (path / "mdef").is_file() or (path / "feat.params").is_file():
            return problem("is a PocketSphinx model, not a Vosk one")
        return problem("is no Vosk model (it has no am/final.mdl)")
    needed = _NEEDED_V1 if (path / "final.mdl").is_file() else _NEEDED
    for name, least in needed.items():
        file = path / name
        if not file.is_file():
            if name.endswith("HCLr.fst") and file.with_name("HCLG.fst").is_file():
                return problem("is a Vosk model that takes no grammar", "use a small model")
            return problem(f"is a damaged Vosk model ({name} is missing)", "unpack it again")
        if file.stat().st_size < least:
            return problem(f"is a damaged Vosk model ({name} is cut short)", "unpack it again")
    size = 0
    for file in _files(path):
        size += (most := file.stat().st_size)
        if size > LARGEST:
            return problem(f"is too large to listen with (more than {LARGEST // 10**6} MB)", "use a small model")
        if file.name == "words.txt" and most > LARGEST_WORDS:
            return problem(f"is no model for this ({most // 10**6} MB of words)", "use a small model")
    return None


def _files(path: Path) -> Iterator[Path]:
    return (file for file in path.rglob("*") if file.is_file())
