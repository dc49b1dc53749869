"""The codebook: every column of every table, made from the descriptions that make the tables."""

from collections.abc import Iterator

from marsad.publish.formats.cells import cell, csv_bytes
from marsad.publish.formats.context_files import CONTEXT, CONTROL
from marsad.publish.formats.tables import FIGURES, STATEMENTS, Row, Table


def codebook_csv() -> bytes:
    """Return the codebook as a CSV file: file, column, type, meaning, and the closed list of its values, if any."""
    rows = [*_rows(FIGURES), *_rows(STATEMENTS), *_rows(CONTEXT), *_rows(CONTROL)]
    return csv_bytes(("file", "column", "type", "meaning", "values"), rows)


def _rows(table: Table[Row]) -> Iterator[list[str]]:
    yield [table.path, "", "", cell(table.about), ""]
    for column in table.columns:
        yield [table.path, column.name, column.kind, cell(column.meaning), " ".join(column.values or ())]
