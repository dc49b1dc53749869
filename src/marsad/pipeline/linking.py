"""Claims to incidents on an engine: tellings, the pairs worth comparing, what they score, and the groups they make."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from marsad.link.cluster import NEVER
from marsad.link.components import components
from marsad.link.incidents import BONDS, LINKING, knots, told
from marsad.link.stages import BLOCKS, GROUPS, PLAUSIBLE, pairing
from marsad.link.tellings import TELLINGS
from marsad.link.weights import Weights
from marsad.model.schema_linking import BLOCKED, KNOT, PAIR, TOLD
from marsad.pipeline.taught import taught
from marsad.stage import Engine, drive, run_table

Between = Mapping[tuple[str, str], bool]
"""Of two tellings, by their ids in order, whether a person said that they are of one incident."""


@dataclass(frozen=True, slots=True)
class Linking:
    """What linking made: the cluster of each claim (LINKED), tellings, scored pairs, groups at three cuts, rejections.

    `weights` are those by which pairs were scored.
    """

    linked: pa.Table
    telling: pa.Table
    pair: pa.Table
    grouped: pa.Table
    rejections: pa.Table
    weights: Weights


def link(
    engine: Engine,
    shipped: Weights,
    judged: Sequence[tuple[str, str, bool]] = (),
    known: Collection[str] | None = None,
) -> Linking:
    """Return how the claims link; reads the tables facet, said, report, copy and twin of the engine.

    `judged` are pairs of claims of which people said whether they are of one incident. What people told apart is never
    linked, and from ENOUGH judgements on the weights are those that the judgements teach, near the shipped ones: in the
    light of the reports `known` when the last of them was made, so that no later report moves them (None: of all).
    """
    tellings, bad_tellings = tellings_told(engine)
    between = judged_between(tellings, judged)
    blocks, bad_blocks = engine.apply(BLOCKS, tellings)
    engine.register("block", blocks)
    weights = taught(engine, tellings, between, shipped, known)
    pairs, bad_pairs = _pairs(engine, weights)
    pairs = parted(pairs, tellings, between)
    engine.register("pair", pairs)
    grouped, bad_groups = _groups(engine)
    linked = clusters(engine, tellings, grouped)
    bad = pa.concat_tables([bad_tellings, bad_blocks, bad_pairs, bad_groups])
    return Linking(linked, tellings, pairs, grouped, bad, weights)


def tellings_told(engine: Engine) -> tuple[pa.Table, pa.Table]:
    """Return the tellings that the engine's facets make (TELLING), and what was refused; leaves `told` and `told_original`."""
    for query in told({name: name for name in ("said", "report", "copy", "twin", "facet")}, "told"):
        engine.run(query)
    row = TOLD.field("facets").type.value_type
    nested = engine.nest("told", "report_id", ("start", "claim_id"), pa.schema(list(row)))
    return engine.apply(TELLINGS, nested.rename_columns(TOLD.names).cast(TOLD))


def clusters(engine: Engine, tellings: pa.Table, grouped: pa.Table) -> pa.Table:
    """Return which cluster each claim of the engine falls into (LINKED), by the groups of its tellings; reads `told_original`."""
    engine.register("grouped", grouped)
    engine.register("claim_telling", claims_of(tellings))
    names = {"original": "told_original", "claim_telling": "claim_telling", "grouped": "grouped"}
    return run_table(LINKING, engine, names, "linked")


def judged_between(tellings: pa.Table, judged: Sequence[tuple[str, str, bool]]) -> dict[tuple[str, str], bool]:
    """Return the judgements as pairs of tellings, by their ids in order; one that parts them counts for more."""
    claims = claims_of(tellings)
    of = dict(zip(claims.column("claim_id").to_pylist(), claims.column("telling_id").to_pylist(), strict=True))
    out: dict[tuple[str, str], bool] = {}
    for one, other, same in judged:
        if one in of and other in of and of[one] != of[other]:
            low, high = sorted((of[one], of[other]))
            out[low, high] = same and out.get((low, high), True)
    return out


def parted(pairs: pa.Table, tellings: pa.Table, between: Between) -> pa.Table:
    """Return the pairs with those that people told apart as never to be linked."""
    told = apart_rows(tellings, between)
    if not told.num_rows:
        return pairs
    apart = {pair for pair, same in between.items() if not same}
    kept = [(a, b) not in apart for a, b in zip(*(pairs.column(end).to_pylist() for end in "ab"), strict=True)]
    return pa.concat_tables([pairs.filter(pa.array(kept, pa.bool_())), told])


PARTED = {"log_odds": NEVER, "silent": False, "loose_a": False, "loose_b": False}
"""What a pair is that people told apart, beside who it is."""


def apart_rows(tellings: pa.Table, between: Between) -> pa.Table:
    """Return the pairs of tellings that people told apart (PAIR), as never to be linked."""
    apart = {pair for pair, same in between.items() if not same}
    report = dict(zip(*(tellings.column(name).to_pylist() for name in ("telling_id", "report_id")), strict=True))
    rows = [{"a": a, "b": b, "report_a": report[a], "report_b": report[b], **PARTED} for a, b in sorted(apart)]
    return pa.Table.from_pylist(rows, schema=PAIR)


def claims_of(tellings: pa.Table) -> pa.Table:
    """Return which telling each claim belongs to."""
    lists = tellings.column("claims").combine_chunks()
    owners = pc.list_parent_indices(lists)
    return pa.table(
        {"claim_id": lists.flatten(), "telling_id": tellings.column("telling_id").combine_chunks().take(owners)}
    )


def _pairs(engine: Engine, weights: Weights) -> tuple[pa.Table, pa.Table]:
    row = BLOCKED.field("tellings").type.value_type
    nested = engine.nest("block", "block", ("rank", "telling_id"), pa.schema(list(row)))
    lonely = pc.less(pc.list_value_length(nested.column("rows")), 2)
    blocked = nested.filter(pc.invert(lonely)).rename_columns(BLOCKED.names).cast(BLOCKED)
    return engine.apply(pairing(weights), blocked)


def _groups(engine: Engine) -> tuple[pa.Table, pa.Table]:
    run_table(BONDS, engine, {"pair": "pair", "cut": str(PLAUSIBLE)}, "bond")
    labels = drive(components("bond", "knotted"), engine)
    for query in knots("pair", labels, "knot"):
        engine.run(query)
    row = KNOT.field("pairs").type.value_type
    nested = engine.nest("knot", "knot", ("a", "b"), pa.schema(list(row)))
    return engine.apply(GROUPS, nested.rename_columns(KNOT.names).cast(KNOT))
