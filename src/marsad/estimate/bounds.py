"""Estimates that need no model of many lists: two lists, lower bounds, sample coverage."""

import numpy as np

from marsad.estimate import given
from marsad.estimate.caution import Caution, Code, Severity
from marsad.estimate.intervals import log_normal
from marsad.estimate.result import Result, Status
from marsad.estimate.table import CaptureTable
from marsad.model.errors import Wrong


def lincoln_petersen(table: CaptureTable, *, level: float = 0.95) -> Result:
    """Return N = n1 n2 / m of two lists that share m persons; no point where they share nobody.

    Assumes that the two lists are independent and that on at least one everybody is equally likely to be. Var(N) =
    n1 n2 (n1 - m)(n2 - m) / m^3 (Sekar & Deming 1949), interval log-normal in N - n. Nothing in two lists can test the
    assumption, so the status is `lower_bound_only`: lists that like the same people make N too low.
    """
    first, second, both = _two(table)
    if not both:
        return _two_lists(table, "lincoln-petersen", None, None, level)
    n = first * second / both
    return _two_lists(table, "lincoln-petersen", n, first * second * (first - both) * (second - both) / both**3, level)


def chapman(table: CaptureTable, *, level: float = 0.95) -> Result:
    """Return Chapman's N = (n1 + 1)(n2 + 1) / (m + 1) - 1 of two lists: nearly unbiased, and finite where they share nobody.

    Var = (n1 + 1)(n2 + 1)(n1 - m)(n2 - m) / ((m + 1)^2 (m + 2)) (Chapman 1951; Seber 1970). Assumptions and status as for
    `lincoln_petersen`.

    >>> result = chapman(CaptureTable.from_patterns("AB", {"10": 80, "01": 30, "11": 20}))
    >>> round(result.point, 2), result.status.value, result.headline
    (244.29, 'lower_bound_only', None)
    """
    a, b, m = _two(table)
    variance = (a + 1) * (b + 1) * (a - m) * (b - m) / ((m + 1) ** 2 * (m + 2))
    return _two_lists(table, "chapman", (a + 1) * (b + 1) / (m + 1) - 1, variance, level)


def two_list_sensitivity(
    table: CaptureTable, odds_ratios: tuple[float, ...] = (0.5, 1, 2, 3, 5)
) -> dict[float, float | None]:
    """Return N for each odds ratio psi between two lists: N = n + psi n10 n01 / n11; None where they share nobody.

    psi = 1 is independence; above 1, who is on one list is more often on the other.

    >>> two_list_sensitivity(CaptureTable.from_patterns("AB", {"10": 80, "01": 30, "11": 20}), (1, 2))
    {1: 250.0, 2: 370.0}
    """
    a, b, m = _two(table)
    return {psi: table.n + psi * (a - m) * (b - m) / m if m else None for psi in odds_ratios}


def chao_mh(table: CaptureTable, *, level: float = 0.95) -> Result:
    """Return Chao's lower bound of N where persons differ in how easily they are recorded, lists being independent.

    n + ((J-1)/J) f1 (f1 - 1) / (2 (f2 + 1)), f_k the persons on exactly k lists (Chao 1987, 1989). Var = f2 (A r^2 / 2 +
    A^2 r^3 + A^2 r^4 / 4) with r = f1 / f2, A = (J-1)/J. It is no bound where lists avoid each other's people.
    """
    f1, f2 = _singles_and_pairs(table, level)
    share = (table.n_lists - 1) / table.n_lists
    r = f1 / max(f2, 1.0)
    variance = max(f2, 1.0) * (share * r**2 / 2 + share**2 * r**3 + share**2 * r**4 / 4)
    return _bound(table, "chao-mh", share * f1 * (f1 - 1) / (2 * (f2 + 1)), variance, level)


def chao_mt(table: CaptureTable, *, level: float = 0.95) -> Result:
    """Return Chao's lower bound of N where lists differ in size, n + (f1^2 - sum_j f1j^2) / (2 (f2 + 1)).

    f1j are the persons on list j alone (Chao 1987). The interval uses the variance of `chao_mh`.
    """
    f1, f2 = _singles_and_pairs(table, level)
    alone = table.counts[table.seen.sum(axis=1) == 1].astype(float)
    r = f1 / max(f2, 1.0)
    variance = max(f2, 1.0) * (r**2 / 2 + r**3 + r**4 / 4)
    return _bound(table, "chao-mt", (f1**2 - (alone**2).sum()) / (2 * (f2 + 1)), variance, level)


def _singles_and_pairs(table: CaptureTable, level: float) -> tuple[float, float]:
    """Return how many persons are on exactly one and on exactly two lists."""
    given.table(table)
    given.level(level)
    if table.n_lists < 2:
        raise Wrong(
            "lower bound", ", ".join(table.lists), "is one list", "give two at least: nobody can be seen twice on one"
        )
    return float(table.by_number[1]), float(table.by_number[2])


def _two(table: CaptureTable) -> tuple[float, float, float]:
    given.table(table)
    if table.n_lists != 2:
        raise Wrong(
            "two-list estimate", ", ".join(table.lists), "is not two lists", "choose two with table.only((a, b))"
        )
    a, b = (float(count) for count in table.listed)
    return a, b, float(table.overlaps[0, 1])


def _two_lists(table: CaptureTable, method: str, point: float | None, variance: float | None, level: float) -> Result:
    given.level(level)
    cautions = [Caution(Code.FEWER_THAN_THREE_LISTS, Severity.ERROR,
                        "Two lists cannot tell whether they depend on each other; the number rests on that they do not.",
                        {"lists": 2})]  # fmt: skip
    if not table.overlaps[0, 1]:
        says = f"Lists {table.lists[0]} and {table.lists[1]} share nobody."
        cautions.append(Caution(Code.EMPTY_OVERLAP, Severity.ERROR, says, {"lists": ",".join(table.lists)}))
    if point is None or variance is None:
        return Result.of(table, method, Status.NOT_IDENTIFIABLE, cautions=tuple(cautions))
    low, high = log_normal(table.n, point - table.n, variance, level)
    return Result.of(table, method, Status.LOWER_BOUND_ONLY, point=point, low=low, high=high, level=level,
                     error=float(np.sqrt(variance)), cautions=tuple(cautions))  # fmt: skip


def _bound(table: CaptureTable, method: str, missing: float, variance: float, level: float) -> Result:
    low, high = log_normal(table.n, missing, variance, level)
    return Result.of(table, method, Status.LOWER_BOUND_ONLY, point=table.n + missing, low=low, high=high, level=level,
                     error=float(np.sqrt(variance)))  # fmt: skip
