"""An archive brought over the network, going on from what an earlier download has left."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing

from voice_coach.errors import EngineError
from voice_coach.models.catalogue import megabytes
from voice_coach.models.net import NetworkError, RangeError, ask
from voice_coach.models.part import Part, matches

Progress = Callable[[int, int], None]  # bytes that are there, of so many
_PIECE = 1 << 16


def download(part: Part, address: str, progress: Progress, announce: Callable[[str], None], limit_s: float) -> None:
    """Make the part whole, and its sum right.

    Never more bytes are written than the archive has. What was kept and turns out not to fit is thrown away, and all is
    fetched once more. EngineError in sentences: what happened, what is kept, what to do.
    """
    try:
        for _ in range(2):  # in the second round nothing is kept any more
            try:
                built_on_kept = _fill(part, address, progress, announce, limit_s)
            except RangeError:
                built_on_kept = True
            else:
                if matches(part.file, part.offer):
                    return
            part.discard()
            if not built_on_kept:
                break
            announce("What was kept of an earlier download does not fit, so it starts from the beginning.")
        raise NetworkError("What came is not the archive that is known: its size or its SHA-256 is another.")
    except NetworkError as error:
        plain = "".join(char if char.isprintable() else " " for char in str(error))  # a server may have written in it
        raise EngineError(f"{plain} {_what_now(part)}") from error


def _fill(part: Part, address: str, progress: Progress, announce: Callable[[str], None], limit_s: float) -> bool:
    """Bring what is missing; whether something that was kept is part of it."""
    size, at = part.offer.size, part.size
    if at == size:
        return True
    if at:
        announce(f"Going on at {megabytes(at)} of {megabytes(size)}.")
    with closing(ask(address, at, part.validator(address), limit_s)) as answer:
        if answer.total not in (None, size):
            raise NetworkError(
                f"{answer.host} has another file at that address: {answer.total} bytes instead of {size}."
            )
        if answer.start == 0:
            part.begin(address, answer.validator)
        at = answer.start
        progress(at, size)
        with part.file.open("ab") as file:
            while piece := answer.read(_PIECE):
                at += len(piece)
                if at > size:
                    break
                file.write(piece)
                progress(at, size)
    if at > size:
        part.discard()
        if answer.start:
            raise RangeError
        raise NetworkError(f"{answer.host} gives more than the {megabytes(size)} of the archive: it is another file.")
    if at < size:
        raise NetworkError(f"{answer.host} broke off at {megabytes(at)} of {megabytes(size)}.")
    return answer.start > 0


def _what_now(part: Part) -> str:
    offer, kept = part.offer, part.size
    state = f"{megabytes(kept)} are kept, and the same command goes on from there." if kept else "Nothing was changed."
    return (
        f"{state} Or download {offer.address} on another computer, and name the file here: "
        f"voice-coach models fetch {offer.name} --from FILE"
    )
