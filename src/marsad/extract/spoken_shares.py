"""Shares spoken of beside two numbers: "of the 14, six, more than half of them, were children", "three in every four"."""

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from marsad.model import Misreckoned
from marsad.text.numbers import Quantity

_OFF, _OFF_NEARLY = 0.06, 0.12
"""How far a spoken share may be off, and one that is told as nearly right."""

_REACH = 3
"""Words beside a number within which "of them" stands, and ahead of a share within which "less than" does."""

_TWO = 2
_MARKS = frozenset(",;:.()–—-،؛")


class Number(Protocol):
    """A number of people in tokens first..after of a sentence."""

    @property
    def first(self) -> int:
        """The first token."""

    @property
    def after(self) -> int:
        """The token behind it."""

    @property
    def value(self) -> int:
        """How many."""


class Sentence(Protocol):
    """A sentence with its exact numbers and the shares that it speaks of."""

    words: dict[str, Any]
    forms: list[str]
    spoken: list[Quantity]

    @property
    def numbers(self) -> Sequence[Number]:
        """The exact numbers of people."""

    def found_at(self, number: Any, rule: str, **values: int | str) -> Misreckoned:
        """Return a finding at a number or a share."""

    def as_written(self, said: Quantity) -> str:
        """Return a quantity in the words of the article."""


def bounded_shares(told: Sentence, before: Sequence[Number]) -> Iterator[Misreckoned]:
    """Yield a share that the one part and the one whole beside it do not make.

    The sentence has these two numbers and no other, or the part alone, and the sentence before it the whole; words say that the
    one is of the other. A share may also be of those who are not in the part: 12 of 18 are a third less.
    """
    if len(told.spoken) != 1:
        return
    share = told.spoken[0]
    if share.fraction is None:
        return
    top, bottom, more = share.fraction
    pair = _pair(told, share, before) if _says_again(told, share) else None
    if pair is None or not 0 < top < bottom:
        return
    part, whole = pair
    is_of, said = part.value / whole.value, top / bottom
    ahead = told.forms[max(0, share.first - _REACH) : share.after]
    less = not more and any((form,) in told.words["less"] for form in ahead)
    nearly = any((form,) in told.words["nearly"] for form in ahead)
    if more:
        right = is_of > said
    elif less:
        right = is_of < said
    else:
        right = min(abs(is_of - said), abs(1 - is_of - said)) <= (_OFF_NEARLY if nearly else _OFF)
    if not right:
        meant = round(said * whole.value)
        yield told.found_at(
            share, "share", share=told.as_written(share), whole=whole.value, meant=meant, told=part.value
        )


def _says_again(told: Sentence, share: Quantity) -> bool:
    """Tell whether a share only says again what two numbers say: it stands between marks, "of them" within them or not.

    "Six died; a third of them were catechists" says something new.
    """
    ahead = told.forms[max(0, share.first - _REACH) : share.first]
    apart = any(form in _MARKS or (form,) in told.words["or"] for form in ahead)
    behind = told.forms[share.after : share.after + _REACH + 1]
    of_them = {form for phrase in (*told.words["of_them"], *told.words["dead"]) for form in phrase}
    stop = next((k for k, form in enumerate(behind) if form in _MARKS), len(behind))
    return apart and all(form in of_them for form in behind[:stop])


def _pair(told: Sentence, share: Quantity, before: Sequence[Number]) -> tuple[Number, Number] | None:
    """Return the part and its whole, None where other readings would do."""
    numbers = [n for n in told.numbers if n.after <= share.first or n.first >= share.after]
    if len(numbers) == _TWO:
        part, whole = sorted(numbers, key=lambda n: n.value)
    elif len(numbers) == 1 and len(before) == 1:
        part, whole = numbers[0], before[0]
    else:
        return None
    if not 1 < part.value < whole.value:
        return None
    of_them = {form for phrase in (*told.words["of_them"], *told.words["among"]) for form in phrase}
    behind = told.forms[part.after : part.after + _REACH]
    ahead = told.forms[max(0, whole.first - _TWO) : whole.first] if whole in numbers else []
    partitive = {form for phrase in told.words["out_of"] for form in phrase}
    of = any(form in of_them for form in behind) or (whole in numbers and any(form in partitive for form in ahead))
    return (part, whole) if of else None
