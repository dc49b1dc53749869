"""The best way to give each row a column of its own: which cluster stands for which incident."""

import heapq
from collections.abc import Hashable, Mapping
from typing import Any

_End = tuple[str, Hashable]


class _Matching:
    """Rows matched to columns one by one, each time along the cheapest path that frees a column.

    A row may stay alone: it has a column that is its own, at no gain. Costs are gains with their sign turned round, and
    the prices of rows and columns keep what is left of every cost at or above zero, as Dijkstra's method needs it.
    """

    def __init__(self, gains: Mapping[Any, Mapping[Any, float]]) -> None:
        self.costs = {
            row: {("column", column): -gain for column, gain in of.items()} | {("alone", row): 0.0}
            for row, of in gains.items()
        }
        self.row_price = {row: min(of.values()) for row, of in self.costs.items()}
        self.column_price: dict[_End, float] = {}
        self.taken: dict[_End, Hashable] = {}
        self.holds: dict[Hashable, _End] = {}

    def match(self, row: Hashable) -> None:
        """Give this row a column, moving other rows where that gains more."""
        distance: dict[_End, float] = {}
        before: dict[_End, Hashable] = {}
        queue: list[tuple[float, int, _End]] = []
        done: dict[_End, float] = {}
        at, here, count = row, 0.0, 0
        while True:
            for column, cost in self.costs[at].items():
                new = here + cost - self.row_price[at] - self.column_price.get(column, 0.0)
                if column not in done and new < distance.get(column, float("inf")):
                    distance[column], before[column] = new, at
                    count += 1
                    heapq.heappush(queue, (new, count, column))
            here, _, column = heapq.heappop(queue)
            if column in done or here > distance[column]:
                continue
            if column not in self.taken:
                break
            done[column] = here
            at = self.taken[column]
        self._reprice(row, done, here)
        while True:
            owner = before[column]
            left = self.holds.get(owner)
            self.taken[column], self.holds[owner] = owner, column
            if left is None:
                return
            column = left

    def _reprice(self, row: Hashable, done: Mapping[_End, float], end: float) -> None:
        for column, at in done.items():
            self.row_price[self.taken[column]] += end - at
            self.column_price[column] = self.column_price.get(column, 0.0) - (end - at)
        self.row_price[row] += end


def best_total(gains: Mapping[Any, Mapping[Any, float]]) -> float:
    """Return the largest sum of gains if each row takes one column at most, and no column is taken twice.

    `gains` names for each row the columns it can take; every gain is above zero. Source: successive shortest paths with
    prices (Kuhn, The Hungarian method for the assignment problem, 1955; Edmonds and Karp, 1972). The work grows with
    rows times gains only where all hang together.

    >>> best_total({"a": {"x": 3.0, "y": 2.0}, "b": {"x": 2.0}})
    4.0
    """
    matching = _Matching(gains)
    for row in gains:
        matching.match(row)
    return sum(-matching.costs[row][column] for column, row in matching.taken.items())
