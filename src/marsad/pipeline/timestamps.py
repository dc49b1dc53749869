"""Trusted time: the ledger's root, once a day, attested by somebody who is not the observatory.

Nothing waits for it: a root is anchored where there is no network, too, and asked about when there is one again.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from marsad.model import Anchor, Sha256, Token, TokenKind, Wrong
from marsad.pipeline.ledgering import append, frontier_of
from marsad.preserve.authority import Authority, verify_token
from marsad.preserve.difference import Difference
from marsad.preserve.ledger import RandomBytes
from marsad.preserve.tokens import attests, imprint, statement, told_time
from marsad.store.kept import Kept, Reading
from marsad.store.preserving_rows import anchor_of, anchor_row, token_of, token_row

CLERK = "clerk"
"""Who acted where it was no person: anchoring the day's root."""

_OWN = ("anchor", "token")
"""Kinds that anchoring itself adds; a ledger to which nothing else came since the last anchor needs no new one."""


@dataclass(frozen=True, slots=True)
class Attested:
    """What came of asking: roots newly attested, those that still wait, and why the first of them does."""

    new: Sequence[tuple[Anchor, str]]
    waiting: int
    why: str | None


def anchor(kept: Kept, now: datetime, random_bytes: RandomBytes) -> Anchor | None:
    """Keep the ledger's root as it stands, to be attested; None where nothing came since the last one."""
    with kept.write() as writing:
        frontier, last = frontier_of(writing), 0
        for one in anchors_of(writing):
            last = one.tree_size
        since = sum(1 for kind in _OWN for seq, _, _ in writing.things(kind) if seq >= last)
        if frontier.size - last == since:
            return None
        made = Anchor(now.astimezone(UTC).date().isoformat(), frontier.size, Sha256(frontier.root.hex()), now)
        append(writing, [("anchor", anchor_row(made))], CLERK, now, random_bytes)
    return made


def attest(kept: Kept, authority: Authority, now: datetime, random_bytes: RandomBytes) -> Attested:
    """Ask the authority about every anchor it has not attested yet, the oldest first; keep each answer as it comes.

    Where nobody answers, the rest waits for the next time.
    """
    done: list[tuple[Anchor, str]] = []
    waiting = unattested(kept, authority.name)
    for number, one in enumerate(waiting):
        try:
            answer = authority.token(statement(one))
        except OSError as fault:
            return Attested(done, len(waiting) - number, str(getattr(fault, "reason", fault)))
        kept_token = Token(one.tree_size, authority.name, authority.kind, answer, now)
        with kept.write() as writing:
            if next(writing.things("token", tree_size=one.tree_size, authority=authority.name), None) is None:
                append(writing, [("token", token_row(kept_token))], CLERK, now, random_bytes)
        told = told_time(answer, imprint(one))
        done.append((one, "pending" if told is None else told.isoformat()))
    return Attested(done, 0, None)


def unattested(kept: Kept, authority: str) -> list[Anchor]:
    """Return the anchors that this authority has not attested, the oldest first: the queue."""
    with kept.read() as reading:
        done = {row["tree_size"] for _, _, row in reading.things("token", authority=authority)}
        return [one for one in anchors_of(reading) if one.tree_size not in done]


def anchors_of(reading: Reading) -> list[Anchor]:
    """Return all anchors, the oldest first."""
    return [anchor_of(row) for _, _, row in reading.things("anchor")]


def token_differences(reading: Reading, roots: bytes | None = None) -> Iterator[Difference]:
    """Yield the tokens that do not attest their anchor; with `roots` (PEM), also those whose signature does not hold."""
    anchors = {one.tree_size: one for one in anchors_of(reading)}
    for _, subject, row in reading.things("token"):
        token = token_of(row)
        one = anchors[token.tree_size]
        where = f"token {subject}"
        remedy = "restore kept.db from a backup"
        if not _speaks_of(token, one):
            yield Difference(where, "an attestation of something else", f"one of root {one.root}", remedy)
        elif roots is not None and token.kind == TokenKind.RFC3161:
            try:
                verify_token(token.token, statement(one), roots)
            except Wrong as fault:
                yield Difference(where, fault.rule, f"a signature under --roots of root {one.root}", remedy)


def _speaks_of(token: Token, one: Anchor) -> bool:
    if token.kind == TokenKind.OPENTIMESTAMPS:
        return hashlib.sha256(statement(one)).digest() in token.token[:80]
    return attests(token.token, imprint(one))
