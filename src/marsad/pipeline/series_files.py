"""A table of running totals as a publisher gives it: read, and checked for what is odd and for sums that must hold."""

import calendar
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from marsad.collect.csv_rows import csv_rows
from marsad.context.adding_up import Period, Sum, periods_added
from marsad.context.published import Anomaly, Published, anomalies
from marsad.model import Count, Wrong
from marsad.stage import Rejection

_DAY = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
_NUMBER = re.compile(r"\d{1,12}(?:\.0+)?")

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Series:
    """The running total of `of` that `publisher` gave, with what is odd about it."""

    publisher: str
    of: str
    points: tuple[Published, ...]
    anomalies: tuple[Anomaly, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """What a file holds: its running totals, the sums that it lets check, and rows that could not be read."""

    name: str
    series: tuple[Series, ...]
    sums: tuple[Sum, ...]
    rejected: tuple[Rejection, ...]


def checked(path: Path) -> Checked:
    """Return the running totals of a CSV file and what is odd about them; raises Wrong for a table that nobody knows."""
    rows: list[Row] = []
    refused: list[Rejection] = []
    try:
        with path.open("rb") as stream:
            found = list(csv_rows(stream, path.name))
    except OSError as fault:
        raise Wrong(str(path), None, f"cannot be read: {fault.strerror}", "name a CSV file that is there") from fault
    cells = [row for row in found if not isinstance(row, Rejection)]
    refused += [row for row in found if isinstance(row, Rejection)]
    names = [name.strip().lower() for name in (cells[0][1] if cells else [])]
    table = next((t for t in _tables() if set(t["recognise"]) <= set(names)), None)
    if table is None:
        known = "; ".join(f"{t['name']}: {', '.join(t['recognise'])}" for t in _tables())
        raise Wrong(
            str(path), ", ".join(names)[:100], f"has none of the known sets of columns ({known})", "rename them"
        )
    rows = [dict(zip(names, row, strict=False)) for _, row in cells[1:]]
    made = _by_rows(table, rows) if "rows" in table else (_by_columns(table, rows), list(_sums(table, rows)))
    return Checked(table["name"], tuple(made[0]), tuple(made[1]), tuple(refused))


@cache
def _tables() -> list[dict[str, Any]]:
    text = (resources.files("marsad.resources") / "context" / "published.toml").read_text("utf-8")
    tables: list[dict[str, Any]] = tomllib.loads(text)["table"]
    return tables


def _by_columns(table: Mapping[str, Any], rows: Sequence[Row]) -> list[Series]:
    out = []
    for total in table.get("total", ()):
        groups: dict[str, list[Published]] = {}
        for row in rows:
            point = _point(table, total, row)
            if point is not None:
                groups.setdefault(_publisher(table, row), []).append(point)
        out += [_series(publisher, total["of"], points, total) for publisher, points in groups.items()]
    return out


def _series(publisher: str, of: str, points: Iterable[Published], total: Mapping[str, Any]) -> Series:
    ordered = tuple(sorted(points, key=lambda p: p.day))
    return Series(publisher, of, ordered, tuple(anomalies(ordered, frozenset(total.get("decided", ())))))


def _publisher(table: Mapping[str, Any], row: Row) -> str:
    named = table["publisher"]
    return named if isinstance(named, str) else row.get(named["column"], "") or "?"


def _point(table: Mapping[str, Any], total: Mapping[str, Any], row: Row) -> Published | None:
    """Return the row's step of a running total, None where it gives no total or no day."""
    day, number = last_day(row.get(table["day"], "")), _number(row.get(total["total"], ""))
    if day is None or number is None:
        return None
    added = {kind: n for kind, column in total.get("added", {}).items() if (n := _number(row.get(column, "")))}
    hours = _number(row.get(table.get("hours", ""), ""))
    return Published(
        day=day,
        total=number,
        of_day=_number(row.get(total.get("of_day", ""), "")),
        covers=max(1, (hours or 24) // 24),
        added=added,
        new=_number(row.get(total.get("new", ""), "")),
        label=row.get(table.get("label", "")) or None,
    )


def _sums(table: Mapping[str, Any], rows: Iterable[Row]) -> Iterator[Sum]:
    for row in rows:
        for wanted in table.get("sum", ()):
            whole = _number(row.get(wanted["whole"], ""))
            parts = [(name, _number(row.get(name, ""))) for name in wanted["parts"]]
            if whole is not None and all(n is not None for _, n in parts):
                told = tuple((name, _exact(n or 0)) for name, n in parts)
                yield Sum(name=f"{wanted['of']}, {row.get(table['day'], '?')}", whole=_exact(whole), parts=told)


def _by_rows(table: Mapping[str, Any], rows: Sequence[Row]) -> tuple[list[Series], list[Sum]]:
    shape = table["rows"]
    totals: dict[str, list[Published]] = {}
    periods: dict[str, list[Period]] = {}
    for row in rows:
        day, number = last_day(row.get(table["day"], "")), _number(row.get(shape["value"], ""))
        if day is None or number is None:
            continue
        publisher, kind = _publisher(table, row), row.get(shape["kind"], "")
        if kind in shape["total"]:
            totals.setdefault(publisher, []).append(Published(day=day, total=number))
        elif kind in shape["period"]:
            periods.setdefault(publisher, []).append(Period(date(day.year, 1, 1), day, _exact(number)))
    series = [_series(publisher, "killed", points, {}) for publisher, points in totals.items()]
    sums = []
    for publisher, told in periods.items():
        begun = min(p.first for p in told)
        for point in totals.get(publisher, ()):
            found = periods_added(f"{publisher}, {point.day}", Period(begun, point.day, _exact(point.total)), told)
            sums += [found] if found else []
    return series, sums


def _exact(number: int) -> Count:
    return Count(number, number, number)


def _number(cell: str) -> int | None:
    """Return a whole number of people, None for an empty cell and for what is none."""
    written = cell.strip().replace(",", "")
    return int(float(written)) if _NUMBER.fullmatch(written) else None


def last_day(written: str) -> date | None:
    """Return the day that is written, the last one of a month or year; None for what is none.

    >>> last_day("2024-03"), last_day("March")
    (datetime.date(2024, 3, 31), None)
    """
    found = _DAY.fullmatch(written.strip())
    if not found:
        return None
    year, month = int(found[1]), int(found[2] or 12)
    try:
        return date(year, month, int(found[3] or calendar.monthrange(year, month)[1]))
    except ValueError:
        return None
