"""How good tolls are: after linking as against perfect linking, and against minima, maxima and grades that others published."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa

from marsad.collect.json_lines import report_line
from marsad.collect.particulars import Particulars
from marsad.collect.text_of import text_of
from marsad.engines.local import LocalEngine
from marsad.evaluate.linked_marks import linked_marks
from marsad.evaluate.published import Agreement, Computed, Published, agreement, read_published
from marsad.model import Claim, Report, ReportId, Sha256, Text, Wrong
from marsad.model.rows import claim_row, text_row
from marsad.model.schema import CLAIM, CREDIT, REJECTION, SKETCH, TEXT
from marsad.pipeline.decided import decided_on
from marsad.pipeline.derive import derive
from marsad.pipeline.doubts import flat_tolls
from marsad.pipeline.evaluate_reading import lines_of
from marsad.pipeline.given_claims import given_claims
from marsad.pipeline.run import Reader
from marsad.pipeline.weighing import weighed
from marsad.stage import Engine

POLICIES = ("airwars", "ucdp")
REPORTS = "reports.jsonl"
_FIRST = datetime(2000, 1, 1, tzinfo=UTC)
_NOBODY = Particulars(outlet="not told")
_WIDE = 3
"""Days by which a claim may miss the published day and still be of the incident, where links are given."""

_REMEDY = "docs/assessing.md says what a folder for this holds"
Key = tuple[str, str, str]
Numbers = tuple[int | None, int | None, int | None]


@dataclass(frozen=True, slots=True)
class SameTolls:
    """Of `incidents` that people know, `same` have after linking every toll that perfect linking gives them.

    `total_same` have the same number of killed, under each policy; `off` names the others, with what they would have and
    what they have (low, best, high of the killed under ucdp).
    """

    incidents: int
    same: int
    total_same: int
    off: Mapping[str, tuple[Numbers | None, Numbers | None]]


def same_tolls(
    engine: Engine, reports: Sequence[Report], claims: pa.Table, made: Mapping[str, pa.Table], truth: Mapping[str, str]
) -> SameTolls:
    """Return for how many incidents the linker's tolls are those of perfect linking.

    `claims` and what was `made` of them by reading are linked once by marsad and once as `truth` has it, an incident for
    each claim; claims that it does not name are left out of both. An incident is stood for by the cluster with most of
    its claims; a cluster stands for one incident, the one of which it has most claims, and the others that it swallowed
    have no toll: which is the same only where perfect linking gives them none either.
    """
    derive(
        engine, reports, claims, made["sketch"], (), POLICIES, made.get("outline", SKETCH.empty_table()),
        made.get("credit", CREDIT.empty_table()),
    )  # fmt: skip
    linked = engine.table("linked").to_pylist()
    shape = engine.table("linked").schema
    mine = [row for row in linked if row["claim_id"] in truth]
    perfect = [{**row, "cluster": truth[row["claim_id"]]} for row in mine]
    tolls = [_tolls_by_cluster(engine, rows, shape, claims) for rows in (mine, perfect)]
    cluster_of = {row["claim_id"]: row["cluster"] for row in mine}
    votes: dict[str, Counter[str]] = {}
    for claim, incident in truth.items():
        if claim in cluster_of:
            votes.setdefault(incident, Counter())[cluster_of[claim]] += 1
    owner: dict[str, str] = {}
    for incident, vote in sorted(votes.items()):
        cluster = _stands(vote)
        if cluster not in owner or vote[cluster] > votes[owner[cluster]][cluster]:
            owner[cluster] = incident
    off: dict[str, tuple[Numbers | None, Numbers | None]] = {}
    same = total_same = 0
    for incident, vote in sorted(votes.items()):
        cluster = _stands(vote)
        found = tolls[0].get(cluster, {}) if owner[cluster] == incident else {}
        right = tolls[1].get(incident, {})
        total = [("killed", "total", p) for p in POLICIES]
        same += found == right
        if all(found.get(k) == right.get(k) for k in total):
            total_same += 1
        else:
            off[incident] = right.get(total[1]), found.get(total[1])
    return SameTolls(len(votes), same, total_same, off)


def _stands(vote: Counter[str]) -> str:
    return min(vote, key=lambda name: (-vote[name], name))


def _tolls_by_cluster(
    engine: Engine, rows: Sequence[Mapping[str, Any]], shape: pa.Schema, claims: pa.Table
) -> dict[str, dict[Key, Numbers]]:
    if not rows:
        return {}
    found = weighed(engine, pa.Table.from_pylist(list(rows), schema=shape), decided_on(claims, ()), POLICIES)
    named = {row["claim_id"]: row["cluster"] for row in rows}
    cluster = {
        row["incident_id"]: named[row["claim_id"]]
        for row in found.standing.select(["claim_id", "incident_id"]).to_pylist()
    }
    out: dict[str, dict[Key, Numbers]] = {}
    for toll in flat_tolls(found.assessed).to_pylist():
        key = toll["measure"], toll["category"], toll["policy"]
        numbers = toll["low"], toll["best"], toll["high"]
        if numbers != (None, None, None):  # a toll without a number is none
            out.setdefault(cluster[toll["incident_id"]], {})[key] = numbers
    return out


@dataclass(frozen=True, slots=True)
class Scored:
    """How computed tolls and grades agree with a published table, `linked` by marsad and with links `given`.

    `reports` is how many reports there are, `without` how many incidents have none.
    """

    reports: int
    without: int
    linked: Agreement
    given: Agreement


def evaluate_published(path: Path, reports: Path | None = None, processes: int | None = None) -> Scored:
    """Return how tolls and grades computed from reports agree with published ones.

    `path` is the table, or a folder with published.csv or published.jsonl; `reports` the reports as JSON lines, those in
    the table's folder where None is given. Each names its incident, or a list of them, under "incident", and has a text,
    or claims without one. Raises Wrong, naming file and line, for what is none.
    """
    table = _table_in(path)
    published = read_published(table)
    file = reports or table.parent / REPORTS
    known = {each.incident for each in published}
    with LocalEngine(processes) as engine:
        kept, claims, made, of = _read(engine, file, known)
        derived = derive(engine, kept, claims, made["sketch"], (), POLICIES, made["outline"], made["credit"])
        linked = _as_linked(published, derived, claims, of)
        given = _as_given(engine, published, claims, of)
    asked = [each for each in published if of.get(each.incident)]
    return Scored(
        len(kept),
        len(published) - len(asked),
        agreement((each, linked.get(each.incident)) for each in asked),
        agreement((each, given.get(each.incident)) for each in asked),
    )


def _table_in(path: Path) -> Path:
    if not path.is_dir():
        return path
    for name in ("published.csv", "published.jsonl"):
        if (path / name).is_file():
            return path / name
    raise Wrong(str(path), None, "holds no published.csv or published.jsonl", _REMEDY)


_Of = dict[str, set[str]]
"""The reports of each incident."""


def _read(engine: LocalEngine, file: Path, known: set[str]) -> tuple[list[Report], pa.Table, dict[str, pa.Table], _Of]:
    kept: list[Report] = []
    rows: list[dict[str, Any]] = []
    marked: list[Claim] = []
    of: _Of = {}
    for n, (raw, name, line) in enumerate(lines_of(file)):
        report_id = ReportId(str(line.get("id", n)))
        named = line.get("incident", line.get("incidents"))
        incidents = [str(i) for i in (named if isinstance(named, list) else [named]) if i is not None]
        for incident in incidents:
            of.setdefault(incident, set()).add(report_id)
        if not known.intersection(incidents):
            continue
        at = _FIRST + timedelta(seconds=n)
        if isinstance(line.get("text"), str):
            item = report_line(raw, name, _NOBODY)
            text, _ = text_of(item.data, item.name)
            kept.append(Report(report_id, Sha256(""), item.outlet, item.published, item.lang, None, at))
            rows.append(text_row(Text(report_id, text, item.published, item.outlet, item.lang)))
        else:
            outlet = str(line.get("outlet") or "not told")
            kept.append(Report(report_id, Sha256(""), outlet, _day(line.get("published")), None, None, at))
            marked += [claim for _, claim in given_claims(report_id, list(linked_marks(line, name)), ())]
    if not kept:
        raise Wrong(str(file), None, "has no report of an incident in the table", _REMEDY)
    made = Reader.over(None).read(engine, pa.Table.from_pylist(rows, schema=TEXT))
    claims = pa.concat_tables([made["claim"], pa.Table.from_pylist([claim_row(c) for c in marked], schema=CLAIM)])
    assert made["rejection"].schema.equals(REJECTION)  # noqa: S101 - for the reader
    return kept, claims.sort_by("claim_id"), made, of


def _day(words: object) -> date | None:
    try:
        return date.fromisoformat(str(words))
    except ValueError:
        return None


def _as_linked(
    published: Iterable[Published], derived: Mapping[str, pa.Table], claims: pa.Table, of: _Of
) -> dict[str, Computed]:
    """Return what the incident computes to that most claims of each published incident's reports ended in, day first."""
    report = dict(zip(*(claims.column(n).to_pylist() for n in ("claim_id", "report_id")), strict=True))
    votes: dict[str, Counter[str]] = {}
    for row in derived["membership"].to_pylist():
        votes.setdefault(report[row["claim_id"]], Counter())[row["incident_id"]] += 1
    spans = {r["incident_id"]: (r["occurred_from"], r["occurred_to"]) for r in derived["incident"].to_pylist()}
    tolls = _by_incident(derived["toll"].to_pylist())
    grades = {row["incident_id"]: row["grade"] for row in derived["grading"].to_pylist()}
    out = {}
    for each in published:
        vote: Counter[str] = Counter()
        for report_id in of.get(each.incident, ()):
            vote.update(dict.fromkeys(votes.get(report_id, ()), 1))
        if vote:
            chosen = min(vote, key=lambda i: (not _near(spans[i], each.day), -vote[i], i))
            out[each.incident] = _computed(tolls.get(chosen, {}), grades.get(chosen))
    return out


def _near(span: tuple[date | None, date | None], day: date | None) -> bool:
    first, last = span
    if day is None or first is None or last is None:
        return True
    return first - timedelta(_WIDE) <= day <= last + timedelta(_WIDE)


def _as_given(engine: Engine, published: Iterable[Published], claims: pa.Table, of: _Of) -> dict[str, Computed]:
    """Return what the claims of each incident's reports compute to, those told of another time left out."""
    by_report: dict[str, list[Mapping[str, Any]]] = {}
    for row in claims.to_pylist():
        by_report.setdefault(row["report_id"], []).append(row)
    rows, seen = [], set[str]()
    for each in published:
        for report_id in sorted(of.get(each.incident, ())):
            for claim in by_report.get(report_id, ()):
                fits = _near((claim["occurred_from"], claim["occurred_to"]), each.day)
                if fits and claim["claim_id"] not in seen:
                    seen.add(claim["claim_id"])
                    rows.append({"claim_id": claim["claim_id"], "cluster": each.incident, "of": None})
    shape = engine.table("linked").schema
    linked = pa.Table.from_pylist([{n: row.get(n) for n in shape.names} for row in rows], schema=shape)
    found = weighed(engine, linked, decided_on(claims, ()), POLICIES)
    home = {row["claim_id"]: row["cluster"] for row in rows}
    name = {
        r["incident_id"]: home[r["claim_id"]] for r in found.standing.select(["claim_id", "incident_id"]).to_pylist()
    }
    tolls = _by_incident(flat_tolls(found.assessed).to_pylist())
    grades = {row["incident_id"]: row["grade"] for row in found.assessed.select(["incident_id", "grade"]).to_pylist()}
    return {name[i]: _computed(tolls.get(i, {}), grades.get(i)) for i in name.keys() & grades.keys()}


def _by_incident(rows: Iterable[Mapping[str, Any]]) -> dict[str, dict[Key, Numbers]]:
    out: dict[str, dict[Key, Numbers]] = {}
    for row in rows:
        key = row["measure"], row["category"], row["policy"]
        out.setdefault(row["incident_id"], {})[key] = row["low"], row["best"], row["high"]
    return out


def _computed(tolls: Mapping[Key, Numbers], grade: str | None) -> Computed:
    none: Numbers = (None, None, None)
    low, _, high = tolls.get(("killed", "civilians", "airwars"), none)
    hurt_low, _, hurt_high = tolls.get(("injured", "total", "airwars"), none)
    return Computed(low, high, grade, hurt_low, hurt_high)
