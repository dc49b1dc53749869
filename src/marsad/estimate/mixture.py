"""What several models say together: a mixture of log-normal spreads of those missing."""

import numpy as np
from scipy.special import ndtr

from marsad.estimate.poisson import Floats

_POINTS = 301


def mixture(n: float, missing: Floats, log_error: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Return (values of N, probabilities) of the mixture of N = n + exp(normal(ln n0, s)) with the given weights.

    Values are 301 points, even in ln(N - n), from far below the lowest model to far above the highest; each carries the
    probability of the half steps around it. The lightest models are left out that together weigh
    less than a ten thousandth.
    """
    heaviest = np.argsort(-weights, kind="stable")
    kept = heaviest[: int(np.searchsorted(np.cumsum(weights[heaviest]), (1 - 1e-4) * weights.sum())) + 1]
    share = weights[kept] / weights[kept].sum()
    mean, spread = np.log(np.maximum(missing[kept], 1e-9)), np.maximum(log_error[kept], 1e-6)
    low, high = (mean - 5 * spread).min(), (mean + 5 * spread).max()
    points = np.linspace(low, high, _POINTS)
    edges = np.concatenate([[-np.inf], (points[1:] + points[:-1]) / 2, [np.inf]])
    below = ndtr((edges[:, None] - mean) / spread) @ share
    return n + np.exp(points), np.diff(below)


def quantile(density: tuple[Floats, Floats], q: float) -> float:
    """Return the q-quantile of (values, probabilities), interpolated between values."""
    values, mass = density
    below = np.cumsum(mass) - mass / 2
    return float(np.interp(q * mass.sum(), below, values))


def moments(density: tuple[Floats, Floats]) -> tuple[float, float]:
    """Return mean and standard deviation of (values, probabilities)."""
    values, mass = density
    mean = float((values * mass).sum() / mass.sum())
    return mean, float(np.sqrt(((values - mean) ** 2 * mass).sum() / mass.sum()))
