"""A move that crosses the posterior in strides, as machine code: Hamiltonian steps with everybody's class summed out.

Where classes overlap, many mixtures fit a table equally well: a long ridge, as narrow as the data are many. While
persons sit in classes, no sweep moves further than the ridge is narrow. Here nobody sits in a class: the likelihood
sum_s n_s log f_s - n log(1 - p0) depends on chances and sticks alone and has a gradient, so that a state given a random
push glides along the ridge (Neal 2011, "MCMC using Hamiltonian dynamics"). In logits the density is nowhere steeper
than the data are many, whatever the classes do, so that one length of step serves: it goes by the root of n.

The place is an array of (lists + 1, classes): logits of the chances, and in the last row logits of the sticks V_k; the
last class has no stick, and its number stays as it is. Cost: a pass over the patterns for each step.
"""

import math

import numpy as np
from numpy.random import Generator

from marsad.estimate.latent.compiled import compiled
from marsad.estimate.latent.draws import log_below
from marsad.estimate.latent.slide import log_tail

STEP = 3.0
"""A step is this over the root of the persons seen, give or take: three in four glides are taken on real tables."""

LONGEST = 4.0
"""A glide lasts between none of this and all of it, in the time in which a logit with a curvature of one would go round
in 2 pi. Of random length, so that it never comes back where it was each time.
"""

MOST_STEPS = 256
"""Steps of one glide at most: only tables of a hundred thousand persons reach it."""

UNLIKELY = 1e-250
"""Below this chance of a pattern plain products are not to be trusted, and the state is left to Gibbs."""


# Loops are written out below: numba takes a second or two to compile each expression over whole arrays.


@compiled
def fill(place: np.ndarray, odds: np.ndarray, base: np.ndarray) -> float:
    """Fills the odds and `base[k]`, the chance of being in class k and on no list; returns the sum of the latter."""
    lists, classes = odds.shape
    left, missed = 1.0, 0.0
    for k in range(classes):
        base[k] = left
        if k < classes - 1:
            against = math.exp(-place[lists, k])
            base[k] = left / (1.0 + against)
            left *= against / (1.0 + against)
    for j in range(lists):
        for k in range(classes):
            odds[j, k] = math.exp(place[j, k])
            base[k] /= 1.0 + odds[j, k]
    for k in range(classes):
        missed += base[k]
    return missed


@compiled
def fill_cell(start: int, end: int, bits: np.ndarray, odds: np.ndarray, base: np.ndarray, cell: np.ndarray) -> float:
    """Fills `cell[k]`, the chance of being in class k on exactly the lists `bits[start:end]`; returns their sum."""
    total = 0.0
    for k in range(base.shape[0]):
        cell[k] = base[k]
    for at in range(start, end):
        row = bits[at]
        for k in range(base.shape[0]):
            cell[k] *= odds[row, k]
    for k in range(base.shape[0]):
        total += cell[k]
    return total


@compiled
def energy(speed: np.ndarray) -> float:
    """Returns half the sum of squares."""
    total = 0.0
    for j in range(speed.shape[0]):
        for k in range(speed.shape[1]):
            total += speed[j, k] * speed[j, k]
    return 0.5 * total


@compiled
def push(into: np.ndarray, by: float, along: np.ndarray) -> None:
    """Adds `by` times `along` in place."""
    for j in range(into.shape[0]):
        for k in range(into.shape[1]):
            into[j, k] += by * along[j, k]


@compiled
def height(
    place: np.ndarray,
    counts: np.ndarray,
    starts: np.ndarray,
    bits: np.ndarray,
    cap: int,
    prior: np.ndarray,
    alpha: float,
    odds: np.ndarray,
    base: np.ndarray,
    cell: np.ndarray,
) -> float:
    """Log density of a place, up to a constant; minus infinity where a pattern is too unlikely to be weighed.

    The likelihood with classes and the unseen summed out, the cap, and the priors in logits: lam ~ Beta(a, b) gives
    lam^a (1 - lam)^b, V ~ Beta(1, alpha) gives V (1 - V)^alpha.
    """
    lists, classes = odds.shape
    missed = fill(place, odds, base)
    if not missed < 1.0:
        return -math.inf
    value, persons = 0.0, 0
    for s in range(counts.shape[0]):
        total = fill_cell(starts[s], starts[s + 1], bits, odds, base, cell)
        if not total > UNLIKELY:
            return -math.inf
        value += counts[s] * math.log(total)
        persons += counts[s]
    value += log_below(persons, 1.0 - missed, cap) - persons * math.log1p(-missed)
    for j in range(lists):
        for k in range(classes):
            value += prior[0] * place[j, k] - (prior[0] + prior[1]) * math.log1p(odds[j, k])
    for k in range(classes - 1):
        stick = place[lists, k]
        value -= (1.0 + alpha) * math.log1p(math.exp(-abs(stick))) + (alpha * stick if stick > 0.0 else -stick)
    return value


@compiled
def pull(
    place: np.ndarray,
    counts: np.ndarray,
    starts: np.ndarray,
    bits: np.ndarray,
    persons: int,
    prior: np.ndarray,
    alpha: float,
    odds: np.ndarray,
    base: np.ndarray,
    cell: np.ndarray,
    members: np.ndarray,
    slope: np.ndarray,
) -> None:
    """Fills `slope` with the gradient of `height`, but for the cap: a push may be wrong as long as the judgement at
    the end is not.

    As in the EM algorithm: expected marks less what the class's expected members, the unseen among them, would give.
    """
    lists, classes = odds.shape
    missed = fill(place, odds, base)
    for j in range(lists):
        for k in range(classes):
            slope[j, k] = 0.0
    slope[lists, classes - 1] = 0.0
    each = persons / (1.0 - missed)
    for k in range(classes):
        members[k] = each * base[k]
    for s in range(counts.shape[0]):
        share = counts[s] / fill_cell(starts[s], starts[s + 1], bits, odds, base, cell)
        for k in range(classes):
            cell[k] *= share
            members[k] += cell[k]
        for at in range(starts[s], starts[s + 1]):
            row = bits[at]
            for k in range(classes):
                slope[row, k] += cell[k]
    for j in range(lists):
        for k in range(classes):
            chance = odds[j, k] / (1.0 + odds[j, k])
            slope[j, k] += prior[0] - (members[k] + prior[0] + prior[1]) * chance
    later = members[classes - 1]
    for back in range(2, classes + 1):
        k = classes - back
        broken = 1.0 / (1.0 + math.exp(-place[lists, k]))
        slope[lists, k] = (members[k] + 1.0) * (1.0 - broken) - (later + alpha) * broken
        later += members[k]


@compiled
def glide(
    rng: Generator,
    counts: np.ndarray,
    starts: np.ndarray,
    bits: np.ndarray,
    cap: int,
    prior: np.ndarray,
    alpha: float,
    odds: np.ndarray,
    log_pi: np.ndarray,
) -> bool:
    """Pushes one state and lets it glide; changes `odds` and `log_pi` in place and says so, or leaves them (Metropolis)."""
    lists, classes = odds.shape
    persons = 0
    for count in counts:
        persons += count
    place, log_rest = np.zeros((lists + 1, classes)), np.empty(classes)
    log_tail(log_pi, log_rest)
    for k in range(classes):
        for j in range(lists):
            place[j, k] = math.log(odds[j, k])
        if k < classes - 1:
            place[lists, k] = log_pi[k] - log_rest[k + 1]
    there, base, cell, members = np.empty((lists, classes)), np.empty(classes), np.empty(classes), np.empty(classes)
    slope, speed = np.empty((lists + 1, classes)), np.zeros((lists + 1, classes))
    for j in range(lists + 1):
        for k in range(classes - (j == lists)):
            speed[j, k] = rng.standard_normal()
    step = STEP * (0.4 + 0.8 * rng.random()) / math.sqrt(persons + 1.0)
    steps = min(1 + int(LONGEST * rng.random() / step), MOST_STEPS)
    before = height(place, counts, starts, bits, cap, prior, alpha, there, base, cell) - energy(speed)
    if not math.isfinite(before):
        return False
    pull(place, counts, starts, bits, persons, prior, alpha, there, base, cell, members, slope)
    push(speed, 0.5 * step, slope)
    for turn in range(steps):
        push(place, step, speed)
        pull(place, counts, starts, bits, persons, prior, alpha, there, base, cell, members, slope)
        push(speed, step if turn < steps - 1 else 0.5 * step, slope)
    after = height(place, counts, starts, bits, cap, prior, alpha, there, base, cell) - energy(speed)
    if not (math.isfinite(after) and rng.random() < math.exp(min(after - before, 0.0))):
        return False
    for j in range(lists):
        for k in range(classes):
            odds[j, k] = there[j, k]
    left = 0.0
    for k in range(classes - 1):
        stick = place[lists, k]
        short = math.log1p(math.exp(-abs(stick)))
        log_pi[k] = left - short + min(stick, 0.0)
        left -= short + max(stick, 0.0)
    log_pi[classes - 1] = left
    return True
