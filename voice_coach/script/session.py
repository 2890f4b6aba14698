"""What is said in a session and in the questions just before it.

A sentence that is said while the session runs must not hold a command word, or the coach could hear itself; the few
that teach a command are listed in `TEACHING`. Advice in distress follows EVIDENCE 1.4 word for word where it can.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from voice_coach.commands import number_words
from voice_coach.script.words import many, seconds, sentence, use
from voice_coach.session.lines import Key

# "How many more could you have done well?" (EVIDENCE 2.3), but "how many more" and "done" are phrases of hers.
_RESERVE = "How many could you still have managed well?"


def _reps_left(reps: int, sets: int) -> str:
    first = sentence(f"{number_words(reps)} more") if reps else "This is the last one"
    return f"{first}, then {many(sets, 'set')}." if sets else f"{first}."


def _sets_left(sets: int) -> str:
    return "The last set." if sets == 1 else sentence(f"{many(sets, 'set')}.")


def _time_left(left: int, sets: int) -> str:
    first = sentence(seconds(left))
    return f"{first}, then {many(sets, 'set')}." if sets else f"{first}."


def _summary(exercises: int, sets: int, minutes: int) -> str:
    if not sets:
        return "That is the end. Today you had a look. Come again whenever you like."
    return (
        f"That is the whole session. You did {many(exercises, 'exercise')}, {many(sets, 'set')}, "
        f"in {many(minutes, 'minute')}. It is all in your log. Have a glass of water."
    )


def _all_done(count: int, time: int, manner: int) -> str:
    """Said of a set that was done as it was asked; what was done, and nothing about the person (EVIDENCE 6)."""
    amount = number_words(count) if count else seconds(time)
    return (f"All {amount}, steady.", sentence(f"{amount}, to the very end."), f"The whole set, all {amount}.")[manner]


def _score(effort: int) -> str:
    """A number between nought and ten, as a sentence begins with it."""
    return sentence(number_words(effort)) if effort else "Nought"


def _effort_noted(effort: int | str, reserve: int) -> str:
    left = f"{('none', 'one', 'two', 'three', 'more than three')[reserve]} left"
    return f"{_score(effort)}, and {left}. Noted." if isinstance(effort, int) else f"{sentence(left)}. Noted."


def _spoken_digits(number: str) -> str:
    """A telephone number digit by digit, in threes."""
    digits = [number_words(int(digit)) for digit in number if digit.isdecimal()]
    return ", ".join(" ".join(digits[start : start + 3]) for start in range(0, len(digits), 3))


def _goodbye(sets: int) -> str:
    kept = f"Your {many(sets, 'set')} {'is' if sets == 1 else 'are'} in the log." if sets else "All is saved."
    return f"All right, we leave it here. {kept}"


SENTENCES: Mapping[Key, Callable[..., str]] = {
    Key.OPENING: lambda title, minutes: f"{title}. About {many(minutes, 'minute')}.",
    Key.ROOM_CHECK: lambda: "Clear floor, shoes on, phone close by. To rest at any time, say pause. Or say stop.",
    Key.SUMMARY: _summary,
    Key.GOODBYE: _goodbye,
    Key.BLOCK: lambda name: f"{name}.",
    Key.EXERCISE: lambda name: f"{name}.",
    Key.LOAD: use,
    Key.SET_OF: lambda number, of: sentence(f"set {number_words(number)} of {number_words(of)}."),
    Key.ROUND_OF: lambda number, of: sentence(f"round {number_words(number)} of {number_words(of)}."),
    Key.TEXT: lambda text: text,
    Key.SUPPORT: lambda: "Keep a hand close to the counter.",
    Key.RUNG: lambda text: f"Like this: {text[:1].lower()}{text[1:]}",
    Key.SIDE: lambda side: f"Your {side} side.",
    Key.OTHER_SIDE: lambda side: f"Now change sides. Your {side} side.",
    Key.REPS: lambda count: sentence(f"{many(count, 'time')}, with my count."),
    Key.HOLD_FOR: lambda count: f"Hold for {seconds(count)}.",
    Key.MOVE_FOR: lambda count: sentence(f"for {seconds(count)}."),
    Key.OWN_PACE: lambda count: f"Do {number_words(count)} at your own pace. Then say done.",
    Key.STARTING_IN: lambda: "We begin in",
    Key.NUMBER: lambda number: number_words(number),
    Key.COUNT_LIFT: lambda number, word: f"{number_words(number)}, {word}",
    Key.HOLD: lambda word: word,
    Key.LOWER: lambda word: f"and {word}",
    Key.THREE_MORE: lambda: "three more",
    Key.LAST_ONE: lambda: "last one",
    Key.BEGIN: lambda: "Off we go.",
    Key.HALF_WAY: lambda left: f"Half way. {sentence(seconds(left))} left.",
    Key.SECONDS_LEFT: lambda left: sentence(f"{seconds(left)}."),
    Key.MINUTES_LEFT: lambda left: sentence(f"{many(left, 'minute')} left."),
    Key.STILL_COUNTING: lambda: "Take your time. When the set is over, say done.",
    Key.REST: lambda count: f"Rest for {seconds(count)}.",
    Key.ALL_DONE: _all_done,
    Key.ASK_REPS: lambda: "What number did you get to?",
    Key.ASK_EFFORT: lambda: "How hard was that, from nought to ten?",
    Key.ASK_RESERVE: lambda: _RESERVE,
    Key.NEXT_SET: lambda number, of: f"Next comes set {number_words(number)} of {number_words(of)}.",
    Key.NEXT_SIDE: lambda side: f"Next comes your {side} side.",
    Key.NEXT_EXERCISE: lambda name: f"After this: {name}.",
    Key.NEXT_END: lambda: "After this, the session is complete.",
    Key.REPS_NOTED: lambda count: sentence(f"{number_words(count)}, noted."),
    Key.EFFORT_HEARD: lambda effort: f"{_score(effort)}. {_RESERVE}",
    Key.EFFORT_NOTED: _effort_noted,
    Key.REPS_LEFT: _reps_left,
    Key.SETS_LEFT: _sets_left,
    Key.TIME_LEFT: _time_left,
    Key.SESSION_LEFT: lambda minutes: f"About {many(minutes, 'minute')}.",
    Key.EASIER: lambda text: f"Gentler now. {text}",
    Key.HARDER: lambda text: f"One step up. {text}",
    Key.AS_WRITTEN: lambda: "The standard way again.",
    Key.REPS_NOW: lambda count: f"From now on, {number_words(count)} in a set.",
    Key.SECONDS_NOW: lambda count: f"From now on, {seconds(count)}.",
    Key.EASIEST: lambda: "This is the gentlest form. You can skip it.",
    Key.HARDEST: lambda: "That is the top step for today.",
    Key.SLOWER: lambda: "A calmer count.",
    Key.FASTER: lambda: "A little quicker.",
    Key.SLOWEST: lambda: "This is my slowest count.",
    Key.FASTEST: lambda: "This is the quickest that is good for you.",
    Key.LOUDER: lambda: "Like this.",
    Key.QUIETER: lambda: "Like this.",
    Key.MORE_REST: lambda added: sentence(f"{seconds(added)} longer."),
    Key.ENOUGH_REST: lambda: "That was a long rest. Say pause if you want to stay seated.",
    Key.SKIPPED: lambda: "Leaving that out.",
    Key.GOING_BACK: lambda: "Once again, from the top.",
    Key.FIRST_ALREADY: lambda: "This is where we began.",
    Key.NOT_NOW: lambda: "Not now.",
    Key.HELP_PREPARE: lambda: "You can say: repeat, easier, skip, go back, pause, or help me.",
    Key.HELP_WORK: lambda: "You can say: pause, easier, slower, done, or help me.",
    Key.HELP_REST: lambda: "You can say: skip, more rest, what's next, pause, or help me.",
    Key.HELP_PAUSED: lambda: "You can say: resume, easier, skip, end session, or help me.",
    Key.MISSED: lambda: "I did not catch that. For a break, press the space bar.",
    Key.MISSED_WAITING: lambda: "I did not catch that. Press the space bar, and we take it up again.",
    Key.NAME_ONLY: lambda: "Good. Now I answer only when you call me coach.",
    Key.NAME_OR_NOT: lambda: "Good. Now you need not call me first.",
    Key.PAUSED: lambda: "Paused. When you want to go on, say resume.",
    Key.STILL_PAUSED: lambda: "I am waiting. Say resume, or end session.",
    Key.DEVICE_LOST: lambda what: f"I have lost the {what}, so I am waiting. Press space to go on with keys.",
    Key.DEVICE_BACK: lambda what: f"The {what} is back.",
    Key.HELD_UP: lambda: "Something held me up.",
    Key.NOTHING_HEARD: lambda: "I hear nothing at all. Is the microphone switched off? Press space to go on with keys.",
    Key.NOT_LISTENED: lambda: "I could not hear you for a moment.",
    Key.KEYS_ONLY: lambda: "I can no longer hear you. Please take the keyboard, and press space to go on.",
    Key.ASK_END: lambda: "I have stopped. Do you want to end here? Say yes, or resume.",
    Key.RESUMING: lambda: "All right then.",  # nothing that sounds like "go on"
    Key.STAY_PAUSED: lambda: "All right. When you want to go on, say resume.",
    Key.ADVICE_PAIN: lambda: (
        "Rest now and get comfortable, lying down if that eases it. Please do not lift or bend. "
        "Sudden or sharp pain, or pain in your back, should be checked by your doctor today or tomorrow. "
        "If your legs lose feeling or strength, call for help."
    ),
    Key.ADVICE_DIZZY: lambda: (
        "Sit down, feet flat. Breathe slowly. If it has not passed in a few minutes, or you feel any tightness or "
        "pressure, get medical help. We will finish here today."
    ),
    Key.ADVICE_EMERGENCY: lambda: (
        "Stop now. Sit down. This needs urgent help. Please call your emergency number, or ask someone to call. "
        "I cannot call for you. Do not carry on today."
    ),
    Key.ADVICE_FALL: lambda: (
        "Stay still a moment. Are you hurt? If you hit your head, have strong pain or cannot stand, call for help. "
        "If not, roll to your side, come to a chair, take your time. Your session is saved. "
        "Tell your doctor about the fall."
    ),
    Key.ADVICE_BREATH: lambda: (
        "Let us stop and rest. Sit down. If it does not settle in a few minutes, get medical help. "
        "I cannot call for you."
    ),
    Key.YOUR_NUMBER: lambda number: f"Your number is {_spoken_digits(number)}.",
    Key.GETTING_HELP: lambda: "Are you getting help?",
    Key.HELP_COMING: lambda: "Good. Stay seated and rest until somebody is with you.",
    Key.ASK_WHERE: lambda: "Is it your back, your chest, or a joint?",
    Key.ASK_STRENGTH: lambda: "From nought to ten, how strong is it?",
    Key.PAIN_LEFT_OUT: lambda: "That movement is over for today. Please rest. When you want to go on, say resume.",
    Key.PAIN_EASIER: lambda text: (
        f"From here on, a gentler form. {text or 'The standard way.'} When you want to go on, say resume."
    ),
    Key.PAIN_RESTING: lambda: "Noted. Rest as long as you like. When you want to go on, say resume.",
    Key.FALSE_ALARM_HINT: lambda: "Please rest. If I misheard you, say false alarm.",
    Key.ALARM_CLEARED: lambda: "Good. When you want to go on, say resume. To end here, say end session.",
    Key.KEEPING: lambda: "Today I keep a recording of all that the microphone hears.",
    Key.CHECK_ASK: lambda: "First a short check. Say pause when you hear me.",
    Key.CHECK_AGAIN: lambda: "Nothing reached me yet. Please come nearer, and say pause once more.",
    Key.CHECK_HEARD: lambda: "Thank you. I hear you.",
    Key.CHECK_KEYS: lambda: (  # not "I cannot hear you", which is one of her phrases
        "No word has reached me. The microphone may be off. For a break, press the space bar."
    ),
    Key.GREETING: lambda: "Hello. I am your exercise guide.",
    Key.MENU_INTRO: lambda: "These are your routines.",
    Key.MENU_ITEM: lambda number, title: sentence(f"{number_words(number)}: {title}."),
    Key.MENU_ASK: lambda: "Which one would you like today?",
    Key.CONFIRM: lambda title, minutes: f"{title}, about {many(minutes, 'minute')}. Shall we begin? Yes, or no.",
    Key.MENU_AGAIN: lambda: "Please say the name, or its number.",
    Key.MENU_KEYS: lambda: "You can also press the number on the keyboard.",
    Key.MENU_BYE: lambda: "Until another time, then.",
}

# Said only while the session stands still, or to teach the very word: these may hold command words.
TEACHING = frozenset(
    {
        Key.CHECK_ASK, Key.CHECK_AGAIN, Key.ROOM_CHECK, Key.OWN_PACE, Key.STILL_COUNTING, Key.EASIEST, Key.ENOUGH_REST,
        Key.HELP_PREPARE, Key.HELP_WORK, Key.HELP_REST, Key.HELP_PAUSED,
        Key.PAUSED, Key.STILL_PAUSED, Key.ASK_END, Key.STAY_PAUSED, Key.DEVICE_LOST, Key.NOTHING_HEARD, Key.KEYS_ONLY,
        Key.ADVICE_PAIN, Key.ADVICE_DIZZY, Key.ADVICE_EMERGENCY, Key.ADVICE_FALL, Key.ADVICE_BREATH,
        Key.GETTING_HELP, Key.ASK_WHERE, Key.FALSE_ALARM_HINT, Key.ALARM_CLEARED,
        Key.PAIN_LEFT_OUT, Key.PAIN_EASIER, Key.PAIN_RESTING,
    }
)  # fmt: skip
