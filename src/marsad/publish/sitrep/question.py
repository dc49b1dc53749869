"""What a situation report is about: days, a place, a counting policy, a language; and which incidents belong to it."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from marsad.publish.formats.countries import countries
from marsad.publish.public import PublicIncident, PublicPlace

PERIODS = ("daily", "weekly", "monthly")


@dataclass(frozen=True, slots=True)
class Question:
    """The days from `first` to `last`, both included, in `place` (None: everywhere), counted by `policy`, told in `lang`."""

    first: date
    last: date
    place: str | None
    policy: str
    lang: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """The incidents that happened in these days, and those that may have happened in them or outside."""

    inside: tuple[PublicIncident, ...]
    unsure: tuple[PublicIncident, ...]


def days_of(period: str, last: date) -> tuple[date, date]:
    """Return the first and last day of the day, the week or the calendar month that ends on, or holds, the day `last`.

    >>> [str(days_of(period, date(2014, 11, 26))[0]) for period in PERIODS]
    ['2014-11-26', '2014-11-20', '2014-11-01']
    """
    if period == "weekly":
        return last - timedelta(days=6), last
    return (last.replace(day=1) if period == "monthly" else last), last


def chosen(incidents: Iterable[PublicIncident], question: Question) -> Chosen:
    """Return the incidents that the question is about, in the order of the record.

    One is counted where all the days on which it may have happened lie within the period, so that two reports of two
    periods never both count it. One whose place is finer than what is asked for belongs to it by its province or country.
    """
    here = [one for one in incidents if is_in(one.place, question.place)]
    inside, unsure = [], []
    for one in here:
        if one.occurred_from is None or one.occurred_to is None:
            continue
        if question.first <= one.occurred_from and one.occurred_to <= question.last:
            inside.append(one)
        elif one.occurred_from <= question.last and one.occurred_to >= question.first:
            unsure.append(one)
    return Chosen(tuple(inside), tuple(unsure))


def is_in(place: PublicPlace | None, asked: str | None) -> bool:
    """Return whether a place is the one asked for, or lies in it: by name in either script, province, or country code.

    >>> is_in(None, None), is_in(None, "Raqqa")
    (True, False)
    """
    if asked is None:
        return True
    if place is None:
        return False
    country = countries().get(place.country or "")
    names: list[str | None] = [place.name, place.name_ar, place.admin1, place.country]
    names += [] if country is None else [country.acled, country.ucdp, country.alpha3, country.name_ar]
    return _plain(asked) in {_plain(name) for name in names if name}


def _plain(name: str) -> str:
    """Return a name as names are compared: without accents, case and Arabic vowel signs."""
    bare = unicodedata.normalize("NFKD", name).casefold()
    return " ".join("".join(c for c in bare if not unicodedata.combining(c)).replace("-", " ").split())
