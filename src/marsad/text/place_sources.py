"""Places as reference data writes them down: GeoNames, Natural Earth, CLDR and marsad's own lists, read into sites."""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from typing import Any

from marsad.model import Wrong
from marsad.text.gazetteer_build import KINDS, Site

_PRECISION = {"country": 6, "admin1": 4, "area": 4, "district": 3, "city": 1, "village": 1, "quarter": 1, "camp": 1}
_AREA = 5
_CUT_UP = ("CD", "KE")
"""Countries of which Natural Earth draws provinces that were cut up since: those that hold no city of GeoNames are areas."""

_OF_REGIONS = ("BF",)
"""Countries whose regions Natural Earth knows by name alone: what it draws lies one level below."""

_ARABIC_LETTERS = frozenset("ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي ")
_PROVINCE_WORDS = ("محافظة ", "ولاية ", "شعبية ", "بلدية ")
_GEONAMES_COLUMNS = 19
_OTHER_CODES = ("BH.", "BM.", "FR.", "LV.", "NO.", "NR.", "PH.", "SM.")
"""Countries whose provinces Natural Earth codes otherwise than GeoNames (a sample of cities lay in other provinces)."""

_NATURAL_EARTH_NAMES = ("name", "name_en", "name_ar", "name_es", "name_fr", "name_ru", "name_uk", "gn_name", "woe_name")


def points_by_province(lines: Iterable[str]) -> dict[str, list[tuple[float, float]]]:
    """Return where the places of a GeoNames table lie (latitude, longitude), by the code of their province ("SY.04")."""
    points: dict[str, list[tuple[float, float]]] = {}
    for columns in _rows(lines):
        points.setdefault(f"{columns[8]}.{columns[10]}", []).append((float(columns[4]), float(columns[5])))
    return points


def cities(
    lines: Iterable[str],
    admin1: Mapping[str, str],
    lies_in: Callable[[str, float, float], str | None] = lambda *_: None,
) -> Iterator[Site]:
    """Yield the populated places of a GeoNames table (19 columns, tab-separated), sections of cities as quarters.

    `admin1` maps GeoNames' codes ("SY.04") to names of provinces; `lies_in` tells, by country and point, the province of a
    place whose code is not among them. Raises Wrong for a line of another shape.
    """
    for columns in _rows(lines):
        names = [name for name in (columns[1], columns[2], *columns[3].split(",")) if name]
        kind, point = "quarter" if columns[7] == "PPLX" else "city", (float(columns[4]), float(columns[5]))
        yield Site(
            place_id=f"gn:{columns[0]}",
            name=columns[1],
            name_ar=arabic_name(names),
            country=columns[8],
            admin1=admin1.get(f"{columns[8]}.{columns[10]}") or lies_in(columns[8], *point),
            latitude=point[0],
            longitude=point[1],
            kind=kind,
            population=int(columns[14] or 0),
            precision=_PRECISION[kind],
            names=tuple(names),
        )


def _rows(lines: Iterable[str]) -> Iterator[list[str]]:
    for number, line in enumerate(lines, start=1):
        columns = line.rstrip("\n").split("\t")
        if len(columns) != _GEONAMES_COLUMNS:
            raise Wrong(
                f"GeoNames table, line {number}", line[:80], f"has {len(columns)} columns, not 19", "use the raw dump"
            )
        yield columns


def arabic_name(names: Iterable[str]) -> str | None:
    """Return the likeliest Arabic name among names of every language, None where there is none.

    GeoNames does not say which language a name is in. Letters that only Persian, Urdu or Kurdish use rule a name out;
    an article, an initial hamza or a final ta marbuta speaks for Arabic; among equals the shortest is taken.

    >>> arabic_name(["Raqqa", "رقه", "الرقة"]), arabic_name(["لأندأن", "لندن"]), arabic_name(["Sochi"])
    ('الرقة', 'لندن', None)
    """
    arabic = [name for name in names if name.strip() and set(name) <= _ARABIC_LETTERS]
    return min(arabic, key=lambda name: (-_arabic_signs(name), len(name), name), default=None)


def _arabic_signs(name: str) -> int:
    return name.startswith("ال") + name.startswith(("أ", "إ", "آ")) + name.endswith("ة")


def provinces(features: Iterable[Mapping[str, Any]], codes: Set[str]) -> Iterator[Site]:
    """Yield the provinces among Natural Earth's admin-1 features; those that lie in no ISO country are passed over.

    The country is that of the ISO 3166-2 code, whoever holds the province on the map. `codes` are GeoNames' codes of the
    provinces that its cities lie in: one that was cut up since holds none, and is an area.
    """
    for feature in features:
        properties = feature["properties"]
        country = _country(properties)
        name = properties.get("name") or properties.get("name_en")
        if country is None or not name:
            continue
        alternatives = (properties.get("name_alt") or "").split("|")
        names = [text for key in _NATURAL_EARTH_NAMES if (text := properties.get(key))] + alternatives
        name_ar = properties.get("name_ar") or None
        kind, admin1 = "admin1", properties.get("name_en") or name
        if country in _OF_REGIONS:
            kind, admin1 = "district", properties.get("region")
        elif country in _CUT_UP and properties.get("gn_a1_code") not in codes:
            kind, admin1 = "area", None
        yield Site(
            place_id=f"ne:{properties['adm1_code']}",
            name=properties.get("name_en") or name,
            name_ar=name_ar,
            country=country,
            admin1=admin1,
            latitude=properties["latitude"],
            longitude=properties["longitude"],
            kind=kind,
            population=0,
            precision=_PRECISION[kind],
            names=tuple({name.strip(): None for name in (*names, *_without_province_word(name_ar)) if name.strip()}),
        )


def province_names(features: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return the names of provinces by GeoNames code ("SY.04")."""
    names: dict[str, str] = {}
    for feature in features:
        properties = feature["properties"]
        code = properties.get("gn_a1_code") or ""
        if "." in code and not code.endswith(".") and not code.startswith(_OTHER_CODES):
            names.setdefault(code, properties.get("name_en") or properties.get("name") or code)
    return names


def _country(properties: Mapping[str, Any]) -> str | None:
    for code in ((properties.get("iso_3166_2") or "")[:2], properties.get("iso_a2") or ""):
        if len(code) == 2 and code.isalpha() and code.isupper():
            return code
    return None


def _without_province_word(name_ar: str | None) -> list[str]:
    return [name_ar.removeprefix(word) for word in _PROVINCE_WORDS if name_ar and name_ar.startswith(word)]


def countries(
    english: Mapping[str, str],
    arabic: Mapping[str, str],
    features: Sequence[Mapping[str, Any]],
    further: Iterable[Mapping[str, Any]],
) -> Iterator[Site]:
    """Yield the countries that Natural Earth has provinces of, each at the middle of its area.

    `english` and `arabic` are CLDR's names by ISO code, `further` the entries of countries.toml.
    """
    middles = _middles(features)
    also = {entry["code"]: entry.get("also", []) for entry in further}
    for code, (latitude, longitude) in sorted(middles.items()):
        if code not in english:
            continue
        names = [english[code], english[code].split(" (")[0], *also.get(code, []), *filter(None, [arabic.get(code)])]
        yield Site(
            place_id=f"iso:{code}",
            name=english[code],
            name_ar=arabic.get(code),
            country=code,
            admin1=None,
            latitude=latitude,
            longitude=longitude,
            kind="country",
            population=0,
            precision=_PRECISION["country"],
            names=tuple(names),
        )


def country_words(
    english: Mapping[str, str], arabic: Mapping[str, str], further: Iterable[Mapping[str, Any]]
) -> dict[str, str]:
    """Return every word that means a country, with the country's code: names, adjectives, peoples, abbreviations."""
    words = {name: code for names in (arabic, english) for code, name in names.items() if len(code) == 2}
    for entry in further:
        words |= dict.fromkeys([*entry["people"], *entry.get("also", [])], entry["code"])
    return words


def with_aliases(sites: Iterable[Site], aliases: Iterable[Mapping[str, Any]]) -> Iterator[Site]:
    """Yield the sites with the names of marsad's own list added, and after them the places that only the list has.

    Raises Wrong where the list adds names to a place that is not among the sites.
    """
    waiting = {entry["place_id"]: entry for entry in aliases}
    for site in sites:
        entry = waiting.pop(site.place_id, None)
        yield site if entry is None else _named(site, entry)
    for place_id, entry in waiting.items():
        if not place_id.startswith("marsad:"):
            rule = "is not in the reference data"
            raise Wrong(
                "aliases.toml", place_id, rule, 'correct the id, or give the place an id of its own: "marsad:…"'
            )
        yield _own(entry)


def _named(site: Site, entry: Mapping[str, Any]) -> Site:
    return replace(
        site,
        name=entry["name"],
        name_ar=entry["name_ar"],
        names=(*site.names, site.name, entry["name"], entry["name_ar"], *entry["names"]),
        curated=True,
    )


def _own(entry: Mapping[str, Any]) -> Site:
    return Site(
        place_id=entry["place_id"],
        name=entry["name"],
        name_ar=entry["name_ar"],
        country=entry["country"],
        admin1=entry.get("admin1"),
        latitude=entry["latitude"],
        longitude=entry["longitude"],
        kind=entry["kind"] if entry["kind"] in KINDS else "",
        population=entry.get("population", 0),
        precision=entry.get("precision", _AREA),
        names=(entry["name"], entry["name_ar"], *entry["names"]),
        curated=True,
    )


def _middles(features: Iterable[Mapping[str, Any]]) -> dict[str, tuple[float, float]]:
    """Return for each country the middle of its area (latitude, longitude in degrees), to four decimals."""
    sums: dict[str, list[float]] = {}
    for feature in features:
        country = _country(feature["properties"])
        if country is None or feature.get("geometry") is None:
            continue
        total = sums.setdefault(country, [0.0, 0.0, 0.0])
        for ring in _outer_rings(feature["geometry"]):
            for index, value in enumerate(_moments(ring)):
                total[index] += value
    return {code: (round(y / area, 4), round(x / area, 4)) for code, (area, x, y) in sums.items() if area}


def _outer_rings(geometry: Mapping[str, Any]) -> Iterator[Sequence[Sequence[float]]]:
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    for polygon in polygons:
        yield polygon[0]


def _moments(ring: Sequence[Sequence[float]]) -> tuple[float, float, float]:
    """Return a ring's area, never negative, and its first moments, in degrees shrunk by the cosine of its latitude."""
    shrink = math.cos(math.radians(sum(point[1] for point in ring) / len(ring)))
    area = x = y = 0.0
    for (x0, y0), (x1, y1) in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = x0 * y1 - x1 * y0
        area += cross / 2
        x += (x0 + x1) * cross / 6
        y += (y0 + y1) * cross / 6
    sign = shrink if area > 0 else -shrink
    return area * sign, x * sign, y * sign
