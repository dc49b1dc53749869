"""How long the desk's pages take with very many incidents and claims: queue, report, incident, search, asked for on loopback.

    python -m benchmarks.desk_load [--incidents 100000] [--claims-each 10] [--requests 200] [--folder DIR]
    python -m benchmarks.desk_load --store postgresql://keeper@127.0.0.1/obs --workers 8 --clients 8 --folder DIR

Makes an observatory straight in its stores: reports with a text each, claims, incidents, tolls, folds, links. Then asks a served
desk for pages, one after another or by several clients at once, and prints p50 and p95 beside the targets; then shows by EXPLAIN
QUERY PLAN that every list goes by an index. With --folder the observatory is kept, and used again. With --store its stores are on
a PostgreSQL server, in an empty database as `marsad init --store` takes it, or, with `--store own`, on a server made
for this run alone; with --workers the desk has so many processes.
"""

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
import pyarrow as pa

from marsad.collect.incoming import Incoming
from marsad.link.weights import CROWD
from marsad.model import Claim, Measure, ReportId
from marsad.model.rows import canonical_json
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.service import WriteService
from marsad.pipeline.views.index import index_of
from marsad.store.derived_tables import SCHEMAS
from marsad.store.places import Server, server
from marsad.store.search import SearchStore
from marsad.store.search_sql import FOUND, ITEM

for room in ("desk/pages", "store"):
    sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / room))

TARGETS = {"queue": 200, "queue, filtered": 200, "report": 150, "incident": 150, "search": 300, "search, Arabic": 300}
TARGETS |= dict.fromkeys(("incidents", "doubtful links", "incidents by the API", "overview"), 200)
_BESIDE = ("map of an incident", "growth of an incident", "incident on a past day", "report by the API", "candidates")
TARGETS |= dict.fromkeys(_BESIDE, 300)
"""p95 in milliseconds; those of the second and third line are our own."""

TOWNS = ("Raqqa", "Aleppo", "Idlib", "Homs", "Hama", "Daraa", "Douma", "Manbij", "Palmyra", "Kobani")
ARABIC = ("الرقة", "حلب", "إدلب", "حمص", "حماة", "درعا", "دوما", "منبج", "تدمر", "عين العرب")
MONITORS = ("North Monitor", "River Network", "Hill Committee", "Coast Observatory")
NOW = datetime(2024, 6, 1, tzinfo=UTC)
_PER_REPORT = 4
_BATCH = 2_000


def report_text(n: int, town: int, killed: int) -> str:
    """Return the text of a report; every third is in Arabic."""
    if n % 3 == 0:
        return f"قُتل {killed} شخصا في غارة على {ARABIC[town]}، بحسب {MONITORS[n % 4]}. وجُرح {killed + 4} آخرون. الخبر رقم {n}."
    return (
        f"At least {killed} people were killed in a raid on {TOWNS[town]}, {MONITORS[n % 4]} said. "
        f"Another {killed + 4} were wounded. {killed // 2 + 1} were civilians and {killed // 3} children. Report {n}."
    )


def make(folder: Path, incidents: int, claims_each: int, store: Server | None = None) -> None:
    """Make the observatory, its stores in the folder or on a server."""
    observatory = Observatory.init(folder, "a large desk", NOW, store)
    reports_each = max(1, claims_each // _PER_REPORT)
    random_ = random.Random(7)
    with observatory.kept() as kept, observatory.derived() as derived:
        service = WriteService(kept, observatory.vault, os.urandom)
        n = 0
        for start in range(0, incidents, _BATCH):
            rows: dict[str, list[dict[str, Any]]] = {name: [] for name in SCHEMAS}
            items, plan = [], []
            for incident in range(start, min(incidents, start + _BATCH)):
                town, killed = random_.randrange(10), 3 + random_.randrange(60)
                day = date(2014, 1, 1) + timedelta(days=incident % 3600)
                for _ in range(reports_each):
                    text = report_text(n, town, killed)
                    lang = "ar" if n % 3 == 0 else "en"
                    items.append(Incoming(f"r{n}", text.encode(), f"Outlet {n % 500}", day + timedelta(days=1), lang))
                    plan.append((incident, town, killed, day, text, n))
                    n += 1
            moment = NOW + timedelta(minutes=start)
            receipts = service.receive(items, moment)
            for (incident, town, killed, day, text, number), receipt in zip(plan, receipts, strict=True):
                _claims(rows, incident, town, killed, day, text, number, receipt.report_id, claims_each // reports_each)
            first = {row["incident_id"]: row["claim_id"] for row in reversed(rows["membership"])}
            for incident in range(start, min(incidents, start + _BATCH)):
                _incident(rows, incident, random_, first)
            with derived.write():
                for name, made in rows.items():
                    if made:
                        derived.put(
                            name, pa.Table.from_pylist([_full(name, row) for row in made], schema=SCHEMAS[name])
                        )
            print(f"\r{start + _BATCH:,} incidents", end="", file=sys.stderr, flush=True)
        with derived.write():
            derived.mark_read("derive", "benchmark", [ReportId(f"{n}+0")])
    print(file=sys.stderr)


def _full(name: str, row: dict[str, Any]) -> dict[str, Any]:
    return {column: row.get(column) for column in SCHEMAS[name].names}


def _place(town: int) -> dict[str, Any]:
    return {
        "place_words": TOWNS[town],
        "place_id": f"gn:{town}",
        "place_name": TOWNS[town],
        "place_name_ar": ARABIC[town],
        "country": "SY",
        "admin1": TOWNS[town],
        "latitude": 34.0 + town / 5,
        "longitude": 36.0 + town / 3,
        "place_precision": 1,
    }


def _when(day: date) -> dict[str, Any]:
    return {"occurred_from": day, "occurred_to": day, "occurred_precision": 1, "occurred_carried": False}


def _claims(
    rows: dict[str, list[dict[str, Any]]],
    incident: int,
    town: int,
    killed: int,
    day: date,
    text: str,
    number: int,
    report: ReportId,
    count: int,
) -> None:
    at = text.index(str(killed))
    first = None
    for k in range(count):
        start = min(at + k, len(text) - 3)
        measure = Measure.KILLED if k % 2 == 0 else Measure.INJURED
        claim = Claim.identity(report, start, start + 2, measure)
        first = first or claim
        rows["claim"].append({
            "claim_id": claim, "report_id": report, "start": start, "end": start + 2, "text": text[start : start + 2],
            "measure": measure.value, "value": killed, "low": killed, "high": killed, "bound": "exact",
            "status": "civilian" if k == 2 else "unknown", "attribution": [MONITORS[number % 4]], "scope": "incident",
            "modality": "asserted", "relations": [], "flags": [], "names": [], "derived": False, "rule": "benchmark",
            "score": 0.5 + (number % 50) / 100, "weapon": "air strike", **_when(day), **_place(town),
        })  # fmt: skip
        role = "counted" if k < 2 else "context"
        rows["membership"].append(
            {"incident_id": f"i{incident:08d}", "claim_id": claim, "role": role, "rule": "benchmark"}
        )
        rows["fold"].append({
            "claim_id": claim, "origin": MONITORS[number % 4], "kind": "monitor", "rule": "by-hand", "copy": False,
            "probability": 1.0,
        })  # fmt: skip
        hand = {"turn": 0, "part": "established", "name": MONITORS[number % 4], "rule": "by-hand", "probability": 1.0}
        rows["lineage"].append({"claim_id": claim, **hand})
    rows["copy"].append({"report_id": report, "leader": report})
    rows["reading"].append({"report_id": report, "stage": "extract", "version": "benchmark"})
    rows["telling"].append({
        "telling_id": first, "report_id": report, "rank": day.toordinal(), "printed": day.toordinal(), "place_key": f"gn:{town}",
        "latitude": 34.0 + town / 5, "longitude": 36.0 + town / 3, "precision": 1, "country": "SY", "admin1": TOWNS[town],
        "day_from": day.toordinal(), "day_to": day.toordinal(), "reckoned": False, "carried": False, "assumed": False,
        "inferred": False,
        "figures": [f"killed|{killed}|{killed}|{killed}"], "traits": [], "claims": [first],
    })  # fmt: skip


def _incident(
    rows: dict[str, list[dict[str, Any]]], incident: int, random_: random.Random, first: dict[str, str]
) -> None:
    town, ident = incident % 10, f"i{incident:08d}"
    day = date(2014, 1, 1) + timedelta(days=incident % 3600)
    killed = 3 + incident % 60
    rows["incident"].append({
        "incident_id": ident, "code": f"{TOWNS[town].upper()}-{day.isoformat()}-{incident}", "weapon": "air strike",
        **{k: v for k, v in {**_when(day), **_place(town)}.items() if k != "occurred_carried"},
    })  # fmt: skip
    step = {"rule": "policy.only", "values": {"n": killed, "origin": MONITORS[0]}}
    for policy in ("airwars", "ucdp"):
        for category in ("total", "civilians"):
            rows["toll"].append({
                "incident_id": ident, "policy": policy, "measure": "killed", "category": category, "low": killed,
                "best": killed, "high": killed + 9, "standing": "stated", "origins": 2, "why": canonical_json(step),
            })  # fmt: skip
    why = {"rule": "grade.weak", "values": {"origin": MONITORS[0]}}
    rows["grading"].append({"incident_id": ident, "grade": "weak", "origins": 1, "why": canonical_json(why)})
    if incident % 20 == 1:
        ends = [first[f"i{n:08d}"] for n in (incident - 1, incident)]
        levels = {"time": "same-day", "claims": ends, CROWD: 2}
        rows["proposal"].append({
            "incident_id": ident, "kind": "join", "other": f"i{incident - 1:08d}", "probability": 0.4 + random_.random() / 5,
            "stake": killed, "priority": float(killed), "why": json.dumps(levels),
        })  # fmt: skip


def timed(client: Any, paths: Sequence[str]) -> list[float]:
    """Return the milliseconds that each page took."""
    out = []
    for path in paths:
        began = time.perf_counter()
        answer = client.get(path)
        out.append((time.perf_counter() - began) * 1000)
        if answer.status_code != 200:
            raise SystemExit(f"{path}: {answer.status_code}")
    return out


def asked(index: SearchStore, requests: int) -> Iterator[tuple[str, list[str]]]:
    """Yield each kind of page with the addresses that are asked for."""
    random_ = random.Random(11)
    rows = index.reports({"state": "open"}, 2_000)
    pages, after = [], None
    for _ in range(requests):
        pages.append("/queue" if after is None else f"/queue?after={after['rank']!r}~{after['n']}")
        after = random_.choice(rows)
    yield "queue", pages
    yield "queue, filtered", [f"/queue?lang={'ar' if n % 2 else 'en'}&country=SY" for n in range(requests)]
    yield "report", [f"/reports/{random_.choice(rows)['report_id']}" for _ in range(requests)]
    yield "incident", [f"/incidents/{random_.choice(rows)['code']}" for _ in range(requests)]
    yield (
        "search",
        [
            f"/search?q={TOWNS[n % 10]} raid wounded {n}" if n % 2 else f"/search?q={TOWNS[n % 10]}"
            for n in range(requests)
        ],
    )
    yield "search, Arabic", [f"/search?q={ARABIC[n % 10]}" for n in range(requests)]


def beside(index: SearchStore, requests: int) -> Iterator[tuple[str, list[str]]]:
    """Yield the pages that no target is named for: what leads to the others, or is fetched by them."""
    random_ = random.Random(12)
    rows = index.reports({"state": "open"}, 2_000)
    codes = [random_.choice(rows)["code"] for _ in range(requests)]
    reports = [random_.choice(rows)["report_id"] for _ in range(requests)]
    yield "incidents", ["/incidents"] * requests
    yield "doubtful links", ["/queue/links"] * requests
    yield "incidents by the API", [f"/api/incidents?after={code}" for code in codes]
    yield "overview", ["/overview"] * requests
    yield "map of an incident", [f"/incidents/{code}/map" for code in codes]
    yield "growth of an incident", [f"/incidents/{code}/growth" for code in codes]
    yield "incident on a past day", [f"/incidents/{code}?known_on=2025-01-01" for code in codes]
    yield "report by the API", [f"/api/reports/{report}" for report in reports]
    yield "candidates", [f"/reports/{report}/candidates" for report in reports]


def plans(index: SearchStore, *, mirrored: bool = False) -> Iterator[str]:
    """Yield how each list would be answered; raises SystemExit where one reads a whole table or sorts it.

    With `mirrored`, what is asked of the server itself is left out.
    """
    cases: dict[str, tuple[str, list[Any]]] = {
        "queue": (
            f"{ITEM} WHERE item.state = ? AND (item.rank, item.n) > (?, ?) ORDER BY item.rank, item.n LIMIT 31",
            ["open", 0.0, 0],
        ),
        "by language": (
            f"{ITEM} WHERE item.state = ? AND item.lang = ? ORDER BY item.rank, item.n LIMIT 31",
            ["open", "ar"],
        ),
        "by outlet": (
            f"{ITEM} WHERE item.state = ? AND item.outlet = ? ORDER BY item.rank, item.n LIMIT 31",
            ["open", "x"],
        ),
        "one report": (f"{ITEM} WHERE item.report_id = ?", ["x"]),
        "incidents": ("SELECT * FROM case_row WHERE country = ? ORDER BY rank, n LIMIT 51", ["SY"]),
        "codes": ("SELECT * FROM case_row WHERE code >= ? AND code < ? ORDER BY code LIMIT 10", ["A", "B"]),
        "doubtful links": ("SELECT * FROM question ORDER BY rank, n LIMIT 31", []),
        "search": (FOUND.format(more=""), ['"raid"', 31]),
        "claims of a report": ("SELECT * FROM derived.claim WHERE report_id = ?", ["x"]),
        "claims of an incident": ("SELECT * FROM derived.membership WHERE incident_id = ?", ["x"]),
        "decisions on a report": ("SELECT * FROM kept.decision WHERE anchor BETWEEN ? AND ?", ["x:", "x;"]),
    }
    if mirrored:
        del cases["claims of an incident"]
    for name, (statement, values) in cases.items():
        told = index.plan(statement, values)
        whole = [line for line in told if line.startswith("SCAN") and "INDEX" not in line and "words" not in line]
        if whole or any("TEMP B-TREE" in line for line in told):
            raise SystemExit(f"{name} reads or sorts a whole table: {told}")
        yield f"{name}: {'; '.join(told)}"


def main() -> None:
    """Print the table, and the plans."""
    from desk_open import PASSWORD, accounts_on, desk_on

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--incidents", type=int, default=100_000)
    parser.add_argument("--claims-each", type=int, default=10)
    parser.add_argument("--requests", type=int, default=200)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--store", help="the address of an empty database: postgresql://…; or own")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--clients", type=int, default=1, help="people who ask at once")
    given = parser.parse_args()
    with ExitStack() as stack:
        folder = given.folder or Path(stack.enter_context(tempfile.TemporaryDirectory())) / "obs"
        store = stack.enter_context(_store(given.store))
        if not folder.exists():
            make(folder, given.incidents, given.claims_each, store)
            accounts_on(folder)
        observatory = Observatory.open(folder)
        began = time.perf_counter()
        with index_of(observatory) as index:
            print(f"index made in {time.perf_counter() - began:.1f} s")
            kinds = [*asked(index, given.requests), *beside(index, max(5, given.requests // 4))]
            for line in plans(index, mirrored=store is not None):
                print(line)
        serving = desk_on(folder) if given.workers == 1 else several(folder, given.workers)
        with serving as desk, ExitStack() as stack, ThreadPoolExecutor(given.clients) as pool:
            address = desk if isinstance(desk, str) else desk.address
            clients = [httpx2.Client(base_url=address, follow_redirects=True, timeout=60) for _ in range(given.clients)]
            for client in clients:
                stack.enter_context(client)
                _sign_in(client, PASSWORD)
            where = f"{observatory.store or 'files'}, workers: {given.workers}, clients at once: {given.clients}"
            print(f"\n{where}\n\n| page | p50 ms | p95 ms | target |\n|---|---|---|---|")
            for name, paths in kinds:
                shares = [paths[n :: given.clients] for n in range(given.clients)]
                list(pool.map(lambda one, share: timed(one, share[:5]), clients, shares))
                took = sorted(ms for each in pool.map(timed, clients, shares) for ms in each)
                p95 = took[int(0.95 * (len(took) - 1))]
                print(f"| {name} | {statistics.median(took):.0f} | {p95:.0f} | {TARGETS[name]} |")


@contextmanager
def _store(address: str | None) -> Iterator[Server | None]:
    """Give where the stores are to lie: the database at an address, or, for "own", one on a server made for this run alone."""
    if address != "own":
        yield server(address, "--store") if address else None
        return
    from server_of_our_own import own_server

    with tempfile.TemporaryDirectory(prefix="desk-load-") as within, own_server(within) as made:
        if made is None:
            raise SystemExit("no PostgreSQL 15 or newer here: tools/postgres.sh installs it")
        with made.database() as name:
            yield made.place(name)


@contextmanager
def several(folder: Path, workers: int) -> Iterator[str]:
    """Serve the desk by the command itself, with so many workers; give its address."""
    options = ["desk", str(folder), "--port", "0", "--workers", str(workers), "--password-only"]
    command = [sys.executable, "-c", "from marsad.cli import main; main()", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = process.stdout.readline().split("/   ")[0]
        try:
            yield address
        finally:
            process.terminate()
            process.wait()


def _sign_in(client: Any, password: str) -> None:
    page = client.get("/sign-in").text
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    answer = client.post("/sign-in", data={"name": "amal", "password": password, "csrf_token": token})
    if answer.status_code != 200:
        raise SystemExit(f"sign-in: {answer.status_code}")


if __name__ == "__main__":
    main()
