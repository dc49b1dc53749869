"""The rules of UCDP GED that bind several cells of a row: sums, orders, sides, precisions, points."""

import re
from collections.abc import Iterable, Iterator, Sequence

from marsad.publish.checks.cells import Once, Paired, Row, day_of, table_faults
from marsad.publish.checks.fault import Fault
from marsad.publish.formats.ucdp import priogrid, ucdp_format

PARTS = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")
LONGEST = {"1": 1, "2": 6, "3": 7, "4": 31, "5": 366}
"""Days that an event may span, by date_prec."""

_POINT = re.compile(r"POINT ?\(\s*(-?[0-9.]+)\s+(-?[0-9.]+)\s*\)")
_NEAR = 1e-6


def ucdp_faults(rows: Iterable[Sequence[str]]) -> Iterator[Fault]:
    """Yield everything in which these rows are not UCDP GED. Source: UCDP GED codebook."""
    ids, pairs = Once("id"), [Paired("dyad_new_id", "dyad_name"), Paired("conflict_new_id", "conflict_name")]
    pairs += [Paired("country_id", "country")]

    def check(number: int, row: Row) -> Iterator[Fault]:
        yield from ids.again(number, row["id"])
        for pair in pairs:
            if row[pair.column] not in ("", "0"):
                yield from pair.other(number, row)
        yield from _deaths(number, row)
        yield from _days(number, row)
        yield from _sides(number, row)
        yield from _point(number, row)
        if row["number_of_sources"] == "0":
            yield Fault(number, "number_of_sources", "0", "is no number of sources: at least 1, or -1 where not known")

    return table_faults(ucdp_format(), rows, check)


def _deaths(number: int, row: Row) -> Iterator[Fault]:
    cells = [row[name] for name in (*PARTS, "low", "best", "high")]
    if not all(cells):
        return
    *parts, low, best, high = map(int, cells)
    if sum(parts) != best:
        said = " + ".join(map(str, parts))
        yield Fault(number, "best", str(best), f"is not the sum of {', '.join(PARTS)}: {said} = {sum(parts)}")
    if low > best:
        yield Fault(number, "low", str(low), f"is above best, {best}")
    if best > high:
        yield Fault(number, "high", str(high), f"is below best, {best}")
    if max(low, best, high) == 0:
        yield Fault(number, "high", "0", "is no event: at least one direct death is needed")


def _days(number: int, row: Row) -> Iterator[Fault]:
    start, end = day_of(row["date_start"]), day_of(row["date_end"])
    if start is None or end is None:
        return
    if end < start:
        yield Fault(number, "date_end", row["date_end"], f"is before date_start, {start}")
        return
    if row["year"] and int(row["year"]) != start.year:
        yield Fault(number, "year", row["year"], f"is not the year of date_start, {start}")
    longest = LONGEST.get(row["date_prec"])
    if longest is not None and (end - start).days + 1 > longest:
        rule = f"allows {longest} day{'' if longest == 1 else 's'}, and {start} to {end} are {(end - start).days + 1}"
        yield Fault(number, "date_prec", row["date_prec"], rule)


def _sides(number: int, row: Row) -> Iterator[Fault]:
    kind = row["type_of_violence"]
    if kind == "3":
        if row["side_b"] and row["side_b"] != "Civilians":
            yield Fault(number, "side_b", row["side_b"], "is not Civilians, as in one-sided violence (type 3)")
        for name in ("deaths_a", "deaths_b"):
            if row[name] not in ("", "0"):
                yield Fault(number, name, row[name], "is not 0: in one-sided violence (type 3) only civilians are hit")
    states = row["gwnoa"] or row["gwnob"]
    if kind == "1" and not states and row["code_status"] == "Clear":
        yield Fault(
            number, "gwnoa", "", "is empty, and so is gwnob: in state-based violence (type 1) a side is a state"
        )
    if kind == "2" and states:
        yield Fault(number, "gwnoa", states, "is filled: in non-state violence (type 2) no side is a government")
    names = [row["side_a"], row["side_b"], row["dyad_name"]]
    if all(names) and f"{names[0]} - {names[1]}" != names[2]:
        yield Fault(number, "dyad_name", names[2], "is not side_a - side_b")


def _point(number: int, row: Row) -> Iterator[Fault]:
    if not (row["latitude"] and row["longitude"]):
        return
    y, x = float(row["latitude"]), float(row["longitude"])
    for name in ("latitude", "longitude"):
        if len(row[name].partition(".")[2]) > 6:
            yield Fault(number, name, row[name], "has more than six decimals")
    if row["geom_wkt"]:
        found = _POINT.fullmatch(row["geom_wkt"])
        if not found:
            yield Fault(number, "geom_wkt", row["geom_wkt"], "is no POINT (longitude latitude)")
        elif abs(float(found[1]) - x) > _NEAR or abs(float(found[2]) - y) > _NEAR:
            yield Fault(number, "geom_wkt", row["geom_wkt"], f"is not the point of longitude {x:g}, latitude {y:g}")
    if row["priogrid_gid"] and int(row["priogrid_gid"]) != priogrid(y, x):
        yield Fault(number, "priogrid_gid", row["priogrid_gid"], f"is not the cell of the point, {priogrid(y, x)}")
