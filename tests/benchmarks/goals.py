"""What of the two measures has a goal, as figures for the table of all benchmarks."""

from __future__ import annotations

import math
from collections.abc import Sequence

from tests.benchmarks.barged import SILENT, WITH, Barged
from tests.benchmarks.figure import Figure
from tests.benchmarks.own_words import OwnWords
from tests.benchmarks.report import Report

GOALS = {"Speech Commands": 90.0, "AN4": 98.0}  # percent heard
ALL_GOAL = 90.0
FOREIGN_GOAL, TALK_GOAL, CORE_GOAL = 2.0, 1.0, 5.0
MEDIAN_GOAL_MS, P95_GOAL_MS = 250.0, 400.0
KEPT_GOAL = 95.0  # percent of what is heard with a silent coach


def hearing_figures(found: Report, *, real: bool) -> list[Figure]:
    """What has a goal, as figures. What is obeyed and was not said has a goal only where the recordings are real."""
    corpora = found.commands_by["corpus"]
    heard = {name: each.right for name, each in corpora.items() if name in GOALS} or {"all": found.commands.right}

    def figure(name: str, value: float, unit: str, goal: float | None, how: str, *, higher: bool = False) -> Figure:
        return Figure(
            name=name,
            values=(value,),
            unit=unit,
            goal=goal,
            better="higher" if higher else "lower",
            digits=1,
            how=f"{found.who}; {how}",
        )

    latency = "from the end of the word by its energy"
    shown = [
        *(
            figure(
                f"commands heard, {name}", each.percent, "%", GOALS.get(name, ALL_GOAL), f"{each.of} clips", higher=True
            )
            for name, each in heard.items()
        ),
        figure(
            "foreign words obeyed",
            found.foreign.percent,
            "%",
            FOREIGN_GOAL if real else None,
            f"{found.foreign.of} clips",
        ),
        figure(
            "false commands", found.talk.rate, "an hour", TALK_GOAL if real else None, f"{found.talk.minutes:.1f} min"
        ),
        figure("word to command, median", found.latency_ms["median"], "ms", MEDIAN_GOAL_MS, latency),
        figure("word to command, 95th percentile", found.latency_ms["p95"], "ms", P95_GOAL_MS, latency),
        figure("share of a core", found.core_percent, "%", CORE_GOAL, "processor time"),
    ]
    return [each for each in shown if math.isfinite(each.value)]


def barge_in_figures(found: Barged, alone: Sequence[OwnWords], *, real: bool) -> list[Figure]:
    """What has a goal, as figures; for made clips only whether the words are heard with a silent coach."""
    rows = [row for row in found.rows if row.what == "human words"]
    return [
        *(
            Figure(
                name="heard while the coach is silent",
                values=(row.right.percent,),
                unit="%",
                goal=ALL_GOAL,
                better="higher",
                digits=1,
                how=f"{row.who}, {row.right.of} words",
            )
            for row in rows
            if row.condition == SILENT
        ),
        *(
            Figure(
                name=f"heard under the coach's voice, {row.condition}",
                values=(row.kept.percent if row.kept.of else 0.0,),
                unit="% of silence",
                goal=KEPT_GOAL if real and row.condition == WITH else None,
                better="higher",
                digits=1,
                how=f"{row.who}, person 10 dB softer at the microphone; {row.kept.of} of {row.right.of} words heard "
                "when the coach is silent",
            )
            for row in rows
            if row.condition != SILENT
        ),
        *(
            Figure(
                name=f"own prompts obeyed, {own.condition}",
                values=(float(len(own.triggered)),),
                unit="commands",
                goal=0.0 if real and own.condition == WITH else None,
                how=f"{own.who}, {own.prompts} prompts in {own.rooms} rooms",
            )
            for own in alone
        ),
    ]
