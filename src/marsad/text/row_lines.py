"""A row of a table as text: one line a cell, so that a claim made of a cell points at characters as any other claim does.

    killed (best): 95             the cell of the column `best`, which says how many were killed
    date_precision (time_precision = 2): 3      the cell says 2, in the code of its set, which is 3 in ours
    killed_combatants = deaths_a + deaths_b: 4  no cell: a sum of cells, made when the row was taken in
    - side_a_new_id: 118          a cell that is kept and not understood

A value of several lines goes on in lines that begin with four spaces.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

KEPT = "- "
"""What a line begins with whose cell is kept as it is, without a meaning to marsad."""

ROW = "row"
"""What the front matter of a row calls its kind: by it, claims are made of the lines and not read out of prose."""

_GOES_ON = "    "
_LABEL = re.compile(r"(?P<field>[a-z][a-z0-9_]*)(?: \((?P<column>[^=]*?)(?: = (?P<theirs>.*))?\)| = (?P<sum>.*))")
_UNFIT = re.compile(r"[:=\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+\s*")


class Cell(NamedTuple):
    """The field `field` of a row is `value`, as the column `column` says.

    `field` is empty for a cell without a meaning to marsad. `theirs` is what the column says in a code of its own, None
    where it says the value itself; `made_of` names the columns that a value was added up from, None for a cell.
    """

    field: str
    column: str
    value: str
    theirs: str | None = None
    made_of: str | None = None


class Found(NamedTuple):
    """A cell, and the characters `start` to `end` of the text in which its line stands, without its line end."""

    cell: Cell
    start: int
    end: int


def row_text(cells: Iterable[Cell]) -> str:
    """Return the cells as text, one after another; `row_cells` gives them back.

    >>> print(row_text([Cell("killed", "best", "95"), Cell("", "side_a_new_id", "118")]), end="")
    killed (best): 95
    - side_a_new_id: 118
    """
    return "".join(f"{_label(cell)}: {cell_value(cell.value)}\n" for cell in cells)


def kept_label(column: str) -> str:
    """Return what stands before the value of a cell that is kept without a meaning.

    >>> kept_label("relid") + cell_value("SYR-1")
    '- relid: SYR-1'
    """
    return f"{KEPT}{column_label(column)}: "


def row_cells(text: str) -> Iterator[Found]:
    """Yield the cells that stand in a text made by `row_text`, each with its place; other lines are passed over.

    >>> [found.cell for found in row_cells("killed (best): 95\\nand so on\\n")]
    [Cell(field='killed', column='best', value='95', theirs=None, made_of=None)]
    """
    at = 0
    while at < len(text):
        end = _line_end(text, at)
        while text.startswith(_GOES_ON, end + 1):
            end = _line_end(text, end + 1)
        cell = _cell(text[at:end])
        if cell is not None:
            yield Found(cell, at, end)
        at = end + 1


@lru_cache(maxsize=4096)
def column_label(column: str) -> str:
    """Return a column's name fit for a label: without colon, equals sign and line end, which would end a part of it."""
    return " ".join(_UNFIT.sub(" ", column).split())


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _label(cell: Cell) -> str:
    return _label_of(cell.field, cell.column, cell.theirs, cell.made_of)


@lru_cache(maxsize=4096)
def _label_of(field: str, column: str, theirs: str | None, made_of: str | None) -> str:
    if not field:
        return KEPT + column_label(column)
    if made_of is not None:
        return f"{field} = {made_of}"
    code = "" if theirs is None else f" = {column_label(theirs)}"
    return f"{field} ({column_label(column)}{code})"


def cell_value(value: str) -> str:
    """Return a value as it stands in a row's text: lines after the first begin with four spaces."""
    if "\n" not in value and "\r" not in value:
        return value
    return value.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\n" + _GOES_ON)


def _cell(line: str) -> Cell | None:
    label, colon, value = line.partition(": ")
    if not colon:
        return None
    value = value.replace("\n" + _GOES_ON, "\n")
    if label.startswith(KEPT):
        return Cell("", label.removeprefix(KEPT), value)
    known = _LABEL.fullmatch(label)
    if known is None:
        return None
    return Cell(known["field"], known["column"] or "", value, known["theirs"], known["sum"])
