"""Times as the store writes them: UTC, to the microsecond, so that as text they sort like the times themselves."""

from datetime import UTC, datetime


def instant(time: datetime) -> str:
    """Return a time as the store writes it: UTC, to the microsecond; raises ValueError for a time without a zone.

    >>> instant(datetime(2026, 11, 22, 10, tzinfo=UTC))
    '2026-11-22T10:00:00.000000Z'
    """
    if time.tzinfo is None:
        raise ValueError(f"{time} has no time zone; say UTC")
    return time.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
