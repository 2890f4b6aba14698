"""Forms asked one question at a time: every kind of answer, silence, what is misheard, taken back, broken off."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from voice_coach.conversation.answers import KEY_PAUSE, MORE_DIGITS
from voice_coach.conversation.frame import ANSWER_AFTER, ANSWER_WITHIN, LONGEST
from voice_coach.conversation.interview import Interview, line
from voice_coach.conversation.words import LATER, words_for
from voice_coach.person.model import NO, NOT_SURE, YES, Answer
from voice_coach.person.questions import Kind, Question
from voice_coach.routine.model import Ms
from voice_coach.session import waiting
from voice_coach.session.events import (
    DISTRESS,
    Command,
    Effect,
    End,
    Hush,
    Intent,
    Reason,
    Record,
    Say,
    Sound,
    Tone,
    Unheard,
    Via,
    Volume,
)
from voice_coach.session.lines import Line
from voice_coach.session.segments import SENTENCE_GAP

SPEECH: Ms = 1_000  # every sentence takes so long
HEART, STICK = Question(id="test.heart"), Question(id="test.stick")
FALLS = Question(id="test.falls", kind=Kind.NUMBER, most=50)
SCALE = Question(id="test.scale", kind=Kind.NUMBER, optional=True)
CALL = Question(id="test.call", kind=Kind.DIGITS, most=10**15 - 1, optional=True)
AGE = Question(id="test.age", kind=Kind.DIGITS, least=18, most=110, optional=True)
WEIGHT = Question(id="test.weight", kind=Kind.LOAD)
OFFER = Question(id="test.offer", optional=True)
AFTER_TEN = ANSWER_AFTER + SPEECH + ANSWER_WITHIN  # the window of a question without anything before it


class Talk:
    """An interview with time that moves a second before each word; `said` is all that was said, by sentence."""

    def __init__(self, *questions: Question, answers: Mapping[str, Answer] | None = None, **options: object) -> None:
        def following(given: Mapping[str, Answer]) -> Question | None:
            return next((each for each in questions if each.id not in given), None)

        self.now: Ms = 0
        self.interview = Interview(following, lambda _line: SPEECH, answers=answers, **options)  # type: ignore[arg-type]
        self.effects: list[Effect] = []

    def wait(self, ms: Ms) -> list[Effect]:
        self.now += ms
        return self._keep(self.interview.advance(self.now))

    def say(self, words: str, *, after: Ms = 4_000, via: Via = Via.VOICE) -> list[Effect]:
        self.wait(after)
        match = self.interview.vocabulary.match(words)
        assert match is not None, words
        return self._keep(self.interview.receive(match.command(self.now, via)))

    def press(self, intent: Intent, key: str, after: Ms = 100) -> list[Effect]:
        self.wait(after)
        return self._keep(self.interview.receive(Command(at=self.now, intent=intent, via=Via.KEY, phrase=key)))

    def mumble(self, after: Ms = 4_000) -> list[Effect]:
        self.wait(after)
        return self._keep(self.interview.receive(Unheard(at=self.now)))

    def _keep(self, effects: list[Effect]) -> list[Effect]:
        self.effects += effects
        return effects

    @property
    def said(self) -> list[str]:
        """Ids of sentences, and names of those that have none."""
        lines = [effect.line for effect in self.effects if isinstance(effect, Say)]
        return [str(each.args[0]) if each.args else each.key.value for each in lines]

    @property
    def end(self) -> Reason | None:
        ends = [effect.reason for effect in self.effects if isinstance(effect, End)]
        assert len(ends) == self.interview.over and ends[-1:] == [r for r in [self.interview.ended] if r]
        return ends[0] if ends else None


@pytest.mark.parametrize(
    ("words", "answer", "echo"),
    [("yes", YES, "yes"), ("no", NO, "no"), ("not sure", NOT_SURE, "not_sure"), ("i'm not sure", NOT_SURE, "not_sure"),
     ("that's right", YES, "yes")],
)  # fmt: skip
def test_yes_no_and_not_sure_are_echoed_and_the_next_question_follows(words: str, answer: str, echo: str) -> None:
    talk = Talk(HEART, STICK)
    assert talk.say(words) == [Hush(at=4_000), Sound(at=4_000, tone=Tone.HEARD)]
    talk.wait(4_000)
    assert talk.said == ["test.heart", f"interview.{echo}", "test.stick"]
    assert talk.interview.answers == {"test.heart": answer}
    talk.say("no")
    assert talk.interview.complete and not talk.interview.over
    talk.wait(5_000)
    assert talk.end is Reason.COMPLETED


def test_what_frames_it_is_said_around_the_questions() -> None:
    talk = Talk(HEART, intro=(line("a"), line("b")), outro=(line("c"),))
    talk.wait(20_000)
    assert talk.said[:3] == ["a", "b", "test.heart"]
    talk.say("no")
    talk.wait(10_000)
    assert talk.said[-2:] == ["interview.no", "c"]
    assert talk.end is Reason.COMPLETED


def test_with_nothing_to_ask_only_the_frame_is_said() -> None:
    talk = Talk(intro=(line("a"),), outro=(line("c"),))
    talk.wait(10_000)
    assert (talk.said, talk.end, talk.interview.complete) == (["a", "c"], Reason.COMPLETED, True)


def test_what_is_heard_before_the_question_is_no_answer_but_what_is_typed_is() -> None:
    talk = Talk(HEART, intro=(line("a"), line("b")))
    assert talk.say("yes", after=1_000) == []
    assert talk.interview.answers == {}
    talk.say("no", after=500, via=Via.KEY)
    assert talk.interview.answers == {"test.heart": NO}


@pytest.mark.parametrize(("words", "number"), [("zero", 0), ("none", 0), ("nought", 0), ("two", 2), ("12", 12)])
def test_small_numbers_are_taken_and_echoed(words: str, number: int) -> None:
    talk = Talk(FALLS, STICK)
    talk.say(words)
    assert talk.interview.answers == {"test.falls": number}
    talk.wait(5_000)
    assert talk.said == ["test.falls", "interview.number", "test.stick"]


@pytest.mark.parametrize("number", [13, 15, 30, 50])
def test_numbers_that_sound_like_others_are_read_back(number: int) -> None:
    talk = Talk(FALLS, STICK)
    talk.say(str(number))
    assert talk.interview.answers == {}
    talk.wait(2_000)
    assert talk.effects[-1] == Say(at=talk.now - 2_000 + ANSWER_AFTER, line=line("interview.read_back", number))
    talk.say("yes")
    assert talk.interview.answers == {"test.falls": number}


def test_no_to_what_was_read_back_asks_again_and_another_number_takes_its_place() -> None:
    talk = Talk(FALLS)
    for words in ("thirty", "no", "thirteen", "fourteen"):
        talk.say(words)
    assert talk.interview.answers == {}
    talk.wait(2_000)
    assert talk.said == ["test.falls", "interview.read_back", "test.falls", *2 * ["interview.read_back"]]
    talk.say("skip", after=100) if FALLS.optional else talk.say("yes", after=100)
    assert talk.interview.answers == {"test.falls": 14}


def test_what_is_typed_cannot_be_misheard() -> None:
    talk = Talk(FALLS, whole_lines=True)
    talk.say("30", via=Via.KEY)
    assert talk.interview.answers == {"test.falls": 30}


def test_numbers_by_key_come_digit_by_digit() -> None:
    talk = Talk(FALLS, SCALE, Question(id="test.last", kind=Kind.NUMBER))
    talk.say("1", via=Via.KEY, after=100)
    talk.say("5", via=Via.KEY, after=500)  # no other digit can follow
    talk.say("1", via=Via.KEY, after=100)
    assert talk.interview.answers == {"test.falls": 15}
    talk.press(Intent.DONE, "\n")
    assert talk.interview.answers["test.scale"] == 1
    talk.say("1", via=Via.KEY, after=100)
    talk.wait(KEY_PAUSE)
    assert talk.interview.answers["test.last"] == 1
    assert talk.interview.complete


def test_who_goes_on_after_a_digit_has_told_her_number() -> None:
    talk = Talk(SCALE, HEART)
    talk.say("1", via=Via.KEY, after=100)
    talk.say("yes", via=Via.KEY, after=100)
    assert talk.interview.answers == {"test.scale": 1, "test.heart": YES}


@pytest.mark.parametrize("words", ["51", "999"])
def test_a_number_out_of_range_is_told_the_range_and_asked_again(words: str) -> None:
    talk = Talk(FALLS)
    talk.say(words, via=Via.SCRIPT)
    talk.wait(3_000)
    assert talk.said == ["test.falls", "interview.range", "test.falls"]
    assert talk.interview.answers == {}


def test_digits_are_collected_read_back_and_kept_as_text() -> None:
    talk = Talk(CALL)
    talk.say("one one")
    talk.say("two", after=1_500)
    talk.say("done", after=1_500)
    talk.wait(2_000)
    assert talk.effects[-1] == Say(at=talk.now - 2_000 + ANSWER_AFTER, line=line("interview.digits", "112"))
    talk.say("yes")
    assert talk.interview.answers == {"test.call": "112"}


def test_digits_without_done_are_read_back_after_a_moment_and_no_begins_again() -> None:
    talk = Talk(CALL)
    talk.say("oh nine nine")
    talk.wait(MORE_DIGITS + 2_000)
    assert talk.effects[-1].line.args == ("interview.digits", "099")  # type: ignore[union-attr]
    talk.say("no")
    talk.say("nine nine nine")
    talk.wait(MORE_DIGITS + 2_000)
    talk.say("that's right")
    assert talk.interview.answers == {"test.call": "999"}


@pytest.mark.parametrize("words", ["seventy four", "seven four", "74"])
def test_digits_that_are_a_number_may_be_said_as_one(words: str) -> None:
    talk = Talk(AGE)
    talk.say(words)
    talk.wait(MORE_DIGITS)
    talk.say("yes")
    assert talk.interview.answers == {"test.age": "74"}


@pytest.mark.parametrize("words", ["seven", "nine nine nine", "1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6"])
def test_digits_that_cannot_be_are_asked_again(words: str) -> None:
    talk = Talk(AGE)
    talk.say(words)
    talk.wait(MORE_DIGITS + 3_000)
    assert talk.said == ["test.age", "interview.too_many_digits", "test.age"]


def test_a_typed_line_of_digits_is_the_whole_number() -> None:
    talk = Talk(CALL, AGE, whole_lines=True)
    talk.say("112", via=Via.KEY)
    talk.say("74", via=Via.KEY)
    assert talk.interview.answers == {"test.call": "112", "test.age": "74"}


@pytest.mark.parametrize(
    ("words", "answer"),
    [("three kilos", 3_000), ("two and a half kilos", 2_500), ("half a kilo", 500), ("one kilo", 1_000),
     ("red band", "red band"), ("yellow", "yellow band"), ("four", 4_000), ("twenty kilos", 20_000)],
)  # fmt: skip
def test_weights_and_bands_are_read_back(words: str, answer: Answer) -> None:
    talk = Talk(WEIGHT)
    talk.say(words)
    talk.wait(2_000)
    name = "interview.grams" if isinstance(answer, int) else "interview.band"
    assert talk.effects[-1] == Say(at=talk.now - 2_000 + ANSWER_AFTER, line=line(name, answer))
    talk.say("yes")
    assert talk.interview.answers == {"test.weight": answer}


@pytest.mark.parametrize("question", [SCALE, CALL, AGE])
@pytest.mark.parametrize("words", ["skip", "no", "not sure"])
def test_what_is_optional_can_be_left_out(question: Question, words: str) -> None:
    talk = Talk(question)
    talk.say(words)
    assert talk.interview.answers == {question.id: NOT_SURE}


@pytest.mark.parametrize("words", LATER)
def test_later_leaves_out_what_may_be_left_out_and_nothing_else(words: str) -> None:
    talk = Talk(OFFER)
    talk.say(words)
    talk.wait(4_000)
    assert talk.interview.answers == {"test.offer": NOT_SURE}
    assert talk.said[-1] == "interview.left_out"
    assert Talk(HEART).interview.vocabulary.match(words) is None


def test_what_is_not_optional_cannot() -> None:
    talk = Talk(HEART)
    talk.press(Intent.SKIP, "s", after=4_000)
    talk.wait(3_000)
    assert talk.said == ["test.heart", "interview.needed", "test.heart"]
    assert talk.interview.answers == {}
    assert "skip" not in talk.interview.vocabulary.phrases


def test_silence_is_asked_once_more_with_a_reason_then_shown_the_keys_then_left() -> None:
    talk = Talk(HEART)
    talk.wait(AFTER_TEN - 1)
    assert talk.said == ["test.heart"]
    talk.wait(3_000)
    assert talk.said == ["test.heart", "interview.again", "test.heart"]
    talk.wait(ANSWER_WITHIN + 2 * SPEECH)
    assert talk.said[3:] == ["interview.keys_yes_or_no"]
    talk.wait(LONGEST - 2_000)
    assert not talk.interview.over
    talk.wait(10_000)
    assert talk.said[4:] == ["interview.nobody"]
    assert (talk.end, talk.interview.complete, talk.interview.answers) == (Reason.NO_ANSWER, False, {})


def test_an_answer_long_after_the_keys_still_counts() -> None:
    talk = Talk(HEART)
    talk.say("no", after=100_000)
    assert talk.interview.answers == {"test.heart": NO}


def test_a_miss_is_rephrased_once_the_second_shows_keys_and_a_third_only_sounds() -> None:
    talk = Talk(FALLS)
    assert talk.mumble() == [Hush(at=4_000), Sound(at=4_000, tone=Tone.UNCLEAR)]
    talk.mumble(6_000)
    talk.wait(5_000)
    assert talk.said == ["test.falls", "interview.again", "test.falls", "interview.keys_number"]
    assert talk.mumble(10_000) == [Sound(at=talk.now, tone=Tone.UNCLEAR)]
    assert talk.mumble(1_000) == []  # not more often than every ten seconds
    talk.wait(5_000)
    assert talk.said[4:] == []


def test_silence_after_a_number_was_read_back_reads_it_once_more_then_shows_yes_and_no() -> None:
    talk = Talk(FALLS)
    talk.say("forty")
    talk.wait(60_000)
    assert talk.said[1:] == ["interview.read_back", "interview.read_back", "interview.keys_yes_or_no"]


@pytest.mark.parametrize("question", [SCALE, CALL, AGE, OFFER], ids=lambda question: question.id)
def test_what_may_be_left_out_is_after_two_silences_and_the_next_question_follows(question: Question) -> None:
    talk = Talk(question, HEART)
    talk.wait(AFTER_TEN)
    assert talk.interview.answers == {}
    talk.wait(ANSWER_WITHIN + 4 * SPEECH)
    assert talk.interview.answers == {question.id: NOT_SURE}
    talk.wait(5_000)
    assert talk.said == [question.id, "interview.again", question.id, "interview.left_out", "test.heart"]
    assert not any(isinstance(effect, Sound) for effect in talk.effects)  # nobody was understood
    talk.say("no")
    assert talk.interview.complete


def test_what_was_not_understood_twice_is_shown_the_keys_before_it_is_left_out() -> None:
    talk = Talk(SCALE)
    talk.mumble()
    talk.mumble(6_000)
    talk.wait(5_000)
    assert talk.said[-1] == "interview.keys_number"
    assert talk.mumble(2_000) == [Sound(at=talk.now, tone=Tone.UNCLEAR)]
    assert talk.interview.answers == {}
    talk.wait(ANSWER_WITHIN)
    assert talk.said[-1] == "interview.left_out" and talk.interview.answers == {"test.scale": NOT_SURE}


def test_a_number_read_back_and_never_confirmed_is_left_out_too() -> None:
    talk = Talk(AGE)
    talk.say("seven four")
    talk.wait(MORE_DIGITS)
    talk.wait(LONGEST)
    assert talk.said == ["test.age", "interview.digits", "interview.digits", "interview.left_out"]
    assert talk.interview.answers == {"test.age": NOT_SURE}


def test_repeat_asks_again_and_help_explains_first() -> None:
    talk = Talk(HEART)
    talk.say("repeat")
    talk.say("help")
    talk.wait(4_000)
    assert talk.said == ["test.heart", "test.heart", "interview.help_yes_or_no", "test.heart"]


def test_go_back_takes_back_the_last_answer() -> None:
    talk = Talk(HEART, STICK)
    talk.say("yes")
    talk.say("go back")
    assert talk.interview.answers == {}
    talk.say("no")
    talk.say("no")
    assert talk.interview.answers == {"test.heart": NO, "test.stick": NO}


def test_go_back_from_a_number_that_is_read_back_asks_it_again_and_before_the_first_there_is_nothing() -> None:
    talk = Talk(FALLS)
    for words in ("twenty", "go back", "go back"):
        talk.say(words)
    talk.wait(4_000)
    assert talk.said == ["test.falls", "interview.read_back", "test.falls", "interview.first", "test.falls"]


def test_answers_that_were_given_before_are_not_asked_again_but_can_be_taken_back() -> None:
    talk = Talk(HEART, FALLS, STICK, answers={"test.heart": NO, "test.falls": 2})
    talk.wait(2_000)
    assert talk.said == ["test.stick"]
    talk.say("go back")
    talk.say("three")
    assert talk.interview.answers == {"test.heart": NO, "test.falls": 3}


def test_pause_waits_for_half_an_hour_and_only_resume_goes_on() -> None:
    talk = Talk(HEART)
    talk.say("pause")
    assert talk.interview.standing
    talk.wait(25 * 60_000)
    assert talk.say("yes") == [Sound(at=talk.now, tone=Tone.NOT_NOW)]
    talk.say("resume")
    assert not talk.interview.standing
    talk.wait(2_000)
    assert talk.said[-1] == "test.heart"
    talk.say("pause")
    talk.wait(waiting.PAUSE_LONGEST + 10_000)
    assert talk.end is Reason.NO_ANSWER


def test_louder_and_quieter_change_only_the_volume() -> None:
    talk = Talk(HEART)
    assert talk.say("louder") == [Volume(at=talk.now, step=1)]
    assert talk.say("quieter") == [Volume(at=talk.now, step=-1)]


@pytest.mark.parametrize("words", ["stop", "end session"])
@pytest.mark.parametrize("moment", ["asked", "read back", "paused", "digits"])
def test_stop_breaks_it_off_and_keeps_what_was_answered(words: str, moment: str) -> None:
    talk = Talk(HEART, CALL if moment == "digits" else FALLS, STICK)
    talk.say("yes")
    for before in {"read back": ["thirty"], "paused": ["pause"], "digits": ["one one"]}.get(moment, []):
        talk.say(before)
    talk.say(words)
    talk.wait(5_000)
    assert talk.said[-1] == "interview.kept"
    assert (talk.end, talk.interview.complete) == (Reason.ENDED, False)
    assert talk.interview.answers == {"test.heart": YES}


def test_stop_during_the_last_sentence_ends_at_once_and_all_was_told() -> None:
    talk = Talk(HEART, outro=(line("c"),))
    talk.say("no")
    assert talk.say("stop", after=100)[-1] == End(at=talk.now, reason=Reason.ENDED)
    assert talk.interview.complete


@pytest.mark.parametrize("intent", DISTRESS)
@pytest.mark.parametrize("moment", ["intro", "asked", "read back", "digits", "paused", "outro"])
def test_distress_brings_the_advice_at_any_moment_and_nothing_else(intent: Intent, moment: str) -> None:
    talk = Talk(CALL if moment == "digits" else FALLS, intro=(line("a"),), outro=(line("c"),))
    before = {"read back": ["thirty"], "digits": ["one"], "paused": ["pause"], "outro": ["two"]}.get(moment, [])
    for words in before:
        talk.say(words)
    talk.wait(100 if moment in ("intro", "outro") else 4_000)
    command = Command(at=talk.now, intent=intent, via=Via.VOICE, phrase="x")
    first = talk.interview.receive(command)
    assert [type(effect) for effect in first] == [Hush, Record]
    assert talk.interview.urgent == command
    answers = dict(talk.interview.answers)
    assert talk.press(Intent.YES, "y", after=1_000) == []
    assert talk.mumble(1_000) == []
    assert talk.press(Intent.STOP, "q", after=1_000) == [Hush(at=talk.now)]
    talk.wait(waiting.DISTRESS_LONGEST)
    said = [effect for effect in talk.effects if isinstance(effect, Say) and effect.at > command.at]
    assert said and {effect.priority.name for effect in said} == {"SAFETY"}
    assert Line(waiting.ADVICE[intent]) in {effect.line for effect in said}
    assert talk.end is Reason.DISTRESS
    assert talk.interview.answers == answers


def test_after_a_false_alarm_the_question_is_asked_again() -> None:
    talk = Talk(HEART)
    talk.say("i feel dizzy")
    talk.say("false alarm")
    assert talk.interview.urgent is None
    talk.wait(2_000)
    assert talk.said[-1] == "test.heart"
    talk.say("no")
    talk.wait(5_000)
    assert talk.end is Reason.COMPLETED


def test_in_distress_end_session_ends_at_once() -> None:
    talk = Talk(HEART)
    talk.say("my chest hurts")
    assert talk.say("end session")[-1] == End(at=talk.now, reason=Reason.DISTRESS)


def test_an_answer_that_needs_help_breaks_it_off_with_its_sentence() -> None:
    def halt(answers: Mapping[str, Answer]) -> tuple[Line, ...]:
        return (line("urgent"),) if answers.get("test.heart") == YES else ()

    talk = Talk(HEART, STICK, halt=halt, outro=(line("c"),))
    talk.say("yes")
    talk.wait(10_000)
    assert talk.said == ["test.heart", "urgent"]
    assert (talk.end, talk.interview.complete) == (Reason.ENDED, False)
    assert talk.interview.answers == {"test.heart": YES}


def test_forty_times_harder_changes_nothing() -> None:
    talk, undisturbed = Talk(HEART), Talk(HEART)
    for _ in range(40):
        assert talk.press(Intent.HARDER, "h") == [Sound(at=talk.now, tone=Tone.NOT_NOW)]
    talk.wait(150_000 - talk.now)
    undisturbed.wait(150_000)
    assert talk.said == undisturbed.said
    assert talk.interview.answers == {}


@pytest.mark.parametrize("question", [HEART, FALLS, SCALE, CALL, AGE, WEIGHT], ids=lambda question: question.id)
@pytest.mark.parametrize("intent", Intent)
def test_every_intent_has_a_defined_answer_and_none_is_an_answer_by_accident(
    intent: Intent, question: Question
) -> None:
    talk = Talk(question)
    talk.wait(4_000)
    effects = talk.interview.receive(Command(at=4_000, intent=intent, via=Via.VOICE, value=3))
    assert effects
    means = {YES: Intent.YES, NO: Intent.NO, 3: Intent.NUMBER}
    given = talk.interview.answers.get(question.id)
    assert given in (None, NOT_SURE) or means[given] is intent
    assert given is not NOT_SURE or intent in (Intent.NOT_SURE, Intent.SKIP, Intent.NO)


def test_who_types_on_leaves_out_the_last_sentences() -> None:
    talk = Talk(HEART, outro=(line("c"),))
    assert talk.interview.asking and talk.interview.hurry() == []
    talk.say("no")
    assert not talk.interview.asking
    assert talk.interview.hurry()[-1] == End(at=talk.now, reason=Reason.COMPLETED)
    assert talk.interview.complete and talk.interview.hurry() == []


def test_what_is_said_does_not_depend_on_how_time_is_cut_up() -> None:
    whole, cut = Talk(HEART, FALLS), Talk(HEART, FALLS)
    for talk in (whole, cut):
        for words in ("yes", "thirty", "no"):
            for _ in range(100 if talk is cut else 1):
                talk.wait(50 if talk is cut else 5_000)
            talk.say(words, after=0)
        for _ in range(1_000 if talk is cut else 1):
            talk.wait(170 if talk is cut else 170_000)
    assert whole.effects == cut.effects


@pytest.mark.parametrize("question", [HEART, FALLS, SCALE, CALL, AGE, WEIGHT], ids=lambda question: question.id)
def test_only_answers_and_what_always_counts_is_listened_for(question: Question) -> None:
    words = words_for(question)
    assert {"yes", "no", "not sure", "pause", "stop", "go back", "help", "i feel dizzy", "false alarm"} <= set(
        words.phrases
    )
    assert not {"harder", "easier", "faster", "how long", "more rest"} & set(words.phrases)
    assert ("skip" in words.phrases) == question.optional
    assert words_for(question) is words


def test_the_window_is_the_one_that_is_written_down() -> None:
    talk = Talk(HEART)
    assert talk.interview.deadline == ANSWER_AFTER
    talk.wait(ANSWER_AFTER)
    assert talk.interview.deadline == ANSWER_AFTER + SPEECH + SENTENCE_GAP - SENTENCE_GAP + ANSWER_WITHIN
