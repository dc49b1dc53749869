"""Reports that are for some eyes alone."""

import re
from dataclasses import dataclass
from datetime import datetime

from marsad.model.errors import Wrong
from marsad.model.ids import ReportId

EVERYBODY = "*"
"""The circle of a report that is restricted no longer."""

_CIRCLE = re.compile(r"[a-z][a-z0-9_]{0,11}")


@dataclass(frozen=True, slots=True)
class Restriction:
    """Since `recorded_at`, the report is for people of this circle alone (`EVERYBODY`: for all again), says `actor`, and why.

    `version` counts from 1 for each report; the highest stands.
    """

    report_id: ReportId
    version: int
    circle: str
    actor: str
    reason: str
    recorded_at: datetime


def checked_circle(name: str) -> str:
    """Return the name of a circle; raises Wrong for one of which no role of a server can be made.

    >>> checked_circle("safety")
    'safety'
    """
    if name != EVERYBODY and not _CIRCLE.fullmatch(name):
        raise Wrong("--circle", ascii(name)[1:-1][:40], "is no name of a circle", "write up to 12 letters: safety")
    return name
