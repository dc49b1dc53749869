"""How far an estimate hangs on what no table can tell."""

import numpy as np

from marsad.estimate.decomposable import decomposable
from marsad.estimate.result import Result
from marsad.estimate.table import CaptureTable


def highest_order(result: Result, factors: int = 21, most: float = 3.0) -> list[tuple[float, float]]:
    """Return (factor, N): what N would be if those missing were `factor` times as many, from 1/`most` to `most`.

    The factor is exp(xi), xi the interaction of all lists at once, which nothing observed can tell and every model takes
    for nil: N(xi) = n + n0 exp(xi) (Aleshin-Guendel, Sadinle & Wakefield 2024). Empty where there is no point.
    """
    if result.point is None:
        return []
    return [(float(f), result.n + (result.point - result.n) * float(f)) for f in np.geomspace(1 / most, most, factors)]


def tipping_factor(result: Result, threshold: float) -> float | None:
    """Return by which factor those missing would have to be fewer (or more) for N to be `threshold`; None where it never is.

    >>> from marsad.estimate.result import Status
    >>> tipping_factor(Result("m", Status.OK, 4400, 10400.0), 7400)
    0.5
    """
    if result.point is None or threshold <= result.n or result.point <= result.n:
        return None
    return (threshold - result.n) / (result.point - result.n)


def over_delta(
    table: CaptureTable, times: tuple[float, ...] = (1 / 16, 1 / 4, 1.0, 4.0, 16.0)
) -> list[tuple[float, float]]:
    """Return (factor, median N) of averaging over graphs with the prior's cell mass delta made that many times larger."""
    found = [(f, decomposable(table, delta=f * 2.0**-table.n_lists, sensitivity=False).point) for f in times]
    return [(f, n) for f, n in found if n is not None]
