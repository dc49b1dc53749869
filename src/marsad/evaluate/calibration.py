"""Whether a probability means what it says: of what is called 70 % likely, seven in ten should be so."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from marsad.evaluate.figures import ratio

EDGES = (0.01, 0.05, 0.15, 0.3, 0.5, 0.7, 0.9)
"""Where bins end. Narrow near 0, where nearly all pairs of tellings are."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Of `n` forecasts from `low` up to `high`, `true` came true; `mean` is the mean of what was said of them."""

    low: float
    high: float
    n: int
    true: int
    mean: float | None

    @property
    def share(self) -> float | None:
        """How many of them came true, None of none."""
        return ratio(self.true, self.n)


@dataclass(frozen=True, slots=True)
class Calibration:
    """Bins of forecasts, and two errors from 0 (none) to 1, None without forecasts.

    `expected_error` is the mean distance of what was said from what came true, bin by bin, weighed by forecasts; `brier`
    the mean square of what was said minus what came true (Brier, Verification of forecasts, 1950); `brier_of_prior` the
    same for one who always says the share that came true: below it, forecasts tell something.
    """

    bins: tuple[Bin, ...]
    expected_error: float | None
    brier: float | None
    brier_of_prior: float | None


def calibration(forecasts: Iterable[tuple[float, bool]]) -> Calibration:
    """Return how well probabilities from 0 to 1 foretold what was true.

    >>> calibration([(0.5, True), (0.5, False)]).expected_error
    0.0
    """
    lows, highs = (0.0, *EDGES), (*EDGES, 1.0)
    n, true, said = ([0] * len(lows), [0] * len(lows), [0.0] * len(lows))
    square = 0.0
    for p, happened in forecasts:
        at = bisect_right(EDGES, p)
        n[at] += 1
        true[at] += happened
        said[at] += p
        square += (p - happened) ** 2
    bins = [Bin(lows[i], highs[i], n[i], true[i], ratio(said[i], n[i])) for i in range(len(lows))]
    total, rate = sum(n), ratio(sum(true), sum(n))
    error = ratio(sum(abs(said[i] - true[i]) for i in range(len(lows))), total)
    prior = None if rate is None else rate * (1 - rate)
    return Calibration(tuple(bins), error, ratio(square, total), prior)
