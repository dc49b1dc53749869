"""What people decided about the publication policy of a whole observatory: tightening takes one person, loosening two."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from marsad.model import Decision, DecisionKind
from marsad.publish.policy import PublicationPolicy
from marsad.publish.ruling import person

WORDS = "sensitive"
"""The rule that is a list of words, not a number."""

MOST_WORDS, LONGEST_WORD = 200, 60
_WORD = re.compile(r"\w(?:[\w '’-]*\w)?")


@dataclass(frozen=True, slots=True)
class Rule:
    """The policy's `field` as a number of `unit`, from `least` to `most`; more is tighter, unless `less_is_tighter`."""

    field: str
    unit: str
    least: int
    most: int
    less_is_tighter: bool = False

    def tighter(self, one: int, other: int) -> bool:
        """Whether the first number keeps more back than the second."""
        return one < other if self.less_is_tighter else one > other


RULES: Mapping[str, Rule] = {
    "embargo_hours": Rule("embargo_incident", "hours", 0, 87_600),
    "embargo_rescue_hours": Rule("embargo_rescue", "hours", 0, 87_600),
    "embargo_control_days": Rule("embargo_control", "days", 1, 3_650),
    "min_cell_living": Rule("min_cell_living", "people", 3, 1_000),
    "least_change_living": Rule("least_change", "people", 5, 10_000),
    "least_population": Rule("least_population", "people", 100, 10_000_000),
    "quotation_limit": Rule("quotation_limit", "characters", 0, 600, less_is_tighter=True),
}
"""What can be decided of a policy, by the names of resources/publication.toml. The bounds are what no two people may cross."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One person wants the rule loosened to `value`; a second one has to decide the same."""

    rule: str
    value: object
    actor: str


def value_of(policy: PublicationPolicy, rule: str) -> Any:
    """Return what holds of a rule: a number, or the words of `sensitive`."""
    if rule == WORDS:
        return policy.sensitive_words
    value = getattr(policy, RULES[rule].field)
    if isinstance(value, timedelta):
        return value.days if RULES[rule].unit == "days" else round(value.total_seconds() / 3600)
    return value


def governed(policy: PublicationPolicy, decisions: Iterable[Decision]) -> tuple[PublicationPolicy, tuple[Asked, ...]]:
    """Return the policy after these decisions, in the order in which they were made, and what one person alone asked for.

    A WITHHOLD takes effect at once, and only as far as it keeps more back. A LOOSEN takes effect once another person, by
    another pseudonym, decides the same after it, and nobody tightened that rule in between.
    """
    asked: dict[str, list[Asked]] = {}
    for one in decisions:
        for rule, value in one.body.items():
            if rule != WORDS and rule not in RULES:
                continue
            if one.kind is DecisionKind.WITHHOLD:
                asked.pop(rule, None)
                policy = _tightened(policy, rule, value)
            elif one.kind is DecisionKind.LOOSEN:
                wish = Asked(rule, tuple(value) if isinstance(value, list) else value, one.actor)
                waiting = asked.setdefault(rule, [])
                if any(w.value == wish.value and person(w.actor) != person(wish.actor) for w in waiting):
                    asked.pop(rule)
                    policy = _set(policy, rule, wish.value) if rule != WORDS else _without(policy, wish.value)
                else:
                    waiting.append(wish)
    return policy, tuple(dict.fromkeys(wish for waiting in asked.values() for wish in waiting))


def _tightened(policy: PublicationPolicy, rule: str, value: Any) -> PublicationPolicy:
    if rule == WORDS:
        return replace(policy, sensitive_words=tuple(dict.fromkeys((*policy.sensitive_words, *value))))
    return _set(policy, rule, value) if RULES[rule].tighter(value, value_of(policy, rule)) else policy


def _without(policy: PublicationPolicy, words: Any) -> PublicationPolicy:
    return replace(policy, sensitive_words=tuple(one for one in policy.sensitive_words if one not in set(words)))


def _set(policy: PublicationPolicy, rule: str, value: Any) -> PublicationPolicy:
    unit = RULES[rule].unit
    made: dict[str, Any] = {RULES[rule].field: timedelta(**{unit: value}) if unit in ("hours", "days") else value}
    return replace(policy, **made)


def fault_of(rule: str, value: object) -> str | None:
    """Return what is wrong with a rule or what it is to become; None if nothing is.

    >>> fault_of("embargo_hours", 48), fault_of("embargo_hours", -1)
    (None, 'is not a number from 0 to 87600')
    """
    if rule == WORDS:
        words = value if isinstance(value, list) else []
        fits = all(isinstance(w, str) and len(w) <= LONGEST_WORD and _WORD.fullmatch(w) for w in words)
        return None if words and len(words) <= MOST_WORDS and fits else "is not a list of words or names of things"
    known = RULES.get(rule)
    if known is None:
        return f"is no rule; rules are {', '.join((*RULES, WORDS))}"
    if type(value) is not int or not known.least <= value <= known.most:
        return f"is not a number from {known.least} to {known.most}"
    return None
