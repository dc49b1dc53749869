"""The numbers that a sentence states: what the figure that somebody else read must be found among."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from marsad.model import Bound
from marsad.text.dates import dates_in
from marsad.text.lexicon import Lexicon
from marsad.text.numbers import Quantity, bounded_after, quantity_at
from marsad.text.phrases import Line

_NOUN_REACH = 4
"""How many words behind a number its noun, and a bound word behind that, may stand: "52 young men at least"."""

_NEGATION_REACH = 5
_WITHOUT_FIGURE = frozenset((Bound.VAGUE, Bound.FRACTION, Bound.UNKNOWN))


@dataclass(frozen=True, slots=True)
class Stated:
    """Characters start..end of a text say this number; bound words on either side of it included."""

    start: int
    end: int
    quantity: Quantity

    def is_said_as(self, low: int | None, high: int | None) -> bool:
        """Tell whether these words support the interval; words without a figure ("dozens", "half") also support none."""
        bare = self.quantity.bound in _WITHOUT_FIGURE and low is None and high is None
        return bare or (self.quantity.low, self.quantity.high) == (low, high)


def stated_in(words: Lexicon, line: Line, source: str, published: date | None) -> list[Stated]:
    """Return the numbers that a sentence states, in order; dates, times, ages, sums and shares in percent are none.

    >>> from marsad.text.lexicon import lexicon
    >>> said, words = "On 25 November at least 12 people, aged 30, were killed.", lexicon("en")
    >>> [said[s.start : s.end] for s in stated_in(words, words.line(said), said, None)]
    ['at least 12']
    """
    dated = {k for m in dates_in(words, line, source, published) for k in range(m.first, m.after)}
    found = (q for q in _quantities(words, line) if not dated & set(range(q.first, q.after)))
    return [Stated(line[q.first].start, line[q.after - 1].end, q) for q in found if not _other(words, line, q)]


def _quantities(words: Lexicon, line: Line) -> Iterator[Quantity]:
    at = 0
    while at < len(line):
        quantity = (
            _unknown(words, line, at) or _none(words, line, at) or _number(words, line, at) or _bare(words, line, at)
        )
        if quantity is None:
            at += 1
            continue
        yield quantity
        noun = words.bare.match(line, quantity.after)  # what a number counts is no second count: "25 civilian"
        at = noun[1] if noun else quantity.after


def _number(words: Lexicon, line: Line, at: int) -> Quantity | None:
    quantity = quantity_at(words, line, at)
    if quantity is None:
        return None
    near = range(quantity.after, min(len(line), quantity.after + _NOUN_REACH))
    if quantity.article and not any(words.people.match(line, k) for k in near):
        return None
    for k in near:
        if line[k].kind != "word":
            break
        bounded, after = bounded_after(words, line, quantity, k)
        if after > k and quantity_at(words, line, after) is None:  # "On 25 November at least 12": of the next number
            return Quantity(at, after, bounded.value, bounded.low, bounded.high, bounded.bound)
    return quantity


def _unknown(words: Lexicon, line: Line, at: int) -> Quantity | None:
    hit = words.section("unknown.words").match(line, at)
    if hit is None and words.section("unknown.marks").find(line):
        hit = words.section("unknown.asking").match(line, at)
    return Quantity(at, hit[1], None, None, None, Bound.UNKNOWN) if hit else None


def _none(words: Lexicon, line: Line, at: int) -> Quantity | None:
    hit = words.section("none.words").match(line, at)
    if hit is None and words.section("none.negations").find(line, at - _NEGATION_REACH, at):
        hit = words.section("none.any").match(line, at)
    return Quantity(at, hit[1], 0, 0, 0, Bound.NONE) if hit else None


def _bare(words: Lexicon, line: Line, at: int) -> Quantity | None:
    """Read a noun that counts by itself: "طفلان" is two children."""
    hit = words.bare.match(line, at)
    return Quantity(at, hit[1], hit[0], hit[0], hit[0], Bound.EXACT) if hit else None


def _other(words: Lexicon, line: Line, quantity: Quantity) -> bool:
    """Tell whether the words around a number make it no number of people: "aged 30", "40 percent", "25 November"."""
    dates = words.data["dates"]
    before = line[quantity.first - 1].form if quantity.first else ""
    behind = line[quantity.after].form if quantity.after < len(line) else ""
    dated = before in dates["months"] and quantity.bound is Bound.EXACT  # "November 25", not "November at least 25"
    if dated or behind in dates["months"] or behind in dates["units"]:
        return True
    aside = words.section("other_numbers.after").match(line, quantity.after)
    return before in words.forms("other_numbers.before") or aside is not None
