"""Files of other programs as people have them: other encodings, separators, units; and everything wrong at once."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exchange.made import context, folder
from voice_coach.errors import ProblemsFound
from voice_coach.exchange import Context, Session, Units, read_file

HEVY = (
    '"title","start_time","end_time","description","exercise_title","superset_id","exercise_notes","set_index",'
    '"set_type","weight_kg","reps","distance_km","duration_seconds","rpe"\n'
)
STRONG = (
    "Date;Workout Name;Exercise Name;Set Order;Weight;Weight Unit;Reps;RPE;Distance;Distance Unit;Seconds;Notes;"
    "Workout Notes;Workout Duration\n"
)
IPHONE = "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,Workout Notes,RPE\n"
FITNOTES = "Date,Exercise,Category,Weight,Weight Unit,Reps,Distance,Distance Unit,Time,Comment\n"
DAY = "2026-01-05,Row,Back,12.5,kgs,8,,,,\n"


def sessions(data: str | bytes, told: Context | None = None, form: str | None = None) -> list[Session]:
    with folder() as name:
        path = Path(name) / "from.csv"
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return read_file(path, told or context(), form)[1]


def problems(data: str | bytes, told: Context | None = None, form: str | None = None) -> list[str]:
    """The problems without the folder."""
    with pytest.raises(ProblemsFound) as error:
        sessions(data, told, form)
    assert all(problem.hint for problem in error.value.problems)
    return [str(problem).split("from.csv", 1)[1] for problem in error.value.problems]


def sets(data: str | bytes, told: Context | None = None) -> list[tuple[str, int | None, int | None, int | None]]:
    return [(row.name, row.reps, row.ms, row.grams) for one in sessions(data, told) for row in one.rows]


def test_hevy_newest_first_with_a_warm_up_and_an_end_that_was_forgotten() -> None:
    told = context()
    found = sessions(
        HEVY
        + '"Legs","22 Dec 2025, 08:00","23 Dec 2025, 18:14","","Squat (Barbell)",,"",0,"warmup",60,10,,0,8.5\n'
        + '"Legs","22 Dec 2025, 08:00","23 Dec 2025, 18:14","","Squat (Barbell)",,"slow",1,"normal",100.5,5,,,\n'
        + '"Early","2025-12-01 07:00:30","2025-12-01 07:37","","Plank",,"",0,"normal",,,,90,\n'
        + '"Early","2025-12-01 07:00:30","2025-12-01 07:37","","Treadmill",,"",0,"normal",,,2.5,,\n',
        told,
    )
    assert [(one.title, f"{one.local:%d %H:%M:%S}", one.ms) for one in found] == [
        ("Early", "01 07:00:30", 2_190_000),
        ("Legs", "22 08:00:00", None),
    ]
    assert [
        (row.name, row.set, row.of, row.reps, row.ms, row.grams, row.note) for one in found for row in one.rows
    ] == [
        ("Plank", 1, 1, None, 90_000, None, ""),
        ("Squat (Barbell)", 1, 2, 10, None, 60_000, ""),
        ("Squat (Barbell)", 2, 2, 5, None, 100_500, "slow"),
    ]
    assert dict(told.left_out) == {
        "sets without repetitions or time": 1,
        "lengths of sessions that cannot be, a day and more or below nought": 1,
    }


def test_strong_from_android_with_rest_timers_pounds_and_decimal_commas() -> None:
    told = context()
    found = sessions(
        STRONG
        + '2022-02-16 17:40:08;"A";"Press";1;45,5;lbs;2;;;;0;"";"note";58m\n'
        + '2022-02-16 17:40:08;"A";"Press";Rest Timer;;;;;;;90;;;58m\n'
        + '2022-02-16 17:40:08;"A";"Press";W;20;kg;8;;;;0;;;58m\n'
        + '2022-02-18 17:40:08;"A";"Plank";1;0;kg;0;;;;60;;;1h 5m\n',
        told,
    )
    assert [(one.ms, [(row.reps, row.ms, row.grams) for row in one.rows]) for one in found] == [
        (3_480_000, [(2, None, 20_638), (8, None, 20_000)]),
        (3_900_000, [(None, 60_000, None)]),
    ]
    assert dict(told.left_out) == {"rest timers": 1}


def test_strong_from_the_iphone_does_not_say_the_unit() -> None:
    text = IPHONE + '2020-12-30 6:51:52\u202fPM,"Evening",2h 38m,"Snatch (Barbell)",1,40.0,3,0,0,"","",\n'
    assert problems(text) == [
        ":2: nothing says whether the 40.0 are kilos or pounds, add --units kg or --units lb",
    ]
    assert sets(text, context(Units.KG)) == [("Snatch (Barbell)", 3, None, 40_000)]
    (found,) = sessions(text, context(Units.LB))
    assert found.rows[0].grams == 18_144
    assert (found.local.hour, found.ms) == (18, 9_480_000)


def test_fitnotes_with_the_unit_in_the_column_and_a_time() -> None:
    text = "Date,Exercise,Category,Weight (lbs),Reps,Distance,Distance Unit,Time,Comment\n"
    text += "2024-03-15,Squat,Legs,15.0,12,,,,\n2024-03-15,Treadmill,Cardio,,,1.5,mi,0:32:06,\n"
    assert sets(text) == [("Squat", 12, None, 6_804), ("Treadmill", None, 1_926_000, None)]


@pytest.mark.parametrize(
    "data",
    [
        codecs.BOM_UTF8 + (FITNOTES + DAY).encode(),
        codecs.BOM_UTF16_LE + (FITNOTES + DAY).encode("utf-16-le"),
        codecs.BOM_UTF16_BE + (FITNOTES + DAY).encode("utf-16-be"),
        (FITNOTES + DAY).encode("utf-16-le"),
        (FITNOTES + DAY).encode("utf-16-be"),
        (FITNOTES + DAY).replace("\n", "\r\n").encode(),
        (FITNOTES + DAY).replace("\n", "\r").encode(),
        (FITNOTES + DAY).replace(",", ";").replace("12.5", "12,5").encode(),
        (FITNOTES + DAY).replace(",", "\t").replace("12.5", "12,5").encode(),
        (FITNOTES + DAY).replace("12.5", '"12,5"').encode(),
        b"\n\n" + FITNOTES.upper().encode() + b"\n" + DAY.encode() + b"\n\n",
    ],
)
def test_the_same_in_other_encodings_and_separators(data: bytes) -> None:
    assert sets(data) == [("Row", 8, None, 12_500)]


def test_everything_that_is_wrong_is_told_at_once_with_its_line() -> None:
    text = (
        FITNOTES
        + "2026-01-05,Row,Back,12.5,kgs,8,,,,\n"
        + "23/12/2025,Row,Back,12.5,kgs,8,,,,\n"
        + '2026-01-05,"two\nlines",Back,abc,kgs,8,,,,\n'
        + "2026-01-05,,Back,5,stone,8.5,,,,\n"
        + '2026-01-05,Row,Back,"1,250",kgs,1001,,,,\n'
        + "2026-12-31,Row,Back,-5,kgs,8,,,,\n"
        + "1999-01-01,Row,Back,4000,kgs,8,,,,\n"
        + "2026-01-05,Row,Back,12,5,kgs,8,,,,note\n"
    )
    assert problems(text) == [
        ":3: '23/12/2025' under 'date' is no date that is known here, write it like 2026-11-23",
        ":4: 'abc' under 'weight' is no number, write it like 12.5",
        ":6: '8.5' under 'reps' is no whole number, round it",
        ":6: 'stone' is no unit of weight that is known here, write kgs or lbs",
        ":6: there is nothing under 'exercise', fill it in",
        ":7: '1,250' under 'weight' can be read in two ways, write 1.250 or 1250",
        ":7: '1001' under 'reps' is more than 1000 repetitions, put it right",
        ":8: '-5' under 'weight' is no number, write it like 12.5",
        ":8: the date 2026-12-31 lies ahead, put the date right, or the clock of this computer",
        ":9: '4000' under 'weight' is more than 3000 kg, put it right",
        ":9: the year 1999 is before 2000, put the date right",
        ":10: 11 cells where the header has 10, put quotes around a text or a number that has the separator in it",
    ]


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        (b"", ": it is empty, export it again"),
        (b"\n \n", ": it is empty, export it again"),
        ("a,b,c\n1,2,3\n", ":1: this is no header that is known here: 'a,b,c', export it as CSV from one of:"),
        (b"PK\x03\x04\xff\xfe\n", ":1: this is no text in UTF-8 or UTF-16, save it again as CSV UTF-8"),
        (FITNOTES.encode() + "2026-01-05,Übung,x,,,8,,,,\n".encode("cp1252"), ":2: this is no text in UTF-8"),
        (FITNOTES, ": there is no set in it with repetitions or a time, export it from FitNotes again"),
        (FITNOTES + '2026-01-05,"Row,Back,,,8,,,,\n', ":2: this line cannot be read as CSV"),
        (FITNOTES + "2026-01-05," + "x" * 200_000 + ",Back,,,8,,,,\n", ":2: this line cannot be read as CSV"),
    ],
)
def test_a_file_that_is_none(data: str | bytes, wanted: str) -> None:
    (problem,) = problems(data)
    assert problem.startswith(wanted)


def test_another_format_than_was_said() -> None:
    (problem,) = problems(FITNOTES + DAY, form="hevy")
    assert problem.startswith(":1: this is no header of Hevy: 'Date,Exercise")
    assert "it needs the columns exercise_title, reps, set_index, start_time, title" in problem


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ProblemsFound, match="it cannot be read"):
        read_file(tmp_path / "none.csv", context())


def test_a_plain_file_that_somebody_has_changed() -> None:
    text = (
        "session,date,time,utc_offset,title,routine,session_seconds,ended,exercise,exercise_id,block,set,of,round,side,"
        "reps,seconds,weight_kg,rung,outcome,effort\r\n"
        "a,2026-03-01,17:30:00,UTC+01:00,,,60,,Row,row,,1,1,1,left,8,,,-1,completed,11\r\n"
        "a,2026-03-01,17:31:00,UTC+01:00,,,60,,Row,row,,1,1,1,up,8,,,x,done,\r\n"
        "b,01.03.2026,17:30,,,,60,,Row,row,,1,1,1,,8,,,,skipped,\r\n"
    )
    assert problems(text) == [
        ":2: '11' under 'effort' is more than 10 of ten, put it right",
        ":3: 'done' is no outcome, write one of: completed, partly done, skipped",
        ":3: 'up' is no side, write left or right, or nothing",
        ":3: 'x' is no rung, write a whole number from -50 to 50",
        ":3: the session 'a' began at another time further up, give it another name",
        ":4: '01.03.2026 17:30 ' is no date, write it like 2026-03-01, 17:30:00, UTC+01:00",
    ]


@given(st.binary(max_size=300))
def test_any_bytes_are_sessions_or_problems(data: bytes) -> None:
    with pytest.raises(ProblemsFound):
        sessions(data)


@given(
    st.sampled_from([HEVY, STRONG, IPHONE, FITNOTES]),
    st.lists(
        st.lists(
            st.sampled_from(
                ["2026-01-05", "22 Dec 2025, 08:00", "8", "1e5", "9" * 5000, "-", "'", "", "kg", "0:1:2", "1h"]
            )
            | st.text(max_size=8),
            max_size=15,
        ),
        max_size=5,
    ),
    st.sampled_from(",;\t"),
)
def test_any_cells_are_sessions_or_problems(header: str, rows: list[list[str]], separator: str) -> None:
    text = header + "".join(separator.join(row) + "\n" for row in rows)
    try:
        found = sessions(text.encode("utf-8", "replace"))
    except ProblemsFound as error:
        assert error.problems
    else:
        assert all(one.rows for one in found)
