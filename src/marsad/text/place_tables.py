"""marsad's own tables of places, read into sites: provinces that Natural Earth lacks, towns and villages that GeoNames does.

A table has a place a line, its columns separated by tabs; "-" or nothing stands for what is not known, lines that begin with #
are remarks. The forms are told in resources/places/provinces.tsv and resources/places/towns/README.md.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from statistics import fmean
from typing import NamedTuple

from marsad.model import Wrong
from marsad.text.gazetteer_build import KINDS, Site
from marsad.text.likeliest import kilometres
from marsad.text.normal import fold

_SAME_KM = 15.0
"""Kilometres within which two places of one name and country are one."""

_PRECISION = {"admin1": 4, "area": 5, "district": 3}
_SETTLED = ("city", "village", "quarter", "camp")

Found = Callable[[str, float, float], str | None]
"""Tells in which province of a country a point lies, None where that is not known."""


class Province(NamedTuple):
    """A province of one's own: GeoNames' code of it ("CD.17"), its names, and where it lies once its cities are known."""

    code: str
    name: str
    name_ar: str | None
    names: tuple[str, ...]


def table(lines: Iterable[str], columns: int, name: str) -> Iterator[list[str]]:
    """Yield the rows of a table, an empty string for what is not known; raises Wrong, naming the line, for another form."""
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        row = [cell.strip() for cell in line.rstrip("\n").split("\t")]
        if len(row) != columns:
            rule = f"has {len(row)} columns, not {columns}"
            raise Wrong(
                f"{name}, line {number}", line[:80], rule, "separate them with tabs; the head of the file says which"
            )
        yield ["" if cell == "-" else cell for cell in row]


def own_provinces(lines: Iterable[str], name: str = "provinces.tsv") -> list[Province]:
    """Return the provinces of a table: code, name, Arabic name, further names.

    >>> own_provinces(["CD.17\\tIturi\\tإيتوري\\t-"])
    [Province(code='CD.17', name='Ituri', name_ar='إيتوري', names=())]
    """
    return [
        Province(code, called, arabic or None, _split(others)) for code, called, arabic, others in table(lines, 4, name)
    ]


def province_sites(
    provinces: Iterable[Province], cities: Mapping[str, Sequence[tuple[float, float]]]
) -> Iterator[Site]:
    """Yield the provinces of one's own as sites, each amid the cities that GeoNames files under its code."""
    for province in provinces:
        points = cities.get(province.code)
        if not points:
            raise Wrong("provinces.tsv", province.code, "is the code of no city's province", "correct the code")
        yield Site(
            place_id=f"marsad:{province.code.lower()}",
            name=province.name,
            name_ar=province.name_ar,
            country=province.code[:2],
            admin1=province.name,
            latitude=round(fmean(latitude for latitude, _ in points), 2),
            longitude=round(fmean(longitude for _, longitude in points), 2),
            kind="admin1",
            population=0,
            precision=_PRECISION["admin1"],
            names=(province.name, *filter(None, [province.name_ar]), *province.names),
        )


def own_places(lines: Iterable[str], country: str, provinces: Mapping[str, str], lies_in: Found) -> Iterator[Site]:
    """Yield the places of a country's table: kind, name, latitude, longitude, province, Arabic name, further names.

    `provinces` are one's own ones of this country, by their folded names: where the table names one of them, the place lies
    there, else in the province that is drawn around its point; what the table says stands where none is. What the table calls
    a province and nobody else does is a stretch of land.
    """
    for kind, name, latitude, longitude, province, arabic, others in table(lines, 7, f"{country}.tsv"):
        if kind not in KINDS:
            raise Wrong(f"{country}.tsv", name, f"is called a {kind!r}", f"call it one of {', '.join(KINDS)}")
        point = float(latitude), float(longitude)
        within = provinces.get(fold(province)) or lies_in(country, *point) or province or None
        yield Site(
            place_id=f"marsad:{country.lower()}/{kind}/{fold(name).replace(' ', '-')}",
            name=name,
            name_ar=arabic or None,
            country=country,
            admin1=None if kind == "admin1" and fold(province) == fold(name) else within,
            latitude=point[0],
            longitude=point[1],
            kind="area" if kind == "admin1" else kind,
            population=0,
            precision=_PRECISION.get(kind, 1),
            names=(name, *filter(None, [arabic]), *_split(others)),
        )


def with_own(sites: Iterable[Site], own: Iterable[Site]) -> Iterator[Site]:
    """Yield the sites, those that an own place is too with its names added, and after them the own places that are new.

    Two are one place where one country has them under one name within a few kilometres, and both are settled places or both
    are not: a town and the district around it are two.
    """
    waiting: dict[tuple[str, str, bool], list[Site]] = {}
    every = list(own)
    for place in every:
        for form in _forms(place):
            waiting.setdefault((place.country, form, place.kind in _SETTLED), []).append(place)
    known: set[str] = set()
    for site in sites:
        near = {}
        for form in _forms(site):
            for place in waiting.get((site.country, form, site.kind in _SETTLED), ()):
                if _one(site, place):
                    near[place.place_id] = place
        known |= near.keys()
        for place in near.values():
            site = replace(site, name_ar=site.name_ar or place.name_ar, names=(*site.names, *place.names))
        yield site
    yield from (place for place in every if place.place_id not in known)


def _one(site: Site, place: Site) -> bool:
    if site.kind == "admin1":
        return place.kind == "area" and place.precision == _PRECISION["admin1"]
    return kilometres((site.latitude, site.longitude), (place.latitude, place.longitude)) <= _SAME_KM


def _forms(site: Site) -> set[str]:
    return {folded for name in (site.name, *site.names) if (folded := fold(name))}


def _split(names: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in names.split("|") if name.strip())
