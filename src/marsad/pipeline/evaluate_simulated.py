"""A simulated world against what marsad made of its reports: of an observatory, or of tables that `marsad derive` made."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from marsad.evaluate.simulated import Found, Simulated, Truth, judge
from marsad.model import Wrong
from marsad.model.schema_simulated import TRUE_CLAIM, TRUE_INCIDENT, TRUE_REPORT
from marsad.pipeline.observatory import Observatory

_GIVES = ("exact", "least", "range", "up", "down")
_REMEDY = "name the folder truth/ that `marsad simulate` made"
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "claim": ("claim_id", "report_id"),
    "membership": ("claim_id", "incident_id"),
    "toll": ("incident_id", "policy", "measure", "category", "low", "best", "high", "origins"),
    "copy": ("report_id", "leader"),
    "reworded": ("report_id", "leader"),
}


def evaluate_simulated(made: Path, truth: Path, policy: str) -> Simulated:
    """Return how well `made` (an observatory, or the OUT of `marsad derive`) found the world whose truth is in `truth`.

    Tolls are those of one policy. Raises Wrong where either is something else.
    """
    incidents = _incidents(truth)
    tables = _tables(made)
    of_claim = dict(_pairs(tables["membership"], "claim_id", "incident_id"))
    votes: dict[str, Counter[str]] = {}
    for claim, report in _pairs(tables["claim"], "claim_id", "report_id"):
        if claim in of_claim:
            votes.setdefault(report, Counter())[of_claim[claim]] += 1
    placed = {report: min(of, key=lambda i: (-of[i], i)) for report, of in votes.items()}
    family = dict(_pairs(tables["copy"], "report_id", "leader"))
    again = dict(_pairs(tables["reworded"], "report_id", "leader"))
    family = {report: _first(leader, again, family) for report, leader in family.items()}
    how, tells = {}, {}
    for row in _told(truth, "report", TRUE_REPORT):
        how[row["report_id"]] = row["how"], row["of"]
        if len(row["incidents"]) == 1:
            tells[row["report_id"]] = row["incidents"][0]
    return judge(incidents, tells, _found(tables["toll"], policy), placed, how, family)


def _first(leader: str, again: Mapping[str, str], family: Mapping[str, str]) -> str:
    """Return whose words a report has in the end: from one that tells another again to that one's leader, and on."""
    seen = {leader}
    while leader in again:
        leader = family.get(again[leader], again[leader])
        if leader in seen:
            break
        seen.add(leader)
    return leader


def _incidents(truth: Path) -> dict[str, Truth]:
    origins: dict[str, set[str]] = {}
    for row in _told(truth, "claim", TRUE_CLAIM):
        if row["what"] == "killed" and row["kind"] in _GIVES:
            origins.setdefault(row["incident_id"], set()).add(row["origin"])
    return {
        row["incident_id"]: Truth(row["killed"], len(origins.get(row["incident_id"], ())), row["fabricated"])
        for row in _told(truth, "incident", TRUE_INCIDENT)
        if row["told"]
    }


def _found(tolls: pa.Table, policy: str) -> dict[str, Found]:
    known = set(tolls.column("policy").unique().to_pylist())
    if tolls.num_rows and policy not in known:
        raise Wrong("--policy", policy, "has no tolls here", f"choose {' or '.join(sorted(known))}")
    return {
        row["incident_id"]: Found(row["low"], row["best"], row["high"], row["origins"])
        for batch in tolls.to_batches(max_chunksize=50_000)
        for row in batch.to_pylist()
        if (row["policy"], row["measure"], row["category"]) == (policy, "killed", "total")
    }


def _pairs(table: pa.Table, one: str, other: str) -> Iterator[tuple[str, str]]:
    for batch in table.select([one, other]).to_batches(max_chunksize=50_000):
        yield from zip(batch.column(0).to_pylist(), batch.column(1).to_pylist(), strict=True)


def _tables(made: Path) -> dict[str, pa.Table]:
    if (made / "tables").is_dir():
        out = {n: pq.read_table(made / "tables" / n, columns=list(c)) for n, c in _COLUMNS.items() if n != "claim"}
        chunks = sorted((made / "read").glob("*/*/claim"))
        newest = {p.parent.parent for p in chunks}
        if len(newest) != 1:
            rule = "holds what several versions of reading made" if newest else "holds no claims"
            raise Wrong(str(made / "read"), None, rule, "run `marsad derive` into a new folder")
        parts = [pq.read_table(p, columns=list(_COLUMNS["claim"])) for p in chunks]
        return out | {"claim": pa.concat_tables(parts)}
    with Observatory.open(made).derived(read_only=True) as derived:
        return {name: derived.table(name).select(list(columns)) for name, columns in _COLUMNS.items()}


def _told(folder: Path, name: str, schema: pa.Schema) -> Iterator[dict[str, Any]]:
    """Yield the rows of one file of the truth, a few at a time: a large world has millions."""
    lines, parquet = folder / f"{name}.jsonl", folder / f"{name}.parquet"
    try:
        if parquet.is_file():
            for batch in pq.ParquetFile(parquet).iter_batches(20_000, columns=schema.names):
                yield from batch.to_pylist()
        elif lines.is_file():
            with lines.open("rb") as file:
                for line in file:
                    row = json.loads(line)
                    yield {field.name: row[field.name] for field in schema}
        else:
            raise Wrong(str(folder), None, f"has no {name}.jsonl and no {name}.parquet", _REMEDY)
    except (ValueError, KeyError, TypeError) as fault:
        raise Wrong(f"{folder}, {name}", None, f"is not what was simulated ({str(fault)[:80]})", _REMEDY) from fault
