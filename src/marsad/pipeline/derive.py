"""From claims to tolls: the stages of linking and assessing, wired to an engine. What is kept goes in, tables come out."""

from collections.abc import Iterable, Sequence
from datetime import date

import pyarrow as pa

from marsad.assess.stage import assessment
from marsad.link.components import components
from marsad.link.copies import FAMILIES, NEAR, TWINS
from marsad.link.describe import WEIGHING
from marsad.link.facets import FACETS
from marsad.link.incidents import LINKING
from marsad.link.sketch import SKETCHING
from marsad.link.stages import BLOCKS, GROUPS, pairing
from marsad.link.tellings import TELLINGS
from marsad.link.weights import default_weights
from marsad.model import Decision, Report
from marsad.model.schema import COPY, FOLD, GRADING, MEMBERSHIP, REJECTION
from marsad.pipeline.decided import decided_on, pinned
from marsad.pipeline.doubts import doubts, flat_tolls
from marsad.pipeline.linking import link
from marsad.pipeline.weighing import weighed
from marsad.stage import Engine, drive, run_table

Tables = dict[str, pa.Table]

_STAGES = (
    SKETCHING,
    TWINS,
    NEAR,
    FAMILIES,
    FACETS,
    TELLINGS,
    BLOCKS,
    pairing(default_weights()),
    GROUPS,
    LINKING,
    WEIGHING,
)


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
) -> Tables:
    """Return the derived tables copy, fold, incident, membership, toll, grading, rejection, telling, proposal and
    range, sorted by their keys.

    An incident that cannot be assessed is a rejection, and in no other table. Depends on its arguments alone: reports
    known on a past day give what would have been derived on that day.
    """
    decided = decided_on(claims, decisions)
    _register(engine, reports, decided.claims, sketches)
    copy = _copies(engine)
    facets, bad_facets = engine.apply(FACETS, decided.claims)
    said = engine.apply(FACETS, claims)[0] if decided.corrected else facets
    engine.register("facet", facets)
    engine.register("said", said)
    linking = link(engine, default_weights(), decided.judged)
    linked = pinned(linking.linked, decided)
    found = weighed(engine, linked, decided, policies)
    doubt = doubts(engine, linking, linked, found, decided, policies)
    rejections = pa.concat_tables([decided.rejections, bad_facets, linking.rejections, found.rejections])
    return {
        "copy": copy.cast(COPY).sort_by("report_id"),
        "fold": _fold(found.standing).sort_by("claim_id"),
        "incident": found.incidents,
        "membership": _membership(found.standing),
        "toll": flat_tolls(found.assessed).sort_by(
            [(k, "ascending") for k in ("incident_id", "policy", "measure", "category")]
        ),
        "telling": linking.telling.sort_by("telling_id"),
        "proposal": doubt.proposals,
        "range": doubt.ranges,
        "grading": found.assessed.select(GRADING.names).cast(GRADING).sort_by("incident_id"),
        "rejection": rejections.sort_by([(name, "ascending") for name in REJECTION.names]),
    }


def _register(engine: Engine, reports: Sequence[Report], claims: pa.Table, sketches: pa.Table) -> None:
    ranked = sorted(reports, key=lambda r: (r.published or date.max, r.recorded_at, r.report_id))
    arrival = sorted(reports, key=lambda r: (r.recorded_at, r.published or date.max, r.report_id))
    received = {r.report_id: n for n, r in enumerate(arrival)}
    engine.register(
        "report",
        pa.table(
            {
                "report_id": pa.array([r.report_id for r in ranked], pa.string()),
                "rank": pa.array(range(len(ranked)), pa.int64()),
                "received": pa.array([received[r.report_id] for r in ranked], pa.int64()),
                "outlet": pa.array([r.outlet for r in ranked], pa.string()),
                "published": pa.array([r.published for r in ranked], pa.date32()),
                "day": pa.array([r.published.toordinal() if r.published else None for r in ranked], pa.int64()),
            }
        ),
    )
    engine.register("claim", claims)
    engine.register("sketch", sketches)


def _copies(engine: Engine) -> pa.Table:
    run_table(TWINS, engine, {"sketch": "sketch", "report": "report"}, "twin")
    run_table(NEAR, engine, {"sketch": "sketch", "report": "report", "twin": "twin"}, "near")
    labels = drive(components("near", "family"), engine)
    return run_table(FAMILIES, engine, {"report": "report", "twin": "twin", "labels": labels}, "copy")


def _fold(standing: pa.Table) -> pa.Table:
    table = standing.select(["claim_id", "origin", "kind", "party", "fold_rule", "fold_of", "copy"])
    return table.rename_columns(FOLD.names).cast(FOLD)


def _membership(standing: pa.Table) -> pa.Table:
    table = standing.select(["incident_id", "claim_id", "role", "role_rule"]).rename_columns(MEMBERSHIP.names)
    return table.cast(MEMBERSHIP).sort_by([("incident_id", "ascending"), ("claim_id", "ascending")])
