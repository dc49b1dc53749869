"""Doubts as stages: the bond of two groups of tellings, why a pair is asked about, proposals in full, incidents side by side."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pyarrow as pa

from marsad.link.cluster import UNSEEN
from marsad.link.compare import NOWHERE, compared
from marsad.link.doubt import Proposal, bond_of
from marsad.link.light import around
from marsad.link.tellings import telling_of
from marsad.link.weights import CROWD, probability
from marsad.model.rows import canonical_json
from marsad.model.schema_linking import PROPOSAL, TELLING
from marsad.stage import RowStage

Row = Mapping[str, Any]

NO_BLOCK = ""
"""The block of pairs that no block holds: people told them apart, and they are compared by themselves."""

BETWEEN = pa.schema(
    [
        pa.field("bond", pa.string(), nullable=False),
        pa.field("one", pa.string(), nullable=False),
        pa.field("other", pa.string(), nullable=False),
        pa.field("possible", pa.int64(), nullable=False),
        pa.field(
            "pairs",
            pa.list_(pa.struct([("a", pa.string()), ("b", pa.string()), ("log_odds", pa.float64())])),
            nullable=False,
        ),
    ]
)
"""Two groups of tellings, `one` before `other`, the pairs scored between them, and how many there could be."""

BOND = pa.schema(
    [
        pa.field("one", pa.string(), nullable=False),
        pa.field("other", pa.string(), nullable=False),
        pa.field("mean", pa.float64(), nullable=False),
        pa.field("probability", pa.float64(), nullable=False),
        pa.field("a", pa.string(), nullable=False),
        pa.field("b", pa.string(), nullable=False),
    ]
)
"""The mean log odds between two groups, the probability it comes to (three digits), and the two tellings most alike."""

LIGHT = pa.schema(
    [
        pa.field("block", pa.string(), nullable=False),
        pa.field("rows", pa.list_(pa.struct([pa.field("beside", pa.string()), *TELLING])), nullable=False),
    ]
)
"""A block's tellings, and once more those that are asked about, each with the telling `beside` which it is to be seen."""

WHY = pa.schema([pa.field(name, pa.string(), nullable=False) for name in ("a", "b", "why")])

_UNRANKED = pa.schema([PROPOSAL.field(n) for n in ("incident_id", "kind", "other", "probability", "stake", "why")])

WHOLE = pa.schema(
    [
        pa.field("whole", pa.string(), nullable=False),
        pa.field("rows", pa.list_(pa.struct([pa.field("incident_id", pa.string())])), nullable=False),
    ]
)
OTHERS = pa.schema(
    [
        pa.field("incident_id", pa.string(), nullable=False),
        pa.field("others", pa.list_(pa.string()), nullable=False),
    ]
)
"""An incident, and those that everything plausible joins to it, by id."""


def _same(row: Any) -> Any:
    return row


def _plain(row: Row) -> dict[str, Any]:
    return dict(row)


def _bond(row: Row) -> Iterator[Row]:
    bond = bond_of([(p["log_odds"], p["a"], p["b"]) for p in row["pairs"]], row["possible"], UNSEEN)
    a, b = bond.strongest
    told = {"mean": bond.mean, "probability": round(probability(bond.mean), 3), "a": a, "b": b}
    yield {"one": row["one"], "other": row["other"], **told}


BONDING: RowStage[Row, Row] = RowStage("bonding", "1", "bond", BETWEEN, BOND, _same, _bond, _plain)
"""Pairs between two groups to what holds these together."""


def _whys(row: Row) -> Iterator[Row]:
    tellings = [telling_of(r) for r in row["rows"] if r["beside"] is None]
    by_id = {t.telling_id: t for t in tellings}
    light = NOWHERE if row["block"] == NO_BLOCK else around(tellings)
    for asked in row["rows"]:
        if asked["beside"] is not None:
            one, other = by_id[asked["telling_id"]], by_id[asked["beside"]]
            pair = [one.telling_id, other.telling_id]
            levels = {**compared(one, other, light), CROWD: light.crowd_of(one, other)}
            yield {"a": pair[0], "b": pair[1], "why": canonical_json(levels | {"claims": pair})}


EXPLAINING: RowStage[Row, Row] = RowStage("explaining", "1", "block", LIGHT, WHY, _same, _whys, _plain)
"""Blocks, and the pairs in them that are asked about, to how those compare, as JSON."""


def _ranked(row: Row) -> Iterable[Row]:
    at = row["incident_id"], row["kind"], row["other"]
    asked = Proposal(*at, row["probability"], row["stake"], ("", ""))
    return [{**row, "priority": asked.priority}]


RANKING: RowStage[Row, Row] = RowStage("ranking", "1", "incident_id", _UNRANKED, PROPOSAL, _same, _ranked, _plain)
"""Proposals to the same with how urgent each is."""


def _others(row: Row) -> Iterator[Row]:
    ids = sorted(r["incident_id"] for r in row["rows"])
    for one in ids:
        yield {"incident_id": one, "others": [other for other in ids if other != one]}


BESIDE: RowStage[Row, Row] = RowStage("beside", "1", "whole", WHOLE, OTHERS, _same, _others, _plain)
"""Wholes to their incidents, each with the others."""
