"""Tables of event reports in MAVERICK's columns, made up for tests: a country where nothing is what it was."""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

COLUMNS = (
    *(
        "id",
        "event_id",
        "country",
        "date_start",
        "date_end",
        "city",
        "location",
        "latitude",
        "longitude",
        "geo_precision",
    ),
    *("actor1", "actor1_subtype", "actor1_violence", "event_context", "target"),
    *("deaths_best", "deaths_low", "deaths_high", "injuries_best", "injuries_low", "injuries_high"),
    *("displacement", "damage", "source"),
)
TOWNS = {"Abora": (5.1, -1.1), "Besse": (6.2, -2.3), "Corvi": (7.3, -3.4), "Dunam": (8.4, -4.5)}
OUTLETS = ("Daily Lamp", "Harbour News", "Radio Reef", "The Weekly Loom")


def event_row(
    name: str, event: str, town: str = "Abora", day: str = "2010-12-01", dead: int = 0, **cells: Any
) -> dict[str, Any]:
    """Return a row: `dead` killed in the town on the day, told by a paper of its own unless the cells say otherwise."""
    latitude, longitude = TOWNS[town]
    row: dict[str, Any] = {
        "id": name,
        "event_id": event,
        "country": "Lagunia",
        "date_start": day,
        "date_end": day,
        "city": town,
    }
    row |= {
        "location": town,
        "latitude": latitude,
        "longitude": longitude,
        "geo_precision": 5,
        "source": f"Paper {name}",
    }
    row |= {f"deaths_{end}": dead for end in ("best", "low", "high")}
    row |= {f"injuries_{end}": 0 for end in ("best", "low", "high")}
    return {**dict.fromkeys(COLUMNS, "NA"), **row, **cells}


def event_table(path: Path, rows: Iterable[Mapping[str, Any]]) -> Path:
    """Write a table of event reports; return its path."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    return path


def troubled_year(events: int = 48) -> list[dict[str, Any]]:
    """Return rows of so many events over a year, two by two in one town on neighbouring days, each told by one to four
    outlets, the fourth a day and a number off.
    """
    rows = []
    for n in range(events):
        town, month, day = list(TOWNS)[n // 2 % 4], n // 2 % 12 + 1, n // 2 * 5 % 25 + 1 + n % 2
        for teller in range(n % 4 + 1):
            off = teller == 3  # the fourth outlet is late and counts more
            when = f"2010-{month:02}-{day + off:02}"
            dead = 3 + n % 17 + (2 if off else 0)
            source = f"{OUTLETS[teller]} ({when}) Headline {n}"
            rows.append(
                event_row(f"r{n}-{teller}", f"E{n}", town, when, dead, source=source, actor1_violence="Shooting")
            )
    return rows
