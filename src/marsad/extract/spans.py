"""Times of two ends: "from February 10 to 15", "in January and February 2014", "between 22 January and 15 February"."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from marsad.extract.page import Page
from marsad.model import When
from marsad.text.dates import Mention
from marsad.text.phrases import Line

_WRITTEN_ON = 2
"""Words from one end to the other where the word between them is written onto one: "وشباط/فبراير"."""

_LONGEST = 400
"""Days beyond which two times told one behind the other are no span."""


def spans_in(page: Page, k: int, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the times of a sentence, those that are two ends of one made one; the rest as they were.

    Two ends stand one behind the other with nothing but a word such as "to" or "and" between them; the second one gives a
    first one without a year its own.
    """
    line, joins = page.lines[k], page.words.beside.forms("until")
    if not joins:
        return list(mentions)
    out: list[Mention] = []
    for mention in mentions:
        before = out[-1] if out else None
        if before is not None and [line[at].form for at in range(before.after, mention.first)] == ["/"]:
            # a month by both its names: "كانون الثاني/يناير"
            out[-1] = mention._replace(first=before.first)
            continue
        if before is not None and _joined(line, before.after, mention.first, joins, page.words.prefixes):
            whole = _one(page, k, before, mention)
            if whole is not None:
                out[-1] = whole
                continue
        out.append(mention)
    return [_until_day(page, k, mention, joins) for mention in out]


def _joined(line: Line, after: int, first: int, joins: frozenset[str], prefixes: Sequence[str]) -> bool:
    between = [line[at].form for at in range(after, first)]
    if len(between) == 1:
        return between[0] in joins
    if not prefixes or len(between) > _WRITTEN_ON:
        return False
    return line[after].text.startswith(tuple(joins)) and len(line[after].text) > 1


def _one(page: Page, k: int, one: Mention, other: Mention) -> Mention | None:
    start, end = one.when.start, other.when.end
    if start > end or (end - start).days > _LONGEST:
        start = _in_year(start, end)
    if start > end or (end - start).days > _LONGEST or one.since or other.since:
        return None
    line = page.lines[k]
    words = page.report.text[line[one.first].start : line[other.after - 1].end]
    when = replace(one.when, start=start, end=end, precision=When.precision_of((end - start).days + 1), words=words)
    return one._replace(after=other.after, when=when)


def _in_year(start: date, end: date) -> date:
    """Return the first day in the year of the last one, or the year before where it would come later."""
    for year in (end.year, end.year - 1):
        try:
            moved = start.replace(year=year)
        except ValueError:
            continue
        if moved <= end:
            return moved
    return start


def _until_day(page: Page, k: int, mention: Mention, joins: frozenset[str]) -> Mention:
    """Return a day with the later one of its month that follows it by number alone: "February 10 to 15, 2014"."""
    line, at = page.lines[k], mention.after
    if mention.when.precision != 1 or at + 1 >= len(line) or line[at].form not in joins:
        return mention
    number = line[at + 1].text
    if not (number.isdecimal() and len(number) <= 2) or mention.when.start.day >= int(number):
        return mention
    end, after = mention.when.start, at + 2
    year = next((int(line[j].text) for j in (at + 2, at + 3) if j < len(line) and _is_year(line[j].text)), None)
    start = mention.when.start
    try:
        if year is not None:
            start, after = start.replace(year=year), (at + 3 if _is_year(line[at + 2].text) else at + 4)
        end = start.replace(day=int(number))
    except ValueError:
        return mention
    words = page.report.text[line[mention.first].start : line[after - 1].end]
    when = replace(mention.when, start=start, end=end, precision=When.precision_of((end - start).days + 1), words=words)
    return mention._replace(after=after, when=when)


def _is_year(text: str) -> bool:
    return text.isdecimal() and len(text) == 4
