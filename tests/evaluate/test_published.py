"""Tables of published figures: how they are read, and what agreement is."""

from datetime import date
from pathlib import Path

import pytest

from marsad.evaluate.published import Computed, Published, agreement, read_published
from marsad.model import Wrong


def table(folder: Path, words: str, name: str = "t.csv") -> Path:
    path = folder / name
    path.write_text(words, "utf-8")
    return path


def test_columns_go_by_several_names(tmp_path: Path) -> None:
    """Case, blanks and hyphens do not matter; what is empty or NA is not published."""
    words = 'Code,Killed Min,killed-max,Grading,Date\nA,3,"1,200",Fair (2),2014-11-25\nB,NA,,,\n'
    first, second = read_published(table(tmp_path, words))
    assert first == Published("A", 3, 1200, None, None, "fair", date(2014, 11, 25))
    assert (second.low, second.high, second.grade, second.day) == (None, None, None, None)


def test_json_lines_are_as_good(tmp_path: Path) -> None:
    """The same names as keys."""
    [one] = read_published(table(tmp_path, '{"incident": "A", "min": 2, "max": 2.0, "grade": "Weak"}\n', "t.jsonl"))
    assert (one.low, one.high, one.grade) == (2, 2, "weak")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("code,min,max\n,1,2\n", "names no incident"),
        ("code,min,max\nA,1,2\nA,1,2\n", "was told of before"),
        ("code,min,max\nA,5,2\n", "minimum above its maximum"),
        ("code,min,max\nA,few,2\n", "no whole number"),
        ("code,min,max\n", "holds no incident"),
        ("code,min,max\nA,-1,2\n", "no whole number"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, words: str, says: str) -> None:
    """File and line are named."""
    with pytest.raises(Wrong, match=says):
        read_published(table(tmp_path, words))


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    """And a file that is not there."""
    path = tmp_path / "t.csv"
    path.write_bytes(b"code,min\n\xff\xfe,1\n")
    for wrong in (path, tmp_path / "none.csv"):
        with pytest.raises(Wrong):
            read_published(wrong)


def test_agreement_by_hand() -> None:
    """Four incidents: exact; a tenth off; disjoint; no toll. Grades: fair as fair, weak as fair."""

    def stated(low: int, high: int, grade: str | None = None) -> Published:
        return Published("x", low, high, None, None, grade, None)

    found = agreement(
        [
            (stated(3, 5, "fair"), Computed(3, 5, "fair")),
            (stated(20, 40, "weak"), Computed(20, 44, "fair")),
            (stated(3, 5), Computed(9, 9, "weak")),
            (stated(1, 1), Computed(None, None, None)),
            (Published("y", None, None, None, None, None, None), None),
        ]
    )
    assert (found.asked, found.told, found.low_same, found.high_same, found.both_same) == (4, 3, 2, 1, 1)
    assert (found.near, found.overlap, found.off) == (2, 2, 0 + 4 + 10)
    assert dict(found.grades) == {("fair", "fair"): 1, ("weak", "fair"): 1}
    assert found.grade_same == 1


def test_a_point_is_read_and_a_wrong_one_refused(tmp_path: Path) -> None:
    """Degrees under either name; an empty cell is no point; a latitude of 95 is refused with its line."""
    table = tmp_path / "t.csv"
    table.write_text("code,min,max,lat,lon\nX1,1,2,35.8,36.6\nX2,1,2,,\n", "utf-8")
    assert [each.at for each in read_published(table)] == [(35.8, 36.6), None]
    table.write_text("code,min,max,latitude,longitude\nX1,1,2,95,36.6\n", "utf-8")
    with pytest.raises(Wrong, match="line 2"):
        read_published(table)
