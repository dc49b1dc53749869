"""Decomposable graphs over lists: which lists depend on each other, so that a posterior is a product of margins.

A graph is decomposable (chordal) if every circle of four or more has a shortcut. Then its likelihood is that of its cliques
over that of its separators. There are 8 such graphs on 3 lists, 61 on 4, 822 on 5, 18,154 on 6 and 617,675 on 7.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from marsad.estimate.lattice import LETTERS
from marsad.model.errors import Wrong

Signed = NDArray[np.int8]
MOST_LISTS = 7
"""Lists up to which every decomposable graph is looked at."""


@lru_cache(maxsize=4)
def decomposable(n_lists: int) -> tuple[NDArray[np.uint8], Signed]:
    """Return all decomposable graphs: neighbours of each list as bits, shape (graphs, J), and their margins (graphs, 2^J).

    Margins count how often the margin of a set of lists enters: +1 a clique, -1 (or less) a separator. Column 0, the empty
    separator, is left 0: it changes nothing. The graph of all edges comes last. Raises Wrong above seven lists.
    """
    if not 1 <= n_lists <= MOST_LISTS:
        raise Wrong("decomposable graphs", f"{n_lists} lists", f"is not 1 to {MOST_LISTS}",
                    "join lists of one origin, or use latent classes")  # fmt: skip
    if n_lists == 1:
        return np.zeros((1, 1), dtype=np.uint8), np.array([[0, 1]], dtype=np.int8)
    smaller, _ = decomposable(n_lists - 1)
    # Every part of a chordal graph is chordal: add one list to each smaller graph, with any neighbours, and test those.
    found, margins, step = [], [], max(1, 200_000 >> (n_lists - 1))
    for start in range(0, len(smaller), step):
        some = smaller[start : start + step]
        joined = np.tile(np.arange(1 << (n_lists - 1), dtype=np.uint8), len(some))
        graph = np.empty((len(joined), n_lists), dtype=np.uint8)
        graph[:, :-1] = np.repeat(some, 1 << (n_lists - 1), axis=0)
        graph[:, -1] = joined
        for j in range(n_lists - 1):
            graph[:, j] |= (joined >> j & 1) << (n_lists - 1)
        chordal, terms = _eliminate(graph)
        found.append(graph[chordal])
        margins.append(terms[chordal])
    return np.vstack(found), np.vstack(margins)


def _eliminate(graph: NDArray[np.uint8]) -> tuple[NDArray[np.bool_], Signed]:
    """Return which graphs are chordal, and their margins, by taking away lists whose neighbours all know each other.

    Taking away list v with neighbours P among those left adds the margin of P + v and subtracts that of P; what is inside
    cancels, and cliques less separators remain.
    """
    n_graphs, n_lists = graph.shape
    left = np.full(n_graphs, (1 << n_lists) - 1, dtype=np.uint8)
    margins = np.zeros((n_graphs, 1 << n_lists), dtype=np.int8)
    every = np.arange(n_graphs)
    for _ in range(n_lists):
        taken = np.zeros(n_graphs, dtype=bool)
        for v in range(n_lists):
            near = graph[:, v] & left
            able = ~taken & (left >> v & 1).astype(bool)
            for u in range(n_lists):  # a neighbour u that does not know another neighbour
                able &= ~((near >> u & 1).astype(bool) & ((near & ~graph[:, u] & ~np.uint8(1 << u)) != 0))
            rows = every[able]
            margins[rows, near[rows] | 1 << v] += 1
            margins[rows, near[rows]] -= 1
            left[rows] &= ~np.uint8(1 << v)
            taken |= able
    margins[:, 0] = 0
    return left == 0, margins


def named(margin: Signed) -> str:
    """Return a graph's name from its row of margins: its cliques as numbers of lists, "[124,234]"."""
    sets = np.flatnonzero(margin > 0).tolist()
    sets.sort(key=lambda t: (-t.bit_count(), [j for j in range(t.bit_length()) if t >> j & 1]))
    return f"[{','.join(''.join(LETTERS[j] for j in range(t.bit_length()) if t >> j & 1) for t in sets)}]"
