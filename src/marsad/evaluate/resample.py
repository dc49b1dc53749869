"""How far a figure might have come out otherwise, had other reports of the same kind been marked (the bootstrap)."""

import math
from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from hashlib import shake_256

from marsad.evaluate.figures import Figure
from marsad.evaluate.tally import Tally

DRAWS = 1000
SEED = "marsad evaluate"

Interval = tuple[float, float]


def draws(size: int, times: int = DRAWS, seed: str = SEED) -> Iterator[Sequence[int]]:
    """Yield `times` lists of `size` positions below `size`, each drawn with replacement; the same seed, the same draws.

    The numbers are the bytes of SHAKE-256 of the seed: they look random, and are the same on every machine.

    >>> next(draws(3)) == next(draws(3)), sorted({n for draw in draws(3) for n in draw})
    (True, [0, 1, 2])
    """
    numbers = array("I", shake_256(seed.encode()).digest(times * size * array("I").itemsize))
    for start in range(0, times * size, size or 1):
        yield [number % size for number in numbers[start : start + size]]


def intervals(
    tallies: Sequence[Tally], figures: Mapping[str, Figure], times: int = DRAWS
) -> dict[str, Interval | None]:
    """Return the middle 95 % of each figure over draws of whole reports; None where no draw gives the figure.

    Whole reports are drawn because the claims of one report are right or wrong together. Source: Efron and Tibshirani,
    An Introduction to the Bootstrap, 1993, chapter 13 (percentile interval).
    """
    keys = sorted({key for tally in tallies for key in tally})
    rows = [tuple(tally[key] for key in keys) for tally in tallies]
    seen: dict[str, list[float]] = {name: [] for name in figures}
    for draw in draws(len(rows), times) if rows else ():
        sums: Tally = Counter(dict(zip(keys, map(sum, zip(*(rows[i] for i in draw), strict=True)), strict=True)))
        for name, figure in figures.items():
            value = figure(sums)
            if value is not None:
                seen[name].append(value)
    return {name: _middle(sorted(values)) for name, values in seen.items()}


def _middle(values: Sequence[float]) -> Interval | None:
    """Return what lies between the lowest and the highest 2.5 % of sorted values."""
    if not values:
        return None
    cut = math.floor(len(values) * 0.025)
    return values[cut], values[len(values) - 1 - cut]
