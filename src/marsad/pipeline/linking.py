"""Claims to incidents on an engine: tellings, the pairs worth comparing, what they score, and the groups they make."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from marsad.link.cluster import NEVER
from marsad.link.components import components
from marsad.link.incidents import BONDS, LINKING, knots, told
from marsad.link.stages import BLOCKS, GROUPS, PLAUSIBLE, pairing
from marsad.link.tellings import TELLINGS
from marsad.link.weights import Weights
from marsad.model.schema import BLOCKED, KNOT, PAIR, TOLD
from marsad.pipeline.taught import taught
from marsad.stage import Engine, drive, run_table


@dataclass(frozen=True, slots=True)
class Linking:
    """What linking made: the cluster of each claim (LINKED), tellings, scored pairs, groups at three cuts, rejections."""

    linked: pa.Table
    telling: pa.Table
    pair: pa.Table
    grouped: pa.Table
    rejections: pa.Table


def link(engine: Engine, shipped: Weights, judged: Sequence[tuple[str, str, bool]] = ()) -> Linking:
    """Return how the claims link; reads the tables facet, said, report, copy and twin of the engine.

    `judged` are pairs of claims of which people said whether they are of one incident. What people told apart is never
    linked, and from ENOUGH judgements on the weights are those that the judgements teach, near the shipped ones.
    """
    for query in told({name: name for name in ("said", "report", "copy", "twin", "facet")}, "told"):
        engine.run(query)
    row = TOLD.field("facets").type.value_type
    nested = engine.nest("told", "report_id", ("start", "claim_id"), pa.schema(list(row)))
    tellings, bad_tellings = engine.apply(TELLINGS, nested.rename_columns(TOLD.names).cast(TOLD))
    pairs, bad_pairs = _pairs(engine, tellings, shipped, _between(tellings, judged))
    grouped, bad_groups = _groups(engine)
    engine.register("grouped", grouped)
    engine.register("claim_telling", _claims(tellings))
    names = {"original": "told_original", "claim_telling": "claim_telling", "grouped": "grouped"}
    linked = run_table(LINKING, engine, names, "linked")
    return Linking(linked, tellings, pairs, grouped, pa.concat_tables([bad_tellings, bad_pairs, bad_groups]))


def _between(tellings: pa.Table, judged: Sequence[tuple[str, str, bool]]) -> dict[tuple[str, str], bool]:
    """Return the judgements as pairs of tellings, by their ids in order; one that parts them counts for more."""
    claims = _claims(tellings)
    of = dict(zip(claims.column("claim_id").to_pylist(), claims.column("telling_id").to_pylist(), strict=True))
    out: dict[tuple[str, str], bool] = {}
    for one, other, same in judged:
        if one in of and other in of and of[one] != of[other]:
            low, high = sorted((of[one], of[other]))
            out[low, high] = same and out.get((low, high), True)
    return out


def _pairs(
    engine: Engine, tellings: pa.Table, shipped: Weights, between: Mapping[tuple[str, str], bool]
) -> tuple[pa.Table, pa.Table]:
    blocks, bad = engine.apply(BLOCKS, tellings)
    engine.register("block", blocks)
    weights = taught(engine, tellings, between, shipped)
    row = BLOCKED.field("tellings").type.value_type
    nested = engine.nest("block", "block", ("rank", "telling_id"), pa.schema(list(row)))
    lonely = pc.less(pc.list_value_length(nested.column("rows")), 2)
    blocked = nested.filter(pc.invert(lonely)).rename_columns(BLOCKED.names).cast(BLOCKED)
    pairs, refused = engine.apply(pairing(weights), blocked)
    pairs = _parted(pairs, tellings, between)
    engine.register("pair", pairs)
    return pairs, pa.concat_tables([bad, refused])


def _parted(pairs: pa.Table, tellings: pa.Table, between: Mapping[tuple[str, str], bool]) -> pa.Table:
    """Return the pairs with those that people told apart as never to be linked."""
    apart = {pair for pair, same in between.items() if not same}
    if not apart:
        return pairs
    report = dict(zip(*(tellings.column(name).to_pylist() for name in ("telling_id", "report_id")), strict=True))
    kept = [(a, b) not in apart for a, b in zip(*(pairs.column(end).to_pylist() for end in "ab"), strict=True)]
    rows = [
        {"a": a, "b": b, "report_a": report[a], "report_b": report[b], "log_odds": NEVER, "silent": False}
        for a, b in sorted(apart)
    ]
    return pa.concat_tables([pairs.filter(pa.array(kept, pa.bool_())), pa.Table.from_pylist(rows, schema=PAIR)])


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
