"""Tables from files, in each of the shapes that people have."""

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

from marsad.estimate.read import from_arrow, from_pandas, read_tables
from marsad.model import Wrong

WIDE = "month,البلدية,Red Crescent,count\n2014-10,1,0,5\n2014-10,1,1,2\n2014-11,0,1,7\n"


def written(folder: Path, text: str, name: str = "table.csv") -> Path:
    """Write a file and return its path."""
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_columns_of_lists_with_counts(tmp_path: Path) -> None:
    """A row a pattern; other columns name strata."""
    october, november = read_tables(written(tmp_path, WIDE), by=("month",)).tables
    assert october.lists == ("البلدية", "Red Crescent")
    assert october.texts() == {"10": 5, "11": 2}
    assert (november.n, dict(november.stratum)) == (7, {"month": "2014-11"})


def test_without_by_strata_are_taken_together(tmp_path: Path) -> None:
    """A column that is no list and no stratum is not looked at."""
    assert read_tables(written(tmp_path, WIDE)).tables[0].texts() == {"10": 5, "11": 2, "01": 7}


def test_a_row_a_person(tmp_path: Path) -> None:
    """Without a count, each row is one person."""
    path = written(tmp_path, "id\tA\tB\nx\t1\t0\ny\t1\t1\nz\t0\t\n", "people.tsv")
    assert read_tables(path).tables[0].texts() == {"10": 1, "11": 1}


def test_patterns_written_out(tmp_path: Path) -> None:
    """`pattern` and `count`, lists numbered."""
    table = read_tables(written(tmp_path, "pattern,count\n110,4\n001,2\n110,1\n")).tables[0]
    assert (table.lists, table.texts()) == (("1", "2", "3"), {"110": 5, "001": 2})


def test_links_of_victims_to_persons_with_draws(tmp_path: Path) -> None:
    """What `marsad link-persons` writes: the linkage, and two further ones."""
    text = "list,record,person,draw_1,draw_2\nA,1,p,p,p\nB,9,p,q,p\nB,8,r,r,r\n"
    found = read_tables(written(tmp_path, text))
    assert found.tables[0].texts() == {"11": 1, "01": 1}
    assert [one[0].texts() for one in found.linkages] == [{"10": 1, "01": 2}, {"11": 1, "01": 1}]


def test_strata_from_a_table_of_persons(tmp_path: Path) -> None:
    """`about` says of each person when and where; who is not in it is unknown, not lost."""
    links = written(tmp_path, "list,person\nA,p\nB,p\nA,q\n", "links.csv")
    about = written(tmp_path, "person,month\np,2014-11\n", "about.csv")
    tables = read_tables(links, by=("month",), about=about).tables
    assert {t.stratum["month"]: t.n for t in tables} == {"2014-11": 1, "unknown": 1}


def test_frames_are_the_same_as_files(tmp_path: Path) -> None:
    """pandas and Arrow give the tables that the file gives."""
    rows = {"A": [1, 0, 1], "B": [1, 1, 0], "count": [3, 4, 5]}
    path = written(tmp_path, "A,B,count\n1,1,3\n0,1,4\n1,0,5\n")
    expected = read_tables(path).tables[0].hash
    assert from_pandas(pd.DataFrame(rows)).tables[0].hash == expected
    assert from_arrow(pa.table(rows)).tables[0].hash == expected


@pytest.mark.parametrize(
    "text",
    ["", "A,B,count\n", "A,B,count\n1,0,x\n", "A,B,count\n1,0,-3\n", "A,A,count\n1,0,3\n", "A,B,count\n1,0\n",
     "name,count\nx,3\n",
     "A,B,count\n1,0,1e999\n", 'A,B,count\n"1,0,3\n'],
)  # fmt: skip
def test_what_is_no_table_is_refused(tmp_path: Path, text: str) -> None:
    """Empty, cut off, negative, without lists: each with a sentence."""
    with pytest.raises(Wrong):
        read_tables(written(tmp_path, text))


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    """Bytes that are no UTF-8, and no file at all."""
    (tmp_path / "x.csv").write_bytes(b"\xff\xfe\x00A")
    for path in (tmp_path / "x.csv", tmp_path / "none.csv"):
        with pytest.raises(Wrong):
            read_tables(path)


def test_a_cell_that_is_no_mark_is_no_reason_to_lose_a_list(tmp_path: Path) -> None:
    """One wrong value in a column of marks is named by column, row and value; the list is not quietly left out."""
    with pytest.raises(Wrong, match=r"column B, row 3.*\"2\""):
        read_tables(written(tmp_path, "A,B,C,count\n1,0,0,9\n0,1,0,8\n1,2,0,7\n0,0,1,6\n"))
    with pytest.raises(Wrong, match="column A, row 2"):
        from_pandas(pd.DataFrame({"A": [1, None, 0], "B": [0, 1, 1], "C": [1, 0, 0], "count": [3, 4, 5]}))


def test_counts_under_a_strange_name_are_not_taken_for_persons(tmp_path: Path) -> None:
    """Patterns that come once each beside whole numbers: asked about, not read as three persons. Rows that repeat are persons."""
    with pytest.raises(Wrong, match="bodies"):
        read_tables(written(tmp_path, "A,B,bodies\n1,0,40\n0,1,30\n1,1,12\n"))
    assert read_tables(written(tmp_path, "A,B,age\n1,0,40\n0,1,30\n1,1,12\n1,1,35\n")).tables[0].n == 4


def test_digits_and_words_of_arabic_tables(tmp_path: Path) -> None:
    """Marks and numbers in Arabic-Indic digits, yes and no in Arabic, and the Arabic word for a count."""
    table = read_tables(written(tmp_path, "المرصد,الهلال,العدد\n١,٠,٤٠\nنعم,لا,٢\n٠,١,١٬٢٠٠\n")).tables[0]
    assert table.texts() == {"10": 42, "01": 1200}


@pytest.mark.parametrize(
    "frame",
    [pd.DataFrame([[1, 0, 3]], columns=["A", "A", "count"]), pd.DataFrame({"": [1], "B": [1], "count": [3]}),
     pd.DataFrame({"pattern": [10, 110], "count": [3, 4]}), pd.DataFrame({"A": [1], "B": [0], "count": [None]}), [1, 2]],
)  # fmt: skip
def test_frames_that_are_no_tables_are_refused(frame: object) -> None:
    """Two columns of one name, one without, patterns that lost their noughts, no count, and no frame."""
    with pytest.raises(Wrong):
        from_pandas(frame)
