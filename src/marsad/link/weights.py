"""What each likeness of two tellings weighs, and what a pair scores by it: a sum that shows its terms."""

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from marsad.link.compare import Levels, levels

CROWD = "crowd"
BASE = "base"


@dataclass(frozen=True, slots=True)
class Weights:
    """Natural logarithms of odds: `base` for any two tellings compared, `of` for each level of each comparison.

    `crowd` counts for the logarithm of one more than the tellings near the busier of the two: where everybody reports,
    a likeness that a hundred others share says little. What is not in `of` weighs nothing.

    Raises ValueError for a comparison or a level that marsad does not make.
    """

    base: float
    crowd: float
    of: Mapping[str, Mapping[str, float]]

    def __post_init__(self) -> None:
        known = dict(levels())
        for name, weights in self.of.items():
            if name not in known:
                raise ValueError(f"weights: no comparison is called {name!r}; there are {', '.join(known)}")
            for level in weights:
                if level not in known[name]:
                    raise ValueError(f"weights: {name} has no level {level!r}; it has {', '.join(known[name])}")

    def terms(self, found: Levels, crowd: int) -> dict[str, float]:
        """Return what each side adds to the log odds, "base" and "crowd" included; none that adds nothing."""
        out = {BASE: self.base, CROWD: self.crowd * math.log1p(crowd)}
        for name, level in found.items():
            out[name] = self.of.get(name, {}).get(level, 0.0)
        return {name: weight for name, weight in out.items() if weight}

    def score(self, found: Levels, crowd: int) -> float:
        """Return the log odds that two tellings compared so, the busier one in such a crowd, are of one incident."""
        total = self.base + self.crowd * math.log1p(crowd)
        for name, level in found.items():
            weights = self.of.get(name)
            if weights is not None:
                total += weights.get(level, 0.0)
        return total


def weights_of(text: str) -> Weights:
    """Return the weights that a TOML text sets.

    Raises ValueError for a text that is no TOML, or names what marsad does not compare.
    """
    data = tomllib.loads(text)
    tables = {name: value for name, value in data.items() if isinstance(value, dict)}
    return Weights(float(data.get(BASE, 0.0)), float(data.get(CROWD, 0.0)), tables)


@cache
def default_weights() -> Weights:
    """Return the weights that marsad ships."""
    return weights_of(files("marsad.resources").joinpath("linking.toml").read_text(encoding="utf-8"))


def probability(log_odds: float) -> float:
    """Return the probability that log odds stand for.

    >>> probability(0.0)
    0.5
    """
    if log_odds < 0:
        return math.exp(log_odds) / (1 + math.exp(log_odds))
    return 1 / (1 + math.exp(-log_odds))
