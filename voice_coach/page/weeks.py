"""The weeks: at a glance, as a calendar, and what they add up to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from voice_coach.page.charts import Bar, Mark, Panel, bars, lines
from voice_coach.page.diary import Diary
from voice_coach.page.html import Html, tag
from voice_coach.page.parts import Table, day_words, figure, many, minutes, paragraph, section, tenth, times
from voice_coach.review.calendar import Day, calendar
from voice_coach.review.past import Stretch, by_week, weeks_back
from voice_coach.review.streak import streak

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_FEW = 4  # weeks
_PAINS = 50  # rows of a table; the chart has all of them
_CLASSES = ("trained", "trouble", "spared", "today")


def glance(diary: Diary) -> Html:
    """A few figures in large type."""
    weeks = _weeks(diary)
    row = streak(diary.person, diary.today)
    tiles = [
        ("This week", many(len(weeks[-1].sessions), "session"), f"{minutes(weeks[-1].ms)} minutes"),
        ("Balance this week", many(minutes(weeks[-1].balance_ms), "minute"), "an estimate"),
        (f"Last {diary.weeks} weeks", many(sum(len(one.sessions) for one in weeks), "session"), ""),
        ("Weeks in a row", f"{row.weeks:,}", f"with {row.goal} sessions or more"),
    ]
    return tag(
        "dl",
        (tag("div", tag("dt", name), tag("dd", tag("b", value), tag("span", more))) for name, value, more in tiles),
        class_="tiles",
    )


def the_weeks(diary: Diary) -> Html:
    """The calendar, and bars for each week."""
    weeks = _weeks(diary)
    return section(
        "weeks",
        "Week by week",
        paragraph("Each row is a week. Days of illness, or of waiting for a doctor’s yes, never count against you."),
        tag(
            "div",
            _calendar(diary),
            tag(
                "div",
                _bars(weeks, "minutes", "Minutes of training", lambda one: minutes(one.ms)),
                _bars(weeks, "balance", "Minutes of balance work, an estimate", lambda one: minutes(one.balance_ms)),
            ),
            class_="beside",
        ),
        tag("div", _effort(weeks), _pain(diary, weeks), class_="charts"),
    )


def _weeks(diary: Diary) -> tuple[Stretch, ...]:
    return by_week(diary.person, diary.exercises, _first(diary), diary.today)


def _first(diary: Diary) -> date:
    """The first day that is shown: of a young log no more weeks than it has, but a few."""
    begun = min((one.began.date() for one in diary.person.sessions), default=diary.today)
    return max(diary.since, min(begun, weeks_back(diary.today, _FEW)))


def _calendar(diary: Diary) -> Html:
    weeks = calendar(diary.person, _first(diary), diary.today)
    heads = [tag("th", "Week", scope="col"), *(tag("th", name, scope="col") for name in _DAYS)]
    rows = (
        tag("tr", tag("th", day_words(week[0].date), scope="row"), [_day(diary, day) for day in week]) for week in weeks
    )
    body = (tag("caption", "Calendar of the last weeks"), tag("thead", tag("tr", heads)), tag("tbody", rows))
    keys = (("●", "trained"), ("◆", "something happened"), ("~", "ill, or waiting for a doctor’s yes"))
    legend = (tag("li", tag("span", sign, aria_hidden="true"), words) for sign, words in keys)
    return tag("div", tag("table", *body, class_="calendar"), tag("ul", legend, class_="legend"))


def _day(diary: Diary, day: Day) -> Html:
    """A sign for the eye, words for the ear. What is still to come is left empty."""
    if day.date > diary.today and not day.routines:
        return tag("td", tag("small", str(day.date.day)))
    done = [f"{diary.title(routine)}" for routine in day.routines]
    told = [
        *([f"{', '.join(done)}: {many(minutes(day.ms), 'minute')}"] if done else []),
        *(trouble.value for trouble in day.troubles),
        *(["ill or waiting"] if day.spared else []),
    ]
    signs = "".join(("●" * bool(done), "◆" * bool(day.troubles), "~" * (day.spared and not day.troubles)))
    marks = (bool(done), bool(day.troubles), day.spared, day.date == diary.today)
    classes = " ".join(name for name, is_so in zip(_CLASSES, marks, strict=True) if is_so)
    return tag(
        "td",
        tag("small", str(day.date.day)),
        tag("span", signs, aria_hidden="true", class_="sign") if signs else None,
        tag("span", "; ".join(told), class_="heard") if told else None,
        class_=classes or None,
        title="; ".join(told) or None,
    )


def _bars(weeks: Sequence[Stretch], name: str, title: str, value: Callable[[Stretch], int]) -> Html:
    values = [value(one) for one in weeks]
    row = [
        Bar(label=day_words(one.since), value=each, shown=f"{each}") for one, each in zip(weeks, values, strict=True)
    ]
    rows = [(day_words(one.since, year=True), each) for one, each in zip(weeks, values, strict=True)]
    same = Table(caption=title, heads=("Week of", "Minutes"), rows=rows, figures=frozenset({1}))
    words = _spread(values)
    return figure(bars(name, f"{title}, week by week", words, row), f"{title}, week by week", same, words)


def _spread(values: Sequence[int]) -> str:
    """What a row of bars says, in words."""
    if not any(values):
        return "Nothing in these weeks."
    return f"From {min(values)} to {max(values)} minutes a week, {round(sum(values) / len(values))} on average."


def _effort(weeks: Sequence[Stretch]) -> Html | None:
    told = [(one, one.effort) for one in weeks if one.effort is not None]
    if not told:
        return None
    title = "How hard it felt, from 0 to 10"
    marks = [Mark(day=one.since, value=effort) for one, effort in told]
    least, most = (tenth(of(mark.value for mark in marks)) for of in (min, max))
    words = f"Between {least} and {most}, on average of each week."
    rows = [(day_words(one.since, year=True), tenth(one.effort), len(one.efforts)) for one in weeks]
    same = Table(caption=title, heads=("Week of", "On average", "Answers"), rows=rows, figures=frozenset({1, 2}))
    panel = Panel(label="average of the week", series=[marks], least=0, most=10)
    return figure(lines("effort", title, words, weeks[0].since, weeks[-1].since, [panel]), title, same)


def _pain(diary: Diary, weeks: Sequence[Stretch]) -> Html:
    """Pain after a movement, as it was told; the strongest of each week."""
    title = "Strongest pain told after a movement, from 0 to 10"
    pains = [pain for one in weeks for pain in one.pains]
    if not pains:
        return tag(
            "figure", tag("figcaption", tag("strong", title), tag("span", "You told of no pain in these weeks."))
        )
    worst = [max((pain.level for pain in one.pains), default=0) for one in weeks]
    row = [Bar(label=day_words(one.since), value=each, shown=f"{each}") for one, each in zip(weeks, worst, strict=True)]
    rows = [(day_words(each.day, year=True), diary.name(each.exercise), each.level) for each in pains[-_PAINS:]]
    same = Table(caption="Pain that was told", heads=("Day", "Movement", "Level"), rows=rows, figures=frozenset({2}))
    words = f"Told {times(len(pains))}, at most {max(worst)} of 10."
    return figure(bars("pain", title, words, row, most=10), title, same)
