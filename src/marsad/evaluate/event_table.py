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
from marsad.model.telling import Telling, Trait
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
    """Tellings, which incident each one is of in truth, and the toll each one states (the number of killed)."""

    tellings: tuple[Telling, ...]
    truth: Mapping[str, str]
    dead: Mapping[str, int]


def is_event_table(path: Path) -> bool:
    """Tell whether a CSV file has the columns of a table of event reports."""
    with path.open(encoding="utf-8", newline="") as file:
        return set(_NEEDED) <= set(next(csv.reader(file), ()))


def read_event_table(path: Path) -> Linked:
    """Return the tellings of a table of event reports, in the order of its rows.

    Raises ValueError for a file without the columns that are needed, and for a row that cannot be read.
    """
    tellings: list[Telling] = []
    truth: dict[str, str] = {}
    dead: dict[str, int] = {}
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        missing = [name for name in _NEEDED if name not in (reader.fieldnames or ())]
        if missing:
            raise ValueError(f"{path.name}: no column {', '.join(missing)}; a table of event reports has it")
        for line, row in enumerate(reader, 2):
            try:
                telling = _telling(row, line)
            except ValueError as fault:
                raise ValueError(f"{path.name}, line {line}: {fault}") from None
            tellings.append(telling)
            truth[telling.telling_id] = row["event_id"]
            dead[telling.telling_id] = telling.figures.get("killed", (0, 0, 0))[1] or 0
    return Linked(tuple(tellings), truth, dead)


def _telling(row: Mapping[str, str], line: int) -> Telling:
    start, end = date.fromisoformat(row["date_start"]).toordinal(), date.fromisoformat(row["date_end"]).toordinal()
    latitude, longitude = _float(row["latitude"]), _float(row["longitude"])
    precision = _WHERE_PREC.get(int(row["geo_precision"] or 1), 6) if latitude is not None else None
    return Telling(
        telling_id=row["id"],
        report_id=ReportId(row["source"]),
        rank=line,
        printed=_printed(row["source"]),
        place_key=_words(row.get("city", "")) + "/" + _words(row.get("location", "")),
        latitude=latitude,
        longitude=longitude,
        precision=precision,
        country=row.get("country") or None,
        admin1=None,
        day_from=min(start, end),
        day_to=max(start, end),
        figures={name: _figure(row, column) for column, name in _MEASURES.items() if row.get(f"{column}_best")},
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
    yield Trait.SPOT, frozenset(_words(row.get("location", "")).split()) - {""}
    numbers = ((name, row.get(f"{column}_best", "")) for column, name in _MEASURES.items())
    yield (
        Trait.NUMBER,
        frozenset(f"{name}||{number}" for name, number in numbers if number.isdigit() and int(number) >= _TELLING),
    )
    yield Trait.DAMAGE, frozenset(name for name in ("displacement", "damage") if row.get(name) == "1")


def _figure(row: Mapping[str, str], column: str) -> tuple[int | None, int | None, int | None]:
    low, best, high = (int(float(row.get(f"{column}_{end}") or "nan")) for end in ("low", "best", "high"))
    return min(low, best), best, max(high, best)


def _printed(source: str) -> int | None:
    """Return the day that a source's citation gives in brackets, None if it gives none: "Reuters (2007-12-30) Title"."""
    found = re.search(r"\((\d{4}-\d\d-\d\d)\)", source)
    return date.fromisoformat(found[1]).toordinal() if found else None


def _float(text: str) -> float | None:
    return None if text in ("", "NA") else float(text)


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text))) if text != "NA" else ""
