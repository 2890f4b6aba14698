"""A visit from the first word to the last: who she is, how she is, what she may do, what she chooses, how it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from voice_coach import prompts
from voice_coach.cli.after import afterwards
from voice_coach.cli.before import a_test, as_today, breathing, how_she_feels, how_she_is, offered, proposed
from voice_coach.cli.common import vocabulary
from voice_coach.cli.conversations import Conversations, choices
from voice_coach.cli.first_start import clinicians_yes, consent, facts, screen
from voice_coach.cli.memory import Memory
from voice_coach.cli.rendering import prepare_meanwhile
from voice_coach.cli.talk import Leaves, Talk, said
from voice_coach.live import Studio
from voice_coach.routine import Exercise, Routine, Tier
from voice_coach.safety import fitted, refused
from voice_coach.safety.about import emergency_number


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What is done today, and what the log is told with it."""

    routine: Routine
    tier: Tier
    phase: str = ""  # a value of `coaching.Phase`, or ""
    deload: bool = False
    emergency: str = ""  # the number she calls, as digits


class Visit:
    """Holds the conversations around one session, in a studio that is open."""

    def __init__(self, held: Conversations, studio: Studio, memory: Memory, library: Mapping[str, Exercise]) -> None:
        self._held, self._studio, self._memory, self._library = held, studio, memory, library
        self._talk = Talk(held, memory)

    def begin(self, wanted: Routine | None, routines: Sequence[Routine]) -> Made | None:
        """All that comes before the session; None where she ends it, or nothing is for her today."""
        usual = self._studio.wanted
        try:
            return self._before(wanted, routines)
        except Leaves:
            return None
        finally:
            self._studio.listen_for(usual)

    def end(self) -> None:
        """All that comes after it."""
        try:
            afterwards(self._talk, self._library)
        except Leaves:
            return

    def _before(self, wanted: Routine | None, routines: Sequence[Routine]) -> Made | None:
        talk, memory = self._talk, self._memory
        consent(talk)
        facts(talk)
        clinicians_yes(talk)
        told = screen(talk)
        if memory.standing.may_train:
            how_she_is(talk)
        if not memory.standing.may_train:
            quiet = breathing(talk, self._library, told=told)
            return self._made(fitted(quiet, memory.standing)) if quiet else None
        how_she_feels(talk)
        a_test(talk)
        made = as_today(talk, self._chosen(wanted, routines))
        return self._made(made.routine, made.phase, deload=made.deload)

    def _chosen(self, wanted: Routine | None, routines: Sequence[Routine]) -> Routine:
        """The routine that was wanted where it is for her, else the one she chooses among those that are."""
        standing = self._memory.standing
        if wanted is not None:
            why_not = refused(wanted, standing)
            if why_not is None:
                return fitted(wanted, standing, self._library)
            self._talk.tell(*said(why_not))
        for_her = offered(routines, standing, self._library)
        plan = proposed(self._talk, routines)
        lines = (*prompts.menu_lines(choices(for_her)), *plan.say)
        prepare_meanwhile(self._studio, self._held.voice, prompts.texts(lines))
        self._studio.listen_for(vocabulary(for_her, today=True))
        return self._talk.choose(for_her, plan)

    def _made(self, routine: Routine, phase: str = "", *, deload: bool = False) -> Made:
        number = emergency_number(self._memory.person)
        return Made(routine=routine, tier=self._memory.standing.tier, phase=phase, deload=deload, emergency=number)
