"""What is done about the echo, by the names of the devices, and how it is said."""

from __future__ import annotations

import pytest

from voice_coach.speech.echo_choice import AUTO, WAYS, EchoChoice, Way, choose_way, sentence


@pytest.mark.parametrize(
    ("microphone", "loudspeaker", "way"),
    [
        ("Built-in Audio Analog Stereo", "Built-in Audio Analog Stereo", Way.CANCELLER),
        ("USB Microphone", "Living Room Bluetooth Speaker", Way.CANCELLER),
        ("USB Microphone", "JBL Flip (Bluetooth)", Way.CANCELLER),
        ("Jabra Headset", "Jabra HEADSET Mono", Way.HEADSET),
        ("Built-in Audio", "Sony Headphones", Way.HEADSET),
        ("AirPods of Anna", "AirPods of Anna", Way.HEADSET),
        ("Jabra Headset", "Built-in Audio", Way.CANCELLER),  # the loudspeaker is what matters
        ("Built-in Audio (echo cancelled with echo-cancel)", "Built-in Audio", Way.SYSTEM),
        ("alsa_input.pci.echo_cancel", "Sony Headphones", Way.SYSTEM),
    ],
)
def test_auto_goes_by_the_names(microphone: str, loudspeaker: str, way: Way) -> None:
    assert choose_way(AUTO, microphone, loudspeaker).way is way


@pytest.mark.parametrize("way", list(Way))
def test_what_was_asked_for_is_taken(way: Way) -> None:
    choice = choose_way(way.value, "Built-in Audio", "Sony Headphones")
    assert choice == EchoChoice(way=way, why="you asked for it")


def test_every_way_can_be_asked_for_and_has_a_sentence_of_its_own() -> None:
    assert set(WAYS) == {AUTO, *(way.value for way in Way)}
    said = {sentence(EchoChoice(way=way, why="it suits")) for way in Way}
    assert len(said) == len(Way)
    assert all(text.startswith("Echo: ") and text.endswith("since it suits.") for text in said)


def test_a_way_nobody_knows_is_refused() -> None:
    with pytest.raises(ValueError, match="louder"):
        choose_way("louder", "Built-in Audio", "Built-in Audio")
