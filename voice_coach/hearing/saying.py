"""What is being said: the text so far, since when it has been this one, and what of it was obeyed already."""

from __future__ import annotations

from voice_coach.speech.ears import Partial, Utterance


class Saying:
    """The utterance that the recogniser has open. Empty between two utterances."""

    def __init__(self) -> None:
        self.text = ""
        self.began_ms = 0  # there has been a text since
        self.since_ms = 0  # it has been this one since
        self.sure = True  # whether the recogniser can be taken at its word before the end
        self.judged = False  # this text was looked at already, and let be
        self._taken = 0  # so many of its words were obeyed

    @property
    def rest(self) -> str:
        """The words that were not obeyed yet."""
        return " ".join(self.text.split()[self._taken :])

    @property
    def begun(self) -> bool:
        """Whether something of it was obeyed."""
        return self._taken > 0

    def change(self, partial: Partial, now_ms: int) -> None:
        """The recogniser has changed its mind. What was obeyed stays obeyed as far as the words are still there."""
        if not self.text:
            self.began_ms, self._taken = now_ms, 0
        self._taken = min(self._taken, _alike(self.text, partial.text))
        self.text, self.since_ms, self.sure, self.judged = partial.text, now_ms, partial.sure, False

    def take(self) -> None:
        """All of it so far was obeyed."""
        self._taken = len(self.text.split())

    def end(self) -> None:
        """The utterance is over."""
        self.text, self._taken, self.judged = "", 0, False


def after(utterance: Utterance, at_ms: int, obeyed: str) -> Utterance | None:
    """What was said of a whole utterance after `at_ms`, when its beginning, `obeyed`, was; None where it was nothing.

    By the times of its words; without them by its text, which must then begin with what was obeyed.
    """
    if utterance.start_ms >= at_ms:
        return utterance
    if utterance.words:
        words = tuple(word for word in utterance.words if word.start_ms >= at_ms)
        text = " ".join(word.text for word in words)
        return Utterance(text=text, start_ms=words[0].start_ms, end_ms=words[-1].end_ms, words=words) if words else None
    text = utterance.text.removeprefix(obeyed)
    if utterance.end_ms <= at_ms or text == utterance.text or not text:
        return None
    return Utterance(text=text.strip(), start_ms=at_ms, end_ms=utterance.end_ms)


def _alike(one: str, other: str) -> int:
    """How many words two texts begin with alike."""
    count = 0
    for first, second in zip(one.split(), other.split(), strict=False):
        if first != second:
            break
        count += 1
    return count
