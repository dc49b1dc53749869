"""Tables of event reports that people have linked, in the columns of MAVERICK: tellings, and which event each is of.

Source: van Baalen and Höglund, the MAVERICK data (CC BY 4.0); one row is what one report tells of one event.
"""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from marsad.model.ids import ReportId
from marsad.model.telling import Figure, Telling, Trait
from marsad.text.normal import fold

_NEEDED = ("id", "event_id", "date_start", "date_end", "latitude", "longitude", "geo_precision", "source")
_ACTORS = range(1, 7)
_SAYS_NOTHING = frozenset({"", "na", "unknown", "other", "other context", "none"})
_WHERE_PREC = {6: 1, 5: 1, 4: 2, 3: 2, 2: 3, 1: 6}
"""The table's classes run from the country (1) to the exact spot (6); UCDP's where_prec runs the other way."""

_TELLING = 3
_MEASURES = {"deaths": "killed", "injuries": "injured"}


@dataclass(frozen=True, slots=True)
class Linked:
    """Tellings, which incident each one is of in truth, and the toll each one states (the number of killed).

    A telling that the table gives no event is in neither of the last two: nobody asks where it was linked.
    """

    tellings: tuple[Telling, ...]
    truth: Mapping[str, str]
    dead: Mapping[str, int]


def is_event_table(path: Path) -> bool:
    """Tell whether a CSV file has the columns of a table of event reports."""
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        return set(_NEEDED) <= set(next(csv.reader(file), ()))


def read_event_table(path: Path) -> Linked:
    """Return the tellings of a table of event reports, in the order of its rows. "NA" and nothing are not known.

    Raises ValueError for a file that is not UTF-8 or lacks a column that is needed, and for a row that cannot be read.
    """
    tellings: list[Telling] = []
    truth: dict[str, str] = {}
    dead: dict[str, int] = {}
    seen: set[str] = set()
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        missing = [name for name in _NEEDED if name not in (reader.fieldnames or ())]
        if missing:
            raise ValueError(f"{path.name}: no column {', '.join(missing)}; a table of event reports has it")
        for line, cells in enumerate(reader, 2):
            row = {
                name: "" if cell in (None, "NA") else cell.strip() for name, cell in cells.items() if name is not None
            }
            try:
                telling = _telling(row, line)
            except ValueError as fault:
                raise ValueError(f"{path.name}, line {line}: {fault}") from None
            if not telling.telling_id or telling.telling_id in seen:
                raise ValueError(f"{path.name}, line {line}, id {telling.telling_id!r}: is empty or stood there before")
            seen.add(telling.telling_id)
            tellings.append(telling)
            if row["event_id"]:
                truth[telling.telling_id] = row["event_id"]
                dead[telling.telling_id] = telling.figures.get("killed", (0, 0, 0))[1] or 0
    return Linked(tuple(tellings), truth, dead)


def _telling(row: Mapping[str, str], line: int) -> Telling:
    days = [day for day in (_day(row["date_start"]), _day(row["date_end"])) if day is not None]
    latitude, longitude = _float(row["latitude"]), _float(row["longitude"])
    if latitude is None or longitude is None:
        latitude = longitude = None
    precision = _WHERE_PREC.get(_number(row, "geo_precision") or 1, 6) if latitude is not None else None
    figures = {name: _figure(row, column) for column, name in _MEASURES.items()}
    return Telling(
        telling_id=row["id"],
        report_id=ReportId(row["source"]),
        rank=line,
        printed=_printed(row["source"]),
        place_key=f"{_words(row.get('city', ''))}/{_words(row.get('location', ''))}".strip("/"),
        latitude=latitude,
        longitude=longitude,
        precision=precision,
        country=row.get("country") or None,
        admin1=None,
        day_from=min(days, default=None),
        day_to=max(days, default=None),
        figures={name: figure for name, figure in figures.items() if figure is not None},
        traits={trait: found for trait, found in _traits(row) if found},
    )


def _traits(row: Mapping[str, str]) -> Iterator[tuple[Trait, frozenset[str]]]:
    def gathered(*columns: str) -> frozenset[str]:
        parts = (part.strip() for column in columns for part in row.get(column, "").split(";"))
        return frozenset(part for part in parts if part.lower() not in _SAYS_NOTHING)

    yield Trait.ACTOR, gathered(*(f"actor{k}" for k in _ACTORS))
    yield Trait.ACTOR_KIND, gathered(*(f"actor{k}_subtype" for k in _ACTORS))
    yield Trait.WEAPON, gathered(*(f"actor{k}_violence" for k in _ACTORS))
    yield Trait.TARGET, gathered("target")
    yield Trait.SETTING, gathered("event_context")
    yield Trait.SPOT, frozenset(f"{_words(row.get('city', ''))} {_words(row.get('location', ''))}".split())
    numbers = ((name, _number(row, f"{column}_best")) for column, name in _MEASURES.items())
    yield Trait.NUMBER, frozenset(f"{name}||{n}" for name, n in numbers if n is not None and n >= _TELLING)
    yield Trait.DAMAGE, frozenset(name for name in ("displacement", "damage") if row.get(name) == "1")


def _figure(row: Mapping[str, str], column: str) -> Figure | None:
    """Return the lowest, best and highest number of a column, None where it has no best one."""
    low, best, high = (_number(row, f"{column}_{end}") for end in ("low", "best", "high"))
    if best is None:
        return None
    return best if low is None else min(low, best), best, None if high is None else max(high, best)


def _number(row: Mapping[str, str], column: str) -> int | None:
    text = row.get(column)
    return int(float(text)) if text else None


def _day(text: str) -> int | None:
    return date.fromisoformat(text).toordinal() if text else None


def _printed(source: str) -> int | None:
    """Return the day that a source's citation gives in brackets, None if it gives none: "Reuters (2007-12-30) Title"."""
    found = re.search(r"\((\d{4}-\d\d-\d\d)\)", source)
    return date.fromisoformat(found[1]).toordinal() if found else None


def _float(text: str) -> float | None:
    return float(text) if text else None


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))
