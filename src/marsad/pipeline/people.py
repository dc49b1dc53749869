"""Who lived, lives and fled at a place: the question put to what is derived, with tolls set against inhabitants."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import pyarrow.compute as pc

from marsad.context.moving import Balance, balances, distinct, flows_of, per_100_000
from marsad.context.people import Flow, People, included, people_of
from marsad.model import Category, Count, Measure
from marsad.model.knowledge import knowledge_of
from marsad.pipeline.control import Asked
from marsad.pipeline.known import state_of
from marsad.pipeline.observatory import Observatory
from marsad.store.derived import Derived

TOPICS = ("displaced", "population")


@dataclass(frozen=True, slots=True)
class Lived:
    """Of one place: the newest stocks of each source up to a day, flows between two days, and what follows from them.

    `moved` is how many different people the flows of newly displaced can be, None where none is told. `toll` is the sum of
    tolls recorded in the place by then, and `share` how many that is of a hundred thousand inhabitants of before the war, or,
    where nobody tells them, of the newest number; `of` is that number.
    """

    stocks: tuple[People, ...]
    flows: tuple[People, ...]
    balances: tuple[Balance, ...]
    moved: Count | None
    toll: Count | None
    of: People | None
    share: tuple[Fraction, Fraction | None] | None


def lived(
    observatory: Observatory,
    derived: Derived,
    asked: Asked,
    policy: str,
    on: date | None = None,
    since: date | None = None,
    known_on: date | None = None,
) -> Lived:
    """Return what is told of the people of a place up to a day, from what had come in by the end of `known_on`."""
    people = everybody(derived, asked, known_on)
    people = [p for p in people if on is None or p.last <= on]
    flows = [p for p in people if not p.stock and (since is None or p.last >= since)]
    new = flows_of(flows)
    toll = _toll(observatory, asked, policy, on, known_on)
    of = _inhabitants(people)
    share = per_100_000(toll, of.persons) if toll and of and of.persons and of.persons.low else None
    return Lived(
        _newest(people), tuple(flows), tuple(balances(people)), distinct(new) if new else None, toll, of, share
    )


def everybody(derived: Derived, asked: Asked, known_on: date | None = None) -> list[People]:
    """Return every statement about people of a place, in order of days."""
    rows = derived.table("knowledge", place_key=asked.key, topic=list(TOPICS)).to_pylist()
    known = {row["knowledge_id"]: knowledge_of(row) for row in rows if known_on is None or row["recorded"] <= known_on}
    told = [people for one in known.values() if (people := people_of(one)) is not None]
    return sorted(included(told, known), key=lambda p: (p.last, p.reported, p.knowledge_id))


def _newest(people: Sequence[People]) -> tuple[People, ...]:
    """Return of each source the newest stock of each kind, before the war and since."""
    newest = {(p.source, p.flow, p.baseline, p.origin): p for p in people if p.stock}
    return tuple(sorted(newest.values(), key=lambda p: (not p.baseline, p.flow.value, p.last, p.source)))


def _inhabitants(people: Sequence[People]) -> People | None:
    counted = [p for p in people if p.flow is Flow.POPULATION and p.persons is not None]
    baseline = [p for p in counted if p.baseline]
    return next(iter([*baseline[-1:], *counted[-1:]]), None)


def _toll(observatory: Observatory, asked: Asked, policy: str, on: date | None, known_on: date | None) -> Count | None:
    """Return the sum of tolls of incidents in the place up to a day, None where there is none."""
    state = state_of(observatory, known_on)
    tolls = state.tolls(policy, Measure.KILLED.value, Category.TOTAL.value)
    table = state.incidents()
    if tolls is None:
        return None
    mask = pc.and_(
        pc.is_valid(tolls.column("low")), pc.fill_null(pc.equal(table.column("place"), asked.place.name), False)
    )
    if on is not None:
        mask = pc.and_(mask, pc.fill_null(pc.less_equal(table.column("occurred_to"), on), False))
    rows = tolls.select(["low", "high"]).filter(mask).to_pylist()
    if not rows:
        return None
    highs = [row["high"] for row in rows]
    return Count(sum(row["low"] for row in rows), None, None if None in highs else sum(highs))
