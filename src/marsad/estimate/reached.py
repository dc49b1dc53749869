"""How often a method was right in simulation, for tables of a like shape: looked up, and printed beside its estimates."""

import json
from functools import cache
from importlib.resources import files
from typing import Any

from marsad.estimate.result import Coverage
from marsad.estimate.table import CaptureTable

_SHAPES = ((0, 300, "under 300 persons"), (300, 1500, "300 to 1,500 persons"), (1500, 1 << 62, "over 1,500 persons"))


def shape_of(table: CaptureTable) -> str:
    """Return the kind of table, by numbers of lists and of persons: what coverage was measured by.

    >>> shape_of(CaptureTable.from_patterns("ABC", {"100": 40, "011": 3}))
    '3 lists, under 300 persons'
    """
    lists = str(table.n_lists) if table.n_lists < 7 else "7 or more"
    return f"{lists} lists, {next(name for low, high, name in _SHAPES if low <= table.n < high)}"


@cache
def _measured() -> list[dict[str, Any]]:
    """Return the rows of `resources/estimating/coverage.json`, as the coverage study wrote them; none before it ran."""
    path = files("marsad") / "resources" / "estimating" / "coverage.json"
    return list(json.loads(path.read_text("utf-8"))["by_shape"]) if path.is_file() else []


def reached(method: str, table: CaptureTable) -> Coverage | None:
    """Return the coverage that the study measured for this method and shape of table; None where it measured none."""
    shape = shape_of(table)
    for row in _measured():
        if row["method"] == method and row["shape"] == shape:
            return Coverage(
                method, shape, row["design"], row["nominal"], row["covered"], row["replicates"], row["abstained"]
            )
    return None
