"""A list of places that an observatory brings itself."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from marsad.model.ids import Sha256


class ListKind(StrEnum):
    """What a list of places is; lists are laid over one another in this order, whenever they were received."""

    GEONAMES = "geonames"
    """A GeoNames dump: tab-separated, 19 columns."""
    NAMES = "names"
    """GeoNames' alternateNamesV2: further names of places by their id."""
    PCODES = "pcodes"
    """A table of OCHA's administrative boundaries (COD-AB): units with their p-codes."""
    OWN = "own"
    """A table of one's own: name, lat, lon, country …"""


@dataclass(frozen=True, slots=True)
class PlaceList:
    """From `recorded_at` on, the observatory looks places up in this list, too, or, if not `used`, does so no longer.

    `evidence` are the bytes as received, `name` what the file was called. `country` (ISO 3166-1 alpha-2) is the one
    whose rows are read, or that of rows which name none; None for every country. `version` counts what was said about
    these bytes and this country from 1; the highest stands.
    """

    evidence: Sha256
    kind: ListKind
    name: str
    country: str | None
    version: int
    used: bool
    recorded_at: datetime
