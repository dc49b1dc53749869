"""Weights that the judgements of a project teach, on an engine."""

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from marsad.link.learn import learned
from marsad.link.likeness import likenesses
from marsad.link.tellings import telling_of
from marsad.link.weights import Weights
from marsad.stage import Engine, Query

ENOUGH = 40
"""Judgements from which a project's own weights are worth more than the shipped ones alone."""


def taught(engine: Engine, tellings: pa.Table, between: Mapping[tuple[str, str], bool], shipped: Weights) -> Weights:
    """Return the weights that judgements about pairs of tellings teach, near the shipped ones; reads the table block.

    `between` says of two tellings, by their ids in order, whether they are of one incident. They are compared among all
    that share a block with both, as a run compares them: learnt from a pair without its crowd, weights would hold the
    crowd against it twice. Pairs that a run does not compare teach nothing. Below ENOUGH judgements, and where all are
    the same, the shipped weights come back.
    """
    if len(between) < ENOUGH or len(set(between.values())) == 1:
        return shipped
    firsts, seconds = zip(*sorted(between), strict=True)
    engine.register("judged_pair", pa.table({"a": pa.array(firsts, pa.string()), "b": pa.array(seconds, pa.string())}))
    engine.run(
        Query(
            """select distinct r.telling_id from block r
               join (select x.block from judged_pair j join block x on x.telling_id = j.a
                     join block y on y.telling_id = j.b and y.block = x.block) s on s.block = r.block""",
            "beside_judged",
        )
    )
    beside = engine.table("beside_judged").column("telling_id").combine_chunks()
    rows = tellings.filter(pc.is_in(tellings.column("telling_id"), value_set=beside)).to_pylist()
    found = ((each, between.get((each.a, each.b))) for each in likenesses([telling_of(row) for row in rows]))
    return learned([(each.levels, each.crowd, same) for each, same in found if same is not None], shipped)
