"""What the pages say, in one language: sentences, numbers in the reader's digits, ranges, days, names."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup, escape

from marsad.publish.public import (
    PublicBound,
    PublicFigure,
    PublicIncident,
    PublicOrigin,
    PublicPlace,
    PublicSaidFigure,
    PublicStanding,
    PublicStatement,
    PublicValue,
)
from marsad.text.words import catalogue, say

_ARABIC_DIGITS = str.maketrans("0123456789,", "٠١٢٣٤٥٦٧٨٩٬")
_GAP = "\x00"

Explain = Callable[[str, str, Mapping[str, object]], str]
"""Says one step of an explanation: language, key of the sentence, what fills its gaps."""


def explain(lang: str, key: str, values: Mapping[str, object]) -> str:
    """Return the sentence of an explanation from the catalogue "why"."""
    return say("why", lang, key, values)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Speaks one language to the reader of the record."""

    lang: str
    explain: Explain = explain

    @property
    def rtl(self) -> bool:
        """Whether the language is written from right to left."""
        return self.lang == "ar"

    @property
    def direction(self) -> str:
        """The direction of the language as HTML names it."""
        return "rtl" if self.rtl else "ltr"

    def plain(self, key: str, **values: object) -> str:
        """Return a sentence as plain text, its gaps filled as they are."""
        return say("site", self.lang, key, {k: self._filled(v) for k, v in values.items()})

    def html(self, key: str, **values: object) -> Markup:
        """Return a sentence with each value isolated, so that neither disturbs the other's direction."""
        return self._isolated(say("site", self.lang, key, {k: f"{_GAP}{k}{_GAP}" for k in values}), values)

    def counted(self, key: str, n: int, **values: object) -> Markup:
        """Return the form of a sentence that agrees with the number n, which fills its gap `n`."""
        return self.html(f"{key}.{self.plural(n)}", n=n, **values)

    def counted_plain(self, key: str, n: int, **values: object) -> str:
        """Return the form of a sentence that agrees with the number n as plain text."""
        return self.plain(f"{key}.{self.plural(n)}", n=n, **values)

    def plural(self, n: int) -> str:
        """Return the plural category of a whole number (Unicode CLDR).

        >>> [Speaker("ar").plural(n) for n in (0, 1, 2, 5, 11, 100)]
        ['zero', 'one', 'two', 'few', 'many', 'other']
        """
        if self.lang != "ar":
            return "one" if n == 1 else "other"
        if n < 3:
            return ("zero", "one", "two")[n]
        return "few" if 3 <= n % 100 <= 10 else "many" if n % 100 >= 11 else "other"

    def has(self, key: str) -> bool:
        """Return whether the language has this sentence."""
        return key in catalogue("site", self.lang)

    def term(self, group: str, value: object, fallback: str | None = None) -> str:
        """Return the word for a member of a closed list; for open ones the fallback, where no word is known."""
        key = f"{group}.{value}"
        if fallback is not None and key not in catalogue("site", self.lang):
            return fallback
        return self.plain(key)

    def number(self, n: int | None) -> str:
        """Return a number in the reader's digits; None is a question mark.

        >>> Speaker("en").number(195000), Speaker("ar").number(195000)
        ('195,000', '١٩٥٬٠٠٠')
        """
        if n is None:
            return "?"
        western = f"{n:,}"
        return western.translate(_ARABIC_DIGITS) if self.rtl else western

    def digits(self, text: str) -> str:
        """Return the text with its digits as the reader writes them."""
        return text.translate(_ARABIC_DIGITS) if self.rtl else text

    def range(self, low: int | None, high: int | None) -> str:
        """Return an interval: "95", "48–95", "63 or more"; a question mark where nothing is known.

        >>> [Speaker("en").range(*pair) for pair in ((95, 95), (48, 95), (63, None), (None, 40), (None, None))]
        ['95', '48–95', '63 or more', 'at most 40', '?']
        """
        if low is None and high is None:
            return "?"
        if high is None:
            return self.plain("range.from", low=low)
        if low is None:
            return self.plain("range.to", high=high)
        return self.number(low) if low == high else f"{self.number(low)}–{self.number(high)}"

    def figure(self, figure: PublicFigure | PublicSaidFigure) -> str:
        """Return a figure in a few words: its range, or why it has none."""
        if figure.suppressed:
            return self.plain("figure.suppressed")
        if figure.low is None:
            return self.plain(
                "figure.unbounded" if figure.standing is not PublicStanding.NOT_STATED else "figure.not_stated"
            )
        if figure.standing is PublicStanding.NOT_STATED and figure.high is None and figure.low == 0:
            return self.plain("figure.not_stated")
        return self.range(figure.low, figure.high)

    def figure_with_best(self, figure: PublicFigure | PublicSaidFigure) -> str:
        """Return a figure in a few words, with its best number where it has one and is no point."""
        words = self.figure(figure)
        if figure.best is None or figure.low == figure.high:
            return words
        return self.plain("figure.with_best", range=words, best=figure.best)

    def said(self, statement: PublicStatement) -> str:
        """Return the number that a statement gives, with its bound: "≥63", "110–140", "dozens"."""
        if statement.suppressed:
            return self.plain("figure.suppressed_short")
        number = statement.value
        if statement.bound in (PublicBound.UNKNOWN, PublicBound.NONE):
            return self.plain(f"said.{statement.bound}")
        if number is None or statement.bound in (PublicBound.RANGE, PublicBound.FRACTION, PublicBound.VAGUE):
            return self.range(statement.low, statement.high)
        return self.plain(f"said.{statement.bound}", n=number)

    def day(self, day: date | None) -> str:
        """Return a day in words.

        >>> Speaker("en").day(date(2014, 11, 5))
        '5 November 2014'
        """
        if day is None:
            return self.plain("day.unknown")
        return self.plain("day.full", d=day.day, m=self.plain(f"month.{day.month}"), y=self.year(day.year))

    def short_day(self, day: date | None, year: bool = False) -> str:
        """Return a day in short, without its year unless asked for."""
        if day is None:
            return self.plain("day.unknown")
        month = self.plain(f"month_short.{day.month}")
        key = "day.short_year" if year else "day.short"
        return self.plain(key, d=day.day, m=month, y=self.year(day.year))

    def month(self, day: date) -> str:
        """Return the month of a day, with its year."""
        return self.plain("day.month", m=self.plain(f"month.{day.month}"), y=self.year(day.year))

    def year(self, year: int) -> str:
        """Return a year without separators, in the reader's digits."""
        return str(year).translate(_ARABIC_DIGITS) if self.rtl else str(year)

    def when(self, incident: PublicIncident, short: bool = False) -> str:
        """Return the time of an incident as precisely as it is known."""
        start, end = incident.occurred_from, incident.occurred_to
        if start is None or end is None:
            return self.plain("day.unknown")
        full = (lambda day: self.short_day(day, year=True)) if short else self.day
        if start == end:
            return full(end)
        if (start.year, start.month) == (end.year, end.month):
            return self.plain("day.between_days", a=start.day, b=full(end))
        return self.plain("day.between", a=full(start), b=full(end))

    def place(self, place: PublicPlace | None) -> str:
        """Return the name of the place, in the reader's script where it is known, or why there is none."""
        if place is None:
            return self.plain("place.unknown")
        own = place.name_ar if self.rtl else None
        name = own or place.name
        if name is not None:
            return str(name)
        area = place.admin1 or place.country
        return self.plain("place.withheld") if area is None else self.plain("place.somewhere", area=area)

    def origin(self, origin: PublicOrigin) -> str:
        """Return who said it: the name in the reader's script where it is known, else the kind in words."""
        own = origin.name_ar if self.rtl else None
        return str(own or origin.name or self.plain(f"kind_only.{origin.kind}"))

    def own(self, name: str, arabic: str | None) -> str:
        """Return a name in the reader's script where it is known, else as it is written."""
        return arabic if self.rtl and arabic is not None else name

    def counted_what(self, measure: str, category: str) -> str:
        """Return what was counted: "Killed", "Killed: children"."""
        if category == "total":
            return self.plain("row.total", measure=self.term("measure", measure))
        return self.plain("row.part", measure=self.term("measure", measure), category=self.term("category", category))

    def bytes(self, size: int) -> str:
        """Return the size of a file.

        >>> Speaker("en").bytes(900), Speaker("en").bytes(48_200)
        ('900 B', '48 kB')
        >>> Speaker("ar").bytes(48_200)
        '٤٨ ك.ب'
        """
        small, large = ("بايت", "ك.ب") if self.rtl else ("B", "kB")
        return f"{self.number(size)} {small}" if size < 1000 else f"{self.number(round(size / 1000))} {large}"

    def value(self, value: PublicValue, origins: Mapping[str, PublicOrigin]) -> str:
        """Return what fills a gap of an explanation, in words."""
        if value.number is not None:
            return self.number(value.number)
        if value.day is not None:
            return self.day(value.day)
        if value.origins:
            return self.plain("site.comma").join(self.origin(origins[one]) for one in value.origins)
        if value.term is not None:
            return self.term("term", value.term, fallback=str(value.term))
        if value.words is not None:
            return self.own(value.words, value.words_ar)
        return self.plain("figure.not_told")

    def because(self, key: str, values: Mapping[str, str]) -> Markup:
        """Return one sentence of an explanation, each value isolated."""
        return self._isolated(self.explain(self.lang, key, {k: f"{_GAP}{k}{_GAP}" for k in values}), values)

    def _filled(self, value: object) -> object:
        return self.number(value) if isinstance(value, int) and not isinstance(value, bool) else value

    def _isolated(self, sentence: str, values: Mapping[str, object]) -> Markup:
        pieces = re.split(f"{_GAP}(.*?){_GAP}", sentence)
        out = Markup()
        for n, piece in enumerate(pieces):
            out += escape(piece) if n % 2 == 0 else Markup("<bdi>{}</bdi>").format(self._filled(values[piece]))
        return out
