"""The rules of tables that give a least and a most: Airwars and Iraq Body Count."""

import re
from collections.abc import Iterable, Iterator, Sequence

from marsad.publish.checks.cells import Once, Row, day_of, table_faults
from marsad.publish.checks.fault import Fault
from marsad.publish.formats.airwars import COLUMNS
from marsad.publish.formats.described import format_named

_CODE = re.compile(r"[akdx][0-9]+[a-z]?")


def airwars_faults(rows: Iterable[Sequence[str]]) -> Iterator[Fault]:
    """Yield everything in which these rows are not as Airwars has them. Source: Airwars, methodology."""
    codes = Once("unique_reference_code")

    def check(number: int, row: Row) -> Iterator[Fault]:
        yield from codes.again(number, row["unique_reference_code"])
        yield from _days(number, row, "incident_date", "date_end")
        for name in COLUMNS:
            yield from _range(number, row, f"{name}_min", f"{name}_max")
        declared, grade = row["strike_status"] == "Declared strike", row["civilian_harm_status"]
        if grade == "Confirmed" and not declared:
            rule = "does not go with Confirmed: then a belligerent has declared it"
            yield Fault(number, "strike_status", row["strike_status"], rule)
        if bool(row["latitude"]) != bool(row["longitude"]):
            yield Fault(number, "latitude", row["latitude"], "goes with an empty longitude, or the other way round")

    return table_faults(format_named("airwars"), rows, check)


def ibc_faults(rows: Iterable[Sequence[str]]) -> Iterator[Fault]:
    """Yield everything in which these rows are not as Iraq Body Count has them. Source: Iraq Body Count, methods."""
    codes = Once("ibc_code")

    def check(number: int, row: Row) -> Iterator[Fault]:
        yield from codes.again(number, row["ibc_code"])
        if row["ibc_code"] and not _CODE.fullmatch(row["ibc_code"]):
            yield Fault(number, "ibc_code", row["ibc_code"], "is not k (incident) or x (aggregate) and a number")
        yield from _days(number, row, "start_date", "end_date")
        yield from _range(number, row, "reported_minimum", "reported_maximum")
        yield from _range(number, row, "min_injuries", "max_injuries")

    return table_faults(format_named("ibc"), rows, check)


def _range(number: int, row: Row, least: str, most: str) -> Iterator[Fault]:
    low, high = row[least], row[most]
    if high and not low:
        yield Fault(number, least, "", f"is empty, and {most} is not")
    if low and high and int(low) > int(high):
        yield Fault(number, least, low, f"is above {most}, {high}")


def _days(number: int, row: Row, first: str, last: str) -> Iterator[Fault]:
    start, end = day_of(row[first]), day_of(row[last])
    if start is not None and end is not None and end < start:
        yield Fault(number, last, row[last], f"is before {first}, {start}")
