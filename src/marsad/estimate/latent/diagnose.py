"""Whether chains tell one story: R-hat, effective sample sizes, modes. Vehtari, Gelman, Simpson, Carpenter and
Buerkner 2021 (Bayesian Analysis 16).
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri
from scipy.stats import rankdata

Floats = NDArray[np.float64]


def _halves(draws: Floats) -> Floats:
    half = draws.shape[1] // 2
    return np.concatenate([draws[:, :half], draws[:, -half:]])


def _normal_ranks(draws: Floats) -> Floats:
    ranks = rankdata(draws, method="average").reshape(draws.shape)
    return np.asarray(ndtri((ranks - 0.375) / (draws.size + 0.25)))


def _ratio(draws: Floats) -> float:
    length = draws.shape[1]
    within = draws.var(axis=1, ddof=1).mean()
    between = draws.mean(axis=1).var(ddof=1)
    if within <= 0:
        return 1.0 if between <= 0 else float("inf")
    return float(np.sqrt((length - 1) / length + between / within))


def rhat(draws: Floats) -> float:
    """Rank-normalised split R-hat of draws (chains, draws): 1 where chains agree, above 1.01 where they do not.
    Location and spread, the worse.
    """
    split = _halves(draws)
    folded = np.abs(split - np.median(split))
    return max(_ratio(_normal_ranks(split)), _ratio(_normal_ranks(folded)))


def _size(draws: Floats) -> float:
    """Effective number of independent draws among draws (chains, draws), by Geyer's initial monotone sequence."""
    chains, length = draws.shape
    within = draws.var(axis=1, ddof=1).mean()
    if within <= 0:
        return float(draws.size)
    centred = draws - draws.mean(axis=1, keepdims=True)
    waves = np.fft.rfft(centred, 2 * length, axis=1)
    covariance = (np.fft.irfft(waves * waves.conj(), axis=1)[:, :length] / length).mean(axis=0)
    total = within * (length - 1) / length + (draws.mean(axis=1).var(ddof=1) if chains > 1 else 0.0)
    rho = 1.0 - (within - covariance * length / (length - 1)) / total
    rho[0] = 1.0
    pairs = rho[: length // 2 * 2].reshape(-1, 2).sum(axis=1)
    stop = int(np.argmax(pairs < 0)) if (pairs < 0).any() else len(pairs)
    correlated = 2.0 * np.minimum.accumulate(pairs[: max(stop, 1)]).sum() - 1.0
    return float(min(draws.size / max(correlated, 1.0 / np.log10(draws.size)), draws.size * np.log10(draws.size)))


def ess_bulk(draws: Floats) -> float:
    """Effective draws behind the middle of the distribution: of rank-normalised, split draws (chains, draws)."""
    return _size(_normal_ranks(_halves(draws)))


def ess_tail(draws: Floats) -> float:
    """Effective draws behind the ends: the smaller for the indicators of the 5 % and the 95 % quantile."""
    split = _halves(draws)
    return min(_size((split <= np.quantile(draws, share)).astype(float)) for share in (0.05, 0.95))


@dataclass(frozen=True, slots=True)
class Mode:
    """One hump of a distribution: where it peaks and which share of the draws lies on its side of the valleys."""

    peak: float
    share: float


def modes(draws: Floats, least: float = 0.03, depth: float = 0.7) -> list[Mode]:
    """The humps of positive draws, on the log scale: those with at least `least` of the draws, parted by a valley
    below `depth` of the lower peak.

    A Gaussian kernel at 0.7 of Silverman's width, by the spread of the middle half, smooths over a grid of 512 steps:
    narrow enough to show two humps a deviation and a half apart, wide enough that 400 effective draws from one hump
    rarely make two.
    """
    logs = np.log(np.maximum(draws.ravel(), 1.0))
    low, high = np.quantile(logs, [0.001, 0.999])
    quarter, three = np.quantile(logs, [0.25, 0.75])
    width = 0.7 * 0.9 * max(min(logs.std(), (three - quarter) / 1.34), 1e-9) * min(logs.size, 2000) ** -0.2
    width = max(width, 1.2 * float(np.exp(-np.median(logs))))  # whole persons are no humps
    if high - low < 4 * width or high - low < 1e-6:
        return [Mode(float(np.exp(np.median(logs))), 1.0)]
    edges = np.linspace(low - 3 * width, high + 3 * width, 513)
    heights = np.histogram(logs, edges)[0].astype(float)
    reach = np.arange(-256, 257) * (edges[1] - edges[0]) / width
    smooth = np.convolve(heights, np.exp(-0.5 * reach**2))[256:768]
    peaks = [i for i in range(1, 511) if smooth[i] >= smooth[i - 1] and smooth[i] > smooth[i + 1]] or [
        int(smooth.argmax())
    ]
    valleys = [a + int(smooth[a:b].argmin()) for a, b in pairwise(peaks)]
    bounds = [0, *valleys, 512]
    kept = list(pairwise(bounds))
    while len(kept) > 1:
        tops = [smooth[a:b].max() for a, b in kept]
        masses = [heights[a:b].sum() / heights.sum() for a, b in kept]
        weak = [i for i in range(len(kept) - 1)
                if smooth[kept[i][1]] > depth * min(tops[i], tops[i + 1]) or min(masses[i], masses[i + 1]) < least]  # fmt: skip
        if not weak:
            break
        i = min(weak, key=lambda i: min(tops[i], tops[i + 1]))
        kept[i : i + 2] = [(kept[i][0], kept[i + 1][1])]
    middle = (edges[:-1] + edges[1:]) / 2
    return [
        Mode(float(np.exp(middle[a + int(smooth[a:b].argmax())])), float(heights[a:b].sum() / heights.sum()))
        for a, b in kept
    ]


def story(draws: Floats) -> dict[str, Any]:
    """The three numbers by which chains are judged, by name: `rhat`, `ess_bulk`, `ess_tail`."""
    return {"rhat": rhat(draws), "ess_bulk": ess_bulk(draws), "ess_tail": ess_tail(draws)}
