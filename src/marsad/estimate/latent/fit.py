"""How many were never seen, by latent classes: the public door of the estimator known as LCMCR."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

import numpy as np

from marsad.estimate import given
from marsad.estimate.caution import Caution, Code, Severity
from marsad.estimate.latent.diagnose import modes, story
from marsad.estimate.latent.posterior import Unseen
from marsad.estimate.latent.start import Chain, Marks, Prior, starts
from marsad.estimate.result import Result, Status
from marsad.estimate.screen import unless_copied
from marsad.estimate.table import CaptureTable
from marsad.model.errors import Wrong

Item = TypeVar("Item")
Made = TypeVar("Made")

RHAT, ESS = 1.01, 400.0
"""Chains are believed at a split R-hat of log N below the first and with at least so many effective draws in bulk and
in the tails.
"""

PLENTY = 2000.0
"""Effective draws at which chains that agree stop: the median is then known to about a thirtieth of a deviation. A quarter of the
sweeps allowed will do too, if chains agree.
"""

WARM = 2000
"""Sweeps in which a chain finds its level before the first that counts."""

KEPT = 1000
"""Draws of N kept for each chain, evenly spaced."""


def latent_classes(
    table: CaptureTable,
    *,
    seed: int = 1,
    classes: int | None = None,
    unseen_at_most: int | None = None,
    a_lam: float = 1.0,
    b_lam: float = 1.0,
    a_alpha: float = 0.25,
    b_alpha: float = 0.25,
    chains: int = 8,
    sweeps: int = 32_000,
    tempering: bool = True,
    level: float = 0.95,
    workers: int = 1,
) -> Result:
    """Return the posterior of N under a Dirichlet-process mixture of classes within which lists are independent.

    A person belongs to class k with chance pi_k and is then on list j with chance lam_jk, independently:
    P(pattern s) = sum_k pi_k prod_j lam_jk^s_j (1 - lam_jk)^(1 - s_j); lam ~ Beta(a_lam, b_lam), pi by stick-breaking
    with alpha ~ Gamma(a_alpha, rate b_alpha), p(N) ~ 1/N for N up to n + `unseen_at_most` (persons; None: 20 n, which
    is what the R package LCMCR imposes without saying so). `classes` is K, None for min(2^J - 1, 15). The median and
    the quantiles are of N, in persons.

    Assumes: a closed population, lists linked without error, dependence between lists that comes from persons being
    of different kinds only, and none of a kind that no list ever reaches. The last cannot be tested by any data.

    `chains` start far apart, run at least 2,000 sweeps and at most `sweeps` each, and are judged by their last half.
    Where they disagree and `tempering` is on, each is run again with helpers that see only a share of the data.
    Status `not_converged`, without a headline, where chains still disagree, where the cap cuts the posterior or where
    it has several modes: `cautions` says which, with numbers. The result depends on `seed` and not on `workers`
    (threads), nor on the order of lists or patterns.

    Raises Wrong for less than 2 chains, fewer than 1,000 sweeps, or a prior value that is not above zero. Source:
    Manrique-Vallier 2016, Biometrics 72:1246-1254.

    >>> seen = {"100": 30, "010": 28, "001": 25, "110": 9, "101": 8, "011": 7, "111": 4}
    >>> table = CaptureTable.from_patterns(("A", "B", "C"), seen)
    >>> result = latent_classes(table, chains=2, sweeps=2000)
    >>> result.n, result.low < result.point < result.high
    (111, True)
    """
    given.table(table)
    given.level(level)
    given.at_least("seed", seed, 0)
    cap = 20 * max(table.n, 1) if unseen_at_most is None else unseen_at_most
    prior = Prior(
        max(2, min(2**table.n_lists - 1, 15)) if classes is None else classes, cap, a_lam, b_lam, a_alpha, b_alpha
    )
    _check(prior, chains, sweeps)
    spec = {"classes": prior.classes, "unseen_at_most": cap, "a_lam": a_lam, "b_lam": b_lam, "a_alpha": a_alpha,
            "b_alpha": b_alpha, "chains": chains, "sweeps": sweeps, "tempering": tempering}  # fmt: skip
    if table.n_lists < 3 or table.n == 0:
        says = f"{table.n_lists} lists and {table.n:,} persons: a mixture of classes needs three lists to be told from luck."
        caution = Caution(Code.FEWER_THAN_THREE_LISTS, Severity.ERROR, says, {"lists": table.n_lists})
        return Result.of(
            table, "latent classes", Status.LOWER_BOUND_ONLY, cautions=(caution,), spec=spec, seed=seed, level=level
        )
    sampled = _sample(Marks.of(table.canonical()), prior, seed, chains, sweeps, tempering, workers)
    return unless_copied(_told(table, prior, sampled, spec, seed, level), table)


def _told(
    table: CaptureTable, prior: Prior, sampled: tuple[Any, Any, Any, dict[str, float]], spec: dict[str, Any], seed: int,
    level: float,
) -> Result:  # fmt: skip
    """Return the result of what `_sample` drew, and its doubts."""
    missed, unseen, occupied, numbers = sampled
    posterior = Unseen(missed, table.n, prior.cap)
    tail = (1 - level) / 2
    low, point, high = (table.n + posterior.quantile(share) for share in (tail, 0.5, 1 - tail))
    total = (unseen + table.n).astype(float)
    numbers |= {"share_above_cap": float((unseen > 0.9 * prior.cap).mean()), "occupied": float(occupied.mean()),
                "share_all_classes": float((occupied == prior.classes).mean())}  # fmt: skip
    cautions = [*_doubts(total, prior, table.n, numbers)]
    grave = any(caution.severity is Severity.ERROR for caution in cautions)
    kept = np.linspace(0, total.shape[1] - 1, min(KEPT, total.shape[1])).astype(int)
    return Result.of(
        table, "latent classes", Status.NOT_CONVERGED if grave else Status.OK, point=point, low=low, high=high, level=level,
        error=float(total.std()), log_error=float(np.log(np.maximum(total - table.n, 0.5)).std()), draws=total[:, kept],
        cautions=cautions, diagnostics=numbers, spec=spec, seed=seed,
    )  # fmt: skip


def _check(prior: Prior, chains: int, sweeps: int) -> None:
    if chains < 2:
        raise Wrong("chains", chains, "cannot be compared with one another", "run at least 2; 8 is usual")
    if sweeps < 1000:
        raise Wrong("sweeps", sweeps, "are too few to judge a chain by", "allow at least 1,000")
    values = {"classes": prior.classes - 1, "unseen_at_most": prior.cap, "a_lam": prior.a_lam, "b_lam": prior.b_lam,
              "a_alpha": prior.a_alpha, "b_alpha": prior.b_alpha}  # fmt: skip
    for name, value in values.items():
        if not value > 0 or not np.isfinite(value):
            raise Wrong(
                name,
                value + (name == "classes"),
                "leaves no prior to draw from",
                "give a number above zero (classes: above 1)",
            )


def _each(job: Callable[[Item], Made], items: Sequence[Item], workers: int) -> list[Made]:
    """The job done for each item, in order, by that many threads (the sampler leaves the interpreter's lock)."""
    if workers <= 1:
        return [job(item) for item in items]
    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(job, items))


def _good(numbers: dict[str, Any]) -> bool:
    return bool(numbers["rhat"] < RHAT and numbers["ess_bulk"] > ESS and numbers["ess_tail"] > ESS)


def _sample(
    marks: Marks, prior: Prior, seed: int, chains: int, sweeps: int, tempering: bool, workers: int
) -> tuple[Any, Any, Any, dict[str, float]]:
    """Draws of p0, n0 and the number of classes in use, each (chains, draws), and the numbers the chains are judged
    by.
    """
    from marsad.estimate.latent.chains import (
        STRIDE,
        Ladder,
        anneal,
        join,
        run,
        settle,
    )  # here, so that the room opens without numba

    begun = starts(marks, prior, np.random.SeedSequence(seed), chains)
    warm = min(WARM, sweeps)
    _each(lambda chain: anneal(chain, marks, prior, warm), begun[::2], workers)
    _each(lambda chain: settle(chain, marks, prior, warm), begun[1::2], workers)
    block, done = min(1000, sweeps // 2), 0
    while True:
        # Each block is as long as all before it together, and only the last is kept: burn-in is always half.
        trace = join(_each(partial(run, marks=marks, prior=prior, sweeps=block), begun, workers), 0)
        done += block
        numbers = story(np.log(trace.unseen + float(marks.counts.sum())))
        plenty = min(numbers["ess_bulk"], numbers["ess_tail"]) > PLENTY or done >= max(sweeps // 4, 4000)
        if (_good(numbers) and plenty and done >= min(2000, sweeps)) or 2 * done > sweeps:
            break
        block = done
    numbers |= {"sweeps": float(done), "tempered": 0.0}
    if tempering and not _good(numbers):
        ladders = [Ladder(Chain(c.odds, c.log_pi, c.alpha, c.rng), marks, prior) for c in begun]
        rounds = max(sweeps // (4 * STRIDE), 50)
        _each(lambda ladder: ladder.warm(500), ladders, workers)
        _each(lambda ladder: ladder.climb(rounds // 4), ladders, workers)
        trace = join(_each(lambda ladder: ladder.climb(rounds), ladders, workers), 0)
        numbers = story(np.log(trace.unseen + float(marks.counts.sum())))
        numbers |= {"sweeps": float(done + rounds * STRIDE), "tempered": 1.0}
    return trace.missed, trace.unseen, trace.occupied, numbers


def _doubts(total: Any, prior: Prior, seen: int, numbers: dict[str, float]) -> list[Caution]:
    """Why the posterior may not be quoted, with the numbers."""
    found: list[Caution] = []
    if not _good(numbers):
        medians = np.sort(np.median(total, axis=1))
        says = (
            f"Chains do not tell one story: their medians run from {medians[0]:,.0f} to {medians[-1]:,.0f} "
            f"(R-hat {numbers['rhat']:.3f}, effective draws {numbers['ess_bulk']:.0f}, in the tails {numbers['ess_tail']:.0f})."
        )
        evidence = {name: float(numbers[name]) for name in ("rhat", "ess_bulk", "ess_tail")}
        evidence |= {f"median_{i + 1}": float(median) for i, median in enumerate(medians)}
        found.append(Caution(Code.NOT_CONVERGED, Severity.ERROR, says, evidence))
    if numbers["share_above_cap"] > 0.001:
        says = (
            f"The data set no upper limit: {numbers['share_above_cap']:.1%} of the draws lie in the last tenth below the cap "
            f"of {seen + prior.cap:,} persons."
        )
        evidence = {"share": numbers["share_above_cap"], "cap": seen + prior.cap}
        found.append(Caution(Code.CAP_BINDS, Severity.ERROR, says, evidence))
    humps = modes(total)
    if len(humps) > 1:
        told = "; ".join(f"{hump.peak:,.0f} ({hump.share:.0%})" for hump in humps)
        says = f"The data fit {len(humps)} different answers: {told}. A number between them would be none of them."
        evidence = {f"mode_{i + 1}": hump.peak for i, hump in enumerate(humps)}
        evidence |= {f"share_{i + 1}": hump.share for i, hump in enumerate(humps)}
        found.append(Caution(Code.MULTIMODAL, Severity.ERROR, says, evidence))
    if numbers["share_all_classes"] > 0.05:
        share = numbers["share_all_classes"]
        says = f"All {prior.classes} classes are in use in {share:.0%} of the draws; allow more."
        found.append(Caution(Code.CLASSES_AT_LIMIT, Severity.WARNING, says, {"share": share}))
    return found
