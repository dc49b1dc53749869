"""How a briefing reads in one language: numbers of people, days, names, with the agreement that the language asks for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from marsad.context.register import Register
from marsad.model import Bound, When
from marsad.text.words import catalogue, say

_ARABIC_DIGITS = str.maketrans("0123456789,", "٠١٢٣٤٥٦٧٨٩٬")
ROOM = "brief"


@dataclass(frozen=True, slots=True)
class Saying:
    """Says things in `lang`, en or ar, with the names that the register has in it."""

    lang: str
    register: Register

    def text(self, key: str, **gaps: object) -> str:
        """Return the sentence of that name, its gaps filled."""
        return say(ROOM, self.lang, key, gaps)

    def sentence(self, key: str, **gaps: object) -> str:
        """Return the sentence of that name with its first letter a capital."""
        said = self.text(key, **gaps)
        return said[:1].upper() + said[1:]

    def has(self, key: str) -> bool:
        """Whether there is a sentence of that name."""
        return key in catalogue(ROOM, self.lang)

    def term(self, group: str, value: str) -> str:
        """Return the word for a member of a list, the value itself where no word is known."""
        key = f"{group}.{value}"
        return self.text(key) if self.has(key) else value

    def number(self, n: int) -> str:
        """Return a number in the reader's digits."""
        western = f"{n:,}"
        return western.translate(_ARABIC_DIGITS) if self.lang == "ar" else western

    def counted(self, noun: str, n: int, case: str = "plain") -> str:
        """Return so many of a noun, in the form that agrees with the number; `case` is plain, or after for one behind a word.

        >>> from marsad.context.register import Register
        >>> arabic = Saying("ar", Register({}, {}, {}))
        >>> [arabic.counted("people", n) for n in (1, 2, 5, 95, 100)]
        ['شخص واحد', 'شخصان', '٥ أشخاص', '٩٥ شخصًا', '١٠٠ شخص']
        >>> arabic.counted("people", 2, "after")
        'شخصين'
        """
        key = f"{noun}.{case}.{self._plural(n)}"
        key = key if self.has(key) else f"{noun}.plain.{self._plural(n)}"
        return self.text(key, n=self.number(n))

    def range(self, noun: str, low: int | None, best: int | None, high: int | None) -> str:
        """Return an interval of a noun in words; the best figure where the ends meet it, both ends where they do not."""
        if low is None and high is None:
            return self.text("range.unknown", noun=self.text(f"{noun}.bare"))
        if high is None:
            return self.text("range.from", n=self.counted(noun, low or 0, "after"))
        if low is None or low == high:
            n = high if low is None else low
            return self.text("range.to", n=self.counted(noun, n, "after")) if low is None else self.counted(noun, n)
        if low == 0:
            return self.text("range.to", n=self.counted(noun, high, "after"))
        ends = self.text("range.between", low=self.number(low), n=self.counted(noun, high, "after"))
        return (
            ends if best is None or best in (low, high) else self.text("range.best", range=ends, best=self.number(best))
        )

    def said(
        self, noun: str, value: int | None, low: int | None, high: int | None, bound: Bound | None, words: str
    ) -> str:
        """Return a number as a report said it: "about 220,000", "more than 195,000"; its words where it said none."""
        if bound is Bound.ABOUT and value is not None:
            return self.text("range.about", n=self.counted(noun, value, "after"))
        if bound is Bound.MORE_THAN and value is not None:
            return self.text("range.more", n=self.counted(noun, value, "after"))
        if bound is Bound.VAGUE or (low is None and high is None):
            return self.text("range.words", words=" ".join(words.split()))
        return self.range(noun, low, value, high)

    def day(self, day: date) -> str:
        """Return a day in words.

        >>> from marsad.context.register import Register
        >>> Saying("en", Register({}, {}, {})).day(date(2014, 11, 25))
        '25 November 2014'
        """
        return self.text(
            "day.full", d=self._digits(day.day), m=self.text(f"month.{day.month}"), y=self._digits(day.year)
        )

    def when(self, when: When) -> str:
        """Return a time as precisely as it is known: a day, a month, a year, else from … to …."""
        first, last = when.start, when.end
        if first == last:
            return self.day(first)
        if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
            return self._digits(first.year)
        if first.day == 1 and (first.year, first.month) == (last.year, last.month) and last.day >= 28:
            return self.text("day.month", m=self.text(f"month.{first.month}"), y=self._digits(first.year))
        between = self.text("day.between", a=self.day(first), b=self.day(last))
        if when.words is None:
            return between
        return self.text("day.words", words=" ".join(when.words.split()), between=between)

    def on(self, when: When | None) -> str:
        """Return a time as it stands behind a clause, with its preposition and a blank before; nothing where none is told."""
        if when is None:
            return ""
        said = self.when(when)
        key = "on.day" if when.start == when.end else "on.words" if said.endswith(")") else "on.span"
        return self.text(key, when=said)

    def name(self, name: str) -> str:
        """Return an actor's name in this language where the register has one, with an article where the language sets one.

        >>> from marsad.context.register import Register
        >>> Saying("en", Register({}, {}, {})).name("US-led coalition"), Saying("en", Register({}, {}, {})).name("UNICEF")
        ('the US-led coalition', 'UNICEF')
        """
        known = self.register.actors.get(name)
        if self.lang == "ar" and known is not None and known.name_ar:
            return known.name_ar
        said = self.term("actor", name)
        listed = self.text("article.behind").split() if self.lang == "en" else []
        words = said.split()
        leads = bool(words) and (words[0] in ("Government", "Norwegian") or words[-1] in listed)
        return f"the {said}" if leads and len(words) > 1 and not said.startswith("the ") else said

    def source(self, name: str) -> str:
        """Return a name as it stands in a list of sources, without an article."""
        return self.name(name).removeprefix("the ") if self.lang == "en" else self.name(name)

    def names(self, names: Sequence[str]) -> str:
        """Return names as a list: "A, B and C"."""
        said = [self.name(name) for name in dict.fromkeys(names)]
        if len(said) < 2:
            return said[0] if said else ""
        return self.text("list.last", head=self.text("list.comma").join(said[:-1]), tail=said[-1])

    def _plural(self, n: int) -> str:
        if self.lang != "ar":
            return "one" if n == 1 else "other"
        if n < 3:
            return ("zero", "one", "two")[n]
        return "few" if 3 <= n % 100 <= 10 else "many" if n % 100 >= 11 else "other"

    def _digits(self, n: int) -> str:
        return str(n).translate(_ARABIC_DIGITS) if self.lang == "ar" else str(n)
