"""GeoNames: dumps of places, and further names for them (https://download.geonames.org/export/dump/readme.txt)."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from marsad.collect.place_rows import Countries, Found, Ids, check_reason, name, others, people, point, rejected
from marsad.model import Wrong
from marsad.stage import Rejection
from marsad.text.listed import Listed, shown
from marsad.text.place_sources import arabic_name

_COLUMNS = 19
_HEADER = "geonameid"
_COUNTED = 500
"""People from which a settlement is a city in a gazetteer: those are the ones that marsad ships."""

_NO_NAMES = frozenset({"link", "wkdt", "post", "iata", "icao", "faac", "unlc", "tcid", "abbr", "phon", "piny"})
"""What stands in alternateNames in place of a language where it holds an address, a code or a way of speaking."""


@dataclass(frozen=True, slots=True)
class Feature:
    """What a feature code is: a kind of place, with UCDP's where_prec; a `seat` counts as a city however small."""

    kind: str
    precision: int
    seat: bool


@cache
def features() -> Mapping[str, Feature]:
    """Return what the feature codes are whose places are taken, by "class.code"."""
    table = tomllib.loads((resources.files("marsad.resources") / "places" / "features.toml").read_text("utf-8"))
    return {
        code: Feature(entry["kind"], entry["precision"], entry["seat"])
        for entry in table["feature"]
        for code in entry["codes"]
    }


def dump(lines: Iterable[str], subject: str, countries: Countries) -> Iterator[Found | None]:
    """Yield the places of a dump, a rejection for each row or name that cannot be used, and None for a row passed over.

    Passed over are features that no report of a war names, and rows of other countries than the one wanted.
    """
    ids = Ids()
    for number, line in enumerate(lines, 1):
        if number == 1 and line.startswith(_HEADER):
            continue
        where = f"{subject} line {number}"
        try:
            yield from _row(line.rstrip("\r\n").split("\t"), where, countries, ids)
        except Wrong as wrong:
            yield rejected(wrong)


def _row(row: list[str], where: str, countries: Countries, ids: Ids) -> Iterator[Found | None]:
    if len(row) != _COLUMNS:
        raise Wrong(where, f"{len(row)} columns", "is not the 19 columns of a GeoNames dump", "use the raw dump")
    feature, country = features().get(f"{row[6]}.{row[7]}"), row[8]
    if feature is None or countries.unwanted(country):
        yield None
        return
    if not (row[0].isascii() and row[0].isdigit() and len(row[0]) <= 12):
        raise Wrong(f"{where}, geonameid", shown(row[0]), "is no number of GeoNames", "use the raw dump")
    if country not in countries.codes:
        raise Wrong(f"{where}, country code", shown(country), "is no country that marsad knows", "leave the row out")
    own, at, counted = name(row[1], where), point(row[4], row[5], where), people(row[14], where)
    place_id = ids.new(f"gn:{row[0]}", where)
    names, bad = others([own, row[2], *row[3].split(",")], where)
    small = feature.kind == "city" and not feature.seat and counted < _COUNTED
    yield Listed(
        where=where,
        place_id=place_id,
        name=own,
        name_ar=arabic_name(names),
        names=tuple(names),
        country=country,
        kind="village" if small else feature.kind,
        precision=feature.precision,
        point=at,
        population=counted,
        province=f"gn:{country}.{row[10]}" if row[10] else None,
    )
    yield from bad


@dataclass(slots=True)
class Further:
    """Further names of a place: all of them, and the Arabic one that is preferred."""

    names: list[str]
    name_ar: str | None = None
    preferred: bool = False


def further_names(
    lines: Iterable[str], subject: str, wanted: Mapping[str, object]
) -> tuple[dict[str, Further], list[Rejection], int]:
    """Return the further names of the wanted places, by place_id, with rejections and how many rows were passed over.

    Historic names are names: reports, and people, keep using them. Rows of other places, and codes, are passed over.
    """
    found: dict[str, Further] = {}
    bad: list[Rejection] = []
    passed = 0
    for number, line in enumerate(lines, 1):
        row = line.rstrip("\r\n").split("\t")
        where = f"{subject} line {number}"
        good, refused = _name_in(row, where, wanted)
        for value in good:
            _add(found.setdefault(f"gn:{row[1]}", Further([])), value, row[2], row[4] == "1")
        passed += not good and not refused
        bad += refused
        if refused:
            check_reason(len(bad), refused[-1], subject)
    return found, bad, passed


def _name_in(row: list[str], where: str, wanted: Mapping[str, object]) -> tuple[list[str], list[Rejection]]:
    """Return the name on a row, none where the row is passed over, or why it cannot be used."""
    if len(row) not in (8, 10):
        rule = "is not the 10 of alternateNamesV2"
        return [], [rejected(Wrong(where, f"{len(row)} columns", rule, "fetch it again"))]
    if f"gn:{row[1]}" not in wanted or row[2] in _NO_NAMES:
        return [], []
    return others([row[3]], where)


def _add(further: Further, value: str, language: str, preferred: bool) -> None:
    further.names.append(value)
    if language == "ar" and (further.name_ar is None or (preferred and not further.preferred)):
        further.name_ar, further.preferred = value, preferred
