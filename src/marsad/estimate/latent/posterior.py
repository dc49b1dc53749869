"""The posterior of N from draws of p0: an average of negative binomials, so that quantiles are smooth
(Rao-Blackwell).
"""

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc

Floats = NDArray[np.float64]

MOST = 1500
"""Draws of p0 that quantiles are computed from, evenly spaced: more change nothing that Monte Carlo error does not."""


class Unseen:
    """Persons never seen: n0 | p0 ~ NegBin(seen, 1 - p0) up to `cap`, averaged over the draws of p0 in `missed`.

    >>> Unseen(np.full((2, 100), 0.5), seen=100, cap=2000).quantile(0.9)
    118.0
    """

    def __init__(self, missed: Floats, seen: int, cap: int) -> None:
        flat = missed.ravel()
        self.found = 1.0 - flat[np.linspace(0, flat.size - 1, min(flat.size, MOST)).astype(int)]
        self.found = np.clip(self.found, 1e-12, 1.0)
        self.seen, self.cap = seen, cap
        self._whole = np.maximum(betainc(seen, cap + 1.0, self.found), 1e-300)

    def below(self, n0: float) -> float:
        """P(persons unseen <= n0 | data)."""
        if n0 < 0:
            return 0.0
        if n0 >= self.cap:
            return 1.0
        return float(np.minimum(betainc(self.seen, np.floor(n0) + 1.0, self.found) / self._whole, 1.0).mean())

    def quantile(self, share: float) -> float:
        """The smallest number that holds at least `share` of the posterior, as a whole number of persons."""
        means = self.seen * (1.0 - self.found) / self.found
        low, high = -1, int(min(np.quantile(means, share) * 1.05 + 10, self.cap))
        while self.below(high) < share:
            low, high = high, min(int(high * 1.5) + 10, self.cap)
        low = max(low, -1)
        while high - low > 1:
            # The steps halve on the log scale: n0 may be three or three hundred thousand.
            middle = int(np.sqrt((low + 2.0) * (high + 1.0))) - 1
            middle = min(max(middle, low + 1), high - 1)
            low, high = (middle, high) if self.below(middle) < share else (low, middle)
        return float(high)
