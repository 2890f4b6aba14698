"""What is said around every question: answers repeated, questions asked once more, keys, and how it ends."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from voice_coach.commands import number_words
from voice_coach.script.words import kilos, sentence

RIGHT = "Is that right?"


def _number(number: int) -> str:
    return f"{sentence(number_words(number))}."


def _read_back(number: int) -> str:
    """ "Fifteen, one five. Is that right?": teens and tens are easily taken for each other (EVIDENCE part 6)."""
    return f"{sentence(number_words(number))}, {_one_by_one(str(number))}. {RIGHT}"


def _digits(digits: str) -> str:
    return f"{sentence(_one_by_one(digits, ', '))}. {RIGHT}"


def _range(least: int, most: int) -> str:
    return f"Please tell me a number from {_nought(least)} to {_nought(most)}."


def _nought(number: int) -> str:
    return "nought" if number == 0 else number_words(number)


def _one_by_one(digits: str, between: str = " ") -> str:
    return between.join(number_words(int(digit)) for digit in digits)


SAID: Mapping[str, Callable[..., str]] = {
    # what she said, repeated
    "interview.yes": lambda: "Yes.",
    "interview.no": lambda: "No.",
    "interview.not_sure": lambda: "Not sure. That is a fine answer.",
    "interview.number": _number,
    "interview.read_back": _read_back,
    "interview.digits": _digits,
    "interview.grams": lambda grams: f"{sentence(kilos(grams))}. {RIGHT}",
    "interview.band": lambda band: f"The {band}. {RIGHT}",
    "interview.left_out": lambda: "We leave that one out.",
    # asked once more, with a reason (EVIDENCE part 6: a reason or a landmark, not more volume)
    "interview.again": lambda: "Your answer helps me to choose what suits you. I ask once more.",
    "interview.needed": lambda: "This one keeps you safe. If you do not know, tell me that you are not sure.",
    "interview.range": _range,
    "interview.too_many_digits": lambda: "That was not a number I can take. Tell me the digits one by one.",
    "interview.first": lambda: "This is the first question.",
    # keys, by the kind of the question
    "interview.keys_yes_or_no": lambda: "The keys work too: Y for yes, N for no, U for not sure.",
    "interview.keys_number": lambda: "You can also type the number, then press Enter.",
    "interview.keys_digits": lambda: "You can also type the digits, then press Enter.",
    "interview.keys_load": lambda: "The key U stands for not sure.",
    "interview.keys_only": lambda: "I can no longer hear you. Please answer with the keyboard.",
    "interview.nothing_heard": lambda: (
        "I hear nothing at all. Is the microphone switched off? You can also answer with the keyboard."
    ),
    # help, by the kind of the question
    "interview.help_yes_or_no": lambda: "Answer yes, no, or not sure. With go back you change the answer before.",
    "interview.help_number": lambda: (
        "Answer with a number, or say not sure. With go back you change the answer before."
    ),
    "interview.help_digits": lambda: "Tell me digit by digit, and then say done. Or say not sure.",
    "interview.help_load": lambda: "Tell me the kilos, or the colour of your band. Or say not sure.",
    "interview.paused": lambda: "Take your time. Say resume when you are ready.",
    # before and after sessions
    "interview.welcome": lambda: "Hello. First I tell you what I am.",
    "interview.not_agreed": lambda: "Then we leave it at that. Thank you for listening. Goodbye.",
    "interview.about": lambda: "Now three things that help me. You may leave each of them out.",
    "interview.feelings": lambda: "Before we begin, a word about how you are. You may leave each of them out.",
    "interview.feelings_after": lambda: "And how are you now? You may leave each of them out.",
    "interview.load": lambda name: f"What do you use for this one: {name}?",
    "interview.load.again": lambda: "Then I can tell you when to take more. I ask once more.",
    "interview.load_noted": lambda: "I will remember that.",
    "interview.breathe": lambda: "Shall we breathe quietly together for two minutes?",
    "interview.accepted": lambda: "All right, that is noted.",
    "interview.declined": lambda: "All right, it stays as it is.",
    "interview.until_next": lambda: "Thank you. Until next time.",
    # how it ends
    "interview.kept": lambda: "We leave it here. Your answers are kept.",
    "interview.nobody": lambda: "I hear no answer. What you told me is kept. Until another time, then.",
    "interview.ask_today": lambda: "Or ask me: what shall I do today?",
}
