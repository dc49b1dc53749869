"""Explanations as they may be told: each gap of each sentence is filled with something public, or left open."""

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from marsad.model import (
    Bound,
    Category,
    Grade,
    Group,
    Measure,
    Modality,
    OriginKind,
    Role,
    Scope,
    Standing,
    Status,
    Step,
)
from marsad.publish.policy import PublicationPolicy
from marsad.publish.public import PublicStep, PublicText, PublicValue, compose
from marsad.publish.statements import Told

_LISTS: tuple[type[StrEnum], ...] = (
    Bound,
    Category,
    Grade,
    Group,
    Measure,
    Modality,
    OriginKind,
    Role,
    Scope,
    Standing,
    Status,
)
CLOSED = frozenset(member.value for one in _LISTS for member in one)
"""Every term of every closed list: none of them says anything about anybody."""

_KEY = re.compile(r"[a-z0-9_]+(?:[.-][a-z0-9_]+)*")
_SEPARATOR = re.compile(r"(, | and | & |; | → )")
_RANGE = re.compile(r"[0-9]{1,7}[–-][0-9]{1,7}")
_DEEPEST = 12


class Teller:
    """Tells the explanations of one incident: knows which of its claims, origins and words may be told.

    `words` are the words of the incident that are told already, None among them being nothing; `policies` are the names
    of the counting policies.
    """

    def __init__(
        self, told: Told, words: Iterable[str | None], policies: Iterable[str], policy: PublicationPolicy
    ) -> None:
        self._told, self._policy = told, policy
        self._place = {statement.id: n for n, statement in enumerate(told.statements)}
        said = [word for one in told.statements for word in (one.outlet, one.words, one.quotation)]
        names = [origin.name for origin in told.origins]
        self._words = frozenset(word for word in [*words, *said, *names] if word)
        self._terms = CLOSED | frozenset(policies)

    def step(self, step: Step, depth: int = 0) -> PublicStep:
        """Return the step as it may be told; claims that are not shown are left out, and so is what lies too deep."""
        below = () if depth == _DEEPEST else tuple(self.step(one, depth + 1) for one in step.steps)
        known = {self._told.of_claim[claim] for claim in step.claims if claim in self._told.of_claim}
        return PublicStep(
            key=compose(step.rule if _KEY.fullmatch(step.rule) else "not_told", 80),
            values=tuple(
                self.value(name, value) for name, value in sorted(step.values.items()) if _KEY.fullmatch(name)
            ),
            statements=tuple(sorted(known, key=self._place.__getitem__)),
            steps=below,
        )

    def value(self, name: str, value: str | int | None) -> PublicValue:
        """Return what may fill the gap `name`: everything that is not known to be public is left open."""
        gap = compose(name, 40)
        if value is None or isinstance(value, int):
            return _filled(gap, number=None if value is None else int(value))
        if re.fullmatch(r"[0-9]{1,12}", value):
            return _filled(gap, number=int(value))
        if value in self._terms:
            return _filled(gap, term=compose(value))
        day = _day(value)
        if day is not None:
            return _filled(gap, day=day)
        pieces = [value] if value in self._told.of_name else _SEPARATOR.split(value)[::2]
        if all(piece in self._told.of_name for piece in pieces):
            return _filled(gap, origins=tuple(self._told.of_name[piece] for piece in pieces))
        if not self._all_public(value, pieces):
            return _filled(gap)
        arabic = [self._policy.public_names.get(piece) for piece in pieces]
        words_ar = "، ".join(word for word in arabic if word) if all(arabic) else None
        return _filled(gap, words=compose(value), words_ar=None if words_ar is None else compose(words_ar))

    def _all_public(self, value: str, pieces: list[str]) -> bool:
        if self._is_public(value) or _RANGE.fullmatch(value) is not None:
            return True
        return all(self._is_public(piece) for piece in pieces)

    def _is_public(self, value: str) -> bool:
        known = value in self._policy.public_names or value in self._policy.public_terms
        return known or value in self._words or value in self._terms


def _filled(
    name: PublicText,
    *,
    number: int | None = None,
    day: date | None = None,
    term: PublicText | None = None,
    origins: tuple[PublicText, ...] = (),
    words: PublicText | None = None,
    words_ar: PublicText | None = None,
) -> PublicValue:
    return PublicValue(name, number, day, term, origins, words, words_ar)


def _day(value: str) -> date | None:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
