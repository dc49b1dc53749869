"""Weights from decisions: the ones that marsad ships, moved as far as a project's own judgements move them.

Logistic regression whose every weight is drawn to its shipped value (a normal prior around it), by Newton's method. With
no judgement the weights stay as they are; with many, what was shipped no longer matters.
"""

import math
from collections import Counter
from collections.abc import Sequence
from operator import mul

from marsad.link.compare import Levels
from marsad.link.weights import BASE, CROWD, Weights, probability

_SPREAD = 0.25
"""How far from its shipped value a weight is expected to lie, in natural logarithms of odds.

Measured on the Kenyan table (pair F1 with 200 and with 1,000 answers kept). With the shipped weights, which fit it: nothing
learnt .79 and .89, with 0.25 .76 and .89, with 0.5 .74 and .90. With noise of 0.8 added to them: nothing learnt .72 and .82,
with 0.25 .75 and .89, with 0.5 .76 and .89. So the narrower one costs less where nothing is to be learnt.
"""

_FOLDS = 5
"""Parts into which judgements are dealt; what is learnt from the others is tried on each."""

GAIN, EARLY_GAIN, EARLY = 0.2, 0.4, 300
"""By how much learnt weights must rank better than the shipped ones to replace them, the second below so many judgements: people
are asked where the shipped weights doubt, and among such pairs any other weights rank better. Measured on the Kenyan table, where
the shipped weights fit: answers raise the average precision by up to 0.35 before 300, by 0.10 to 0.16 afterwards, and weights
learnt from 200 of them lower pair F1 from .79 to .75. With weights that noise of 0.8 has spoilt they raise it by up to 0.3 before
300, by 0.28 to 0.33 from 400 on, and pair F1 after 1,000 from .73 to .90."""

_STEPS, _STILL, _HALVINGS = 50, 1e-6, 20

Judged = tuple[Levels, int, bool]
"""Two tellings as compared, the crowd of the busier one, and whether a person said that they are of one incident."""

_Key = tuple[str, str]


def learned(judged: Sequence[Judged], shipped: Weights, spread: float = _SPREAD) -> Weights:
    """Return the weights that fit the judgements best, near the shipped ones; the order of the judgements does not matter.

    A level that no judgement shows keeps its shipped weight.
    """
    seen = Counter((tuple(_features(levels, crowd)), same) for levels, crowd, same in judged)
    keys = sorted({key for features, _ in seen for key, _ in features})
    place = {key: i for i, key in enumerate(keys)}
    rows = sorted(
        (sorted((place[key], value) for key, value in features), same, n) for (features, same), n in seen.items()
    )
    start = [_shipped(shipped, key) for key in keys]
    weights = _newton(rows, start, 1 / spread**2)
    of = {name: dict(levels) for name, levels in shipped.of.items()}
    base, crowd = shipped.base, shipped.crowd
    for (name, level), weight in zip(keys, weights, strict=True):
        if name == BASE:
            base = weight
        elif name == CROWD:
            crowd = weight
        else:
            of.setdefault(name, {})[level] = weight
    return Weights(base, crowd, of)


def learned_if_better(judged: Sequence[Judged], shipped: Weights, spread: float = _SPREAD) -> Weights:
    """Return the weights that the judgements teach if they rank judgements held back far better than the shipped ones do.

    Weights learnt from answers make probabilities truer and yet may group worse: they are fitted to the doubtful pairs that
    people are asked about. So each fifth of the judgements is ranked by what the others teach, and by the shipped weights;
    the shipped ones stay unless the average precision rises by GAIN (EARLY_GAIN). The order of judgements does not matter.
    """
    dealt = sorted(judged, key=lambda one: (sorted(one[0].items()), one[1], one[2]))
    new: list[tuple[float, bool]] = []
    old: list[tuple[float, bool]] = []
    for fold in range(_FOLDS):
        weights = learned([one for n, one in enumerate(dealt) if n % _FOLDS != fold], shipped, spread)
        for levels, crowd, same in dealt[fold::_FOLDS]:
            new.append((weights.score(levels, crowd), same))
            old.append((shipped.score(levels, crowd), same))
    gain = average_precision(new) - average_precision(old)
    better = gain >= (GAIN if len(judged) >= EARLY else EARLY_GAIN)
    return learned(judged, shipped, spread) if better else shipped


def average_precision(scores: Sequence[tuple[float, bool]]) -> float:
    """Return how well scores rank what is true before what is not: 1 where all of it comes first, 0 where nothing is true.

    Of equal scores what is not true comes first, so that scores which tell nothing gain nothing.

    >>> average_precision([(2.0, True), (1.0, False), (0.5, True)])
    0.8333333333333333
    """
    true, total = 0, 0.0
    for n, (_, same) in enumerate(sorted(scores, key=lambda one: (-one[0], one[1])), 1):
        if same:
            true += 1
            total += true / n
    return total / true if true else 0.0


def _features(levels: Levels, crowd: int) -> list[tuple[_Key, float]]:
    named = [((name, level), 1.0) for name, level in levels.items() if level != "unknown"]
    return [((BASE, ""), 1.0), ((CROWD, ""), math.log1p(crowd)), *named]


def _shipped(weights: Weights, key: _Key) -> float:
    name, level = key
    if name == BASE:
        return weights.base
    return weights.crowd if name == CROWD else weights.of.get(name, {}).get(level, 0.0)


_Row = tuple[list[tuple[int, float]], bool, int]
"""What speaks for and against, by the position of its weight, lowest first; the answer; and how often just this was seen."""


def _newton(rows: Sequence[_Row], centre: list[float], pull: float) -> list[float]:
    weights, loss = centre, _loss(rows, centre, centre, pull)
    for _ in range(_STEPS):
        step = _solve(*_bent(rows, centre, weights, pull))
        for halved in range(_HALVINGS):  # a whole step from afar may overshoot
            tried = [w - s / 2**halved for w, s in zip(weights, step, strict=True)]
            new = _loss(rows, centre, tried, pull)
            if new <= loss:
                break
        else:
            return weights
        weights, loss = tried, new
        if max((abs(s) for s in step), default=0.0) < _STILL:
            break
    return weights


def _loss(rows: Sequence[_Row], centre: list[float], weights: list[float], pull: float) -> float:
    """Return minus the logarithm of the probability of the answers and of these weights, up to a constant."""
    out = pull / 2 * sum((w - c) ** 2 for w, c in zip(weights, centre, strict=True))
    for features, same, n in rows:
        against = sum(weights[i] * x for i, x in features) * (-1 if same else 1)
        out += n * (max(against, 0.0) + math.log1p(math.exp(-abs(against))))
    return out


def _bent(
    rows: Sequence[_Row], centre: list[float], weights: list[float], pull: float
) -> tuple[list[float], list[list[float]]]:
    """Return slope and curvature of the loss; of the curvature, the lower half."""
    slope = [pull * (w - c) for w, c in zip(weights, centre, strict=True)]
    curve = [[0.0] * i + [pull] for i in range(len(weights))]
    for features, same, n in rows:
        p = probability(sum(weights[i] * x for i, x in features))
        error, bend = n * (p - same), n * p * (1 - p)
        for at, (i, x) in enumerate(features, 1):
            slope[i] += error * x
            line, weight = curve[i], bend * x
            for j, z in features[:at]:
                line[j] += weight * z
    return slope, curve


def _solve(right: Sequence[float], matrix: Sequence[Sequence[float]]) -> list[float]:
    """Return x with matrix x = right, for a symmetric positive matrix of which the lower half is given (Cholesky)."""
    low: list[list[float]] = []
    half: list[float] = []
    for i, line in enumerate(matrix):
        new: list[float] = []
        for j, entry in enumerate(line):
            rest = entry - sum(map(mul, new, low[j] if j < i else new))
            new.append(math.sqrt(rest) if i == j else rest / low[j][j])
        half.append((right[i] - sum(map(mul, new, half))) / new[-1])
        low.append(new)
    out = [0.0] * len(low)
    for i in reversed(range(len(low))):
        out[i] = (half[i] - sum(low[k][i] * out[k] for k in range(i + 1, len(low)))) / low[i][i]
    return out
