"""What is kept beside the words of reports: the originals they were taken out of, and originals that could not be read."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from marsad.collect.incoming import Incoming, Original, Refused
from marsad.model import Collector, ReportId, Sha256, Wrong
from marsad.pipeline.custody import taken_in
from marsad.preserve.vaults import AnyVault
from marsad.store import kept_rows as rows
from marsad.store.instants import instant
from marsad.store.kept import Reading
from marsad.store.preserving_rows import custody_row


def originals_of(item: Incoming) -> Iterator[tuple[Original, str]]:
    """Yield what a report was taken out of and what came with it, each once and with its role."""
    seen: set[Sha256] = set()
    found = [(item.original, "source"), *((attached, "attached") for attached in item.attached)]
    for original, role in found:
        if original is not None and original.sha256 not in seen:
            seen.add(original.sha256)
            yield original, role


def preserve(vault: AnyVault, originals: Iterable[Original], reading: Reading) -> None:
    """Put the bytes of these originals into the vault, unless they are there; raises Wrong if a file has changed."""
    wanted = {original.sha256: original for original in originals}
    sizes = reading.evidence_sizes(wanted)
    for sha256, original in wanted.items():
        if sha256 in sizes and vault.holds(sha256, sizes[sha256]):
            continue
        path, data = original.path, original.data or b""
        kept = vault.put_many([data])[0] if path is None else vault.put_file(path)
        if kept != sha256:
            where = "original" if original.path is None else str(original.path)
            raise Wrong(where, kept, f"is what it holds by now, not {sha256}", "let it come to rest, then add it again")


def originals(
    report_id: ReportId, item: Incoming, known: set[Sha256], reading: Reading, by: Collector, now: datetime
) -> Iterator[tuple[str, rows.Row]]:
    """Yield the rows that tie a report to its originals, each after its evidence where that is not `known` yet."""
    for original, role in originals_of(item):
        yield from _evidence(original, known, reading, by, now)
        yield "original", {"report_id": report_id, "evidence": original.sha256, "role": role}


def refusals(refused: Sequence[Refused], reading: Reading, by: Collector, now: datetime) -> list[tuple[str, rows.Row]]:
    """Return the rows that put these originals into quarantine; none for what is there for the same reason."""
    standing = {_mark(row) for row in reading.quarantined(one.original.sha256 for one in refused)}
    known: set[Sha256] = set()
    things: list[tuple[str, rows.Row]] = []
    for one in refused:
        row = {
            "evidence": one.original.sha256,
            "name": one.name,
            "channel": one.channel,
            "reason": one.reason,
            "recorded_at": instant(now),
        }
        if _mark(row) not in standing:
            standing.add(_mark(row))
            things.extend(_evidence(one.original, known, reading, by, now))
            things.append(("quarantine", row))
    return things


def _evidence(
    original: Original, known: set[Sha256], reading: Reading, by: Collector, now: datetime
) -> Iterator[tuple[str, rows.Row]]:
    """Yield an original's row as evidence, and how it was come by; nothing where it is known."""
    if original.sha256 not in known and not reading.evidence_sizes([original.sha256]):
        yield "evidence", rows.evidence_row(original.evidence)
        yield "custody", custody_row(taken_in(original, by, now))
    known.add(original.sha256)


def _mark(row: rows.Row) -> tuple[str, ...]:
    return tuple(str(row[column]) for column in ("evidence", "name", "channel", "reason"))
