"""Forward choice of dependences between two lists, one at a time, by how badly their overlap is foretold."""

import numpy as np
from scipy.stats import poisson

from marsad.estimate.lattice import closed, stack, within
from marsad.estimate.poisson import Floats
from marsad.estimate.ranking import Ranking, pairs_of, rank


def stepwise(counts: Floats, threshold: float = 0.02) -> Ranking:
    """Return the ranking of one model: from no dependence, pairs are added while the worst is foretold worse than `threshold`.

    For each pair ij not in the model, p = min(P(X <= n_ij), P(X >= n_ij)), X Poisson with the fitted overlap of i and j.
    Of the models with one pair more that have an estimate, that with the smallest p is taken while p is below the threshold
    (Chan, Silverman & Vincent 2021). Effects of three lists cannot be found in this way.
    """
    n_lists = len(counts).bit_length() - 1
    part_of = within(n_lists)
    shared = part_of.T @ counts
    chosen: list[int] = []
    current = rank(stack([closed(n_lists, ())]), counts)
    while not current.codes[0]:
        left = [pair for pair in pairs_of(n_lists) if pair not in chosen]
        if not left:
            break
        foretold = part_of.T @ current.examined.fitted.expected[0]
        chance = {pair: _strange(shared[pair], foretold[pair]) for pair in left}
        wider = rank(stack([closed(n_lists, [*chosen, pair]) for pair in left]), counts)
        able = [pair for pair, code in zip(left, wider.codes, strict=True) if code == 0]
        best = min(able, key=lambda pair: chance[pair], default=None)
        if best is None or chance[best] >= threshold:
            break
        chosen.append(best)
        current = rank(stack([closed(n_lists, chosen)]), counts)
    return current


def _strange(seen: float, foretold: float) -> float:
    below, above = poisson.cdf(seen, foretold), poisson.sf(seen - 1, foretold)
    return float(np.minimum(below, above))
