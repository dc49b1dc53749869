"""Workbooks: cells as text, whoever wrote the file; what is hostile is refused before it is unfolded."""

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import pytest
from made_tables import RAQQA, UCDP
from processor_time import within
from read_claims import found_in, head, numbers, reports

from marsad.collect.how import How
from marsad.collect.incoming import Refused
from marsad.collect.mappings import columns_of
from marsad.collect.workbook import sheet_rows
from marsad.model import Wrong

MAPPING = columns_of(
    {"name": "Our sheet", "columns": {"id": "No", "date": "Day", "place": "Town", "killed": "Dead", "injured": "Hurt"}},
    "test",
)


def made(*rows: Sequence[object], merged: tuple[str, ...] = (), title: str = "Incidents") -> bytes:
    """Return a workbook with these rows, written by openpyxl."""
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    for area in merged:
        sheet.merge_cells(area)
    book.create_sheet("Notes").append(["nothing here"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rows_of(data: bytes, sheet: str | None = None) -> list[list[str]]:
    """Return the cells of a sheet."""
    _, *parts = sheet_rows(io.BytesIO(data), "book.xlsx", sheet)
    return [cells for part in parts for _, cells in part]


def test_cells_as_text() -> None:
    """Numbers without a point, days as days, times, truth; text with Arabic, line ends and leading zeros as it is."""
    data = made(
        [12, 12.5, date(2014, 11, 25), datetime(2014, 11, 25, 9, 15), True, "007", "قتل\n٤", None, 1e15]  # noqa: DTZ001
    )
    [row] = rows_of(data)
    assert row == [
        *("12", "12.5", "2014-11-25", "2014-11-25 09:15:00", "true", "007", "قتل\n٤", "", "1000000000000000.0"),
    ]


def test_merged_cells(tmp_path: Path) -> None:
    """A day that is merged over three rows is the day of each; a title over the table is none of them."""
    data = made(
        ["Incidents of the week", None, None, None, None],
        ["No", "Day", "Town", "Dead", "Hurt"],
        ["1", date(2014, 11, 25), "Raqqa", 3, 1],
        ["2", None, "Tabqa", 2, None],
        ["3", None, None, 4, None],
        merged=("A1:E1", "B3:B5", "C4:C5"),
    )
    found = reports(found_in(tmp_path, "book.xlsx", data, how=How(mapping=MAPPING), outlet="Team"))
    assert [numbers(item) for item in found] == [
        {"killed": (3, 3, 3), "injured": (1, 1, 1)},
        {"killed": (2, 2, 2)},
        {"killed": (4, 4, 4)},
    ]
    from read_claims import claims

    where = [
        (str(c.occurred.start), c.place.words) for item in found for c in claims(item)[:1] if c.occurred and c.place
    ]
    assert where == [("2014-11-25", "Raqqa"), ("2014-11-25", "Tabqa"), ("2014-11-25", "Tabqa")]
    assert [(head(item)["sheet"], head(item)["row"]) for item in found] == [("Incidents", n) for n in "345"]


def test_a_data_set_as_a_workbook(tmp_path: Path) -> None:
    """UCDP's sheet, its numbers as numbers, gives the same claims as its CSV."""
    cells = [
        float(value) if value.replace(".", "", 1).isdigit() else value for value in (RAQQA.get(n, "") for n in UCDP)
    ]
    [row] = reports(found_in(tmp_path, "ged.xlsx", made(list(UCDP), cells)))
    assert numbers(row)["killed"] == (95, 60, 120)


def test_the_sheet_that_is_named() -> None:
    """Another sheet by its name; a name that is none is refused with those that there are."""
    data = made(["a"])
    assert rows_of(data, "Notes") == [["nothing here"]]
    with pytest.raises(Wrong, match="Incidents, Notes"):
        rows_of(data, "Elsewhere")


def changed(data: bytes, part: str, new: bytes) -> bytes:
    """Return a workbook with one part replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for info in old.infolist():
            target.writestr(info, new if info.filename == part else old.read(info))
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
NAMESPACE = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
ENTITIES = b'<!DOCTYPE x [<!ENTITY a "' + b"a" * 5000 + b'"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.long
@pytest.mark.parametrize(
    ("why", "sheet"),
    [
        ("entities", ENTITIES + b"<worksheet><sheetData/></worksheet>"),
        ("zeros", b"<worksheet " + NAMESPACE + b"><sheetData>" + b"<row><c><v>0</v></c></row>" * 2_000_000),
        ("broken", b"<worksheet><sheetData><row>"),
        ("deep", b"<worksheet>" + b"<a>" * 100_000),
        (
            "far",
            b"<worksheet " + NAMESPACE + b'><sheetData><row r="99999999"><c><v>1</v></c></row></sheetData></worksheet>',
        ),
    ],
)
def test_hostile_sheets(tmp_path: Path, why: str, sheet: bytes) -> None:
    """Entities, a bomb, a broken or a bottomless sheet: refused in a second, in the words of a person."""
    data = changed(made(["a"]), SHEET, sheet)
    with within(2), pytest.raises(Wrong):
        list(found_in(tmp_path, "book.xlsx", data, how=How(mapping=MAPPING), outlet="X"))


def test_what_is_no_workbook(tmp_path: Path) -> None:
    """A text called .xlsx is refused; in a folder it goes into quarantine or is refused, and the rest comes in."""
    with pytest.raises(Wrong, match="ZIP"):
        found_in(tmp_path, "book.xlsx", b"not a workbook", how=How(mapping=MAPPING), outlet="X")
    assert Refused is not None


def test_merges_that_cover_everything() -> None:
    """Ranges that cover a million rows are not spread out."""
    merges = b"".join(b'<mergeCell ref="A1:XFD1048576"/>' for _ in range(1000))
    sheet = (
        b"<worksheet "
        + NAMESPACE
        + b'><sheetData><row r="1"><c r="A1" t="str"><v>x</v></c></row></sheetData><mergeCells>'
    )
    book = changed(made(["a"]), SHEET, sheet + merges + b"</mergeCells></worksheet>")
    with within(1):
        assert rows_of(book) == [["x"]]
