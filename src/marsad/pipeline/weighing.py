"""Links to tolls on an engine: each group of claims weighed, described, and assessed under every policy."""

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from marsad.assess.policy import Policy
from marsad.assess.stage import assessment
from marsad.link.describe import WEIGHING
from marsad.model.schema import ASSESSED, DOCKET, DOSSIER, HEARD, INCIDENT, STANDING, WEIGHED_HEARD
from marsad.model.schema_state import NUMBERED
from marsad.pipeline.decided import Decided, notes_of
from marsad.stage import Engine, Query

EARLIEST = ("rank", "start", "claim_id")
"""Earliest first: by day of print; on one day as they were received; then as they stand in their report."""


HEARD_BY_CLUSTER = """select l.cluster, c.*, r.outlet, r.published, r.rank, r.received, l.of, d.decided, w.wire,
                      w.rule as wire_rule,
                      case when f.leader <> c.report_id then f.leader else t.leader end as reworded,
                      case when f.leader <> c.report_id then 1.0 else t.probability end as likeness
               from claim c
               join linked_now l on l.claim_id = c.claim_id join report r on r.report_id = c.report_id
               left join credit w on w.report_id = c.report_id left join copy f on f.report_id = c.report_id
               left join reworded t on t.report_id = c.report_id
               left join decided d on d.claim_id = c.claim_id"""
"""Every claim that speaks of an incident, with all that weighing asks about it."""

NUMBERED_BY_TURN = """select c.incident_id, min(c.code) as base, min(r.turn) as turn from coded c
               join standing s on s.incident_id = c.incident_id join heard h on h.claim_id = s.claim_id
               join report r on r.report_id = h.report_id group by c.incident_id"""
"""Incidents with their code and what sorts them, the first to come in first."""

DOCKETED = """h.*, s.role, s.role_rule, s.origin, s.kind, s.party, s.fold_rule, s.fold_of, s.copy, s.probability, s.hands
               from standing s join heard h on h.claim_id = s.claim_id"""
"""Columns and joins of what assessing asks of every claim, after those of its incident."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """Incidents by id, the standing of each of their claims, their assessments, and what could not be weighed.

    Incidents of one place and day share their code; `numbered` (NUMBERED) says in which order they came in.
    """

    incidents: pa.Table
    numbered: pa.Table
    standing: pa.Table
    assessed: pa.Table
    rejections: pa.Table


def weighed(engine: Engine, linked: pa.Table, decided: Decided, policies: Sequence[str | Policy]) -> Weighed:
    """Return what claims linked so (schema LINKED) come to; reads the engine's tables claim, report, copy, reworded, credit.

    An incident that cannot be assessed is a rejection, and in no other table.
    """
    found, bad = _weighed(engine, linked, decided)
    standing = _standing(found)
    engine.register("standing", standing)
    incidents = found.select(INCIDENT.names).cast(INCIDENT).sort_by("incident_id")
    numbered = _numbered(engine, incidents)
    assessed, refused = _assessed(engine, incidents, policies)
    whole = assessed.column("incident_id").combine_chunks()
    incidents, numbered, standing = (
        t.filter(pc.is_in(t.column("incident_id"), whole)) for t in (incidents, numbered, standing)
    )
    return Weighed(incidents, numbered, standing, assessed, pa.concat_tables([bad, refused]))


def coded(incidents: pa.Table, numbered: pa.Table) -> pa.Table:
    """Return the incidents (INCIDENT), those that share place and day told apart by a number after the first to come in.

    `numbered` (NUMBERED) holds all incidents of the codes concerned, also such as are not among `incidents`.
    """
    rows = sorted(numbered.to_pylist(), key=lambda r: (r["base"], r["turn"], r["incident_id"]))
    code: dict[str, str] = {}
    seen: dict[str, int] = {}
    for row in rows:
        n = seen[row["base"]] = seen.get(row["base"], 0) + 1
        code[row["incident_id"]] = row["base"] if n == 1 else f"{row['base']}-{n}"
    codes = [code[i] for i in incidents.column("incident_id").to_pylist()]
    at = incidents.schema.get_field_index("code")
    return incidents.set_column(at, "code", pa.array(codes, pa.string())).cast(INCIDENT)


def _weighed(engine: Engine, linked: pa.Table, decided: Decided) -> tuple[pa.Table, pa.Table]:
    engine.register("linked_now", linked)
    engine.register("decided", notes_of(decided))
    engine.run(Query(HEARD_BY_CLUSTER, "heard"))
    nested = engine.nest("heard", "cluster", EARLIEST, HEARD)
    return engine.apply(WEIGHING, nested.rename_columns(DOSSIER.names).cast(DOSSIER))


def _numbered(engine: Engine, incidents: pa.Table) -> pa.Table:
    engine.register("coded", incidents.select(["incident_id", "code"]))
    engine.run(Query(NUMBERED_BY_TURN, "numbered"))
    return engine.table("numbered").cast(NUMBERED).sort_by("incident_id")


def _standing(weighed: pa.Table) -> pa.Table:
    """Return one row a claim: its incident, role and origin."""
    lists = weighed.column("standing").combine_chunks()
    flat = lists.flatten()
    owners = pc.list_parent_indices(lists)
    columns = {"incident_id": weighed.column("incident_id").combine_chunks().take(owners)}
    for field in STANDING:
        columns[field.name] = flat.field(field.name)
    return pa.table(columns)


def _assessed(engine: Engine, incidents: pa.Table, policies: Sequence[str | Policy]) -> tuple[pa.Table, pa.Table]:
    engine.run(Query(f"select s.incident_id, {DOCKETED}", "docket"))
    nested = engine.nest("docket", "incident_id", EARLIEST, WEIGHED_HEARD)
    rows = dict(zip(nested.column("incident_id").to_pylist(), range(nested.num_rows), strict=True))
    order = pa.array([rows[i] for i in incidents.column("incident_id").to_pylist()], pa.int64())
    docket = pa.table(
        {
            "incident_id": incidents.column("incident_id"),
            "perpetrator": incidents.column("perpetrator"),
            "weapon": incidents.column("weapon"),
            "heard": nested.column("rows").take(order),
        }
    )
    assessed, rejected = engine.apply(assessment(policies), docket.cast(DOCKET))
    return assessed.cast(ASSESSED), rejected
