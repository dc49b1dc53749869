"""The chain of custody: how evidence was come by, and what was done with it since."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from marsad.collect.incoming import Incoming, Original
from marsad.model import Act, Collector, Custody, Evidence, Report, Sha256, Wrong
from marsad.pipeline.ledgering import append
from marsad.preserve.ledger import RandomBytes
from marsad.preserve.media_types import media_type_of
from marsad.preserve.vault import sha3_512_of, sha256_of
from marsad.preserve.vaults import AnyVault
from marsad.store.instants import instant
from marsad.store.kept import Kept, Reading
from marsad.store.kept_rows import evidence_row
from marsad.store.preserving_rows import custody_of, custody_row, moment


def evidence_of(data: bytes) -> Evidence:
    """Return what these bytes are as evidence: both hashes, size, and media type by content."""
    return Evidence(sha256_of(data), len(data), media_type_of(data), sha3_512_of(data))


def received(item: Incoming, report: Report, by: Collector, now: datetime) -> Custody:
    """Return the event that the report came in: what was told of it beside what the report itself keeps."""
    detail: dict[str, object] = {"report": report.report_id, "recorded_at": instant(now)}
    if item.address is not None:
        detail["url"] = item.address
    if item.headers:
        detail["headers"] = [list(header) for header in item.headers]
    if item.published_at is not None:
        detail["published_at"] = item.published_at
    if item.fetched is not None:
        detail["fetched"] = moment(item.fetched)
    if item.original is not None:
        detail["from"] = item.original.sha256
    return Custody(report.evidence, Act.RECEIVED, by.pseudonym, item.fetched or now, by.clock, by.tool, detail)


def taken_in(original: Original, by: Collector, now: datetime) -> Custody:
    """Return the event that an original came in; the reports that were taken out of it point to it."""
    return Custody(original.sha256, Act.RECEIVED, by.pseudonym, now, by.clock, by.tool, {"recorded_at": instant(now)})


def note(
    kept: Kept,
    act: Act,
    by: Collector,
    at: datetime,
    detail: Mapping[str, object],
    random_bytes: RandomBytes,
    evidence: Sha256 | None = None,
) -> Custody:
    """Keep that this was done with a piece of evidence, or with the whole vault where none is named; return the event."""
    event = Custody(evidence, act, by.pseudonym, at, by.clock, by.tool, detail)
    with kept.write() as writing:
        append(writing, [("custody", custody_row(event))], by.pseudonym, at, random_bytes)
    return event


def keep_derivative(
    kept: Kept,
    vault: AnyVault,
    original: Sha256,
    data: bytes,
    how: str,
    by: Collector,
    at: datetime,
    random_bytes: RandomBytes,
) -> Evidence:
    """Keep bytes that were made from a piece of evidence, such as the text on a picture; return them as evidence.

    They point to their original, which stays as it was. Raises Wrong if the original is not kept here. The same bytes made
    from the same original again change nothing.
    """
    made = evidence_of(data)
    with kept.read() as reading:
        if original not in reading.evidence_sizes([original]):
            raise Wrong(
                "original", original, "is no evidence of this observatory", "name the SHA-256 of what it was made from"
            )
    vault.put_many([data])
    event = Custody(made.sha256, Act.DERIVED, by.pseudonym, at, by.clock, by.tool, {"from": original, "by": how})
    with kept.write() as writing:
        known = made.sha256 in writing.evidence_sizes([made.sha256])
        if known and any(dict(e.detail) == dict(event.detail) for e in chain(writing, made.sha256)):
            return made
        things = [] if known else [("evidence", evidence_row(made))]
        append(writing, [*things, ("custody", custody_row(event))], by.pseudonym, at, random_bytes)
    return made


def chain(reading: Reading, evidence: Sha256 | None) -> Iterator[Custody]:
    """Yield what was done with a piece of evidence, or with the whole vault (None), in the order of the ledger."""
    for _, _, row in reading.things("custody", evidence=evidence):
        yield custody_of(row)
