"""Dates that name their day or month: "26/11/2014", "26 November", "Nov. 26, 2014", "تشرين الثاني 2014"."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from marsad.text.lexicon import Lexicon
from marsad.text.phrases import Line

Reading = tuple[date, date, int]
"""First day, last day, token after."""

_DAY = re.compile(r"\d{1,2}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_DOTTED = re.compile(r"(\d{1,2})[.](\d{1,2})")
_DAY_WORDS = 3
"""How many words name a day of the month at most: "vingt et un"."""

_OLDEST_SHORT_YEAR = 40
"""Two digits after a month are a year from here on ("6 DEC 89"); below, they are more likely a number of people."""


def full(words: Lexicon, line: Line, at: int, published: date | None) -> Reading | None:
    """Read a date at token `at` that names its day or month; the year, where missing, is the latest not after publication."""
    numeric = numeric_date(line, at, published)
    if numeric:
        return numeric
    spec = words.data["dates"]
    months: Mapping[str, int] = spec["months"]
    endings = spec["day_endings"]
    day = _day(line, at, endings) or day_in_words(spec["day_words"], line, at)
    if day:
        of = day[1] < len(line) and line[day[1]].form in spec["of"]
        named = month_at(months, line, day[1] + of)
        return _named(spec, day[0], named[0], line, named[1], published) if named else None
    found = month_at(months, line, at)
    if not found or not (line[at].name or spec["lowercase"]):
        return None
    month, after = found
    day, year = _day(line, after, endings) or _day_behind(spec, line, after), year_at(line, _past_of(spec, line, after))
    day = None if day and counts_in_month(words, line, at, day[1]) else day
    if day and year is None:
        return _named(spec, day[0], month, line, day[1], published)
    if year is not None:
        return month_of(year[0], month, year[1])
    if published is None or doubtful(words, line, at):
        return None
    return month_of(published.year if month <= published.month else published.year - 1, month, after)


def counts_in_month(words: Lexicon, line: Line, at: int, after: int) -> bool:
    """Tell whether a number behind a month counts people, and is no day: "in June 26 people were killed"."""
    led = at > 0 and line[at - 1].form in words.data["dates"].get("in_months", ())
    led = led and _DAY.fullmatch(line[after - 1].form) is not None  # "in June 2014 people" are of that year
    return led and (words.people.match(line, after) is not None or words.harm.match(line, after) is not None)


_FATHER = ("أب", "اب")
"""The Arabic for "father", which is spelled as August is but for a stroke."""


def doubtful(words: Lexicon, line: Line, at: int) -> bool:
    """Tell whether a month or weekday is another word as well ("May", "Sat") and nothing before it says which."""
    behind = line[at + 1] if at + 1 < len(line) else None
    if line[at].text in _FATHER and not any(t.kind == "number" or t.form == "/" for t in line[max(0, at - 1) : at + 2]):
        return True
    if words.subject_behind and line[at].capital and behind is not None and behind.capital and not line.shouts:
        return True  # "Julio Rojas": such languages write months small
    if line[at].form not in words.forms("dates.doubtful"):
        return False
    return not at or line[at - 1].form not in words.forms("dates.doubtful_after")


def numeric_date(line: Line, at: int, published: date | None) -> Reading | None:
    """Read "26/11/2014", "2014-11-26" or "26.11.2014"; of day/month and month/day the one not after publication."""
    dotted = _DOTTED.fullmatch(line[at].form)
    if dotted and at + 2 < len(line) and line[at + 1].form == "." and (year := year_at(line, at + 2)):
        found = _date(year[0], int(dotted[2]), int(dotted[1]))
        return (found, found, at + 3) if found else None
    parts = line[at : at + 5]
    if len(parts) < 5 or parts[1].form not in "/.-" or parts[3].form != parts[1].form:
        return None
    numbers = [parts[k].form for k in (0, 2, 4)]
    if not all(n.isdecimal() and len(n) <= 4 for n in numbers):
        return None
    first, second, third = (int(n) for n in numbers)
    if len(numbers[0]) == 4:
        found = _date(first, second, third)
    elif len(numbers[2]) == 4:
        found = _likelier(_date(third, second, first), _date(third, first, second), published)
    else:
        return None
    return (found, found, at + 5) if found else None


def day_of(line: Line, at: int, published: date) -> Reading | None:
    """Read "02/03", day and month without a year, as the day of the two readings that came last before publication."""
    parts = line[at : at + 3]
    if len(parts) < 3 or parts[1].form not in "/." or not all(_day(line, k) for k in (at, at + 2)):
        return None
    first, second = int(parts[0].form), int(parts[2].form)
    near = [
        found
        for month, day in ((second, first), (first, second))
        for year in (published.year, published.year - 1)
        if (found := _date(year, month, day)) and found <= published
    ]
    return (max(near), max(near), at + 3) if near else None


def _likelier(day_first: date | None, month_first: date | None, published: date | None) -> date | None:
    """Return which reading of a numeric date is meant: the one that is a date and does not lie in the future."""
    if day_first is None or month_first is None or published is None:
        return day_first or month_first
    past = [found for found in (day_first, month_first) if found <= published]
    return past[0] if past else day_first


def _past_of(spec: Mapping[str, Any], line: Line, at: int) -> int:
    """Return the token after an "of" at token `at`, or `at` where none stands: "noviembre de 2014"."""
    return at + 1 if at < len(line) and line[at].form in spec["of"] else at


def _named(
    spec: Mapping[str, Any], day: int, month: int, line: Line, after: int, published: date | None
) -> Reading | None:
    skip = after + 1 if after < len(line) and line[after].form in ",،" else _past_of(spec, line, after)
    year = year_at(line, skip) or _short_year(line, after)
    if year is not None:
        found = _date(year[0], month, day)
        return (found, found, year[1]) if found else None
    if published is None:
        return None
    for guess in (published.year, published.year - 1):
        found = _date(guess, month, day)
        if found and found <= published + timedelta(days=1):
            return found, found, after
    return None


def month_of(year: int, month: int, after: int) -> Reading:
    """Return the first and last day of a month."""
    start = date(year, month, 1)
    following = date(year + month // 12, month % 12 + 1, 1)
    return start, following - timedelta(days=1), after


def month_at(months: Mapping[str, int], line: Line, at: int) -> tuple[int, int] | None:
    """Return the month named at token `at` (one word or two: تشرين الثاني) and the token after it."""
    if at >= len(line):
        return None
    if at + 1 < len(line) and (two := months.get(f"{line[at].form} {line[at + 1].form}")):
        return two, _past_other_name(months, line, at + 2, two)
    one = months.get(line[at].form)
    return (one, _past_other_name(months, line, at + 1, one)) if one else None


def _past_other_name(months: Mapping[str, int], line: Line, at: int, month: int) -> int:
    """Return the token behind another name of the month that a stroke joins: "كانون الثاني/يناير"."""
    if at + 1 >= len(line) or line[at].form != "/":
        return at
    if months.get(line[at + 1].form) == month:
        return at + 2
    two = f"{line[at + 1].form} {line[at + 2].form}" if at + 2 < len(line) else ""
    return at + 3 if months.get(two) == month else at


def year_at(line: Line, at: int) -> tuple[int, int] | None:
    """Return the year written at token `at` and the token after it."""
    if at < len(line) and _YEAR.fullmatch(line[at].form):
        return int(line[at].form), at + 1
    return None


def _short_year(line: Line, at: int) -> tuple[int, int] | None:
    """Return the year of "6 DEC 89", where nothing follows that it could count."""
    if at >= len(line) or len(line[at].form) != 2 or not line[at].form.isdecimal():
        return None
    counts = at + 1 < len(line) and line[at + 1].kind == "word"
    year = int(line[at].form)
    return (1900 + year, at + 1) if year >= _OLDEST_SHORT_YEAR and not counts else None


def _day(line: Line, at: int, endings: Sequence[str] = ()) -> tuple[int, int] | None:
    """Return the day of a month that stands at token `at` ("26", "26th") and the token after it."""
    if at >= len(line) or not _DAY.fullmatch(line[at].form) or not 1 <= int(line[at].form) <= 31:
        return None
    after = at + 1
    ending = after < len(line) and line[after].form in endings and line[after].start == line[at].end
    return int(line[at].form), after + ending


def day_in_words(day_words: Mapping[str, int], line: Line, at: int) -> tuple[int, int] | None:
    """Return the day of a month that words at token `at` name ("third", "vingt et un") and the token after them."""
    for many in range(min(_DAY_WORDS, len(line) - at), 0, -1):
        if day := day_words.get(" ".join(token.form for token in line[at : at + many])):
            return day, at + many
    return None


def _day_behind(spec: Mapping[str, Any], line: Line, at: int) -> tuple[int, int] | None:
    """Return the day that stands in words behind its month, with an article: "March the third"."""
    if at + 1 < len(line) and line[at].form in spec["day_articles"]:
        return day_in_words(spec["day_words"], line, at + 1)
    return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
