"""Linking as stages: tellings into blocks, blocks to scored pairs, pairs held together to groups."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from marsad.link.cluster import Link, grouped, joins
from marsad.link.pairs import Pair, blocks_of, is_loose, pair_row, scored
from marsad.link.tellings import telling_of, telling_row
from marsad.link.weights import Weights
from marsad.model.schema_linking import BLOCK, BLOCKED, GROUPED, KNOT, PAIR, TELLING
from marsad.model.telling import Telling
from marsad.stage import RowStage

SURE = 2.0
"""Mean log odds from which a join needs nobody's eye."""

LIKELY = -0.3
"""Mean log odds from which tellings are linked. Means are over all pairs of two groups, so that a third is enough."""

PLAUSIBLE = -2.5
"""Mean log odds below which a join is refused; between it and LIKELY it is proposed."""


@dataclass(frozen=True, slots=True)
class Grouped:
    """A telling's group at each of the three cuts, named by its smallest telling."""

    telling_id: str
    sure: str
    cluster: str
    plausible: str


def _blocked(telling: Telling) -> Iterator[tuple[str, Telling]]:
    for block in blocks_of(telling):
        yield block, telling


def _block_row(told: tuple[str, Telling]) -> dict[str, Any]:
    return {"block": told[0], **telling_row(told[1])}


BLOCKS: RowStage[Telling, tuple[str, Telling]] = RowStage(
    "blocks", "5", "telling_id", TELLING, BLOCK, telling_of, _blocked, _block_row
)
"""Tellings under the blocks in which they are compared, as a stage."""


@dataclass(frozen=True, slots=True)
class Block:
    """The tellings to be compared with one another."""

    name: str
    tellings: tuple[Telling, ...]


def _block_of(row: Mapping[str, Any]) -> Block:
    return Block(row["block"], tuple(map(telling_of, row["tellings"])))


def _pairs_of(weights: Weights, block: Block) -> Iterator[Pair]:
    """Yield the scored pairs of a block that no later block holds too."""
    if block.name.startswith("name|") and _of_one_country(block.tellings):
        return  # each pair of them is compared in the block of that country
    under = {t.telling_id: frozenset(blocks_of(t)) for t in block.tellings}

    def owned(one: str, other: str) -> bool:
        return max(under[one] & under[other]) == block.name

    yield from scored(block.tellings, weights, owned=owned)


def _of_one_country(tellings: Sequence[Telling]) -> bool:
    return len({telling.country for telling in tellings}) == 1


def pairing(weights: Weights) -> RowStage[Block, Pair]:
    """Return blocks to scored pairs, as a stage that holds these weights."""
    return RowStage("pairs", "6", "block", BLOCKED, PAIR, _block_of, partial(_pairs_of, weights), pair_row)


@dataclass(frozen=True, slots=True)
class Knot:
    """Tellings held together by pairs: each pair with its log odds, and the report of each telling; `loose` are those of which
    no country is known."""

    pairs: tuple[Link, ...]
    report: Mapping[str, str]
    loose: frozenset[str] = frozenset()

    @staticmethod
    def of(rows: Iterable[Mapping[str, Any]]) -> "Knot":
        """Return the knot of these pairs, rows of schema PAIR."""
        rows = list(rows)
        report = {p[end]: p[f"report_{end}"] for p in rows for end in ("a", "b")}
        loose = frozenset(p[end] for p in rows for end in ("a", "b") if p[f"loose_{end}"])
        return Knot(tuple((p["a"], p["b"], p["log_odds"], p["silent"]) for p in rows), report, loose)


def _knot_of(row: Mapping[str, Any]) -> Knot:
    return Knot.of(row["pairs"])


def groups_of(knot: Knot) -> Iterator[Grouped]:
    """Yield the group of each telling of a knot at the three cuts."""
    made = joins(knot.pairs, knot.report, PLAUSIBLE, loose=knot.loose)
    at = [grouped(knot.report, made, cut) for cut in (SURE, LIKELY, PLAUSIBLE)]
    for telling in sorted(knot.report):
        yield Grouped(telling, *(groups[telling] for groups in at))


def _group_row(group: Grouped) -> dict[str, Any]:
    return {name: getattr(group, name) for name in GROUPED.names}


GROUPS: RowStage[Knot, Grouped] = RowStage("groups", "3", "knot", KNOT, GROUPED, _knot_of, groups_of, _group_row)
"""Knots of pairs to groups, as a stage."""


def grouping(tellings: Sequence[Telling], weights: Weights) -> list[Grouped]:
    """Return the groups of tellings that fit into memory, without an engine: what the stages give, in one call."""
    pairs = list(scored(tellings, weights))
    report = {t.telling_id: str(t.report_id) for t in tellings}
    loose = frozenset(t.telling_id for t in tellings if is_loose(t))
    return list(groups_of(Knot(tuple((p.a, p.b, p.log_odds, p.silent) for p in pairs), report, loose)))
