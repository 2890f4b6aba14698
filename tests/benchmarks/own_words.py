"""What the coach takes for a command in its own voice: prompts played alone, through every room."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from tests.benchmarks.barged import WITH, WITHOUT, Setting, coach_gain, microphone
from tests.benchmarks.coaching import Coach, Timed, played, prompts_say, run
from tests.benchmarks.conditions import Clips
from tests.benchmarks.double_talk import as_matches
from voice_coach import prompts, script
from voice_coach.audio.clip import Pcm
from voice_coach.commands import Match
from voice_coach.routine.model import Ms, Routine
from voice_coach.session.events import Effect, Say
from voice_coach.session.plan import make_plan

PIECE = 200  # prompts in one run


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """A prompt that was obeyed."""

    room: str
    prompt: str
    phrase: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWords:
    """How many prompts were played in how many rooms, and what they triggered."""

    who: str
    condition: str
    prompts: int
    rooms: int
    minutes: float
    triggered: tuple[Own, ...]


def texts_of(routines: Iterable[Routine], *, every: bool) -> list[str]:
    """What is said in sessions that nobody interrupts; or every sentence there may be, all answers included."""
    found: dict[str, None] = {}
    for routine in routines:
        plan = make_plan(routine)
        way = [effect.line for effect in prompts.dry_run(plan) if isinstance(effect, Say)]
        found |= dict.fromkeys(prompts.texts(prompts.lines_for(plan) if every else way))
    return list(found)


def own_words(
    texts: Sequence[str], rooms: Clips, voice: Timed, setting: Setting, tell: Callable[[str], None]
) -> list[OwnWords]:
    """Every text in every room, with and without canceller; the plain loop without."""
    found: dict[tuple[str, str], list[Own]] = {}
    minutes = 0.0
    for at in range(0, len(texts), PIECE):
        says, ends = prompts_say(texts[at : at + PIECE], voice)
        minutes += ends / 60_000
        for entry, response in rooms:
            name = entry.transcript or entry.name
            for who, condition, obeyed in _heard(says, ends, response, voice, setting):
                mine = found.setdefault((who, condition), [])
                mine += [Own(room=name, prompt=_prompt(says, when), phrase=match.phrase) for when, match in obeyed]
            tell(f"{name}: {len(texts[at : at + PIECE])} prompts")
    return [
        OwnWords(
            who=who,
            condition=condition,
            prompts=len(texts),
            rooms=len(rooms),
            minutes=minutes * len(rooms),
            triggered=tuple(own),
        )
        for (who, condition), own in found.items()
    ]


def _heard(
    says: Sequence[Effect], ends: Ms, response: Pcm, voice: Timed, setting: Setting
) -> Iterator[tuple[str, str, list[tuple[int, Match]]]]:
    sound = played(Coach(says, ends), voice)
    gain = coach_gain(sound, response)
    for condition in (WITH, WITHOUT):
        ears = setting.engine.ears(setting.words)
        room = setting.room(response, gain)
        obeyed = run(Coach(says, ends), room, voice, ears, setting.canceller(condition, room), setting.words)
        ears.close()
        yield f"voice-coach, {setting.engine.label}", condition, as_matches(obeyed)
    if (loop := setting.plain_loop()) is not None:
        accepted = loop.hear(microphone(setting.room(response, gain), sound)).accepted
        yield loop.who, WITHOUT, [(each.start_ms, each.match) for each in accepted]


def _prompt(says: Sequence[Effect], at: Ms) -> str:
    """The sentence that had begun last."""
    begun = [script.text(effect.line) for effect in says if isinstance(effect, Say) and effect.at <= at]
    return begun[-1] if begun else ""
