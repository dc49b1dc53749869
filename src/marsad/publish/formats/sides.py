"""Who is said to have done it, as other files class parties: a state at home or abroad, a rebel group, others."""

import tomllib
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from importlib import resources

from marsad.publish.formats.countries import Country, country_called

_GOVERNMENT = "Government of "


class Inter(IntEnum):
    """ACLED's classes of actors. Source: ACLED codebook, inter1."""

    STATE = 1
    REBELS = 2
    MILITIA = 3
    """Political militia; an unidentified armed group is one."""
    IDENTITY = 4
    RIOTERS = 5
    PROTESTERS = 6
    CIVILIANS = 7
    OTHER = 8
    """External and other forces, a state's army abroad among them."""


@dataclass(frozen=True, slots=True)
class Side:
    """A party: its name (None: nobody is named), its class, and the country whose government it is, if it is one."""

    name: str | None
    inter: Inter
    government: Country | None

    @property
    def state(self) -> bool:
        """Whether it is a government or its forces, at home or abroad."""
        return self.inter in (Inter.STATE, Inter.OTHER)


@cache
def _parties() -> dict[str, bool]:
    """Return whether each party that marsad knows by name is a state's."""
    told = tomllib.loads((resources.files("marsad.resources") / "parties.toml").read_text("utf-8"))
    return {party["name"]: bool(party.get("state")) for party in told["party"]}


@cache
def side_of(name: str | None, country: Country | None) -> Side:
    """Return the side that the perpetrator of this name is in this country.

    >>> from marsad.publish.formats.countries import countries
    >>> [int(side_of(name, countries()["SY"]).inter) for name in ("Government of Syria", "Government of Russia", None)]
    [1, 8, 3]
    """
    if name is None:
        return Side(None, Inter.MILITIA, None)
    if name.startswith(_GOVERNMENT):
        own = country_called(name.removeprefix(_GOVERNMENT))
        return Side(name, Inter.STATE if own is not None and own is country else Inter.OTHER, own)
    known = _parties().get(name)
    return Side(name, Inter.MILITIA if known is None else Inter.OTHER if known else Inter.REBELS, None)
