"""Dates as words give them, resolved against the day of publication; always an interval with a precision."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache

from marsad.model import When
from marsad.text.calendar_dates import Reading, full
from marsad.text.lexicon import Lexicon
from marsad.text.phrases import Line
from marsad.text.relative_dates import in_year, relative, weekday
from marsad.text.stepped_dates import stepped, steps_in

_EARLIEST, _LATEST = 1000, 9000
"""Years of publication that a calendar can be counted back and forth from; others are slips of the pen."""


@dataclass(frozen=True, slots=True)
class Mention:
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
    starts, since_words, free = _starts(words, line), words.section("dates.since"), 0
    stepping = steps_in(words, line)
    for at, token in enumerate(line):
        if at < free or token.kind == "mark":
            continue
        if stepping and told is not None and (step := stepped(words, line, at, told.start)):
            start, end, free = step
            named = source[token.start : line[free - 1].end]
            precision = When.precision_of((end - start).days + 1)
            when = When(start, end, precision, named, against=told.start, against_words=told.words)
            out.append(Mention(at, free, when, since=False))
            continue
        if token.kind == "word" and token.form not in starts:
            continue
        reading = next((found for read in _READINGS if (found := read(words, line, at, published))), None)
        if reading is None:
            continue
        start, end, free = reading
        since = any(since_words.match(line, k) for k in (at - 1, at - 2, at))
        named = source[token.start : line[free - 1].end]
        against = published if _counted_back(words, line, at, reading) else None
        when = When(start, end, When.precision_of((end - start).days + 1), named, against=against)
        weekday_said = words.data["dates"]["weekdays"].get(token.form)
        conflicts = weekday_said is not None and start == end and start.weekday() != weekday_said
        out.append(Mention(at, free, when, since, conflicts))
        told = when if when.precision == 1 else told
    return out


def _counted_back(words: Lexicon, line: Line, at: int, reading: Reading) -> bool:
    """Tell whether a time could only be read from the day of publication: none of its words name it in full."""
    start, end, after = reading
    whole = (found for k in range(at, after) for read in (full, in_year) if (found := read(words, line, k, None)))
    return not any((first, last) == (start, end) for first, last, _ in whole)


def usable(published: date | None) -> date | None:
    """Return the day of publication, None where it is missing or lies where no calendar can be counted from."""
    return published if published is not None and _EARLIEST < published.year < _LATEST else None


def _starts(words: Lexicon, line: Line) -> frozenset[str]:
    """Return the words that a time may begin with in this sentence, digits apart: a number only where "ago" stands in it."""
    named, counted = _all_starts(words)
    return counted if any(word in line.forms for word in words.data["dates"]["ago"]) else named


@cache
def _all_starts(words: Lexicon) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words that a time may begin with, digits apart: those that name a time, and these with number words."""
    spec, number = words.data["dates"], words.data["numbers"]
    single = {*spec["weekdays"], *spec["last"], *spec["this"], *spec["parts"], *spec["duals"], *spec["units"]}
    several = {name.split()[0] for name in (*spec["months"], *spec["ago_before"])}
    named = frozenset(single | several | words.days.firsts)
    return named, named | {*number["units"], *number["articles"]}


_READINGS: tuple[Callable[[Lexicon, Line, int, date | None], Reading | None], ...] = (full, weekday, relative, in_year)
