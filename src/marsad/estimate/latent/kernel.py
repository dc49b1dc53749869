"""One sweep of the Gibbs sampler of the latent class model, as machine code, with as little done per sweep as the
model allows.

The model (Manrique-Vallier 2016, Biometrics 72:1246): a person belongs to class k with chance pi_k and is then on
list j with chance lam_jk, lists independent within a class; pi by stick-breaking with concentration alpha; p(N)
proportional to 1/N up to a stated cap.

What is integrated out, so that it cannot slow the chain down: the number unseen (it is drawn anew from the parameters
alone), the sticks while labels move and while alpha is drawn. The state of a chain is therefore `odds`, `log_pi` and
`alpha`, nothing else.
"""

import math

import numpy as np
from numpy.random import Generator

from marsad.estimate.latent.compiled import compiled
from marsad.estimate.latent.draws import log_gamma_draw, spread, unseen
from marsad.estimate.latent.glide import glide
from marsad.estimate.latent.slide import log_tail, slide


@compiled
def log_alpha_density(log_alpha: float, members: np.ndarray, shape: float, rate: float) -> float:
    """log p(log alpha | class sizes), up to a constant, with the sticks integrated out.

    Each stick but the last gives alpha * B(1 + m_k, alpha + M_k), M_k being the members of later classes;
    neighbouring Gamma functions cancel and leave one division per class. Classes after the last member give a factor
    of one.
    """
    classes = members.shape[0]
    alpha = math.exp(log_alpha)
    last = classes - 1
    while last > 0 and members[last] == 0:
        last -= 1
    everyone = 0
    for k in range(classes):
        everyone += members[k]
    value = shape * log_alpha - rate * alpha - math.lgamma(1.0 + alpha + everyone)
    sticks = min(last + 1, classes - 1)
    later = float(everyone)
    for k in range(sticks):
        later -= members[k]
        value += log_alpha
        # alpha + later as one sum of a float and an exact count: summed the other way round a small alpha is lost to
        # rounding.
        value += math.lgamma(alpha + later) if k == sticks - 1 else -math.log(alpha + later)
    return value


@compiled
def draw_alpha(rng: Generator, alpha: float, members: np.ndarray, shape: float, rate: float) -> float:
    """Concentration given class sizes, by one slice step on its logarithm (stepping out, then shrinking; Neal 2003)."""
    here = math.log(alpha)
    level = log_alpha_density(here, members, shape, rate) + math.log1p(-rng.random())
    low = here - 2.0 * rng.random()
    high = low + 2.0
    while low > -600.0 and log_alpha_density(low, members, shape, rate) > level:
        low -= 2.0
    while high < 600.0 and log_alpha_density(high, members, shape, rate) > level:
        high += 2.0
    while True:
        there = low + (high - low) * rng.random()
        if log_alpha_density(there, members, shape, rate) >= level or high - low < 1e-12:
            return math.exp(there)
        if there < here:
            low = there
        else:
            high = there


@compiled
def swap(first: int, second: int, members: np.ndarray, ones: np.ndarray) -> None:
    """Exchanges the labels of two classes: their sizes and their marks."""
    members[first], members[second] = members[second], members[first]
    for j in range(ones.shape[0]):
        ones[j, first], ones[j, second] = ones[j, second], ones[j, first]


@compiled
def move_labels(rng: Generator, alpha: float, members: np.ndarray, ones: np.ndarray) -> None:
    """Offers each pair of neighbouring classes to exchange labels, sticks integrated out, up and down once.

    The order of classes matters under stick-breaking, so a chain that cannot reorder them is stuck. Without the
    sticks the odds of the exchange are (alpha + R + m_next) / (alpha + R + m_this), R the members of classes after
    both: a larger class behind always comes forward.
    """
    classes = members.shape[0]
    for turn in range(2 * classes - 2):
        k = turn if turn < classes - 1 else 2 * classes - 3 - turn
        behind = 0
        for later in range(k + 2, classes):
            behind += members[later]
        this, following = members[k], members[k + 1]
        if this == following:
            continue
        if k == classes - 2:
            log_odds = (
                math.lgamma(1.0 + following)
                + math.lgamma(alpha + this)
                - math.lgamma(1.0 + this)
                - math.lgamma(alpha + following)
            )
        else:
            log_odds = math.log(alpha + float(behind + following)) - math.log(alpha + float(behind + this))
        if log_odds >= 0.0 or rng.random() < math.exp(log_odds):
            swap(k, k + 1, members, ones)


@compiled
def draw_sticks(rng: Generator, alpha: float, members: np.ndarray, log_pi: np.ndarray) -> None:
    """Class probabilities given class sizes, in logarithms: V_k ~ Beta(1 + m_k, alpha + M_k), and the last class
    takes what is left.
    """
    classes = members.shape[0]
    later = 0
    for k in range(classes):
        later += members[k]
    left = 0.0
    for k in range(classes - 1):
        later -= members[k]
        yes = log_gamma_draw(rng, 1.0 + float(members[k]))
        no = log_gamma_draw(rng, alpha + float(later))
        top = max(yes, no)
        both = top + math.log(math.exp(yes - top) + math.exp(no - top))
        log_pi[k] = left + yes - both
        left += no - both
    log_pi[classes - 1] = left


@compiled
def draw_odds(rng: Generator, members: np.ndarray, ones: np.ndarray, prior: np.ndarray, odds: np.ndarray) -> None:
    """Odds of being listed, per list and class: lam ~ Beta(a + marks, b + members without), as a ratio of two gamma
    draws.
    """
    for j in range(odds.shape[0]):
        for k in range(odds.shape[1]):
            if members[k] == 0 and prior[0] == 1.0 and prior[1] == 1.0:
                u = rng.random()
                odds[j, k] = (u + 1e-17) / (1.0 - u)
            else:
                with_mark = rng.standard_gamma(prior[0] + ones[j, k])
                odds[j, k] = (with_mark + 1e-300) / (
                    rng.standard_gamma(prior[1] + float(members[k] - ones[j, k])) + 1e-300
                )


@compiled
def weigh(
    odds: np.ndarray,
    log_pi: np.ndarray,
    starts: np.ndarray,
    bits: np.ndarray,
    base: np.ndarray,
    joint: np.ndarray,
    totals: np.ndarray,
) -> None:
    """Fills `base[k]` with the chance of being in class k and on no list, `joint[s, k]` in class k with pattern s,
    `totals[s]` its sum.

    Only the marks of a pattern are touched: pi_k * prod_j (1 - lam_jk), times the odds of each list it names.
    """
    for k in range(base.shape[0]):
        product = math.exp(log_pi[k])
        for j in range(odds.shape[0]):
            product /= 1.0 + odds[j, k]
        base[k] = product
    for s in range(totals.shape[0]):
        joint[s] = base
        for at in range(starts[s], starts[s + 1]):
            row = bits[at]
            for k in range(base.shape[0]):
                joint[s, k] *= odds[row, k]
        totals[s] = joint[s].sum()


@compiled
def logs_of(odds: np.ndarray, log_pi: np.ndarray, bits: np.ndarray, weights: np.ndarray) -> float:
    """Weights of the classes for one pattern by logarithms, scaled so that the largest is one: for patterns too
    unlikely for plain products.
    """
    top = -math.inf
    for k in range(weights.shape[0]):
        value = log_pi[k]
        for j in range(odds.shape[0]):
            value -= math.log1p(odds[j, k])
        for j in bits:
            value += math.log(odds[j, k])
        weights[k] = value
        top = max(top, value)
    total = 0.0
    for k in range(weights.shape[0]):
        weights[k] = math.exp(weights[k] - top)
        total += weights[k]
    return total


@compiled
def place(
    rng: Generator,
    counts: np.ndarray,
    starts: np.ndarray,
    bits: np.ndarray,
    odds: np.ndarray,
    log_pi: np.ndarray,
    joint: np.ndarray,
    totals: np.ndarray,
    weights: np.ndarray,
    drawn: np.ndarray,
    members: np.ndarray,
    ones: np.ndarray,
) -> None:
    """Puts everybody seen into classes: adds them to `members`, which holds the unseen, and fills `ones` with their marks."""
    ones[:] = 0
    for s in range(counts.shape[0]):
        if totals[s] > 1e-250:
            spread(rng, counts[s], joint[s], totals[s], drawn)
        else:
            total = logs_of(odds, log_pi, bits[starts[s] : starts[s + 1]], weights)
            spread(rng, counts[s], weights, total, drawn)
        for k in range(members.shape[0]):
            members[k] += drawn[k]
        for at in range(starts[s], starts[s + 1]):
            row = bits[at]
            for k in range(members.shape[0]):
                ones[row, k] += drawn[k]


@compiled
def sweep(
    rng: Generator,
    sweeps: int,
    counts: np.ndarray,
    starts: np.ndarray,
    bits: np.ndarray,
    cap: int,
    prior: np.ndarray,
    slides: int,
    between: int,
    odds: np.ndarray,
    log_pi: np.ndarray,
    alpha: np.ndarray,
    missed: np.ndarray,
    unseen_drawn: np.ndarray,
    occupied: np.ndarray,
) -> int:
    """Runs `sweeps` sweeps of one chain and writes, for each, p0, n0 and how many classes had members.

    `counts[s]` persons have the pattern whose lists are `bits[starts[s]:starts[s + 1]]`. `odds` (lists x classes),
    `log_pi` and `alpha` (one value) are the chain's state and are changed in place. `prior` is (a_lam, b_lam,
    a_alpha, b_alpha). A `glide` is offered before every `between`-th sweep, none if that is 0. Returns the slides taken.
    """
    lists, classes = odds.shape
    seen = 0
    for count in counts:
        seen += count
    base, weights, log_rest = np.empty(classes), np.empty(classes), np.empty(classes)
    sizes = np.diff(starts)
    joint, totals = np.empty((counts.shape[0], classes)), np.empty(counts.shape[0])
    drawn, members = np.empty(classes, np.int64), np.empty(classes, np.int64)
    ones = np.empty((lists, classes), np.int64)
    taken = 0
    for step in range(sweeps):
        if between > 0 and step % between == 0:
            glide(rng, counts, starts, bits, cap, prior, alpha[0], odds, log_pi)
        weigh(odds, log_pi, starts, bits, base, joint, totals)
        if slides > 0 and totals.min() > 1e-250:
            log_tail(log_pi, log_rest)
            taken += slide(
                rng, slides, cap, counts, sizes, prior, alpha[0], odds, log_pi, base, joint, totals, log_rest
            )
        p0 = base.sum()
        n0 = unseen(rng, seen, p0, cap)
        spread(rng, n0, base, p0, members)
        place(rng, counts, starts, bits, odds, log_pi, joint, totals, weights, drawn, members, ones)
        move_labels(rng, alpha[0], members, ones)
        alpha[0] = draw_alpha(rng, alpha[0], members, prior[2], prior[3])
        draw_sticks(rng, alpha[0], members, log_pi)
        draw_odds(rng, members, ones, prior, odds)
        missed[step], unseen_drawn[step] = p0, n0
        used = 0
        for k in range(classes):
            used += members[k] > 0
        occupied[step] = used
    return taken
