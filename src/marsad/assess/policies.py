"""The policies that marsad ships, read from resources/policies/; how their rules work stands in figures.py."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import partial
from importlib import resources

from marsad.assess.figures import Figure, figure
from marsad.assess.policy import Policy, policy_of
from marsad.model import Wrong

__all__ = ["POLICIES", "SHIPPED", "Figure", "Policy", "airwars", "chosen_policies", "ucdp"]

SHIPPED = ("airwars", "ucdp", "acled", "ibc", "ohchr", "un_three_types", "snhr", "words")
"""Their names, in the order in which they are shown."""


def _shipped(name: str) -> Policy:
    path = resources.files("marsad.resources") / "policies" / f"{name}.toml"
    return policy_of(tomllib.loads(path.read_text("utf-8")), f"{name}.toml")


POLICIES: Mapping[str, Policy] = {name: _shipped(name) for name in SHIPPED}
"""The policies there are, by name."""

airwars = partial(figure, POLICIES["airwars"])
"""Airwars' minimum and maximum of one category of what the origins say."""

ucdp = partial(figure, POLICIES["ucdp"])
"""UCDP's low, best and high of one category of what the origins say."""


def chosen_policies(names: Sequence[str | Policy]) -> list[Policy]:
    """Return these policies, those given by name looked up; raises Wrong for one that does not exist."""
    out = []
    for name in names:
        if isinstance(name, str) and name not in POLICIES:
            raise Wrong("policies", name, f"is not a policy marsad knows: {', '.join(POLICIES)}", "name one of them")
        out.append(POLICIES[name] if isinstance(name, str) else name)
    return out
