"""Which numbers of living people are too small to tell: each would single somebody out, alone or by subtraction."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from marsad.model import Category, Claim, ClaimId, Group, Measure, Status, Toll

LIVING = frozenset((Measure.INJURED, Measure.MISSING, Measure.DETAINED, Measure.ABDUCTED, Measure.DISPLACED))
"""Deaths are told as they are: one is the point of the work."""

TollKey = tuple[str, Measure, Category]

_GROUP = {group: Category(group.value) for group in Group}
_STATUS = {Status.CIVILIAN: Category.CIVILIANS, Status.COMBATANT: Category.COMBATANTS}


@dataclass(frozen=True, slots=True)
class Withheld:
    """The numbers of these claims and tolls are not told; `measures` are those of which anything is kept back."""

    claims: frozenset[ClaimId]
    tolls: frozenset[TollKey]
    measures: frozenset[Measure]


class Cell(NamedTuple):
    """The largest number that one claim or toll gives, None where it gives none, and whom it counts."""

    n: int | None
    measure: Measure
    category: Category


def category_of(claim: Claim) -> Category:
    """Return whom the claim counts: the group it singles out, else civilians or combatants, else everybody."""
    if claim.group is not None:
        return _GROUP[claim.group]
    return _STATUS.get(claim.status, Category.TOTAL)


def small_cells(claims: Iterable[Claim], tolls: Iterable[Toll], least: int) -> Withheld:
    """Return what must be withheld so that no count of 1 to `least` - 1 living people is told or can be worked out.

    Three rules: a small number itself; the other categories of a measure, once one of them is small or is all but a few
    of its total; a number of killed and injured together that leaves a few once the killed are taken away.
    """
    claims, tolls = list(claims), list(tolls)
    said = [Cell(_largest(c.low, c.value, c.high), c.measure, category_of(c)) for c in claims]
    made = [Cell(_figure(toll), toll.measure, toll.category) for toll in tolls]
    rule = _rule([*said, *made], least)
    hidden_claims = frozenset(c.claim_id for c, cell in zip(claims, said, strict=True) if rule(cell))
    hidden_tolls = frozenset(key_of(toll) for toll, cell in zip(tolls, made, strict=True) if rule(cell))
    measures = {c.measure for c in claims if c.claim_id in hidden_claims} | {measure for _, measure, _ in hidden_tolls}
    return Withheld(hidden_claims, hidden_tolls, frozenset(measures))


def key_of(toll: Toll) -> TollKey:
    """Return what tells a toll apart within its incident."""
    return toll.policy, toll.measure, toll.category


def _rule(cells: list[Cell], least: int) -> Callable[[Cell], bool]:
    killed = {0} | {cell.n for cell in cells if cell.measure is Measure.KILLED and cell.n is not None}

    def small(cell: Cell) -> bool:
        if cell.n is None:
            return False
        if cell.measure is Measure.KILLED_OR_INJURED:
            return any(cell.n - few in killed for few in range(1, least))
        return cell.measure in LIVING and 0 < cell.n < least

    totals = {(cell.measure, cell.n) for cell in cells if cell.category is Category.TOTAL and cell.n is not None}
    parts = [cell for cell in cells if cell.category is not Category.TOTAL and cell.n is not None]
    broken = {cell.measure for cell in parts if small(cell)} | {
        cell.measure
        for cell in parts
        for few in range(1, least)
        if cell.measure in LIVING and cell.n is not None and (cell.measure, cell.n + few) in totals
    }
    return lambda cell: small(cell) or (cell.category is not Category.TOTAL and cell.measure in broken)


def _figure(toll: Toll) -> int | None:
    return None if toll.count is None else _largest(toll.count.low, toll.count.best, toll.count.high)


def _largest(*numbers: int | None) -> int | None:
    return max((n for n in numbers if n is not None), default=None)
