"""Tables printed in reports and papers (facts), and the folder of reference runs where a machine has it."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from marsad.estimate import CaptureTable

FOLDER = Path(__file__).parents[3] / "shared" / "data" / "mse"
"""Runs of the field's R packages, kept beside the repository; the tests that need them are skipped without."""

KOSOVO = CaptureTable.from_patterns(
    ("EXH", "ABA", "OSCE", "HRW"),
    {"1000": 1131, "0100": 845, "1100": 177, "0010": 936, "1010": 228, "0110": 217, "1110": 181, "0001": 306,
     "1001": 106, "0101": 31, "1101": 18, "0011": 123, "1011": 42, "0111": 32, "1111": 27},
)  # fmt: skip
"""Killings of Kosovo Albanians, 20 March to 22 June 1999 (Ball and others 2002). Published: 10,356."""

HEPATITIS = CaptureTable.from_patterns(
    "PQE", {"001": 63, "010": 55, "011": 18, "100": 69, "101": 17, "110": 21, "111": 28}
)
"""An outbreak of hepatitis A in Taiwan, 271 cases on three lists (Chao and others 2001)."""

MADIGAN_YORK = CaptureTable.from_patterns(
    "ABC", {"100": 60, "010": 49, "110": 4, "001": 247, "101": 112, "011": 142, "111": 12}
)
"""Births with spina bifida on three lists, 626 cases (Madigan & York 1997)."""

SPARSE = CaptureTable.from_patterns("ABC", {"100": 40, "010": 30, "001": 20, "110": 6})
"""A made-up table with two empty overlaps (Chan, Silverman & Vincent 2021)."""


@cache
def reference(name: str) -> dict[str, Any]:
    """Return one file of reference runs; skips the test where the machine has none."""
    path = FOLDER / f"{name}.json"
    if not path.exists():
        pytest.skip(f"no reference runs at {FOLDER}")
    found: dict[str, Any] = json.loads(path.read_text())
    return found


def table_of(name: str) -> CaptureTable:
    """Return the table of a file of reference runs."""
    data = reference(name)
    return CaptureTable.from_patterns(data["lists"], {row["pattern"]: row["count"] for row in data["patterns"]})


def runs(name: str, tool: str) -> list[dict[str, Any]]:
    """Return what the tools whose name holds `tool` gave for a table."""
    return [run for run in reference(name)["reference_results"] if tool in run["tool"]]
