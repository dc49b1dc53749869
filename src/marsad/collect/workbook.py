"""Workbooks (XLSX): the rows of one sheet as cells of text, read as a stream; merged cells filled, formulas by their last value.

Run in a worker. What a workbook unfolds to is weighed by its directory before anything of it is read.
"""

import re
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any, BinaryIO, Final, NamedTuple
from xml.etree.ElementTree import Element

from marsad.collect.row_reports import one_line
from marsad.collect.unpack import Room
from marsad.collect.xml_parts import attribute, tag_of, xml_part
from marsad.model import Wrong

ROOM: Final = Room(entries=5_000, total=1 << 30, ratio=200)
MOST_ROWS: Final = 1_048_576
MOST_COLUMNS: Final = 2_000
_MOST_STRINGS: Final = 5_000_000
_LONGEST_STRINGS: Final = 96 << 20
"""Characters of all strings that a workbook shares: they are held in memory."""
_LONGEST_CELL: Final = 100_000
_MOST_MERGED: Final = 20_000
_WIDEST_MERGE: Final = 100_000
_WIDE: Final = 4
"""Columns from which on a merged range is a title and no header."""
_ROWS: Final = 200
"""Rows that are handed over at a time."""
_OTHERS: Final = "save the sheet as CSV (UTF-8)"
_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001 - a spreadsheet knows no zones
_DATE_FORMATS: Final = frozenset({*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)})
_DATE_LETTERS: Final = re.compile(r"(?<!\\)[ymdhs]", re.IGNORECASE)
_QUOTED: Final = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_REFERENCE: Final = re.compile(r"([A-Z]{1,3})(\d{1,7})")


class _Book(NamedTuple):
    """What is known of a workbook before its sheet is read: strings, which styles are dates, from when days are counted."""

    strings: list[str]
    dates: frozenset[int]
    since_1904: bool


def sheet_rows(stream: BinaryIO, name: str, sheet: str | None = None) -> Iterator[Any]:
    """Yield the name of the sheet that is read, then lists of [number of the row, cells], some hundred rows at a time.

    The sheet is the one of this name, else the first. A cell of a merged range has the value of the range's first cell,
    down its rows and across its columns, unless it is as wide as a title. Days are written as ISO 8601.
    Raises Wrong for what is no workbook, is a bomb, or has no such sheet.
    """
    sheets, since_1904 = _sheets(stream, name)
    if not sheets:
        raise Wrong(name, None, "has no sheets", _OTHERS)
    wanted = next((part for title, part in sheets if title == sheet), None) if sheet else sheets[0][1]
    if wanted is None:
        raise Wrong(
            name,
            sheet,
            f"is none of its sheets ({one_line(', '.join(t for t, _ in sheets))[:200]})",
            "name one: --sheet",
        )
    yield next(title for title, part in sheets if part == wanted)
    book = _Book(_strings(stream, name), _dates(stream, name), since_1904)
    merged = _Merged(xml_part(stream, name, wanted, ROOM))
    some: list[list[Any]] = []
    for number, cells in _rows(xml_part(stream, name, wanted, ROOM), name, book):
        merged.fill(number, cells)
        some.append([number, cells])
        if len(some) == _ROWS:
            yield some
            some = []
    yield some


def _sheets(stream: BinaryIO, name: str) -> tuple[list[tuple[str, str]], bool]:
    """Return (title, part) of the sheets in their order, and whether days are counted from 1904."""
    targets = {
        element.get("Id", ""): element.get("Target", "")
        for event, element in xml_part(stream, name, "xl/_rels/workbook.xml.rels", ROOM)
        if event == "end" and tag_of(element) == "Relationship"
    }
    if not targets:
        raise Wrong(name, None, "is no workbook (XLSX)", _OTHERS)
    found: list[tuple[str, str]] = []
    since_1904 = False
    for event, element in xml_part(stream, name, "xl/workbook.xml", ROOM):
        if event != "end":
            continue
        if tag_of(element) == "sheet":
            target = targets.get(attribute(element, "id") or "", "")
            if target:
                part = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
                found.append((element.get("name", ""), part))
        elif tag_of(element) == "workbookPr":
            since_1904 = element.get("date1904") in ("1", "true")
    return found, since_1904


def _strings(stream: BinaryIO, name: str) -> list[str]:
    """Return the strings that cells share; text for readers of Japanese above the line (rPh) is no part of them."""
    strings: list[str] = []
    size, pieces, aside = 0, list[str](), 0
    for event, element in xml_part(stream, name, "xl/sharedStrings.xml", ROOM):
        tag = tag_of(element)
        if tag == "rPh":
            aside += 1 if event == "start" else -1
        elif event == "end" and tag == "t" and not aside:
            pieces.append(_unescaped(element.text or ""))
        elif event == "end" and tag == "si":
            strings.append("".join(pieces)[:_LONGEST_CELL])
            size += len(strings[-1]) + 60
            pieces = []
            element.clear()
            if size > _LONGEST_STRINGS or len(strings) > _MOST_STRINGS:
                raise Wrong(name, None, "has more text than a sheet of reports", _OTHERS)
        elif event == "end" and tag == "sst":
            element.clear()
    return strings


def _unescaped(text: str) -> str:
    """Return text with _x000D_ and the like as the characters that they stand for."""
    if "_x" not in text:
        return text
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)).replace("\0", " "), text)


def _dates(stream: BinaryIO, name: str) -> frozenset[int]:
    """Return the numbers of the styles in which a number is shown as a day or a time."""
    own: set[int] = set()
    styles: list[int] = []
    inside = False
    for event, element in xml_part(stream, name, "xl/styles.xml", ROOM):
        tag = tag_of(element)
        if tag == "cellXfs":
            inside = event == "start"
        elif event == "end" and tag == "numFmt":
            code = _QUOTED.sub("", element.get("formatCode", ""))[:200]
            if _DATE_LETTERS.search(code) and element.get("numFmtId", "").isdigit():
                own.add(int(element.get("numFmtId", "0")))
        elif event == "end" and tag == "xf" and inside:
            number = element.get("numFmtId", "0")
            styles.append(int(number) if number.isdigit() else 0)
            if len(styles) > 100_000:
                break
    return frozenset(at for at, number in enumerate(styles) if number in _DATE_FORMATS or number in own)


def _place(reference: str) -> tuple[int, int] | None:
    """Return (row from 1, column from 0) of a cell's name such as B7."""
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column - 1


class _Merged:
    """The merged ranges of a sheet, (first row, first column, last column) by each row that they cover, and their values."""

    def __init__(self, events: Iterator[tuple[str, Element]]) -> None:
        self._by_row: dict[int, list[tuple[int, int, int]]] = {}
        self._values: dict[tuple[int, int], str] = {}
        count = covered = 0
        for event, element in events:
            if event != "end" or tag_of(element) != "mergeCell":
                continue
            ends = [_place(part) for part in element.get("ref", "").split(":")]
            if len(ends) != 2 or ends[0] is None or ends[1] is None or count >= _MOST_MERGED:
                continue
            (one, left), (two, right) = ends[0], ends[1]
            count, covered = count + 1, covered + two - one + 1
            if one <= two and left <= right < MOST_COLUMNS and covered <= _WIDEST_MERGE:
                for row in range(one, two + 1):
                    self._by_row.setdefault(row, []).append((one, left, right))

    def fill(self, number: int, cells: list[str]) -> None:
        """Give the cells of merged ranges in this row their value."""
        for one, left, right in self._by_row.get(number, ()):
            if number == one:
                self._values[one, left] = cells[left] if left < len(cells) else ""
            value = self._values.get((one, left), "")
            if not value:
                continue
            # A title over a whole table is no value of every column; the header of two columns is one of both.
            last = right if right - left < _WIDE else left
            cells.extend([""] * (last + 1 - len(cells)))
            for column in range(left, last + 1):
                cells[column] = cells[column] or value


def _rows(events: Iterator[tuple[str, Element]], name: str, book: _Book) -> Iterator[tuple[int, list[str]]]:
    """Yield (number, cells) of the rows that have any."""
    number = 0
    for event, element in events:
        if event != "end" or tag_of(element) != "row":
            continue
        told = element.get("r", "")
        number = int(told) if told.isascii() and told.isdigit() and len(told) < 9 else number + 1
        if number > MOST_ROWS:
            raise Wrong(name, f"row {number:,}", f"is behind the last row of a workbook ({MOST_ROWS:,})", _OTHERS)
        cells: list[str] = []
        for at, cell in enumerate(element):
            if tag_of(cell) != "c":
                continue
            place = _place(cell.get("r", ""))
            column = at if place is None else place[1]
            if column >= MOST_COLUMNS:
                continue
            value = _cell(cell, book)
            if value:
                cells.extend([""] * (column + 1 - len(cells)))
                cells[column] = value
        if cells:
            yield number, cells


def _cell(cell: Element, book: _Book) -> str:
    """Return what a cell shows, near enough: text as it is, a number without a needless point, a day as ISO 8601."""
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return "".join(_unescaped(t.text or "") for t in cell.iter() if tag_of(t) == "t")[:_LONGEST_CELL]
    value = next((v.text or "" for v in cell if tag_of(v) == "v"), "")[:_LONGEST_CELL]
    match kind:
        case "s":
            at = int(value) if value.isascii() and value.isdigit() and len(value) < 9 else len(book.strings)
            return book.strings[at] if at < len(book.strings) else ""
        case "b":
            return "true" if value == "1" else "false"
        case "e":
            return ""  # an error such as #REF! says nothing
        case "str" | "d":
            return _unescaped(value)
    style = cell.get("s", "0")
    try:
        number = float(value)
    except ValueError:
        return value
    if style.isascii() and style.isdigit() and len(style) < 8 and int(style) in book.dates:
        return _moment(number, book.since_1904) or _number(number, value)
    return _number(number, value)


def _number(number: float, written: str) -> str:
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    return repr(number) if len(written) > 15 or "e" in written.lower() else written


def _moment(days: float, since_1904: bool) -> str | None:
    try:
        moment = (_EPOCH_1904 if since_1904 else _EPOCH) + timedelta(days=days)
    except (OverflowError, ValueError):
        return None
    moment = (moment + timedelta(milliseconds=500)).replace(microsecond=0)
    if days < 1:
        return moment.time().isoformat()
    return moment.date().isoformat() if moment.time() == time() else moment.isoformat(sep=" ")
