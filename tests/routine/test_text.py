"""What is wrong with a file before its fields are looked at: bytes, encoding, syntax, YAML's traps, bombs."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.routine.home import Home
from voice_coach.routine.nodes import MAX_DEPTH, MAX_ENTRIES, MAX_NODES, compose
from voice_coach.routine.source import MAX_BYTES, parse, read

GOOD = "title: My day\nblocks:\n  - name: Main\n    items:\n      - {exercise: chair_stand, reps: 8}\n"


def test_a_good_routine_has_no_problem(home: Home) -> None:
    assert home.problems(GOOD) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "my.yaml: the file is empty"),
        ("# only a remark\n", "my.yaml: the file is empty"),
        ("---\n", "my.yaml: the file is empty"),
        ("- a\n- b\n", "my.yaml:1: the file holds a list, not fields, begin with title:"),
        ("just words\n", "my.yaml:1: the file holds just words, not fields, begin with title:"),
    ],
)
def test_nothing_to_read(home: Home, text: str, expected: str) -> None:
    assert home.problems(text) == [expected]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (GOOD.encode("utf-16"), "my.yaml:1: this file is written in UTF-16, save it as UTF-8 text"),
        (b"title: a\nb: \x00", "my.yaml:2: there is a NUL byte, this is not a text file, save it as UTF-8 text"),
        ("# 1\n# 2\ntitle: Caf\xe9\n".encode("latin-1"), "my.yaml:3: byte 0xe9 is not UTF-8, save it as UTF-8 text"),
        (b"title: a\n# \x07\n", "my.yaml:2: there is a control character (U+0007), delete it"),
        (b"# " + b"x" * MAX_BYTES, "my.yaml: is larger than 1 MB, is this the right file"),
    ],
)
def test_bytes_that_are_no_text(home: Home, data: bytes, expected: str) -> None:
    assert home.problems(data) == [expected]


def test_a_byte_order_mark_and_windows_line_ends_are_welcome(home: Home) -> None:
    assert home.problems(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode()) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "title: My day: legs\n",
            "my.yaml:1: a colon is not expected here, "
            "put text with a colon in quotes, or check this line and the one before",
        ),
        ('title: "My day\nblocks: 1\n', "my.yaml:1: a quote is opened and never closed"),
        ("title: a\naliases: [b, c\n", "my.yaml:2: a list in brackets is not closed, add ]"),
        ("title: a\nblocks: {b: c\n", "my.yaml:2: a group in braces is not closed, add }"),
        ("title: a\nblocks\npurpose: b\n", "my.yaml:2: a field without a colon, write it as name: value"),
        ("title: @home\n", "my.yaml:1: YAML keeps this character for itself, put the text in quotes"),
        (
            "blocks:\n    - a\n  - b\n",
            "my.yaml:3: this does not fit the lines before it, check indentation and quotes",
        ),
        (
            "blocks:\n  - name: a\n   items: b\n",
            "my.yaml:3: this does not fit the list before it, check the indentation",
        ),
        ("title: a\nblocks: [", "my.yaml:2: a bracket without its other half, check [ ] and { }"),
        ('title: "a\\q"\n', "my.yaml:1: a backslash in double quotes means something else, use single quotes"),
        ("%YAML 2.0\n---\ntitle: a\n", "my.yaml:1: this YAML version is not known, delete the %YAML line"),
    ],
)
def test_syntax_errors_are_plain_sentences_with_a_line(home: Home, text: str, expected: str) -> None:
    assert home.problems(text) == [expected]


def test_syntax_we_have_no_words_for_keeps_the_parsers(home: Home) -> None:
    assert home.problems("title: !<x\n") == ["my.yaml:1: this is not YAML: did not find the expected '>'"]


def test_tabs(home: Home) -> None:
    """Where YAML forbids them, and where it would silently glue the line to the one before."""
    assert home.problems("title: a\nblocks:\n\t- name: b\n\t  items: []\n") == [
        "my.yaml:3: a tab is used to indent (and on 1 more line), YAML wants spaces"
    ]
    glued = GOOD + "purpose: Be\n\tkind.\n"
    assert home.problems(glued) == ["my.yaml:7: a tab is used to indent, YAML wants spaces"]


@pytest.mark.parametrize("line", ["\t", "\t# a remark", "  \t# a remark"])
def test_tabs_before_nothing(home: Home, line: str) -> None:
    assert home.problems(f"{line}\n{GOOD}".encode()) == ["my.yaml:1: a tab is used to indent, YAML wants spaces"]


def test_tabs_inside_text_or_after_it_are_no_matter(home: Home) -> None:
    assert home.problems(GOOD + '\npurpose:\t"Be\n\tkind." # a\tremark\n') == []
    assert home.problems(GOOD + "purpose: >\n  Be\n  \tkind.\n") == []


def test_equal_keys_are_named_with_the_line_of_the_first(home: Home) -> None:
    assert home.problems("title: One\n" + GOOD) == ["my.yaml:2: title is given twice, the first is on line 1, keep one"]


def test_problems_before_a_syntax_error_are_told_too(home: Home) -> None:
    assert home.problems("title: a\ntitle: b\npurpose: @\n") == [
        "my.yaml:2: title is given twice, the first is on line 1, keep one",
        "my.yaml:3: YAML keeps this character for itself, put the text in quotes",
    ]


def test_several_documents(home: Home) -> None:
    assert home.problems(GOOD + "---\ntitle: Two\n") == [
        "my.yaml:6: a second document begins here (---), one file holds one"
    ]


def test_yaml_we_do_not_use_is_refused_by_name(home: Home) -> None:
    assert home.problems("? [a]\n: 1\n<<: {a: 1}\n" + GOOD.replace("My day", "!!python/object:os.system echo")) == [
        "my.yaml:1: the name of a field must be a plain word",
        "my.yaml:3: merging with << is not used here, write the fields out",
        "my.yaml:4: the tag !!python/object:os.system is not used here, write the value without it",
    ]


def test_an_alias_is_as_good_as_the_value(home: Home) -> None:
    routine = home.routine(
        """
        title: My day
        blocks:
          - name: Main
            items:
              - {exercise: chair_stand, reps: 8, rest: &long 1m30s}
              - {exercise: heel_raise, reps: 8, rest: *long}
        """
    )
    assert [item.rest for item in routine.blocks[0].items] == [90_000, 90_000]


def test_a_wrong_alias_is_told_where_it_is_used(home: Home) -> None:
    text = GOOD.replace("reps: 8", "reps: &many 8")
    text += "  - name: Two\n    items:\n      - {exercise: band_row, hold: *many}\n"
    assert "my.yaml:8: hold: 8 needs a unit, did you mean 8s" in home.problems(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: &x [*x]\n", "my.yaml:1: the alias *x refers to the value it is part of"),
        ("a: *x\n", "my.yaml:1: the alias *x has no value, there is no &x before it"),
        ("a:\n  " + "[" * 20, "my.yaml:2: lists and groups are nested more than 20 levels deep"),
        ("[" * 500_000, "my.yaml:1: lists and groups are nested more than 20 levels deep"),
        ("{a: " * 200_000, "my.yaml:1: lists and groups are nested more than 20 levels deep"),
        ("- 1\n" * MAX_ENTRIES + "- 1\n", "my.yaml:1: there are more than 1,000 entries in one list or group"),
        (
            "".join(f"a{n}: 1\n" for n in range(2_000)),
            "my.yaml:1: there are more than 1,000 entries in one list or group",
        ),
        (
            ("- [" + "1, " * 900 + "1]\n") * (MAX_NODES // 900 + 1),
            "my.yaml:23: there are more than 20,000 values, counting aliases written out",
        ),
    ],
)
def test_files_without_end(home: Home, text: str, expected: str) -> None:
    assert home.problems(text) == [expected]


def test_a_bomb_of_aliases_is_not_expanded(home: Home) -> None:
    """Ten lines that would be 10**10 values."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    assert home.problems("\n".join(lines)) == [
        "my.yaml:5: there are more than 20,000 values, counting aliases written out"
    ]


def test_aliases_cannot_hide_depth() -> None:
    nested = "a: &a " + "[" * 15 + "]" * 15 + "\n"
    assert compose(nested + "b: [*a]\n").flaws == []
    assert [flaw.line for flaw in compose(nested + "b: [[[[[*a]]]]]\n").flaws] == [2]
    assert MAX_DEPTH == 20


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("8", 8), ("-3", -3), ("010", 10), ("0x1F", 31), ("0o17", 15), ("1.5", 1.5), ("1e3", 1000.0),
        ("true", True), ("False", False), ("null", None), ("~", None), ("", None),
        ("no", "no"), ("on", "on"), ("Yes", "Yes"), ("1:30", "1:30"), ("2-1-3", "2-1-3"), ("1_000", "1_000"),
        ("2024-01-02", "2024-01-02"), (".inf", ".inf"), ("9" * 5000, "9" * 5000), ("'8'", "8"), ('"true"', "true"),
    ],
)  # fmt: skip
def test_bare_words_are_read_as_yaml_1_2_has_them(written: str, value: object) -> None:
    tree = compose(f"a: {written}\n").tree
    assert tree is not None
    found = tree.plain()["a"]
    assert (found, type(found)) == (value, type(value))


def test_every_value_knows_its_line() -> None:
    tree = compose("a: 1\nb:\n  - c: 2\n    d: >\n      text\n  -   e\n").tree
    assert tree is not None
    second = tree.child("b")
    assert second is not None
    assert [entry.line for entry in second.entries()] == [3, 6]
    assert second.entries()[0].key_lines == {"c": 3, "d": 4}


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    missing = tmp_path / "none.yaml"
    assert [str(each) for each in read(missing).problems] == [f"{missing}: cannot be read: no such file or directory"]
    assert [each.message for each in read(tmp_path).problems] == ["this is not a file"]
    pipe = tmp_path / "pipe.yaml"
    os.mkfifo(pipe)  # opening it would wait for ever
    assert [each.message for each in read(pipe).problems] == ["this is not a file"]
    assert [each.message for each in read(tmp_path / "a\0b").problems] == ["cannot be read: embedded null byte"]


def test_what_is_repeated_back_is_short_and_obeys_no_terminal() -> None:
    source = parse(b'"\\e[31m' + b"x" * 500 + b'": &a 1\nb: *' + b"y" * 300 + b"\n", Path("my.yaml"))
    (problem,) = source.problems
    assert len(problem.message) < 150
    assert problem.message.isprintable()
