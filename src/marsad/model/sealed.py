"""Who sends reports, sealed: values that hold nothing personal, and say who may open what."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class KeyRole(StrEnum):
    """What a key is for."""

    READER = "reader"
    """A person who may open the identity of sources."""
    RECOVERY = "recovery"
    """The team's offline key, split among people: it opens everything sealed, and every backup."""


@dataclass(frozen=True, slots=True)
class ReaderKey:
    """`holder` (a pseudonym) keeps the secret half of this age recipient; the observatory has only the public one.

    `version` counts what was said about the recipient from 1; with `used` false it gets nothing sealed any more.
    """

    recipient: str
    holder: str
    role: KeyRole
    version: int
    used: bool
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class SealedSource:
    """The source `source_id` (a pseudonym) has its identity and contact sealed to `recipients`.

    `commitment` is the HMAC-SHA256, in hex, of the sealed bytes under a salt that lies beside them, in sealed.db: when
    both are destroyed, this says only that there was something. `version` counts sealings from 1.
    """

    source_id: str
    version: int
    commitment: str
    recipients: tuple[str, ...]
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Unsealing:
    """`reader` is about to open what is sealed of `source_id`, for the stated reason; written before anything is opened."""

    source_id: str
    number: int
    reader: str
    reason: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Erasure:
    """What was sealed of `source_id` is destroyed, keys, salts and bytes, on `actor`'s word."""

    source_id: str
    actor: str
    reason: str
    recorded_at: datetime
