"""What preserving costs: durable intake beside bare SQLite, checking the ledger again, and fixity beside the disk itself.

    python -m benchmarks.preserving [--reports 2000] [--leaves 200000] [--files 20000] [--folder FOLDER]

Everything is measured in one run on one disk, so that ratios say something on a busy machine, too; rates say little alone.
Bare SQLite is what others keep a report with: one row, one commit, synced as ours is (WAL, synchronous=FULL); no hash, no file,
no ledger.
"""

import argparse
import hashlib
import os
import shutil
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from marsad.collect.incoming import Incoming
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.service import BATCH, WriteService
from marsad.preserve import fixity, merkle
from marsad.preserve.audit import Held, ledger_differences
from marsad.preserve.ledger import Entry, seal
from marsad.preserve.vault import Vault

NOW = datetime(2026, 11, 22, tzinfo=UTC)
TURNS = 8
"""Ours and theirs are measured in turns, so that a neighbour's load falls on both."""


def main() -> None:
    """Measure, and print a line for each."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--reports", type=int, default=2000)
    options.add_argument("--leaves", type=int, default=200_000)
    options.add_argument("--files", type=int, default=20_000)
    options.add_argument("--folder", type=Path, help="A folder on the disk to measure; a temporary one if not given.")
    given = options.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="marsad-bench-", dir=given.folder))
    try:
        rates = {batch: intake(folder, given.reports, batch) for batch in (1, 25, BATCH)}
        for batch, rate in rates.items():
            print(rate.told(batch), flush=True)
        print(as_it_is(rates[BATCH], rates[1]), flush=True)
        print(ledger(given.leaves), flush=True)
        print(reading(folder, given.files, 2_000), flush=True)
        print(reading(folder, 40, 20_000_000), flush=True)
    finally:
        shutil.rmtree(folder)


def reports(first: int, count: int) -> list[Incoming]:
    """Return made-up reports of about 700 bytes."""
    return [
        Incoming(
            f"{n}", f"Report {n}: {n % 97} people were killed. ".encode() * 20, f"Radio {n % 9}", date(2014, 11, 26)
        )
        for n in range(first, first + count)
    ]


@dataclass(frozen=True, slots=True)
class Rates:
    """Reports a second that are on the disk: ours, and rows of bare SQLite; milliseconds of the processor for one of ours."""

    ours: float
    bare: float
    processor: float

    def told(self, batch: int) -> str:
        """Return the line about so many in a commit on either side."""
        how = "one a commit" if batch == 1 else f"{batch} a commit"
        told = f"add, {how}: {self.ours:,.0f} reports/s; bare SQLite {self.bare:,.0f}/s; {self.ours / self.bare:.0%}"
        return f"{told}; {self.processor:.2f} ms of the processor a report"


def as_it_is(many: Rates, single: Rates) -> str:
    """Return the line that sets `marsad add`, which commits in batches, beside a database that commits each row."""
    told = f"add as it is, {BATCH} a commit: {many.ours:,.0f} reports/s; bare SQLite, one row a commit: {single.bare:,.0f}/s"
    return f"{told}; {many.ours / single.bare:.0%}"


def intake(folder: Path, count: int, batch: int) -> Rates:
    """Return how many reports a second are taken in, `batch` in a commit, beside rows into bare SQLite."""
    path = folder / f"obs-{batch}"
    obs = Observatory.init(path, "benchmark", NOW)
    bare = sqlite3.connect(path.with_suffix(".bare"), isolation_level=None)
    bare.execute("PRAGMA journal_mode=WAL")
    bare.execute("PRAGMA synchronous=FULL")
    bare.execute(
        "CREATE TABLE report (id TEXT PRIMARY KEY, outlet TEXT, published TEXT, recorded_at TEXT, body BLOB) STRICT"
    )
    ours = theirs = spent = 0.0
    part = max(batch, count // TURNS // batch * batch)
    done = 0
    with obs.kept() as kept:
        service = WriteService(kept, obs.vault, os.urandom)
        while done < count:
            items = reports(done, part)
            began = time.process_time()
            ours += _timed(lambda items=items: sum(1 for _ in service.receive_all(items, lambda: NOW, batch)))  # type: ignore[misc]
            spent += time.process_time() - began
            theirs += _timed(lambda items=items: _insert(bare, items, batch))  # type: ignore[misc]
            done += part
    bare.close()
    return Rates(done / ours, done / theirs, spent / done * 1e3)


def _insert(bare: sqlite3.Connection, items: Sequence[Incoming], batch: int) -> None:
    for at in range(0, len(items), batch):
        bare.execute("BEGIN IMMEDIATE")
        rows = [(i.name, i.outlet, str(i.published), NOW.isoformat(), i.data) for i in items[at : at + batch]]
        bare.executemany("INSERT INTO report VALUES (?, ?, ?, ?, ?)", rows)
        bare.execute("COMMIT")


def ledger(count: int) -> str:
    """Return how many leaves a second are checked again: seal opened, leaf hashed, tree built, nodes compared."""
    content = {"report_id": "ab" * 12, "outlet": "Radio Raqqa", "published": "2014-11-26", "evidence": "cd" * 32}
    entries = [Entry("report", f"{n}", {**content, "report_id": f"{n}"}) for n in range(count)]
    sealed = seal(entries, 0, "2026-11-22T12:00:00.000000Z", "intake", os.urandom)
    datas = [one.leaf.data() for one in sealed]
    _, nodes = merkle.Frontier().append(merkle.leaf_hash(data) for data in datas)

    def held() -> Iterator[Held]:
        for one, data, entry in zip(sealed, datas, entries, strict=True):
            yield Held(one.leaf.seq, data, one.salt, [(entry.kind, entry.subject, entry.content)])

    def check() -> None:
        differences = list(ledger_differences(held(), ((n.level, n.index, n.hash) for n in nodes), (), lambda: None))
        if differences:
            raise RuntimeError(str(differences[0]))

    spent = time.process_time()
    full = count / min(_timed(check) for _ in range(3))
    processor = 3 * count / (time.process_time() - spent)
    tree = count / min(_timed(lambda: merkle.Frontier().append(merkle.leaf_hash(d) for d in datas)) for _ in range(3))
    told = f"ledger, {count:,} leaves: {full:,.0f}/s with seals opened and nodes compared ({processor:,.0f} a second of the"
    return f"{told} processor's time); {tree:,.0f}/s tree alone"


def reading(folder: Path, count: int, size: int) -> str:
    """Return how fast the vault is hashed anew from a cold disk, beside `cat` of the same files, and beside SHA-256 alone."""
    root = folder / f"vault-{size}"
    vault = Vault.create(root)
    part = max(1, 50_000_000 // size)
    names: list[tuple[str, int]] = []
    for at in range(0, count, part):
        names += [(str(n), size) for n in vault.put_many([os.urandom(size) for _ in range(min(part, count - at))])]
    names.sort()
    total = count * size / 1e6

    def check() -> None:
        if list(fixity.differences(vault, names, lambda: None)):
            raise RuntimeError("the vault is not what it was")

    def cat() -> None:
        subprocess.run(["sh", "-c", f"find {root} -type f -print0 | sort -z | xargs -0 cat > /dev/null"], check=True)

    ours, disk = [], []
    for _ in range(3):
        cold = _forget()
        disk.append(_timed(cat))
        _forget()
        ours.append(_timed(check))
    data = os.urandom(64_000_000)
    hashing = 64 / _timed(lambda: hashlib.sha256(data).digest())
    shutil.rmtree(root)
    rates = total / min(ours), total / min(disk)
    note = "cold" if cold else "warm: only root can empty the cache"
    return (
        f"fixity, {count:,} files of {size:,} bytes ({note}): {rates[0]:,.0f} MB/s, {count / min(ours):,.0f} files/s; "
        f"cat {rates[1]:,.0f} MB/s; {rates[0] / rates[1]:.0%}; SHA-256 in memory {hashing:,.0f} MB/s"
    )


def _forget() -> bool:
    """Empty the system's cache of files; return whether that was allowed."""
    os.sync()
    try:
        Path("/proc/sys/vm/drop_caches").write_text("3\n")
    except OSError:
        return False
    return True


def _timed(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


if __name__ == "__main__":
    main()
