"""How far a figure might have come out otherwise, had other reports of the same kind been marked (the bootstrap)."""

import math
import struct
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

    The numbers are bytes of SHAKE-256 of the seed: they look random, and are the same on every machine.

    >>> next(draws(3)) == next(draws(3)), sorted({n for draw in draws(3) for n in draw})
    (True, [0, 1, 2])
    """
    for turn in range(times if size else 0):
        numbers = struct.unpack(f"<{size}I", shake_256(f"{seed} {turn}".encode()).digest(4 * size))
        yield [number % size for number in numbers]


def intervals(
    tallies: Sequence[Tally], figures: Mapping[str, Figure], times: int = DRAWS
) -> dict[str, Interval | None]:
    """Return the middle 95 % of each figure over draws of whole reports; None where no draw gives the figure.

    Whole reports are drawn because the claims of one report are right or wrong together. Source: Efron and Tibshirani,
    An Introduction to the Bootstrap, 1993, chapter 13 (percentile interval).
    """
    rows = [[(key, count) for key, count in tally.items() if count] for tally in tallies]
    seen: dict[str, list[float]] = {name: [] for name in figures}
    for draw in draws(len(rows), times):
        sums: Tally = Counter()
        for row, drawn in Counter(draw).items():
            for key, count in rows[row]:
                sums[key] += drawn * count
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
