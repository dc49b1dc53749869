"""The only place where marsad looks at the clock; everything below is told the time."""

import ctypes
import math
import time
from datetime import UTC, datetime

from marsad.model import Clock, Wrong

_UNSYNCHRONISED = 0x40
_NANOSECONDS = 0x2000


def now() -> datetime:
    """Return the present time in UTC."""
    return datetime.now(UTC)


def seconds() -> float:
    """Return seconds that only ever grow, from an arbitrary start: for measuring how long something takes."""
    return time.monotonic()


def clock(offset: float | None = None) -> Clock:
    """Return what is known of this machine's clock: the offset given, in seconds, or else what the system says of it.

    Raises Wrong for an offset that is no number.
    """
    if offset is not None:
        if not math.isfinite(offset):
            raise Wrong("--clock-offset", offset, "is not a number of seconds", "write --clock-offset -1.5")
        return Clock(offset, "told by the collector")
    return _of_system()


class _Timex(ctypes.Structure):
    """What the kernel tells of its clock (struct timex), as far as it is needed; the rest is room."""

    _fields_ = (
        ("modes", ctypes.c_uint),
        ("offset", ctypes.c_long),
        ("freq", ctypes.c_long),
        ("maxerror", ctypes.c_long),
        ("esterror", ctypes.c_long),
        ("status", ctypes.c_int),
        ("room", ctypes.c_byte * 400),
    )


def _of_system() -> Clock:
    told = _Timex()
    try:
        state = ctypes.CDLL(None).adjtimex(ctypes.byref(told))
    except (OSError, AttributeError):
        return Clock(None, "the system does not tell")
    if state < 0 or told.status & _UNSYNCHRONISED:
        return Clock(None, "not synchronised, says the system")
    unit = 1e9 if told.status & _NANOSECONDS else 1e6
    return Clock(round(-told.offset / unit, 6), f"synchronised, says the system, within {told.maxerror / 1e6:.3f} s")
