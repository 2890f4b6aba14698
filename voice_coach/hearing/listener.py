"""The one path from sound to command: canceller, recogniser, and the judgement of what was said.

The recogniser's own end of an utterance comes half a second after the word. A phrase counts before that, when its text
has stood for a moment and the microphone has fallen quiet; what follows in the same utterance is judged by itself.
There is no clock and no file in here: the blocks are the time.
"""

from __future__ import annotations

from dataclasses import replace

from voice_coach.audio.clip import Pcm
from voice_coach.audio.loudness import Loudness
from voice_coach.commands import GENEROUS, Match, Vocabulary
from voice_coach.hearing.attention import Attending
from voice_coach.hearing.decisions import Accepted, Decision, Dismissed, Why
from voice_coach.hearing.doubt import Doubt
from voice_coach.hearing.judge import Judge
from voice_coach.hearing.own import Audibly, nothing
from voice_coach.hearing.rules import Rules
from voice_coach.hearing.saying import Saying, after
from voice_coach.session.events import Intent
from voice_coach.speech.canceller import Canceller
from voice_coach.speech.ears import Ears, Partial, Utterance

AGAIN_MS = 500  # the same word sooner than this after it was obeyed is emphasis
STILL_MS = 2_000  # the same text without any sound after it is the recogniser's second thought
LAG_MS = 300  # a text comes about so long after its words began, where the microphone tells nothing better


class Listener:
    """Takes block after block of microphone and loudspeaker; tells what was decided.

    The ears must be fresh: their time and the listener's begin together, and `audible` speaks of the same time. With
    `wake` a command must begin with the coach's name.
    """

    def __init__(
        self,
        ears: Ears,
        canceller: Canceller,
        vocabulary: Vocabulary,
        rules: Rules | None = None,
        *,
        wake: bool = False,
    ) -> None:
        self._ears = ears
        self._canceller = canceller
        self._rules = rules or Rules()
        self._judge = Judge(vocabulary, self._rules, wake=wake)
        self._loud = Loudness()
        self._saying = Saying()
        self._attending = Attending(self._rules)
        self._doubt = Doubt(self._rules)
        self._obeyed: Accepted | None = None  # the last command
        self._words = vocabulary  # what the ears listen for
        self._next: Vocabulary | None = None  # what they will, once what is being said is over
        self._next_since_ms = 0
        self._changed_ms = 0  # the words that count have done so since

    @property
    def now_ms(self) -> int:
        """Milliseconds of sound taken so far."""
        return self._loud.now_ms

    @property
    def wake(self) -> bool:
        """Whether a command must begin with the coach's name."""
        return self._judge.wake

    @property
    def speaking(self) -> bool:
        """Whether something is being said, or was a moment ago and may go on."""
        return self._loud.burst is not None and self._loud.quiet_ms <= self._rules.heard_out

    def told(self, intent: Intent) -> None:
        """Whether the name is asked for is itself a command; when it is typed, it comes from outside."""
        if intent in (Intent.NAME, Intent.ANYTHING):
            self._judge.wake = intent is Intent.NAME

    def handle_echo(self, canceller: Canceller, *, half_duplex: bool) -> None:
        """From now on the echo is that of other devices."""
        self._canceller = canceller
        self._rules = self._judge.rules = replace(self._rules, half_duplex=half_duplex)

    def listen_for(self, vocabulary: Vocabulary) -> None:
        """From now on other words count; of what was being said only pause, stop and distress.

        For those the ears keep their old words until it is over, and take up the others before the next block.
        """
        self._judge.listen_for(vocabulary)
        self._doubt.drop()
        self._changed_ms = self.now_ms
        if self._next is None:
            self._next_since_ms = self.now_ms
        self._next = vocabulary if vocabulary != self._words else None

    def hear(self, mic: Pcm, played: Pcm, audible: Audibly = nothing) -> list[Decision]:
        """The next block of the microphone and what was played meanwhile, of one length; what was decided."""
        self._take_up()
        near = self._canceller.process(mic, played)
        self._loud.take(near, played, learn=not self._saying.text, mic=mic)
        decided: list[Decision] = []
        for report in self._ears.accept(near):
            if isinstance(report, Partial):
                self._saying.change(report, self.now_ms)
            else:
                decided += self._finished(report, audible)
        decided += self._early(audible)
        decided += self._doubt.settle(self.now_ms, speaking=bool(self._saying.text))
        return [*decided, *self._attend(audible)]

    def flush(self, audible: Audibly = nothing) -> list[Decision]:
        """Nothing more will come: what was being said."""
        return [decision for utterance in self._ears.flush() for decision in self._finished(utterance, audible)]

    def _take_up(self) -> None:
        """Give the ears the words that wait, unless something is being said."""
        waited = self.now_ms - self._next_since_ms
        if self._next is None or (self.speaking and waited < self._rules.other_words):
            return
        self._words, self._next = self._next, None
        self._ears.listen_for(self._words.phrases)
        self._saying.end()
        self._doubt.drop()

    def _early(self, audible: Audibly) -> list[Decision]:
        """A command whose text has stood long enough."""
        saying = self._saying
        if not self._rules.early or not saying.sure or not saying.rest or saying.judged:
            return []
        match = self._judge.meaning(saying.rest)
        if match is None or not self._ripe(match):
            return []
        utterance = self._so_far()
        if self._judge.waits(match, utterance, audible):
            return []
        saying.judged = True
        if self._again(match, utterance) or self._before(match, saying.began_ms - LAG_MS):
            return []
        if self._judge.fault(match, utterance, audible, self._loud) is not None:
            return []
        saying.take()
        return [self._accept(match, utterance, early=True)]

    def _ripe(self, match: Match) -> bool:
        saying, burst = self._saying, self._loud.burst
        spoken = burst is not None and burst[1] > saying.began_ms - 2 * LAG_MS
        return self._judge.ripe(
            match, stood_ms=self.now_ms - saying.since_ms, quiet_ms=self._loud.quiet_ms if spoken else None
        )

    def _so_far(self) -> Utterance:
        """What is being said and was not obeyed yet; its times are those of the sound that stood out."""
        saying, burst = self._saying, self._loud.burst
        start, end = max(0, saying.began_ms - LAG_MS), saying.since_ms
        if burst is not None and burst[1] > start:
            start, end = burst
        if saying.begun and self._obeyed is not None:
            start = max(start, self._obeyed.at_ms)
        return Utterance(text=saying.rest, start_ms=start, end_ms=max(start, end))

    def _finished(self, utterance: Utterance, audible: Audibly) -> list[Decision]:
        """The recogniser has ended an utterance: what of it was not obeyed yet."""
        self._saying.end()
        match, heard = self._judge.distress(utterance), utterance
        if match is None:
            rest = self._not_obeyed(utterance)
            if rest is None:
                return []
            match, heard = self._judge.meaning(rest.text), rest
        if match is not None and self._again(match, heard):
            return []
        if self._before(match, heard.start_ms):
            return [Dismissed(utterance=heard, why=Why.BEFORE, at_ms=self.now_ms)]
        why = self._judge.fault(match, heard, audible, self._loud)
        if match is not None and why is None:
            return [self._accept(match, heard, early=False)]
        assert why is not None
        if why in (Why.NO_PHRASE, Why.OTHER_WORDS):
            coach = any(True for _ in audible(heard.start_ms, heard.end_ms))
            self._doubt.consider(heard, self._loud, beside_coach=coach)
        return [Dismissed(utterance=heard, why=why, at_ms=self.now_ms)]

    def _not_obeyed(self, utterance: Utterance) -> Utterance | None:
        obeyed = self._obeyed
        if obeyed is None or not obeyed.early:
            return utterance
        return after(utterance, obeyed.at_ms, obeyed.utterance.text)

    def _before(self, match: Match | None, start_ms: int) -> bool:
        """Whether this was begun for other words than those that count now, and may be missed."""
        return start_ms < self._changed_ms and (match is None or match.phrase not in GENEROUS)

    def _again(self, match: Match, utterance: Utterance) -> bool:
        """Whether this is what was obeyed a moment ago: told once more by a recogniser that goes on, or emphasis."""
        obeyed, burst = self._obeyed, self._loud.burst
        if obeyed is None or not obeyed.early or match.intent is not obeyed.match.intent:
            return False
        still = burst is not None and burst[1] <= obeyed.at_ms  # no sound has come since
        return utterance.start_ms < obeyed.at_ms + (STILL_MS if still else AGAIN_MS)

    def _accept(self, match: Match, utterance: Utterance, *, early: bool) -> Accepted:
        self._obeyed = Accepted(match=match, utterance=utterance, at_ms=self.now_ms, early=early)
        self.told(match.intent)
        self._doubt.drop()
        self._attending.rest()
        return self._obeyed

    def _attend(self, audible: Audibly) -> list[Decision]:
        saying = self._saying
        if saying.rest:
            sounding = tuple(audible(max(0, saying.began_ms - self._rules.own_word), self.now_ms))
            self._attending.look(saying, self._judge.meaning(saying.rest), sounding, self._loud)
        return [*self._attending.change(self.now_ms)]
