"""A table of places of one's own: name, lat, lon, country, kind, aliases …"""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from marsad.collect.place_rows import Countries, Found, Ids, code, name, others, people, point, rejected
from marsad.model import Wrong, content_id
from marsad.model.place import OWN
from marsad.text.gazetteer_build import KINDS
from marsad.text.listed import PROVINCE_NAMED, Listed, shown
from marsad.text.place_sources import arabic_name

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "name_en"),
    "name_ar": ("name_ar",),
    "latitude": ("lat", "latitude"),
    "longitude": ("lon", "lng", "long", "longitude"),
    "country": ("country", "country_code"),
    "kind": ("kind", "type"),
    "precision": ("precision", "where_prec"),
    "population": ("population",),
    "province": ("admin1", "province"),
    "aliases": ("aliases", "alias", "names"),
    "id": ("id", "place_id"),
    "pcode": ("pcode", "p-code"),
}
"""What a column may be called."""

_PRECISION = {"country": 6, "admin1": 4, "district": 3, "area": 5}
_KINDS = tuple(kind for kind in KINDS if kind != "country")
_BETWEEN_ALIASES = re.compile("[|;؛]")


def own_places(rows: Iterable[tuple[str, Sequence[str]]], countries: Countries, file: str) -> Iterator[Found | None]:
    """Yield the places of a table, and a rejection for each row that cannot be used; raises Wrong for its header.

    Ids count within a file's name, so that row 7 of two tables is two places, and row 7 of a newer edition the same.
    """
    source = iter(rows)
    where, header = next(source)
    columns = _columns(header, where, countries)
    book, ids, codes = file.partition(".")[0], Ids(), Ids()
    for where, row in source:
        try:
            if len(row) != len(header):
                rule = f"is not the {len(header)} of the header"
                raise Wrong(where, f"{len(row)} cells", rule, "put quotation marks round cells with commas")
            cells = {what: row[at].strip(" ") for what, at in columns.items()}
            yield from _place(cells, where, countries, (book, ids, codes))
        except Wrong as wrong:
            yield rejected(wrong)


def _columns(header: Sequence[str], where: str, countries: Countries) -> dict[str, int]:
    """Return where each known column stands; raises Wrong for one that is missing, twice there, or looks like a slip."""
    found: dict[str, int] = {}
    known = {word: what for what, words in _COLUMNS.items() for word in words}
    for at, cell in enumerate(word.strip().lower() for word in header):
        what = known.get(cell)
        if what is None:
            if close := difflib.get_close_matches(cell, known, 1, 0.8):
                raise Wrong(where, shown(cell), "is no column marsad knows", f"call it {close[0]}, or leave it out")
        elif what in found:
            raise Wrong(where, shown(cell), f"is a second column for {what}", "keep one of them")
        else:
            found[what] = at
    if "name" not in found and "name_ar" in found:
        found["name"] = found["name_ar"]
    wanted = ["name", "latitude", "longitude", *([] if countries.only else ["country"])]
    for what in wanted:
        if what not in found:
            rule = f"lacks a column {_COLUMNS[what][0]}"
            raise Wrong(where, shown(",".join(header)), rule, "write name,lat,lon,country,kind,aliases")
    return found


def _place(
    cells: Mapping[str, str], where: str, countries: Countries, numbers: tuple[str, Ids, Ids]
) -> Iterator[Found | None]:
    book, ids, codes = numbers
    own = name(cells["name"] or cells.get("name_ar", ""), f"{where}, name")
    at = point(cells["latitude"], cells["longitude"], where)
    country = countries.of(cells.get("country", ""), f"{where}, country")
    if countries.unwanted(country):
        yield None
        return
    kind = cells.get("kind", "").lower() or "city"
    if kind not in _KINDS:
        raise Wrong(f"{where}, kind", shown(kind), f"is not one of {', '.join(_KINDS)}", "write one of them")
    precision = _precision(cells.get("precision", ""), kind, where)
    given, pcode = cells.get("id"), cells.get("pcode")
    own_id = code(given, f"{where}, id", "id") if given else content_id(country, own, *at, length=12)
    aliases = (alias.strip() for alias in _BETWEEN_ALIASES.split(cells.get("aliases", "")))
    names, bad = others([own, cells.get("name_ar", ""), *aliases], where)
    told_ar = cells.get("name_ar", "")
    province = cells.get("province") or (own if kind == "admin1" else "")
    counted = people(cells.get("population", ""), where)
    yield Listed(
        where=where,
        place_id=ids.new(f"{OWN}{book}/{own_id}", where),
        name=own,
        name_ar=told_ar if told_ar in names else arabic_name(names),
        names=tuple(names),
        country=country,
        kind=kind,
        precision=precision,
        point=at,
        population=counted,
        province=PROVINCE_NAMED + name(province, where) if province else None,
        pcode=codes.new(code(pcode, f"{where}, pcode", "p-code"), where) if pcode else None,
        curated=True,
    )
    yield from bad


def _precision(value: str, kind: str, where: str) -> int:
    if not value:
        return _PRECISION.get(kind, 1)
    if value not in "1234567" or len(value) != 1:
        raise Wrong(
            f"{where}, precision", shown(value), "is not 1 to 7 (UCDP where_prec)", "write 1 for the place itself"
        )
    return int(value)
