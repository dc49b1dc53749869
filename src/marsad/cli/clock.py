"""The only place where marsad looks at the clock; everything below is told the time."""

import time
from datetime import UTC, datetime


def now() -> datetime:
    """Return the present time in UTC."""
    return datetime.now(UTC)


def seconds() -> float:
    """Return seconds that only ever grow, from an arbitrary start: for measuring how long something takes."""
    return time.monotonic()
