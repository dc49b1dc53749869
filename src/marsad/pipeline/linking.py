"""Claims to incidents on an engine: tellings, the pairs worth comparing, what they score, and the groups they make."""

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from marsad.link.components import components
from marsad.link.incidents import BONDS, LINKING, knots, told
from marsad.link.stages import BLOCKS, GROUPS, PLAUSIBLE, pairing
from marsad.link.tellings import TELLINGS
from marsad.link.weights import Weights
from marsad.model.schema import BLOCKED, KNOT, TOLD
from marsad.stage import Engine, drive, run_table


@dataclass(frozen=True, slots=True)
class Linking:
    """What linking made: the cluster of each claim (LINKED), tellings, scored pairs, groups at three cuts, rejections."""

    linked: pa.Table
    telling: pa.Table
    pair: pa.Table
    grouped: pa.Table
    rejections: pa.Table


def link(engine: Engine, weights: Weights) -> Linking:
    """Return how the claims link; reads the tables facet, said, report, copy and twin of the engine."""
    for query in told({name: name for name in ("said", "report", "copy", "twin", "facet")}, "told"):
        engine.run(query)
    row = TOLD.field("facets").type.value_type
    nested = engine.nest("told", "report_id", ("start", "claim_id"), pa.schema(list(row)))
    tellings, bad_tellings = engine.apply(TELLINGS, nested.rename_columns(TOLD.names).cast(TOLD))
    pairs, bad_pairs = _pairs(engine, tellings, weights)
    grouped, bad_groups = _groups(engine)
    engine.register("grouped", grouped)
    engine.register("claim_telling", _claims(tellings))
    names = {"original": "told_original", "claim_telling": "claim_telling", "grouped": "grouped"}
    linked = run_table(LINKING, engine, names, "linked")
    return Linking(linked, tellings, pairs, grouped, pa.concat_tables([bad_tellings, bad_pairs, bad_groups]))


def _pairs(engine: Engine, tellings: pa.Table, weights: Weights) -> tuple[pa.Table, pa.Table]:
    blocks, bad = engine.apply(BLOCKS, tellings)
    engine.register("block", blocks)
    row = BLOCKED.field("tellings").type.value_type
    nested = engine.nest("block", "block", ("rank", "telling_id"), pa.schema(list(row)))
    lonely = pc.less(pc.list_value_length(nested.column("rows")), 2)
    blocked = nested.filter(pc.invert(lonely)).rename_columns(BLOCKED.names).cast(BLOCKED)
    pairs, refused = engine.apply(pairing(weights), blocked)
    engine.register("pair", pairs)
    return pairs, pa.concat_tables([bad, refused])


def _groups(engine: Engine) -> tuple[pa.Table, pa.Table]:
    run_table(BONDS, engine, {"pair": "pair", "cut": str(PLAUSIBLE)}, "bond")
    labels = drive(components("bond", "knotted"), engine)
    for query in knots("pair", labels, "knot"):
        engine.run(query)
    row = KNOT.field("pairs").type.value_type
    nested = engine.nest("knot", "knot", ("a", "b"), pa.schema(list(row)))
    return engine.apply(GROUPS, nested.rename_columns(KNOT.names).cast(KNOT))


def _claims(tellings: pa.Table) -> pa.Table:
    """Return which telling each claim belongs to."""
    lists = tellings.column("claims").combine_chunks()
    owners = pc.list_parent_indices(lists)
    return pa.table(
        {"claim_id": lists.flatten(), "telling_id": tellings.column("telling_id").combine_chunks().take(owners)}
    )
