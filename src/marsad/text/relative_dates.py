"""Times told from the day of publication: weekdays, "yesterday", "two days ago", "last week", "early 2013"."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from math import ceil
from typing import Any

from marsad.text.calendar_dates import Reading, day_of, doubtful, full, month_at, month_of, year_at
from marsad.text.lexicon import Lexicon
from marsad.text.numbers import quantity_at
from marsad.text.phrases import Line

_FARTHEST = 36_500
"""Days back beyond which "ago" tells of no incident that anybody reports."""

_AGO_WORDS = (3, 2, 1)
"""How many words may lead a time ago: "il y a", "hace"."""

_WEEK, _MONTH, _YEAR = 7, 30, 365

_OPENS = 1
"""The last token at which a time still opens a sentence."""

_ATTACK_REACH = 4
"""Words behind "after" within which the attack is named: "a week after the | car bomb"."""


def weekday(words: Lexicon, line: Line, at: int, published: date | None) -> Reading | None:
    """Read a weekday as the latest one not after publication; a date beside it ("Tuesday, Nov. 25") says it better."""
    spec = words.data["dates"]
    number = spec["weekdays"].get(line[at].form)
    if number is None or published is None or not (line[at].name or spec["lowercase"]) or doubtful(words, line, at):
        return None
    back = (published.weekday() - number) % 7
    before, after = line[at - 1].form if at else "", at + 1
    behind = line[after].form if after < len(line) else ""
    if back == 0 and (before in spec["last"] or behind in spec["last_after"]):
        back = 7
    skip = after + (behind in (",", "،"))
    dated = (full(words, line, skip, published) or day_of(line, skip, published)) if skip < len(line) else None
    if dated and dated[0] == dated[1]:
        return dated
    found = published - timedelta(days=back)
    if week := words.section("dates.last_week").match(line, after):
        monday = published - timedelta(days=published.weekday())
        found -= timedelta(days=_WEEK if found >= monday else 0)
        return found, found, week[1]
    return found, found, after + (behind in spec["last_after"])


def relative(words: Lexicon, line: Line, at: int, published: date | None) -> Reading | None:
    """Read "yesterday", "last night", "two days ago", "last week", "the past three days", "this year"."""
    if published is None:
        return None
    days = words.days.match(line, at)
    if days:
        (first, last), after = days
        return published + timedelta(days=first), published + timedelta(days=last), after
    spec = words.data["dates"]
    if line[at].form in spec["last"]:
        return _last(words, line, at, published)
    if line[at].form in spec["this"] and at + 1 < len(line):
        return _this(spec["units"].get(line[at + 1].form), at + 2, published)
    return _unit_last(spec, line, at, published) or _ago(words, line, at, published)


def in_year(words: Lexicon, line: Line, at: int, published: date | None) -> Reading | None:
    """Read "in 2013", "early 2013", "late November"."""
    spec = words.data["dates"]
    part = spec["parts"].get(line[at].form)
    if part:
        named = at + 2 if at + 1 < len(line) and line[at + 1].form in spec["of"] else at + 1
        year, month = year_at(line, named), month_at(spec["months"], line, named)
        if year:
            return date(year[0], part[0], 1), month_of(year[0], part[1], 0)[1], year[1]
        whole = full(words, line, named, published) if month else None
        if whole and (whole[1] - whole[0]).days >= 27:
            first = whole[0] + timedelta(days=30 * (part[0] - 1) // 12)
            last = whole[1] if part[1] == 12 else whole[0] + timedelta(days=30 * part[1] // 12 - 1)
            return first, last, whole[2]
        return None
    plain = year_at(line, at)
    if plain and at and line[at - 1].form in spec["year_after"]:
        return date(plain[0], 1, 1), date(plain[0], 12, 31), plain[1]
    return None


def _last(words: Lexicon, line: Line, at: int, published: date) -> Reading | None:
    """Read what follows "last" or "past": a unit, a month, or a number of units."""
    spec = words.data["dates"]
    if at + 1 >= len(line):
        return None
    form = line[at + 1].form
    month = spec["months"].get(form)
    if month:
        return month_of(published.year if month < published.month else published.year - 1, month, at + 2)
    unit = spec["units"].get(form)
    if unit:
        return _before(unit, at + 2, published)
    many = quantity_at(words, line, at + 1)
    if many is None or many.value is None or many.article or many.after >= len(line):
        return None
    hours = line[many.after].form in spec["hours"]
    unit = 1 if hours else spec["units"].get(line[many.after].form)
    days = ceil(many.value / 24) if hours else many.value * (unit or 0)
    return (published - timedelta(days=days), published, many.after + 1) if 0 < days <= _FARTHEST else None


def _unit_last(spec: Mapping[str, Any], line: Line, at: int, published: date) -> Reading | None:
    """Read a unit or month with "last" or "this" behind it: "الأسبوع الماضي", "الشهر الحالي"."""
    month = month_at(spec["months"], line, at)
    after = month[1] if month else at + 1
    if after >= len(line):
        return None
    unit = spec["units"].get(line[at].form)
    if unit and line[after].form in spec["this_after"]:
        return _this(unit, after + 1, published)
    if line[after].form not in spec["last_after"]:
        return None
    if month:
        year = published.year if month[0] < published.month else published.year - 1
        return month_of(year, month[0], after + 1)
    return _before(unit, after + 1, published) if unit else None


def _before(unit: int, after: int, published: date) -> Reading | None:
    """Return the whole week, month or year before that of publication."""
    if unit == _WEEK:
        monday = published - timedelta(days=published.weekday() + 7)
        return monday, monday + timedelta(days=6), after
    if unit == _MONTH:
        last = published.replace(day=1) - timedelta(days=1)
        return last.replace(day=1), last, after
    if unit == _YEAR:
        return date(published.year - 1, 1, 1), date(published.year - 1, 12, 31), after
    return None


def _this(unit: int | None, after: int, published: date) -> Reading | None:
    """Return the week, month or year of publication, as far as it has gone."""
    starts = {
        _WEEK: published - timedelta(days=published.weekday()),
        _MONTH: published.replace(day=1),
        _YEAR: published.replace(month=1, day=1),
    }
    return (starts[unit], published, after) if unit in starts else None


def _ago(words: Lexicon, line: Line, at: int, published: date) -> Reading | None:
    """Read "two days ago", "قبل ثلاثة أيام", "قبل يومين"."""
    spec = words.data["dates"]
    ahead = _ago_leads(spec["ago_before"], line, at)
    leads, first = bool(ahead), at + ahead
    if first >= len(line) or not (leads or any(word in line.forms for word in spec["ago"])):
        return None
    dual = spec["duals"].get(line[first].form)
    if dual and leads:
        return _back(published, dual, dual // 2, first + 1)
    many = quantity_at(words, line, first)
    if many is None or many.value is None or many.after >= len(line):
        return None
    unit = spec["units"].get(line[many.after].form)
    closes = many.after + 1 < len(line) and line[many.after + 1].form in spec["ago"]
    if not unit or not (leads or closes):
        return None
    after = many.after + 1 + closes
    exact = words.section("dates.to_the_day").match(
        line, after + (after < len(line) and line[after].form in (",", "،"))
    )
    if exact and (day := _to_the_day(published, many.value, unit)):
        return day, day, exact[1]
    return _back(published, many.value * unit, unit, after)


def after_attack(words: Lexicon, line: Line, at: int, published: date | None) -> Reading | None:
    """Read how long ago an attack was that opens a sentence about what came of it: "A week after the blast, families …".

    Nobody is harmed in such a sentence, unless a toll has changed: "Two days after the attack the toll rose to 12".
    """
    if published is None or at > _OPENS or not words.section("dates.after").stands_in(line):
        return None
    ahead = words.section("dates.after_before").match(line, at)
    first = ahead[1] if ahead else at
    if first >= len(line):
        return None
    long = _how_long(words, line, first, bare=ahead is not None)
    if long is None:
        return None
    days, unit, unit_at = long
    behind = words.section("dates.after").match(line, unit_at + 1)
    if behind is None:
        return None
    reach = behind[1] + _ATTACK_REACH
    told = (words.weapons, words.section("telling.words"))
    changed = words.section("relations.raised").stands_in(line) or words.section("relations.changed").stands_in(line)
    if not any(found.find(line, behind[1], reach) for found in told) or (words.harm.stands_in(line) and not changed):
        return None
    return _back(published, days, unit, behind[1])


def _how_long(words: Lexicon, line: Line, at: int, *, bare: bool) -> tuple[int, int, int] | None:
    """Return the days of "two weeks", those of one of its units and its last token; "أسبوع" alone is one where `bare`."""
    spec = words.data["dates"]
    if dual := spec["duals"].get(line[at].form):
        return dual, dual // 2, at
    if bare and (unit := spec["units"].get(line[at].form)):
        return unit, unit, at
    many = quantity_at(words, line, at)
    if many is None or many.value is None or many.after >= len(line):
        return None
    unit = spec["units"].get(line[many.after].form)
    return (many.value * unit, unit, many.after) if unit else None


def _to_the_day(published: date, many: int, unit: int) -> date | None:
    """Return the day so many weeks, months or years ago; None where the calendar has none."""
    if unit < _MONTH:
        return published - timedelta(days=many * unit)
    months = published.year * 12 + published.month - 1 - many * (12 if unit == _YEAR else 1)
    try:
        return published.replace(year=months // 12, month=months % 12 + 1)
    except ValueError:
        return None


def _ago_leads(before: Sequence[str], line: Line, at: int) -> int:
    """Return how many words lead "ago" before its number ("hace", "قبل"), 0 where none do."""
    if not any(phrase.partition(" ")[0] == line[at].form for phrase in before):
        return 0
    return next((n for n in _AGO_WORDS if " ".join(t.form for t in line[at : at + n]) in before), 0)


def _back(published: date, days: int, unit: int, after: int) -> Reading | None:
    """Return the day so many days back, half a unit of doubt on either side."""
    if days > _FARTHEST:
        return None
    found = published - timedelta(days=days)
    slack = timedelta(days=0 if unit == 1 else unit // 2)
    return found - slack, min(found + slack, published), after
