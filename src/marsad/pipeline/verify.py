"""The check of a whole observatory: is what was kept still what it was, and does what is derived follow from it?"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

import pyarrow as pa

from marsad.model import Wrong
from marsad.pipeline.compare import table_differences
from marsad.pipeline.gazetteer import FILE, gazetteer_differences
from marsad.pipeline.observatory import DERIVED, KEPT, PUBLIC, SEALED, Observatory
from marsad.pipeline.sources import sealed_differences
from marsad.pipeline.timestamps import token_differences
from marsad.pipeline.witness import NOTHING_KNOWN, Known
from marsad.preserve.audit import Held, Recorded, ledger_differences
from marsad.preserve.difference import Difference
from marsad.preserve.fixity import differences as vault_differences
from marsad.store.derived import Derived
from marsad.store.kept import Reading
from marsad.store.kept_rows import SUBJECTS

__all__ = ["Difference", "Progress", "Rederive", "verify_observatory"]

Rederive = Callable[[], Mapping[str, pa.Table] | None]
"""Derives everything anew from what is kept and returns the tables by name; None if that was not done yet by a run."""

Progress = Callable[[str, int | None], AbstractContextManager[Callable[[], None]]]
"""Shows how a part of the work goes on: its name and how many steps it has (None: nobody knows); gives what is called at each."""

_DAMAGE = (Wrong, ArithmeticError, LookupError, OSError, RecursionError, MemoryError, TypeError, ValueError)
"""What reading a damaged file can end in: where a number ought to be, there may be anything."""

_KEPT = "restore kept.db from a backup"
_PUBLIC = "restore public.db from a backup"
_SEALED = "restore sealed.db from its newest backup"
_DERIVED = "remove derived.db and run `marsad run`, which makes it again"


_AT_ONCE = 1024
"""Numbers of the ledger looked up together."""


def _unseen(_name: str, _steps: int | None) -> AbstractContextManager[Callable[[], None]]:
    return nullcontext(lambda: None)


def verify_observatory(
    path: Path,
    rederive: Rederive | None = None,
    progress: Progress = _unseen,
    gazetteer: Path | None = None,
    known: Known = NOTHING_KNOWN,
) -> list[Difference]:
    """Return everything that differs from what it was or from what follows from it; empty if all is well.

    Checks the database files, the vault against the store, the ledger against both, what releases, anchors, tokens of
    trusted time and others (`known`) recorded of the ledger, that each release's record is there, that sealed sources are
    what was sealed, the gazetteer against the lists of places it was made from, and, with
    `rederive`, every derived row. A damaged file is a difference, never an exception. `gazetteer` is a file used in
    place of the gazetteer that marsad ships.

    Raises Wrong if there is no observatory at `path`.
    """
    observatory = Observatory.open(path)
    found = list(_answered(KEPT, _KEPT, _kept_differences(observatory, progress, known)))
    found += _answered(FILE, _KEPT, gazetteer_differences(observatory, gazetteer, progress))
    found += _answered(DERIVED, _DERIVED, _derived_differences(observatory, rederive, progress))
    return found


def _answered(subject: str, remedy: str, check: Iterator[Difference]) -> Iterator[Difference]:
    """Yield what the check yields, and where it cannot go on, one difference that says so."""
    try:
        yield from check
    except _DAMAGE as fault:
        said = f"{fault.value or fault.rule}" if isinstance(fault, Wrong) else f"{type(fault).__name__}: {fault}"
        if "I/O" in said and isinstance(fault, Wrong):  # a full disk damages nothing; there is nothing to restore
            remedy = fault.remedy
        yield Difference(subject, said, "a file that can be read to its end", remedy)


def _kept_differences(observatory: Observatory, progress: Progress, known: Known) -> Iterator[Difference]:
    with observatory.kept(read_only=True) as kept:
        for fault in kept.structure_faults():
            yield Difference(KEPT, fault, "the tables and rules marsad made", _KEPT)
        with kept.read() as reading:
            yield from _answered("vault", _KEPT, _vault(observatory, reading, progress))
            yield from _answered("ledger", _KEPT, _ledger(reading, progress, known))
            yield from _answered("tokens", _KEPT, token_differences(reading))
            yield from _answered(SEALED, _SEALED, sealed_differences(observatory, reading))
            yield from _answered(PUBLIC, _PUBLIC, _public(observatory, reading))


def _vault(observatory: Observatory, reading: Reading, progress: Progress) -> Iterator[Difference]:
    evidence = ((str(sha256), size) for sha256, size in reading.all_evidence())
    with progress("Checking evidence", reading.count("evidence")) as tick:
        yield from vault_differences(observatory.vault, evidence, tick)


def _ledger(reading: Reading, progress: Progress, known: Known) -> Iterator[Difference]:
    recorded = [
        Recorded(f"{kind} {subject}", content["tree_size"], content["root"])
        for kind in ("release", "anchor")
        for _, subject, content in reading.things(kind)
    ]
    recorded += known.recorded
    with progress("Checking the ledger", reading.count("leaf")) as tick:
        yield from ledger_differences(_held(reading), reading.nodes_as_made(), recorded, tick, known.hashes())


def _held(reading: Reading) -> Iterator[Held]:
    """Yield all that is kept, in order of the numbers, with some thousands of them in memory.

    Looked up by number and not merged: sorting streams into one another costs more than reading them.
    """
    kinds = [kind for kind in SUBJECTS if reading.first_number(kind) is not None]
    tables = ["leaf", "opening", *kinds]
    start: int | None = None
    while (numbers := [n for n in (reading.first_number(table, start) for table in tables) if n is not None]) != []:
        first = min(numbers)
        start = first + _AT_ONCE
        leaves, salts = dict(reading.leaves(first, start)), dict(reading.openings(first, start))
        contents: dict[int, list[tuple[str, str, Mapping[str, Any]]]] = {}
        for kind in kinds:
            for seq, subject, content in reading.things_between(kind, first, start):
                contents.setdefault(seq, []).append((kind, subject, content))
        for seq in sorted(leaves.keys() | salts.keys() | contents.keys()):
            yield Held(seq, leaves.get(seq), salts.get(seq), contents.get(seq, ()))


def _public(observatory: Observatory, reading: Reading) -> Iterator[Difference]:
    """Yield what differs between the releases that the ledger seals and those that the public store holds."""
    releases = [(subject, content["manifest"]) for _, subject, content in reading.things("release")]
    if not observatory.has(PUBLIC):
        for number, _ in releases[:1]:
            yield Difference(PUBLIC, "no file", f"the record of release {number}", _PUBLIC)
        return
    with observatory.public() as store:
        for fault in store.faults():
            yield Difference(PUBLIC, fault, "the tables and rules marsad made", _PUBLIC)
        for number, manifest in releases:
            if store.record(manifest) is None:
                yield Difference(f"public.db, release {number}", "no record", f"that of manifest {manifest}", _PUBLIC)


def _derived_differences(
    observatory: Observatory, rederive: Rederive | None, progress: Progress
) -> Iterator[Difference]:
    with observatory.derived(read_only=True) as derived:
        for fault in derived.structure_faults():
            yield Difference(DERIVED, fault, "the tables marsad made", _DERIVED)
        tables = rederive() if rederive is not None else {}
        if tables is None:
            yield Difference(DERIVED, "tables older than what is kept", "newer ones", "run `marsad run`", harmless=True)
            return
        with progress("Checking what is derived", len(tables)) as tick:
            for name in sorted(tables):
                yield from _answered(f"derived.db, {name}", _DERIVED, _table(derived, name, tables[name]))
                tick()


def _table(derived: Derived, name: str, expected: pa.Table) -> Iterator[Difference]:
    yield from table_differences(name, derived.table(name), expected, derived.keys(name), _DERIVED)
