"""What is said in the tests of progress: how they are done safely, what was counted, and what that does not mean.

Nothing here says how likely a fall or a fracture is, and no value is called good or safe (EVIDENCE 7). The CDC's tables
are named as such; that it endorses nothing here is shown beside every figure on the screen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from voice_coach.commands import number_words
from voice_coach.script.words import many, seconds, sentence

_ORDER = {1: "first", 2: "second", 3: "third"}
_MISTAKEN = frozenset({*range(13, 20), 30, 40, 50})  # "fifteen" is easily taken for "fifty" (EVIDENCE 6)


def _read_back(count: int) -> str:
    """The number, and its digits where it can be mistaken for another: "Fifteen, one five." """
    words = number_words(count)
    if count in _MISTAKEN:
        words += ", " + " ".join(number_words(int(digit)) for digit in str(count))
    return sentence(words)


SAID: Mapping[str, Callable[..., str]] = {
    # asked and answered
    "measures.offer_chair_stand": lambda: "Would you like to count your stands from a chair today? Yes, or no.",
    "measures.offer_four_stage": lambda: "Would you like to see how you stand in four positions today? Yes, or no.",
    "measures.offer_one_leg": lambda: "Would you like to see how long you stand on one leg today? Yes, or no.",
    "measures.ready": lambda: "Are you ready? Say yes, and I count you in.",
    "measures.ready_second": lambda: "For the second try say yes. For another day say no.",
    "measures.again.ready": lambda: "There is no hurry. Say yes when you are ready.",
    "measures.again.yes_no": lambda: "Please say yes, or no.",
    "measures.again.number": lambda: "Please say just the number.",
    "measures.keys": lambda: "On the keyboard, y is yes, and n is no.",
    "measures.right": lambda count: f"{_read_back(count)}. Is that right?",
    "measures.noted": lambda count: f"{_read_back(count)}, noted.",
    "measures.void": lambda: "That one does not count. Would you like to try it once more? Yes, or no.",
    "measures.lost_count": lambda: "Then we leave this one out. Would you like to try it once more? Yes, or no.",
    "measures.wrong": lambda: "If anything feels wrong, sit down and say stop.",
    "measures.another_day": lambda: "All right, another day.",
    "measures.bye": lambda: "All right, we leave it here.",
    "measures.end": lambda: "That is all for this one. Thank you.",
    "measures.time": lambda: "Time.",
    # the chair stand
    "measures.chair.what": lambda: "We count how often you stand up in thirty seconds.",
    "measures.chair.safe": lambda: "Put a firm chair against a wall, so that it cannot slide.",
    "measures.chair.seat": lambda: "Sit in the middle of it, feet flat, arms crossed on your chest.",
    "measures.chair.how": lambda: "Stand up fully and sit down, as often as you can at a pace that feels safe.",
    "measures.chair.half": lambda: "If you are more than half way up at the end, that one counts.",
    "measures.chair.hands": lambda: "If you need your hands, use them, and tell me afterwards.",
    "measures.chair.count": lambda: "Count for yourself, or press the space bar each time you stand.",
    "measures.chair.begin": lambda: "Up you come.",
    "measures.chair.rest": lambda: "Sit down and rest.",
    "measures.chair.how_many": lambda: "How many times did you stand up?",
    "measures.chair.tapped": lambda count: f"You pressed {many(count, 'time')}. Is that the right number?",
    "measures.chair.hands_used": lambda: "Did you use your hands to push?",
    "measures.chair.second": lambda: "A second try makes a fairer start. Rest for a minute or two first.",
    "measures.chair.result": lambda count: f"Your number today is {number_words(count)}.",
    # standing still
    "measures.stance.safe": lambda: "Stand at the kitchen counter, with a wall or a corner behind you.",
    "measures.stance.shoes": lambda: "Wear your usual shoes, and keep your eyes open.",
    "measures.stance.how": lambda: "Find the position with a hand on the counter, then let the hand hover above it.",
    "measures.stance.done": lambda: "When you touch the counter or move a foot, say done, or press a key.",
    "measures.stance.begin": lambda: "Let go.",
    "measures.stance.was": lambda count: f"That was {seconds(count)}. Hand on the counter.",
    "measures.four.what": lambda: "We look at four ways of standing, ten seconds each.",
    "measures.four.together": lambda: "The first: feet side by side, touching.",
    "measures.four.instep": lambda: "The second: one foot half a step forward, its inner side at the other big toe.",
    "measures.four.tandem": lambda: "The third: one foot right in front of the other, heel against toes.",
    "measures.four.one_leg": lambda: "The last: one foot off the floor.",
    "measures.four.held": lambda: "Ten seconds. Hand on the counter.",
    "measures.four.result": lambda count: sentence(f"{number_words(count)} of the four positions, ten seconds each."),
    "measures.one.what": lambda: "We see how long you stand on one leg, forty five seconds at most.",
    "measures.one.tries": lambda: "You have three tries on each leg, and the longest counts.",
    "measures.one.leg": lambda side, number: f"Stand on your {side} leg. The {_ORDER[number]} try.",
    "measures.one.rest": lambda: "Rest for as long as you like.",
    "measures.one.result": lambda side, count: f"Your {side} leg today: {seconds(count)}.",
    # beside her own earlier values
    "measures.start": lambda: "That is your starting point. Later ones are compared with it.",
    "measures.same": lambda: "The same as when you began.",
    "measures.chance": lambda first: f"You began with {number_words(first)}. A difference like that can be chance.",
    "measures.up": lambda first, value: f"Since you began it rose from {number_words(first)} to {number_words(value)}.",
    "measures.down": lambda first, value: (
        f"Since you began it went from {number_words(first)} to {number_words(value)}. That has many possible causes."
    ),
    "measures.show": lambda: "Please show it to your doctor or physiotherapist.",
    # beside published lines
    "measures.line.is": lambda count: f"For your age, the line in the tables of the C D C is {number_words(count)}.",
    "measures.line.under": lambda: "Today's number is under that line.",
    "measures.line.over": lambda: "It is one number on one day, and no promise.",
    "measures.line.hands": lambda: "The tables of the C D C count only stands without hands.",
    "measures.line.tandem": lambda: "The C D C looks for ten seconds in the third position, heel to toe.",
    "measures.line.one_leg": lambda: "Less than five seconds on one leg is worth talking about.",
    "measures.go_on": lambda: "Balance practice stays worth doing, whatever the number.",
    # why not
    "measures.no.first": lambda: "Tests wait until your questions about health are settled.",
    "measures.no.today": lambda: "Tests are for a day on which you feel well and nothing hurts.",
    "measures.no.alone": lambda: "This one waits until somebody is within call, or a phone is within reach.",
    "measures.no.support": lambda: "This one is done with a physiotherapist beside you.",
    "measures.no.trained": lambda: "You have trained today. A fresh day gives a fairer number.",
}
