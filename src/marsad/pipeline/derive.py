"""From claims to tolls: the stages of linking and assessing, wired to an engine. What is kept goes in, tables come out."""

from collections.abc import Iterable, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from marsad.assess.stage import assessment
from marsad.link.buckets import BUCKETS
from marsad.link.components import components
from marsad.link.copies import FAMILIES, NEAR, TWINS
from marsad.link.credits import CREDITS
from marsad.link.describe import WEIGHING
from marsad.link.facets import FACETS
from marsad.link.incidents import LINKING
from marsad.link.outline import OUTLINING
from marsad.link.reworded import REWORDING
from marsad.link.sketch import SKETCHING
from marsad.model import Decision, Report
from marsad.model.rows import canonical_json
from marsad.model.schema import (
    ASSESSED,
    CREDIT,
    DOCKET,
    DOSSIER,
    FOLD,
    GRADING,
    HEARD,
    INCIDENT,
    LINEAGE,
    MEMBERSHIP,
    REJECTION,
    SKETCH,
    STANDING,
    TOLL,
    WEIGHED_HEARD,
)
from marsad.pipeline.copies import copies_of
from marsad.pipeline.decided import Decided, decided_on, pinned
from marsad.stage import Engine, Query, drive, run_table

Tables = dict[str, pa.Table]

NO_OUTLINES, NO_CREDITS = SKETCH.empty_table(), CREDIT.empty_table()

_EARLIEST = ("rank", "start", "claim_id")
"""Earliest first: by day of print; on one day as they were received; then as they stand in their report."""

_STAGES = (SKETCHING, OUTLINING, CREDITS, TWINS, NEAR, FAMILIES, REWORDING, FACETS, BUCKETS, LINKING, WEIGHING)


def derivation_version(policies: Sequence[str]) -> str:
    """Return what names this way of deriving: the version of every stage after extraction, policies included."""
    return ";".join(f"{s.name}-{s.version}" for s in (*_STAGES, assessment(policies)))


def derive(
    engine: Engine,
    reports: Sequence[Report],
    claims: pa.Table,
    sketches: pa.Table,
    decisions: Iterable[Decision],
    policies: Sequence[str],
    outlines: pa.Table = NO_OUTLINES,
    credited: pa.Table = NO_CREDITS,
) -> Tables:
    """Return the derived tables copy, reworded, fold, lineage, incident, membership, toll, grading, rejection, sorted by key.

    An incident that cannot be assessed is a rejection, and in no other table. Depends on its arguments alone: reports
    known on a past day give what would have been derived on that day.
    """
    decided = decided_on(claims, decisions)
    copy, reworded = copies_of(engine, reports, sketches, outlines)
    engine.register("claim", decided.claims)
    engine.register("credit", credited)
    facets, bad_facets = engine.apply(FACETS, decided.claims)
    said = engine.apply(FACETS, claims)[0] if decided.corrected else facets
    linked = pinned(_linked(engine, facets, said), decided)
    weighed, bad_weighed = _weighed(engine, linked, decided)
    standing = _standing(weighed)
    engine.register("standing", standing)
    incidents = _coded(engine, weighed.select(INCIDENT.names))
    assessed, bad_assessed = _assessed(engine, incidents, policies)
    whole = assessed.column("incident_id").combine_chunks()
    incidents, standing = (t.filter(pc.is_in(t.column("incident_id"), whole)) for t in (incidents, standing))
    rejections = pa.concat_tables([decided.rejections, bad_facets, bad_weighed, bad_assessed])
    return {
        "copy": copy.sort_by("report_id"),
        "reworded": reworded.sort_by("report_id"),
        "fold": _fold(standing).sort_by("claim_id"),
        "lineage": _lineage(standing),
        "incident": incidents,
        "membership": _membership(standing),
        "toll": _tolls(assessed),
        "grading": assessed.select(GRADING.names).cast(GRADING).sort_by("incident_id"),
        "rejection": rejections.sort_by([(name, "ascending") for name in REJECTION.names]),
    }


def _linked(engine: Engine, facets: pa.Table, said: pa.Table) -> pa.Table:
    engine.register("facet", facets)
    engine.register("said", said)
    run_table(BUCKETS, engine, {name: name for name in BUCKETS.reads}, "bucket")
    labels = drive(components("bucket", "merged"), engine)
    return run_table(LINKING, engine, {"bucket": "bucket", "labels": labels}, "linked")


def _weighed(engine: Engine, linked: pa.Table, decided: Decided) -> tuple[pa.Table, pa.Table]:
    engine.register("linked_now", linked)
    notes = {claim: canonical_json(kinds) for claim, kinds in decided.by_claim.items()}
    engine.register(
        "decided",
        pa.table(
            {"claim_id": pa.array(list(notes), pa.string()), "decided": pa.array(list(notes.values()), pa.string())}
        ),
    )
    engine.run(
        Query(
            """select l.cluster, c.*, r.outlet, r.published, r.rank, l.of, d.decided, w.wire,
                      case when f.leader <> c.report_id then f.leader else t.leader end as reworded,
                      case when f.leader <> c.report_id then 1.0 else t.probability end as likeness
               from claim c
               join linked_now l on l.claim_id = c.claim_id join report r on r.report_id = c.report_id
               left join credit w on w.report_id = c.report_id left join copy f on f.report_id = c.report_id
               left join reworded t on t.report_id = c.report_id
               left join decided d on d.claim_id = c.claim_id""",
            "heard",
        )
    )
    nested = engine.nest("heard", "cluster", _EARLIEST, HEARD)
    return engine.apply(WEIGHING, nested.rename_columns(DOSSIER.names).cast(DOSSIER))


def _coded(engine: Engine, incidents: pa.Table) -> pa.Table:
    """Return the incidents by id, those that share place and day told apart by a number after the earliest reported one."""
    first = "select s.incident_id, min(h.rank) as rank from standing s join heard h on h.claim_id = s.claim_id"
    engine.run(Query(f"{first} group by s.incident_id", "reported"))
    order = [("code", "ascending"), ("rank", "ascending"), ("incident_id", "ascending")]
    ordered = incidents.join(engine.table("reported"), "incident_id").sort_by(order).select(INCIDENT.names)
    codes: list[str] = []
    seen: dict[str, int] = {}
    for code in ordered.column("code").to_pylist():
        seen[code] = seen.get(code, 0) + 1
        codes.append(code if seen[code] == 1 else f"{code}-{seen[code]}")
    at = ordered.schema.get_field_index("code")
    return ordered.set_column(at, "code", pa.array(codes, pa.string())).cast(INCIDENT).sort_by("incident_id")


def _standing(weighed: pa.Table) -> pa.Table:
    """Return one row a claim: its incident, role and origin."""
    lists = weighed.column("standing").combine_chunks()
    flat = lists.flatten()
    owners = pc.list_parent_indices(lists)
    columns = {"incident_id": weighed.column("incident_id").combine_chunks().take(owners)}
    for field in STANDING:
        columns[field.name] = flat.field(field.name)
    return pa.table(columns)


def _fold(standing: pa.Table) -> pa.Table:
    table = standing.select(["claim_id", "origin", "kind", "party", "fold_rule", "fold_of", "copy", "probability"])
    return table.rename_columns(FOLD.names).cast(FOLD)


def _lineage(standing: pa.Table) -> pa.Table:
    """Return one row a hand: through whom each claim's number went."""
    lists = standing.column("hands").combine_chunks()
    flat, owners = lists.flatten(), pc.list_parent_indices(lists)
    columns = [flat.field(field.name) for field in LINEAGE if field.name != "claim_id"]
    table = pa.table([standing.column("claim_id").combine_chunks().take(owners), *columns], names=LINEAGE.names)
    return table.cast(LINEAGE).sort_by([("claim_id", "ascending"), ("turn", "ascending")])


def _membership(standing: pa.Table) -> pa.Table:
    table = standing.select(["incident_id", "claim_id", "role", "role_rule"]).rename_columns(MEMBERSHIP.names)
    return table.cast(MEMBERSHIP).sort_by([("incident_id", "ascending"), ("claim_id", "ascending")])


def _assessed(engine: Engine, incidents: pa.Table, policies: Sequence[str]) -> tuple[pa.Table, pa.Table]:
    engine.run(
        Query(
            """select s.incident_id, h.*, s.role, s.role_rule, s.origin, s.kind, s.party, s.fold_rule, s.fold_of, s.copy,
                      s.probability, s.hands
               from standing s join heard h on h.claim_id = s.claim_id""",
            "docket",
        )
    )
    nested = engine.nest("docket", "incident_id", _EARLIEST, WEIGHED_HEARD)
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


def _tolls(assessed: pa.Table) -> pa.Table:
    flat = assessed.column("tolls").combine_chunks().flatten()
    table = pa.table({field.name: flat.field(field.name) for field in TOLL}).cast(TOLL)
    return table.sort_by([(k, "ascending") for k in ("incident_id", "policy", "measure", "category")])
