"""A publication: frozen, numbered, hashed."""

from dataclasses import dataclass
from datetime import datetime

from marsad.model.ids import Sha256


@dataclass(frozen=True, slots=True)
class Release:
    """The observatory published this at `recorded_at`; it is never changed, only followed by the next number.

    `manifest` is the SHA-256 of the release's manifest, which lists every published file; `tree_size` and `root` are
    the ledger as it stood. `as_known_on` is the day up to which reports were considered.
    """

    number: int
    manifest: Sha256
    policy: str
    as_known_on: str
    tree_size: int
    root: Sha256
    recorded_at: datetime
