"""Tables of OCHA's administrative boundaries (COD-AB): every unit with its p-code and its names, level by level."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from marsad.collect.place_rows import Countries, Found, code, name, others, point, rejected
from marsad.model import Wrong
from marsad.stage import Rejection
from marsad.text.entry import Point
from marsad.text.listed import Listed, shown
from marsad.text.place_sources import arabic_name

_LEVEL = re.compile(r"adm(?:in)?_?([0-5])_?(.*)")
_CODE = frozenset({"pcode", "pcod"})
_FIRST = ("en", "nameen", "name", "na")
"""Columns of a level that hold the name it goes by, the best first; else the first column with a name."""

_NAME = re.compile(r"(name|na|ref|refname|alt|altname)?\d*(?!id|km|sq|no|nr)([a-z]{2})?")
"""Columns that hold a name: ADM1_EN, adm1_name1, admin1RefName, ADM1ALT1EN, ADM1_REF, admin1Na_1."""

_LATITUDE = ("lat", "latitude", "center_lat", "centroid_lat", "y_lat", "point_y", "y")
_LONGITUDE = ("lon", "long", "lng", "longitude", "center_lon", "centroid_lon", "x_lon", "x_long", "point_x", "x")
_SHAPES = (("country", 6), ("admin1", 4), ("district", 3), ("district", 3), ("village", 2), ("village", 2))
"""Kind and UCDP's where_prec by level; a unit of the fourth level is a settlement with the land around it."""


@dataclass(frozen=True, slots=True)
class _Level:
    """Where the columns of one level stand: its p-code, the name it goes by, and all its names."""

    code: int
    own: int
    names: tuple[int, ...]


@dataclass(slots=True)
class _Table:
    levels: Mapping[int, _Level]
    point: tuple[int, int] | None
    iso2: int | None
    width: int
    countries: Countries
    seen: dict[str, Listed] = field(default_factory=dict)
    told: dict[tuple[object, ...], Listed] = field(default_factory=dict)
    """Units above the deepest level, by what their cells say: they stand on row after row."""


def units(rows: Iterable[tuple[str, Sequence[str]]], countries: Countries) -> Iterator[Found | None]:
    """Yield the units of a table, those that others lie in first, and a rejection for each row that cannot be used.

    A row is a unit of the deepest level that the table has, with those it lies in; a unit above is yielded once.
    Coordinates, where there are any, are the unit's own. Raises Wrong where the header has no p-codes with names.
    """
    source = iter(rows)
    where, header = next(source)
    table = _table(header, where, countries)
    for where, row in source:
        if all(cell.startswith("#") or not cell for cell in row):  # a row of HXL tags
            yield None
            continue
        try:
            yield from _row(table, where, row)
        except Wrong as wrong:
            yield rejected(wrong)


def _table(header: Sequence[str], where: str, countries: Countries) -> _Table:
    names = [cell.strip().lower() for cell in header]
    columns: dict[int, dict[str, int]] = {}
    for at, cell in enumerate(names):
        if found := _LEVEL.fullmatch(cell):
            columns.setdefault(int(found[1]), {}).setdefault(re.sub(r"[^a-z0-9]", "", found[2]), at)
    levels = {number: level for number, own in sorted(columns.items()) if (level := _level(own))}
    if not levels:
        rule = "has no level with a p-code and a name"
        raise Wrong(where, shown(",".join(header)), rule, "keep columns such as ADM1_PCODE and ADM1_EN")
    latitude, longitude = (
        next((names.index(word) for word in words if word in names), None) for words in (_LATITUDE, _LONGITUDE)
    )
    place = None if latitude is None or longitude is None else (latitude, longitude)
    iso2 = names.index("iso2") if "iso2" in names else None
    return _Table(levels, place, iso2, len(header), countries)


def _level(columns: Mapping[str, int]) -> _Level | None:
    code = next((at for word, at in columns.items() if word in _CODE), None)
    named = {word: at for word, at in columns.items() if word and word not in _CODE and _NAME.fullmatch(word)}
    if code is None or not named:
        return None
    own = next((named[word] for word in _FIRST if word in named), next(iter(named.values())))
    return _Level(code, own, tuple(named.values()))


def _row(table: _Table, where: str, row: Sequence[str]) -> Iterator[Found | None]:
    if len(row) != table.width:
        raise Wrong(where, f"{len(row)} cells", f"is not the {table.width} of the header", "export the table again")
    deepest = max(table.levels)
    above: Listed | None = None
    province = None
    country = _country(table, where, row)
    if table.countries.unwanted(country):
        yield None
        return
    for number, level in table.levels.items():
        told = (number, country, row[level.code], *(row[n] for n in level.names))
        if told in table.told:
            above = table.told[told]
            province = above.province
            continue
        pcode = code(row[level.code].strip(), f"{where}, level {number}", "p-code")
        province = f"pcode:{pcode}" if number == 1 else province
        at = _point(table, row, where) if number == deepest else None
        unit, bad = _unit(row, where, level, (number, pcode, country, above, province, at))
        above = unit
        if number != deepest:
            table.told[told] = unit
        yield from _once(table, unit, deepest=number == deepest, bad=bad)


def _once(table: _Table, unit: Listed, deepest: bool, bad: list[Rejection]) -> Iterator[Found]:
    """Yield the unit the first time it is met; raises Wrong where its row, or its code, stands for two."""
    known = table.seen.setdefault(unit.place_id, unit)
    if known is unit:
        yield unit
        yield from bad
    elif deepest:
        raise Wrong(unit.where, unit.pcode, f"is the p-code of {known.where} already", "keep one of the two rows")
    elif known.name != unit.name:
        rule = f"is called {shown(known.name)} on {known.where} and {shown(unit.name)} here"
        yield rejected(Wrong(unit.where, unit.pcode, rule, "keep one of the names"), "; the first name is taken")


def _unit(
    row: Sequence[str],
    where: str,
    level: _Level,
    what: tuple[int, str, str, Listed | None, str | None, Point | None],
) -> tuple[Listed, list[Rejection]]:
    number, pcode, country, above, province, at = what
    written = row[level.own] if row[level.own].strip() else next((row[n] for n in level.names if row[n].strip()), "")
    own = name(written, f"{where}, name of {pcode}")
    names, bad = others([own, *(row[n] for n in level.names)], where)
    kind, precision = _SHAPES[number]
    unit = Listed(
        where=where,
        place_id=f"pcode:{pcode}",
        name=own,
        name_ar=arabic_name(names),
        names=tuple(names),
        country=country,
        kind=kind,
        precision=precision,
        point=at,
        province=province,
        parent=above.place_id if above else None,
        pcode=pcode,
    )
    return unit, bad


def _point(table: _Table, row: Sequence[str], where: str) -> Point | None:
    if table.point is None:
        return None
    latitude, longitude = (row[at].strip() for at in table.point)
    return point(latitude, longitude, where) if latitude or longitude else None


def _country(table: _Table, where: str, row: Sequence[str]) -> str:
    """Return the country of a row: what it names, else that of the p-code's first two letters."""
    if table.iso2 is not None and row[table.iso2].strip() in table.countries.codes:
        return row[table.iso2].strip()
    top = table.levels.get(0)
    told = [row[top.code], *(row[at] for at in top.names)] if top else []
    for value in map(str.strip, told):
        known = value if value in table.countries.codes else table.countries.named(value)
        if known:
            return known
    first = row[next(iter(table.levels.values())).code].strip()[:2]
    if table.countries.only is None and first in table.countries.codes:
        return first
    return table.countries.of("", f"{where}, country")
