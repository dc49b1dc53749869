"""Change points: when incidents became more or fewer, and how surely; nothing where a series is too short to tell."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import log
from typing import Any

from marsad.model import Wrong

FEWEST_PERIODS, FEWEST_EVENTS = 12, 30
"""Periods and events below which a series tells of no change: two halves of half a year each, with two or three events a
month, is the least of which chance can be told from change."""

_TIMES = 400
"""How often the series is drawn again."""

_SHORTEST = 3
"""Periods that lie between two changes at least."""


@dataclass(frozen=True, slots=True)
class Break:
    """From `period` on there were `after` events a period on average, `before` until then; the change lies, in 95 of 100
    series drawn again, between `first` and `last`, and was found again in the share `found` of them."""

    period: date
    first: date
    last: date
    before: float
    after: float
    found: float


def breaks(periods: Sequence[date], counts: Sequence[int], rng: Any) -> list[Break]:
    """Return the changes of a series of counts, in order; [] where it shows none.

    Counts are made alike in spread (2·√(n + 3/8), Anscombe 1948), cut by PELT (Killick et al. 2012, the library ruptures)
    with a penalty of 3·ln(periods) a change, and each change dated by drawing every period again from a Poisson
    distribution around the mean of its segment, 400 times. `rng` is a generator of numpy. Raises Wrong for fewer than 12
    periods or 30 events, and where the library is not installed.
    """
    if len(periods) != len(counts):
        raise ValueError(f"{len(periods)} periods but {len(counts)} counts")
    if len(counts) < FEWEST_PERIODS or sum(counts) < FEWEST_EVENTS:
        rule = f"is too short for change points: {sum(counts)} incidents in {len(counts)} periods"
        raise Wrong("series", None, rule, f"ask for {FEWEST_PERIODS} periods with {FEWEST_EVENTS} incidents at least")
    ruptures, numpy = _libraries()
    values = numpy.asarray(counts, dtype=float)
    cuts = _cut(ruptures, numpy, values)
    if not cuts:
        return []
    ends = [0, *cuts, len(values)]
    means = [float(values[a:b].mean()) for a, b in pairwise(ends)]
    level = numpy.concatenate([numpy.full(b - a, m) for (a, b), m in zip(pairwise(ends), means, strict=True)])
    drawn: list[list[int]] = [[] for _ in cuts]
    for _ in range(_TIMES):
        again = _cut(ruptures, numpy, rng.poisson(level).astype(float))
        for which, cut in enumerate(cuts):
            near = [c for c in again if ends[which] < c < ends[which + 2]]
            if near:
                drawn[which].append(min(near, key=lambda c, cut=cut: abs(c - cut)))  # type: ignore[misc]
    out = []
    for which, cut in enumerate(cuts):
        found = sorted(drawn[which]) or [cut]
        low, high = found[int(0.025 * (len(found) - 1))], found[round(0.975 * (len(found) - 1))]
        out.append(
            Break(
                periods[cut],
                periods[min(low, cut)],
                periods[max(high, cut)],
                means[which],
                means[which + 1],
                len(drawn[which]) / _TIMES,
            )
        )
    return out


def _cut(ruptures: Any, numpy: Any, values: Any) -> list[int]:
    even = 2 * numpy.sqrt(values + 3 / 8)
    found = ruptures.Pelt(model="l2", min_size=_SHORTEST, jump=1).fit(even).predict(pen=3 * log(len(values)))
    return [int(cut) for cut in found if cut < len(values)]


def _libraries() -> tuple[Any, Any]:
    try:
        import numpy
        import ruptures
    except ImportError as fault:
        remedy = "install marsad with the extra `context`: pip install 'marsad[context]'"
        raise Wrong("change points", None, f"need a library that is not here ({fault.name})", remedy) from fault
    return ruptures, numpy
