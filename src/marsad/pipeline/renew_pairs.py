"""Which pairs of tellings score otherwise once some tellings came, went or changed: those in whose light something changed.

Of each block in which a changed telling stands, the light is counted before and after; only tellings whose own light
changed, and those that came or went, are compared again, with whom they can be compared.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from marsad.link.cluster import NEVER
from marsad.link.compare import Around, stated
from marsad.link.light import around
from marsad.link.pairs import PERIOD, PERIODS, Shelves, blocks_of, pair_of, pair_row
from marsad.link.tellings import telling_of
from marsad.link.weights import Weights
from marsad.model.schema_linking import PAIR
from marsad.model.telling import Telling, Trait
from marsad.pipeline.linking import PARTED, Between
from marsad.store.derived import Derived

Change = Mapping[str, tuple[Telling | None, Telling | None]]
"""Tellings by id as they were and as they are; None where there was none, or is none any more."""

_Row = dict[str, Any]
_Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Rescored:
    """The ends of pairs that score otherwise, came or went; and every telling whose light changed."""

    ends: frozenset[str]
    touched: frozenset[str]


def block_of(derived: Derived, name: str) -> list[Telling]:
    """Return the tellings of a block, as they are stored."""
    kind, what, period = name.split("|", 2) if name.startswith("place") else name.rsplit("|", 2)
    days = None
    if period != "None":
        first = int(period) * PERIOD
        days = first - PERIOD, first + 2 * PERIOD, first + (PERIODS + 1) * PERIOD
    measure, _, number = what.partition(":")
    said = (f'"{measure}|', f"|{number}|") if kind == "number" else ()
    named = f'"{Trait.NAME}|{what}:' if kind == "name" else None
    rows = derived.tellings_of_block(what or None, days, *said, named=named).to_pylist()
    return [telling for telling in map(telling_of, rows) if name in blocks_of(telling)]


def renew_pairs(derived: Derived, changes: Change, between: Between, weights: Weights) -> Rescored:
    """Put the pairs right that these changes touch; `between` are the judgements on tellings of the reports concerned.

    The changed tellings are stored already.
    """
    apart = {pair for pair, same in between.items() if not same}
    ids = {*changes, *(telling for pair in between for telling in pair)}
    parted = [row for row in _pairs_with(derived, ids) if row["log_odds"] <= NEVER]
    then = {(row["a"], row["b"]) for row in parted}
    judged = {telling for pair in apart ^ then for telling in pair}
    every = dict(changes)
    stored = derived.table("telling", telling_id=list(judged - changes.keys())).to_pylist()
    every |= {row["telling_id"]: (telling_of(row), telling_of(row)) for row in stored}
    blocks = sorted({name for pair in every.values() for t in pair if t is not None for name in blocks_of(t)})
    old: dict[_Pair, _Row] = {(row["a"], row["b"]): row for row in parted}
    new: dict[_Pair, _Row] = {}
    touched = set(every)
    for name in blocks:
        found = _Block(name, block_of(derived, name), every)
        dirty = found.dirty()
        touched |= dirty
        old |= found.stored(derived, dirty)
        new |= found.scored(dirty, weights)
    new = {pair: row for pair, row in new.items() if pair not in apart} | _parted(derived, apart)
    old |= {(r["a"], r["b"]): r for r in _pairs_with(derived, judged) if (r["a"], r["b"]) in apart}
    derived.exchange("pair", _table(old), _table(new))
    differs = {pair for pair in old.keys() | new.keys() if old.get(pair) != new.get(pair)}
    return Rescored(frozenset(t for pair in differs for t in pair), frozenset(touched))


class _Block:
    """A block before and after."""

    def __init__(self, name: str, tellings: list[Telling], changes: Change) -> None:
        self.name = name
        self.changes = {i: pair for i, pair in changes.items() if any(t and name in blocks_of(t) for t in pair)}
        self.now = {t.telling_id: t for t in tellings}
        kept = {i: t for i, t in self.now.items() if i not in self.changes}
        was = {i: old for i, (old, _) in self.changes.items() if old is not None and name in blocks_of(old)}
        self.then = kept | was
        self.light = around(tellings)
        self.shelves = Shelves(tellings)

    def dirty(self) -> set[str]:
        """Return the tellings whose pairs may score otherwise."""
        before = around(list(self.then.values()))
        moved = [t for pair in self.changes.values() for t in pair if t is not None and self.name in blocks_of(t)]
        out = {*self.changes, *(t.telling_id for t in self.shelves.displaced_by(moved))}
        for telling_id, telling in self.now.items():
            if telling_id not in out and _lit(telling, before) != _lit(telling, self.light):
                out.add(telling_id)
        return out

    def stored(self, derived: Derived, dirty: set[str]) -> dict[_Pair, _Row]:
        """Return the stored pairs that this block compared of which one is dirty."""
        return {
            (row["a"], row["b"]): row
            for row in _pairs_with(derived, dirty)
            if row["a"] in self.then and row["b"] in self.then and row["log_odds"] > NEVER
            if self._owns(self.then[row["a"]], self.then[row["b"]])
        }

    def scored(self, dirty: set[str], weights: Weights) -> dict[_Pair, _Row]:
        """Return the pairs as they score now."""
        out: dict[_Pair, _Row] = {}
        for telling_id in dirty & self.now.keys():
            for a, b in self._pairs_of(telling_id):
                first, second = sorted((a.telling_id, b.telling_id))
                if (first, second) not in out and self._owns(a, b):
                    pair = pair_of(a, b, self.light, weights)
                    if pair is not None:
                        out[first, second] = pair_row(pair)
        return out

    def _pairs_of(self, telling_id: str) -> Iterator[tuple[Telling, Telling]]:
        at = self.shelves.at[telling_id]
        yield from self.shelves.before(at)
        yield from self.shelves.after(at)

    def _owns(self, a: Telling, b: Telling) -> bool:
        return max(set(blocks_of(a)) & set(blocks_of(b))) == self.name


def _lit(telling: Telling, light: Around) -> tuple[object, ...]:
    """Return all that a light says of one telling."""
    figures = ((measure, stated(figure)) for measure, figure in telling.figures.items())
    return (
        light.crowd.get(telling.telling_id, 0),
        telling.place_key in light.quiet,
        telling.country in light.thin,
        sorted(n for n in telling.traits.get(Trait.NAME, ()) if n.partition(":")[0] in light.common),
        [(telling.place_key, measure, n) in light.everyday for measure, n in figures if n is not None],
    )


def _pairs_with(derived: Derived, ids: set[str]) -> list[_Row]:
    named = list(ids)
    return [*derived.table("pair", a=named).to_pylist(), *derived.table("pair", b=named).to_pylist()]


def _parted(derived: Derived, apart: set[_Pair]) -> dict[_Pair, _Row]:
    rows = derived.table("telling", telling_id=list({t for pair in apart for t in pair})).to_pylist()
    report = {row["telling_id"]: row["report_id"] for row in rows}
    return {(a, b): {"a": a, "b": b, "report_a": report[a], "report_b": report[b], **PARTED} for a, b in apart}


def _table(rows: Mapping[_Pair, _Row]) -> pa.Table:
    return pa.Table.from_pylist(list(rows.values()), schema=PAIR)
