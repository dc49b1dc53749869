"""A move along the direction the table cannot see, as machine code: a class hides more or less, and what was observed
stays as it is.

Write g_k for the share of class k among the *observed* and h_sk for its pattern chances given observed. The
likelihood knows only sum_k g_k h_sk. Multiplying all odds of one class by a factor, its g_k held, hardly changes h
where the odds are small, but changes how many of the class were never seen. Gibbs crawls along this ridge; this
Metropolis step strides along it. Cost: one pass over the patterns.
"""

import math

import numpy as np
from numpy.random import Generator

from marsad.estimate.latent.compiled import compiled
from marsad.estimate.latent.draws import log_below

FEW_SEEN = 0.2
"""Classes expected to hold fewer observed persons than this are left to Gibbs: they hide nobody. The move leaves a
class's share of the observed as it is, so the choice is reversible."""


@compiled
def log_tail(log_pi: np.ndarray, log_rest: np.ndarray) -> None:
    """Fills `log_rest[k]` with the logarithm of what classes k, k+1, ... have together."""
    running = log_pi[-1]
    log_rest[-1] = running
    for back in range(1, log_pi.shape[0]):
        k = log_pi.shape[0] - 1 - back
        top = max(running, log_pi[k])
        running = top + math.log(math.exp(running - top) + math.exp(log_pi[k] - top))
        log_rest[k] = running


@compiled
def with_sticks(
    value: float,
    k: int,
    alpha: float,
    log_grow: float,
    log_total: float,
    log_pi: np.ndarray,
    log_rest: np.ndarray,
) -> float:
    """Returns `value` and what the stick-breaking density of the shares gains where class k grows by exp(`log_grow`) and all
    together by exp(`log_total`).
    """
    classes = log_pi.shape[0]
    grow = math.exp(log_grow)
    for behind in range(1, min(k, classes - 2) + 1):
        value -= math.log1p((grow - 1.0) * math.exp(log_pi[k] - log_rest[behind]))
    value += (classes - 1 - alpha) * log_total
    if k == classes - 1:
        value += (alpha - 1.0) * log_grow
    return value


@compiled
def take(
    k: int,
    change: float,
    factor: float,
    powers: np.ndarray,
    sizes: np.ndarray,
    odds: np.ndarray,
    base: np.ndarray,
    joint: np.ndarray,
    totals: np.ndarray,
) -> None:
    """Takes the move of class k: its odds grow `factor` times, its chance of the empty pattern `change` times."""
    for s in range(totals.shape[0]):
        before = joint[s, k]
        joint[s, k] = before * change * powers[sizes[s]]
        totals[s] += joint[s, k] - before
    base[k] *= change
    for j in range(odds.shape[0]):
        odds[j, k] *= factor


@compiled
def slide(
    rng: Generator,
    turns: int,
    cap: int,
    counts: np.ndarray,
    sizes: np.ndarray,
    prior: np.ndarray,
    alpha: float,
    odds: np.ndarray,
    log_pi: np.ndarray,
    base: np.ndarray,
    joint: np.ndarray,
    totals: np.ndarray,
    log_rest: np.ndarray,
) -> int:
    """Offers every class with observed members the move, `turns` times over; returns how many were taken.

    `joint[s, k]` is the chance of being in class k with pattern s, `totals[s]` its sum, `base` the same for the empty
    pattern, `sizes[s]` the number of lists of pattern s. All are kept up to date.
    """
    lists, classes = odds.shape
    taken, whole, observed, persons = 0, 1.0, 0.0, 0
    for k in range(classes):
        observed += math.exp(log_pi[k]) - base[k]
    for count in counts:
        persons += count
    powers = np.ones(lists + 1)
    below = log_below(persons, observed, cap)
    for turn in range(turns * classes):
        k = turn % classes
        pi = math.exp(log_pi[k])
        if not (pi - base[k]) * persons > FEW_SEEN * observed:
            continue
        step = rng.standard_normal() * math.exp(3.0 * rng.random() - 2.5)
        factor = math.exp(step)
        hidden, hidden_after = 0.0, 0.0
        for j in range(lists):
            hidden += math.log1p(odds[j, k])
            hidden_after += math.log1p(odds[j, k] * factor)
            powers[j + 1] = powers[j] * factor
        log_grow = math.log(math.expm1(-hidden) / math.expm1(-hidden_after))
        grow = math.exp(log_grow)
        after = whole + pi * (grow - 1.0)
        log_total = math.log(after / whole)
        # Beta(a, b) priors of the chances, in logits; the change of variables from (pi, lam) to (g, lam); the
        # stick-breaking density of pi; then the cap, which the likelihood with n0 summed out knows of too.
        value = (
            lists * prior[0] * step - (prior[0] + prior[1]) * (hidden_after - hidden) + log_grow - classes * log_total
        )
        value = with_sticks(value, k, alpha, log_grow, log_total, log_pi, log_rest)
        change = grow * math.exp(hidden - hidden_after)
        below_after = log_below(persons, observed / after, cap)
        value += below_after - below
        for s in range(counts.shape[0]):
            value += counts[s] * math.log1p(joint[s, k] * (change * powers[sizes[s]] - 1.0) / totals[s])
        if not (value >= 0.0 or rng.random() < math.exp(value)):
            continue
        taken += 1
        whole, below = after, below_after
        log_pi[k] += log_grow
        take(k, change, factor, powers, sizes, odds, base, joint, totals)
        log_tail(log_pi, log_rest)
    joint /= whole
    totals /= whole
    base /= whole
    log_pi -= math.log(whole)
    return taken
