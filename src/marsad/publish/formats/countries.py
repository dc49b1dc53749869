"""Countries as files of others name and number them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Country:
    """A country or territory: ISO alpha-3 and number, Gleditsch-Ward number (0: none), its names, regions and point."""

    alpha3: str
    iso: int
    gw: int
    ucdp: str
    ucdp_region: str
    acled: str
    acled_region: str
    name_ar: str
    latitude: float
    longitude: float


@cache
def countries() -> Mapping[str, Country]:
    """Return every country by its ISO 3166-1 alpha-2 code.

    >>> countries()["SY"].gw, countries()["SY"].iso
    (652, 760)
    """
    told = tomllib.loads((resources.files("marsad.resources") / "formats" / "countries.toml").read_text("utf-8"))
    return {code: Country(*fields) for code, fields in told["country"].items()}


@cache
def country_called(name: str) -> Country | None:
    """Return the country that goes by this name in the UCDP's or ACLED's files.

    >>> country_called("Syria").alpha3
    'SYR'
    """
    every = countries().values()  # ACLED's names last: the UCDP files Gaza under Israel, and Israel means Israel
    return ({one.ucdp: one for one in every} | {one.acled: one for one in every}).get(name)
