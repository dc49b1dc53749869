"""Times between two days or months that a sentence names: "between January and October", "from 3 to 17 November"."""

from datetime import date
from functools import cache

from marsad.model import When
from marsad.text.lexicon import Lexicon
from marsad.text.phrases import Line

_DASHES = frozenset("-–—")
_MONTH = 31


def opens_span(words: Lexicon, line: Line) -> bool:
    """Tell whether a sentence may name such a time: most hold no word that joins two days.

    >>> from marsad.text.lexicon import lexicon
    >>> opens_span(lexicon("en"), lexicon("en").line("The bombing on Tuesday killed 95."))
    False
    """
    if not line.forms.isdisjoint(_joints(words)):
        return True
    return bool(_written_on(words)) and not line.forms.isdisjoint(_glued_months(words))


def span_before(
    words: Lexicon, line: Line, at: int, when: When, before: tuple[int, int, When] | None
) -> tuple[int, date, date] | None:
    """Return the token at which a span begins that ends with the time at token `at`, and its first and last day; else None.

    `before` is the time named before it: its first token, the token after it, and what it is. Between the two stands one
    word that joins them and articles, and ahead of them a word that opens a span, unless a dash joins them. Ahead of a day
    there may be a bare number instead: "between 3 and 17 November".
    """
    glued = line[at].form.startswith(_written_on(words))  # "بين كانون الثاني | وتشرين الأول"
    joint = at if glued else _skip(words, line, at - 1)
    if joint < 1 or not (glued or line[joint].form in _joints(words)):
        return None
    dashed = not glued and line[joint].form in _DASHES
    if dashed and (line[joint - 1].end < line[joint].start or line[joint].end < line[joint + 1].start):
        return None  # "killed: 12 - 17 November"
    last = _skip(words, line, joint - 1)
    if before is not None and before[1] == last + 1:
        named = (
            line[before[0]].form in words.data["dates"]["weekdays"]
        )  # a weekday is of one week, never of a year before
        first, start = before[0], _in_order(before[2].start, when.start, shifted=not named)
        if start is None or not (dashed or _opened(words, line, first)):
            return None
        return first, start, when.end
    day = _day_of_month(line, last)
    if day is None or when.precision != 1 or day >= when.start.day or not (dashed or _opened(words, line, last)):
        return None
    return last, when.start.replace(day=day), when.end


def _skip(words: Lexicon, line: Line, at: int) -> int:
    """Return the nearest token at or before this one that is no article, -1 where there is none."""
    while at >= 0 and line[at].form in words.data["articles"]:
        at -= 1
    return at


def _opened(words: Lexicon, line: Line, first: int) -> bool:
    opening = _skip(words, line, first - 1)
    return opening >= 0 and line[opening].form in words.forms("dates.between")


def _in_order(start: date, end: date, *, shifted: bool) -> date | None:
    """Return the beginning of a span, a year earlier where only its end has its year: "from November to March 2014"."""
    if start <= end:
        return start
    earlier = date(start.year - 1, start.month, min(start.day, 28))
    return earlier if shifted and earlier <= end else None


def _day_of_month(line: Line, at: int) -> int | None:
    form = line[at].form if at >= 0 and line[at].kind == "number" else ""
    return int(form) if form.isdecimal() and 1 <= len(form) <= 2 and 1 <= int(form) <= _MONTH else None


def _joints(words: Lexicon) -> frozenset[str]:
    return words.forms("dates.until")


@cache
def _written_on(words: Lexicon) -> tuple[str, ...]:
    """Return the joints that are written onto the next word: "و"."""
    return tuple(prefix for prefix in words.prefixes if prefix in _joints(words))


@cache
def _glued_months(words: Lexicon) -> frozenset[str]:
    names = {name.split()[0] for name in words.data["dates"]["months"]}
    return frozenset(name for name in names if name.startswith(_written_on(words)) and name[1:] in names)
