"""Dates as words give them, resolved against the day of publication; always an interval with a precision."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from marsad.model import When
from marsad.text.lexicon import Lexicon
from marsad.text.numbers import quantity_at
from marsad.text.tokens import Token

_ISO = re.compile(r"^(\d{4})-(\d{2})-(\d{2})$")


@dataclass(frozen=True, slots=True)
class Mention:
    """Tokens first..after name a time. `since` marks the start of a period that runs on ("since March 2011")."""

    first: int
    after: int
    when: When
    since: bool


_Reading = tuple[date, date, int]
"""First day, last day, token after."""


def dates_in(words: Lexicon, text: Sequence[Token], source: str, published: date | None) -> list[Mention]:
    """Return the times that a sentence names, in order; without a day of publication only full dates can be read.

    A weekday is the latest one not after publication. `source` is the text that the tokens point into.

    >>> from marsad.text.lexicon import lexicon
    >>> from marsad.text.tokens import tokens
    >>> s = "The bombing on Tuesday killed 95."
    >>> [str(m.when.start) for m in dates_in(lexicon("en"), tokens(s), s, date(2014, 11, 26))]
    ['2014-11-25']
    """
    out: list[Mention] = []
    at = 0
    since_words = words.section("dates.since")
    starts = _starts(words)
    while at < len(text):
        if text[at].kind == "mark" or (text[at].kind == "word" and text[at].form not in starts):
            at += 1
            continue
        reading = next((r for r in (read(words, text, at, published) for read in _READINGS) if r), None)
        if reading is None:
            at += 1
            continue
        start, end, after = reading
        since = bool(at and since_words.match(text, at - 1)) or bool(at > 1 and since_words.match(text, at - 2))
        named = source[text[at].start : text[after - 1].end]
        when = When(start, end, When.precision_of((end - start).days + 1), named)
        out.append(Mention(at, after, when, since))
        at = after
    return out


@cache
def _starts(words: Lexicon) -> frozenset[str]:
    """Return the words that a time may begin with, digits apart."""
    spec, number = words.data["dates"], words.data["numbers"]
    single = {*spec["months"], *spec["weekdays"], *spec["last"], *spec["parts"], *number["units"], *number["articles"]}
    months = {name.split()[0] for name in spec["months"]}
    ago = {form for word in spec.get("ago_before", []) for form in word.split()[:1]}
    return frozenset(single | months | ago | words.section("dates.days").firsts | words.section("dates.since").firsts)


def _full(words: Lexicon, text: Sequence[Token], at: int, published: date | None) -> _Reading | None:
    """Read "26/11/2014", "2014-11-26", "26 November 2014", "November 26, 2014", "November 26", "November 2014"."""
    numeric = _numeric(text, at)
    if numeric:
        return numeric
    months = words.data["dates"]["months"]
    day, named = _day(text, at), _month(months, text, at + 1)
    if day and named:
        return _named(day, named[0], text, named[1], published)
    found = _month(months, text, at)
    if not found or not _month_like(text[at]):
        return None
    month, after = found
    if _day(text, after) and _year(text, after) is None:
        return _named(_day(text, after), month, text, after + 1, published)
    year = _year(text, after)
    if year is not None:
        return _month_of(year[0], month, year[1])
    if published is None:
        return None
    if text[at].form in ("may", "mar", "march", "sat", "sun") and not (
        at and text[at - 1].form in ("in", "since", "of", "last", "early", "late")
    ):
        return None
    guess = published.year if month <= published.month else published.year - 1
    return _month_of(guess, month, after)


def _month_like(token: Token) -> bool:
    return token.capital or not token.text.isascii()


def _numeric(text: Sequence[Token], at: int) -> _Reading | None:
    parts = text[at : at + 5]
    if len(parts) < 5 or parts[1].text not in "/.-" or parts[3].text != parts[1].text:
        return None
    numbers = [parts[k].form for k in (0, 2, 4)]
    if not all(n.isdigit() and len(n) <= 4 for n in numbers):
        return None
    first, second, third = (int(n) for n in numbers)
    year, month, day = (first, second, third) if len(numbers[0]) == 4 else (third, second, first)
    found = _date(year, month, day)
    return (found, found, at + 5) if found else None


def _named(day: int | None, month: int, text: Sequence[Token], after: int, published: date | None) -> _Reading | None:
    skip = after + 1 if after < len(text) and text[after].text in ",،" else after
    year = _year(text, skip)
    if year is not None:
        found = _date(year[0], month, day or 1)
        return (found, found, year[1]) if found else None
    if published is None:
        return None
    for guess in (published.year, published.year - 1):
        found = _date(guess, month, day or 1)
        if found and found <= published + timedelta(days=1):
            return found, found, after
    return None


def _month_of(year: int, month: int, after: int) -> _Reading:
    start = date(year, month, 1)
    following = date(year + month // 12, month % 12 + 1, 1) if year < 9999 else start + timedelta(days=28)
    return start, following - timedelta(days=1), after


def _month(months: dict[str, int], text: Sequence[Token], at: int) -> tuple[int, int] | None:
    """Return the month named at token `at` (one word or two: تشرين الثاني) and the token after it."""
    if at >= len(text):
        return None
    if at + 1 < len(text) and (two := months.get(f"{text[at].form} {text[at + 1].form}")):
        return two, at + 2
    one = months.get(text[at].form)
    return (one, at + 1) if one else None


def _day(text: Sequence[Token], at: int) -> int | None:
    if at >= len(text):
        return None
    digits = re.match(r"^(\d{1,2})(?:st|nd|rd|th)?$", text[at].form)
    return int(digits[1]) if digits and 1 <= int(digits[1]) <= 31 else None


def _year(text: Sequence[Token], at: int) -> tuple[int, int] | None:
    if at < len(text) and re.match(r"^(?:19|20)\d\d$", text[at].form):
        return int(text[at].form), at + 1
    return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _weekday(words: Lexicon, text: Sequence[Token], at: int, published: date | None) -> _Reading | None:
    weekdays = words.data["dates"]["weekdays"]
    form = text[at].form
    number = weekdays.get(form)
    if number is None or published is None or not _month_like(text[at]):
        return None
    back = (published.weekday() - number) % 7
    if back == 0 and at and text[at - 1].form in words.data["dates"]["last"]:
        back = 7
    found = published - timedelta(days=back)
    after = at + 1
    if after < len(text) and text[after].text == ",":
        dated = _full(words, text, after + 1, published)
        if dated and dated[0] == dated[1]:
            return dated
    return found, found, after


def _relative(words: Lexicon, text: Sequence[Token], at: int, published: date | None) -> _Reading | None:
    """Read "yesterday", "last night", "two days ago", "last week", "last year", "early 2013", "in 2013"."""
    spec = words.data["dates"]
    if published is None:
        return _in_year(words, text, at)
    days = words.section("dates.days").match(text, at)
    if days:
        shift = next(v for k, v in spec["days"].items() if k == days[0])
        found = published + timedelta(days=shift)
        start = found - timedelta(days=1) if days[0] in ("overnight",) else found
        return start, found, days[1]
    unit_days = spec["units"]
    if text[at].form in spec["last"] and at + 1 < len(text):
        return _last(spec, text, at, published)
    quantity = quantity_at(words, text, at)
    if quantity and quantity.value is not None and quantity.after + 1 < len(text):
        unit = unit_days.get(text[quantity.after].form)
        if unit and text[quantity.after + 1].form in spec["ago"]:
            return _ago(published, quantity.value * unit, unit, quantity.after + 2)
    return _in_year(words, text, at)


def _last(spec: dict[str, dict[str, int]], text: Sequence[Token], at: int, published: date) -> _Reading | None:
    unit = spec["units"].get(text[at + 1].form)
    month = spec["months"].get(text[at + 1].form)
    if unit == 7:
        monday = published - timedelta(days=published.weekday() + 7)
        return monday, monday + timedelta(days=6), at + 2
    if unit == 30:
        first = published.replace(day=1) - timedelta(days=1)
        return first.replace(day=1), first, at + 2
    if unit == 365:
        return date(published.year - 1, 1, 1), date(published.year - 1, 12, 31), at + 2
    if month:
        year = published.year if month < published.month else published.year - 1
        return _month_of(year, month, at + 2)
    return None


def _ago(published: date, days: int, unit: int, after: int) -> _Reading | None:
    if days > 36500:
        return None
    found = published - timedelta(days=days)
    slack = timedelta(days=0 if unit == 1 else unit // 2)
    return found - slack, min(found + slack, published), after


def _in_year(words: Lexicon, text: Sequence[Token], at: int) -> _Reading | None:
    part = words.data["dates"]["parts"].get(text[at].form)
    year = _year(text, at + 1) if part else None
    if part and year:
        return date(year[0], part[0], 1), _month_of(year[0], part[1], 0)[1], year[1]
    plain = _year(text, at)
    if plain and at and text[at - 1].form in words.data["dates"]["year_after"]:
        return date(plain[0], 1, 1), date(plain[0], 12, 31), plain[1]
    return None


_READINGS: tuple[Callable[[Lexicon, Sequence[Token], int, date | None], _Reading | None], ...] = (
    _full,
    _weekday,
    _relative,
)
