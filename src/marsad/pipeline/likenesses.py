"""How a few pairs of tellings compared, found again in the light of the blocks that they were compared in."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from marsad.link.compare import NOWHERE, compared
from marsad.link.light import around
from marsad.link.pairs import blocks_of
from marsad.link.tellings import telling_of
from marsad.link.weights import CROWD
from marsad.model.telling import Telling

_Pair = tuple[str, str]


Blocks = Callable[[set[str]], Mapping[str, Sequence[Telling]]]
"""Gives the tellings of blocks by their names."""


def likenesses(table: pa.Table, pairs: Sequence[_Pair], blocks: Blocks | None = None) -> dict[_Pair, dict[str, Any]]:
    """Return the levels of each pair of tellings, by its ids, out of a table of tellings (schema TELLING), and their crowd.

    `blocks` gives the blocks in whose light they were compared; without it the table holds all tellings there are.
    """
    named = pa.array(sorted({telling for pair in pairs for telling in pair}), pa.string())
    rows = table.filter(pc.is_in(table.column("telling_id"), value_set=named)).to_pylist()
    by_id = {row["telling_id"]: telling_of(row) for row in rows}
    block = {pair: _common(by_id[pair[0]], by_id[pair[1]]) for pair in pairs}
    names = {name for name in block.values() if name}
    told = _blocks(table, by_id, names) if blocks is None else blocks(names)
    light = {name: around(tellings) for name, tellings in told.items()}
    out: dict[_Pair, dict[str, Any]] = {}
    for pair in pairs:
        one, other = by_id[pair[0]], by_id[pair[1]]
        known = light.get(block[pair] or "", NOWHERE)
        out[pair] = {**compared(one, other, known), CROWD: known.crowd_of(one, other)}
    return out


def _common(one: Telling, other: Telling) -> str | None:
    return max(set(blocks_of(one)) & set(blocks_of(other)), default=None)


def _blocks(table: pa.Table, wanted: Mapping[str, Telling], names: set[str]) -> dict[str, list[Telling]]:
    """Return the tellings of these blocks; where all are of a country, only the countries of the wanted ones are looked at."""
    if all(name.startswith("place|") for name in names):  # a name and a number are told in any country
        countries = pa.array(sorted({t.country for t in wanted.values() if t.country}), pa.string())
        near = pc.or_kleene(pc.is_in(table.column("country"), value_set=countries), pc.is_null(table.column("country")))
        table = table.filter(near)
    out: dict[str, list[Telling]] = {}
    for row in table.to_pylist():
        telling = telling_of(row)
        for name in blocks_of(telling):
            if name in names:
                out.setdefault(name, []).append(telling)
    return out
