"""A second sampler of the latent class posterior, which shares no code and no idea with the first: what both say is
not one program's slip.

Nobody is put into a class here, nobody unseen is drawn, and alpha is summed out: with E_k = -log(1 - V_k) its
integral is (b + sum E)^-(a + K - 1). What remains is a density in JK + K - 1 numbers,
sum_s n_s log f_s - n log(1 - p0) + log P(n0 <= cap) and the priors, walked by slice sampling one number at a time
(Neal 2003), all chains at once in numpy. Slow, and honest.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc, expit

from marsad.estimate.caution import Caution, Code, Severity
from marsad.estimate.latent.diagnose import ess_bulk
from marsad.estimate.latent.posterior import Unseen
from marsad.estimate.latent.start import Marks, Prior
from marsad.estimate.result import Result, Status
from marsad.estimate.table import CaptureTable

Floats = NDArray[np.float64]

WIDTH, STEPS = 2.0, 12
"""Width of a slice step in logits (and log sticks), and the most steps out."""


def missed_by_slices(
    table: CaptureTable, prior: Prior, *, seed: int = 1, chains: int = 24, sweeps: int = 600, warm: int = 300
) -> Floats:
    """Draws of p0, the chance of being on no list, shape (chains, sweeps), from the posterior under `prior`.

    >>> table = CaptureTable.from_patterns("ABC", {"100": 30, "010": 28, "001": 25, "110": 9, "101": 8, "011": 7})
    >>> missed_by_slices(table, Prior(2, 2000), chains=4, sweeps=5, warm=5).shape
    (4, 5)
    """
    marks = Marks.of(table.canonical())
    rng = np.random.default_rng(seed)
    lists = marks.seen.shape[1]
    size = lists * prior.classes
    state = np.hstack([rng.normal(-1.0, 1.0, (chains, size)), rng.normal(0.0, 1.5, (chains, prior.classes - 1))])
    seen, unlisted = marks.seen.astype(float), ~marks.seen
    persons = int(marks.counts.sum())

    def density(points: Floats) -> tuple[Floats, Floats]:
        chance = expit(points[:, :size].reshape(-1, lists, prior.classes)).clip(1e-15, 1 - 1e-15)
        yes, no = np.log(chance), np.log1p(-chance)
        sticks = np.exp(points[:, size:])
        log_left = np.concatenate([np.zeros((len(points), 1)), -np.cumsum(sticks, axis=1)], axis=1)
        with np.errstate(divide="ignore"):
            log_pi = log_left + np.concatenate([np.log(-np.expm1(-sticks)), np.zeros((len(points), 1))], axis=1)
        log_in = seen @ yes + unlisted.astype(float) @ no + log_pi[:, None, :]
        top = log_in.max(axis=2, keepdims=True)
        log_f = top[:, :, 0] + np.log(np.exp(log_in - top).sum(axis=2))
        missed = np.exp(no.sum(axis=1) + log_pi).sum(axis=1).clip(0.0, 1 - 1e-12)
        value = log_f @ marks.counts - persons * np.log1p(-missed)
        value += np.log(np.maximum(betainc(persons, prior.cap + 1.0, 1 - missed), 1e-300))
        value += (prior.a_lam * yes + prior.b_lam * no).sum(axis=(1, 2))
        value += points[:, size:].sum(axis=1)
        value -= (prior.a_alpha + prior.classes - 1) * np.log(prior.b_alpha + sticks.sum(axis=1))
        return value, missed

    out = np.empty((chains, sweeps))
    here, _ = density(state)
    for step in range(warm + sweeps):
        for at in range(state.shape[1]):
            here = _slice(rng, state, at, here, lambda points: density(points)[0])
        if step >= warm:
            out[:, step - warm] = density(state)[1]
    return out


def _slice(
    rng: np.random.Generator, state: Floats, at: int, here: Floats, density: Callable[[Floats], Floats]
) -> Floats:
    """Moves coordinate `at` of every chain by one slice step, in place; the new log densities."""
    level = here + np.log1p(-rng.random(len(here)))
    middle = state[:, at].copy()
    low = middle - WIDTH * rng.random(len(here))
    high = low + WIDTH
    # Steps out are shared between the two sides at random beforehand, as Neal's limit on them demands.
    left = rng.integers(0, STEPS, len(here))
    right = STEPS - 1 - left
    trial = state.copy()
    for ends, many, sign in ((low, left, -1.0), (high, right, 1.0)):
        going = many > 0
        while going.any():
            trial[:, at] = ends
            going &= (density(trial) > level) & (many > 0)
            ends[going] += sign * WIDTH
            many[going] -= 1
    waiting, found = np.ones(len(here), bool), here.copy()
    while waiting.any():
        trial[:, at] = np.where(waiting, low + (high - low) * rng.random(len(here)), state[:, at])
        value = density(trial)
        taken = waiting & ((value >= level) | (high - low < 1e-9))
        state[taken, at], found[taken] = trial[taken, at], value[taken]
        waiting &= ~taken
        below = waiting & (trial[:, at] < middle)
        low[below] = trial[below, at]
        above = waiting & ~below
        high[above] = trial[above, at]
    return found


def second_opinion(
    table: CaptureTable, result: Result, *, seed: int = 1, sweeps: int = 600, tolerance: float = 0.05
) -> Result:
    """The result with `second_median` and its error among the diagnostics; SAMPLERS_DISAGREE where the two samplers do.

    They disagree where the medians of N - n differ by more than `tolerance` and more than four Monte Carlo errors.
    Minutes for large tables.
    """
    if result.point is None:
        return result
    spec = result.spec
    prior = Prior(
        spec["classes"], spec["unseen_at_most"], spec["a_lam"], spec["b_lam"], spec["a_alpha"], spec["b_alpha"]
    )
    missed = missed_by_slices(table, prior, seed=seed, sweeps=sweeps, warm=max(sweeps // 2, 20))
    other = table.n + Unseen(missed, table.n, prior.cap).quantile(0.5)
    logs = np.log(missed / (1 - missed))
    error = 1.25 * float(logs.std()) / np.sqrt(max(ess_bulk(logs), 1.0))
    numbers = {**result.diagnostics, "second_median": other, "second_error": error}
    apart = abs(float(np.log(max(other - table.n, 0.5) / max(result.point - table.n, 0.5))))
    cautions = result.cautions
    if apart > max(tolerance, 4 * error):
        says = f"Two samplers of one posterior disagree: median {result.point:,.0f} and {other:,.0f} persons."
        cautions += (Caution(Code.SAMPLERS_DISAGREE, Severity.ERROR, says, {"first": result.point, "second": other}),)
    status = Status.NOT_CONVERGED if len(cautions) > len(result.cautions) else result.status
    return replace(result, status=status, diagnostics=numbers, cautions=cautions)
