"""What the screen shows of a session and of talks: every state, on virtual time, without a browser."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest

from tests.screen.watched import Seen, session, watch
from tests.sessions import CURL, command, item, small_plan, speech_ms, tiny_plan
from voice_coach import script
from voice_coach.commands import PHRASES
from voice_coach.conversation import Choice, Chooser, Interview, SoundCheck
from voice_coach.person.questions import Kind, Question
from voice_coach.routine.model import Block, Load, Ms, Reps, Routine
from voice_coach.screen import words
from voice_coach.screen.session_view import look
from voice_coach.screen.shown import Scene, as_json
from voice_coach.screen.watching import CHOOSING, HEARD_FOR
from voice_coach.session import waiting
from voice_coach.session.engine import Session
from voice_coach.session.events import (
    Command,
    DeviceLost,
    Effect,
    Event,
    Hush,
    Intent,
    Priority,
    Say,
    Start,
    Unheard,
    Via,
)
from voice_coach.session.lines import Key, Line
from voice_coach.session.plan import Plan, make_plan
from voice_coach.session.state import Place
from voice_coach.session.table import TABLE

BLOCK: Ms = 20
INTERRUPTED = (
    command(24_010, Intent.PAUSE),
    command(31_000, Intent.RESUME),
    command(45_003, Intent.EASIER),
    command(58_000, Intent.SLOWER),
    command(101_000, Intent.STOP),
    command(109_000, Intent.RESUME),
)


def counted(effects: list[Effect]) -> list[tuple[Ms, str]]:
    """Every count that sounded, up or down, and what was counted."""
    found: list[tuple[Ms, str]] = []
    for effect in effects:
        if isinstance(effect, Hush):
            found = [count for count in found if count[0] < effect.at]
        if isinstance(effect, Say) and effect.line.key in (Key.NUMBER, Key.COUNT_LIFT):
            found.append((effect.at, str(effect.line.args[0])))
    return found


def sounding(at: Ms, late: Ms) -> Ms:
    """How much has been handed over when a millisecond sounds: the first whole blocks that hold it."""
    return (at + late) // BLOCK * BLOCK + BLOCK


@pytest.mark.parametrize("late", [0, 137])
@pytest.mark.parametrize("events", [(), INTERRUPTED], ids=["undisturbed", "interrupted"])
def test_every_count_is_on_the_page_in_the_block_in_which_it_sounds(events: tuple[Event, ...], late: Ms) -> None:
    done = (command(140_000, Intent.DONE), command(180_000, Intent.DONE), command(260_000, Intent.DONE))
    seen = session(small_plan(), *events, *done, late=late)
    counts = counted(seen.effects)
    assert len(counts) > 40
    for at, number in counts:
        shown = seen.at(sounding(at, late))
        assert shown.figure == number, (at, number, shown)


def test_a_block_before_it_sounds_the_count_is_not_there_yet() -> None:
    late: Ms = 100
    seen = session(tiny_plan(), late=late)
    second = next(at for at, number in counted(seen.effects) if number == "2" and at > 10_000)
    before, then = seen.at(sounding(second, late) - BLOCK), seen.at(sounding(second, late))
    assert (before.figure, then.figure) in {("1", "2"), ("3", "2")}


@pytest.mark.parametrize("late", [0, 140])
def test_every_sentence_is_on_the_page_when_it_sounds_and_not_before(late: Ms) -> None:
    seen = session(tiny_plan(), late=late)
    said = [effect for effect in seen.effects if isinstance(effect, Say) and effect.priority is Priority.TALK]
    assert len(said) > 8
    for effect in said:
        text = script.text(effect.line)
        due = sounding(effect.at, late)
        assert seen.at(due).saying == text
        if due > BLOCK and text not in {script.text(other.line) for other in said if other.at < effect.at}:
            assert seen.at(due - BLOCK).saying != text


def test_what_a_set_is_and_what_comes_after_it() -> None:
    seen = session(small_plan())
    of_it = [shown for _, shown in seen.values if shown.headline == "Sit to stand"]
    ready = of_it[0]
    work = next(shown for shown in of_it if shown.scene is Scene.WORK)
    assert (ready.scene, ready.picture) == (Scene.PREPARE, "sit-to-stand")
    assert "Set 1 of 2" in work.details
    assert (work.figure, work.below, work.move) == ("1", "of 5", "up")
    assert {shown.move for shown in of_it if shown.scene is Scene.WORK} == {"up", "hold", "down"}
    assert work.following == "Set 2 of 2"
    assert (work.done, work.sets) == (1, sum(segment.phase.value == "work" for segment in small_plan().segments))
    sides = {detail for _, shown in seen.values for detail in shown.details if detail.endswith("side")}
    assert sides == {"Left side", "Right side"}
    assert any("A hand close to the counter" in shown.details for _, shown in seen.values)


def test_a_rest_empties_second_by_second_and_shows_what_comes() -> None:
    seen = session(tiny_plan())
    rests = [shown for _, shown in seen.values if shown.scene is Scene.REST]
    lefts = list(dict.fromkeys(shown.left for shown in rests))
    assert lefts == [5, 4, 3, 2, 1]
    assert {(shown.whole, shown.runs, shown.headline) for shown in rests} == {(5, True, "Rest")}
    assert rests[0].details == ("Next: Set 2 of 2",)
    assert rests[0].picture == "sit-to-stand"
    assert [shown.figure for shown in rests if shown.left == 1] == ["1"] * sum(shown.left == 1 for shown in rests)
    assert words.clock(99) == "99" and words.clock(100) == "1:40"


def test_a_pause_stands_still_where_it_was() -> None:
    at = next(at for at, shown in session(tiny_plan()).values if shown.scene is Scene.REST) + 1_500
    seen = session(tiny_plan(), command(at, Intent.PAUSE, phrase="wait a moment", via=Via.VOICE), until=at + 20_000)
    paused = [shown for _, shown in seen.values if shown.scene is Scene.PAUSED]
    assert {(shown.left, shown.whole, shown.runs) for shown in paused} == {(4, 5, False)}
    assert paused[0].headline == "Paused"
    assert seen.last.saying == "Paused. When you want to go on, say resume."
    assert seen.last.can_say[0] == "resume"
    assert (paused[0].heard, paused[0].meant, paused[0].taken) == ("wait a moment", "pause", True)


def test_her_words_are_shown_at_once_and_go_again() -> None:
    seen = session(tiny_plan(), command(9_000, Intent.LOUDER, phrase="speak up", via=Via.VOICE), late=300)
    at, shown = seen.first(lambda shown: shown.heard == "speak up")
    assert at <= 9_000 + BLOCK
    assert shown.meant == "louder"
    assert seen.at(9_000 + HEARD_FOR).heard == "speak up"
    assert seen.at(9_000 + HEARD_FOR + 2 * BLOCK).heard == ""


def test_what_was_refused_not_understood_or_typed_is_told_as_such() -> None:
    def heard(event: Event) -> tuple[str, str, bool]:
        shown = session(tiny_plan(), event, until=9_500).last
        return shown.heard, shown.meant, shown.taken

    assert heard(command(9_000, Intent.DONE, phrase="done", via=Via.VOICE)) == ("done", "done: not now", False)
    assert heard(Unheard(at=9_000)) == ("", "not understood", False)
    assert heard(command(9_000, Intent.EASIER, phrase="e", via=Via.KEY)) == ("key", "easier", True)
    assert heard(Command(at=9_000, intent=Intent.NUMBER, phrase="seven", value=7))[1] == "7: not now"
    seen = watch(Session(tiny_plan(), speech_ms), [Start(at=0)], 9_500, unheard=[(9_000, "<b>nice weather</b>")])
    assert (seen.last.heard, seen.last.meant) == ("<b>nice weather</b>", "not understood")


@pytest.mark.parametrize(
    ("intent", "headline", "call"),
    [
        (Intent.EMERGENCY, "Stop now. Sit down.", "112"),
        (Intent.CHEST, "Stop now. Sit down.", "112"),
        (Intent.DIZZY, "Sit down", ""),
        (Intent.FALL, "Stay still a moment", ""),
        (Intent.BREATH, "Stop and rest", ""),
        (Intent.BACK_PAIN, "Rest now", ""),
    ],
)
def test_distress_shows_the_advice_and_the_number_where_it_is_urgent(intent: Intent, headline: str, call: str) -> None:
    seen = session(tiny_plan(), command(15_000, intent), until=60_000, emergency="112")
    shown = seen.scene(Scene.DISTRESS)
    assert (shown.headline, shown.call) == (headline, call)
    assert shown.can_say[0] == "false alarm"
    advice = script.text(Line(waiting.ADVICE[intent]))
    assert any(each.saying == advice for _, each in seen.values if each.scene is Scene.DISTRESS)
    assert script.text(Line(waiting.ADVICE[intent])).removeprefix("Let us ").lower().startswith(headline.lower())


def test_help_is_asked_about_with_its_answers() -> None:
    seen = session(tiny_plan(), command(15_000, Intent.CHEST), until=200_000)
    asked = seen.first(lambda shown: shown.saying == "Are you getting help?")[1]
    assert asked.can_say[:2] == ("yes", "no")


def test_questions_of_a_session_show_their_answers() -> None:
    where = session(tiny_plan(), command(15_000, Intent.PAIN), until=20_000).last
    assert (where.scene, where.headline, where.can_say[0]) == (Scene.QUESTION, "Where does it hurt?", "my back")
    strength = session(tiny_plan(), command(15_000, Intent.JOINT_PAIN, phrase="my knee hurts"), until=20_000).last
    assert (strength.headline, strength.can_say[0]) == ("How strong is it?", "a number, 0 to 10")
    stopped = session(tiny_plan(), command(15_000, Intent.STOP), until=20_000).last
    assert (stopped.scene, stopped.headline, stopped.can_say) == (Scene.QUESTION, "Stopped", ("yes", "no", "resume"))
    assert stopped.saying == script.text(Line(Key.ASK_END))


def asking_plan() -> Plan:
    """Two exercises with a load, after which she is asked how hard it was."""
    first = item(CURL, Reps(count=2), rest=40_000, load=Load(grams=2_500), asks=True)
    block = Block(name="Main", items=(first, item(CURL, Reps(count=2), load=Load(label="red band"))))
    return make_plan(
        Routine(id="q", title="Q", aliases=(), purpose="", blocks=(block,), path="q.yaml", digest="2" * 64)
    )


def test_an_open_question_at_rest_shows_what_is_asked_for() -> None:
    seen = session(asking_plan())
    assert seen.first(lambda shown: "2.5 kg" in shown.details)
    assert seen.first(lambda shown: "Red band" in shown.details)
    rest = [shown for _, shown in seen.values if shown.scene is Scene.REST]
    assert {shown.can_say[0] for shown in rest} >= {"a number, 0 to 10", "a number", "pause"}


def test_at_her_own_pace_there_is_no_count() -> None:
    seen = session(small_plan(), until=600_000)
    own = seen.first(lambda shown: shown.below == "at your own pace")[1]
    assert own.figure.isdigit() and own.whole == 0 and own.can_say[0] == "done"


def test_a_lost_device_is_a_pause_that_says_so() -> None:
    shown = session(tiny_plan(), DeviceLost(at=15_000, what="headset"), until=20_000).last
    assert shown.scene is Scene.PAUSED
    assert "I have lost the headset" in shown.saying


def test_the_end_is_shown_although_nothing_more_is_played() -> None:
    seen = session(tiny_plan(), late=500)
    assert (seen.last.scene, seen.last.headline, seen.last.can_say) == (Scene.OVER, "Finished", ())
    assert seen.last.done == seen.last.sets == 2
    assert seen.last.saying == script.text(Line(Key.SUMMARY, (1, 2, 1)))


def test_an_exercise_without_a_drawing_of_its_own_has_no_picture() -> None:
    held = Session(tiny_plan(), speech_ms)
    held.receive(Start(at=0))
    held.advance(15_000)
    assert look(held.world, held.state, lambda _exercise: False, 15_000).picture == ""


def test_what_can_be_said_means_something_where_it_stands() -> None:
    for place in Place:
        for intent in words.SAYABLE.get(place, ()):
            assert (place, intent) in TABLE or (place, intent) == (Place.WHERE, Intent.CHEST), (place, intent)
    assert set(words.SAYABLE) == set(Place) - {Place.NEW, Place.OVER}


def test_a_choice_of_routines_lists_them() -> None:
    choices = [Choice(routine="a", title="Easy day", minutes=9), Choice(routine="b", title="<i>Bone</i>", minutes=4)]
    seen = watch(Chooser(choices, speech_ms), [], 20_000)
    assert seen.last.menu == ("One: Easy day.", "Two: <i>Bone</i>.")
    assert (seen.last.scene, seen.last.can_say, seen.last.saying) == (
        Scene.TALK,
        CHOOSING,
        script.text(Line(Key.MENU_AGAIN)),
    )


def test_a_question_before_the_session_shows_its_answers_and_distress_is_distress() -> None:
    question = Question(id="screening.heart", kind=Kind.YES_NO)

    def interview() -> Interview:
        return Interview(lambda answers: None if answers else question, speech_ms)

    seen = watch(interview(), [], 8_000)
    assert seen.last.scene is Scene.QUESTION
    assert seen.last.can_say[:3] == ("yes", "no", "not sure")
    assert seen.last.saying.endswith("?")
    urgent = watch(interview(), [command(4_000, Intent.DIZZY)], 12_000).last
    assert (urgent.scene, urgent.headline) == (Scene.DISTRESS, "Sit down")
    check = watch(SoundCheck(speech_ms, keeping=False, ask=True), [], 4_000).last
    assert (check.scene, check.saying) == (Scene.TALK, script.text(Line(Key.CHECK_ASK)))


def test_the_value_is_plain_json() -> None:
    shown = session(tiny_plan(), until=15_000).last
    assert json.loads(json.dumps(as_json(shown)))["scene"] == shown.scene.value


def test_phrases_are_written_as_one_writes_them() -> None:
    assert {words.phrase(intent).lower() for intent in Intent if intent in PHRASES} == {
        phrases[0] for phrases in PHRASES.values()
    }
    assert words.phrase(Intent.HOW_TO) == "how do I do it"
    assert words.written("i'm done if it is") == "I'm done if it is"


def test_nothing_is_shown_twice() -> None:
    seen: Seen = session(tiny_plan(), *INTERRUPTED)
    values = [shown for _, shown in seen.values]
    assert all(one != other for one, other in pairwise(values))
