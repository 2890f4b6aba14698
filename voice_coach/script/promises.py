"""How a week went, in sentences, and the questions of her diary. What was done is told, never what it did to her."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from voice_coach.commands import number_words
from voice_coach.script.words import many, sentence

SAID: Mapping[str, Callable[..., str]] = {
    "feeling.good": lambda: "From nought to ten, how good do you feel right now?",
    "feeling.sure": lambda: "From nought to ten, how sure are you that you can do your day without falling?",
    "feeling.joints": lambda: "Nought is not at all, ten is the worst. How sore are your joints now?",
    "feeling.next_day": lambda: "Think of the day after last time. From nought to ten, how sore were your joints?",
    "promises.week": lambda times, minutes: f"This week: {many(times, 'session')}, {many(minutes, 'minute')}.",
    "promises.nothing": lambda: "This week is still open. A short session is a good beginning.",
    "promises.bone": lambda sets: sentence(f"{many(sets, 'set')} of bone-loading work."),
    "promises.impacts": lambda count: sentence(f"{many(count, 'soft impact')} for your hips."),
    "promises.balance": lambda minutes: sentence(f"{many(minutes, 'minute')} of balance practice."),
    "promises.energy": lambda low, high: f"My estimate is about {number_words(low)} to {number_words(high)} calories.",
    "promises.diary": lambda: "It is all in your diary. Please show it to your doctor or physiotherapist.",
}
