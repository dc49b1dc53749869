"""Workbooks as files: read in a worker, their sheet a table like any other."""

from collections.abc import Iterator

from marsad.collect.csv_rows import Row
from marsad.collect.how import How
from marsad.collect.incoming import Found
from marsad.collect.particulars import Particulars
from marsad.collect.row_reports import Place
from marsad.collect.sources import Source
from marsad.collect.tables import table_reports
from marsad.collect.workers import Limits, Workers

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LIMITS = Limits(per_megabyte=15)


def workbook(source: Source, given: Particulars, how: How, workers: Workers) -> Iterator[Found]:
    """Yield the reports of one sheet of a workbook: the first, or the one that is named."""
    rows, sheet = workbook_rows(source, how.sheet, workers)
    yield from table_reports(rows, Place(source.name, source.original(MEDIA_TYPE), sheet), given, how.mapping)


def workbook_rows(source: Source, sheet: str | None, workers: Workers) -> tuple[Iterator[Row], str]:
    """Return the rows of a sheet of a workbook, and the sheet's name."""
    options = {"name": source.name, "sheet": sheet}
    parts = workers.read(
        "marsad.collect.workbook:sheet_rows", source.handle, name=source.name, options=options, limits=LIMITS
    )
    title = str(next(parts))
    return ((int(number), list(cells)) for part in parts for number, cells in part), title
