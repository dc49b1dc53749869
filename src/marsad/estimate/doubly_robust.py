"""Two lists and what is known of each person: N where lists are independent among persons alike, right if either of
two models is.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import minimize
from scipy.special import ndtri, softmax

from marsad.estimate.caution import Caution, Code, Severity
from marsad.estimate.result import Result, Status
from marsad.estimate.table import CaptureTable
from marsad.model.errors import Wrong

Floats = NDArray[np.float64]

Learner = Callable[[Floats, Floats, Floats], Floats]
"""Features and outcomes (0: first list only, 1: second only, 2: both) to learn from, features to tell of: chances of
the three, (rows, 3).
"""

SPLITS = 5
"""Times the persons are split into folds anew; the median of the answers is taken, so that one unlucky split decides nothing."""

LEAST = 0.005
"""Chances of being on both lists are taken to be at least this; the share that was raised is reported."""


def doubly_robust(
    first: ArrayLike,
    second: ArrayLike,
    covariates: ArrayLike,
    *,
    learner: Learner | None = None,
    folds: int = 5,
    level: float = 0.95,
    seed: int = 1,
    lists: tuple[str, str] = ("first", "second"),
) -> Result:
    """Return N from two lists that are independent among persons with the same `covariates` x.

    `first` and `second` (n,) say 0 or 1 whether a list names the person, `covariates` (n, p) are numbers; rows on
    neither list are refused. With q1, q2, q12 the chances given x *and being observed* of being on the first, the
    second, both: 1/psi = mean of (q1 q2 / q12)(Y1/q1 + Y2/q2 - Y1 Y2/q12), N = n / psi (persons). The bracket has
    mean one, so that errors of the chances enter as products only. Its variance is n Var(summand) + n (1 -
    psi)/psi^2, its interval log-normal in N - n.

    Chances are learned by `learner` on all `folds` but the one they are used for (None: multinomial logistic
    regression on x, its squares and products, with a small penalty). Assumes a closed population, exact linkage, and
    that everybody has a chance for both lists (`share_clipped` reports how many were below 0.005 for both together).
    Status `not_identifiable` where fewer than ten are on both lists.

    Raises Wrong where shapes differ, values are neither 0 nor 1, or covariates are missing. Source: Das, Kennedy &
    Jewell 2024 (Biometrics 80; arXiv 2104.14091).

    >>> rng = np.random.default_rng(1)
    >>> x = rng.normal(size=4000)
    >>> seen = rng.random((4000, 2)) < 1 / (1 + np.exp(-(x[:, None] - 0.5)))
    >>> known = seen.any(axis=1)
    >>> result = doubly_robust(seen[known, 0], seen[known, 1], x[known, None])
    >>> result.low < 4000 < result.high
    True
    """
    y = _marks(first, second)
    x = _features(covariates, len(y))
    about = CaptureTable.from_matrix(lists, y.astype(int))
    spec = {
        "folds": folds,
        "learner": "logistic" if learner is None else getattr(learner, "__name__", "given"),
        "covariates": x.shape[1],
    }
    both = int(y.all(axis=1).sum())
    if both < 10 or folds < 2 or len(y) < 10 * folds:
        says = f"{both} persons are on both lists ({len(y):,} on either): too few to learn whom the lists share."
        small = Caution(Code.SMALL_OVERLAP, Severity.ERROR, says, {"both": both})
        return Result.of(
            about, "doubly robust", Status.NOT_IDENTIFIABLE, cautions=(small,), spec=spec, seed=seed, level=level
        )
    outcome = np.where(y.all(axis=1), 2, np.where(y[:, 0], 0, 1))
    rng, n = np.random.default_rng(seed), len(y)
    found = [_once(x, y, outcome, rng.permutation(n) % folds, learner or logistic) for _ in range(SPLITS)]
    return _joined(about, found, both, spec, seed, level)


def _joined(
    about: CaptureTable, found: Sequence["_Split"], both: int, spec: Mapping[str, Any], seed: int, level: float
) -> Result:
    """Return the result of the median of several splits into folds, its variance with what the splits differ by."""
    n = about.n
    times = float(np.median([split.times for split in found]))
    variance = float(np.median([split.variance + n**2 * (split.times - times) ** 2 for split in found]))
    clipped = float(np.mean([split.clipped for split in found]))
    missing = n * (times - 1)
    cautions = []
    if clipped > 0.01:
        says = f"{clipped:.0%} of the persons are of kinds that the two lists hardly share; their weight was bounded."
        cautions.append(Caution(Code.CLIPPED, Severity.WARNING, says, {"share": clipped}))
    numbers = {"share_clipped": clipped, "both": float(both), "largest_weight": max(s.heaviest for s in found)}
    if missing <= 0:
        says = "The two lists together seem to hold everybody, which they cannot show."
        cautions.append(Caution(Code.NOT_IDENTIFIABLE, Severity.ERROR, says, {"times": times}))
        return Result.of(about, "doubly robust", Status.NOT_IDENTIFIABLE, cautions=cautions, diagnostics=numbers, spec=spec,
                         seed=seed)  # fmt: skip
    spread = float(np.sqrt(np.log1p(variance / missing**2)))
    reach = float(np.exp(ndtri(0.5 + level / 2) * spread))
    return Result.of(
        about, "doubly robust", Status.OK, point=n + missing, low=n + missing / reach, high=n + missing * reach, level=level,
        error=float(np.sqrt(variance)), log_error=spread, cautions=cautions, diagnostics=numbers, spec=spec, seed=seed,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Split:
    """What one split into folds gives: N / n, the variance of N, and two measures of trouble."""

    times: float
    variance: float
    clipped: float
    heaviest: float


def _once(
    x: Floats, y: NDArray[np.bool_], outcome: NDArray[np.int64], fold: NDArray[np.int64], learner: Learner
) -> _Split:
    chances = np.empty((len(y), 3))
    for part in range(int(fold.max()) + 1):
        chances[fold == part] = learner(x[fold != part], outcome[fold != part].astype(float), x[fold == part])
    q12 = np.maximum(chances[:, 2], LEAST)
    q1, q2 = chances[:, 0] + q12, chances[:, 1] + q12
    weight = q1 * q2 / q12
    term = weight * (y[:, 0] / q1 + y[:, 1] / q2 - y.all(axis=1) / q12)
    times = float(term.mean())
    variance = len(y) * float(term.var(ddof=1)) + len(y) * max(1 - 1 / max(times, 1.0), 0.0) * times**2
    return _Split(times, variance, float((chances[:, 2] < LEAST).mean()), float(weight.max()))


def logistic(known: Floats, outcome: Floats, asked: Floats, penalty: float = 1.0) -> Floats:
    """Chances of the three outcomes for the rows of `asked`, by multinomial logistic regression on x, its squares and
    products.

    Features are standardised by the rows learned from; the penalty is half its square sum, as if one person had
    spoken against each.
    """
    middle, scale = known.mean(axis=0), np.maximum(known.std(axis=0), 1e-9)
    rows, wanted = _expanded((known - middle) / scale), _expanded(np.clip((asked - middle) / scale, -6, 6))
    truth = np.eye(3)[outcome.astype(int)]

    def loss(flat: Floats) -> tuple[float, Floats]:
        weights = flat.reshape(rows.shape[1], 3)
        chance = softmax(rows @ weights, axis=1)
        shrunk = weights.copy()
        shrunk[0] = 0.0
        value = -float(np.log(np.maximum((chance * truth).sum(axis=1), 1e-300)).sum()) + penalty / 2 * float(
            (shrunk**2).sum()
        )
        return value, (rows.T @ (chance - truth) + penalty * shrunk).ravel()

    found = minimize(loss, np.zeros(rows.shape[1] * 3), jac=True, method="L-BFGS-B", options={"maxiter": 500})
    return np.asarray(softmax(wanted @ found.x.reshape(-1, 3), axis=1))


def _expanded(x: Floats) -> Floats:
    """The features, a constant, and their squares and products (products for up to twelve features)."""
    columns = [np.ones(len(x)), *x.T, *(x**2).T]
    if x.shape[1] <= 12:
        columns += [x[:, i] * x[:, j] for i in range(x.shape[1]) for j in range(i)]
    return np.column_stack(columns)


def _marks(first: ArrayLike, second: ArrayLike) -> NDArray[np.bool_]:
    y = np.column_stack([np.asarray(first), np.asarray(second)])
    if y.ndim != 2 or not np.isin(y, (0, 1)).all():
        raise Wrong("marks", None, "hold values that are neither 0 nor 1", "write 1 where the list names the person")
    marks = y.astype(bool)
    if not marks.any(axis=1).all():
        raise Wrong(
            "marks", int((~marks.any(axis=1)).sum()), "persons are on neither list", "leave out whom no list names"
        )
    return marks


def _features(covariates: ArrayLike, rows: int) -> Floats:
    x = np.asarray(covariates, dtype=float)
    x = x[:, None] if x.ndim == 1 else x
    if x.ndim != 2 or len(x) != rows or x.shape[1] == 0:
        raise Wrong(
            "covariates",
            f"of shape {x.shape}",
            f"do not give a row for each of {rows} persons",
            "give an array (persons, covariates)",
        )
    if not np.isfinite(x).all():
        gaps = int((~np.isfinite(x)).sum())
        raise Wrong("covariates", gaps, "values are missing or infinite", "fill them in, or leave the persons out")
    return x
