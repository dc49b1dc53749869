"""The least value of a sum of whole numbers under conditions: the simplex method in whole arithmetic, and branching.

Nothing is rounded: the tableau holds whole numbers over one common denominator (J. Edmonds' integer pivoting), and the
next pivot is the first possible one (R. Bland's rule), so that the method always ends.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from marsad.assess.conditions import Bounds, Condition

NODES = 400
"""Branches tried before the answer of the relaxation is taken: still a true bound, perhaps not the narrowest."""

Row = tuple[dict[int, int], int]
"""The sum of these numbers, each times how much, is at most so much."""


@dataclass(frozen=True, slots=True)
class Least:
    """The least value; None where there is none at all (contradiction), or none that is least (`open` is true).

    `exact` is false where branching was given up: the value is then a bound that may not be reached.
    """

    value: int | None
    open: bool = False
    exact: bool = True


def least(conditions: Sequence[Condition], domains: Mapping[str, Bounds], cost: Mapping[str, int]) -> Least:
    """Return the least value of the sum of `cost` over the whole numbers that meet all conditions and lie in their domains."""
    names = sorted(domains)
    column = {name: n for n, name in enumerate(names)}
    shift = [domains[name][0] for name in names]
    rows: list[Row] = []
    for condition in conditions:
        terms = {column[n]: k for n, k in condition.terms}
        moved = sum(k * shift[j] for j, k in terms.items())
        if condition.high is not None:
            rows.append((terms, condition.high - moved))
        if condition.low is not None:
            rows.append(({j: -k for j, k in terms.items()}, moved - condition.low))
    rows += [({n: 1}, high - shift[n]) for n, name in enumerate(names) if (high := domains[name][1]) is not None]
    wanted = {column[n]: k for n, k in cost.items()}
    base = sum(k * shift[j] for j, k in wanted.items())
    found = _branched(rows, wanted, len(names))
    return Least(None if found.value is None else found.value + base, found.open, found.exact)


def _branched(rows: Sequence[Row], cost: Mapping[int, int], width: int) -> Least:
    best: int | None = None
    floor: int | None = None
    waiting: list[list[Row]] = [list(rows)]
    for node in range(NODES):
        if not waiting:
            return Least(best)
        here = waiting.pop()
        solved = _relaxed(here, cost, width)
        if solved is None:
            continue
        if isinstance(solved, str):
            return Least(None, open=True)  # whole numbers can follow it, or there are none: `feasible` was asked before
        value, point = solved
        lowest = -(-value.numerator // value.denominator)
        floor = lowest if node == 0 else floor
        if best is not None and lowest >= best:
            continue
        broken = next((j for j, x in enumerate(point) if x.denominator != 1), None)
        if broken is None:
            best = int(value)
            continue
        below = point[broken].numerator // point[broken].denominator
        waiting.append([*here, ({broken: -1}, -below - 1)])
        waiting.append([*here, ({broken: 1}, below)])
    return Least(floor, exact=False)


def _relaxed(rows: Sequence[Row], cost: Mapping[int, int], width: int) -> tuple[Fraction, list[Fraction]] | str | None:
    """Return the least value over fractions and where it is taken; "open" where it falls for ever, None where there is none."""
    table = _Tableau(rows, width)
    if not table.feasible():
        return None
    if not table.minimise(cost):
        return "open"
    point = table.point()
    return sum((k * point[j] for j, k in cost.items()), Fraction(0)), point


class _Tableau:
    """Conditions with a slack each: columns are the numbers, the slacks, one helper, and the right side; all over `den`."""

    def __init__(self, rows: Sequence[Row], width: int) -> None:
        self.width, self.height = width, len(rows)
        self.helper = width + len(rows)
        self.den = 1
        self.rows: list[list[int]] = []
        self.basis = list(range(width, width + len(rows)))
        for n, (terms, right) in enumerate(rows):
            row = [0] * (self.helper + 2)
            for j, k in terms.items():
                row[j] = k
            row[width + n], row[self.helper], row[-1] = 1, -1, right
            self.rows.append(row)

    def feasible(self) -> bool:
        """Find a first corner; tell whether there is one."""
        worst = min(range(self.height), key=lambda i: self.rows[i][-1], default=None)
        if worst is not None and self.rows[worst][-1] < 0:
            self._pivot(worst, self.helper)
            self._run([0] * self.helper + [1, 0])
            if self.helper in self.basis:
                at = self.basis.index(self.helper)
                if self.rows[at][-1]:
                    return False
                other = next((j for j in range(self.helper) if self.rows[at][j]), None)
                if other is not None:
                    self._pivot(at, other)
        for row in self.rows:
            row[self.helper] = 0
        return True

    def minimise(self, cost: Mapping[int, int]) -> bool:
        """Go to the corner of the least cost; tell whether there is one."""
        return self._run([cost.get(j, 0) for j in range(self.helper + 2)])

    def point(self) -> list[Fraction]:
        """Return where the table stands."""
        out = [Fraction(0)] * self.width
        for i, j in enumerate(self.basis):
            if j < self.width:
                out[j] = Fraction(self.rows[i][-1], self.den)
        return out

    def _run(self, cost: Sequence[int]) -> bool:
        # What a column costs once the basis has been paid for; kept up to date as one more row of the table.
        price = [k * self.den for k in cost]
        for i, j in enumerate(self.basis):
            if cost[j]:
                price = [p - cost[j] * x for p, x in zip(price, self.rows[i], strict=True)]
        while (enters := next((j for j in range(self.helper + 1) if price[j] < 0), None)) is not None:
            leaves = None
            for i, row in enumerate(self.rows):
                if row[enters] <= 0:
                    continue
                if leaves is None:
                    leaves = i
                    continue
                mine, least_so_far = row[-1] * self.rows[leaves][enters], self.rows[leaves][-1] * row[enters]
                if mine < least_so_far or (mine == least_so_far and self.basis[i] < self.basis[leaves]):
                    leaves = i
            if leaves is None:
                return False
            pivot, row, factor = self.rows[leaves][enters], self.rows[leaves], price[enters]
            price = [(pivot * p - factor * x) // self.den for p, x in zip(price, row, strict=True)]
            self._pivot(leaves, enters)
        return True

    def _pivot(self, at: int, column: int) -> None:
        if self.rows[at][column] < 0:  # only the helper's first step and its last
            self.rows[at] = [-x for x in self.rows[at]]
        row, den = self.rows[at], self.den
        pivot = row[column]
        for i, other in enumerate(self.rows):
            if i != at:
                factor = other[column]
                if factor:
                    self.rows[i] = [(pivot * x - factor * y) // den for x, y in zip(other, row, strict=True)]
                elif pivot != den:
                    self.rows[i] = [pivot * x // den for x in other]
        self.den, self.basis[at] = pivot, column
