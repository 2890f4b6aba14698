"""The timelines of a session that stands still: paused, asked whether to end or where it hurts, in distress, closing.

Nothing in them goes on with the work by itself; all of them end the session when nobody answers for long.
"""

from __future__ import annotations

from voice_coach.routine.model import Ms
from voice_coach.session.events import Command, Intent, Reason, SpeechMs, Tone
from voice_coach.session.lines import Key, Line
from voice_coach.session.segments import LEFT_ALONE, SENTENCE_GAP, Sheet
from voice_coach.session.timeline import Close, Cue, Mark, Playhead, Speak, Timeline

ANSWER_AFTER: Ms = 150  # a breath between the silence and the answer
MINUTE: Ms = 60_000
PAUSE_REMINDERS = (MINUTE, 5 * MINUTE, 15 * MINUTE)
PAUSE_LONGEST = LEFT_ALONE
END_ASKED_AGAIN: Ms = 20_000
END_UNANSWERED = 2 * MINUTE  # "a false stop … ends only when nothing follows"
ADVICE_AGAIN: Ms = 10_000  # the advice is repeated once (EVIDENCE 1.4)
HINT_EVERY = 2 * MINUTE
DISTRESS_LONGEST = 10 * MINUTE
ASKED_AGAIN: Ms = 10_000  # question window of 8 to 10 s with one gentle re-ask (EVIDENCE 6, "Pauses" [P])

# Where nothing is known of a pain, or nobody can be asked, it is taken for that of the back: the careful branch.
ADVICE = {
    Intent.PAIN: Key.ADVICE_PAIN,
    Intent.BACK_PAIN: Key.ADVICE_PAIN,
    Intent.JOINT_PAIN: Key.ADVICE_PAIN,
    Intent.DIZZY: Key.ADVICE_DIZZY,
    Intent.CHEST: Key.ADVICE_EMERGENCY,
    Intent.EMERGENCY: Key.ADVICE_EMERGENCY,
    Intent.FALL: Key.ADVICE_FALL,
    Intent.BREATH: Key.ADVICE_BREATH,
}
FINE = ("fine", "all right")
URGENT = frozenset({Intent.CHEST, Intent.EMERGENCY})
# What a pause begins with that has to reach her, whatever comes between.
REASONS = frozenset({Key.PAIN_LEFT_OUT, Key.PAIN_EASIER, Key.PAIN_RESTING, Key.ALARM_CLEARED})


def takes_back(command: Command, distress: Intent | None) -> bool:
    """Whether she says that a word was misheard. "I'm fine" answers "Are you hurt?": she may well have fallen."""
    return distress is not Intent.FALL or not command.phrase.endswith(FINE)


def paused(speech_ms: SpeechMs, *first: Line) -> Timeline:
    """Paused: what happened, then a reminder now and then, and the end of the session after half an hour."""
    sheet = Sheet(speech_ms)
    sheet.tone(0, Tone.PAUSED)
    sheet.end = ANSWER_AFTER + 250
    for line in first:
        sheet.tell(line.key, *line.args)
    for reminder in PAUSE_REMINDERS:
        sheet.place(reminder, Key.STILL_PAUSED)
    return _closing_at(sheet, PAUSE_LONGEST, Reason.NO_ANSWER)


def reasons(playhead: Playhead | None) -> tuple[Line, ...]:
    """What a pause was begun for, as it was said, where that has to reach her."""
    cues = playhead.timeline.cues if playhead else ()
    return tuple(cue.act.line for cue in cues if isinstance(cue.act, Speak) and cue.act.line.key in REASONS)


def stopped(speech_ms: SpeechMs) -> Timeline:
    """Silence, the question whether to end, once more after a while; with no answer the session ends."""
    sheet = Sheet(speech_ms)
    sheet.place(ANSWER_AFTER, Key.ASK_END)
    sheet.place(END_ASKED_AGAIN, Key.ASK_END)
    return _closing_at(sheet, END_UNANSWERED, Reason.NO_ANSWER)


def distress(speech_ms: SpeechMs, intent: Intent, emergency: str = "") -> Timeline:
    """The fixed advice, once more, and how to say that it was misheard; nothing else.

    In an emergency, the number that she once told with it, and at last whether she is getting help.
    """
    sheet = Sheet(speech_ms)
    sheet.end = 2 * ANSWER_AFTER
    for again in (False, True):
        sheet.tell(ADVICE[intent])
        if intent in URGENT and emergency:
            sheet.tell(Key.YOUR_NUMBER, emergency)
        if not again:
            sheet.end += ADVICE_AGAIN - SENTENCE_GAP
    if intent in URGENT:
        sheet.tell(Key.GETTING_HELP, gap=ASKED_AGAIN)
    return _hints(sheet)


def help_coming(speech_ms: SpeechMs) -> Timeline:
    """She is getting help: what to do until it is there."""
    sheet = Sheet(speech_ms)
    sheet.end = 2 * ANSWER_AFTER
    sheet.tell(Key.HELP_COMING)
    return _hints(sheet)


def asked_for_help(playhead: Playhead | None) -> bool:
    """Whether "Are you getting help?" has begun."""
    cues = playhead.timeline.cues[: playhead.cursor] if playhead else ()
    return any(isinstance(cue.act, Speak) and cue.act.line.key is Key.GETTING_HELP for cue in cues)


def question(speech_ms: SpeechMs, key: Key) -> Timeline:
    """Silence, a question, once more after a while; then nobody has answered."""
    sheet = Sheet(speech_ms)
    sheet.end = 2 * ANSWER_AFTER
    for _ in range(2):
        sheet.tell(key, gap=ASKED_AGAIN)
    sheet.cues.append(Cue(sheet.end, Mark.UNANSWERED))
    return sheet.timeline(None, points=False)


def _hints(sheet: Sheet) -> Timeline:
    sheet.tell(Key.FALSE_ALARM_HINT)
    hint = sheet.end + HINT_EVERY
    while hint < DISTRESS_LONGEST:
        sheet.place(hint, Key.FALSE_ALARM_HINT)
        hint += HINT_EVERY
    return _closing_at(sheet, DISTRESS_LONGEST, Reason.DISTRESS)


def closing(speech_ms: SpeechMs, line: Line, reason: Reason) -> Timeline:
    """The last sentence, then the end."""
    sheet = Sheet(speech_ms)
    sheet.tone(0, Tone.FINISHED)
    sheet.end = 700
    sheet.tell(line.key, *line.args)
    return _closing_at(sheet, sheet.end, reason)


def _closing_at(sheet: Sheet, at: Ms, reason: Reason) -> Timeline:
    sheet.cues.append(Cue(at, Close(reason)))
    return sheet.timeline(None, points=False)
