"""Cells held against the description of their column: filled, a number within bounds, a day, a code of the list."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from marsad.publish.checks.fault import Fault
from marsad.publish.formats.described import Described, Format

Row = Mapping[str, str]
RowCheck = Callable[[int, Row], Iterable[Fault]]
"""Says what is wrong with one row whose cells are each sound by themselves."""

_INTEGER = re.compile(r"-?[0-9]{1,18}")
_NUMBER = re.compile(r"-?[0-9]{1,12}(?:\.[0-9]{1,15})?")
_MIDNIGHT = re.compile(r"(?:[ T]00:00:00(?:\.0+)?)?")
_FORMULA = tuple("=+-@\t\r")
LONGEST = 100_000
"""Characters of a cell that is looked at; a longer one is a fault."""


def table_faults(form: Format, rows: Iterable[Sequence[str]], check: RowCheck) -> Iterator[Fault]:
    """Yield everything that is wrong with a table: its header, then each cell, then each row.

    A table without a header, of as many columns as the format has, is read all the same, and told. Only columns that are
    there are checked. Rows are taken one at a time.
    """
    lines = enumerate(rows, 1)
    number, first = next(lines, (0, None))
    if first is None:
        yield Fault(0, "", "", "is empty: not even a header")
        return
    header = [name.strip().removeprefix("\ufeff") for name in first]
    if not set(header) & set(form.header):
        yield Fault(number, "", header[0] if header else "", f"is no header: the names of {len(form.header)} columns")
        if len(first) != len(form.header):
            return
        yield from _row_faults(form, form.header, number, first, check)
        header = list(form.header)
    else:
        yield from _header_faults(form, header, number)
    tagged = any(column.tag for column in form.columns)
    for number, row in lines:
        if tagged and number == 2:
            yield from _tag_faults(form, header, row)
        else:
            yield from _row_faults(form, header, number, row, check)


def _header_faults(form: Format, header: Sequence[str], number: int) -> Iterator[Fault]:
    known = set(form.header)
    for name in form.header:
        if name not in header:
            yield Fault(number, name, "", "is missing")
    for name in header:
        if name not in known:
            yield Fault(number, name, "", "is no column of the format")
    for name in sorted({name for name in header if header.count(name) > 1}):
        yield Fault(number, name, "", "stands twice")
    if sorted(header) == sorted(form.header) and list(header) != list(form.header):
        at = next(n for n, (a, b) in enumerate(zip(header, form.header, strict=True)) if a != b)
        yield Fault(number, header[at], "", f"stands where {form.header[at]} should: the columns are out of order")


def _tag_faults(form: Format, header: Sequence[str], row: Sequence[str]) -> Iterator[Fault]:
    told = {column.name: column.tag or "" for column in form.columns}
    for name, tag in zip(header, row, strict=False):
        if name in told and tag.replace(" ", "") != told[name]:
            yield Fault(2, name, tag, f"is not the hashtag of the column, {told[name]}")


def _row_faults(
    form: Format, header: Sequence[str], number: int, row: Sequence[str], check: RowCheck
) -> Iterator[Fault]:
    if len(row) != len(header):
        yield Fault(number, "", "", f"has {len(row)} cells where the header has {len(header)}")
        return
    cells = dict(zip(header, row, strict=True))
    found = [fault for column in form.columns if column.name in cells for fault in _cell(column, number, cells)]
    yield from found
    wrong = {fault.column for fault in found}
    # A rule over several cells is asked only where each is sound: one fault is told once.
    yield from (fault for fault in check(number, _Sound(cells, wrong)) if fault.column not in wrong)


class _Sound(dict[str, str]):
    """The sound cells of a row: an unsound or missing one is empty."""

    def __init__(self, cells: Row, wrong: set[str]) -> None:
        super().__init__({name: "" if name in wrong else value for name, value in cells.items()})

    def __missing__(self, _name: str) -> str:
        return ""


def _cell(column: Described, number: int, cells: Row) -> Iterator[Fault]:
    value = cells[column.name]
    rule = cell_rule(column, value)
    if rule is not None:
        yield Fault(number, column.name, value, rule)


def cell_rule(column: Described, value: str) -> str | None:
    """Return the rule that a value breaks in this column, None where it breaks none."""
    if not value:
        return "is empty, and may not be" if column.needed else None
    if len(value) > LONGEST:
        return f"is longer than {LONGEST:,} characters"
    match column.kind:
        case "integer" | "number":
            pattern, what = (_INTEGER, "whole number") if column.kind == "integer" else (_NUMBER, "number")
            return _bounds(column, float(value)) if pattern.fullmatch(value) else f"is no {what}"
        case "date":
            return None if day_of(value) is not None else "is no day written YYYY-MM-DD"
        case "code":
            return None if value in column.codes else f"is none of {column.values}"
    if value.startswith(_FORMULA):
        return "begins as a formula, which a spreadsheet would run: put an apostrophe before it"
    if any(unicodedata.category(c) == "Cc" and c not in "\n\t" for c in value):
        return "holds a control character"
    return None if unicodedata.is_normalized("NFC", value) else "is not in normal form NFC"


def _bounds(column: Described, found: float) -> str | None:
    low, high = column.least, column.most
    if (low is not None and found < low) or (high is not None and found > high):
        return f"is not within {column.values}"
    return None


def day_of(value: str) -> date | None:
    """Return the day that a cell names; "2014-11-25 00:00:00.000", as some files have it, is that day.

    >>> day_of("2014-11-25 00:00:00.000"), day_of("25/11/2014")
    (datetime.date(2014, 11, 25), None)
    """
    if not _MIDNIGHT.fullmatch(value[10:]):
        return None
    try:
        return date.fromisoformat(value[:10]) if len(value) >= 10 and value[4] == "-" else None
    except ValueError:
        return None


class Once:
    """Remembers keys, and says at which row one was seen before."""

    def __init__(self, column: str) -> None:
        self.column = column
        self._seen: dict[str, int] = {}

    def again(self, number: int, value: str) -> Iterator[Fault]:
        """Yield a fault if this value stood in an earlier row already."""
        if value and self._seen.setdefault(value, number) != number:
            yield Fault(number, self.column, value, f"stands in row {self._seen[value]} already")


class Paired:
    """Remembers which value goes with which, and says where another one does: one number, one name."""

    def __init__(self, column: str, name: str) -> None:
        self.column, self._name = column, name
        self._seen: dict[str, str] = {}

    def other(self, number: int, row: Row) -> Iterator[Fault]:
        """Yield a fault if the number of this row stood for another name before."""
        key, name = row[self.column], row[self._name]
        if key and name and self._seen.setdefault(key, name) != name:
            yield Fault(number, self.column, key, f"is {self._name} {self._seen[key]!r} elsewhere, {name!r} here")
