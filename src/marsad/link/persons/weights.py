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
    """Weights for each pair of scripts, bits for being kin to somebody linked already, and where the scale begins.

    `share` is how much of the shorter list is first thought to stand on the longer, `offset` bits added to every pair of
    these scripts so that chances are met as often as they say. `made` says from what all this comes.
    """

    weights: Mapping[str, Weights]
    kin: Mapping[str, float]
    share: float
    offset: Mapping[str, float]
    made: Mapping[str, object]


@cache
def shipped() -> Model:
    """Return the model of resources/persons/weights.json, trained by tools/persons_weights.py on made-up people only."""
    return read_model((resources.files("marsad.resources") / "persons" / "weights.json").read_text("utf-8"))


def read_model(text: str) -> Model:
    """Return the model that a JSON text holds: {"weights": {scripts: {comparison: {level: [m, u]}}}, "kin", "share", "offset",
    "made"}."""
    read = json.loads(text)
    weights = {
        scripts: {name: {key: (m, u) for key, (m, u) in levels.items()} for name, levels in comparisons.items()}
        for scripts, comparisons in read["weights"].items()
    }
    return Model(weights, read["kin"], read["share"], read["offset"], read["made"])
