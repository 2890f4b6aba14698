"""The sheet's parts about training: sessions beside the plan, the dose by kind, progress of each movement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from voice_coach.coaching.phases import EFFORT_CEILING
from voice_coach.coaching.week_kinds import SHAPES, Kind, kind_of_session
from voice_coach.page.diary import Diary
from voice_coach.page.movements import best_words
from voice_coach.page.parts import NONE, Table, day_words, many, minutes, tenth
from voice_coach.page.sheet import OWN_RULE, Part, level
from voice_coach.review.history import histories
from voice_coach.review.past import Stretch, by_week, stretch
from voice_coach.review.promises import promises
from voice_coach.review.streak import spells
from voice_coach.review.work import LOADING_EFFORT
from voice_coach.routine.model import Benefit, BoneSite, Tag
from voice_coach.safety.standing import standing

_BLOCKS = 3  # columns that the period is told in
_MOVEMENTS = 10  # rows, so that the sheet stays at two pages


def adherence(diary: Diary) -> Part:
    """Sessions done beside those that the program's own week has for her level."""
    weeks = _weeks(diary)
    sessions = [one for week in weeks for one in week.sessions]
    done = Counter(kind_of_session(one, ()) for one in sessions)
    asked = Counter(kind for kinds in SHAPES[level(diary)].values() for kind in kinds)
    if Tag.IMPACT.value in standing(diary.person, diary.now).hidden:
        del asked[Kind.IMPACT]  # it waits for its own conditions
    kinds = [kind for kind in Kind if asked[kind] or done[kind]]
    rows = [
        (
            kind.value.capitalize(),
            asked[kind] * len(weeks) if asked[kind] else NONE,
            done[kind],
            tenth(done[kind] / max(1, len(weeks))),
        )
        for kind in kinds
    ]
    whole = sum(one.ended == "completed" for one in sessions)
    twice = sum(len(week.sessions) > 1 for week in weeks)
    words = [
        f"{many(len(sessions), 'session')} in {many(len(weeks), 'week')}, {whole} of them done to their end;"
        f" two or more in {many(twice, 'week')}."
    ]
    if weeks and weeks[0].since > diary.since:
        words.append(f"The first session was in the week of {day_words(weeks[0].since, year=True)}.")
    away = [each for each in spells(diary.person, diary.today) if each.last >= diary.since]
    words += [
        f"Excused, {day_words(max(each.first, diary.since))} to {day_words(each.last)}:"
        f" {each.trouble.value if each.trouble else 'waiting after the health questions'}."
        for each in away[-3:]
    ]
    heads = ("Kind of session", "Planned", "Done", "A week")
    return Part(
        title="Adherence",
        words=words,
        table=Table(caption="Sessions by kind", heads=heads, rows=rows, figures=frozenset({1, 2, 3})),
        small=f"{OWN_RULE}: “planned” is the week that the program offers at this level; nothing is owed.",
    )


def _weeks(diary: Diary) -> tuple[Stretch, ...]:
    """The weeks of the period, from that of her very first session on."""
    first = min((one.began.date() for one in diary.person.sessions), default=diary.since)
    return by_week(diary.person, diary.exercises, max(diary.since, min(first, diary.today)), diary.today)


def dose(diary: Diary) -> Part:
    """What was done a week, of each kind, in blocks of the period."""
    blocks = _blocks(_weeks(diary))
    heads = ["A week, on average", *(f"{day_words(one.since)} to {day_words(one.last)}" for one in blocks)]
    figures = [_figures(diary, one) for one in blocks]
    names = (
        "Sessions",
        "Minutes, pauses left out",
        f"Strength sets at effort {LOADING_EFFORT} or more: hip",
        "– lower spine",
        "– wrist",
        "Landings (impact)",
        "Balance minutes, an estimate",
        "Effort told, 0–10, mean",
    )
    rows = [(name, *(column[index] for column in figures)) for index, name in enumerate(names)]
    ceiling = EFFORT_CEILING[level(diary)]
    return Part(
        title="Dose by kind",
        table=Table(caption="Dose", heads=heads, rows=rows, figures=frozenset(range(1, len(heads)))),
        small=f"{OWN_RULE}: at this level no set is meant to feel harder than {ceiling} of 10; sets at"
        f" {LOADING_EFFORT} or more are counted for the site that the mechanics of the movement load.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Block:
    """Some weeks of the period; `until` belongs to it no more."""

    since: date
    until: date
    weeks: int

    @property
    def last(self) -> date:
        return self.until - timedelta(days=1)


def _blocks(weeks: Sequence[Stretch]) -> list[_Block]:
    size = -(-len(weeks) // _BLOCKS)
    cut = [weeks[start : start + size] for start in range(0, len(weeks), size)]
    return [_Block(since=each[0].since, until=each[-1].until, weeks=len(each)) for each in cut]


def _figures(diary: Diary, block: _Block) -> list[str]:
    whole = stretch(diary.person, diary.exercises, block.since, block.until)
    kept = promises(diary.person, diary.exercises, block.since, block.until)
    count = block.weeks
    sites = [kept.bone[site].sets / count for site in (BoneSite.HIP, BoneSite.LUMBAR_SPINE, BoneSite.WRIST)]
    return [
        tenth(len(whole.sessions) / count),
        str(round(minutes(whole.ms) / count)),
        *map(tenth, sites),
        str(round(kept.bone[BoneSite.HIP].impacts / count)),
        str(round(minutes(whole.balance_ms) / count)),
        tenth(whole.effort),
    ]


def progression(diary: Diary) -> Part | None:
    """The movements of strength that were done most, on the first and the last day of the period."""
    found = {
        name: points
        for name, points in histories(diary.lately).items()
        if name not in diary.exercises or Benefit.STRENGTH in diary.exercises[name].benefits
    }
    if not found:
        return None
    most = sorted(found, key=lambda name: -len(found[name]))[:_MOVEMENTS]
    rows = []
    for name in most:
        points = found[name]
        pain = max((each.pain for each in points if each.pain is not None), default=None)
        effort = next((each.effort for each in reversed(points) if each.effort is not None), None)
        rows.append(
            (
                diary.name(name),
                len(points),
                best_words(points[0].best),
                best_words(points[-1].best),
                NONE if effort is None else effort,
                NONE if pain is None else pain,
            )
        )
    heads = ("Movement", "Days", "First day", "Last day", "Effort", "Pain")
    left = len(found) - len(most)
    return Part(
        title="Progression, best set of the day",
        table=Table(caption="Progression", heads=heads, rows=rows, figures=frozenset({1, 4, 5})),
        small=(f"{many(left, 'other movement')} left out. " if left else "")
        + "Effort: the last told; pain: the worst told; both 0–10.",
    )
