"""Whether a folder holds a Vosk model that can be used, found out without risk.

A truncated graph ends the process that loads it. So the files are looked at first. Where the model has a manifest (the
shipped one and a fetched one do), each file's SHA-256 is compared, every time. Any other model is loaded, given a
grammar and a second of noise, in a child process with a time limit (`python -m voice_coach.speech.vosk_check PATH`).
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from voice_coach.errors import Problem
from voice_coach.speech.manifest import damage, has_manifest

LIMIT_S = 60.0  # a large model on a slow disk; the small English one takes half a second
# Every model has these, in folders (version 2) or without (version 1), none of them near that small.
_NEEDED = {"am/final.mdl": 1_000, "conf/mfcc.conf": 10, "conf/model.conf": 10, "graph/HCLr.fst": 100}
_NEEDED_V1 = {"final.mdl": 1_000, "mfcc.conf": 10, "HCLr.fst": 100}
_PACKAGE_PARENT = Path(__file__).resolve().parents[2]
_WORKS = "works"
COMMON = ("yes", "no", "stop", "pause", "one", "the")  # words of which any English model knows at least one

_verdicts: dict[str, Problem | None] = {}  # of this process, by `_fingerprint`


def check_vosk_model(path: Path, cache: Path | None = None, limit_s: float = LIMIT_S) -> Problem | None:
    """What is wrong with the model in `path`; None where it can be loaded.

    The verdict on a model without a manifest is remembered until a file of it changes: for this process, and with
    `cache` a good one also in a file in that folder, so that the next start need not load the model twice.
    """
    problem = _look(path)
    if problem is not None:
        return problem
    if has_manifest(path):
        found = damage(path)
        return Problem(str(path), 0, f"is a damaged Vosk model ({found})", "unpack it again") if found else None
    fingerprint = _fingerprint(path)
    if fingerprint not in _verdicts:
        kept = cache / "vosk-models.json" if cache else None
        known_good = _read_good(kept) if kept else []
        if fingerprint in known_good:
            _verdicts[fingerprint] = None
        else:
            _verdicts[fingerprint] = _load_in_child(path, limit_s)
            if kept and _verdicts[fingerprint] is None:
                _write_good(kept, [*known_good, fingerprint][-20:])
    return _verdicts[fingerprint]


def vosk_models_in(folder: Path) -> list[Path]:
    """The folders in `folder` (and it itself) that look like Vosk models, by name; hidden ones are left out."""
    with contextlib.suppress(OSError):
        inside = (path for path in sorted(folder.iterdir()) if not path.name.startswith("."))
        return [path for path in [folder, *inside] if _looks_like_model(path)]
    return []


def _looks_like_model(path: Path) -> bool:
    return (path / "am" / "final.mdl").is_file() or (path / "final.mdl").is_file()


def _look(path: Path) -> Problem | None:
    """What can be seen without loading anything."""

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
    needed = _NEEDED if (path / "am" / "final.mdl").is_file() else _NEEDED_V1
    for name, least in needed.items():
        file = path / name
        if not file.is_file():
            if name.endswith("HCLr.fst") and file.with_name("HCLG.fst").is_file():
                return problem("is a Vosk model that takes no grammar", "use a small model")
            return problem(f"is a damaged Vosk model ({name} is missing)", "unpack it again")
        if file.stat().st_size < least:
            return problem(f"is a damaged Vosk model ({name} is cut short)", "unpack it again")
    return None


def _files(path: Path) -> Iterator[Path]:
    return (file for file in sorted(path.rglob("*")) if file.is_file())


def _fingerprint(path: Path) -> str:
    """The model's place, and the name, size and time of each file."""
    parts = [str(path.resolve())]
    for file in _files(path):
        stat = file.stat()
        parts.append(f"{file.relative_to(path)}:{stat.st_size}:{stat.st_mtime_ns}")
    return "|".join(parts)


def _load_in_child(path: Path, limit_s: float) -> Problem | None:
    command = [sys.executable, "-m", __name__, str(path)]
    paths = [str(_PACKAGE_PARENT), *filter(None, [os.environ.get("PYTHONPATH")])]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
    try:
        done = subprocess.run(
            command,
            env=env,
            capture_output=True,
            text=True,
            errors="replace",
            stdin=subprocess.DEVNULL,
            timeout=limit_s,
        )
    except subprocess.TimeoutExpired:
        return Problem(str(path), 0, f"is a Vosk model that could not be loaded within {limit_s:g} seconds")
    except OSError as error:
        return Problem(str(path), 0, f"could not be tried out ({error})")
    if done.returncode == 0 and done.stdout.strip().endswith(_WORKS):
        return None
    if done.returncode < 0 or done.returncode > 128:  # a signal, or its like on Windows
        return Problem(str(path), 0, "is a damaged Vosk model (loading it crashes)", "unpack it again")
    said = done.stderr.strip().splitlines()
    return Problem(str(path), 0, f"is a Vosk model that cannot be loaded ({said[-1] if said else 'it says nothing'})")


def _read_good(file: Path) -> list[str]:
    try:
        good = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):  # missing or damaged: the model is tried out again
        return []
    return [entry for entry in good if isinstance(entry, str)] if isinstance(good, list) else []


def _write_good(file: Path, good: list[str]) -> None:
    with contextlib.suppress(OSError):  # it is only there to save time
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = file.with_suffix(f".{os.getpid()}")
        draft.write_text(json.dumps(good), encoding="utf-8")
        draft.replace(file)


def _try_out(path: Path) -> None:
    """Load the model, listen to a second of noise, and say that it works. For the child process only."""
    import vosk

    vosk.SetLogLevel(-1)
    model = vosk.Model(str(path))
    words = [word for word in COMMON if model.vosk_model_find_word(word) != -1]
    if not words:  # an empty grammar would crash, and look like damage
        sys.exit("it knows no English words")
    recogniser = vosk.KaldiRecognizer(model, 16_000, json.dumps(words))
    recogniser.SetWords(True)
    noise = np.random.default_rng(1).normal(0, 1_000, 16_000).astype("<i2")
    recogniser.AcceptWaveform(noise.tobytes())
    json.loads(recogniser.FinalResult())
    print(_WORKS, flush=True)  # noqa: T201 - to the parent, over a pipe


if __name__ == "__main__":
    _try_out(Path(sys.argv[1]))
