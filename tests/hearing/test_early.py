"""A command counts before the recogniser's own end of the utterance, once, and not before it is one."""

from __future__ import annotations

import pytest

from tests.hearing.scene import LENGTH, LOUD, block, commands, decided, dismissed, so_far, sound, whole
from voice_coach.hearing import Rules
from voice_coach.session.events import Intent

RULES = Rules()
SPOKEN = (1_000, 1_400)  # a word


@pytest.mark.parametrize(
    ("phrase", "intent", "quiet"),
    [
        ("pause", Intent.PAUSE, RULES.generous.quiet),
        ("i feel dizzy", Intent.DIZZY, RULES.generous.quiet),
        ("easier", Intent.EASIER, RULES.ordinary.quiet),
        ("skip", Intent.SKIP, RULES.strict.quiet),
        ("help", Intent.HELP, RULES.ordinary.quiet + RULES.goes_on),  # "help me" is another thing
        ("seven", Intent.NUMBER, RULES.strict.quiet),
    ],
)
def test_a_phrase_counts_when_its_text_has_stood_and_the_microphone_has_fallen_quiet(
    phrase: str, intent: Intent, quiet: int
) -> None:
    found = decided([so_far(1_250, phrase), whole(2_000, *SPOKEN, phrase, 1.0)], [SPOKEN])
    assert commands(found) == [(block(SPOKEN[1] + quiet), intent)]
    assert dismissed(found) == []


def test_a_large_number_waits_for_the_end_and_must_be_sure() -> None:
    """Teens and tens are what most foreign words are taken for."""
    sure, unsure = RULES.large_confidence, RULES.large_confidence - 0.01
    said = [so_far(1_250, "thirty two"), whole(2_000, *SPOKEN, "thirty two", sure)]
    assert commands(decided(said, [SPOKEN])) == [(2_000, Intent.NUMBER)]
    found = decided([so_far(1_250, "thirty two"), whole(2_000, *SPOKEN, "thirty two", unsure)], [SPOKEN])
    assert dismissed(found) == [("thirty two", "not sure enough")]


def test_a_text_that_comes_late_must_stand_for_a_moment_all_the_same() -> None:
    found = decided([so_far(1_900, "pause"), whole(2_400, *SPOKEN, "pause", 1.0)], [SPOKEN])
    assert commands(found) == [(block(1_900 + RULES.generous.stable), Intent.PAUSE)]


def test_the_recognisers_own_end_is_soon_enough_for_what_comes_first() -> None:
    found = decided([so_far(1_250, "pause"), whole(1_440, *SPOKEN, "pause", 1.0)], [SPOKEN])
    assert commands(found) == [(1_440, Intent.PAUSE)]


def test_where_it_never_falls_quiet_a_text_that_stands_counts() -> None:
    found = decided([so_far(1_300, "pause"), whole(5_500, *SPOKEN, "pause", 1.0)], [(900, LENGTH)])
    assert commands(found) == [(block(1_300 + RULES.noisy), Intent.PAUSE)]


def test_where_nothing_stands_out_a_text_must_stand_longer() -> None:
    """A person too far away, or one who spoke while the coach was louder."""
    found = decided([so_far(1_300, "pause")])
    assert commands(found) == [(block(1_300 + RULES.noisy), Intent.PAUSE)]


def test_a_guess_that_cannot_be_relied_on_waits_for_the_end() -> None:
    reports = [so_far(1_250, "fall", sure=False), whole(1_700, *SPOKEN, "pause", 1.0)]
    assert commands(decided(reports, [SPOKEN])) == [(1_700, Intent.PAUSE)]


def test_early_can_be_turned_off() -> None:
    reports = [so_far(1_250, "pause"), whole(2_000, *SPOKEN, "pause", 1.0)]
    assert commands(decided(reports, [SPOKEN], rules=Rules(early=False))) == [(2_000, Intent.PAUSE)]


@pytest.mark.parametrize("confidence", [None, 1.0])  # with and without the times of the words
def test_what_was_obeyed_early_is_not_obeyed_again_at_the_end(confidence: float | None) -> None:
    reports = [
        so_far(1_250, "pause"),
        so_far(1_800, ""),
        so_far(1_900, "pause"),
        whole(2_400, *SPOKEN, "pause", confidence),
    ]
    found = decided(reports, [SPOKEN])
    assert [intent for _, intent in commands(found)] == [Intent.PAUSE]
    assert dismissed(found) == []


def test_said_twice_in_one_breath_it_counts_once() -> None:
    reports = [so_far(1_250, "louder"), so_far(1_900, "louder louder"), whole(2_600, 1_000, 2_000, "louder louder")]
    assert [intent for _, intent in commands(decided(reports, [SPOKEN, (1_650, 2_000)]))] == [Intent.LOUDER]


def test_said_again_in_the_next_utterance_it_counts_again() -> None:
    reports = [
        so_far(1_250, "louder"), whole(2_000, *SPOKEN, "louder", 1.0),
        so_far(3_250, "louder"), whole(4_000, 3_000, 3_400, "louder", 1.0),
    ]  # fmt: skip
    found = decided(reports, [SPOKEN, (3_000, 3_400)])
    assert [intent for _, intent in commands(found)] == [Intent.LOUDER, Intent.LOUDER]


def test_a_phrase_that_only_begins_is_not_the_shorter_one() -> None:
    """ "Help … me" in one breath, and "how many", which is nothing yet."""
    span = (1_000, 1_900)
    reports = [so_far(1_300, "help"), so_far(1_800, "help me"), whole(2_500, *span, "help me", 1.0)]
    assert [intent for _, intent in commands(decided(reports, [(1_000, 1_350), (1_550, 1_900)]))] == [Intent.EMERGENCY]
    reports = [so_far(1_200, "how many"), so_far(1_800, "how many left"), whole(2_500, *span, "how many left", 1.0)]
    assert [intent for _, intent in commands(decided(reports, [(1_000, 1_300), (1_700, 1_900)]))] == [
        Intent.HOW_MANY_LEFT
    ]


def test_distress_that_follows_a_shorter_phrase_counts_too() -> None:
    reports = [so_far(1_250, "help"), so_far(2_250, "help me"), whole(3_000, 1_000, 2_400, "help me", 1.0)]
    found = decided(reports, [SPOKEN, (2_100, 2_400)])
    assert [intent for _, intent in commands(found)] == [Intent.HELP, Intent.EMERGENCY]


def test_what_follows_in_the_same_utterance_is_judged_by_itself() -> None:
    reports = [so_far(1_250, "stop"), so_far(1_950, "stop yes"), whole(2_700, 1_000, 2_050, "stop yes")]
    found = decided(reports, [SPOKEN, (1_750, 2_050)])
    assert [intent for _, intent in commands(found)] == [Intent.STOP, Intent.YES]
    with_times = [so_far(1_250, "stop"), whole(2_700, 1_000, 2_200, "stop yes", 1.0)]
    assert [intent for _, intent in commands(decided(with_times, [SPOKEN, (1_750, 2_200)]))] == [
        Intent.STOP,
        Intent.YES,
    ]


def test_a_recogniser_that_changes_its_mind_has_said_nothing() -> None:
    reports = [so_far(1_200, "stop"), so_far(1_400, "stop [unk]"), whole(2_200, 1_000, 1_700, "stop [unk]", 1.0)]
    found = decided(reports, [(1_000, 1_700)])
    assert commands(found) == []
    assert dismissed(found) == [("stop [unk]", "other words beside it")]
    assert commands(decided([so_far(1_200, "stop"), so_far(1_450, "")], [SPOKEN])) == []


def test_another_phrase_in_its_place_is_the_one_that_counts() -> None:
    reports = [so_far(1_150, "fall"), so_far(1_300, "four"), whole(2_000, *SPOKEN, "four", 1.0)]
    assert [intent for _, intent in commands(decided(reports, [SPOKEN]))] == [Intent.NUMBER]


def test_talk_that_goes_on_is_no_command() -> None:
    talk = (1_000, 3_000)
    reports = [so_far(1_250, "[unk]"), so_far(1_600, "[unk] pause"), so_far(1_900, "[unk] pause [unk]")]
    found = decided([*reports, whole(3_600, *talk, "[unk] pause [unk]", 1.0)], [talk])
    assert commands(found) == []
    assert dismissed(found) == [("[unk] pause [unk]", "other words beside it")]


def test_the_answer_does_not_depend_on_how_loud_the_room_is() -> None:
    """A kettle 20 dB below her voice: she still stands out."""
    reports = [so_far(1_250, "pause"), whole(2_000, *SPOKEN, "pause", 1.0)]
    quiet, kettle = decided(reports, [SPOKEN]), decided(reports, mic=sound([SPOKEN], noise=LOUD / 10))
    assert commands(quiet) == commands(kettle) == [(block(1_400 + RULES.generous.quiet), Intent.PAUSE)]
