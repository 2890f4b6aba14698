"""What is asked and told about what she may do: screening, the daily question, what follows, what to ask a clinician.

Own words (EVIDENCE 1.1 and 1.4); the disclaimer is its part 7, sentence by sentence. No sentence holds a risk, and
none says that she is safe.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from voice_coach.commands import number_words

DISCLAIMER = (
    "disclaimer.guide",
    "disclaimer.illness",
    "disclaimer.before",
    "disclaimer.technique",
    "disclaimer.sore",
    "disclaimer.call",
    "disclaimer.choose",
    "disclaimer.answers",
)
"""Told once, in this order; then "disclaimer.agree" is asked."""


def _about(what: str) -> Callable[..., str]:
    """A reason that fits "yes" as well as "not sure"."""
    return lambda: f"That is because of what you said about {what}."


def _same(text: str) -> Callable[..., str]:
    return lambda: text


def _digits(digits: str) -> str:
    """A number as it is dialled: "112" is "one, one, two"."""
    return ", ".join(number_words(int(digit)) for digit in digits)


_QUESTIONS: Mapping[str, str] = {
    "screening.supervised": "Has a doctor or nurse asked you not to exercise, or only under supervision?",
    "screening.chest": "Do you get discomfort, pressure or tightness in your chest, resting or moving?",
    "screening.faint": "In the last year, have you fainted, nearly fainted, or been dizzy enough to lose your balance?",
    "screening.breath": "Do you get unusually breathless, do your ankles swell, or does your heart race or miss beats?",
    "screening.heart": "Do you have heart, kidney or lung disease, a past stroke, or diabetes?",
    "screening.well": "Are you already exercising regularly, and feeling well with it?",
    "screening.pressure": "Is your blood pressure high, and not yet under control?",
    "screening.recent": "In the last three months, have you broken a bone, had an operation, or been in hospital?",
    "screening.back": "Any new or worse back pain, night pain, numbness, weak legs, or new bladder or bowel trouble?",
    "screening.nerves": "Is it numbness, weakness in your legs, or new trouble with your bladder or bowel?",
    "screening.spine": "Have you ever had a broken or crushed bone in your spine, perhaps seen on an X-ray?",
    "screening.bones": "Since you were fifty, how many bones have you broken in a simple fall, or with less?",
    "screening.hip": "Was one of them your hip?",
    "screening.height": "Have you become clearly shorter, or has your upper back become much rounder?",
    "screening.falls": "How many times have you fallen in the last year?",
    "screening.hurt": "Were you hurt?",
    "screening.aid": "Indoors, do you use a stick or a frame, or steady yourself on the furniture?",
    "screening.unsteady": "Do you feel unsteady on your feet?",
    "screening.bone": "Has a bone scan shown osteoporosis, or do you take a medicine for your bones?",
    "screening.steroids": "Have you taken steroid tablets for several months?",
    "screening.floor": "Can you get down to the floor and up again on your own?",
    "screening.joint": "Does any joint hurt today, four or more out of ten?",
    "screening.most_days": "Do you have pain like that on most days?",
    "screening.near": "When you exercise, is somebody within call, or a phone within reach?",
    "daily.new": "Is anything new today: pain, dizziness, a fall, or feeling ill?",
    "daily.passed": "Last time you felt dizzy or short of breath. Has that passed?",
    "daily.chest": "Is there any pressure or tightness in your chest?",
    "daily.back": "Is there any sudden or strong pain in your back?",
    "daily.fall": "Have you had a fall?",
    "daily.dizzy": "Do you feel dizzy or light headed?",
    "daily.breath": "Are you shorter of breath than usual?",
    "daily.broken": "Have you broken a bone?",
    "daily.hospital": "Have you been in hospital?",
    "daily.ill": "Do you feel ill, have you hardly slept, or is there a new medicine?",
    "daily.joint": "How strong is your worst joint pain? Nought is none, ten the worst.",
    "about.emergency": "Which number would you call in an emergency? Say it digit by digit.",
    "about.age": "How old are you? Say it digit by digit.",
    "about.weight": "What do you weigh, in whole kilos? Say it digit by digit.",
    "clinician.training": "Has a doctor or nurse said since then that you may exercise?",
    "clinician.load": "Has a doctor or physiotherapist agreed that you lift heavier weights?",
    "clinician.impact": "Has a doctor or physiotherapist agreed to heel drops?",
    "impact.shoes": "Are you wearing firm shoes, on a firm floor?",
    "impact.bladder": "When your feet land hard, do you worry about your bladder?",
    "impact.anyway": "Would you like to do it all the same?",
    "disclaimer.agree": "Do you agree?",
}

_HOLDS: Mapping[str, str] = {
    "supervised": "exercise and your doctor or nurse",
    "chest": "your chest",
    "faint": "fainting or dizziness",
    "breath": "your breath, your ankles or your heartbeat",
    "heart": "a long-standing illness",
    "pressure": "your blood pressure",
    "recent": "the last three months",
    "back": "your back",
    "nerves": "numbness, weakness, bladder or bowel",
}
_WHYS: Mapping[str, str] = {
    "spine": "your spine",
    "bones": "broken bones",
    "hip": "your hip",
    "height": "your height and your upper back",
    "falls": "falls",
    "hurt": "being hurt in a fall",
    "aid": "holding on indoors",
    "unsteady": "feeling unsteady",
    "bone": "your bone scan or medicine",
    "steroids": "steroid tablets",
    "most_days": "pain on most days",
    "heart": "a long-standing illness",
}

_TOLD: Mapping[str, str] = {
    "screening.opening": "I have some questions, so that we begin where it suits you.",
    "screening.how": "Say yes, no, or not sure. If you are not sure, I take the careful way.",
    "screening.resumed": "We take up the questions where we left off.",
    "screening.unfinished": "Some questions are still open.",
    "screening.thanks": "Thank you. That was the last question.",
    "screening.urgent": "What you told me needs attention soon. Please ask for medical help now, before any exercise.",
    "screening.level_low": "We begin at the free level.",
    "screening.level_moderate": "We begin at the middle level.",
    "screening.level_high": "We begin at the supported level, with a hand close to something firm.",
    "screening.not_a_score": "This is only where we begin. It says nothing about your bones.",
    "screening.why_low": "That is because of your training, your balance and your answers.",
    "screening.why_new": "That is how the first twelve weeks are for everybody.",
    "screening.why_chair_stand": "A count of chair stands would tell me more.",
    "screening.why_tandem": "The balance test would tell me more.",
    "screening.why_cleared": "After a doctor's yes we begin in the middle.",
    "standing.hold": "Please do not train yet. First speak with your doctor.",
    "standing.hold_breathing": "Until then I can offer you quiet breathing.",
    "standing.only_breathing": "For now there is only quiet breathing.",
    "standing.only_gentle": "Today only gentle movement, or a day of rest.",
    "standing.not_for_now": "That one is not for now.",
    "standing.left_out": "I leave out what is not for you today.",
    "standing.nothing_lost": "Rest counts as well. Nothing is lost.",
    "standing.welcome_back": "Welcome back. Muscles remember.",
    "standing.after_emergency": "After what happened, training waits until a doctor has said yes.",
    "standing.after_back_pain": "New back pain is for your doctor to look at first.",
    "standing.after_fall": "After your fall, training waits until a doctor has said yes.",
    "standing.after_dizzy": "You felt dizzy today, so the rest of the day is for resting.",
    "standing.after_breath": "You were short of breath today, so the rest of the day is for resting.",
    "standing.after_sharp_pain": "What hurt you is left out today and next time.",
    "standing.after_joint_pain": "Your joint was sore, so that is gentler next time.",
    "standing.after_unwell": "You are not well today, so it is gentle movement, or rest.",
    "standing.after_fracture": "With a broken bone, training waits until a doctor has said yes.",
    "standing.after_hospital": "After a hospital stay, training waits until a doctor has said yes.",
    "standing.clinician_no": "Your doctor has said not yet, so you rest from training.",
    "standing.clock": "A date in your diary lies ahead. Please check the date of this computer.",
    "standing.due_never": "First come some questions, as we have not met before.",
    "standing.due_unfinished": "We have not come to the end of the questions yet.",
    "standing.due_clock": "The date has changed, so I ask my questions again.",
    "standing.due_emergency": "After what happened, I ask my questions again.",
    "standing.due_fracture": "After a broken bone, I ask my questions again.",
    "standing.due_hospital": "After a hospital stay, I ask my questions again.",
    "standing.due_fall": "After a fall, I ask my questions again.",
    "standing.due_back_pain": "After your back pain, I ask my questions again.",
    "standing.due_gap": "It has been four weeks or more, so I ask my questions again.",
    "standing.due_weeks": "Twelve weeks have gone by, so I ask my questions again.",
    "standing.advice_physio": "Please ask a physiotherapist to look at this plan before you begin.",
    "standing.advice_load": "Before you lift heavier, please ask a doctor or physiotherapist.",
    "standing.advice_technique": "It is worth having your technique looked at by a physiotherapist.",
    "standing.advice_check": "The same thing has hurt you twice. Please have it looked at.",
    "clinician.bring": "Take your diary with you, and show it to your doctor or physiotherapist.",
    "clinician.ask_train": "You can ask: may I begin gentle strength and balance exercise at home?",
    "clinician.ask_limits": "You can ask: is there a movement I had better leave out?",
    "clinician.ask_physio": "You can ask: who could go through the exercises with me?",
    "clinician.ask_load": "You can ask: may I lift heavier weights, step by step?",
    "clinician.ask_heels": "You can ask: are heel drops good for me?",
    "clinician.ask_technique": "You can ask: would you look at how I bend and lift?",
    "clinician.thanks": "Thank you. I have noted that.",
    "clinician.load_why": "You have trained long enough to lift more, once your doctor agrees.",
    "clinician.load_not_yet": "Then we stay with what you lift now.",
    "clinician.impact_why": "You have trained long enough for soft heel drops, once your doctor agrees.",
    "clinician.impact_not_yet": "Then we leave out the heel drops for now.",
    "clinician.not_yet": "Then training comes later. Tell me when your doctor has said yes.",
    "impact.ask_first": "Before you land on your heels, I ask you one more thing.",
    "impact.first": "Landing work waits until the other questions are settled.",
    "impact.clinician": "Heel drops need a doctor's yes first.",
    "impact.walking": "For you, walking and a brisk march are enough impact.",
    "impact.weeks": "Landing work begins after six weeks of strength.",
    "impact.pain": "Landing work waits until two weeks without pain.",
    "impact.shoes_first": "Landing work needs firm shoes and a firm floor.",
    "impact.bladder_first": "Then we leave out the landings.",
    "emergency.cannot_call": "I cannot call for you.",
    "emergency.none": "You have not told me which number to call.",
    "disclaimer.guide": "I am an exercise guide. I am not a doctor or physiotherapist, and I cannot see you.",
    "disclaimer.illness": "I do not find, treat or prevent any illness.",
    "disclaimer.before": "Before you begin, please talk with your doctor or physiotherapist.",
    "disclaimer.technique": (
        "Ask them to check your technique if you have osteoporosis, a past fracture, falls, or heart or lung trouble."
    ),
    "disclaimer.sore": "Stop if you feel chest discomfort, faint, very breathless, or sudden pain.",
    "disclaimer.call": "Then call for help; I cannot call for you.",
    "disclaimer.choose": "You choose what to do, and may stop at any time.",
    "disclaimer.answers": "Your answers stay on this computer.",
}

SAID: dict[str, Callable[..., str]] = {
    **{name: _same(text) for name, text in (*_QUESTIONS.items(), *_TOLD.items())},
    **{f"screening.hold_{name}": _about(what) for name, what in _HOLDS.items()},
    **{f"screening.why_{name}": _about(what) for name, what in _WHYS.items()},
    "emergency.number": lambda digits: f"Your emergency number is {_digits(str(digits))}.",
}
