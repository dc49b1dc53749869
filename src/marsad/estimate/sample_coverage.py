"""How much of the population the lists cover, and from that N: dependence between pairs of lists allowed for."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from marsad.estimate import given
from marsad.estimate.caution import Caution, Code, Severity
from marsad.estimate.intervals import log_normal
from marsad.estimate.result import Model, Result, Status
from marsad.estimate.screen import unless_copied
from marsad.estimate.table import CaptureTable

ENOUGH = 0.55
"""Coverage from which the estimate is advised; below, it is a lower bound at best (Chao and others 2001)."""


class Covered(NamedTuple):
    """Coverage of the lists (0 to 1), N were lists independent, N with pairs dependent, and one step towards the latter."""

    coverage: float
    independent: float
    dependent: float | None
    one_step: float


def sample_coverage(table: CaptureTable, *, level: float = 0.95, replicates: int = 400, seed: int = 0) -> Result:
    """Return N from the share of the population that the lists cover.

    With J lists, S_j the persons on list j alone, n_j those on it, B_ij those on i and j, and A_ij those who are on no list
    but i and j, counted for i and for j: C = 1 - mean S_j / n_j, D = n - mean S_j, and N = (J D - sum A_ij) / (J C - sum A_ij
    B_ij / (n_i n_j)). Where C is below 0.55 the one-step estimate is given instead, which puts D / C for N on the right hand
    side of N = D / C + sum A_ij (N B_ij / (n_i n_j) - 1) / (J C) and then repeats it, and the status is `lower_bound_only`:
    it stays below N where lists like the same people. Assumes lists of about equal
    reach and no dependence of three lists at once (Chao & Tsay 1998; Chao, Tsay, Lin, Shau & Chao 2001). The interval is
    log-normal, its variance from `replicates` tables drawn from the estimate.
    """
    given.table(table)
    given.level(level)
    given.at_least("replicates", replicates, 2)
    if table.n_lists < 3 or table.n == 0:
        says = f"Sample coverage needs three lists and somebody on them: {table.n_lists} lists, {table.n:,} persons."
        few = Caution(Code.FEWER_THAN_THREE_LISTS, Severity.ERROR, says, {"lists": table.n_lists})
        return Result.of(table, "sample-coverage", Status.LOWER_BOUND_ONLY, cautions=(few,))
    found = covered(table.seen, table.counts.astype(float))
    high = found.coverage >= ENOUGH and found.dependent is not None
    point = found.dependent if high and found.dependent is not None else found.one_step
    point = max(point, float(table.n))
    drawn = _replicates(table.canonical(), point, high, replicates, np.random.default_rng(seed))
    variance = float(np.var(drawn, ddof=1)) if len(drawn) > 1 else 0.0
    low, upper = log_normal(table.n, point - table.n, variance, level)
    cautions = [] if high else [Caution(Code.SMALL_OVERLAP, Severity.WARNING,
                                        f"The lists cover about {found.coverage:.0%} of the population, less than {ENOUGH:.0%}.",
                                        {"coverage": round(found.coverage, 4)})]  # fmt: skip
    models = (Model("independent lists", found.independent), Model("dependent pairs", found.dependent),
              Model("dependent pairs, one step", found.one_step))  # fmt: skip
    made = Result.of(table, "sample-coverage", Status.OK if high else Status.LOWER_BOUND_ONLY, point=point, low=low,
                     high=upper, level=level, error=variance**0.5, models=models, cautions=tuple(cautions), seed=seed,
                     log_error=float(np.sqrt(np.log1p(variance / max(point - table.n, 1e-9) ** 2))) if point > table.n else None,
                     spec={"level": level, "replicates": replicates},
                     diagnostics={"coverage": found.coverage})  # fmt: skip
    return unless_copied(made, table)


def covered(seen: NDArray[np.bool_], counts: NDArray[np.float64]) -> Covered:
    """Return coverage and estimates of a table: which list is in which pattern, shape (patterns, J), and counts."""
    n_lists = seen.shape[1]
    listed = np.maximum(seen.T @ counts, 1e-12)
    alone = (seen & (seen.sum(axis=1) == 1)[:, None]).T @ counts
    share = max(1 - float((alone / listed).mean()), 1e-9)
    overlapped = float(counts.sum() - alone.mean())
    sum_a = sum_ab = 0.0
    for i in range(n_lists):
        for j in range(i):
            others = np.delete(seen, [i, j], axis=1).any(axis=1)
            a = counts[~others] @ (seen[~others, i].astype(float) + seen[~others, j])
            b = counts @ (seen[:, i] & seen[:, j])
            sum_a, sum_ab = sum_a + a, sum_ab + a * b / (listed[i] * listed[j])
    below = n_lists * share - sum_ab
    dependent = (n_lists * overlapped - sum_a) / below if below > 0 else None
    step = overlapped / share
    for _ in range(2):
        step = overlapped / share + (step * sum_ab - sum_a) / (n_lists * share)
    return Covered(
        share, overlapped / share, None if dependent is None or dependent < 0 else float(dependent), float(step)
    )


def _replicates(
    table: CaptureTable, point: float, high: bool, times: int, rng: np.random.Generator
) -> NDArray[np.float64]:
    """Return the estimates of tables drawn from N = point persons over the observed patterns and the unseen one."""
    total = max(round(point), table.n)
    chances = np.append(table.counts, total - table.n) / total
    out = []
    for counts in rng.multinomial(total, chances, size=times)[:, :-1]:
        found = covered(table.seen, counts.astype(float))
        value = found.dependent if high else found.one_step
        if value is not None:
            out.append(max(value, float(counts.sum())))
    return np.array(out)
