"""Tokens of trusted time (RFC 3161), read without trusting them: what they attest, and when, they say in the open.

Whether the signature is the authority's is for `rfc3161-client` or `openssl ts -verify` to say; see docs/preserving.md.
"""

import hashlib
import re
from datetime import UTC, datetime

from marsad.model import Anchor

_SHA256 = bytes.fromhex("300d06096086480165030402010500"), bytes.fromhex("300b0609608648016503040201")
"""AlgorithmIdentifier of SHA-256, with and without its NULL."""

_TIME = re.compile(rb"\x18[\x0f-\x1a](\d{14})(\.\d{1,9})?Z")


def statement(anchor: Anchor) -> bytes:
    """Return the words that are attested: what the ledger's root was, at how many leaves, on which day.

    >>> from marsad.model import Sha256
    >>> statement(Anchor("2014-11-25", 7, Sha256("ab" * 32), datetime(2014, 11, 25, tzinfo=UTC)))[:40]
    b'marsad ledger\\nday 2014-11-25\\nleaves 7\\nro'
    """
    return f"marsad ledger\nday {anchor.day}\nleaves {anchor.tree_size}\nroot {anchor.root}\n".encode()


def imprint(anchor: Anchor) -> bytes:
    """Return the SHA-256 of the statement: all that an authority ever gets to see."""
    return hashlib.sha256(statement(anchor)).digest()


def attests(token: bytes, digest: bytes) -> bool:
    """Return whether the token's MessageImprint is this SHA-256; says nothing about who signed it."""
    octets = b"\x04\x20" + digest
    wrapped = (algorithm + octets for algorithm in _SHA256)
    return any(b"\x30" + bytes([len(one)]) + one in token for one in wrapped)


def told_time(token: bytes, digest: bytes) -> datetime | None:
    """Return the time that the token tells for this imprint (its genTime), None if it tells none.

    The first GeneralizedTime behind the imprint: in a TSTInfo only a serial number stands between.
    """
    at = token.find(b"\x04\x20" + digest)
    found = _TIME.search(token, at, at + 120) if at >= 0 else None
    if found is None:
        return None
    try:
        return datetime.strptime(found[1].decode(), "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None
