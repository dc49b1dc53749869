"""What a team's store costs: reports taken in by eight processes at once, and eight readers over a million claims.

    python -m benchmarks.postgres [--reports 500] [--batch 50] [--claims 1000000] [--seconds 20] [--folder FOLDER]

Both stores are measured in one run on one disk. The server is one of its own, on 127.0.0.1, as Debian sets it up. Readers ask as
the desk does: a page of the queue (fifty incidents with their tolls and reports), the page of a report, the page of an incident.
Each process keeps its connections, as a worker of the desk does. Times are of the whole answer, as marsad's own tables.
"""

import argparse
import multiprocessing
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import quantiles
from typing import Any

import pyarrow as pa

from marsad.collect.incoming import Incoming
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.service import WriteService
from marsad.store.derived_tables import SCHEMAS
from marsad.store.places import Server

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "store"))

NOW = datetime(2026, 11, 22, tzinfo=UTC)
WORKERS = 8
OF_A_REPORT, OF_AN_INCIDENT = 5, 10
AT_ONCE = 20_000


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--reports", type=int, default=500, help="reports that each of the eight processes takes in")
    parser.add_argument("--batch", type=int, default=50, help="reports in one commit")
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=float, default=20, help="how long the readers ask")
    parser.add_argument(
        "--folder", type=Path, default=Path(tempfile.gettempdir()), help="a folder on the disk to measure"
    )
    given = parser.parse_args()
    from server_of_our_own import own_server

    with tempfile.TemporaryDirectory(dir=given.folder, prefix="bench-postgres-") as made, own_server(made) as server:
        if server is None:
            sys.exit("no PostgreSQL here: tools/postgres.sh installs it")
        folder = Path(made)
        with multiprocessing.get_context("spawn").Pool(WORKERS) as pool:
            pool.map(time.sleep, [1.0] * WORKERS, chunksize=1)  # each has started, and loaded what it needs
            for name in ("SQLite", "PostgreSQL"):
                with server.database() as database:
                    store = None if name == "SQLite" else server.place(database)
                    _measure(name, folder / name, store, given, pool)


def _measure(name: str, path: Path, store: Server | None, given: argparse.Namespace, pool: Any) -> None:
    obs = Observatory.init(path, name, NOW, store)
    begin = time.perf_counter()
    pool.starmap(_take_in, [(path, n, given.reports, given.batch) for n in range(WORKERS)], chunksize=1)
    took, count = time.perf_counter() - begin, WORKERS * given.reports
    print(
        f"{name}: {count:,} reports taken in by {WORKERS} processes, {given.batch} a commit: {count / took:,.0f} reports/s"
    )
    with obs.kept() as kept, kept.read() as reading:
        reports = [report.report_id for report in reading.reports()]
        assert reading.report_count() == count
    begin = time.perf_counter()
    incidents = _fill(obs, reports, given.claims)
    took = time.perf_counter() - begin
    print(f"{name}: {given.claims:,} claims of {incidents:,} incidents stored: {given.claims / took:,.0f} claims/s")
    work = [(path, n, given.claims, incidents, given.seconds) for n in range(WORKERS)]
    answers = [told for part in pool.starmap(_ask, work, chunksize=1) for told in part]
    for what in ("queue", "report", "incident"):
        times = sorted(1000 * took for kind, took in answers if kind == what)
        p95 = quantiles(times, n=20)[-1]
        print(f"{name}: {what:8} {len(times):7,} answers, median {times[len(times) // 2]:6.1f} ms, p95 {p95:6.1f} ms")


def _take_in(path: Path, worker: int, count: int, batch: int) -> int:
    obs = Observatory.open(path)
    items = (
        Incoming(f"{n}", f"{n} people were killed, says {worker}.".encode(), f"Radio {n % 9}", date(2014, 11, 26))
        for n in range(count)
    )
    with obs.kept() as kept:
        service = WriteService(kept, obs.vault, os.urandom)
        return sum(1 for _ in service.receive_all(items, lambda: NOW, batch))


def _fill(obs: Observatory, reports: list[Any], claims: int) -> int:
    """Store so many claims, ten to an incident, with the tolls and links of these; return how many incidents."""
    with obs.derived() as derived, derived.write():
        for start in range(0, claims, AT_ONCE):
            numbers = range(start, min(start + AT_ONCE, claims))
            _put(derived, "claim", [_claim(n, reports[n // OF_A_REPORT % len(reports)]) for n in numbers])
            _put(
                derived,
                "membership",
                [{"incident_id": _incident(n), "claim_id": f"c{n:09}", "role": "x", "rule": "x"} for n in numbers],
            )
            firsts = [n for n in numbers if n % OF_AN_INCIDENT == 0]
            _put(
                derived, "incident", [{"incident_id": _incident(n), "code": f"PLACE-{n}", "kind": "x"} for n in firsts]
            )
            _put(
                derived,
                "toll",
                [
                    {"incident_id": _incident(n), "policy": policy, "measure": "killed", "category": "total", "low": 1,
                     "best": 2, "high": 3, "standing": "stated", "origins": 1, "why": '{"rule":"x"}'}
                    for n in firsts for policy in ("airwars", "ucdp")
                ],
            )  # fmt: skip
    return claims // OF_AN_INCIDENT


def _put(derived: Any, name: str, rows: list[dict[str, Any]]) -> None:
    """Store rows; columns that a row does not name are null, or, where they may not be, something of their type."""
    schema = SCHEMAS[name]
    blanks = {field.name: None if field.nullable else _something(field.type) for field in schema}
    derived.put(name, pa.Table.from_pylist([{**blanks, **row} for row in rows], schema=schema))


def _something(kind: pa.DataType) -> Any:
    if pa.types.is_list(kind):
        return []
    if pa.types.is_boolean(kind):
        return False
    return 1 if pa.types.is_integer(kind) else 0.5 if pa.types.is_floating(kind) else "x"


def _incident(claim: int) -> str:
    return f"i{claim // OF_AN_INCIDENT:09}"


def _claim(n: int, report_id: str) -> dict[str, Any]:
    words = f"At least {n % 90} people were killed in the town, the monitor said."
    return {
        "claim_id": f"c{n:09}",
        "report_id": report_id,
        "start": 0,
        "end": 40,
        "text": words,
        "attribution": ["Monitor"],
    }


@contextmanager
def _timed(kind: str, into: list[tuple[str, float]]) -> Iterator[None]:
    begin = time.perf_counter()
    yield
    into.append((kind, time.perf_counter() - begin))


def _ask(path: Path, worker: int, claims: int, incidents: int, seconds: float) -> list[tuple[str, float]]:
    obs, dice = Observatory.open(path), random.Random(worker)
    told: list[tuple[str, float]] = []
    with obs.derived(read_only=True) as derived, obs.kept(read_only=True) as kept:
        until = time.monotonic() + seconds
        derived.table("toll", incident_id=["none"])  # what a first question loads is not what a question costs
        while time.monotonic() < until:
            with _timed("queue", told):
                first = dice.randrange(max(1, incidents - 50))
                ids = [f"i{n:09}" for n in range(first, first + 50)]
                derived.table("incident", incident_id=ids)
                derived.table("toll", incident_id=ids, policy="ucdp")
                members = derived.table("membership", incident_id=ids)["claim_id"].to_pylist()
                of = set(derived.table("claim", claim_id=members)["report_id"].to_pylist())
                with kept.read() as reading:
                    list(reading.reports_named(sorted(of)))
            for _ in range(3):
                with _timed("report", told), kept.read() as reading:
                    some = derived.table("claim", claim_id=f"c{dice.randrange(claims):09}")["report_id"][0].as_py()
                    reading.report(some)
                    derived.table("context", report_id=some)
                    list(reading.originals([some]))
                with _timed("incident", told):
                    one = f"i{dice.randrange(incidents):09}"
                    derived.table("incident", incident_id=one)
                    derived.table("toll", incident_id=one)
                    members = derived.table("membership", incident_id=one)["claim_id"].to_pylist()
                    for name in ("claim", "fold", "lineage"):
                        derived.table(name, claim_id=members)
    return told


if __name__ == "__main__":
    main()
