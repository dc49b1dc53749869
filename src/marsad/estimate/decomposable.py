"""Exact Bayesian averaging over all decomposable graphs of dependence between lists."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from scipy.interpolate import CubicSpline
from scipy.special import gammaln

from marsad.estimate import given, graphs
from marsad.estimate.caution import Caution, Code, Severity, forbids
from marsad.estimate.modes import modes
from marsad.estimate.poisson import Floats
from marsad.estimate.result import Model, Result, Status
from marsad.estimate.screen import unless_copied
from marsad.estimate.table import CaptureTable

Prior = Callable[[Floats], Floats]
"""ln p(N), up to a constant, for an array of N."""

EVERY_UP_TO, ALL_STORED, POINTS = 200, 200_000, 700
"""n0 is looked at one by one up to the first; up to the second each whole number has its own probability; between, a
spline runs through this many points even in ln n0."""

NEGLIGIBLE = 30.0
"""Graphs whose likelihood is everywhere exp(-30) of the best are left out."""

FARTHEST = 1000
"""n0 is never looked at above this multiple of n, however slowly the posterior falls."""


class Posterior(NamedTuple):
    """The exact posterior: values of N, their probabilities, graphs (rows of margins) with probabilities, and the last n0."""

    values: Floats
    mass: Floats
    margins: graphs.Signed
    graph_mass: Floats
    cap: int


def one_over_n(n: Floats) -> Floats:
    """Return ln(1 / N): every order of magnitude of N is as likely as another (Jeffreys)."""
    return -np.log(n)


def decomposable(
    table: CaptureTable,
    *,
    delta: float | None = None,
    complete: bool = False,
    prior: Prior | None = None,
    cap: int | None = None,
    step: int = 1,
    level: float = 0.95,
    sensitivity: bool = True,
) -> Result:
    """Return N averaged over every decomposable graph of dependence, exactly: no sampling, no seed.

    Under graph G, cells have the hyper-Dirichlet prior of cell mass `delta` (2^-J by default), and ln p(n | n0, G) =
    ln N! - ln n0! + sum over cliques g_A - sum over separators g_A, g_A = ln G(delta 2^J) - ln G(N + delta 2^J) + sum_x [ln
    G(n_A(x) + delta_A) - ln G(delta_A)], delta_A = delta 2^(J - |A|). p(G) is uniform, p(N) is 1/N or `prior`. Point is the
    median, the interval equal-tailed. `cap` bounds n0; without it the posterior is followed until less than a millionth is
    beyond. `step` looks at every step-th n0 alone. The `complete` graph says nothing of n0 and is left out unless asked
    for: with a large delta it pulls N towards n. With `sensitivity` the median is found again for delta / 4 and 4 delta.

    Assumes a closed population, no copies among lists, and that dependence is decomposable. Three to seven lists. Sources:
    Madigan & York 1997; Dawid & Lauritzen 1993.

    >>> table = CaptureTable.from_patterns("ABC", {"100": 60, "010": 49, "110": 4, "001": 247, "101": 112, "011": 142, "111": 12})
    >>> result = decomposable(table, delta=1.0, complete=True, prior=lambda n: gammaln(n + 13.14) - gammaln(n + 1)
    ...     + n * np.log(55.17 / 56.17))
    >>> round(result.point)
    731
    """
    _check(table, level, delta, cap, step)
    mass = 2.0**-table.n_lists if delta is None else delta
    shown_prior = "1/N" if prior is None else "given"
    spec: dict[str, Any] = {"delta": mass, "complete": complete, "prior": shown_prior, "level": level}
    if table.n_lists < 3 or table.n == 0:
        says = (
            f"Averaging over graphs needs three lists and somebody on them: {table.n_lists} lists, {table.n:,} persons."
        )
        few = Caution(Code.FEWER_THAN_THREE_LISTS, Severity.ERROR, says, {"lists": table.n_lists})
        return Result.of(table, "decomposable", Status.LOWER_BOUND_ONLY, spec=spec, cautions=(few,))
    counts = table.dense().astype(float)
    found = posterior(counts, mass, complete, prior or one_over_n, cap, step)
    low, point, high = quantiles(found.values, found.mass, level)
    mean = float((found.values * found.mass).sum())
    error = float(np.sqrt(((found.values - mean) ** 2 * found.mass).sum()))
    cautions = [*_capped(found, table.n), *modes(found.values - table.n, found.mass, table.n)]
    numbers = {"mean": mean, "mode": float(found.values[found.mass.argmax()]), "cap": float(found.cap),
               "graphs": float(len(found.margins))}  # fmt: skip
    if sensitivity:
        again = {
            f"median_{name}_delta": _median(counts, mass * factor, complete, prior, found.cap)
            for name, factor in (("quarter", 0.25), ("fourfold", 4.0))
        }
        numbers |= again
        cautions += _driven(point, *again.values())
    order = np.argsort(-found.graph_mass, kind="stable")[:20]
    shown = tuple(Model(graphs.named(found.margins[at]), None, weight=float(found.graph_mass[at])) for at in order)
    status = Status.NOT_IDENTIFIABLE if forbids(cautions) else Status.OK
    made = Result.of(table, "decomposable", status, point=point, low=low, high=high, level=level, error=error,
                     density=(found.values, found.mass), models=shown, cautions=tuple(cautions), diagnostics=numbers,
                     spec=spec | {"cap": found.cap})  # fmt: skip
    return unless_copied(made, table)


def _check(table: CaptureTable, level: float, delta: float | None, cap: int | None, step: int) -> None:
    given.table(table)
    given.level(level)
    given.at_least("delta", 1.0 if delta is None else delta, 1e-9)
    given.at_least("cap", 1 if cap is None else cap, 1)
    given.at_least("step", step, 1)


def _median(counts: Floats, delta: float, complete: bool, prior: Prior | None, cap: int) -> float:
    """Return the median of N for another delta, on a coarser grid."""
    other = posterior(counts, delta, complete, prior or one_over_n, cap, points=150)
    return quantiles(other.values, other.mass, 0.95)[1]


def posterior(
    counts: Floats, delta: float, complete: bool, prior: Prior, cap: int | None, step: int = 1, points: int = POINTS
) -> Posterior:
    """Return the exact posterior of N for the counts of 2^J cells (cell 0 is not looked at), n0 = 1, 1 + step …"""
    n_lists = len(counts).bit_length() - 1
    margins = graphs.decomposable(n_lists)[1]
    margins = margins if complete else margins[:-1]
    n = float(counts[1:].sum())
    last = int(max(30 * n, 1000)) if cap is None else int(cap)
    while True:
        missing = _grid(last, points)
        terms = _margin_terms(counts, delta, missing)
        rest = gammaln(n + missing + 1) - gammaln(missing + 1) + prior(n + missing)
        kept = _worth(margins, terms, rest)
        each = margins[kept].astype(float) @ terms + rest  # (graphs, points)
        top = each.max(axis=0)
        relative = np.exp(each - top)
        total = np.log(relative.sum(axis=0)) + top
        width = np.gradient(missing)  # how many whole numbers each point stands for
        width[-1] = (width[-1] + 1) / 2
        scale = np.exp(total - total.max()) * width
        if cap is not None or scale[-1] / width[-1] * missing[-1] < 1e-6 * scale.sum() or last >= FARTHEST * max(n, 50):
            break
        last *= 4
    values, weight = _whole_numbers(last, step)
    smooth = CubicSpline(np.log(missing), total)(np.log(values))
    mass = np.exp(smooth - smooth.max()) * weight
    share = relative @ (np.exp(top - top.max()) * width)
    return Posterior(n + values, mass / mass.sum(), margins[kept], share / share.sum(), last)


def quantiles(values: Floats, mass: Floats, level: float) -> tuple[float, float, float]:
    """Return low, median and high: the first value at which the cumulative probability reaches the share."""
    below = np.cumsum(mass)
    at = np.searchsorted(below, np.array([(1 - level) / 2, 0.5, (1 + level) / 2]) * below[-1])
    low, point, high = values[np.minimum(at, len(values) - 1)].tolist()
    return low, point, high


def _grid(last: int, points: int) -> Floats:
    """Return the n0 looked at: 1, 2, 3 … 200, then even in ln n0 up to the last."""
    if last <= EVERY_UP_TO + points:
        return np.arange(1.0, last + 1)
    far = np.unique(np.rint(np.geomspace(EVERY_UP_TO + 1, last, points)))
    return np.concatenate([np.arange(1.0, EVERY_UP_TO + 1), far])


def _whole_numbers(last: int, step: int) -> tuple[Floats, Floats]:
    """Return n0 from 1 up with how many numbers each stands for: one, up to 200,000; then more and more."""
    if last <= ALL_STORED or step > 1:
        values = np.arange(1.0, last + 1, step)
        return values, np.ones(len(values))
    edges = np.unique(np.rint(np.geomspace(ALL_STORED, last, 20_000)))
    near, middle = np.arange(1.0, ALL_STORED + 1), np.floor((edges[1:] + edges[:-1] + 1) / 2)
    return np.concatenate([near, middle]), np.concatenate([np.ones(ALL_STORED), np.diff(edges)])


def _margin_terms(counts: Floats, delta: float, missing: Floats) -> Floats:
    """Return g_A(n0) for every set of lists A, shape (2^J, points); 0 for the empty set."""
    n_lists = len(counts).bit_length() - 1
    n, sets = float(counts[1:].sum()), np.arange(1 << n_lists)
    whole = delta * 2.0**n_lists
    seen = counts.copy()
    seen[0] = 0.0
    out = np.zeros((1 << n_lists, len(missing)))
    for a in sets[1:]:
        inside = np.bincount(sets & a, weights=seen, minlength=1 << n_lists)
        prior = delta * 2.0 ** (n_lists - int(a).bit_count())
        cells = np.unique(sets & a)
        fixed = (gammaln(inside[cells[1:]] + prior)).sum() - len(cells) * gammaln(prior) + gammaln(whole)
        out[a] = fixed + gammaln(inside[0] + missing + prior) - gammaln(n + missing + whole)
    return out


def _worth(margins: graphs.Signed, terms: Floats, rest: Floats) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Return the graphs that matter somewhere, looked at on every tenth point."""
    coarse = np.unique(np.append(np.arange(0, len(rest), max(1, len(rest) // 60)), len(rest) - 1))
    best = np.empty(len(margins))
    for start in range(0, len(margins), 20_000):
        rows = slice(start, start + 20_000)
        best[rows] = (margins[rows].astype(float) @ terms[:, coarse] + rest[coarse]).max(axis=1)
    return np.flatnonzero(best > best.max() - NEGLIGIBLE)


def _capped(found: Posterior, n: int) -> list[Caution]:
    share = float(found.mass[found.values - n > 0.9 * found.cap].sum())
    if share <= 1e-3:
        return []
    says = (
        f"The limit of {found.cap:,} missing persons sets the upper end: {share:.1%} of the posterior lies against it."
    )
    return [Caution(Code.CAP_BINDS, Severity.ERROR, says, {"cap": found.cap, "share": round(share, 5)})]


def _driven(point: float, quarter: float, fourfold: float) -> list[Caution]:
    moved = max(abs(quarter / point - 1), abs(fourfold / point - 1))
    if moved <= 0.2:
        return []
    says = f"The prior moves the median by {moved:.0%}: a quarter of delta gives {quarter:,.0f}, four times {fourfold:,.0f}."
    return [Caution(Code.PRIOR_DRIVEN, Severity.WARNING, says, {"quarter": quarter, "fourfold": fourfold})]
