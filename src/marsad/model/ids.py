"""Names for things, made from what the things are: the same content has the same id on every machine, for ever."""

import hashlib
from typing import NewType

ReportId = NewType("ReportId", str)
ClaimId = NewType("ClaimId", str)
ContextId = NewType("ContextId", str)
IncidentId = NewType("IncidentId", str)
Sha256 = NewType("Sha256", str)


def content_id(*parts: object, length: int = 16) -> str:
    """Return the first `length` hex digits of a SHA-256 over the parts, each kept apart from its neighbours.

    `None` and the empty string differ; so do ("ab", "c") and ("a", "bc"). 16 digits make two of a billion things share
    an id with a chance below 1 in 30.

    >>> content_id("ab", "c") == content_id("a", "bc")
    False
    >>> len(content_id("x"))
    16
    """
    whole: list[bytes] = []
    for part in parts:
        data = b"" if part is None else str(part).encode()
        whole += (b"-",) if part is None else (len(data).to_bytes(8, "big"), data)
    return hashlib.sha256(b"".join(whole)).hexdigest()[:length]
