"""Intervals of N around an estimate: log-normal, and from the profile of the multinomial likelihood."""

from typing import NamedTuple

import numpy as np
from scipy.interpolate import CubicSpline
from scipy.special import gammaln, ndtri
from scipy.stats import chi2

from marsad.estimate.lattice import Bools
from marsad.estimate.poisson import Floats, fit

_POINTS = np.linspace(-6, 6, 49)
_FAR = np.linspace(-25, 25, 401)
"""Where the likelihood is looked at, in standard errors of ln n0; and farther out, for those that need it."""


class Interval(NamedTuple):
    """Low and high of N; None for high where nothing bounds it from above."""

    low: float
    high: float | None


def log_normal(n: float, missing: float, variance: float, level: float = 0.95) -> Interval:
    """Return [n + n0 / C, n + n0 C], C = exp(z sqrt(ln(1 + Var / n0^2))): for any estimate of n0 with a variance (Chao 1987).

    >>> [round(end) for end in log_normal(4400, 5956.52, 785.9**2)]
    [9004, 12106]
    """
    if missing <= 0:
        return Interval(n, n)
    spread = np.exp(ndtri((1 + level) / 2) * np.sqrt(np.log1p(variance / missing**2)))
    return Interval(n + missing / float(spread), n + missing * float(spread))


def wald(n: float, missing: float, log_error: float, level: float = 0.95) -> Interval:
    """Return [n + n0 exp(-z s), n + n0 exp(z s)], s the standard error of ln n0: theta_0 taken as normal."""
    spread = float(np.exp(ndtri((1 + level) / 2) * log_error))
    return Interval(n + missing / spread, n + missing * spread)


def profile(
    terms: Bools, cells: Bools, counts: Floats, missing: float, log_error: float, level: float = 0.95
) -> Interval:
    """Return where the multinomial likelihood, maximised over all else, falls by less than half a chi-square quantile.

    l(n0) = max over theta of the Poisson log-likelihood of (n_s, n0), less N ln N - N - ln N!. The interval holds the n0
    with 2 (max l - l(n0)) up to the quantile of chi-square with one degree of freedom. `terms` and `cells` are the model
    as struck out, `counts` the table, `missing` and `log_error` its estimate of n0 and the standard error of ln n0.
    """
    n, limit = float(counts.sum()), float(chi2.ppf(level, 1))
    step = max(min(log_error, 1.5), 1e-3)
    for points in (_POINTS, _FAR):
        at = np.log(missing) + step * points
        curve = CubicSpline(at, _profiled(terms, cells, counts, np.exp(at)))
        tops = curve.derivative().roots(extrapolate=False)
        best = float(max(*curve(at), *(curve(tops) if len(tops) else ())))
        top = float(at[int(curve(at).argmax())])
        ends = np.sort(CubicSpline(at, curve(at) - best + limit / 2).roots(extrapolate=False))
        below, above = ends[ends < top], ends[ends > top]
        if (len(below) or np.exp(at[0]) < 0.01) and len(above):
            break
    return Interval(
        n + float(np.exp(below[-1])) if len(below) else n, n + float(np.exp(above[0])) if len(above) else None
    )


def _profiled(terms: Bools, cells: Bools, counts: Floats, missing: Floats) -> Floats:
    """Return l(n0) at each n0, up to a constant."""
    size = len(missing)
    with_unseen, tables = np.tile(cells, (size, 1)), np.tile(counts, (size, 1))
    with_unseen[:, 0], tables[:, 0] = True, missing
    fitted = fit(np.tile(terms, (size, 1)), with_unseen, tables, steps=60)
    total = counts.sum() + missing
    value = fitted.likelihood - gammaln(missing + 1) - (total * np.log(total) - total - gammaln(total + 1))
    return np.asarray(value)
