"""HXL: what the columns of a table mean, told by a row of hashtags under or in place of its header."""

import re
from collections.abc import Sequence

from marsad.collect.mappings import Columns
from marsad.text.row_fields import is_field

_TAG = re.compile(r"#[a-z]\w*(?:\s*\+\s*[a-z]\w*)*", re.IGNORECASE)

_MEASURES = {
    "killed": "killed",
    "injured": "injured",
    "missing": "missing",
    "abducted": "abducted",
    "detained": "detained",
    "idps": "displaced_present",
    "displaced": "displaced",
    "refugees": "displaced_refugees",
    "asylumseekers": "displaced_asylum_seekers",
    "returnees": "displaced_returned",
}
_NEW = frozenset({"new", "newly"})
_HOUSEHOLDS = frozenset({"hh", "households"})
_PEOPLE = {
    "civilian": "civilians",
    "civilians": "civilians",
    "combatant": "combatants",
    "combatants": "combatants",
    "children": "children",
    "child": "children",
    "f": "women",
    "women": "women",
    "female": "women",
    "m": "men",
    "men": "men",
    "male": "men",
    "elderly": "elderly",
    "journalists": "journalists",
    "health": "medics",
}
_ENDS = {"min": "_min", "max": "_max"}
_TOTALS = frozenset({"total", "cum", "cumulative"})
_PLACES = ("#loc", "#adm5", "#adm4", "#adm3", "#adm2")
_CODES = frozenset({"code", "id", "iso", "iso2", "iso3", "type", "alt", "ar", "fr", "es"})


def is_hxl(row: Sequence[str]) -> bool:
    """Tell whether this is a row of hashtags: nothing else stands in it, and at least one.

    >>> is_hxl(["#adm1 +name", "", "#affected+killed"]), is_hxl(["#1", "Raqqa"])
    (True, False)
    """
    filled = [cell.strip() for cell in row if cell.strip()]
    return bool(filled) and all(_TAG.fullmatch(cell) for cell in filled)


def hxl_columns(tags: Sequence[str], names: Sequence[str]) -> Columns:
    """Return what the columns `names` mean by their hashtags; a tag that says nothing marsad knows is left out.

    Where two columns say the same, the first one counts. The place is the smallest that is tagged.
    """
    columns: dict[str, tuple[str, ...]] = {}
    places: dict[str, str] = {}
    for tag, name in zip(tags, names, strict=False):
        root, *attributes = [part.strip().lower() for part in tag.split("+")]
        if root in _PLACES and not _CODES.intersection(attributes):
            places.setdefault(root, name)
            continue
        field = _field(root, frozenset(attributes))
        if field is not None and is_field(field):
            columns.setdefault(field, (name,))
    for root in _PLACES:
        if root in places:
            columns.setdefault("place", (places[root],))
            break
    return Columns("HXL", "hxl", columns)


def _field(root: str, attributes: frozenset[str]) -> str | None:
    match root:
        case "#date":
            for one in ("start", "end", "reported"):
                if one in attributes:
                    return {"start": "date_from", "end": "date_to", "reported": "published"}[one]
            return "date"
        case "#geo":
            found = {"lat": "latitude", "lon": "longitude"}
            return next((found[one] for one in found if one in attributes), None)
        case "#adm1":
            return None if _CODES.intersection(attributes) else "admin1"
        case "#country" if "origin" in attributes and not _CODES.intersection(attributes):
            return "origin"
        case "#country":
            return None if _CODES.intersection(attributes) - {"code", "iso2"} else "country"
        case "#cause":
            return "weapon"
        case "#description":
            return "notes"
        case "#meta" | "#source":
            if root == "#source" or "source" in attributes:
                return "speaker"
            return {"id": "id", "url": "address"}.get(next(iter(attributes & {"id", "url"}), ""))
        case "#event":
            return "id" if attributes & {"id", "code"} else None
        case "#affected" | "#population":
            return _count(root, attributes)
    return None


def _count(root: str, attributes: frozenset[str]) -> str | None:
    households = "_households" if attributes & _HOUSEHOLDS else ""
    if root == "#population":
        return f"population{households}"
    measure = next((_MEASURES[one] for one in sorted(attributes) if one in _MEASURES), None)
    if measure is None:
        return None
    if measure.startswith("displaced"):
        measure = f"{'displaced_new' if attributes & _NEW else measure}{households}"
    people = next((f"_{_PEOPLE[one]}" for one in sorted(attributes) if one in _PEOPLE), "")
    end = next((_ENDS[one] for one in sorted(attributes) if one in _ENDS), "")
    total = "total_" if attributes & _TOTALS else ""
    return f"{total}{measure}{people}{end}"
