"""The ledger's leaves: that something was kept, when and by whom, with a commitment that only its keeper can open.

A bare hash of a telephone number is guessed in minutes. A leaf therefore holds HMAC-SHA256 of what was kept under a
secret salt: the leaf can be shown to anybody, and proves the content only to those who are given salt and content.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from json.encoder import encode_basestring
from typing import Any

from marsad.model.rows import canonical_json

SALT_SIZE = 32

_ACTOR_AND_TIME = re.compile(rb'\{"actor":"[ !#-\[\]-~]*","at":"[ !#-\[\]-~]*",')
"""How every leaf's bytes begin, if neither holds a letter that JSON might spell in two ways."""

_quoted = encode_basestring
"""Writes a string as canonical JSON does."""

RandomBytes = Callable[[int], bytes]
"""Returns this many unpredictable bytes; `os.urandom` in earnest."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """At `at` (UTC), `actor` had something of this `kind` kept; `commitment` binds its content, in hex.

    `seq` counts all leaves from 0 and never skips; it, not the clock, says what came first. `subject` names the thing
    within its kind; `actor` is a pseudonym.
    """

    seq: int
    at: str
    kind: str
    subject: str
    actor: str
    commitment: str

    def data(self) -> bytes:
        """Return the leaf's bytes: canonical JSON. The tree hashes these."""
        told = [f'"{name}":{_quoted(getattr(self, name))}' for name in ("actor", "at", "commitment", "kind")]
        return f'{{{",".join(told)},"seq":{self.seq},"subject":{_quoted(self.subject)}}}'.encode()

    @staticmethod
    def is_of(data: bytes, seq: int, kind: str, subject: str, sealed: str) -> bool:
        """Return whether `data` surely is a leaf of these, by comparing bytes; where False, only `of` can tell.

        Ten times quicker than `of`: nothing is parsed. Actor and time are looked at in so far as they are plain ASCII.

        >>> leaf = Leaf(0, "2026-11-22T10:00:00.000000Z", "report", "الرقة", "intake", "00" * 32)
        >>> Leaf.is_of(leaf.data(), 0, "report", "الرقة", "00" * 32), Leaf.is_of(leaf.data(), 1, "report", "الرقة", "00" * 32)
        (True, False)
        """
        told = f'"commitment":"{sealed}","kind":{_quoted(kind)},"seq":{seq},"subject":{_quoted(subject)}}}'
        try:
            tail = told.encode()
        except UnicodeEncodeError:  # a lone surrogate
            return False
        return data.endswith(tail) and _ACTOR_AND_TIME.fullmatch(data, 0, len(data) - len(tail)) is not None

    @staticmethod
    def of(data: bytes) -> "Leaf":
        """Return the leaf that `data` wrote; raises ValueError for any other bytes, also for the same JSON respelt.

        >>> leaf = Leaf(0, "2026-11-22T10:00:00.000000Z", "report", "ab12", "intake", "00" * 32)
        >>> Leaf.of(leaf.data()) == leaf
        True
        """
        try:
            told = json.loads(data)
            leaf = Leaf(**told)
            same = canonical_json(told).encode() == data
        except (ValueError, TypeError, RecursionError) as fault:
            raise ValueError(f"not a ledger leaf: {fault}") from fault
        if not same:
            raise ValueError("not a ledger leaf: its JSON is not written canonically")
        return leaf


@dataclass(frozen=True, slots=True)
class Sealed:
    """A leaf and the salt that opens its commitment. The salt stays in the observatory."""

    leaf: Leaf
    salt: bytes


@dataclass(frozen=True, slots=True)
class Entry:
    """Something about to be kept: its kind, its subject within the kind, and its content as stored."""

    kind: str
    subject: str
    content: Mapping[str, Any]


def commitment(salt: bytes, kind: str, content: Mapping[str, Any]) -> str:
    """Return, in hex, the HMAC-SHA256 under `salt` of the kind and the content in canonical JSON."""
    payload = f'{{"content":{canonical_json(dict(content))},"kind":{_quoted(kind)}}}'.encode()
    return hmac.digest(salt, payload, hashlib.sha256).hex()


def opens(leaf: Leaf, salt: bytes, content: Mapping[str, Any]) -> bool:
    """Return whether salt and content are those that the leaf was made of."""
    return hmac.compare_digest(commitment(salt, leaf.kind, content), leaf.commitment)


def seal(entries: Sequence[Entry], start: int, at: str, actor: str, random_bytes: RandomBytes) -> list[Sealed]:
    """Return one sealed leaf for each entry, numbered from `start`; every leaf has a salt of its own."""
    salts = _cut(random_bytes(SALT_SIZE * len(entries)))
    return [
        Sealed(Leaf(seq, at, e.kind, e.subject, actor, commitment(salt, e.kind, e.content)), salt)
        for seq, (e, salt) in enumerate(zip(entries, salts, strict=True), start)
    ]


def _cut(salts: bytes) -> Iterable[bytes]:
    return (salts[at : at + SALT_SIZE] for at in range(0, len(salts), SALT_SIZE))
