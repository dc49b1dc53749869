"""What an article says that several incidents cost together: "these three places alone buried 21", told one by one before."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from marsad.extract.nouns import counted_noun
from marsad.text.lexicon import Lexicon
from marsad.text.numbers import plain_at
from marsad.text.phrases import Line

_FEWEST, _MOST = 2, 6
"""Incidents that are told one by one and summed up."""

_AWAY = 0.5
"""How far a wrong sum of numbers told before it may be off: what is further away sums up something else."""

_ADJECTIVES = 1
"""Words that may stand between "these three" and what they are."""


class Number(NamedTuple):
    """An exact number in tokens first..after of a sentence."""

    first: int
    after: int
    value: int


class Sentence(NamedTuple):
    """A sentence with the numbers that it tells, those of dates, years and shares left out."""

    line: Line
    numbers: Sequence[Number]


Phrases = Sequence[tuple[str, ...]]


def summed(
    words: Lexicon, these: Phrases, events: Phrases, dead: Phrases, told: Sentence, before: Sequence[Sentence]
) -> Iterator[tuple[Number, list[int]]]:
    """Yield the sum of so many incidents that is none of the numbers told of them, with these numbers.

    `these` point at incidents told before, `events` are what they are called, `dead` whom a sum counts. There must be exactly
    as many numbers of people, in the sentence itself or in those `before` it, as there are said to be incidents.
    """
    forms = [token.form for token in told.line]
    for at in range(1, len(forms)):
        said = plain_at(words, told.line, at) if (forms[at - 1],) in these else None
        many = said.value if said is not None else None
        if said is None or many is None or not _FEWEST <= many <= _MOST:
            continue
        if not any((form,) in events for form in forms[said.after : said.after + _ADJECTIVES + 1]):
            continue
        wholes = [n for n in told.numbers if n.first > said.after and _of_dead(words, told.line, n, dead)]
        inside = [n.value for n in told.numbers if n.after <= at and _of_people(words, told.line, n)]
        parts = inside if len(inside) == many else _one_by_one(words, before, many)
        if len(wholes) != 1 or len(parts) != many:
            continue
        made, whole = sum(parts), wholes[0]
        if made != whole.value and _AWAY * made <= whole.value <= made / _AWAY:
            yield whole, parts


def _one_by_one(words: Lexicon, before: Sequence[Sentence], many: int) -> list[int]:
    """Return the numbers of people of the sentences before, where each of the last so many tells one; else none."""
    told = [[n.value for n in s.numbers if n.first == 0 or _of_people(words, s.line, n)] for s in before]
    last = told[-many:]
    each = len(last) == many and all(len(numbers) == 1 for numbers in last)
    return [numbers[0] for numbers in last] if each else []


def _of_people(words: Lexicon, line: Line, number: Number) -> bool:
    return counted_noun(words, line, number.after) is not None


def _of_dead(words: Lexicon, line: Line, number: Number, dead: Phrases) -> bool:
    behind = line[number.after].form if number.after < len(line) else ""
    return (behind,) in dead or _of_people(words, line, number)
