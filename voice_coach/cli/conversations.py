"""What is talked about before the session: that she is recorded, whether she is heard, which routine it shall be."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from voice_coach import prompts
from voice_coach.cli.interrupts import Interrupts
from voice_coach.cli.memory import Memory
from voice_coach.cli.terminal import show
from voice_coach.conversation import Choice, Chooser, Interview, Proposed, SoundCheck
from voice_coach.conversation.interview import Halt
from voice_coach.conversation.looking_back import Counted, LookingBack
from voice_coach.conversation.trial import Trial
from voice_coach.hearing import Accepted
from voice_coach.keyboard import TypedLines
from voice_coach.live import Durations, Machine, Studio, drive, wait
from voice_coach.measures.steps import Flow
from voice_coach.person.model import Answer
from voice_coach.person.questions import NextQuestion
from voice_coach.routine import Routine
from voice_coach.safety.about import emergency_number
from voice_coach.session.events import DISTRESS, Command, Via
from voice_coach.session.lines import Line
from voice_coach.session.motion import minutes
from voice_coach.session.plan import make_plan
from voice_coach.speech.ears import Utterance
from voice_coach.studio import LastResort, TextVoice
from voice_coach.transcript import Transcript


class Conversations:
    """Held in a studio that is open, one after the other; each is shown on the screen."""

    def __init__(self, studio: Studio, voice: LastResort | TextVoice, pressed: Interrupts) -> None:
        self._studio = studio
        self.voice = voice
        self._pressed = pressed

    def introduce(self, *, keeping: bool, ask: bool) -> SoundCheck:
        """Say that she is recorded, ask whether she is heard; how that went. Stop and distress go on to the next."""
        check = SoundCheck(Durations(self.voice.ms), keeping=keeping, ask=ask)
        self._hold(check)
        if check.urgent is None:
            self._forget()
        else:  # it is not answered yet: a second Ctrl-C is the second
            self._pass_on(check.urgent)
        return check

    def choose(self, routines: Sequence[Routine], proposed: Proposed | None = None, emergency: str = "") -> Chooser:
        """The question which routine, to be held."""
        return Chooser(choices(routines), Durations(self.voice.ms), proposed, emergency)

    def interview(
        self,
        next_question: NextQuestion,
        *,
        answers: Mapping[str, Answer] | None = None,
        intro: tuple[Line, ...] = (),
        outro: tuple[Line, ...] = (),
        halt: Halt | None = None,
        emergency: str = "",
    ) -> Interview:
        """Questions one after the other, to be held."""
        return Interview(
            next_question,
            Durations(self.voice.ms),
            answers=answers,
            intro=intro,
            outro=outro,
            halt=halt,
            whole_lines=isinstance(self._studio.typing, TypedLines),
            emergency=emergency,
        )

    def hold(self, machine: Machine) -> None:
        """Hold it. KeyboardInterrupt on the second Ctrl-C; the machine has what was said until then."""
        self._hold(machine)
        self._forget()

    def trial(self, test: str, flow: Flow, emergency: str = "") -> Trial:
        """A test of progress, to be held."""
        return Trial(test, flow, Durations(self.voice.ms), emergency)

    def looking_back(self, lines: Sequence[Line], counted: Counted | None, emergency: str = "") -> LookingBack:
        """What was done, and what of it she puts right, to be held."""
        return LookingBack(lines, counted, Durations(self.voice.ms), emergency)

    def last_word(self, remembered: Callable[[], Memory]) -> None:
        """Before the program ends: hear out what is being said, and answer distress that nothing else has answered."""
        studio = self._studio
        end = studio.mixer.now_ms + studio.rules.other_words
        wait(studio, lambda: not studio.listener.speaking or studio.mixer.now_ms >= end)
        while not studio.untaken().isdisjoint(DISTRESS):
            memory = remembered()
            advising = self.interview(lambda _answers: None, emergency=emergency_number(memory.person))
            try:
                self.hold(advising)
            finally:
                if advising.distress:
                    memory.distressed(advising.distress)

    def _hold(self, machine: Machine) -> None:
        drive(machine, self._studio, [Transcript(show, ending=False)])

    def _forget(self) -> None:
        """A Ctrl-C that was answered in one conversation does not count in the next."""
        self._pressed.forget(self._studio.obeyed)
        self._studio.obeyed = 0

    def _pass_on(self, command: Command) -> None:
        """As if it were said, or typed, once more."""
        match = self._studio.vocabulary.match(command.phrase)
        if command.via is Via.VOICE and match is not None:
            now = self._studio.listener.now_ms
            said = Utterance(text=command.phrase, start_ms=now, end_ms=now)
            self._studio.heard.insert(0, Accepted(match=match, utterance=said, at_ms=now, early=False))
        else:  # a key, or Ctrl-C, which is no phrase
            self._studio.typed.insert(0, command.phrase if len(command.phrase) == 1 or match is not None else "stop")


def choices(routines: Sequence[Routine]) -> list[Choice]:
    """What is offered, each with about how long it takes when nobody interrupts."""
    return [
        Choice(routine=r.id, title=r.title, minutes=minutes(max(e.at for e in prompts.dry_run(make_plan(r)))))
        for r in routines
    ]
