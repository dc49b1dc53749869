"""Maximum likelihood of many small log-linear models at once: Newton's method on stacks of tables.

log mu_s = sum of theta_T over the terms T of the model that are part of s, counts Poisson. The constant theta_0 is the
logarithm of the expected count of the cell that nobody sees. The design matrix holds 0 and 1 and is never made: its
products are sums over supersets (X'WX at terms T, U is the weight of all cells that hold T and U).

Thousands of models are fitted together, the stack being the last axis of every array, so that each step of elimination
is one operation on all. That is as fast as compiled code for 4 and 5 lists, and starts cold.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from marsad.estimate.lattice import Bools, over_subsets, over_supersets

Floats = NDArray[np.float64]

STEPS = 13
"""Newton steps. Where the likelihood has its maximum, 8 suffice; where it lies at infinity, mu falls e-fold a step."""

DONE = 1e-12
"""Squared length of a Newton step, in units of the likelihood's own curvature, below which a fit has converged."""

_IN_CACHE = 1 << 18
"""Numbers of one stack of matrices that are worked on at a time, so that they stay in the processor's cache."""


class Fitted(NamedTuple):
    """Fits, one an entry: expected counts (fits, 2^J), log of the unseen cell, its variance, likelihood, convergence.

    `log_missing` is theta_0 and `variance` its variance, from the inverse of the information. `likelihood` is the Poisson
    log-likelihood without the terms of the counts' factorials. `drift` is the last step of theta (by term, the model's terms
    only), which tells which way a maximum at infinity lies. `converged` is false where no maximum was reached or a pivot
    vanished.
    """

    expected: Floats
    log_missing: Floats
    variance: Floats
    likelihood: Floats
    drift: Floats
    converged: Bools


def fit(models: Bools, cells: Bools, counts: Floats, steps: int = STEPS, enough: float = DONE) -> Fitted:
    """Return the fit of each model to its counts over its cells, all three of shape (fits, 2^J).

    `cells` says which cells are part of the table; counts elsewhere are not looked at. Cell 0 is left out for an estimate,
    and put in, with a count, to profile the likelihood over it. A step shorter than `enough` (squared, see `DONE`) ends a
    fit; that step is still taken, so estimates are as good as its square, and variances as good as the step.
    """
    n_fits, n_cells = models.shape
    out = Fitted(np.zeros((n_fits, n_cells)), np.full(n_fits, np.nan), np.full(n_fits, np.nan), np.full(n_fits, np.nan),
                 np.zeros((n_fits, n_cells)), np.zeros(n_fits, dtype=bool))  # fmt: skip
    size = models.sum(axis=1)
    for terms in np.unique(size):
        rows = np.flatnonzero(size == terms)
        step = max(1, _IN_CACHE // int(terms * terms))
        for start in range(0, len(rows), step):
            some = rows[start : start + step]
            for field, part in zip(
                out, _fit_alike(models[some], cells[some], counts[some], steps, enough), strict=True
            ):
                field[some] = part
    return out


def full_rank(models: Bools, cells: Bools) -> Bools:
    """Return which models have a design of full rank over their cells, both of shape (fits, 2^J).

    The pivots of the unweighted X'X are ratios of whole numbers, so none is a small number that is not nil.
    """
    out = np.zeros(len(models), dtype=bool)
    size = models.sum(axis=1)
    for terms in np.unique(size):
        rows = np.flatnonzero(size == terms)
        for start in range(0, len(rows), 1024):
            some = rows[start : start + 1024]
            sets = np.nonzero(models[some])[1].reshape(len(some), -1).T
            shared = over_supersets(cells[some].T.astype(float))
            matrix = shared[sets[:, None] | sets[None], np.arange(len(some))]
            out[some] = _solve(matrix, np.zeros(sets.shape))[2]
    return out


def _fit_alike(models: Bools, cells: Bools, counts: Floats, steps: int, enough: float) -> Fitted:
    """Fit models of equal size. Terms are ordered from large to small: the constant is eliminated last."""
    n_fits, n_cells = models.shape
    terms = np.nonzero(models)[1].reshape(n_fits, -1).T[::-1]  # (terms, fits), the empty set last
    either = (terms[:, None, :] | terms[None, :, :]) * n_fits + np.arange(n_fits)
    inside = cells.T.astype(float)
    seen = counts.T * inside
    mu = seen + 0.5 * inside
    eta = np.log(np.where(inside > 0, mu, 1.0))  # the first step is a weighted regression on the counts themselves
    result = Fitted(np.zeros((n_fits, n_cells)), np.zeros(n_fits), np.zeros(n_fits), np.full(n_fits, -np.inf),
                    np.zeros((n_fits, n_cells)), np.zeros(n_fits, dtype=bool))  # fmt: skip
    row, ended = np.arange(n_fits), np.zeros(n_fits, dtype=bool)
    old = np.full(n_fits, -np.inf)
    theta = np.zeros(terms.shape)
    for step in range(steps):
        target = np.take_along_axis(over_supersets(seen - mu + (mu * eta if step == 0 else 0.0)), terms, 0)
        change, pivot, whole = _solve(np.take(over_supersets(mu), either), target)
        length = (change * target).sum(axis=0) if step else np.full(len(row), np.inf)
        theta, mu, old = _move(theta, change, terms, seen, inside, old)
        done = (length < enough) & whole
        ends = (done | ~whole | (step == steps - 1)) & ~ended
        into = row[ends]
        result.expected[into] = mu.T[ends]
        result.log_missing[into] = theta[-1, ends]
        result.variance[into] = 1.0 / pivot[ends]
        result.likelihood[into] = old[ends]
        result.drift[into[:, None], terms.T[ends]] = change.T[ends]
        result.converged[into] = done[ends]
        ended |= ends
        if ended.all():
            break
        if ended.mean() > 0.25:  # leave out what has ended, when that is worth the copying
            keep = ~ended
            row, ended, old = row[keep], ended[keep], old[keep]
            theta, mu, terms = theta[:, keep], mu[:, keep], terms[:, keep]
            seen, inside = seen[:, keep], inside[:, keep]
            either = (terms[:, None, :] | terms[None, :, :]) * len(row) + np.arange(len(row))
    return result


def _move(
    theta: Floats, change: Floats, terms: NDArray[np.int64], seen: Floats, inside: Floats, old: Floats
) -> tuple[Floats, Floats, Floats]:
    """Return theta after the step, halved for those fits where it would lower the likelihood; mu; likelihood."""
    share = np.ones(theta.shape[1])
    for halving in range(12):
        moved = theta + share * change
        full = np.zeros(seen.shape)
        np.put_along_axis(full, terms, moved, 0)
        eta = np.clip(over_subsets(full), -40.0, 40.0)
        mu = np.exp(eta) * inside
        likelihood = (seen * eta).sum(axis=0) - mu.sum(axis=0)
        worse = likelihood < old - 1e-9 * (1.0 + np.abs(old))
        if not worse.any() or halving == 11:
            break
        share[worse] *= 0.5
    return moved, mu, likelihood


def _solve(matrix: Floats, right: Floats) -> tuple[Floats, Floats, Bools]:
    """Return the solutions of symmetric systems stacked on the last axis, their last pivots, and which are of full rank."""
    size = len(right)
    right = right.copy()
    scale = np.einsum("iik->ik", matrix).copy()
    whole = np.ones(right.shape[1], dtype=bool)
    for k in range(size):
        pivot = matrix[k, k]
        bad = pivot <= 1e-11 * scale[k]
        if bad.any():
            whole &= ~bad
            pivot = np.where(bad, 1.0, pivot)
            matrix[k, k] = pivot
        if k + 1 < size:
            ratio = matrix[k, k + 1 :] / pivot
            right[k + 1 :] -= ratio * right[k]
            for i in range(k + 1, size):  # only what lies on and above the diagonal is read again
                matrix[i, i:] -= ratio[i - k - 1] * matrix[k, i:]
    for k in range(size - 1, -1, -1):
        if k + 1 < size:
            right[k] -= (matrix[k, k + 1 :] * right[k + 1 :]).sum(axis=0)
        right[k] /= matrix[k, k]
    return right, matrix[-1, -1], whole
