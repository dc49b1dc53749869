"""When the ledger stood as it stood, said by somebody who is not the observatory."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from marsad.model.ids import Sha256


class TokenKind(StrEnum):
    """How a time is attested."""

    RFC3161 = "rfc3161"
    """A token signed by a time-stamping authority."""
    OPENTIMESTAMPS = "opentimestamps"
    """A proof by OpenTimestamps, still to be completed by its calendar when it is kept."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """On `day` (UTC) the ledger had this root, in hex, at `tree_size` leaves: what is to be attested."""

    day: str
    tree_size: int
    root: Sha256
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Token:
    """`authority` attests the anchor at `tree_size`: `token` are its bytes; they say by themselves which time it tells."""

    tree_size: int
    authority: str
    kind: TokenKind
    token: bytes
    recorded_at: datetime
