"""A simulated world against what marsad made of its reports: of an observatory, or of tables that `marsad derive` made."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
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
    "reworded": ("report_id",),
}


def evaluate_simulated(made: Path, truth: Path, policy: str) -> Simulated:
    """Return how well `made` (an observatory, or the OUT of `marsad derive`) found the world whose truth is in `truth`.

    Tolls are those of one policy. Raises Wrong where either is something else.
    """
    told = _truth(truth)
    tables = _tables(made)
    of_claim = dict(_pairs(tables["membership"], "claim_id", "incident_id"))
    votes: dict[str, Counter[str]] = {}
    for claim, report in _pairs(tables["claim"], "claim_id", "report_id"):
        if claim in of_claim:
            votes.setdefault(report, Counter())[of_claim[claim]] += 1
    placed = {report: min(of, key=lambda i: (-of[i], i)) for report, of in votes.items()}
    copying = {report for report, leader in _pairs(tables["copy"], "report_id", "leader") if report != leader}
    copying |= set(tables["reworded"].column("report_id").to_pylist())
    how, tells = {}, {}
    for row in told["report"]:
        how[row["report_id"]] = row["how"]
        if len(row["incidents"]) == 1:
            tells[row["report_id"]] = row["incidents"][0]
    return judge(_incidents(told), tells, _found(tables["toll"], policy), placed, how, copying)


def _incidents(told: Mapping[str, list[dict[str, Any]]]) -> dict[str, Truth]:
    origins: dict[str, set[str]] = {}
    for row in told["claim"]:
        if row["what"] == "killed" and row["kind"] in _GIVES:
            origins.setdefault(row["incident_id"], set()).add(row["origin"])
    return {
        row["incident_id"]: Truth(row["killed"], len(origins.get(row["incident_id"], ())), row["fabricated"])
        for row in told["incident"]
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


def _truth(folder: Path) -> dict[str, list[dict[str, Any]]]:
    out = {}
    for name, schema in (("incident", TRUE_INCIDENT), ("report", TRUE_REPORT), ("claim", TRUE_CLAIM)):
        lines, parquet = folder / f"{name}.jsonl", folder / f"{name}.parquet"
        try:
            if parquet.is_file():
                out[name] = pq.read_table(parquet, columns=schema.names).to_pylist()
            elif lines.is_file():
                out[name] = [_row(line, schema) for line in lines.read_bytes().splitlines()]
            else:
                raise Wrong(str(folder), None, f"has no {name}.jsonl and no {name}.parquet", _REMEDY)
        except (ValueError, KeyError, TypeError) as fault:
            raise Wrong(f"{folder}, {name}", None, f"is not what was simulated ({str(fault)[:80]})", _REMEDY) from fault
    return out


def _row(line: bytes, schema: pa.Schema) -> dict[str, Any]:
    row = json.loads(line)
    return {f.name: date.fromisoformat(row[f.name]) if pa.types.is_date(f.type) else row[f.name] for f in schema}
