"""Little ground to read reports on: a gazetteer of a few places, and reading with it."""

from datetime import date
from functools import cache

from marsad.extract.read import claims_in
from marsad.model import Claim, ReportId, Text
from marsad.text.gazetteer import Gazetteer
from marsad.text.gazetteer_build import Site, gazetteer_batch

PUBLISHED = date(2014, 11, 26)
"""A Wednesday."""


def _city(place_id: str, name: str, name_ar: str, country: str, point: tuple[float, float], *names: str) -> Site:
    return Site(place_id, name, name_ar, country, None, *point, "city", 200_000, 1, (name_ar, *names), curated=True)


def _province(place_id: str, name: str, name_ar: str, country: str, point: tuple[float, float]) -> Site:
    return Site(place_id, name, name_ar, country, name, *point, "admin1", 0, 4, (name_ar,))


def _country(code: str, name: str, name_ar: str, point: tuple[float, float], *names: str) -> Site:
    known = (name_ar, *names)
    return Site(f"iso:{code}", name, name_ar, code, None, *point, "country", 20_000_000, 6, known, curated=True)


@cache
def ground() -> Gazetteer:
    """Return a gazetteer of nine towns and two provinces in five countries, some of them namesakes."""
    sites = [
        _country("SY", "Syria", "سوريا", (35.0, 38.5)),
        _country("SD", "Sudan", "السودان", (16.0, 30.0)),
        _country("RU", "Russia", "روسيا", (60.0, 100.0)),
        _country("GB", "United Kingdom", "المملكة المتحدة", (54.0, -2.0), "UK"),
        _city("gn:1", "Raqqa", "الرقة", "SY", (35.95, 39.01), "Raqa", "Raqqah", "Ракка"),
        _city("gn:2", "Aleppo", "حلب", "SY", (36.2, 37.16)),
        _city("gn:3", "Nawa", "نوى", "SY", (32.89, 36.04)),
        _city("gn:4", "Idlib", "إدلب", "SY", (35.93, 36.63)),
        _city("gn:5", "Yida", "ييدا", "SD", (10.1, 30.05)),
        _city("gn:6", "Sochi", "سوتشي", "RU", (43.6, 39.73)),
        _city("gn:9", "Khartoum", "الخرطوم", "SD", (15.55, 32.53)),
        _province("ne:1", "Raqqa", "محافظة الرقة", "SY", (36.0, 38.9)),
        _province("ne:2", "Idlib", "إدلب", "SY", (35.8, 36.6)),
        Site("gn:7", "Ariha", "أريحا", "SY", "Idlib", 35.81, 36.61, "city", 39_000, 1, ("أريحا",)),
        Site("gn:8", "Jericho", "أريحا", "PS", None, 31.86, 35.46, "city", 21_000, 1, ("أريحا", "Ariha")),
    ]
    words = {
        "Syria": "SY",
        "Syrian": "SY",
        "سوريا": "SY",
        "السورية": "SY",
        "Sudan": "SD",
        "Sudanese": "SD",
        "السودانية": "SD",
        "Russia": "RU",
        "Russian": "RU",
        "UK": "GB",
    }
    return Gazetteer(gazetteer_batch(sites, words))


def read(
    text: str, lang: str | None = "en", published: date | None = PUBLISHED, outlet: str = "The Harbour Daily"
) -> list[Claim]:
    """Return the claims of a report that this outlet printed on this day; a report that cannot be read fails the test."""
    found = list(claims_in(Text(ReportId("r"), text, published, outlet, lang), ground()))
    claims = [claim for claim in found if isinstance(claim, Claim)]
    assert claims == found
    return claims


def only(text: str, lang: str | None = "en", published: date | None = PUBLISHED) -> Claim:
    """Return the one claim of a report."""
    [claim] = read(text, lang, published)
    return claim
