"""Tables of incidents with published minima, maxima and grades, and how near computed tolls come to them."""

import csv
import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from marsad.model import Wrong

_NAMES = {
    "incident": ("incident", "id", "code", "incident_id", "reference", "unique_reference_number"),
    "low": (
        "killed_min",
        "min",
        "low",
        "civilians_killed_min",
        "killed_low",
        "min_killed",
        "civilian_deaths_min",
        "civ_killed_min",
        "killed_civilians_min",
        "civcas_min",
        "minimum",
    ),
    "high": (
        "killed_max",
        "max",
        "high",
        "civilians_killed_max",
        "killed_high",
        "max_killed",
        "civilian_deaths_max",
        "civ_killed_max",
        "killed_civilians_max",
        "civcas_max",
        "maximum",
    ),
    "injured_low": ("injured_min", "injured_low", "civilians_injured_min", "min_injured"),
    "injured_high": ("injured_max", "injured_high", "civilians_injured_max", "max_injured"),
    "grade": ("grade", "grading", "civilian_harm_grading"),
    "day": ("date", "day", "incident_date", "occurred"),
    "latitude": ("latitude", "lat"),
    "longitude": ("longitude", "lon", "lng", "long"),
}
"""Columns by what they hold; the first of these names that a table has is taken. Case, blanks and hyphens do not matter."""

_REMEDY = "docs/assessing.md says what such a table holds"


@dataclass(frozen=True, slots=True)
class Published:
    """Of this incident somebody published from `low` to `high` civilians killed, and a grade; None: not published.

    `at` is where it was, in degrees north and east, None where the table does not say.
    """

    incident: str
    low: int | None
    high: int | None
    injured_low: int | None
    injured_high: int | None
    grade: str | None
    day: date | None
    at: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Computed:
    """What marsad makes of the reports of an incident; None: no toll, or no grade."""

    low: int | None
    high: int | None
    grade: str | None
    injured_low: int | None = None
    injured_high: int | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """How computed tolls and grades agree with published ones, as counts of incidents.

    `asked` have a published minimum and maximum and at least one report; of these `told` have a computed toll, `low_same`,
    `high_same` and `both_same` the same ends, `near` both ends within a tenth (or one person), `overlap` ranges that meet.
    `off` sums how far both ends are off. `grades` counts (published, computed) pairs.
    """

    asked: int
    told: int
    low_same: int
    high_same: int
    both_same: int
    near: int
    overlap: int
    off: int
    grades: Mapping[tuple[str, str], int]

    @property
    def grade_same(self) -> int:
        """Incidents whose grade is the published one."""
        return sum(n for (one, other), n in self.grades.items() if one == other)


def read_published(path: Path) -> list[Published]:
    """Return the rows of a table, CSV or JSON lines, in its order; raises Wrong, naming row and column, for what is none."""
    out, seen = [], set[str]()
    for name, row in _rows(path):
        cells = {_plain(str(key)): value for key, value in row.items()}
        found = {field: next((cells[n] for n in names if n in cells), None) for field, names in _NAMES.items()}
        incident = str(found["incident"] or "").strip()
        if not incident:
            raise Wrong(name, None, "names no incident", _REMEDY)
        if incident in seen:
            raise Wrong(name, incident, "was told of before", "keep one row for an incident")
        seen.add(incident)
        low, high, injured_low, injured_high = (
            _number(found[field], f"{name}, {field}") for field in ("low", "high", "injured_low", "injured_high")
        )
        if low is not None and high is not None and low > high:
            raise Wrong(name, f"{low}–{high}", "has its minimum above its maximum", "correct the row")
        grade = str(found["grade"] or "").strip().lower().split(" ")[0] or None
        out.append(
            Published(incident, low, high, injured_low, injured_high, grade, _day(found["day"]), _point(found, name))
        )
    if not out:
        raise Wrong(str(path), None, "holds no incident", _REMEDY)
    return out


def _rows(path: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    try:
        if path.suffix == ".csv":
            with path.open(encoding="utf-8-sig", newline="") as file:
                for line, row in enumerate(csv.DictReader(file), 2):
                    yield f"{path.name}, line {line}", row
            return
        for line, words in enumerate(path.read_text("utf-8-sig").splitlines(), 1):
            if words.strip():
                row = json.loads(words)
                if not isinstance(row, dict):
                    raise Wrong(f"{path.name}, line {line}", words[:40], "is no JSON object", _REMEDY)
                yield f"{path.name}, line {line}", row
    except OSError as fault:
        raise Wrong(str(path), None, f"cannot be read: {fault.strerror}", "check name and permissions") from fault
    except (ValueError, csv.Error) as fault:
        raise Wrong(str(path), None, f"is no table ({str(fault)[:80]})", _REMEDY) from fault


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", name.strip().lower()).strip("_")


def _number(value: object, name: str) -> int | None:
    words = "" if value is None else str(value).strip().replace(",", "")
    if words.lower() in ("", "na", "none", "unknown", "nan"):
        return None
    match = re.fullmatch(r"(\d{1,9})(\.0+)?", words)
    if match is None:
        raise Wrong(name, words[:40], "is no whole number of people", "write digits, or leave it empty")
    return int(match[1])


def _point(found: Mapping[str, object], name: str) -> tuple[float, float] | None:
    words = [str(found[field] or "").strip() for field in ("latitude", "longitude")]
    if not all(words) or any(w.lower() in ("na", "none", "nan", "unknown") for w in words):
        return None
    try:
        north, east = map(float, words)
    except ValueError:
        north = math.nan
    if not (-90 <= north <= 90 and -180 <= east <= 180):
        raise Wrong(
            f"{name}, latitude, longitude",
            ", ".join(words)[:40],
            "are no degrees",
            "write decimal degrees, or leave them empty",
        )
    return north, east


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def agreement(pairs: Iterable[tuple[Published, Computed | None]]) -> Agreement:
    """Return how published and computed agree; None stands for an incident that nothing was computed for."""
    tally: Counter[str] = Counter()
    grades: Counter[tuple[str, str]] = Counter()
    for stated, found in pairs:
        if stated.grade is not None:
            grades[stated.grade, (found.grade if found is not None else None) or "none"] += 1
        if stated.low is None or stated.high is None:
            continue
        tally["asked"] += 1
        if found is None or found.low is None:
            continue
        high = found.low if found.high is None else found.high
        same = found.low == stated.low, high == stated.high
        tally.update({"told": 1, "low": same[0], "high": same[1], "both": all(same)})
        tally["near"] += all(abs(a - b) <= max(1, b // 10) for a, b in ((found.low, stated.low), (high, stated.high)))
        tally["overlap"] += found.low <= stated.high and stated.low <= high
        tally["off"] += abs(found.low - stated.low) + abs(high - stated.high)
    asked, told, low_same, high_same, both, near, overlap, off = (
        tally[name] for name in ("asked", "told", "low", "high", "both", "near", "overlap", "off")
    )
    return Agreement(asked, told, low_same, high_same, both, near, overlap, off, dict(grades))
