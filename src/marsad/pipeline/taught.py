"""Weights that the judgements of a project teach, on an engine."""

from collections.abc import Collection, Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from marsad.link.learn import learned_if_better
from marsad.link.likeness import likenesses
from marsad.link.tellings import telling_of
from marsad.link.weights import BASE, CROWD, Weights, default_weights
from marsad.model.schema_state import WEIGHT
from marsad.model.telling import Telling
from marsad.stage import Engine, Query

BESIDE_JUDGED = """select distinct r.telling_id from block r
               join (select x.block from judged_pair j join block x on x.telling_id = j.a
                     join block y on y.telling_id = j.b and y.block = x.block) s on s.block = r.block"""
"""The tellings that share a block with both of a judged pair."""

ENOUGH = 40
"""Judgements from which a project's own weights are worth more than the shipped ones alone."""


def taught(
    engine: Engine,
    tellings: pa.Table,
    between: Mapping[tuple[str, str], bool],
    shipped: Weights,
    known: Collection[str] | None = None,
) -> Weights:
    """Return the weights that judgements about pairs of tellings teach, near the shipped ones; reads the table block.

    `between` says of two tellings, by their ids in order, whether they are of one incident. They are compared among all
    that share a block with both, as a run compares them: learnt from a pair without its crowd, weights would hold the
    crowd against it twice. Only reports `known` when the people judged count among them, so that no later report changes
    what was learnt (None: all). Pairs that a run does not compare teach nothing. Below ENOUGH judgements, and where all are
    the same, the shipped weights come back.
    """
    if len(between) < ENOUGH or len(set(between.values())) == 1:
        return shipped
    firsts, seconds = zip(*sorted(between), strict=True)
    engine.register("judged_pair", pa.table({"a": pa.array(firsts, pa.string()), "b": pa.array(seconds, pa.string())}))
    engine.run(Query(BESIDE_JUDGED, "beside_judged"))
    beside = engine.table("beside_judged").column("telling_id").combine_chunks()
    rows = tellings.filter(pc.is_in(tellings.column("telling_id"), value_set=beside)).to_pylist()
    rows = [row for row in rows if known is None or row["report_id"] in known]
    return learnt([telling_of(row) for row in rows], between, shipped)


def learnt(tellings: Sequence[Telling], between: Mapping[tuple[str, str], bool], shipped: Weights) -> Weights:
    """Return the weights that judgements teach, given all tellings that share a block with both of a judged pair.

    Below ENOUGH judgements, and where all are the same, the shipped weights come back.
    """
    if len(between) < ENOUGH or len(set(between.values())) == 1:
        return shipped
    found = ((each, between.get((each.a, each.b))) for each in likenesses(tellings))
    return learned_if_better([(each.levels, each.crowd, same) for each, same in found if same is not None], shipped)


def weight_rows(weights: Weights) -> pa.Table:
    """Return weights as a table (WEIGHT); none for those that marsad ships."""
    if weights == default_weights():
        return WEIGHT.empty_table()
    rows = [(BASE, "", weights.base), (CROWD, "", weights.crowd)]
    rows += [(side, level, value) for side, levels in weights.of.items() for level, value in levels.items()]
    return pa.Table.from_pylist([dict(zip(WEIGHT.names, row, strict=True)) for row in sorted(rows)], schema=WEIGHT)


def weights_in(table: pa.Table) -> Weights:
    """Return the weights that a table (WEIGHT) holds; the shipped ones where it is empty."""
    if not table.num_rows:
        return default_weights()
    of: dict[str, dict[str, float]] = {}
    for row in table.to_pylist():
        of.setdefault(row["side"], {})[row["level"]] = row["log_odds"]
    base, crowd = (of.pop(side)[""] for side in (BASE, CROWD))
    return Weights(base, crowd, of)
