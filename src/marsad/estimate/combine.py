"""Several estimates of one number made one: imputation replicates, and linkages that are all plausible."""

from collections.abc import Callable, Sequence
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t as student

from marsad.estimate.caution import Caution, Code, Severity
from marsad.estimate.result import Result, Status
from marsad.estimate.table import CaptureTable
from marsad.model.errors import Wrong

Floats = NDArray[np.float64]
Rule = Literal["mixture", "rubin1987", "verdata"]
FEW = 10
"""Replicates below which the spread between them is itself hardly known."""


def combine(
    draws: Sequence[Floats], observed: Sequence[int], *, rule: Rule = "mixture", level: float = 0.95
) -> tuple[float, float, float]:
    """Return low, point and high of N from draws of N in each of m replicates, `observed` the documented n of each.

    "mixture" pools the draws, as many from each (keeps skewness); point is the median. "rubin1987" takes means q_r and
    variances of ln n0 in each replicate, W their mean variance, B the variance of the means, T = W + (1 + 1/m) B, nu = (m - 1)
    (1 + m W / ((m + 1) B))^2, and exp(mean q +- t_nu sqrt T) + mean n; point is the mean of n0 plus mean n. "verdata" is the
    same with nu = (m - 1)(1 + W / ((m + 1) B))^2, as the R package of that name has it. A draw without anybody missing
    counts as a tenth of a person, for its logarithm.

    Raises Wrong for fewer than two replicates, or draws below what is documented. Sources: Rubin 1987; Little & Rubin 2002.
    """
    m = len(draws)
    if m < 2 or len(observed) != m:
        raise Wrong("replicates", m, "is not two or more, each with its documented number",
                    "impute or link several times: one replicate cannot show how much it matters")  # fmt: skip
    missing = [np.asarray(draw, dtype=float).ravel() - n for draw, n in zip(draws, observed, strict=True)]
    if min(float(part.min()) for part in missing) < -0.5:
        raise Wrong(
            "replicates", None, "hold draws of N below the documented number", "give draws of N, not of those missing"
        )
    tail = (1 - level) / 2
    if rule == "mixture":
        size = max(len(part) for part in missing)
        even = [
            np.quantile(part + n, (np.arange(size) + 0.5) / size) for part, n in zip(missing, observed, strict=True)
        ]
        low, point, high = np.quantile(np.concatenate(even), (tail, 0.5, 1 - tail)).tolist()
        return low, point, high
    if rule not in ("rubin1987", "verdata"):
        raise Wrong("rule", rule, "is no rule of combination", "use mixture, rubin1987 or verdata")
    logs = [np.log(np.where(part <= 0, 0.1, part)) for part in missing]
    within = float(np.mean([np.var(part, ddof=1) for part in logs]))
    between = float(np.var([part.mean() for part in logs], ddof=1))
    total = within + (1 + 1 / m) * between
    ratio = (m if rule == "rubin1987" else 1) * within / ((m + 1) * between) if between > 0 else np.inf
    reach = float(student.ppf(1 - tail, min((m - 1) * (1 + ratio) ** 2, 1e9)) * np.sqrt(total))
    middle, n_mean = float(np.mean([part.mean() for part in logs])), float(np.mean(observed))
    point = float(np.mean([part.mean() for part in missing])) + n_mean
    return n_mean + float(np.exp(middle - reach)), point, n_mean + float(np.exp(middle + reach))


def combine_results(results: Sequence[Result], *, rule: Rule = "mixture", seed: int = 0, size: int = 2000) -> Result:
    """Return the result of imputation replicates together; the documented number is their mean, rounded down.

    A replicate without an estimate makes the whole `not_identifiable`: leaving it out would be choosing replicates by their
    answer. Below ten replicates there is a warning.
    """
    silent = [result for result in results if result.headline is None]
    first = results[0]
    n = int(np.mean([result.n for result in results]))
    spec = {"rule": rule, "method": first.method, "replicates": len(results)}
    about: dict[str, Any] = {"lists": first.lists, "stratum": first.stratum, "seed": seed, "spec": spec}
    if silent:
        says = f"{len(silent)} of {len(results)} replicates have no estimate: {silent[0].status}."
        refusal = Caution(Code.STRATUM_NOT_ESTIMATED, Severity.ERROR, says, {"replicates": len(results)})
        return Result(
            f"{first.method}, combined", silent[0].status, n, cautions=(refusal, *silent[0].cautions), **about
        )
    rng = np.random.default_rng(seed)
    draws = [result.sample(size, rng) for result in results]
    low, point, high = combine(draws, [result.n for result in results], rule=rule)
    cautions: list[Caution] = []
    if len(results) < FEW:
        says = f"There are only {len(results)} replicates; ten or more show how much they differ."
        cautions.append(Caution(Code.FEW_REPLICATES, Severity.WARNING, says, {"replicates": len(results)}))
    return Result(f"{first.method}, combined", Status.OK, n, point, low, high, draws=np.array(draws), cautions=tuple(cautions),
                  error=float(np.std(draws)), **about)  # fmt: skip


def over_linkages(
    tables: Sequence[CaptureTable], method: Callable[[CaptureTable], Result], *, seed: int = 0, size: int = 2000
) -> Result:
    """Return the estimate averaged over linkages that are all plausible: p(N | records) = mean of p(N | table of linkage).

    Every distinct table is estimated once, by its hash. `diagnostics` tells how many tables are distinct, and which share of
    the variance of N lies between linkages rather than within: what better linking could gain (Sadinle 2018). A linkage
    without an estimate makes the whole `not_identifiable`.
    """
    if len(tables) < 2:
        raise Wrong("linkages", len(tables), "is not two or more", "link again: marsad link-persons --draws 20")
    known = {table.hash: table for table in tables}
    found = {key: method(table) for key, table in known.items()}
    result = combine_results([found[table.hash] for table in tables], seed=seed, size=size)
    numbers = {"linkages": float(len(tables)), "distinct_tables": float(len(known))}
    if result.draws is not None:
        spread = float(np.var(result.draws))
        numbers["share_between"] = float(np.var(result.draws.mean(axis=1)) / spread) if spread > 0 else 0.0
    first = found[tables[0].hash]
    return Result(f"{first.method}, over linkages", result.status, result.n, result.point, result.low, result.high,
                  draws=result.draws, error=result.error, cautions=result.cautions, lists=first.lists, stratum=first.stratum,
                  diagnostics=numbers, spec=result.spec, seed=seed)  # fmt: skip
