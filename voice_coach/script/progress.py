"""What is said of progress: facts of what was done, a question that leaves the choice, and what comes next.

Wording goes by how many sessions there were (`turn`), never by chance. Every movement is called by its name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from voice_coach.commands import number_words
from voice_coach.script.words import kilos

_IMPACT = (
    "soft heel drops",
    "firmer heel drops",
    "firm stomps, one foot at a time",
    "one set of small jumps",
    "two sets of small jumps",
    "three sets of small jumps",
    "four sets of small jumps",
    "five sets of small jumps",
    "small jumps with only your fingertips on the counter",
    "small jumps with your hands hovering over the counter",
    "small jumps a little forward, back and sideways",
)


def _in_turn(turn: int, *wordings: str) -> str:
    return wordings[turn % len(wordings)]


def _held(grams: int, label: str) -> str:
    return f"your {label}" if label else kilos(grams)


def _inside(words: str) -> str:
    """A sentence of the ladder as part of another one."""
    return words[:1].lower() + words[1:]


def _went_well(name: str, turn: int) -> str:
    name = name.lower()
    return _in_turn(
        turn,
        f"You did every {name}, with more to spare.",
        f"By your answers, there is more in your {name} now.",
        f"The whole {name} is behind you, and it left you some strength.",
    )


def _had_more(name: str, turn: int) -> str:
    name = name.lower()
    return _in_turn(
        turn,
        f"You have held more in the {name} before, and today went well.",
        f"Before your break the {name} was heavier, and you had some to spare.",
    )


def _ask_load(grams: int, label: str, turn: int) -> str:
    held = _held(grams, label)
    return _in_turn(
        turn,
        f"Would you like to use {held} next time? Yes, or no.",
        f"Next time it could be {held}. Would you like that? Yes, or no.",
    )


def _ask_reps(count: int, turn: int) -> str:
    reps = number_words(count)
    return _in_turn(
        turn,
        f"Would you like to do {reps} of them next time? Yes, or no.",
        f"Next time it could be {reps} of them. Would you like that? Yes, or no.",
    )


def _ask_rung(words: str, turn: int) -> str:
    return _in_turn(
        turn,
        f"The next one is: {_inside(words)} Would you like to try it next time? Yes, or no.",
        f"After this it could be like so: {_inside(words)} Would you like that? Yes, or no.",
    )


def _impact(step: int) -> str:
    return _IMPACT[step - 1]


SAID: Mapping[str, Callable[..., str]] = {
    # what went before
    "progress.went_well": _went_well,
    "progress.had_more": _had_more,
    "progress.steady": lambda name, turn: _in_turn(
        turn,
        f"You did the {name.lower()} to the end on two days.",
        f"Two days with the whole {name.lower()} are behind you.",
    ),
    "progress.impact_went_well": lambda: "A good week with this lies behind you.",
    "progress.impact_ready": lambda: "Weeks of strength work lie behind you now.",
    # what could come
    "progress.ask_load": _ask_load,
    "progress.ask_reps": _ask_reps,
    "progress.ask_rung": _ask_rung,
    "progress.ask_written": lambda name, turn: f"Would you like the plain {name.lower()} next time? Yes, or no.",
    "progress.ask_steady": lambda words, turn: (
        f"Perhaps you were steady without a touch. Then the next one is: {_inside(words)} "
        "Would you like that? Yes, or no."
    ),
    "progress.ask_steady_written": lambda name, turn: (
        f"Were you steady without a touch, and would you like the plain {name.lower()} next? Yes, or no."
    ),
    "progress.ask_impact": lambda step, turn: f"Would you like to try {_impact(step)} next time? Yes, or no.",
    "progress.now_load": lambda grams, label: f"Good. Next time it is {_held(grams, label)}.",
    "progress.now_reps": lambda count: f"Good. Next time it is {number_words(count)} of them.",
    "progress.now_rung": lambda words: f"Good. Next time: {_inside(words)}",
    "progress.now_written": lambda name: f"Good. Next time it is the plain {name.lower()}.",
    "progress.impact_next": lambda step: f"Good. Next time: {_impact(step)}.",
    # what is taken back
    "progress.very_hard": lambda name: f"The {name.lower()} was very hard today.",
    "progress.none_left": lambda name: f"You gave all you had in the {name.lower()}.",
    "progress.hurt": lambda name: f"The {name.lower()} was not comfortable for you.",
    "progress.missed": lambda name: f"The {name.lower()} was a little too much, two times in a row.",
    "progress.above": lambda name: f"The {name.lower()} took more effort than we want, two times in a row.",
    "progress.now_lighter": lambda grams, label: f"Next time we take {_held(grams, label)}, and one set less.",
    "progress.now_easier": lambda words: f"Next time, with one set less: {_inside(words)}",
    "progress.back_to_written": lambda: "Next time it is the plain movement again, with one set less.",
    "progress.now_fewer": lambda: "Next time there is one set less.",
    "progress.impact_hurt": lambda: "Something was sore around the heel drops or jumps.",
    "progress.impact_back": lambda: "We stay one step lower for two weeks.",
    # why it stays as it is
    "progress.learning": lambda name: f"These weeks are for learning the {name.lower()} well.",
    "progress.light_day": lambda name: f"Today was a light day for the {name.lower()}.",
    "progress.not_answered": lambda name: f"I have no answer about the {name.lower()}, so it stays as it is.",
    "progress.hard_enough": lambda name: f"The {name.lower()} is hard enough, so it stays as it is.",
    "progress.all_first": lambda name: f"The {name.lower()} stays as it is for now.",
    "progress.once_more": lambda name: f"Once more like today, and the {name.lower()} can grow.",
    "progress.at_the_top": lambda name: f"The {name.lower()} stays as it is. That keeps what you have.",
    "progress.not_today": lambda: "Today everything stays as it is.",
    "progress.not_this_one": lambda: "This movement stays light for now.",
    "progress.as_you_said": lambda: "As you said, this one stays as it is for now.",
    # before a session
    "progress.welcome_back": lambda: "Welcome back. Muscles remember. We start a little lighter today.",
    "progress.welcome_back_to_learn": lambda: "Welcome back. Muscles remember. We start light, and learn it again.",
    "progress.lighter_week": lambda: "This is a lighter week. Half the sets, the same weights.",
    "progress.eased": lambda: "Something was sore, so today is a little lighter.",
    # why today differs from the written routine
    "progress.why_agreed": lambda: "This is what you told me, or said yes to.",
    "progress.why_learn": lambda: "In the first two weeks you learn the movements, one set of each.",
    "progress.why_foundation": lambda: "In these weeks you lay a foundation, two sets of each.",
    "progress.why_build": lambda: "In these weeks you build strength, with longer rests.",
    "progress.why_load": lambda: "In these weeks the big movements are heavier and fewer.",
    "progress.why_careful": lambda: "You train at a careful level, with plenty to spare.",
    "progress.why_gap": lambda: "After some days away we begin a little lighter.",
    "progress.why_deload": lambda: "Every sixth week is a lighter one.",
    "progress.why_fewer": lambda: "Last time was a lot, so there is one set less.",
    "progress.why_eased": lambda: "Something was sore, so this begins lighter.",
    "progress.why_asks": lambda: "After the last set I ask how it was.",
    "progress.why_impact": lambda: "Small impacts grow one step at a time.",
    "progress.why_no_impact": lambda: "There are no small impacts for you today.",
}
