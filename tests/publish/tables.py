"""What tests of file formats share: a CSV file's rows as anybody reads them, and the rows with cells put wrong."""

import csv
import io
from collections.abc import Mapping, Sequence

import pyarrow.parquet as pq

from marsad.publish.public import PublicCategory, PublicFigure, PublicIncident, PublicMeasure


def rows_of(data: bytes) -> list[list[str]]:
    """Return every row of a CSV file, its header first."""
    return list(csv.reader(io.StringIO(data.decode("utf-8"), newline="")))


def dicts_of(data: bytes) -> list[dict[str, str]]:
    """Return the rows of a CSV file by the names of its columns."""
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))


def but(rows: Sequence[Sequence[str]], number: int, change: Mapping[str, str]) -> list[list[str]]:
    """Return the rows (number 1 is the header) with other cells in one of them."""
    out = [list(row) for row in rows]
    for name, value in change.items():
        out[number - 1][out[0].index(name)] = value
    return out


def figure(incident: PublicIncident, policy: str, measure: str, category: str = "total") -> PublicFigure | None:
    """Return a figure that is told as a number, None where there is none."""
    wanted = (policy, PublicMeasure(measure), PublicCategory(category))
    found = [f for f in incident.figures if (f.policy, f.measure, f.category) == wanted]
    return found[0] if found and not found[0].suppressed and found[0].low is not None else None


def text_of(path: str, data: bytes) -> str:
    """Return everything that can be read in a file of a release: the cells of a Parquet file, the words of any other."""
    if path.endswith(".parquet"):
        found = pq.read_table(io.BytesIO(data))
        return f"{found.schema.metadata} {found.to_pylist()}"
    return data.decode("utf-8")
