"""Hierarchical log-linear models: the best one, one of your own, or an average over all."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from marsad.estimate import given
from marsad.estimate.bootstrap import bca
from marsad.estimate.caution import Caution, Code, Severity
from marsad.estimate.intervals import profile, wald
from marsad.estimate.lattice import all_models, model_of, named, stack
from marsad.estimate.mixture import mixture, moments, quantile
from marsad.estimate.poisson import Floats
from marsad.estimate.ranking import Ranking, candidates, rank, rank_many
from marsad.estimate.result import Model, Result, Status
from marsad.estimate.screen import unless_copied
from marsad.estimate.stepwise import stepwise as choose_stepwise
from marsad.estimate.table import CaptureTable
from marsad.model.errors import Wrong

MOST_LISTS = 10
"""Lists above which the full table of 2^J cells is too thin and too large for these models."""

Criterion = Literal["bic", "aic", "stepwise"]
IntervalKind = Literal["profile", "wald", "bca"]


def loglinear(
    table: CaptureTable,
    *,
    criterion: Criterion = "bic",
    average: bool = False,
    models: Sequence[str] | None = None,
    order: int | None = None,
    interval: IntervalKind = "profile",
    level: float = 0.95,
    choose_among: int = 20,
    replicates: int = 1000,
    seed: int = 0,
) -> Result:
    """Return the estimate of N by Poisson log-linear models of who is on which lists.

    log mu_s = sum of theta_T over the terms T of the model within pattern s; n0 = exp(theta_0). Up to five lists every
    hierarchical model is fitted, with six every model of pairs and then their neighbours, up to ten a search; or only
    `models`, written as "[123,14,34]". Models without a maximum likelihood estimate are left out before ranking.
    `criterion` chooses ("stepwise" adds pairs as Chan, Silverman & Vincent do). With `average`, all models are mixed with
    weights exp(-BIC/2), each as N = n + exp(normal(theta_0, se)): point is the median.

    Assumes a closed population, lists of which none copies another, records matched without error, everybody alike within
    a pattern, and no interaction of all lists at once. The interval is "profile" (multinomial likelihood), "wald" (log
    normal) or "bca" (bootstrap in which the best of the `choose_among` first models is chosen anew; needs `seed`). The first
    two take the model as given, and are too narrow where it was chosen.

    Status is `not_identifiable` where no model has an estimate, `lower_bound_only` below three lists. Sources: Fienberg
    1972; Cormack 1989; Fienberg & Rinaldo 2012; Buckland & Garthwaite 1991.

    >>> kosovo = CaptureTable.from_patterns(("EXH", "ABA", "OSCE", "HRW"), {
    ...     "1000": 1131, "0100": 845, "1100": 177, "0010": 936, "1010": 228, "0110": 217, "1110": 181, "0001": 306,
    ...     "1001": 106, "0101": 31, "1101": 18, "0011": 123, "1011": 42, "0111": 32, "1111": 27})
    >>> result = loglinear(kosovo)
    >>> result.models[0].name, round(result.point)
    ('[123,14,34]', 10357)
    """
    _check(table, level, criterion, interval, {"order": order, "replicates": replicates, "choose_among": choose_among,
                                               "models": None if models is None else len(models)})  # fmt: skip
    wanted = None if models is None else list(models)
    kind = "mixture" if average else interval
    spec: dict[str, Any] = {"criterion": criterion, "average": average, "models": wanted, "order": order}
    spec |= {"interval": kind, "level": level}
    if interval == "bca" and not average:
        spec |= {"choose_among": choose_among, "replicates": replicates, "seed": seed}
    if (refusal := _cannot(table, spec)) is not None:
        return refusal
    counts = table.dense().astype(float)
    if models is not None:
        ranking = rank(stack([model_of(name, table.n_lists) for name in models]), counts)
    else:
        ranking = choose_stepwise(counts) if criterion == "stepwise" else candidates(counts, order, criterion)
    by = "aic" if criterion == "aic" else "bic"
    if average:
        return averaged(table, ranking, by, level, spec)
    return chosen(table, ranking, by, spec, level, interval, (choose_among, replicates, seed))


def _check(table: CaptureTable, level: float, criterion: str, interval: str, numbers: Mapping[str, int | None]) -> None:
    given.table(table)
    given.level(level)
    for name, number in numbers.items():
        given.at_least(name, 1 if number is None else number, 1)
    if interval not in ("profile", "wald", "bca") or criterion not in ("bic", "aic", "stepwise"):
        raise Wrong("loglinear", f"{criterion}, {interval}", "names no criterion or interval",
                    "use bic, aic or stepwise, and profile, wald or bca")  # fmt: skip


def loglinear_many(tables: Sequence[CaptureTable], *, criterion: str = "bic", level: float = 0.95) -> list[Result]:
    """Return the averaged estimate of each table, all those of equal numbers of lists fitted together.

    The same as `loglinear(table, average=True)` for each, with three models shown, and many times as fast for many small
    strata of 3 to 5 lists.
    """
    out: list[Result | None] = [None] * len(tables)
    spec = {
        "criterion": criterion,
        "average": True,
        "models": None,
        "order": None,
        "interval": "mixture",
        "level": level,
    }
    for size in sorted({table.n_lists for table in tables}):
        places = [at for at, table in enumerate(tables) if table.n_lists == size]
        if not 3 <= size <= 5:
            for at in places:
                out[at] = loglinear(
                    tables[at], criterion="aic" if criterion == "aic" else "bic", average=True, level=level
                )
            continue
        every = all_models(size)
        step = max(1, 150_000 // len(every))
        for start in range(0, len(places), step):
            some = places[start : start + step]
            dense = np.array([tables[at].dense() for at in some], dtype=float)
            for at, ranking in zip(some, rank_many(every, dense), strict=True):
                out[at] = averaged(tables[at], ranking, criterion, level, spec, shown=3)
    return [result for result in out if result is not None]


def chosen(
    table: CaptureTable, ranking: Ranking, criterion: str, spec: Mapping[str, Any], level: float, interval: IntervalKind,
    bootstrap: tuple[int, int, int],
) -> Result:  # fmt: skip
    """Return the result of the best model of a ranking, with those next to it."""
    order = ranking.order(criterion)
    if not len(order):
        return _none_exists(table, ranking, "loglinear", spec)
    best, missing = int(order[0]), float(ranking.missing[order[0]])
    error, log_error = float(ranking.error[best]), float(ranking.log_error[best])
    cautions, seed = list(_left_out(ranking, criterion)), None
    low: float | None
    if interval == "wald":
        low, high = wald(table.n, missing, log_error, level)
    elif interval == "profile":
        at = ranking.examined
        low, high = profile(at.terms[best], at.cells[best], ranking.counts, missing, log_error, level)
        if high is None:
            says = "The likelihood sets no upper end: any larger number fits as well."
            cautions.append(Caution(Code.INTERVAL_OPEN, Severity.ERROR, says, {"low": low}))
    else:
        among, times, seed = bootstrap
        some = ranking.models[order[:among]]
        found = bca(some, ranking.counts, table.n + missing, np.random.default_rng(seed), criterion=criterion, times=times,
                    level=level)  # fmt: skip
        low, high = found.low, found.high
        if found.failed is not None:
            says = f"The bootstrap gives no interval: {found.failed}."
            q = np.quantile(found.replicates, (0.025, 0.5, 0.975)).round(1).tolist() if len(found.replicates) else []
            middle = dict(zip(("percentile_2.5", "percentile_50", "percentile_97.5"), q, strict=False))
            cautions.append(Caution(Code.BOOTSTRAP_FAILED, Severity.ERROR, says, {"replicates": times, **middle}))
    weights = ranking.weights(criterion)
    codes = {caution.code for caution in cautions}
    status = Status.LOWER_BOUND_ONLY if Code.INTERVAL_OPEN in codes else Status.OK
    status = Status.NOT_CONVERGED if Code.BOOTSTRAP_FAILED in codes else status
    made = Result.of(table, "loglinear", status, point=table.n + missing, low=low, high=high, level=level, error=error,
                     log_error=log_error, models=_shown(ranking, order, weights, level), cautions=tuple(cautions), spec=spec,
                     seed=seed, diagnostics=_numbers(ranking, weights, best))  # fmt: skip
    return unless_copied(made, table)


def averaged(
    table: CaptureTable, ranking: Ranking, criterion: str, level: float, spec: Mapping[str, Any], shown: int = 20
) -> Result:
    """Return the mixture of all models of a ranking by their weights: median, quantiles, density of N."""
    order = ranking.order(criterion)
    if not len(order):
        return _none_exists(table, ranking, "loglinear-average", spec)
    weights = ranking.weights(criterion)
    method = "loglinear-average" if criterion == "bic" else "loglinear-average-aic"
    density = mixture(table.n, ranking.missing[order], ranking.log_error[order], weights[order])
    tail = (1 - level) / 2
    low, point, high = (quantile(density, q) for q in (tail, 0.5, 1 - tail))
    made = Result.of(table, method, Status.OK, point=point, low=low, high=high, level=level,
                     error=moments(density)[1], density=density, models=_shown(ranking, order, weights, level, shown),
                     cautions=_left_out(ranking, criterion), spec=spec,
                     diagnostics=_numbers(ranking, weights, int(order[0])))  # fmt: skip
    return unless_copied(made, table)


def _numbers(ranking: Ranking, weights: Floats, best: int) -> dict[str, float]:
    without = int((ranking.codes != 0).sum())
    return {
        "models_fitted": len(ranking.models),
        "models_without_estimate": without,
        "weight_of_best": float(weights[best]),
    }


def _shown(
    ranking: Ranking, order: NDArray[np.int64], weights: Floats, level: float, most: int = 20
) -> tuple[Model, ...]:
    out = []
    for at in order[:most]:
        low, high = wald(float(ranking.counts.sum()), float(ranking.missing[at]), float(ranking.log_error[at]), level)
        out.append(ranking.model(int(at), low=low, high=high, weight=float(weights[at])))
    return tuple(out)


def _left_out(ranking: Ranking, criterion: str) -> tuple[Caution, ...]:
    """Return a note that models without an estimate were left out, and how many."""
    out = int((ranking.codes != 0).sum())
    if not out:
        return ()
    says = f"{out:,} of {len(ranking.codes):,} models have no maximum likelihood estimate and were left out."
    return (Caution(Code.MLE_NONEXISTENT, Severity.NOTE, says, {"left_out": out, "criterion": criterion}),)


def _none_exists(table: CaptureTable, ranking: Ranking, method: str, spec: Mapping[str, Any]) -> Result:
    code = Code.NOT_IDENTIFIABLE if (ranking.codes >= 2).any() else Code.MLE_NONEXISTENT
    says = "No log-linear model of these lists has an estimate: too many of their overlaps are empty."
    shown = tuple(
        Model(named(model), None, code=int(c)) for model, c in zip(ranking.models[:20], ranking.codes, strict=False)
    )
    return Result.of(table, method, Status.NOT_IDENTIFIABLE, models=shown, spec=spec,
                     cautions=(Caution(code, Severity.ERROR, says, {"models": len(ranking.codes)}),))  # fmt: skip


def _cannot(table: CaptureTable, spec: Mapping[str, Any]) -> Result | None:
    if table.n_lists < 3:
        says = f"Log-linear models need three lists; there are {table.n_lists}."
        few = Caution(Code.FEWER_THAN_THREE_LISTS, Severity.ERROR, says, {"lists": table.n_lists})
        return Result.of(table, "loglinear", Status.LOWER_BOUND_ONLY, spec=spec, cautions=(few,))
    if table.n_lists > MOST_LISTS:
        raise Wrong("loglinear", f"{table.n_lists} lists", f"is more than the {MOST_LISTS} of log-linear models",
                    "join lists of one origin, or use latent classes")  # fmt: skip
    return None
