"""`voice-coach plan`: what a session will be, minute by minute."""

from __future__ import annotations

import click

from voice_coach import script
from voice_coach.cli.common import load
from voice_coach.errors import ExitCode
from voice_coach.prompts import dry_run
from voice_coach.routine.model import Hold, OwnPace, Reps
from voice_coach.session import motion
from voice_coach.session.plan import Phase, PlannedSet, make_plan
from voice_coach.session.state import State, World
from voice_coach.transcript import clock


@click.command("plan")
@click.argument("routine")
def command(routine: str) -> int:
    """Print the timeline of ROUTINE (a name or a file). Times hold when nobody interrupts."""
    plan = make_plan(load(routine))
    world, state = World(plan=plan, speech_ms=script.estimated_ms), State()
    at = motion.opening_ms(world)
    click.echo(plan.title)
    block = ""
    for index, segment in enumerate(plan.segments):
        if segment.set.block != block and segment.phase is Phase.PREPARE:
            block = segment.set.block
            click.echo(f"\n{block}")
        if segment.phase is Phase.WORK:
            click.echo(f"  {clock(at)}  {describe(segment.set)}")
        elif segment.phase is Phase.REST:
            click.echo(f"  {clock(at)}    rest {segment.ms // 1000} s")
        at += motion.length(world, state, index)
    whole = max(effect.at for effect in dry_run(plan))
    lasts = motion.minutes(whole)
    click.echo(f"\nAbout {lasts} minute{'' if lasts == 1 else 's'}.")
    return ExitCode.OK


def describe(planned: PlannedSet) -> str:
    """A set in one line: "Chair sit-to-stand, set 1 of 2, 8 reps at 2-1-3 s"."""
    item = planned.item
    parts = [item.exercise.name]
    if planned.rounds > 1:
        parts.append(f"round {planned.round} of {planned.rounds}")
    if planned.of > 1:
        parts.append(f"set {planned.number} of {planned.of}")
    if planned.side:
        parts.append(f"{planned.side.value} side")
    match item.amount:
        case Reps(count=count) if item.tempo:
            tempo = item.tempo
            pace = "-".join(f"{ms / 1000:g}" for ms in (tempo.lift, tempo.hold, tempo.lower))
            parts.append(f"{count} reps at {pace} s")
        case Hold(ms=ms, moving=moving):
            parts.append(f"{'move' if moving else 'hold'} {ms // 1000} s")
        case OwnPace(target=target):
            parts.append(f"{target} reps at her own pace")
    if item.load:
        parts.append(item.load.label or f"{item.load.grams / 1000:g} kg")
    return ", ".join(parts)
