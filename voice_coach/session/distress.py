"""What the words of distress do, and what can be said while advice is given. Nothing here goes on with the work."""

from __future__ import annotations

from dataclasses import replace

from voice_coach.session import motion, pain, waiting
from voice_coach.session.events import DISTRESS, Command, Hush, Intent, Reason, Record, Trouble
from voice_coach.session.lines import Key, Line
from voice_coach.session.replies import refuse
from voice_coach.session.state import TROUBLED, Flow, State, Step, World
from voice_coach.session.still import advise, pause_after, silenced, stand_still

# What each word is in the log (EVIDENCE 1.4). Of pain it is asked first.
TROUBLE = {
    Intent.EMERGENCY: Trouble.EMERGENCY,
    Intent.CHEST: Trouble.EMERGENCY,
    Intent.BREATH: Trouble.BREATH,
    Intent.FALL: Trouble.FALL,
    Intent.DIZZY: Trouble.DIZZY,
    Intent.BACK_PAIN: Trouble.BACK_PAIN,
}
ASKED_FIRST = {Intent.PAIN: pain.ask_where, Intent.JOINT_PAIN: pain.ask_strength}


def distress(world: World, state: State, command: Command) -> Step:
    """Everything stops; the fixed advice is spoken, or of pain it is asked where or how strong it is.

    A more urgent word replaces what is said, no other talks over it. A word that comes when the advice is over brings
    it again, and never a milder one; a question is asked again by itself.
    """
    trouble = TROUBLE.get(command.intent)
    record = Record(
        at=state.now,
        kind="distress",
        data={
            "intent": command.intent.value,
            "phrase": command.phrase,
            "via": command.via.value,
            "trouble": trouble.value if trouble else None,
            "exercise": pain.exercise(world, state),
            "level": None,
        },
    )
    intent = command.intent
    if state.flow in TROUBLED and state.distress is not None:
        intent = min(intent, state.distress, key=DISTRESS.index)
        quiet = state.flow is Flow.DISTRESS and state.now >= state.talk_until
        if intent is state.distress and not quiet:
            return state, [record]
    ask = ASKED_FIRST.get(intent)
    state = ask(world, state, command.phrase) if ask else advise(world, state, intent)
    return state, [Hush(at=state.now), record]


def advise_again(world: World, state: State, command: Command) -> Step:
    """In distress, "repeat" and "help" bring the same advice."""
    return advise(world, state, state.distress or Intent.EMERGENCY), [Hush(at=state.now)]


def help_coming(world: World, state: State, command: Command) -> Step:
    """ "Are you getting help?" Yes. Not a command more than before: the session stands still."""
    if not waiting.asked_for_help(state.waiting):
        return refuse(world, state, command)
    record = Record(at=state.now, kind="getting help", data={"coming": True})
    timeline = waiting.help_coming(world.speech_ms)
    return stand_still(state, Flow.DISTRESS, timeline), [Hush(at=state.now), record]


def no_help(world: World, state: State, command: Command) -> Step:
    """ "Are you getting help?" No, or not sure: the advice again."""
    if not waiting.asked_for_help(state.waiting):
        return refuse(world, state, command)
    record = Record(at=state.now, kind="getting help", data={"coming": False})
    return advise(world, state, state.distress or Intent.EMERGENCY), [Hush(at=state.now), record]


def hush(world: World, state: State, command: Command) -> Step:
    """ "Stop" silences advice and questions; everything else already stands still."""
    return silenced(replace(state, talk_until=state.now), "silenced", command)


def end(world: World, state: State, command: Command) -> Step:
    """End the session without another word."""
    state, effects = motion.end(world, state, state.now, Reason.DISTRESS)
    return state, [Hush(at=state.now), *effects]


def false_alarm(world: World, state: State, command: Command) -> Step:
    """The distress word was misheard. The session stays still; only "resume" goes on."""
    if not waiting.takes_back(command, state.distress):
        return hush(world, state, command)
    record = Record(at=state.now, kind="false alarm", data={"via": command.via.value})
    if state.main is None:  # it came during the last words
        state, effects = motion.last_words(world, state)
        return state, [Hush(at=state.now), record, *effects]
    return pause_after(world, state, Line(Key.ALARM_CLEARED)), [Hush(at=state.now), record]
