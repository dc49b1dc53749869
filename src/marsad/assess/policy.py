"""A policy: how a published method turns claims into one toll, as a handful of rules, each with its source."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from marsad.model import Wrong
from marsad.model.rows import canonical_json

VAGUE: Mapping[str, tuple[int, int]] = {
    "few": (3, 9),
    "tens": (20, 99),
    "dozens": (24, 99),
    "scores": (40, 99),
    "hundreds": (200, 999),
    "thousands": (2000, 9999),
}
"""Vague words by what they bound, in every language (docs/glossary.md, Bounds)."""

_CHOICES: Mapping[str, tuple[str, ...]] = {
    "counts": ("everybody", "civilians"),
    "parties": ("context", "equal", "confirm"),
    "conflict": ("range", "lowest", "highest", "agreed", "reckoned"),
    "best": ("none", "nearest", "lowest", "highest", "agreed"),
    "casualties": ("unknown", "zero"),
    "silent": ("unknown", "zero"),
    "spread": ("no", "evenly"),
    "below": ("mark", "leave out"),
}
"""Rules with a word for a value; the first one is what holds where a policy does not say."""

_TRUTHS: Mapping[str, bool] = {
    "presume_civilian": False,
    "contested_zero": False,
    "sum_of_four": False,
    "needs_death": False,
    "deaths_only": False,
    "split": True,
    "bodies_seen": False,
}
_NUMBERS: Mapping[str, tuple[int, int, int]] = {
    "origins": (1, 1, 20),
    "types": (1, 1, 6),
    "direct": (0, 0, 20),
    "few_at_scale": (0, 0, 1000),
}
"""Rules with a number for a value: what holds where a policy does not say, the least and the most."""

RULES: tuple[str, ...] = (*_CHOICES, *_TRUTHS, *_NUMBERS, "vague")
"""Every rule that a policy can have."""


@dataclass(frozen=True, slots=True)
class Rule:
    """This value, as published there, with an example of what it does."""

    value: Any
    source: str
    example: str = ""


@dataclass(frozen=True, slots=True)
class Policy:
    """A method under a name and a version; what it does not rule upon is as `RULES` has it.

    counts       everybody; or civilians: the toll is then one of civilians
    parties      what a party to the fighting says: context (used where nobody else speaks), equal, or confirm (of its own
                 deed alone, as one of several types of sources)
    conflict     of different numbers: their range, the lowest, the highest, the one that enough origins agreed upon, or
                 what all of them allow reckoned together
    best         the figure to name alone: none, the one of the origin nearest to the dead, lowest, highest, agreed
    presume_civilian, contested_zero, sum_of_four, needs_death, deaths_only, split, bodies_seen: true or false
    origins, types, direct: how many independent origins, types of sources and origins near the dead it asks for
    below        what has fewer: mark it, or leave it out
    vague        numbers for vague words ("dozens" = 12); few_at_scale the one for "several" where ten others were hurt
    casualties, silent: unknown or zero, where only casualties, or nothing, is told
    spread       whether a number for several days is divided evenly
    """

    name: str
    version: str
    title: str
    about: str
    rules: Mapping[str, Rule] = field(default_factory=dict)

    def value(self, rule: str) -> Any:
        """Return what the policy rules; raises KeyError for a rule that there is none of."""
        if rule in self.rules:
            return self.rules[rule].value
        if rule in _CHOICES:
            return _CHOICES[rule][0]
        return _TRUTHS[rule] if rule in _TRUTHS else _NUMBERS[rule][0] if rule in _NUMBERS else {"vague": {}}[rule]

    @property
    def vague(self) -> Mapping[tuple[int, int], int]:
        """What vague words count as, by what they bound."""
        return {VAGUE[word]: int(n) for word, n in self.value("vague").items()}

    @property
    def stamp(self) -> str:
        """Name, version and a digest of the rules: what changes whenever a toll under the policy may."""
        told = {name: rule.value for name, rule in self.rules.items()}
        return f"{self.name}-{self.version}-{hashlib.sha256(canonical_json(told).encode()).hexdigest()[:8]}"


def policy_of(told: Mapping[str, Any], file: str, known: Mapping[str, Policy] | None = None) -> Policy:
    """Return the policy that a TOML file holds; `file` is named in errors, `known` are policies it may be `based_on`.

    Raises Wrong for a rule or value that there is none of, and for one without a source: a rule that nobody can look up
    is no rule.

    >>> told = {"name": "ours", "version": "1", "rules": {"conflict": {"value": "lowest", "source": "our handbook"}}}
    >>> policy_of(told, "ours.toml").value("conflict")
    'lowest'
    """
    base = told.get("based_on")
    if base is not None and base not in (known or {}):
        names = ", ".join(known or {}) or "none"
        raise Wrong(f"{file}, based_on", base, f"is not a policy marsad knows: {names}", "name one of them")
    name, version = (_text(told, key, file) for key in ("name", "version"))
    start = (known or {})[base] if base is not None else Policy(name, version, name, "")
    given = told.get("rules", {})
    if not isinstance(given, Mapping):
        raise Wrong(f"{file}, rules", given, "is not a table of rules", "write [rules.conflict]")
    rules = dict(start.rules)
    for rule, entry in given.items():
        rules[rule] = _rule(f"{file}, rules.{rule}", rule, entry)
    about = str(told.get("about", start.about))
    return Policy(name, version, str(told.get("title", name)), about, rules)


def _text(told: Mapping[str, Any], key: str, file: str) -> str:
    value = told.get(key)
    if not isinstance(value, str) or not value.strip() or len(value) > 40 or set(value) & set(" ,;\n"):
        raise Wrong(f"{file}, {key}", value, "is not one short word", f'write {key} = "…", without blanks and commas')
    return value


def _rule(subject: str, rule: str, entry: object) -> Rule:
    if rule not in RULES:
        raise Wrong(subject, rule, f"is not a rule that marsad knows: {', '.join(RULES)}", "name one of them")
    if not isinstance(entry, Mapping) or "value" not in entry:
        raise Wrong(subject, entry, "has no value", f'write [rules.{rule}] with value = … and source = "…"')
    source = entry.get("source")
    if not isinstance(source, str) or not source.strip():
        raise Wrong(f"{subject}, source", source, "says not where the rule is published", 'write source = "…"')
    value = entry["value"]
    if rule in _CHOICES and value not in _CHOICES[rule]:
        raise Wrong(subject, value, f"is not one of: {', '.join(_CHOICES[rule])}", "name one of them")
    if rule in _TRUTHS and not isinstance(value, bool):
        raise Wrong(subject, value, "is neither true nor false", "write value = true or value = false")
    if rule in _NUMBERS:
        _, low, high = _NUMBERS[rule]
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise Wrong(subject, value, f"is not a whole number from {low} to {high}", f"write value = {max(low, 1)}")
    if rule == "vague":
        _checked_words(subject, value)
    return Rule(value, source, str(entry.get("example", "")))


def _checked_words(subject: str, value: object) -> None:
    good = isinstance(value, Mapping) and all(
        word in VAGUE and isinstance(n, int) and not isinstance(n, bool) and 0 <= n <= 10**9
        for word, n in value.items()
    )
    if not good:
        raise Wrong(
            subject, value, f"is not a table of numbers for {', '.join(VAGUE)}", "write value = { dozens = 12 }"
        )
