"""No highest-order interaction: the weakest assumption that still gives a number, and what happens when it is wrong.

Whatever the lists say, the data never tell n0: models that fit alike may differ at will in the one cell nobody sees
(Aleshin-Guendel, Sadinle & Wakefield 2024, Biometrics 80). So the assumption is named and then leaned on: by how much
must it fail before the answer changes?
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from marsad.estimate import given
from marsad.estimate.caution import Caution, Code, Severity
from marsad.estimate.result import Result, Status
from marsad.estimate.screen import unless_copied
from marsad.estimate.table import CaptureTable
from marsad.model.errors import Wrong

Floats = NDArray[np.float64]

DRAWS = 8000


def nhoi(table: CaptureTable, *, xi: float = 0.0, width: float = 0.0, level: float = 0.95, seed: int = 1) -> Result:
    """Return N were the interaction of all J lists at once not nil but `xi`, give or take `width`.

    n0 = exp(xi) prod over s != 0 of mu_s^((-1)^(|s| + 1)), mu_s being the expected count of pattern s. The observed
    cells are free: the point is at the counts themselves (plus a half each where one is zero), the interval from mu_s
    ~ Gamma(n_s + 1/2) and n0 ~ Poisson, and then made `width` wider on the log scale to both sides: for any |xi' -
    xi| <= width it holds what a known xi' would give. `xi` and `width` are natural logarithms: 0.69 says that those
    missing are twice as many as the lists let on. Positive xi means more missing.

    Assumes a closed population, no copies, exact linkage; nothing about dependence but xi. With two lists xi is the
    logarithm of their odds ratio, and status is `lower_bound_only`; from three lists on `ok`, with a caution where
    cells are empty. Raises Wrong for `width` below zero or more than 16 lists. Source: Aleshin-Guendel, Sadinle &
    Wakefield 2024; Fienberg 1972.

    >>> table = CaptureTable.from_patterns(("A", "B"), {"10": 40, "01": 30, "11": 20})
    >>> round(nhoi(table).point)  # two lists: Lincoln and Petersen
    150
    """
    given.table(table)
    given.level(level)
    if width < 0 or not np.isfinite([xi, width]).all():
        raise Wrong(
            "nhoi", f"xi {xi}, width {width}", "is no interaction with a width from zero up", "give logarithms, as 0.7"
        )
    spec = {"xi": xi, "width": width, "level": level}
    cells = table.dense()[1:].astype(float)
    sizes = np.array([bin(s).count("1") for s in range(1, len(cells) + 1)])
    signs = np.where(sizes % 2 == 1, 1.0, -1.0)
    empty = int((cells == 0).sum())
    plugged = cells + (0.5 if empty else 0.0)
    point = float(np.exp(xi + signs @ np.log(plugged)))
    missing = _missing(cells, signs, xi, np.random.default_rng(seed))
    tail = (1 - level) / 2
    low, high = np.quantile(missing, [tail, 1 - tail])
    cautions = _doubts(table, empty, len(cells))
    ends = {"low": table.n + float(low) * np.exp(-width), "high": table.n + float(high) * np.exp(width)}
    status = Status.LOWER_BOUND_ONLY if table.n_lists < 3 else Status.NOT_IDENTIFIABLE if empty > 1 else Status.OK
    made = Result.of(
        table, "nhoi", status, point=table.n + point, **ends,
        level=level, log_error=float(np.log(np.maximum(missing, 0.5)).std()), cautions=cautions, spec=spec, seed=seed,
        draws=(table.n + missing)[None, :],
    )  # fmt: skip
    return made if table.n_lists < 3 else unless_copied(made, table)


def _missing(cells: Floats, signs: Floats, xi: float, rng: np.random.Generator) -> Floats:
    """Return draws of n0: mu_s ~ Gamma(n_s + 1/2), n0 ~ Poisson of their alternating product times exp(xi)."""
    # Small shapes: log Gamma(a) = log Gamma(a + 1) + log(U) / a does not underflow.
    shapes = cells + 0.5
    logs = (
        np.log(rng.standard_gamma(shapes + 1.0, (DRAWS, len(cells))))
        + np.log1p(-rng.random((DRAWS, len(cells)))) / shapes
    )
    means = np.exp(np.minimum(xi + logs @ signs, 40.0))
    return np.where(means < 1e12, rng.poisson(np.minimum(means, 1e12)), means)


def _doubts(table: CaptureTable, empty: int, cells: int) -> list[Caution]:
    """Return what speaks against the answer: patterns never seen, and too few lists."""
    cautions: list[Caution] = []
    if empty:
        says = f"{empty} of {cells} patterns were never seen; the answer leans on the half person added to each cell."
        cautions.append(
            Caution(Code.PRIOR_DRIVEN, Severity.WARNING if empty == 1 else Severity.ERROR, says, {"empty": empty})
        )
    if table.n_lists < 3:
        says = "With two lists the assumption is that they are independent; nothing in the table can speak against it."
        cautions.append(Caution(Code.FEWER_THAN_THREE_LISTS, Severity.ERROR, says, {"lists": table.n_lists}))
    return cautions


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """Were those missing exp(xi) times what a method says, N would be `point`, between `low` and `high`, for each of
    `xi`.

    `claim` is a number of persons under discussion; `tipping` the xi nearest to zero at which the point reaches it,
    and `tipping_interval` the one at which the interval does (0 where it holds the claim already). None where no
    claim was made or where no xi reaches it, as none reaches a claim below the documented.
    """

    method: str
    n: int
    xi: Floats
    low: Floats
    point: Floats
    high: Floats
    claim: float | None = None
    tipping: float | None = None
    tipping_interval: float | None = None

    def rows(self) -> list[dict[str, float]]:
        """One row for each xi: `xi`, `times` = exp(xi), `low`, `point`, `high`."""
        columns = (self.xi, np.exp(self.xi), self.low, self.point, self.high)
        return [
            dict(zip(("xi", "times", "low", "point", "high"), map(float, row), strict=True))
            for row in zip(*columns, strict=True)
        ]

    def summary(self) -> str:
        """In words: how wrong the assumption may be before the claim would stand."""
        if self.claim is None:
            return f"By {self.method}, N = {self.n:,} + exp(xi) times those missing; see rows() for the curve."
        if self.tipping is None or self.tipping_interval is None:
            return f"No failing of the assumption brings {self.method} to {self.claim:,.0f} persons: {self.n:,} are documented."
        times = float(np.exp(self.tipping))
        if self.tipping_interval == 0:
            return f"The interval of {self.method} holds {self.claim:,.0f} persons already (point: {times:.2f} times)."
        return (
            f"{self.claim:,.0f} persons would need {times:.2f} times as many missing as {self.method} says; "
            f"its interval reaches them at {float(np.exp(self.tipping_interval)):.2f} times."
        )


def sensitivity(result: Result, *, xi: ArrayLike | None = None, claim: float | None = None) -> Sensitivity:
    """Return how the answer of any method moves when its untestable assumption fails by xi: n0(xi) = n0 exp(xi).

    `xi` are natural logarithms, None for 41 from -2 to 2 (an eighth to seven times). `claim`: a number of persons.
    Raises Wrong where the result has no point or interval. Source: Aleshin-Guendel, Sadinle & Wakefield 2024.

    >>> table = CaptureTable.from_patterns(("A", "B"), {"10": 40, "01": 30, "11": 20})
    >>> print(sensitivity(nhoi(table), claim=210).summary())
    210 persons would need 2.00 times as many missing as nhoi says; its interval reaches them at 1.04 times.
    """
    if result.point is None or result.low is None or result.high is None:
        raise Wrong(result.method, result.status, "has no interval that could be leaned on", "see its cautions")
    at = np.linspace(-2, 2, 41) if xi is None else np.asarray(xi, dtype=float)
    ends: dict[str, Any] = {name: result.n + (value - result.n) * np.exp(at)
                            for name, value in (("low", result.low), ("point", result.point), ("high", result.high))}  # fmt: skip
    tipping = _xi(result.point, result.n, claim)
    reach = None
    if claim is not None and tipping is not None:
        reach = 0.0
        if not result.low <= claim <= result.high:
            reach = _xi(result.high if claim > result.high else result.low, result.n, claim)
    return Sensitivity(result.method, result.n, at, claim=claim, tipping=tipping, tipping_interval=reach, **ends)


def _xi(value: float, n: int, claim: float | None) -> float | None:
    return None if claim is None or claim <= n or value <= n else float(np.log((claim - n) / (value - n)))
