"""One thing that arrived by several ways: the same bytes, the same address, much the same words, pictures that look alike.

Links are told and nothing is dropped: each of the reports stays, and whether a copy counts is decided where tolls are made.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from marsad.collect.web.addresses import canonical
from marsad.collect.workers import Workers
from marsad.link.alike_pictures import alike
from marsad.model import ReportId, Sha256, Wrong
from marsad.preserve.vault import Vault
from marsad.store.collecting import Collecting
from marsad.store.derived import Derived
from marsad.store.kept import Reading

_PLAIN = 50
"""Quality of a perceptual hash below which it tells nothing, as those who made PDQ advise."""


@dataclass(frozen=True, slots=True)
class Same:
    """Report `later` is or holds the same thing as `earlier`, told by `way`: bytes, address, words or picture.

    `apart` is how far apart two pictures are, in bits of 256; None for the other ways.
    """

    earlier: ReportId
    later: ReportId
    way: str
    apart: int | None = None


def same_things(
    reading: Reading, derived: Derived, vault: Vault, state: Collecting, workers: Workers
) -> Iterator[Same]:
    """Yield every link between a report and an earlier one, way by way, in the order in which the reports came.

    Words are compared by the last `marsad run`; reports that came since have not been read yet.
    """
    by_bytes: dict[str, ReportId] = {}
    by_address: dict[str, ReportId] = {}
    order: dict[str, int] = {}
    for number, report in enumerate(reading.reports()):
        order[report.report_id] = number
        first = by_bytes.setdefault(report.evidence, report.report_id)
        if first != report.report_id:
            yield Same(first, report.report_id, "bytes")
        address = _canonical(report.address)
        if address is not None:
            first = by_address.setdefault(address, report.report_id)
            if first != report.report_id:
                yield Same(first, report.report_id, "address")
    yield from _by_words(derived, order)
    yield from _by_picture(reading, vault, state, workers)


def _by_words(derived: Derived, order: dict[str, int]) -> Iterator[Same]:
    rows = derived.table("copy").to_pylist()
    found = [row for row in rows if row["leader"] != row["report_id"] and row["report_id"] in order]
    for row in sorted(found, key=lambda row: order[row["report_id"]]):
        yield Same(ReportId(row["leader"]), ReportId(row["report_id"]), "words")


def _by_picture(reading: Reading, vault: Vault, state: Collecting, workers: Workers) -> Iterator[Same]:
    hashed = dict(state.pictures())
    bearers: dict[str, list[ReportId]] = {}
    for sha256, report_id in reading.pictures():
        bearers.setdefault(sha256, []).append(ReportId(report_id))
        if sha256 in hashed:
            continue
        code, quality = _hash(Sha256(sha256), vault, workers)
        state.add_picture(sha256, report_id, code, quality)
        hashed[sha256] = (report_id, code, quality)
    for reports in bearers.values():
        for later in reports[1:]:
            yield Same(reports[0], later, "picture", 0)
    telling = {sha256: hashed[sha256][1] for sha256 in bearers if hashed[sha256][2] >= _PLAIN}
    for one, other, apart in alike(telling):
        first, second = bearers[one][0], bearers[other][0]
        if first != second:
            yield Same(first, second, "picture", apart)


def _hash(sha256: Sha256, vault: Vault, workers: Workers) -> tuple[str, int]:
    """Return a picture's hash and quality; of quality 0 where it cannot be read, so that it is not tried again."""
    try:
        (found,) = workers.read("marsad.collect.perceptual:perceptual", vault.get(sha256), name=sha256)
    except Wrong:
        return "0" * 64, 0
    return str(found["hash"]), int(found["quality"])


def _canonical(address: str | None) -> str | None:
    try:
        return None if address is None else canonical(address)
    except Wrong:
        return None
