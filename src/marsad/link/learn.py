"""Weights from decisions: the ones that marsad ships, moved as far as a project's own judgements move them.

Logistic regression whose every weight is drawn to its shipped value (a normal prior around it), by Newton's method. With
no judgement the weights stay as they are; with many, what was shipped no longer matters.
"""

import math
from collections.abc import Sequence

from marsad.link.compare import Levels
from marsad.link.weights import BASE, CROWD, Weights, probability

_SPREAD = 1.0
"""How far from its shipped value a weight is expected to lie, in natural logarithms of odds."""

_STEPS, _STILL = 30, 1e-6

Judged = tuple[Levels, int, bool]
"""Two tellings as compared, the crowd of the busier one, and whether a person said that they are of one incident."""

_Key = tuple[str, str]


def learned(judged: Sequence[Judged], shipped: Weights, spread: float = _SPREAD) -> Weights:
    """Return the weights that fit the judgements best, near the shipped ones; the order of the judgements does not matter.

    A level that no judgement shows keeps its shipped weight.
    """
    rows = [(_features(levels, crowd), same) for levels, crowd, same in judged]
    keys = sorted({key for features, _ in rows for key, _ in features})
    place = {key: i for i, key in enumerate(keys)}
    packed = [([(place[key], value) for key, value in features], same) for features, same in rows]
    start = [_shipped(shipped, key) for key in keys]
    weights = _newton(packed, start, 1 / spread**2)
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


def _features(levels: Levels, crowd: int) -> list[tuple[_Key, float]]:
    named = [((name, level), 1.0) for name, level in levels.items() if level != "unknown"]
    return [((BASE, ""), 1.0), ((CROWD, ""), math.log1p(crowd)), *named]


def _shipped(weights: Weights, key: _Key) -> float:
    name, level = key
    if name == BASE:
        return weights.base
    return weights.crowd if name == CROWD else weights.of.get(name, {}).get(level, 0.0)


def _newton(rows: Sequence[tuple[list[tuple[int, float]], bool]], start: list[float], pull: float) -> list[float]:
    size, weights = len(start), list(start)
    for _ in range(_STEPS if size else 0):
        slope = [pull * (w - s) for w, s in zip(weights, start, strict=True)]
        curve = [[0.0] * size for _ in range(size)]
        for i in range(size):
            curve[i][i] = pull
        for features, same in rows:
            p = probability(sum(weights[i] * x for i, x in features))
            error, bend = p - same, p * (1 - p)
            for i, x in features:
                slope[i] += error * x
                line, weight = curve[i], bend * x
                for j, z in features:
                    line[j] += weight * z
        step = _solve(curve, slope)
        weights = [w - s for w, s in zip(weights, step, strict=True)]
        if max(abs(s) for s in step) < _STILL:
            break
    return weights


def _solve(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Return x with matrix x = right, for a symmetric positive matrix (Cholesky)."""
    size = len(right)
    low = [[0.0] * size for _ in range(size)]
    for i in range(size):
        for j in range(i + 1):
            rest = matrix[i][j] - sum(a * b for a, b in zip(low[i][:j], low[j][:j], strict=True))
            low[i][j] = math.sqrt(rest) if i == j else rest / low[j][j]
    half: list[float] = []
    for i in range(size):
        half.append((right[i] - sum(low[i][k] * half[k] for k in range(i))) / low[i][i])
    out = [0.0] * size
    for i in reversed(range(size)):
        out[i] = (half[i] - sum(low[k][i] * out[k] for k in range(i + 1, size))) / low[i][i]
    return out
