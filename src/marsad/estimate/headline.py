"""One number for a table, or none: several methods are asked, and only what they agree on may be quoted."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from importlib import import_module
from importlib.util import find_spec
from statistics import median
from typing import Any

import numpy as np

from marsad.estimate import given
from marsad.estimate.bounds import chao_mh, chapman
from marsad.estimate.caution import Caution, Code, Severity, forbids
from marsad.estimate.decomposable import decomposable
from marsad.estimate.graphs import MOST_LISTS as MOST_FOR_GRAPHS
from marsad.estimate.lattice import LETTERS
from marsad.estimate.loglinear import MOST_LISTS as MOST_FOR_MODELS
from marsad.estimate.loglinear import loglinear
from marsad.estimate.reached import reached
from marsad.estimate.result import Model, Result, Status
from marsad.estimate.sample_coverage import sample_coverage
from marsad.estimate.screen import screen
from marsad.estimate.table import CaptureTable

Method = Callable[[CaptureTable, int], Result]
"""A table and a seed in, a result out."""

ALLOWANCE = 1.5
"""What no table can tell: those missing may be this many times fewer or more than all methods say together, since each
takes some interaction that nobody can observe to be nil. Lists whose members are known (see docs/estimating.md) show that
without such an allowance intervals of every method hold the truth far more rarely than they promise."""

MAY_BE_SILENT = ("loglinear-pairs", "sample-coverage")
"""Methods that widen an interval where they can, and whose silence forbids nothing: most tables cannot bear them."""

MOST_BEYOND = 10
"""How many times the documented number an estimate may be: beyond, hardly anybody was seen twice."""

WIDEST = 5.0
"""How many times the low end of N the high end may be, before the allowance: beyond, a headline would say nothing."""


def _averaged(table: CaptureTable, _seed: int) -> Result:
    return loglinear(table, average=True)


def _averaged_loosely(table: CaptureTable, _seed: int) -> Result:
    return loglinear(table, average=True, criterion="aic")


def _pairs(table: CaptureTable, _seed: int) -> Result:
    """Return what the model of all pairs says: of the models that two lists can suggest, the one that assumes least."""
    terms = ",".join(LETTERS[i] + LETTERS[j] for i in range(table.n_lists) for j in range(i + 1, table.n_lists))
    return replace(loglinear(table, models=[f"[{terms}]"]), method="loglinear-pairs")


def _graphs(table: CaptureTable, _seed: int) -> Result:
    return decomposable(table)


def _coverage(table: CaptureTable, seed: int) -> Result:
    """Return what the coverage of the lists says: of these methods the one for people who are each harder or easier to find."""
    return sample_coverage(table, seed=seed)


def _classes(table: CaptureTable, seed: int) -> Result:
    found: Result = import_module("marsad.estimate.latent.fit").latent_classes(table, seed=seed)
    return found


def methods_for(table: CaptureTable) -> dict[str, Method]:
    """Return the methods that a table of this many lists is asked by, each with other assumptions.

    Log-linear models (weighted by BIC, by AIC, and that of all pairs) up to ten
    lists, decomposable graphs up to seven, sample coverage and latent classes (where numba is installed) for any.
    """
    found: dict[str, Method] = {}
    if table.n_lists <= MOST_FOR_MODELS:
        found["loglinear-average"] = _averaged
        found["loglinear-average-aic"] = _averaged_loosely
        found["loglinear-pairs"] = _pairs
    if table.n_lists <= MOST_FOR_GRAPHS:
        found["decomposable"] = _graphs
    found["sample-coverage"] = _coverage
    if find_spec("marsad.estimate.latent") is not None and find_spec("numba") is not None:
        found["latent classes"] = _classes
    return found


def estimate(
    table: CaptureTable, *, methods: Mapping[str, Method] | None = None, seed: int = 1, leave_out: bool = True
) -> tuple[Result, tuple[Result, ...]]:
    """Return the headline result of a table and the results of the methods behind it.

    The headline runs from the lowest low to the highest high of all methods, with those missing made `ALLOWANCE` times fewer
    and more; its point is the median of their points. It is refused (status `not_identifiable`, `not_converged` or
    `lower_bound_only`, `headline` None) where: the table says an error against itself (see `screen`); fewer than two
    methods gave an interval; one has several tops, did not converge or hit its cap; two intervals do not overlap; or the
    high end is over five times the low one before the allowance. With `leave_out`, each list is left out in turn, and one
    that moves the log-linear average by more than half the interval's width is named.
    """
    given.table(table)
    doubts = screen(table)
    if table.n_lists < 3:
        floor = chapman(table) if table.n_lists == 2 else None
        return _refused(table, Status.LOWER_BOUND_ONLY, doubts, seed, floor), () if floor is None else (floor,)
    asked = methods_for(table) if methods is None else methods
    if forbids(doubts):
        bound = chao_mh(table)
        return _refused(table, Status.LOWER_BOUND_ONLY, doubts, seed, bound), (bound,)
    results = tuple(with_coverage(method(table, seed), table) for method in asked.values())
    more = _agreement(results)
    if leave_out and table.n_lists > 3 and not forbids(more):
        more += _dominant(table, results)
    return headline(table, results, (*doubts, *more), seed), results


def headline(table: CaptureTable, results: Sequence[Result], doubts: Sequence[Caution], seed: int) -> Result:
    """Return the hull of the results that may be quoted, or the refusal that the doubts demand."""
    quoted = [result.headline for result in results if result.headline is not None]
    status = Status.OK
    if forbids(doubts) or not quoted:
        codes = {caution.code for caution in doubts if caution.severity is Severity.ERROR}
        unsettled = {Code.NOT_CONVERGED, Code.MULTIMODAL, Code.CAP_BINDS, Code.SAMPLERS_DISAGREE}
        status = Status.NOT_CONVERGED if codes & unsettled else Status.NOT_IDENTIFIABLE
    shown = tuple(Model(r.method, r.point, r.error, r.low, r.high) for r in results)
    spec: dict[str, Any] = {"methods": [result.method for result in results], "level": 0.95, "allowance": ALLOWANCE}
    if status is not Status.OK:
        return Result.of(table, "headline", status, cautions=tuple(doubts), models=shown, spec=spec, seed=seed)
    spec["quoted"] = [result.method for result in results if result.headline is not None]
    low = table.n + (min(q[0] for q in quoted) - table.n) / ALLOWANCE
    high = table.n + (max(q[2] for q in quoted) - table.n) * ALLOWANCE
    draws = _pooled(results, seed)
    made = Result.of(table, "headline", status, point=median(q[1] for q in quoted), low=low, high=high, draws=draws,
                     error=float(draws.std()), models=shown, cautions=tuple(doubts), spec=spec, seed=seed)  # fmt: skip
    return with_coverage(made, table)


def with_coverage(result: Result, table: CaptureTable) -> Result:
    """Return the result with the coverage that its method reached in simulation, or the note that nobody measured it."""
    found = reached(result.method, table)
    if found is None:
        says = f"Nobody has measured how often {result.method} is right for tables like this."
        return result.with_cautions(Caution(Code.COVERAGE_UNMEASURED, Severity.NOTE, says))
    result = replace(result, coverage=found)
    if found.covered < found.nominal - 0.15:
        says = f"In simulation this interval held the truth in only {found.covered:.0%} of tables like this."
        return result.with_cautions(Caution(Code.LOW_COVERAGE, Severity.WARNING, says, {"covered": found.covered}))
    return result


def _agreement(results: Sequence[Result]) -> tuple[Caution, ...]:
    """Return what the methods say against each other, and what each says against itself."""
    out = [replace(caution, says=f"{result.method}: {caution.says}") for result in results for caution in result.cautions
           if caution.severity is not Severity.NOTE and caution.code is not Code.LOW_COVERAGE
           and result.method not in MAY_BE_SILENT]  # fmt: skip
    quoted = [(r.method, r.n, r.headline) for r in results if r.headline is not None]
    silent = [result for result in results if result.headline is None and result.method not in MAY_BE_SILENT]
    if len(quoted) < 2 or len(silent) > 0:
        names = ", ".join(f"{result.method} ({result.status})" for result in silent)
        says = f"Not every method gave an interval: {names}." if silent else "Only one method could be asked."
        out.append(Caution(Code.MODELS_DISAGREE, Severity.ERROR, says, {"silent": len(silent)}))
    for k, (one, _, a) in enumerate(quoted):
        for other, _, b in quoted[:k]:
            if max(a[0], b[0]) > min(a[2], b[2]):
                says = f"The intervals of {one} and {other} do not overlap."
                out.append(
                    Caution(
                        Code.MODELS_DISAGREE, Severity.ERROR, says, {"high": min(a[2], b[2]), "low": max(a[0], b[0])}
                    )
                )
    middle = median(q[2][1] for q in quoted) if quoted else 0.0
    if quoted and middle > MOST_BEYOND * quoted[0][1]:
        says = f"Fewer than one in {MOST_BEYOND} would be documented ({quoted[0][1]:,} of {middle:,.0f}): too far to reach."
        out.append(Caution(Code.SMALL_OVERLAP, Severity.ERROR, says, {"n": quoted[0][1], "point": round(middle)}))
    if quoted:
        low, high = min(q[2][0] for q in quoted), max(q[2][2] for q in quoted)
        if high > WIDEST * low:
            says = f"Together the methods allow from {low:,.0f} to {high:,.0f} persons: too wide for one number."
            out.append(Caution(Code.MODELS_DISAGREE, Severity.ERROR, says, {"low": round(low), "high": round(high)}))
    return tuple(out)


def _dominant(table: CaptureTable, results: Sequence[Result]) -> tuple[Caution, ...]:
    """Return the lists without which the log-linear average lies farther off than half its interval is wide."""
    whole = next((r.headline for r in results if r.method == "loglinear-average"), None)
    if whole is None:
        return ()
    out = []
    for name in table.lists:
        part = loglinear(table.only([other for other in table.lists if other != name]), average=True)
        if part.point is not None and abs(part.point - whole[1]) > (whole[2] - whole[0]) / 2:
            says = f"Without list {name} the log-linear average is {part.point:,.0f} instead of {whole[1]:,.0f}."
            out.append(
                Caution(Code.LIST_DOMINANT, Severity.WARNING, says, {"list": name, "without": round(part.point)})
            )
    return tuple(out)


def _pooled(results: Sequence[Result], seed: int, size: int = 4000) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Return draws of N from the methods that may be quoted, as many from each, shape (methods, draws).

    Those missing are multiplied by exp(normal), of which 95 in 100 lie within the allowance.
    """
    rng = np.random.default_rng(seed)
    drawn = np.vstack([result.sample(size, rng) for result in results if result.headline is not None])
    n = results[0].n
    return np.asarray(n + (drawn - n) * np.exp(rng.standard_normal(drawn.shape) * np.log(ALLOWANCE) / 1.96))


def _refused(table: CaptureTable, status: Status, doubts: Sequence[Caution], seed: int, bound: Result | None) -> Result:
    """Return the refusal, with a lower bound where there is one."""
    point, low = (None, None) if bound is None else (bound.point, bound.low)
    return Result.of(table, "headline", status, point=point, low=low, cautions=tuple(doubts), seed=seed)
