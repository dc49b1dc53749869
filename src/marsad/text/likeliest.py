"""Which of several places of one name a report means."""

import math
from collections.abc import Sequence

from marsad.text.entry import SETTLEMENTS, UNITS, Entry, Point
from marsad.text.normal import fold

_DOMINANT = 6
"""How many times larger than its namesakes abroad a city must be to be meant without further words."""

_DWARFING = 100
"""How many times larger a city abroad must be to be meant although a town of its name lies in the report's own country."""

_LONG = 2
"""Words of a name up to which one of them is the name itself, the other an article or a kind."""

_NEAR_KM = 150.0
_SAME_KM = 30.0
_KIND_ORDER = ("city", "camp", "quarter", "village", "area", "district", "admin1", "country")
"""Which of two places in one country a bare name means: the city of Aleppo, not its province, nor a hamlet."""


def fits(entry: Entry, kind: str | None) -> bool:
    """Return whether the place may be what the words call it: a "province" is a province, a "town" is no country."""
    if kind == "admin1":
        return entry.kind in ("admin1", "area")
    if kind == "camp":
        return entry.kind == "camp"
    if kind in ("quarter", "area", "district"):
        return entry.kind in ("quarter", "area", "city", "village") or entry.kind == kind
    return kind is None or entry.kind not in ("country", "admin1", "district")


def likeliest_inside(
    entries: Sequence[Entry], kind: str | None, countries: Sequence[str], near: Point | None, folded: str
) -> Entry | None:
    """Return the likeliest place in the first of the countries that has one, unless a later one has a far larger."""
    best: Entry | None = None
    for country in countries:
        here = _of_that_name([entry for entry in entries if entry.country == country], folded)
        likely = likeliest(here, kind, near) if here else None
        if likely is not None and (best is None or likely.weight >= _DOMINANT * best.weight):
            best = likely
    return best


def _of_that_name(entries: Sequence[Entry], folded: str) -> Sequence[Entry]:
    """Return the places without small towns that the name is short for, where a province bears it whole.

    "Antioquia" is the department, not Santa Fe de Antioquia in it. "Aleppo" is a city and a province: both stay.
    """
    if not any(entry.kind == "admin1" and entry.called(folded) for entry in entries):
        return entries
    return [e for e in entries if e.curated or e.kind not in SETTLEMENTS or not _short_for(folded, e.name)]


def _short_for(folded: str, name: str) -> bool:
    """Tell whether a name is one word of a longer one: "Antioquia" of "Santa Fe de Antioquia", not "Raqqa" of "Ar Raqqah"."""
    words = fold(name).split()
    return folded in words and len(words) > _LONG


def likeliest(entries: Sequence[Entry], kind: str | None, near: Point | None) -> Entry | None:
    """Return the one of these places of one country that is meant; None where two are as likely and far apart."""

    def rank(entry: Entry) -> tuple[bool, bool, bool, int, int, str]:
        far = near is not None and kilometres(near, entry.point) > _NEAR_KM
        wide = entry.kind != kind and (entry.kind in UNITS or kind in UNITS)
        return far, wide, not entry.curated, _KIND_ORDER.index(entry.kind), -entry.population, entry.place_id

    first, *others = sorted(entries, key=rank)
    alike = [first, *(other for other in others if rank(other)[:4] == rank(first)[:4] and _as_large(other, first))]
    if near is not None:
        return min(alike, key=lambda entry: kilometres(near, entry.point))
    return first if all(kilometres(first.point, other.point) <= _SAME_KM for other in alike) else None


def _as_large(one: Entry, other: Entry) -> bool:
    return 2 * one.weight > other.weight


def outstanding(entries: Sequence[Entry], folded: str, kind: str | None) -> Entry | None:
    """Return the place that everybody means by the name, None where there is none.

    Inside its own country a city comes before the province named after it; every namesake in another country must be
    outweighed, whether a city or a province that bears this very name.
    """
    notable = [entry for entry in entries if entry.notable(folded, kind)]
    if not notable:
        return None
    best = max(notable, key=lambda entry: _first_thought_of(entry, folded, kind))
    if any(_rivals(best, other, folded) for other in entries):
        return None
    return likeliest([entry for entry in notable if entry.country == best.country], kind, None)


def _first_thought_of(entry: Entry, folded: str, kind: str | None) -> tuple[bool, bool, bool, int]:
    """Return a key by which the place sorts last that one thinks of first: Islamabad is no former name of Chittagong."""
    return (entry.kind == "admin1") == (kind == "admin1"), entry.curated, entry.called(folded), entry.weight


def dwarfs(abroad: Entry, here: Entry, folded: str) -> bool:
    """Return whether everybody would think of the place abroad first, whatever the report speaks of: Bogotá in Colombia."""
    return not here.curated and abroad.called(folded) and abroad.weight >= _DWARFING * here.weight


def _rivals(best: Entry, other: Entry, folded: str) -> bool:
    """Whether a report that gives only this name might as well mean the other place, abroad.

    A place on marsad's own list need only be as large as one that is not, and a place that merely also bears the name
    does not rival one that is called by it.
    """
    if other.country == best.country:
        return False
    if not other.called(folded) and (best.called(folded) or other.kind == "admin1"):
        return False
    margin = 1 if best.curated and not other.curated else _DOMINANT
    return margin * other.weight > best.weight


def why_none(entries: Sequence[Entry], countries: Sequence[str]) -> str:
    """Return why a name that these places have means none of them, in a report that speaks of these countries."""
    inside = [entry for entry in entries if entry.country in countries]
    where = ", ".join(countries)
    if len(inside) > 1:
        return f"{len(inside)} places in {where} have this name, and none is likelier than a far one"
    if inside:
        return f"the one place in {where} that has this name is too small, or of another kind, to be meant by it"
    if entries:
        elsewhere = "outside " + where if where else "in several countries, or small"
        return f"the places that have this name are {elsewhere}, and none outweighs all others; name its country"
    return f"no place has this name{', nor one of its sound in ' + where if where else ''}"


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the distance in kilometres along a great circle between two points (latitude, longitude).

    >>> round(kilometres((35.95, 39.01), (33.51, 36.29)))
    368
    """
    a, b = math.radians(one[0]), math.radians(other[0])
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(other[1] - one[1]) / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(half)))
