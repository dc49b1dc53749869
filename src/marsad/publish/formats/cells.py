"""Values as cells of a CSV file that no spreadsheet will take for a formula."""

import csv
import io
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

_FORMULA = tuple("=+-@\t\r\n|%＝＋－＠｜％﹢﹣−")
"""Cells that begin so are run by some spreadsheet, in full-width forms too."""


Value = str | int | float | bool | date | Decimal | None
"""What a cell can hold; a decimal is a number that keeps its places after the point."""


def cell(value: Value) -> str:
    """Return the value as the text of a cell; None is the empty cell, which says "not known" and never zero.

    Text that a spreadsheet might run gets an apostrophe in front. Numbers are never text: -0.5 degrees stays -0.5.

    >>> [cell(v) for v in ("=HYPERLINK(1)", " @SUM(1)", "Raqqa", None, 0, True, -0.5)]
    ["'=HYPERLINK(1)", "' @SUM(1)", 'Raqqa', '', '0', 'true', '-0.5']
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        words = str(value).replace("\x00", "")
        return "'" + words if words.lstrip(" \u00a0\ufeff'\"").startswith(_FORMULA) else words
    return str(value)


def part(of: object, name: str) -> Value:
    """Return a field of something, None where there is nothing to have it.

    >>> part(date(2014, 11, 25), "year"), part(None, "year")
    (2014, None)
    """
    found: Value = None if of is None else getattr(of, name)
    return found


def csv_bytes(header: Iterable[str], rows: Iterable[Iterable[str]]) -> bytes:
    """Return a CSV file after RFC 4180: UTF-8, commas, CRLF line ends, quotes where needed."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue().encode()
