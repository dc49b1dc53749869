"""From claims to tolls: the stages of linking and assessing, wired to an engine. What is kept goes in, tables come out."""

from collections.abc import Iterable, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from marsad.assess.policy import Policy
from marsad.assess.stage import assessment
from marsad.link.copies import FAMILIES, NEAR, TWINS
from marsad.link.credits import CREDITS
from marsad.link.describe import WEIGHING
from marsad.link.facets import FACETS
from marsad.link.incidents import LINKING
from marsad.link.leads import LEADING
from marsad.link.outline import OUTLINING
from marsad.link.reworded import REWORDING
from marsad.link.sketch import SKETCHING
from marsad.link.stages import BLOCKS, GROUPS, pairing
from marsad.link.tellings import TELLINGS
from marsad.link.weights import default_weights
from marsad.model import Decision, DecisionKind, Report
from marsad.model.schema import CREDIT, FOLD, GRADING, LINEAGE, MEMBERSHIP, REJECTION, SKETCH
from marsad.pipeline.copies import copies_of
from marsad.pipeline.decided import Decided, decided_on, pinned
from marsad.pipeline.doubts import doubts, flat_tolls
from marsad.pipeline.linking import link
from marsad.pipeline.taught import weight_rows
from marsad.pipeline.weighing import Weighed, coded, weighed
from marsad.stage import Engine, run_table

Tables = dict[str, pa.Table]

NO_OUTLINES, NO_CREDITS = SKETCH.empty_table(), CREDIT.empty_table()

_STAGES = (
    SKETCHING,
    OUTLINING,
    CREDITS,
    TWINS,
    NEAR,
    FAMILIES,
    REWORDING,
    LEADING,
    FACETS,
    TELLINGS,
    BLOCKS,
    pairing(default_weights()),
    GROUPS,
    LINKING,
    WEIGHING,
)


def derivation_version(policies: Sequence[str | Policy]) -> str:
    """Return what names this way of deriving: the version of every stage after extraction, policies included."""
    return ";".join(f"{s.name}-{s.version}" for s in (*_STAGES, assessment(policies)))


def derive(
    engine: Engine,
    reports: Sequence[Report],
    claims: pa.Table,
    sketches: pa.Table,
    decisions: Iterable[Decision],
    policies: Sequence[str | Policy],
    outlines: pa.Table = NO_OUTLINES,
    credited: pa.Table = NO_CREDITS,
) -> Tables:
    """Return the derived tables copy, reworded, fold, lineage, incident, membership, toll, grading, rejection, telling,
    proposal and range, and those that the next run builds on: pair, grouped, linked, lead, numbered and weight; sorted
    by their keys.

    An incident that cannot be assessed is a rejection, and in no other table. Depends on its arguments alone: reports
    known on a past day give what would have been derived on that day.
    """
    decisions = list(decisions)
    decided = decided_on(claims, decisions)
    copy, reworded = copies_of(engine, reports, sketches, outlines)
    lead = run_table(LEADING, engine, {name: name for name in LEADING.reads}, "lead")
    engine.register("credit", credited)
    bad_facets = register_claims(engine, claims, decided)
    linking = link(engine, default_weights(), decided.judged, known_when_judged(reports, decisions))
    linked = pinned(linking.linked, decided)
    found = weighed(engine, linked, decided, policies)
    doubt = doubts(engine, linking, linked, found, decided, policies)
    rejections = pa.concat_tables([decided.rejections, bad_facets, linking.rejections, found.rejections])
    return {
        "copy": copy.sort_by("report_id"),
        "reworded": reworded.sort_by("report_id"),
        **weighed_tables(found),
        "incident": coded(found.incidents, found.numbered),
        "numbered": found.numbered,
        "telling": linking.telling.sort_by("telling_id"),
        "pair": linking.pair.sort_by([("a", "ascending"), ("b", "ascending")]),
        "grouped": linking.grouped.sort_by("telling_id"),
        "linked": linked.sort_by("claim_id"),
        "lead": lead.sort_by([("kind", "ascending"), ("mark", "ascending")]),
        "weight": weight_rows(linking.weights),
        "proposal": doubt.proposals,
        "range": doubt.ranges,
        "rejection": rejections.sort_by([(name, "ascending") for name in REJECTION.names]),
    }


def register_claims(engine: Engine, claims: pa.Table, decided: Decided) -> pa.Table:
    """Make the tables claim, facet and said known: claims as people left them, and their facets as they were read.

    Returns what was refused.
    """
    engine.register("claim", decided.claims)
    facets, bad = engine.apply(FACETS, decided.claims)
    engine.register("facet", facets)
    engine.register("said", engine.apply(FACETS, claims)[0] if decided.corrected else facets)
    return bad


def known_when_judged(reports: Iterable[Report], decisions: Iterable[Decision]) -> set[str]:
    """Return the reports that had come in when the last decision was made on what is one incident."""
    kinds = (DecisionKind.JOIN, DecisionKind.DIFFER)
    last = max((d.recorded_at for d in decisions if d.kind in kinds), default=None)
    return set() if last is None else {r.report_id for r in reports if r.recorded_at <= last}


def weighed_tables(found: Weighed) -> Tables:
    """Return the tables fold, lineage, membership, toll and grading of what was weighed, sorted by their keys."""
    tolls = [(k, "ascending") for k in ("incident_id", "policy", "measure", "category")]
    return {
        "fold": _fold(found.standing).sort_by("claim_id"),
        "lineage": _lineage(found.standing),
        "membership": _membership(found.standing),
        "toll": flat_tolls(found.assessed).sort_by(tolls),
        "grading": found.assessed.select(GRADING.names).cast(GRADING).sort_by("incident_id"),
    }


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
