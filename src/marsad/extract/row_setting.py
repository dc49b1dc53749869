"""Where, when and with what: the cells of a row that say it of all its numbers."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache

from marsad.model import Place, When
from marsad.text.cell_values import days, degrees
from marsad.text.gazetteer import Gazetteer
from marsad.text.lexicon import lexicon

_LONGEST = 300
_COUNTRY = 6


def when_of(values: Mapping[str, str], *, since: bool = False) -> When | None:
    """Return the days that a row names; None where it names none.

    A precision that the data set gives is kept, also where the days alone would tell another one. A single day with a
    coarser precision stands for the week or the month around it. With `since`, the days of a running total.
    """
    first = _days(values, "date_from") or _days(values, "date")
    last = _days(values, "date_to") or first
    first = first or last
    if first is None or last is None or last.end < first.start:
        return None
    start, end = first.start, last.end
    if since:
        begun = _days(values, "since")
        start = begun.start if begun and begun.start <= end else start
        words = f"{start.isoformat()} to {end.isoformat()}"
        return When(start, end, When.precision_of((end - start).days + 1), words if begun else None)
    given = _code(values, "date_precision", 5)
    if given and given > 1 and start == end:
        start, end = _around(start, given)
    precision = given or max(When.precision_of((end - start).days + 1), first.precision)
    words = " to ".join(dict.fromkeys(values[f] for f in ("date_from", "date", "date_to") if values.get(f)))
    return When(start, end, precision, words[:_LONGEST] or None)


def _days(values: Mapping[str, str], field: str) -> When | None:
    return days(values[field]) if values.get(field) else None


def _code(values: Mapping[str, str], field: str, most: int) -> int | None:
    written = values.get(field, "").strip()
    return (
        int(written)
        if written.isascii() and written.isdigit() and len(written) == 1 and 1 <= int(written) <= most
        else None
    )


def _around(day: date, precision: int) -> tuple[date, date]:
    """Return the days that a coded middle day stands for."""
    if precision == 2:
        return day - timedelta(days=2), day + timedelta(days=2)
    if precision == 3:
        return day - timedelta(days=3), day + timedelta(days=3)
    if precision == 4:
        return day.replace(day=1), (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return day.replace(month=1, day=1), day.replace(month=12, day=31)


def place_of(values: Mapping[str, str], places: Gazetteer) -> Place | None:
    """Return the place that a row names: at the row's own point where it has one, else as the gazetteer knows it.

    The id of a place with a point of its own is the point (a geo: address after RFC 5870): two rows coded at one point
    are in one place. Its precision is the row's; 1 where the row gives none.
    """
    words = " ".join(values.get("place", "").split())[:_LONGEST]
    country = _country(values.get("country", ""), places)
    admin1 = " ".join(values.get("admin1", "").split())[:_LONGEST] or None
    # A form writes a point as latitude, longitude, height and accuracy, with spaces between.
    both = [*values.get("point", "").split(), "", ""]
    latitude = degrees(values.get("latitude", "") or both[0], 90)
    longitude = degrees(values.get("longitude", "") or both[1], 180)
    if latitude is not None and longitude is not None and (latitude, longitude) != (0, 0):
        name = words or admin1 or f"{latitude}, {longitude}"
        point = f"geo:{latitude:.5f},{longitude:.5f}"
        return Place(
            name, point, name, None, country, admin1, latitude, longitude, _code(values, "place_precision", 7) or 1
        )
    named = words or admin1 or " ".join(values.get("country", "").split())[:_LONGEST]
    if not named:
        return None
    found = _resolved(places, named, country)
    coarser = _code(values, "place_precision", 7)
    if found.precision is not None and coarser is not None and coarser > found.precision:
        return Place(
            found.words,
            found.place_id,
            found.name,
            found.name_ar,
            found.country,
            found.admin1,
            found.latitude,
            found.longitude,
            coarser,
        )
    return found if found.found else Place(named, None, named, None, country, admin1)


@lru_cache(maxsize=4096)
def _resolved(places: Gazetteer, named: str, country: str | None) -> Place:
    return places.resolve(named, () if country is None else (country,), strict=True)


def _country(written: str, places: Gazetteer) -> str | None:
    word = " ".join(written.split())[:_LONGEST]
    if len(word) == 2 and word.isalpha() and word.isupper() and word in places.country_codes():
        return word
    return _country_called(places, word) if word else None


@lru_cache(maxsize=1024)
def _country_called(places: Gazetteer, word: str) -> str | None:
    return places.country_of(word) or places.country_of(word.partition("(")[0].strip())


@lru_cache(maxsize=1024)
def weapon_of(written: str) -> str | None:
    """Return the weapon that a cell names, as marsad calls it; None where it names none that it knows.

    >>> weapon_of("Airstrike"), weapon_of("unknown")
    ('air strike', None)
    """
    if not written.strip():
        return None
    words = lexicon("en")
    found = words.weapons.find(words.line(written[:_LONGEST].replace("_", " ")))
    return found[0][0] if found else None
