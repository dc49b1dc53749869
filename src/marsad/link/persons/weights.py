"""The weights that marsad ships: how often each agreement is met among pairs of one person and among pairs of two."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from marsad.link.persons.comparisons import Weights

SCRIPTS = ("aa", "al", "ll")
"""Pairs of scripts, each with weights of its own: two Arabic names, an Arabic and a Latin one, two Latin ones."""


@dataclass(frozen=True, slots=True)
class Model:
    """Weights for each pair of scripts, and of being kin to somebody linked already. `made` says from what they come."""

    weights: Mapping[str, Weights]
    kin: Mapping[str, float]
    share: float
    made: Mapping[str, object]


@cache
def shipped() -> Model:
    """Return the model of resources/persons/weights.json, trained by tools/persons_weights.py on made-up people only."""
    return read_model((resources.files("marsad.resources") / "persons" / "weights.json").read_text("utf-8"))


def read_model(text: str) -> Model:
    """Return the model that a JSON text holds: {"weights": {scripts: {comparison: {level: [m, u]}}}, "kin", "share", "made"}."""
    read = json.loads(text)
    weights = {
        scripts: {name: {key: (m, u) for key, (m, u) in levels.items()} for name, levels in comparisons.items()}
        for scripts, comparisons in read["weights"].items()
    }
    return Model(weights, read["kin"], read["share"], read["made"])
