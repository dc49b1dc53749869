"""What was known: the figures of one state of an observatory in columns, kept beside it, so that sums are quick.

A state is named by how many reports and decisions there were and by the version of everything that derives. So the state
of a past day has a name too, and is computed once. It can be made again from what is kept, and may be deleted.
"""

import hashlib
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from marsad.model import Report, Wrong
from marsad.pipeline.again import derived_on
from marsad.pipeline.derive import derivation_version
from marsad.pipeline.methods import methods
from marsad.pipeline.observatory import Observatory
from marsad.preserve.syncing import sync_folder

FOLDER = "known"
Tables = Mapping[str, pa.Table]
_ENDS = ("low", "best", "high")
_DOUBTS = ("apart_low", "apart_best", "apart_high", "together_low", "together_best", "together_high")

STATE = pa.schema(
    [
        *(pa.field(name, pa.string()) for name in ("incident_id", "code")),
        *(pa.field(name, pa.date32()) for name in ("occurred_from", "occurred_to", "reported", "recorded")),
        *(
            pa.field(name, pa.string())
            for name in ("place", "admin1", "country", "perpetrator", "weapon", "grade", "whole")
        ),
        pa.field("members", pa.int64()),
        *(pa.field(name, pa.float64()) for name in ("chance", "split_chance")),
    ]
)
"""An incident of a state: when it occurred, was first reported and first recorded, where, by whom, with what, and which
others it may be one with."""

_WORDS = ("place", "admin1", "country", "perpetrator", "weapon", "grade")
"""Columns with few different words, read as what they are: a number for each word."""

STANDING = pa.schema(
    [pa.field(n, pa.string()) for n in ("incident_id", "claim_id", "report_id", "role", "rule", "origin")]
)


@dataclass(frozen=True, slots=True)
class State:
    """The figures of one state, in the folder `path`."""

    path: Path

    def incidents(self, columns: Sequence[str] | None = None) -> pa.Table:
        """Return the incidents (schema STATE), by id; these columns alone, where they are named."""
        words = [n for n in _WORDS if columns is None or n in columns]
        return pq.read_table(self.path / "incidents.parquet", columns=columns and list(columns), read_dictionary=words)

    def standing(self, columns: Sequence[str] | None = None) -> pa.Table:
        """Return the role and origin of each claim of each incident (schema STANDING); these columns alone, if named."""
        return pq.read_table(self.path / "standing.parquet", columns=columns and list(columns))

    def tolls(self, policy: str, measure: str, category: str) -> pa.Table | None:
        """Return low, best, high and what they would be if links were otherwise, in the order of the incidents; None for none."""
        path = self.path / f"toll.{policy}.{measure}.{category}.parquet"
        return pq.read_table(path) if path.exists() else None


def state_of(observatory: Observatory, known_on: date | None = None) -> State:
    """Return the state of now, or of the end of a past day (UTC), computing it if nobody has asked for it yet.

    Raises Wrong where nothing was known yet, or where reports wait for a run.
    """
    with observatory.kept(read_only=True) as kept, kept.read() as reading:
        received = reading.report_count(known_on)
        decided = sum(1 for _ in reading.decisions(known_on=known_on))
    version = derivation_version(methods(observatory))
    with observatory.derived(read_only=True) as derived:
        reader = ",".join(sorted(derived.versions("extract")))
        made = derived.table("reading", stage="derive").column("report_id").to_pylist()
        current = derived.versions("derive") == {version}
    if not made:
        raise Wrong(str(observatory.path), None, "has no figures yet", f"run `marsad run {observatory.path}`")
    counts = str(made[0]) if known_on is None else f"{received}+{decided}"
    digest = hashlib.sha256(f"{version}|{reader}".encode()).hexdigest()[:12]
    path = observatory.path / FOLDER / f"{counts}-{digest}"
    if path.is_dir():
        return State(path)
    if counts == str(made[0]) and current:
        names = ("incident", "membership", "claim", "fold", "toll", "grading", "range", "proposal")
        with observatory.derived(read_only=True) as derived:
            tables: Tables = {name: derived.table(name) for name in names}
    elif known_on is None:
        raise Wrong(
            str(observatory.path), None, "was derived by another version", f"run `marsad run {observatory.path}`"
        )
    else:
        tables = derived_on(observatory, known_on)
    with observatory.kept(read_only=True) as kept, kept.read() as reading:
        reports = list(islice(reading.reports(), int(counts.split("+", maxsplit=1)[0])))
    for old in path.parent.glob("*-*") if path.parent.is_dir() else ():
        if not old.name.endswith(digest):  # of another version of what derives: nobody asks for it any more
            shutil.rmtree(old, ignore_errors=True)
    return write_state(path, columns_of(tables, reports))


def write_state(path: Path, columns: Tables) -> State:
    """Write a state to its folder, whole or not at all; return it."""
    beside = path.with_name(f".{path.name}.part")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    for name, table in columns.items():
        pq.write_table(table, beside / f"{name}.parquet", compression="zstd")
    try:
        beside.rename(path)
    except OSError:  # somebody else wrote the same state meanwhile
        shutil.rmtree(beside, ignore_errors=True)
    sync_folder(path.parent)
    return State(path)


def columns_of(tables: Tables, reports: Iterable[Report]) -> dict[str, pa.Table]:
    """Return a state as tables by file name: incidents, standing, and one a policy, measure and category of tolls."""
    ids = tables["incident"].column("incident_id").combine_chunks()
    out = {"incidents": _incidents(tables, reports), "standing": _standing(tables)}
    toll = tables["toll"]
    ranges = {(r["incident_id"], r["policy"], r["measure"], r["category"]): r for r in tables["range"].to_pylist()}
    kinds = toll.select(["policy", "measure", "category"]).group_by(["policy", "measure", "category"]).aggregate([])
    for kind in kinds.to_pylist():
        policy, measure, category = kind["policy"], kind["measure"], kind["category"]
        mask = pc.equal(toll.column("policy"), policy)
        mask = pc.and_(mask, pc.equal(toll.column("measure"), measure))
        mine = toll.filter(pc.and_(mask, pc.equal(toll.column("category"), category)))
        places = pc.index_in(ids, value_set=mine.column("incident_id").combine_chunks())
        columns = {name: mine.column(name).combine_chunks().take(places) for name in _ENDS}
        columns["standing"] = mine.column("standing").combine_chunks().take(places)
        doubts: dict[str, list[Any]] = {name: [None] * len(ids) for name in _DOUBTS}
        if ranges:
            at = {i: n for n, i in enumerate(ids.to_pylist())}
            for (incident, *rest), row in ranges.items():
                if tuple(rest) == (policy, measure, category) and incident in at:
                    for name in _DOUBTS:
                        doubts[name][at[incident]] = row[name]
        columns |= {name: pa.array(values, pa.int64()) for name, values in doubts.items()}
        out[f"toll.{policy}.{measure}.{category}"] = pa.table(columns)
    return out


def _incidents(tables: Tables, reports: Iterable[Report]) -> pa.Table:
    incident = tables["incident"]
    first = _first_days(tables, reports)
    wholes, chances = _wholes(tables)
    grades = dict(zip(*(tables["grading"].column(n).to_pylist() for n in ("incident_id", "grade")), strict=True))
    ids = incident.column("incident_id").to_pylist()
    columns: dict[str, Any] = {
        name: incident.column(name)
        for name in (
            "incident_id",
            "code",
            "occurred_from",
            "occurred_to",
            "admin1",
            "country",
            "perpetrator",
            "weapon",
        )
    }
    columns["place"] = incident.column("place_name")
    columns["reported"] = pa.array([first.get(i, (None, None))[0] for i in ids], pa.date32())
    columns["recorded"] = pa.array([first.get(i, (None, None))[1] for i in ids], pa.date32())
    columns["grade"] = pa.array([grades.get(i) for i in ids], pa.string())
    columns["whole"] = pa.array([wholes.get(i, (None, None))[0] for i in ids], pa.string())
    columns["members"] = pa.array([wholes.get(i, (None, None))[1] for i in ids], pa.int64())
    columns["chance"] = pa.array([chances.get((i, "join"), 0.0) for i in ids], pa.float64())
    columns["split_chance"] = pa.array([1 - chances.get((i, "part"), 1.0) for i in ids], pa.float64())
    return pa.table({field.name: columns[field.name] for field in STATE}).cast(STATE)


def _first_days(tables: Tables, reports: Iterable[Report]) -> dict[str, tuple[date | None, date]]:
    """Return the day on which each incident was first reported, None where no report has a date, and first recorded."""
    days = {r.report_id: (r.published, r.recorded_at.date()) for r in reports}
    claim = tables["claim"]
    of = dict(zip(claim.column("claim_id").to_pylist(), claim.column("report_id").to_pylist(), strict=True))
    out: dict[str, tuple[date | None, date]] = {}
    member = tables["membership"]
    for incident, claim_id in zip(*(member.column(n).to_pylist() for n in ("incident_id", "claim_id")), strict=True):
        told, kept = days[of[claim_id]]
        if incident not in out:
            out[incident] = told, kept
            continue
        was, since = out[incident]
        out[incident] = min(was, told) if was is not None and told is not None else was or told, min(since, kept)
    return out


def _wholes(tables: Tables) -> tuple[dict[str, tuple[str, int]], dict[tuple[str, str], float]]:
    """Return which incidents may be one, under the name they share and how many they are; and how likely joins and parts are."""
    wholes: dict[str, tuple[str, int]] = {}
    for row in tables["range"].to_pylist():
        if row["others"]:
            members = sorted([row["incident_id"], *row["others"]])
            wholes[row["incident_id"]] = members[0], len(members)
    chances: dict[tuple[str, str], float] = {}
    for row in tables["proposal"].to_pylist():
        ends = (row["incident_id"], row["other"]) if row["kind"] == "join" else (row["incident_id"],)
        for incident in ends:
            key = incident, row["kind"]
            worse = min if row["kind"] == "part" else max
            chances[key] = worse(chances.get(key, row["probability"]), row["probability"])
    return wholes, chances


def _standing(tables: Tables) -> pa.Table:
    member = tables["membership"]
    fold = tables["fold"]
    claim = tables["claim"]
    ids = member.column("claim_id").combine_chunks()
    origin = (
        fold.column("origin")
        .combine_chunks()
        .take(pc.index_in(ids, value_set=fold.column("claim_id").combine_chunks()))
    )
    report = (
        claim.column("report_id")
        .combine_chunks()
        .take(pc.index_in(ids, value_set=claim.column("claim_id").combine_chunks()))
    )
    columns = {name: member.column(name) for name in ("incident_id", "claim_id", "role", "rule")}
    columns |= {"origin": origin, "report_id": report}
    return pa.table({name: columns[name] for name in STANDING.names}).cast(STANDING)
