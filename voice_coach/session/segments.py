"""The timelines of PREPARE, WORK and REST: what is said and sounded in them, and when."""

from __future__ import annotations

from voice_coach.routine.model import Hold, Ms, OwnPace, Reps, Tempo
from voice_coach.session.dose import Dose
from voice_coach.session.events import Priority, Reason, SpeechMs, Tone
from voice_coach.session.lines import Key, Line
from voice_coach.session.plan import PlannedSet
from voice_coach.session.timeline import Close, Cue, Mark, RepDone, Speak, Timeline

SENTENCE_GAP: Ms = 800  # pause after a sentence (EVIDENCE part 6, "Pauses" [P])
FIND_POSITION: Ms = 3_000  # time to get into position (the same)
CHANGE_SIDES: Ms = 4_000
BEAT: Ms = 1_000
COUNT_IN = (3, 2, 1)
WORD_MARGIN: Ms = 150  # a word that would run closer than this into the next beat is left out
AFTER_TONE: Ms = 700  # chatter inside a rep waits until its tone and word are over
LAST_SECONDS = 5  # the last seconds of a hold are counted down
TEN_SECONDS: Ms = 10_000
ASK_AGAIN: Ms = 60_000  # at her own pace: how often the coach reminds her that it is waiting
LISTEN: Ms = 8_000  # for an answer (EVIDENCE 6, "Pauses": question window 8-10 s [P])
LISTEN_LEAST: Ms = 5_000  # where there is no more room [P]
LEFT_ALONE: Ms = 30 * 60_000  # nobody has answered for so long: the session ends by itself


class Sheet:
    """Collects cues while a timeline is written, one sentence after the other."""

    def __init__(self, speech_ms: SpeechMs) -> None:
        self.speech_ms = speech_ms
        self.cues: list[Cue] = []
        self.points: list[Ms] = []
        self.end: Ms = 0  # where the next sentence may begin

    def tell(self, key: Key, *args: str | int, gap: Ms = SENTENCE_GAP) -> None:
        """A sentence after everything so far, and a pause behind it. It can be taken up again from its start."""
        self.points.append(self.end)
        self.end += self.place(self.end, key, *args) + gap

    def place(self, at: Ms, key: Key, *args: str | int, priority: Priority = Priority.TALK) -> Ms:
        """A sentence at an exact offset; returns its length."""
        line = Line(key, args)
        ms = self.speech_ms(line)
        self.cues.append(Cue(at, Speak(line, ms, priority)))
        return ms

    def clear(self, at: Ms, ms: Ms) -> bool:
        """Whether nothing else is said in `ms` from an offset, nor just before and after it."""
        spoken = [(cue.at, cue.at + cue.act.ms) for cue in self.cues if isinstance(cue.act, Speak)]
        return all(end + WORD_MARGIN <= at or at + ms + WORD_MARGIN <= start for start, end in spoken)

    def tone(self, at: Ms, tone: Tone) -> None:
        """A tone at an exact offset."""
        self.cues.append(Cue(at, tone))

    def count_in(self) -> None:
        """ "Starting in … three, two, one": one a second, the work begins a second after the last."""
        self.points.append(self.end)
        self.end += self.place(self.end, Key.STARTING_IN) + 300
        self.end = count_in(self, self.end)

    def timeline(self, length: Ms | None, *, points: bool) -> Timeline:
        """The finished timeline; with `length` it ends there with a FINISH."""
        cues = list(self.cues)
        if length is not None:
            cues.append(Cue(length, Mark.FINISH))
        cues.sort(key=lambda cue: cue.at)  # stable: what was written first comes first
        return Timeline(cues=tuple(cues), length=length, points=tuple(self.points) if points else None)


def count_in(sheet: Sheet, at: Ms) -> Ms:
    """Three, two, one on the beat from `at`; returns where the work begins."""
    for index, number in enumerate(COUNT_IN):
        sheet.tone(at + index * BEAT, Tone.TICK)
        sheet.place(at + index * BEAT, Key.NUMBER, number, priority=Priority.COUNT)
    return at + len(COUNT_IN) * BEAT


def prepare(
    planned: PlannedSet, dose: Dose, speech_ms: SpeechMs, opening: tuple[Line, ...] = (), *, asks: bool = False
) -> Timeline:
    """Name, position and cues the first time; only what is new for later sets; then the count-in.

    `asks` puts the question before it for which there was no rest.
    """
    sheet = Sheet(speech_ms)
    if asks:
        sheet.tell(Key.ASK_RESERVE, gap=LISTEN_LEAST)
    for line in opening:
        sheet.tell(line.key, *line.args)
    if planned.opens_block:
        sheet.tell(Key.BLOCK, planned.block)
    if planned.introduces:
        _introduce(sheet, planned, dose)
    elif planned.other_side and planned.side:
        sheet.tell(Key.OTHER_SIDE, planned.side.value)
        sheet.end += CHANGE_SIDES
    else:
        _announce_again(sheet, planned, dose)
    if not isinstance(dose.amount, OwnPace):
        sheet.count_in()
    return sheet.timeline(sheet.end, points=True)


def _introduce(sheet: Sheet, planned: PlannedSet, dose: Dose) -> None:
    item, exercise = planned.item, planned.item.exercise
    sheet.tell(Key.EXERCISE, exercise.name)
    if item.load:
        sheet.tell(Key.LOAD, item.load.grams, item.load.label)
    sheet.tell(Key.TEXT, exercise.start)
    if exercise.support:
        sheet.tell(Key.SUPPORT)
    if dose.variant:
        sheet.tell(Key.RUNG, dose.variant.say)
    sheet.end += FIND_POSITION
    for cue in exercise.cues[:2]:
        sheet.tell(Key.TEXT, cue)
    if item.note:
        sheet.tell(Key.TEXT, item.note)
    _amount(sheet, dose)
    if planned.of > 1:
        sheet.tell(Key.SET_OF, planned.number, planned.of)
    if planned.side:
        sheet.tell(Key.SIDE, planned.side.value)


def _announce_again(sheet: Sheet, planned: PlannedSet, dose: Dose) -> None:
    if planned.opens_round:
        sheet.tell(Key.ROUND_OF, planned.round, planned.rounds)
    if planned.rounds > 1 and planned.number == 1:
        sheet.tell(Key.EXERCISE, planned.item.exercise.name)
        sheet.end += FIND_POSITION
    if planned.of > 1:
        sheet.tell(Key.SET_OF, planned.number, planned.of)
    if dose.variant:
        sheet.tell(Key.RUNG, dose.variant.say)
    if planned.side:
        sheet.tell(Key.SIDE, planned.side.value)
    if isinstance(dose.amount, OwnPace):
        _amount(sheet, dose)


def _amount(sheet: Sheet, dose: Dose) -> None:
    match dose.amount:
        case Reps(count=count):
            sheet.tell(Key.REPS, count)
        case OwnPace(target=target):
            sheet.tell(Key.OWN_PACE, target)
        case Hold(ms=ms, moving=moving):
            sheet.tell(Key.MOVE_FOR if moving else Key.HOLD_FOR, ms // 1000)


def work(planned: PlannedSet, dose: Dose, speech_ms: SpeechMs) -> Timeline:
    """The set itself: counted on the beat, counted down, or waiting for "done"."""
    sheet = Sheet(speech_ms)
    match dose.amount:
        case Reps(count=count):
            assert dose.tempo is not None
            return _reps(sheet, planned, count, dose.tempo)
        case Hold(ms=ms, moving=moving):
            return _hold(sheet, ms, moving)
        case OwnPace():
            sheet.tone(0, Tone.GO)
            for reminder in range(1, 5):
                sheet.place(reminder * ASK_AGAIN, Key.STILL_COUNTING)
            sheet.cues.append(Cue(LEFT_ALONE, Close(Reason.NO_ANSWER)))
            return sheet.timeline(None, points=False)


def _reps(sheet: Sheet, planned: PlannedSet, count: int, tempo: Tempo) -> Timeline:
    words = planned.item.exercise.words
    told_last = False
    for rep in range(1, count + 1):
        start = (rep - 1) * tempo.rep
        held, lowered = start + tempo.lift, start + tempo.lift + tempo.hold
        sheet.points.append(start)
        sheet.tone(start, Tone.LIFT)
        _count(sheet, start, rep, words[0], tempo)
        if tempo.hold:
            sheet.tone(held, Tone.HOLD)
            for second in range(1, tempo.hold // BEAT):
                sheet.tone(held + second * BEAT, Tone.TICK)
        if tempo.lower:
            sheet.tone(lowered, Tone.LOWER)
        free = lowered + AFTER_TONE
        if rep <= 2:  # the first two in full, then only the number (EVIDENCE part 6)
            _word(sheet, held, tempo.hold, Key.HOLD, words[1])
            free += _word(sheet, lowered, tempo.lower, Key.LOWER, words[2])
        if rep == count - 1:
            told_last = _word(sheet, free, lowered + tempo.lower - free, Key.LAST_ONE) > 0
        elif rep == count > 1 and not told_last:  # the rep before went down too quickly to say so
            _word(sheet, start + AFTER_TONE, tempo.lift - AFTER_TONE, Key.LAST_ONE)
        elif rep == count - 3 and rep > 2:
            _word(sheet, free, lowered + tempo.lower - free, Key.THREE_MORE)
        sheet.cues.append(Cue(start + tempo.rep, RepDone(rep)))
    return sheet.timeline(count * tempo.rep, points=True)


def _count(sheet: Sheet, at: Ms, rep: int, word: str, tempo: Tempo) -> None:
    """The rep's number exactly on its beat; in the first two with the word for lifting, where that fits."""
    both = Line(Key.COUNT_LIFT, (rep, word))
    if rep <= 2 and sheet.speech_ms(both) + WORD_MARGIN <= tempo.lift:
        sheet.place(at, both.key, *both.args, priority=Priority.COUNT)
    else:
        sheet.place(at, Key.NUMBER, rep, priority=Priority.COUNT)


def _word(sheet: Sheet, at: Ms, room: Ms, key: Key, *args: str | int) -> Ms:
    """A word inside a beat, where it fits; returns its length, 0 where it was left out."""
    fits = sheet.speech_ms(Line(key, args)) + WORD_MARGIN <= room
    return sheet.place(at, key, *args, priority=Priority.COUNT) if fits else 0


def _hold(sheet: Sheet, ms: Ms, moving: bool) -> Timeline:
    sheet.tone(0, Tone.GO)
    sheet.place(200, Key.BEGIN if moving else Key.HOLD, *(() if moving else ("hold",)))
    half, last = ms - ms // (2 * BEAT) * BEAT, ms - LAST_SECONDS * BEAT
    if ms >= 4 * TEN_SECONDS:
        sheet.place(half, Key.HALF_WAY, (ms - half) // BEAT)
    for minute in range(1, (ms - 1) // 60_000 + 1):
        if abs(ms - minute * 60_000 - half) > 5_000 and minute * 60_000 < ms - 5_000:
            sheet.place(ms - minute * 60_000, Key.MINUTES_LEFT, minute)
    if ms > 2 * TEN_SECONDS:
        sheet.place(ms - TEN_SECONDS, Key.SECONDS_LEFT, 10)
    for index in range(LAST_SECONDS):
        at = last + index * BEAT
        if at >= 2 * BEAT:
            sheet.tone(at, Tone.TICK)
            sheet.place(at, Key.NUMBER, LAST_SECONDS - index, priority=Priority.COUNT)
    return sheet.timeline(ms, points=False)


def rest(
    ms: Ms,
    speech_ms: SpeechMs,
    following: Line,
    *,
    told: Ms,
    ask_reps: bool = False,
    praise: Line | None = None,
    asks: bool = False,
) -> Timeline:
    """Rest, what comes next, half-way and ten-second calls; exactly `ms` long, of which `told` were announced.

    With `asks`, how hard it was, where the questions and their answers have room in what was announced: then they lie
    at the same offsets however long the rest becomes.
    """
    sheet = Sheet(speech_ms)
    sheet.tone(0, Tone.REST)
    sheet.end = 300
    calls = _calls(ms)
    room = calls[0][0] if calls else ms
    answered: Ms = 0
    first = [*([praise] if praise else []), Line(Key.REST, (told // BEAT,))]
    for line in (*first, *([Line(Key.ASK_REPS)] if ask_reps else ()), following):
        if sheet.end + speech_ms(line) + WORD_MARGIN <= room:
            sheet.tell(line.key, *line.args)
            if line.key is Key.ASK_REPS:
                answered = sheet.end + LISTEN
    if asks:
        for at, key in _questions(speech_ms, max(sheet.end, answered), told):
            sheet.place(at, key)
    for at, line in calls:
        if sheet.clear(at, speech_ms(line)):
            sheet.place(at, line.key, *line.args)
    return sheet.timeline(ms, points=False)


def _calls(ms: Ms) -> list[tuple[Ms, Line]]:
    """What is called in a rest of `ms`, and where: half-way (to the second: what is left is whole), and ten left."""
    half, calls = ms - ms // (2 * BEAT) * BEAT, []
    if ms >= 4 * TEN_SECONDS:
        calls.append((half, Line(Key.HALF_WAY, ((ms - half) // BEAT,))))
    if ms >= 2 * TEN_SECONDS:
        calls.append((ms - TEN_SECONDS, Line(Key.SECONDS_LEFT, (10,))))
    return calls


def _questions(speech_ms: SpeechMs, begin: Ms, ms: Ms) -> list[tuple[Ms, Key]]:
    """Both questions, where they and their answers have room; else the second, more reliable one; else none."""
    both, one = (Key.ASK_EFFORT, Key.ASK_RESERVE), (Key.ASK_RESERVE,)
    for keys, listen in ((both, LISTEN), (one, LISTEN), (one, LISTEN_LEAST)):
        at, placed = begin, []
        for key in keys:
            need = speech_ms(Line(key))
            for call, line in _calls(ms):
                if at + need + WORD_MARGIN > call and at < call + speech_ms(line) + WORD_MARGIN:
                    at = call + speech_ms(line) + WORD_MARGIN
            placed.append((at, key))
            at += need + listen
        if at <= ms:
            return placed
    return []
