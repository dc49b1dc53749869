"""How often somebody may try to sign in: an account, an address and a known browser each have a measure of their own.

Whoever guesses at somebody's password uses up the account's measure, not that of the browser from which its owner signed
in before: so nobody can be locked out by others.
"""

from datetime import datetime, timedelta

from marsad.store.desk import DeskStore
from marsad.store.instants import instant

HOUR = timedelta(hours=1)
MEASURE = {"account": 20, "device": 20, "address": 60}
"""Attempts within an hour that are looked at."""
_FREE = 5
"""Attempts before each further one has to wait longer: 1, 2, 4 … 32 seconds."""
_LONGEST = 32


def wait(earlier: list[str], measure: int, now: datetime) -> float:
    """Return the seconds until the next attempt is looked at, 0 for now, after these `earlier` ones of the last hour.

    >>> wait([], 20, datetime.fromisoformat("2026-11-26T10:00:00Z"))
    0.0
    """
    if len(earlier) >= measure:
        freed = datetime.fromisoformat(earlier[len(earlier) - measure]) + HOUR
        return max(0.0, (freed - now).total_seconds())
    if len(earlier) < _FREE:
        return 0.0
    pause = min(_LONGEST, 2 ** (len(earlier) - _FREE))
    since = (now - datetime.fromisoformat(earlier[-1])).total_seconds()
    return max(0.0, pause - since) if since >= 0 else float(pause)


def reserve(store: DeskStore, buckets: list[str], now: datetime) -> float:
    """Note an attempt in every bucket ("account:…") before it is looked at; return 0, or the seconds to wait and note none.

    It is noted first, so that many attempts at once count as many.
    """
    with store.write() as writing:
        writing.remove("attempt", before=("at", instant(now - HOUR)))
        longest = 0.0
        for bucket in buckets:
            earlier = sorted(row["at"] for row in writing.rows("attempt", bucket=bucket))
            longest = max(longest, wait(earlier, MEASURE[bucket.partition(":")[0]], now))
        if longest == 0.0:
            for bucket in buckets:
                writing.add("attempt", bucket=bucket, at=instant(now))
    return longest


def forgive(store: DeskStore, buckets: list[str], now: datetime) -> None:
    """Take back the attempts of buckets, after one that was right."""
    del now
    with store.write() as writing:
        for bucket in buckets:
            writing.remove("attempt", bucket=bucket)
