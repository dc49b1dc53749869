"""The control: an intake that commits reports first and their ledger leaves afterwards, as many systems do.

It exists to be caught: if the harness finds nothing here, it would find nothing anywhere.
"""

import json
import os
import sqlite3
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from marsad.collect.files import gather
from marsad.collect.incoming import Incoming
from marsad.collect.particulars import Particulars
from marsad.model import Evidence, Report
from marsad.preserve.ledger import Entry, seal
from marsad.preserve.vault import Vault, sha3_512_of
from marsad.store.kept_rows import evidence_row, report_row

NOW = datetime(2026, 11, 22, tzinfo=UTC)
BATCH = 5


def receive(store: sqlite3.Connection, vault: Vault, items: Sequence[Incoming]) -> list[str]:
    """Keep the reports: bytes, then rows in one commit, then leaves in another."""
    things: list[tuple[str, dict[str, Any]]] = []
    ids: list[str] = []
    for item, name in zip(items, vault.put_many([item.data for item in items]), strict=True):
        report_id = Report.identity(name, item.outlet, item.published, item.address)
        ids.append(report_id)
        if store.execute("SELECT 1 FROM report WHERE report_id = ?", [report_id]).fetchone():
            continue
        report = Report(report_id, name, item.outlet, item.published or date.min, None, None, NOW)
        things.append(("evidence", evidence_row(Evidence(name, len(item.data), "text/plain", sha3_512_of(item.data)))))
        things.append(("report", report_row(report, item.key or report_id)))
    (start,) = store.execute(
        "SELECT 1 + max(coalesce(max(seq), -1), (SELECT coalesce(max(seq), -1) FROM leaf)) FROM report"
    ).fetchone()
    entries = [Entry(kind, row.get("report_id", "evidence"), row) for kind, row in things]
    sealed = seal(entries, start, NOW.isoformat(), "intake", os.urandom)
    store.execute("BEGIN IMMEDIATE")
    for seq, (kind, row) in enumerate(things, start):
        places = ", ".join("?" * (len(row) + 1))
        store.execute(f'INSERT INTO "{kind}" (seq, {", ".join(row)}) VALUES ({places})', [seq, *row.values()])  # noqa: S608
    store.execute("COMMIT")
    store.execute("BEGIN IMMEDIATE")
    store.executemany("INSERT INTO leaf VALUES (?, ?)", [(s.leaf.seq, s.leaf.data()) for s in sealed])
    store.executemany("INSERT INTO opening VALUES (?, ?)", [(s.leaf.seq, s.salt) for s in sealed])
    store.execute("COMMIT")
    return ids


def main(obs: Path, folder: Path) -> None:
    """Take in the folder, acknowledging each batch when its leaves are committed."""
    store = sqlite3.connect(obs / "kept.db", isolation_level=None, timeout=30)
    store.execute("PRAGMA synchronous=FULL")
    store.execute("PRAGMA foreign_keys=OFF")
    items = [item for item in gather(folder, Particulars()) if isinstance(item, Incoming)]
    for at in range(0, len(items), BATCH):
        for report_id in receive(store, Vault(obs / "vault"), items[at : at + BATCH]):
            print(json.dumps({"report_id": report_id}), flush=True)  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
