"""What stands in the cells of tables: days, numbers of people, points on the globe."""

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from marsad.model import Bound, When

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "jan january janvier enero gennaio يناير كانون الثاني січня",
            "feb february fevrier février febrero febbraio فبراير شباط лютого",
            "mar march mars marzo مارس آذار березня",
            "apr april avril abril aprile أبريل ابريل نيسان квітня",
            "may mai mayo maggio مايو أيار травня",
            "jun june juin junio giugno يونيو حزيران червня",
            "jul july juillet julio luglio يوليو تموز липня",
            "aug august août aout agosto أغسطس اغسطس آب серпня",
            "sep sept september septembre septiembre settembre سبتمبر أيلول вересня",
            "oct october octobre octubre ottobre أكتوبر اكتوبر жовтня",
            "nov november novembre noviembre نوفمبر листопада",
            "dec december décembre decembre diciembre dicembre ديسمبر грудня",
        ),
        1,
    )
    for word in words.split()
}
_CLOCK = r"(?:[T ,]+\d{1,2}:\d{2}.*)?"
_ISO = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_CLOCK}")
_TURNED = re.compile(rf"(\d{{1,2}})[-/.](\d{{1,2}})[-/.](\d{{4}}){_CLOCK}")
_WRITTEN = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)?[ \-]+([^\W\d]+)\.?,?[ \-]+(\d{{4}}){_CLOCK}")
_AMERICAN = re.compile(rf"([^\W\d]+)\.? +(\d{{1,2}})(?:st|nd|rd|th)?,? +(\d{{4}}){_CLOCK}")
_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})")
_YEAR = re.compile(r"(\d{4})(?:\.0)?")
"""Spreadsheets and data frames write 2013.0."""
_NUMBER = r"(\d{1,3}(?:[, \u00a0\u202f']\d{3})+|\d{1,9})(?:\.0+)?"
_PLAIN = re.compile(_NUMBER)
_RANGE = re.compile(rf"{_NUMBER} ?(?:-|–|—|to|إلى) ?{_NUMBER}")
_BOUNDED = (
    (re.compile(rf"(?:≥|>=|at least|min\.?|على الأقل) ?{_NUMBER}|{_NUMBER}(?:\+| or more)"), Bound.AT_LEAST),
    (re.compile(rf"(?:>|more than|over|أكثر من) ?{_NUMBER}()"), Bound.MORE_THAN),
    (re.compile(rf"(?:≤|<=|at most|up to|max\.?) ?{_NUMBER}()"), Bound.AT_MOST),
    (re.compile(rf"(?:<|less than|fewer than|أقل من) ?{_NUMBER}()"), Bound.LESS_THAN),
    (re.compile(rf"(?:~|≈|about|around|circa|ca\.?|approx\.?|حوالي|نحو) ?{_NUMBER}()"), Bound.ABOUT),
)
_NOT_KNOWN = frozenset({"unknown", "unk", "not known", "?", "غير معروف", "غير معروفة", "مجهول", "невідомо"})
_LONGEST = 60
_EXCEL = date(1899, 12, 30)
_EARLIEST, _LATEST = 1800, 2200


class Amount(NamedTuple):
    """A number of people as a cell writes it: see `Claim` for what the parts say."""

    value: int | None
    low: int | None
    high: int | None
    bound: Bound


@lru_cache(maxsize=1 << 14)
def amount(written: str) -> Amount | None:
    """Return the number of people that a cell holds; None where it holds no number.

    >>> amount("1,200").value, amount("10+")[1:], amount("3-5")[1:3], amount("several")
    (1200, (10, None, <Bound.AT_LEAST: 'at_least'>), (3, 5), None)
    """
    plain = written[: _LONGEST + 1].translate(_DIGITS).strip().lower()
    if len(plain) > _LONGEST:
        return None
    if plain in _NOT_KNOWN:
        return Amount(None, None, None, Bound.UNKNOWN)
    if _PLAIN.fullmatch(plain):
        number = _int(plain)
        return Amount(number, number, number, Bound.EXACT if number else Bound.NONE)
    if between := _RANGE.fullmatch(plain):
        low, high = _int(between[1]), _int(between[2])
        return Amount(None, low, high, Bound.RANGE) if low <= high else None
    for form, bound in _BOUNDED:
        if found := form.fullmatch(plain):
            return _bounded(_int(found[1] or found[2]), bound)
    return None


def _bounded(number: int, bound: Bound) -> Amount | None:
    match bound:
        case Bound.AT_LEAST:
            return Amount(number, number, None, bound)
        case Bound.MORE_THAN:
            return Amount(number, number + 1, None, bound)
        case Bound.AT_MOST:
            return Amount(number, None, number, bound)
        case Bound.LESS_THAN:
            return Amount(number, None, number - 1, bound) if number else None
        case _:
            return Amount(number, number, number, bound)


def _int(written: str) -> int:
    return int("".join(c for c in written.partition(".")[0] if c.isdigit()))


@lru_cache(maxsize=1 << 14)
def days(written: str, day_first: bool = True) -> When | None:
    """Return the days that a cell names: a day, a month ("2014-11") or a year; None where it names none.

    26/11/2014 is read day first unless `day_first` is false; where only one order gives a day, it is that one.

    >>> str(days("26 Nov 2014").start), days("2014-11").days, days("soon")
    ('2014-11-26', 30, None)
    """
    plain = written[: _LONGEST + 1].translate(_DIGITS).strip()
    if len(plain) > _LONGEST:
        return None
    tries: list[tuple[int, int, int]] = []
    if iso := _ISO.fullmatch(plain):
        tries = [(int(iso[1]), int(iso[2]), int(iso[3]))]
    elif turned := _TURNED.fullmatch(plain):
        one, other, year = (int(turned[n]) for n in (1, 2, 3))
        tries = [(year, other, one), (year, one, other)]
        tries = tries if day_first else tries[::-1]
    elif named := _WRITTEN.fullmatch(plain):
        tries = [(int(named[3]), _MONTHS.get(named[2].lower(), 0), int(named[1]))]
    elif named := _AMERICAN.fullmatch(plain):
        tries = [(int(named[3]), _MONTHS.get(named[1].lower(), 0), int(named[2]))]
    for year, month, number in tries:
        if found := _date(year, month, number):
            return When(found, found, 1)
    if (year_only := _YEAR.fullmatch(plain)) and _EARLIEST <= int(year_only[1]) <= _LATEST:
        return When(date(int(year_only[1]), 1, 1), date(int(year_only[1]), 12, 31), 5)
    if month_only := _MONTH.fullmatch(plain):
        first = _date(int(month_only[1]), int(month_only[2]), 1)
        return None if first is None else When(first, _month_end(first), 4)
    return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if _EARLIEST <= year <= _LATEST else None
    except ValueError:
        return None


def _month_end(first: date) -> date:
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def excel_day(serial: float, since_1904: bool = False) -> date | None:
    """Return the day that a spreadsheet means by this number; None for a number that is no day of these centuries.

    >>> str(excel_day(41969))
    '2014-11-26'
    """
    try:
        found = _EXCEL + timedelta(days=int(serial) + (1462 if since_1904 else 0))
    except (OverflowError, ValueError):
        return None
    return found if _EARLIEST <= found.year <= _LATEST else None


def degrees(written: str, most: float) -> float | None:
    """Return a latitude or a longitude in degrees; None for what is none. A decimal comma is read.

    >>> degrees("35,95", 90), degrees("135", 90)
    (35.95, None)
    """
    try:
        found = float(written[:40].translate(_DIGITS).strip().replace(",", "."))
    except ValueError:
        return None
    return found if -most <= found <= most else None
