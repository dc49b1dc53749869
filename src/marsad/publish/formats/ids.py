"""Numbers for files that know things by numbers: made of public names, the same in every release."""

import hashlib

OURS = 1_000_000_000
"""The first of our numbers of actors, dyads and conflicts: far above those that anybody else gives."""

_ACTORS = 1_147_000_000
_EVENTS = 2**52


def actor_number(name: str) -> int:
    """Return the number of an actor, a dyad or a conflict: fits 31 bits, and lies above the UCDP's own.

    >>> OURS <= actor_number("Government of Syria") < 2**31
    True
    """
    return OURS + _digest(name) % _ACTORS


def event_number(code: str) -> int:
    """Return the number of an incident, made of its public code: a whole number that a double holds exactly.

    >>> event_number("RAQQA-2014-11-25") == event_number("RAQQA-2014-11-25") < 2**53
    True
    """
    return _EVENTS + _digest(code) % _EVENTS


def _digest(words: str) -> int:
    return int.from_bytes(hashlib.sha256(words.encode()).digest()[:8])
