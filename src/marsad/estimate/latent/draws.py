"""Single random draws that the latent class sampler is made of, as machine code.

Each takes a numpy Generator, which numba understands, so one seed gives one run on every machine and with any number
of workers.
"""

import math

import numpy as np
from numpy.random import Generator

from marsad.estimate.latent.compiled import compiled

FEW = 12
"""Up to this many persons are put into classes one by one; above, by conditional binomials. Both are exact; here they
cost about the same.
"""


@compiled
def log_gamma_draw(rng: Generator, shape: float) -> float:
    """Logarithm of a Gamma(shape, 1) draw that does not underflow, however small the shape.

    For shape below one: log G(shape) = log G(shape + 1) + log(U) / shape. At shape 1e-12 the draw itself would be
    zero in floating point.
    """
    if shape < 1.0:
        return math.log(rng.standard_gamma(shape + 1.0)) + math.log1p(-rng.random()) / shape
    return math.log(rng.standard_gamma(shape))


@compiled
def spread(rng: Generator, persons: int, weights: np.ndarray, total: float, into: np.ndarray) -> None:
    """Puts `persons` into classes with probabilities `weights / total`: one multinomial draw, written over `into`."""
    classes = weights.shape[0]
    for k in range(classes):
        into[k] = 0
    rest, left, first = persons, total, 0
    while rest > FEW and first < classes - 1:
        share = weights[first] / left if left > 0.0 else 1.0
        if share >= 1.0:
            into[first] += rest
            return
        if share > 0.0:
            drawn = rng.binomial(rest, share)
            into[first] = drawn
            rest -= drawn
        left -= weights[first]
        first += 1
    if first == classes - 1:
        into[first] = rest
        return
    for _ in range(rest):
        way = rng.random() * left
        k = first
        while k < classes - 1:
            way -= weights[k]
            if way < 0.0:
                break
            k += 1
        # Rounding may carry the walk past every class that has weight; the last of those gets the person.
        while weights[k] <= 0.0 and k > 0:
            k -= 1
        into[k] += 1


@compiled
def unseen(rng: Generator, seen: int, missed: float, cap: int) -> int:
    """How many were never seen: negative binomial given the chance `missed` of being seen by nobody, not above `cap`.

    With p(N) proportional to 1/N, n0 | p0 is NegBin(seen, 1 - p0). Drawn freely and thrown back if above the cap;
    where the cap cuts nearly all of it, the distribution falls so steeply below the cap that it is summed downwards
    from there. Both are exact.
    """
    if missed <= 0.0:
        return 0
    odds = missed / (1.0 - missed)
    if missed < 1.0 and seen * odds < 4.0e17:
        for _ in range(200):
            mean = rng.standard_gamma(float(seen)) * odds
            if mean < cap + 12.0 * math.sqrt(cap + 1.0) + 50.0:
                drawn = rng.poisson(mean)
                if drawn <= cap:
                    return int(drawn)
    total, term, n0 = 0.0, 1.0, cap
    while n0 > 0 and term > 1e-17 * (total + term):
        total += term
        term *= n0 / ((seen + n0 - 1.0) * missed)
        n0 -= 1
    left, term, n0 = rng.random() * (total + term), 1.0, cap
    while n0 > 0:
        left -= term
        if left < 0.0:
            break
        term *= n0 / ((seen + n0 - 1.0) * missed)
        n0 -= 1
    return n0


@compiled
def log_below(seen: int, found: float, cap: int) -> float:
    """log P(n0 <= cap) where `found` is the chance of being on some list: the regularised incomplete beta
    I_found(seen, cap + 1).

    By its continued fraction (DLMF 8.17.22), from whichever end converges; zero at once where the cap is twelve
    deviations away.
    """
    if found >= 1.0:
        return 0.0
    mean = seen * (1.0 - found) / found
    if cap > mean + 12.0 * math.sqrt(mean / found) + 60.0:
        return 0.0
    a, b, x = float(seen), cap + 1.0, found
    mirrored = x > (a + 1.0) / (a + b + 2.0)
    if mirrored:
        a, b, x = b, a, 1.0 - x
    fraction, c, d = 1.0, 1.0, 0.0
    for m in range(20000):
        if m > 0:
            term = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m))
            d = 1.0 / (1.0 + term * d)
            c = 1.0 + term / c
            fraction *= c * d
        term = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0))
        d = 1.0 / (1.0 + term * d)
        c = 1.0 + term / c
        fraction *= c * d
        if abs(c * d - 1.0) < 1e-13:
            break
    log_value = a * math.log(x) + b * math.log1p(-x) - math.log(a) - math.log(fraction)
    log_value += math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    if not mirrored:
        return log_value
    return math.log1p(-min(math.exp(log_value), 1.0 - 1e-16))
