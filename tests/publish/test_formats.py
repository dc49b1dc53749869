"""The open data: complete, safe to open, honest about places, the same bytes for the same release."""

import csv
import io
import json
from dataclasses import replace

import cases
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made import release_of, told

from marsad.publish.formats import data_files
from marsad.publish.formats.cells import cell, csv_bytes
from marsad.publish.formats.tables import FIGURES, STATEMENTS
from marsad.publish.public import compose
from marsad.publish.record import to_json

RELEASE = release_of(cases.every())
FILES = dict(data_files(RELEASE, to_json(RELEASE)))


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a table as anybody would read them."""
    return list(csv.DictReader(io.StringIO(FILES[name].decode("utf-8"), newline="")))


@given(st.text(alphabet=st.sampled_from("=+-@|%\t\r\n＝＋－＠﹢ \u00a0'\"aب1"), max_size=12))
def test_no_cell_begins_a_formula(words: str) -> None:
    """Signs that a spreadsheet runs, in full width too, behind blanks or quotes: the cell starts with an apostrophe."""
    shown = cell(words)
    start = shown.lstrip(" \u00a0\ufeff'\"")[:1]
    assert shown == words or shown == "'" + words
    assert shown.startswith("'") or start not in set("=+-@\t\r\n|%＝＋－＠｜％﹢﹣−")


@given(st.lists(st.lists(st.text(max_size=12), min_size=2, max_size=2), max_size=5))
def test_a_table_is_read_back_as_it_was_written(found: list[list[str]]) -> None:
    """Commas, quotes, line ends and Arabic survive; a spreadsheet and a program see the same cells."""
    clean = [[cell(value) for value in row] for row in found]
    data = csv_bytes(("a", "b"), clean)
    assert list(csv.reader(io.StringIO(data.decode(), newline="")))[1:] == clean


def test_incidents_have_a_row_for_each_policy_measure_and_category() -> None:
    """What the pages show, the table has; unknown is an empty cell and never zero."""
    found = rows("data/incidents.csv")
    assert len(found) == sum(len(one.figures) for one in RELEASE.incidents)
    killed = [row for row in found if (row["incident"], row["policy"]) == ("RAQQA-2014-11-25", "ucdp")]
    total = {row["category"]: (row["low"], row["best"], row["high"]) for row in killed if row["measure"] == "killed"}
    assert total["total"] == ("63", "95", "209")
    assert total["combatants"] == ("0", "", "161")
    [detained] = [row for row in killed if row["measure"] == "detained"]
    assert (detained["low"], detained["high"], detained["suppressed"]) == ("", "", "true")


def test_statements_have_a_row_each() -> None:
    """Who said what, where, counted or not; a witness has a kind and no name."""
    found = rows("data/statements.csv")
    assert len(found) == sum(len(one.statements) for one in RELEASE.incidents)
    [witness] = [row for row in found if row["origin_kind"] == "witness"]
    assert (witness["origin_name"], witness["outlet"], witness["words"], witness["high"]) == ("", "", "", "99")
    assert {row["role"] for row in found} == {"counted", "copy", "superseded", "context"}


def test_a_name_that_would_be_a_formula_is_text_in_the_tables() -> None:
    """A hostile outlet becomes a word."""
    incident = told(cases.nowhere())
    hostile = replace(incident.statements[0], outlet=compose("=HYPERLINK(1)"))
    release = replace(RELEASE, incidents=(replace(incident, statements=(hostile,)),))
    assert b"'=HYPERLINK(1)" in dict(data_files(release, b""))["data/statements.csv"]


def test_the_codebook_describes_every_column_and_every_term() -> None:
    """In the order of the tables, with the closed list where there is one."""
    found = rows("data/codebook.csv")
    for table in (FIGURES, STATEMENTS):
        described = [row for row in found if row["file"] == table.path and row["column"]]
        header = FILES[table.path].decode().split("\r\n")[0].split(",")
        assert [row["column"] for row in described] == header
        assert all(row["meaning"] and row["type"] for row in described)
        terms = {row["column"]: set(row["values"].split()) for row in described if row["type"] == "term"}
        for row in rows(table.path):
            for column, known in terms.items():
                assert row[column] in known


def test_a_map_point_says_what_it_stands_for() -> None:
    """The place, a stand-in for its area, or no geometry where nobody knows."""
    data = json.loads(FILES["data/incidents.geojson"])
    found = {one["id"]: one for one in data["features"]}
    assert found["RAQQA-2014-11-25"]["geometry"] == {"type": "Point", "coordinates": [39.01, 35.95]}
    assert found["RAQQA-2014-11-25"]["properties"]["point_is"] == "place"
    assert found["IDLIB-2014-11-20"]["geometry"]["coordinates"] == [36.5, 36.0]
    assert found["IDLIB-2014-11-20"]["properties"]["point_is"] == "stands_for_area"
    assert found["IDLIB-2014-11-20"]["properties"]["area"] == "Idlib"
    assert found["TELL-QARRA-2014-11-26"]["geometry"] is None
    assert found["TELL-QARRA-2014-11-26"]["properties"]["place"] == "Tell Qarra"


def test_the_same_release_gives_the_same_bytes_whatever_the_order_of_the_cases() -> None:
    """Files can be compared by their checksums."""
    again = release_of(cases.every()[::-1])
    assert dict(data_files(again, to_json(again))) == FILES


@pytest.mark.parametrize("name", sorted(name for name in FILES if not name.endswith(".parquet")))
def test_every_data_file_is_text_with_a_last_line_end(name: str) -> None:
    """UTF-8, no byte order mark."""
    assert FILES[name].decode("utf-8").endswith("\n")
    assert not FILES[name].startswith(b"\xef\xbb\xbf")
