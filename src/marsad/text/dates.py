"""Dates as words give them, resolved against the day of publication; always an interval with a precision."""

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import NamedTuple

from marsad.model import When
from marsad.text.calendar_dates import Reading, full
from marsad.text.date_spans import opens_span, span_before
from marsad.text.lexicon import Lexicon
from marsad.text.phrases import Line
from marsad.text.relative_dates import after_attack, in_year, relative, weekday
from marsad.text.stepped_dates import stepped, steps_in

_EARLIEST, _LATEST = 1000, 9000
"""Years of publication that a calendar can be counted back and forth from; others are slips of the pen."""

_YEAR_DIGITS = 4
_OPENING = 2
"""Tokens of a sentence at which what opens it begins."""

SINCE_REACH = 8
"""How many words behind "since" the month may stand in which something began."""


class Mention(NamedTuple):
    """Tokens first..after name a time. `since` marks the start of a period that runs on ("since March 2011").

    `conflicts` is true where the weekday is not that of the date beside it ("Monday, 25 November 2014").
    """

    first: int
    after: int
    when: When
    since: bool
    conflicts: bool = False


def dates_in(
    words: Lexicon, line: Line, source: str, published: date | None, told: When | None = None
) -> list[Mention]:
    """Return the times that a sentence names, in order; without a day of publication only full dates can be read.

    A weekday is the latest one not after publication. `source` is the text that the tokens point into. `told` is the last
    day that the report named before: "the next day" is counted from it, or from one that the sentence itself named before.

    >>> from marsad.text.lexicon import lexicon
    >>> s = "The bombing on Tuesday killed 95."
    >>> [str(m.when.start) for m in dates_in(lexicon("en"), lexicon("en").line(s), s, date(2014, 11, 26))]
    ['2014-11-25']
    """
    published = usable(published)
    out: list[Mention] = []
    since_words, free = words.section("dates.since"), 0
    stepping, spanning = steps_in(words, line), opens_span(words, line)
    beginnings = _starts(words, line)
    for at in range(len(line)) if stepping else beginnings:
        if at < free:
            continue
        if stepping and told is not None and (step := stepped(words, line, at, told.start)):
            start, end, free = step
            named = source[line[at].start : line[free - 1].end]
            precision = When.precision_of((end - start).days + 1)
            when = When(start, end, precision, named, against=told.start, against_words=told.words)
            out.append(Mention(at, free, when, since=False))
            continue
        if stepping and at not in beginnings:
            continue
        reading = next((found for read in _READINGS if (found := read(words, line, at, published))), None)
        if reading is None:
            continue
        start, end, free = reading
        since = any(since_words.match(line, k) for k in (at - 1, at - 2, at)) or _since_it_began(words, line, at)
        since = since and not (start == end and _when_it(words, line, free))
        named = source[line[at].start : line[free - 1].end]
        against = published if _counted_back(words, line, at, reading) else None
        when = When(start, end, When.precision_of((end - start).days + 1), named, against=against)
        span = span_before(words, line, at, when, out[-1][:3] if out else None) if spanning else None
        if span is not None:
            at, start, end = span
            if out and out[-1].first == at:
                out.pop()
            named, since = source[line[at].start : line[free - 1].end], False
            when = When(start, end, When.precision_of((end - start).days + 1), named, against=against)
        weekday_said = words.data["dates"]["weekdays"].get(line[at].form)
        conflicts = weekday_said is not None and start == end and start.weekday() != weekday_said
        out.append(Mention(at, free, when, since, conflicts))
        told = when if when.precision == 1 else told
    return out


def _since_it_began(words: Lexicon, line: Line, at: int) -> bool:
    """Tell whether a month or a year ends a clause of "since": "since protests began in March 2011".

    Nobody is harmed in such a clause, no mark and no other number or day stands in it.
    """
    since_words, days = words.section("dates.since"), words.data["dates"]["weekdays"]
    if line[at].form in days or not since_words.stands_in(line):
        return False
    for k in range(at - 1, max(-1, at - 1 - SINCE_REACH), -1):
        if line[k].kind != "word" or line[k].form in days:
            return False
        if since_words.match(line, k):
            return not words.harm.find(line, k, at)
    return False


def _when_it(words: Lexicon, line: Line, after: int) -> bool:
    """Tell whether what follows a day happened on it: "nobody has gone there since 5 March, | when a mine killed two"."""
    at = after + (after < len(line) and line[after].form in ",،")
    return at < len(line) and line[at].form in words.forms("dates.when")


def _counted_back(words: Lexicon, line: Line, at: int, reading: Reading) -> bool:
    """Tell whether a time could only be read from the day of publication: none of its words name it in full."""
    start, end, after = reading
    whole = (found for k in range(at, after) for read in (full, in_year) if (found := read(words, line, k, None)))
    return not any((first, last) == (start, end) for first, last, _ in whole)


def usable(published: date | None) -> date | None:
    """Return the day of publication, None where it is missing or lies where no calendar can be counted from."""
    return published if published is not None and _EARLIEST < published.year < _LATEST else None


def _starts(words: Lexicon, line: Line) -> list[int]:
    """Return the tokens at which a time may begin, so that little is tried in vain."""
    at_all = _beginnings(words)
    if not line.forms.isdisjoint(words.data["dates"]["ago"]):  # "two days ago": any number, in digits or in words
        named = at_all.named | at_all.counted
        return [at for at, token in enumerate(line) if token.kind == "number" or token.form in named]
    days, named = line.finds.get(words.days.slot, ()), at_all.named
    if not line.forms.isdisjoint(at_all.months) and not line.forms.isdisjoint(at_all.day_words):
        named |= at_all.day_words  # "the third of March"
    last = len(line) - 1
    opening = _OPENING if words.section("dates.after").stands_in(line) else 0  # "A week after the blast"
    return [
        at
        for at, token in enumerate(line)
        if token.form in named
        or (at < opening and (token.kind == "number" or token.form in at_all.counted or token.form in at_all.leading))
        or at in days
        or (
            token.kind == "number"
            and (len(token.form) == _YEAR_DIGITS or (at < last and line[at + 1].form in at_all.behind_number))
        )
    ]


class _Beginnings(NamedTuple):
    """The words that a time may begin with: those that name one, and those that may where "ago" stands in the sentence.

    `behind_number` are the words and marks one of which stands behind a number that begins a time, four digits apart.
    """

    named: frozenset[str]
    counted: frozenset[str]
    behind_number: frozenset[str]
    months: frozenset[str]
    day_words: frozenset[str]
    leading: frozenset[str]


@cache
def _beginnings(words: Lexicon) -> _Beginnings:
    spec, number = words.data["dates"], words.data["numbers"]
    single = {*spec["weekdays"], *spec["last"], *spec["this"], *spec["parts"], *spec["duals"], *spec["units"]}
    months = {name.split()[0] for name in spec["months"]}
    several = {name.split()[0] for name in spec["ago_before"]}
    return _Beginnings(
        frozenset(single | months | several),
        frozenset(words.days.firsts | {*number["units"], *number["articles"]}),
        frozenset(months | {*spec["of"], *spec["day_endings"], *"/.-"}),
        frozenset(months),
        frozenset(name.split()[0] for name in spec["day_words"]),
        frozenset(name.split()[0] for name in spec["after_before"]),
    )


_READINGS: tuple[Callable[[Lexicon, Line, int, date | None], Reading | None], ...] = (
    full,
    weekday,
    relative,
    in_year,
    after_attack,
)
