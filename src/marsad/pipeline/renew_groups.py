"""Which groups of tellings are others once some pairs score otherwise: those that plausible pairs hold together with them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict
from typing import Any

import pyarrow as pa

from marsad.link.stages import PLAUSIBLE, Knot, groups_of
from marsad.model.schema_linking import GROUPED
from marsad.pipeline.renew_copies import TooMuch
from marsad.store.derived import Derived

_MOST = 5000
"""Tellings that one knot may hold before it is quicker to begin anew."""

_Row = Mapping[str, Any]


def renew_groups(derived: Derived, ends: Collection[str], gone: Collection[str]) -> dict[str, tuple[_Row, _Row]]:
    """Group anew what hangs together with the `ends` of changed pairs; `gone` are tellings that are no more.

    Returns what a telling's groups were and are, for every telling of which they changed. The pairs are stored already.
    """
    pairs, bonds = _hanging_together(derived, ends)
    nodes = {*ends, *bonds}
    rows = [asdict(group) for knot in _knots(pairs, bonds) for group in groups_of(knot)]
    old = derived.table("grouped", telling_id=list(nodes.union(gone)))
    new = pa.Table.from_pylist(rows, schema=GROUPED)
    derived.exchange("grouped", old, new)
    then, now = ({row["telling_id"]: row for row in table.to_pylist()} for table in (old, new))
    both = {t: (then.get(t) or _alone(t), now.get(t) or _alone(t)) for t in then.keys() | now.keys()}
    return {t: pair for t, pair in both.items() if pair[0] != pair[1]}


def _alone(telling: str) -> _Row:
    return dict.fromkeys(GROUPED.names, telling)


def _hanging_together(derived: Derived, ends: Iterable[str]) -> tuple[dict[tuple[str, str], _Row], dict[str, set[str]]]:
    """Return all pairs of the tellings that plausible pairs lead to from these, and whom each is led to by one."""
    pairs: dict[tuple[str, str], _Row] = {}
    bonds: dict[str, set[str]] = {}
    seen, new = set[str](), set(ends)
    while new:
        seen |= new
        if len(seen) > _MOST:
            raise TooMuch
        named, new = list(new), set()
        for row in (*derived.table("pair", a=named).to_pylist(), *derived.table("pair", b=named).to_pylist()):
            pairs[row["a"], row["b"]] = row
            if row["log_odds"] > PLAUSIBLE:
                bonds.setdefault(row["a"], set()).add(row["b"])
                bonds.setdefault(row["b"], set()).add(row["a"])
                new |= {row["a"], row["b"]} - seen
    return pairs, bonds


def _knots(pairs: Mapping[tuple[str, str], _Row], bonds: Mapping[str, set[str]]) -> Iterable[Knot]:
    knot: dict[str, str] = {}
    for start in bonds:
        new = [] if start in knot else [start]
        while new:
            node = new.pop()
            if node not in knot:
                knot[node] = start
                new += bonds[node]
    within: dict[str, list[_Row]] = {}
    for (a, b), row in sorted(pairs.items()):
        if a in knot and knot[a] == knot.get(b):
            within.setdefault(knot[a], []).append(row)
    for rows in within.values():
        yield Knot.of(rows)
