"""Made-up rows of lists of places, and how the tests of each list read them."""

from collections.abc import Iterable

from marsad.collect.place_rows import Countries, Found
from marsad.stage import Rejection
from marsad.text.listed import Listed

NAMED = {"Syria": "SY", "سوريا": "SY", "Iraq": "IQ"}


def countries(only: str | None = None) -> Countries:
    """Return two countries, of which one may be the only one wanted."""
    return Countries(frozenset({"SY", "IQ"}), NAMED.get, only)


def dump_line(number: int, name: str, **other: str) -> str:
    """Return a line of a GeoNames dump: a hamlet in Syria; what differs is named."""
    given = {
        "ascii": name,
        "others": "",
        "latitude": "36.0",
        "longitude": "38.0",
        "feature": "P.PPL",
        "country": "SY",
        "admin1": "04",
        "population": "0",
        **other,
    }
    kind, code = given["feature"].split(".")
    head = [str(number), name, given["ascii"], given["others"], given["latitude"], given["longitude"], kind, code]
    place = [given["country"], "", given["admin1"], "", "", "", given["population"]]
    return "\t".join([*head, *place, "", "300", "Asia/Damascus", "2026-01-01"]) + "\n"


def parted(found: Iterable[Found | None]) -> tuple[list[Listed], list[str], int]:
    """Return the places, the reasons of the rejections, and how many rows were passed over."""
    items = list(found)
    places = [item for item in items if isinstance(item, Listed)]
    return places, [item.reason for item in items if isinstance(item, Rejection)], items.count(None)
