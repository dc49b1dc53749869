"""An interval that knows that its model was chosen: bias-corrected and accelerated bootstrap, choice repeated each time."""

from typing import NamedTuple

import numpy as np
from scipy.special import ndtr, ndtri

from marsad.estimate.lattice import Bools
from marsad.estimate.poisson import Floats
from marsad.estimate.ranking import rank_many

LEAST_IN_TAIL = 10
"""Replicates that must lie beyond an end of the interval; with fewer, the end is noise and is not given."""

MOST_WITHOUT = 0.05
"""Share of replicates that may have no estimate at all."""


class Bootstrapped(NamedTuple):
    """Low and high of N, the replicates behind them, and in words why there are none (None where there are)."""

    low: float | None
    high: float | None
    replicates: Floats
    failed: str | None


def bca(
    models: Bools, counts: Floats, estimate: float, rng: np.random.Generator, *, criterion: str = "bic", times: int = 1000,
    level: float = 0.95,
) -> Bootstrapped:  # fmt: skip
    """Return the BCa interval of N when the best of `models` (rows) is chosen anew in each replicate.

    Replicates are multinomial draws of n persons over the observed cells. z0 = Phi^-1(share of replicates below the
    estimate); a from the jackknife that leaves out one person of each cell: d_s = mean(J) - J_s,
    a = sum n_s d_s^3 / (6 (sum n_s d_s^2)^1.5); ends at Phi(z0 + (z0 + z) / (1 - a (z0 + z))) (Efron 1987; the choice among
    the best models of the original table alone is Silverman, Chan & Vincent 2024). Nothing is returned where all replicates
    lie on one side, where too few lie beyond an end, or too many have no estimate: ends that merely saturate would lie.
    """
    n, cells = int(counts.sum()), np.flatnonzero(counts)
    drawn = np.zeros((times, len(counts)))
    drawn[:, cells] = rng.multinomial(n, counts[cells] / n, size=times)
    fewer = np.repeat(counts[None, :], len(cells), axis=0)
    fewer[np.arange(len(cells)), cells] -= 1
    every = _best(models, np.vstack([drawn, fewer]), criterion)
    replicates, without_one = every[:times], every[times:]
    known = np.sort(replicates[np.isfinite(replicates)])
    if len(known) < (1 - MOST_WITHOUT) * times:
        return Bootstrapped(None, None, known, f"{times - len(known):,} of {times:,} replicates have no estimate")
    below = (known < estimate).mean() + (known == estimate).mean() / 2
    if not 0 < below < 1 or not np.isfinite(without_one).all():
        why = (
            "all replicates lie on one side of the estimate"
            if not 0 < below < 1
            else "a person less leaves no estimate"
        )
        return Bootstrapped(None, None, known, why)
    weight = counts[cells]
    apart = (weight * without_one).sum() / weight.sum() - without_one
    scale = 6 * ((weight * apart**2).sum()) ** 1.5
    acceleration = (weight * apart**3).sum() / scale if scale > 0 else 0.0
    z0, ends = ndtri(below), ndtri(np.array([(1 - level) / 2, (1 + level) / 2]))
    share = ndtr(z0 + (z0 + ends) / (1 - acceleration * (z0 + ends)))
    if min(share[0], 1 - share[1]) * len(known) < LEAST_IN_TAIL:
        beyond = min(share[0], 1 - share[1]) * len(known)
        return Bootstrapped(None, None, known, f"only {beyond:.1f} of {times:,} replicates lie beyond an end")
    low, high = np.quantile(known, share)
    return Bootstrapped(float(low), float(high), known, None)


def _best(models: Bools, tables: Floats, criterion: str) -> Floats:
    """Return the estimate of N of the best model of each table, nan where no model has one."""
    out = np.full(len(tables), np.nan)
    step = max(1, 60_000 // len(models))
    for start in range(0, len(tables), step):
        for at, ranking in enumerate(rank_many(models, tables[start : start + step]), start):
            order = ranking.order(criterion)
            if len(order):
                out[at] = ranking.counts.sum() + ranking.missing[order[0]]
    return out
