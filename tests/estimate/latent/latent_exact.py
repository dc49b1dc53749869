"""The posterior of the latent class model for a table so small that every placing of persons into classes can be
summed.

No sampling and no code of the product: an oracle for both samplers.
"""

from itertools import product
from math import comb, lgamma

import numpy as np
from scipy.special import betaln, gammaln, logsumexp


def splits(persons: int, classes: int) -> list[tuple[int, ...]]:
    """All ways of putting that many persons into that many classes."""
    if classes == 1:
        return [(persons,)]
    return [(first, *rest) for first in range(persons + 1) for rest in splits(persons - first, classes - 1)]


def log_ways(parts: np.ndarray) -> np.ndarray:
    """Logarithm of the multinomial coefficient of each row."""
    return np.asarray(gammaln(parts.sum(-1) + 1) - gammaln(parts + 1).sum(-1))


def log_sticks(members: np.ndarray, shape: float, rate: float) -> np.ndarray:
    """log E[prod pi_k^m_k] under stick-breaking with alpha ~ Gamma(shape, rate), by quadrature over log alpha."""
    at = np.linspace(-90, 8, 2500)
    alpha = np.exp(at)
    prior = shape * at - rate * alpha + shape * np.log(rate) - lgamma(shape)
    out = np.empty(len(members))
    for i, sizes in enumerate(members):
        value = prior.copy()
        for k in range(len(sizes) - 1):
            value = value + at + betaln(1 + sizes[k], alpha + float(sizes[k + 1 :].sum()))
        out[i] = logsumexp(value) + np.log(at[1] - at[0])
    return out


def posterior_of_unseen(
    patterns: dict[str, int], classes: int, cap: int, shape: float = 0.25, rate: float = 0.25
) -> np.ndarray:
    """p(n0 = 0 ... cap | table), with p(N) proportional to 1/N and uniform chances of being listed."""
    marks = np.array([[int(digit) for digit in pattern] for pattern in patterns])
    choices = [splits(count, classes) for count in patterns.values()]
    placed = np.array(list(product(*choices)))  # placings x patterns x classes
    ways = log_ways(placed).sum(-1)
    ones = np.einsum("psk,sj->pjk", placed, marks)
    members = placed.sum(1)
    known: dict[tuple[int, ...], float] = {}
    result = np.empty(cap + 1)
    seen = int(sum(patterns.values()))
    for unseen in range(cap + 1):
        terms = []
        for hidden in splits(unseen, classes):
            sizes = members + np.array(hidden)
            new = sorted({tuple(row) for row in sizes.tolist()} - known.keys())
            known.update(zip(new, log_sticks(np.array(new), shape, rate) if new else [], strict=True))
            value = ways + log_ways(np.array(hidden)) + np.array([known[tuple(row)] for row in sizes.tolist()])
            value = value + betaln(1 + ones, 1 + sizes[:, None, :] - ones).sum((1, 2))
            terms.append(logsumexp(value))
        result[unseen] = logsumexp(terms) + np.log(comb(seen + unseen, seen)) - np.log(seen + unseen)
    return np.asarray(np.exp(result - logsumexp(result)))
