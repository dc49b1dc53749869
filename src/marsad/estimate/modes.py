"""Whether a posterior has more than one top, so that no single number stands for it."""

from itertools import pairwise

import numpy as np
from scipy.ndimage import gaussian_filter1d

from marsad.estimate.caution import Caution, Code, Severity
from marsad.estimate.poisson import Floats

VALLEY, LEAST = 0.5, 0.1
"""Two tops are apart where the density between falls below half the lower one and each side holds a tenth of the mass."""


def tops(missing: Floats, mass: Floats) -> list[tuple[float, float]]:
    """Return the tops of the density of ln n0 as (n0, share of the mass on its side of the valleys), the heaviest first.

    The density is taken on 400 steps even in ln n0 between the 0.1 % and 99.9 % quantiles, smoothed over two steps.

    >>> x = np.arange(1.0, 20001)
    >>> two = sum(np.exp(-0.5 * ((np.log(x) - np.log(top)) / 0.2) ** 2) / x for top in (300, 5000))
    >>> [round(share, 1) for _, share in tops(x, two / two.sum())]
    [0.5, 0.5]
    """
    positive = missing > 0
    at, share = np.log(missing[positive]), mass[positive] / mass[positive].sum()
    below = np.cumsum(share)
    ends = np.minimum(np.searchsorted(below, np.array([1e-3, 1 - 1e-3])), len(at) - 1)
    left, right = float(at[ends[0]]), float(at[ends[1]])
    if right - left < 1e-6:
        return [(float(np.exp(left)), 1.0)]
    height, edges = np.histogram(at, bins=400, range=(left, right), weights=share)
    if len(at) < 400 or np.exp(left) < 400:  # whole numbers lie farther apart than the steps: fewer, wider steps
        height, edges = np.histogram(at, bins=40, range=(left, right), weights=share)
    height = gaussian_filter1d(height, 2.0)
    cuts = [0, *_valleys(height), len(height)]
    middle = (edges[1:] + edges[:-1]) / 2
    found = [(float(np.exp(middle[a + int(height[a:b].argmax())])), float(height[a:b].sum() / height.sum()))
             for a, b in pairwise(cuts)]  # fmt: skip
    return sorted(found, key=lambda top: -top[1])


def _valleys(height: Floats) -> list[int]:
    """Return the steps at which the density is cut: lowest between two tops of which the lower is twice as high."""
    cuts: list[int] = []
    before = 0
    for at in range(1, len(height) - 1):
        if height[at] <= height[at - 1] and height[at] < height[at + 1]:
            top, after = height[before:at].max(), height[at:].max()
            if height[at] < VALLEY * min(top, after):
                sides = height[before:at].sum(), height[at:].sum()
                if min(sides) >= LEAST * height.sum():
                    cuts.append(at)
                    before = at
    return cuts


def modes(missing: Floats, mass: Floats, n: int) -> list[Caution]:
    """Return the caution that a posterior of those missing has several tops, or nothing."""
    found = tops(missing, mass)
    if len(found) < 2:
        return []
    told = "; ".join(f"{n + top:,.0f} ({share:.0%})" for top, share in found)
    says = f"The answer has {len(found)} tops, not one: {told}."
    evidence = {f"top_{k + 1}": round(n + top) for k, (top, _) in enumerate(found)}
    return [Caution(Code.MULTIMODAL, Severity.ERROR, says, evidence)]
