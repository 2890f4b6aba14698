"""`python -m models.training --pack FOLDER --minutes 240 --output FOLDER`: the whole way to a model, step by step.

Every step is kept in the work folder: stopped, the same command goes on where it was.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from models.training.pipeline import Recipe, run
from models.training.tiny import build_tiny


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m models.training", description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=Path, required=True, help="the model's folder, made at the end")
    parser.add_argument("--pack", type=Path, help="real speech: a folder with a manifest.csv; without it, voices alone")
    parser.add_argument("--work", type=Path, help="where everything in between is kept (default: the cache folder)")
    parser.add_argument("--minutes", type=float, default=240.0, help="of training, beside about an hour of the rest")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--tiny", action="store_true", help="a dozen words by one voice, in about a minute")
    options = parser.parse_args(arguments)
    try:
        if options.tiny:
            build_tiny(options.output, seed=options.seed)
        else:
            run(
                Recipe(
                    output=options.output,
                    work=options.work or _cache(),
                    pack=options.pack,
                    minutes=options.minutes,
                    seed=options.seed,
                )
            )
    except (ValueError, FileExistsError, RuntimeError) as problem:
        print(f"error: {problem}", file=sys.stderr)
        return 1
    return 0


def _cache() -> Path:
    import platformdirs

    return Path(platformdirs.user_cache_dir("voice-coach")) / "training"


if __name__ == "__main__":
    sys.exit(main())
