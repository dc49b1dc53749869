"""Why two policies differ over one incident: the fewest rules that, taken over from the other, make them agree."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

from marsad.assess.method import figures_of
from marsad.assess.policy import RULES, Policy, Rule
from marsad.model import Category, Count, Measure
from marsad.model.heard import Docket

MOST = 2
"""Rules changed at once, in every choice of them; beyond it, all are changed and those not needed changed back."""


@dataclass(frozen=True, slots=True)
class Because:
    """This rule is `one` in the first policy and `other` in the second."""

    rule: str
    one: Any
    other: Any


def why_different(docket: Docket, one: Policy, other: Policy, measure: Measure = Measure.KILLED) -> tuple[Because, ...]:
    """Return the fewest rules by which the two come to different figures, () where their figures are the same.

    Each rule of the second policy is tried in the first one, then every two: those with which the first policy comes to
    the second one's figures are the reason. Where two do not suffice, it is all that differ but for those that can be left
    out without a change, which are few, perhaps not the fewest.
    """
    wanted = _counts(docket, other, measure)
    if _counts(docket, one, measure) == wanted:
        return ()
    differing = [rule for rule in RULES if one.value(rule) != other.value(rule)]
    for size in range(1, min(MOST, len(differing)) + 1):
        for chosen in combinations(differing, size):
            if _counts(docket, _with(one, other, chosen), measure) == wanted:
                return tuple(Because(rule, one.value(rule), other.value(rule)) for rule in chosen)
    needed = list(differing)
    for rule in differing:  # what can be left out is left out, one rule at a time
        fewer = [r for r in needed if r != rule]
        if _counts(docket, _with(one, other, fewer), measure) == wanted:
            needed = fewer
    return tuple(Because(rule, one.value(rule), other.value(rule)) for rule in needed)


def _with(one: Policy, other: Policy, rules: Sequence[str]) -> Policy:
    changed = {
        rule: other.rules.get(rule, Rule(other.value(rule), "what holds where a policy does not say")) for rule in rules
    }
    return replace(one, rules={**one.rules, **changed})


def _counts(docket: Docket, policy: Policy, measure: Measure) -> Mapping[Category, Count | None]:
    _, figures = figures_of(docket, measure, policy)
    return {category: found.count for category, found in figures.items() if found.count is not None}
