"""The texts of MUC-3 and MUC-4: about a hundred in a file, each under a line with its id."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_ID = re.compile(r"^([A-Z]+\d*-MUC\d-\d+)\b[^\n]*$", re.MULTILINE)
_DATELINE = re.compile(r",\s+(?:(\d{1,2})\s+([A-Z]{3,9})|([A-Z]{3,9})\s+(\d{1,2}))\.?\s+(\d{2})\b")
_DATELINE_REACH = 200
"""Characters of a text within which its dateline stands."""

_MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()  # noqa: SIM905


@dataclass(frozen=True, slots=True)
class MucText:
    """A text and the day on its dateline, None where it says NO DATE or no year."""

    text_id: str
    text: str
    published: date | None


def muc_texts(content: str) -> Iterator[MucText]:
    """Yield the texts of a file.

    >>> [found] = muc_texts("DEV-MUC3-9001 (NOSC)\\n\\n   LIMA, 3 JAN 90 (EFE) -- [TEXT] A BOMB WENT OFF.\\n")
    >>> found.text_id, found.published, found.text.strip()[:4]
    ('DEV-MUC3-9001', datetime.date(1990, 1, 3), 'LIMA')
    """
    heads = list(_ID.finditer(content))
    ends = [head.start() for head in heads[1:]] + [len(content)] * bool(heads)
    for head, end in zip(heads, ends, strict=True):
        text = content[head.end() : end]
        yield MucText(head.group(1), text, _published(text))


def _published(text: str) -> date | None:
    found = _DATELINE.search(text, 0, _DATELINE_REACH)
    if found is None:
        return None
    day, month, month_first, day_second, year = found.groups()
    return day_of(day or day_second, month or month_first, year)


def day_of(day: str, month: str, year: str) -> date | None:
    """Return the day that these words mean, the year being of the 20th century; None if there is no such day.

    >>> day_of("30", "DEC", "89"), day_of("31", "JUNE", "90")
    (datetime.date(1989, 12, 30), None)
    """
    if month[:3].upper() not in _MONTHS:
        return None
    try:
        return date(1900 + int(year), _MONTHS.index(month[:3].upper()) + 1, int(day))
    except ValueError:
        return None


def month_of(month: str, year: str) -> tuple[date, date] | None:
    """Return the first and the last day of a month, None if there is no such month."""
    first = day_of("1", month, year)
    if first is None:
        return None
    following = (first + timedelta(days=31)).replace(day=1)
    return first, following - timedelta(days=1)
