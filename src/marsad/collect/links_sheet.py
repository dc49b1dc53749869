"""The sheet that the auto-archiver works through, written from reports: what came from such a sheet goes back as it came."""

import json
from collections.abc import Iterable, Mapping, Sequence

from marsad.collect.row_reports import CELLS
from marsad.text.row_lines import ROW, row_cells

COLUMNS = (
    *(
        "Link",
        "Archive status",
        "Destination folder",
        "Archive location",
        "Archive date",
        "Thumbnail",
        "Upload timestamp",
    ),
    *("Upload title", "Text content", "Screenshot", "Hash", "Perceptual hashes", "WACZ", "ReplayWebpage"),
)
"""The columns of a sheet where no report came from one; the auto-archiver looks for them by name."""

_SET = "auto-archiver sheet"
_UNDER = ", under its title"


def sheet_row(text: str, fields: Mapping[str, str], address: str | None) -> dict[str, str] | None:
    """Return a report's row, by column; None for a report without an address.

    A report that came from such a sheet gives back its cells. Of any other only the link stands in its row, so that the
    auto-archiver takes it for one that it has yet to archive.
    """
    if fields.get("set") != _SET:
        return None if not address else {"Link": address}
    if fields.get("kind") == ROW:
        cells = [found.cell for found in row_cells(text)]
        return {cell.column: cell.theirs or cell.value for cell in cells if cell.made_of is None}
    row: dict[str, str] = json.loads(fields.get(CELLS, "{}"))
    column = fields.get("column", "Text content")
    if column.endswith(_UNDER):
        column = column.removesuffix(_UNDER)
        text = text.split("\n\n", 1)[1] if "\n\n" in text else ""
    return (
        {**row, column: text}
        if column not in row
        else {name: text if name == column else cell for name, cell in row.items()}
    )


def sheet(rows: Iterable[Mapping[str, str]]) -> list[list[str]]:
    """Return the table of these rows, its header first: the columns of the first row that has a status, then what others add."""
    every = list(rows)
    names: dict[str, None] = dict.fromkeys(_names(every))
    for row in every:
        names.update(dict.fromkeys(name for name in row if name.casefold() not in {n.casefold() for n in names}))
    folded = [(name, name.casefold()) for name in names]
    table = [list(names)]
    for row in every:
        cells = {name.casefold(): cell for name, cell in row.items()}
        table.append([cells.get(key, "") for _, key in folded])
    return table


def _names(rows: Sequence[Mapping[str, str]]) -> Sequence[str]:
    whole = (list(row) for row in rows if len(row) > 2 and "archive status" in {name.casefold() for name in row})
    return max(whole, key=len, default=list(COLUMNS))
