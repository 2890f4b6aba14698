"""What the model can hear and how it sounds: everything a person says to the coach, and frequent English beside it.

Pronunciations and frequencies are those of the dictionary and the language model in PocketSphinx's wheel.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeAlias

from voice_coach.commands import GENEROUS, PHRASES, normalise, number_words
from voice_coach.paths import shipped
from voice_coach.routine.library import load_library
from voice_coach.routine.routines import list_routines

Pronunciation: TypeAlias = tuple[str, ...]  # of the 39 phones of CMUdict, without stress

# What can be answered beyond the table of commands: screening, the daily check-in, effort, loads, where it hurts,
# what to do today; and the words of names that routines and movements are likely to have.
ANSWERS = """
coach hey hello okay ok please thank thanks you sorry the a an and or of at in on with for to my your it is are was this
yes yeah yep no nope not sure maybe don't know do i'm i am i've i have had been never always often sometimes rarely
once twice times time none nothing all some any every day days week weeks month months year years today yesterday
tomorrow morning afternoon evening night last first now later soon
better worse same fine good great well bad okay so very quite really a little lot bit much more less most least half
easy hard light heavy medium moderate strong weak comfortable uncomfortable steady unsteady safe afraid
tired sleepy fresh sore stiff sick ill unwell breathless dizzy faint weak shaky swollen tight numb pressure tingling
pain pains painful ache aches aching hurt hurts sharp dull burning mild severe new old
head neck shoulder shoulders arm arms elbow elbows wrist wrists hand hands finger fingers chest breast rib ribs back
upper lower spine hip hips leg legs thigh thighs knee knees ankle ankles foot feet toe toes heel heels heart lung lungs
left right both side sides up down sitting seated standing lying walking exercise exercising
fracture fractures broken bone bones fall falls fell fallen tripped operation surgery hospital doctor nurse
physiotherapist therapist clinician medicine medication tablets pills steroids osteoporosis diabetes stroke blood
height stick frame walker alone someone phone nobody
weight weights kilo kilos kilogram kilograms pound pounds gram grams ounce ounces point quarter band bands loop red
yellow green blue black silver gold loose body dumbbell dumbbells bottle bottles ball chair counter wall door floor mat
stairs stair step steps
routine routines number workout session training program plan list menu second third fourth fifth sixth seventh eighth
ninth tenth minute minutes hour hours seconds zero hundred oh nought
change swap choose start begin ready other another different again option skip cancel forget undo save delete tell show
read summary review log history progress score count counting counted
faster slower louder quieter quiet silent voice speak listen only name
strength strengthen stretch stretching balance posture mobility gentle flexibility warm cool core legs upper lower body
full short long quick evening foundation progressive loading impact ladder steady straight joint snack taste relax yoga
pilates walk march marching squat squats goblet mini hinge tap deadlift bridge split raise raises press curl curls row
rows carry lift lifts bird dog plank twist hold hovering narrow stance tandem drop drops jump jumps jumping push pull
apart triceps biceps towel wring wrist opener calf hamstring slide reset breathing breathe chest reach rise sit stand
stands supported support sideways backwards forwards figure heel toe hallway
"""

# Words that PocketSphinx's dictionary lacks, and the British way to say some that it knows.
BY_HAND: Mapping[str, tuple[str, ...]] = {
    "breastbone": ("B R EH S T B OW N",),
    "deadlift": ("D EH D L IH F T",),
    "nought": ("N AO T",),
    "physiotherapist": ("F IH Z IY OW TH EH R AH P AH S T", "F IH Z IY OW TH EH R AH P IH S T"),
    "calf": ("K AA F",),
    "can't": ("K AA N T",),
    "faster": ("F AA S T ER",),
    "half": ("HH AA F",),
    "what's": ("W AA T S",),
}

_ORDER = tuple(number_words(number) for number in range(1, 21))  # "routine two"
_DICTIONARY, _LANGUAGE = "en-us/cmudict-en-us.dict", "en-us/en-us.lm.bin"


def table_words() -> set[str]:
    """The words of every phrase in the table of commands, and of the numbers to a hundred."""
    phrases = [phrase for group in PHRASES.values() for phrase in group]
    return _words([*phrases, *(number_words(number) for number in range(101))])


def spoken_names() -> set[str]:
    """The names of all shipped routines and exercises, as they are spoken."""
    folder = shipped("routines")
    titles = [name for routine in list_routines([folder])[0] for name in (routine.title, *routine.aliases)]
    exercises = [exercise.name for exercise in load_library([folder]).exercises.values()]
    return {normalise(name) for name in (*titles, *exercises)} | {f"routine {word}" for word in _ORDER}


def names() -> set[str]:
    """The words of those names."""
    return _words(spoken_names())


def vocabulary() -> set[str]:
    """Every word that the coach may ever put into a grammar, whatever the state."""
    return table_words() | names() | _words([ANSWERS])


def generous_words() -> set[str]:
    """The words of which a phrase that must not be missed is made, as far as no other phrase needs them."""
    others = {phrase for group in PHRASES.values() for phrase in group if phrase not in GENEROUS}
    return _words(GENEROUS) - _words(others)


def _words(texts: Iterable[str]) -> set[str]:
    return {word for text in texts for word in normalise(text).split()}


@functools.cache
def dictionary() -> Mapping[str, tuple[Pronunciation, ...]]:
    """Every word of PocketSphinx's dictionary, and those written by hand, with all their pronunciations."""
    entries: dict[str, list[Pronunciation]] = {}
    for line in _model_file(_DICTIONARY).read_text(encoding="utf-8").splitlines():
        word, *phones = line.split()
        entries.setdefault(word.partition("(")[0], []).append(tuple(phones))
    for word, ways in BY_HAND.items():
        entries.setdefault(word, []).extend(tuple(way.split()) for way in ways)
    return {word: tuple(dict.fromkeys(ways)) for word, ways in entries.items()}


@functools.cache
def frequent(count: int) -> tuple[str, ...]:
    """The most frequent words of spoken English that are written in plain letters, the most frequent first."""
    import pocketsphinx

    language = pocketsphinx.NGramModel(pocketsphinx.Config(), pocketsphinx.LogMath(), str(_model_file(_LANGUAGE)))
    plain = [word for word in dictionary() if normalise(word) == word]
    return tuple(sorted(plain, key=lambda word: (-language.prob([word]), word))[:count])


def pronunciations(words: Iterable[str]) -> dict[str, tuple[Pronunciation, ...]]:
    """How each word is said; ValueError names those that nobody has written down."""
    known = dictionary()
    words = sorted(set(words))
    if missing := [word for word in words if word not in known]:
        raise ValueError(f"no pronunciation for: {', '.join(missing)}; add them to BY_HAND in {__name__}")
    return {word: known[word] for word in words}


def _model_file(name: str) -> Path:
    import pocketsphinx

    return Path(pocketsphinx.get_model_path(name))
