"""What is said about today: what it is for and why, with rest as an answer. Nothing is counted as missed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

SAID: Mapping[str, Callable[..., str]] = {
    "week.hold": lambda: "Today there is quiet breathing, or rest.",
    "week.gentle": lambda: "Today is for gentle movement, or for rest.",
    "week.trained": lambda: "You have trained today, and rest belongs to it.",
    "week.yesterday": lambda: "Yesterday was strength, so today is for something lighter, or for rest.",
    "week.strength": lambda: "Today is a day for strength.",
    "week.balance": lambda: "Balance belongs in every week.",
    "week.impact": lambda: "Today is a day for short, light impacts.",
    "week.posture": lambda: "Posture work fits into any day.",
    "week.snack": lambda: "On a busy day, ten minutes are enough.",
    "week.mobility": lambda: "Gentle movement suits any day.",
    "week.rest": lambda: "Rest is an answer, too.",
    "week.suggest": lambda title: f"My suggestion is this: {title}.",
    "week.or_rest": lambda: "Rest is an answer, too.",
}
