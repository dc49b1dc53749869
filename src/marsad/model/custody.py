"""What was done with evidence, by whom, and by which clock: its chain of custody."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from marsad.model.ids import Sha256


class Act(StrEnum):
    """What can be done with evidence; `detail` holds what each needs."""

    RECEIVED = "received"
    """It came in: detail holds the report, and where known the address asked, the answer's headers and the times as told."""
    DERIVED = "derived"
    """It was made from other evidence, which stays as it was: detail {"from": sha256, "by": "…"}."""
    CHECKED = "checked"
    """The vault was hashed anew: detail {"files", "bytes", "differences"}."""
    HANDED_OVER = "handed over"
    """A copy left the observatory: detail {"to", "form", "reports", "manifest"}."""
    BACKED_UP = "backed up"
    """A copy of everything was made: detail {"size", "root", "sha256", "recipients"}."""
    DRILLED = "drilled"
    """Shares of a key were put together and opened what they must: detail {"recipient", "shares"}."""
    CLOCK_BACK = "clock set back"
    """The clock showed an earlier time than at the entry before: detail {"before", "now"}."""


@dataclass(frozen=True, slots=True)
class Clock:
    """The clock that a time was read from is known to be `offset` seconds ahead of true time (behind, if negative).

    `offset` is None where nobody knows; `how` says from where it is known, or why not.

    >>> Clock(-0.25, "measured against a radio clock").offset
    -0.25
    """

    offset: float | None = None
    how: str = "not measured"


@dataclass(frozen=True, slots=True)
class Collector:
    """Reports are taken in by `pseudonym`, with `tool`, by this clock."""

    pseudonym: str
    tool: str
    clock: Clock = field(default_factory=Clock)


@dataclass(frozen=True, slots=True)
class Custody:
    """`actor` did this with `evidence`, or with the whole vault where that is None.

    `at` is the time as the actor's clock showed it, in the zone it was told in: a time of +03:00 stays one. Events are only
    ever added; the ledger numbers them.
    """

    evidence: Sha256 | None
    act: Act
    actor: str
    at: datetime
    clock: Clock
    tool: str
    detail: Mapping[str, object]
