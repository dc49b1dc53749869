"""The places of one report: the gazetteer, asked once for each name, and the countries that the report speaks of."""

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from functools import lru_cache
from itertools import product

from marsad.model import Place
from marsad.text.endings import unbent
from marsad.text.entry import SETTLEMENTS
from marsad.text.gazetteer import Gazetteer
from marsad.text.normal import fold
from marsad.text.phrases import Line
from marsad.text.tokens import Token, form_of, shouts
from marsad.text.writing import writing

_COUNTRY = 6
_TOWN = 20_000
"""Inhabitants from which on a town tells in which country a report plays."""

_SMALL = ("city", "village", "quarter", "camp")
"""Kinds of which one may be small."""

_TWO = 2
_LONG = 5
"""Letters of the shortest name that tells of a country although its place is small."""

_REMEMBERED = 16_384
"""Names whose places are kept at hand: the reports of one war name the same ones over and over."""


@lru_cache(maxsize=_REMEMBERED)
def _country_of(gazetteer: Gazetteer, word: str) -> str | None:
    return gazetteer.country_of(word)


@lru_cache(maxsize=_REMEMBERED)
def _country_meant(gazetteer: Gazetteer, text: str) -> str | None:
    """Return the country that a token means, its possessive ending left off."""
    return gazetteer.country_of(writing().bare(text))


@lru_cache(maxsize=_REMEMBERED)
def _country_shouted(gazetteer: Gazetteer, text: str) -> str | None:
    """Return the country that a token means in a text set in capitals."""
    name = writing().bare(text)
    return gazetteer.country_of(name if "." in name else name.lower())


@lru_cache(maxsize=_REMEMBERED)
def _resolved(
    gazetteer: Gazetteer, name: str, countries: tuple[str, ...], *, strict: bool = False, led: bool = False
) -> Place:
    return gazetteer.resolve(name, countries, strict=strict, led=led)


_PARTING = frozenset(",(")
_NAME_WORDS = 3


def _names(line: Line, at: int, step: int) -> list[str]:
    """Return the names of one to three words that end before a mark, or begin behind it, the longest first."""
    out: list[str] = []
    k = at + step
    while 0 <= k < len(line) and len(out) < _NAME_WORDS and line[k].kind == "word":
        words = line[k:at] if step < 0 else line[at + 1 : k + 1]
        out.append(" ".join(token.bare for token in words))
        k += step
    return [name for name in reversed(out) if name[:1].isupper()]


def _counted(places: Iterable[Place]) -> dict[str, int]:
    """Return how many of these places lie in each country, the first one named first."""
    counts: dict[str, int] = {}
    for place in places:
        if place.country:
            counts[place.country] = counts.get(place.country, 0) + 1
    return counts


class Atlas:
    """What a gazetteer says about the names of one report.

    `countries` are those that the report speaks of, most often named first, first named first among equals. `never` are
    words, spelled as lexicons do, that name no place though sentences begin with them. `shouting` is true of a report set
    in capitals throughout, where capitals tell no name and "US" may be anybody. `countries_called` are what the language
    of the report calls countries and peoples, each with its ISO 3166-1 code; the gazetteer knows them in English and Arabic.
    `home` are the countries that reports in its language are about unless they say otherwise, `endings` those that it bends
    names with ("Харкові").
    """

    def __init__(
        self,
        gazetteer: Gazetteer,
        lines: Iterable[Line],
        never: frozenset[str] = frozenset(),
        countries_called: Mapping[str, str] | None = None,
        home: Sequence[str] = (),
        endings: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self._gazetteer, self._never, self._called = gazetteer, never, countries_called or {}
        self._home, self._endings = tuple(home), endings or {}
        self._asked: dict[str, Place] = {}
        lines = list(lines)
        self.shouting = shouts([token for line in lines for token in line])
        self.countries: tuple[str, ...] = self._spoken_of(lines)
        self._where = tuple(dict.fromkeys((*self._home, *self.countries)))
        self._ruled: str | None = None

    @property
    def own(self) -> str | None:
        """The country whose government is "the regime", "government forces": where the report's towns lie, else named most."""
        return self._ruled or (self.countries[0] if self.countries else None)

    @property
    def home(self) -> str | None:
        """Where the report's towns lie, else the one country that it names; None where it names several, or none."""
        return self._ruled or (self.countries[0] if len(self.countries) == 1 else None)

    def led_by(self, places: Iterable[Place | None]) -> "Atlas":
        """Return the atlas with the country first in which most of these places lie, where the report speaks of several.

        A report may name Russia more often than Ukraine: the towns are Ukraine's, and so is Pokrovsk.
        """
        towns = _counted(p for p in places if p is not None and p.precision != _COUNTRY)
        if len(towns) < _TWO or len(self.countries) < _TWO:
            return self
        first, second = sorted(towns, key=lambda country: -towns[country])[:_TWO]
        if first == self.countries[0] or first not in self.countries or towns[first] == towns[second]:
            return self
        other = copy(self)
        other._asked = {}
        other.countries = (first, *(country for country in self.countries if country != first))
        other._where = tuple(dict.fromkeys((*self._home, *other.countries)))
        return other

    def ruled(self, places: Iterable[Place | None]) -> "Atlas":
        """Return the atlas of a report with these places: "Russian jets and regime forces" over Idlib are Syria's regime."""
        towns = _counted(p for p in places if p is not None and p.precision != _COUNTRY)
        if not towns or (self.own is not None and towns.get(self.own) == max(towns.values())):
            return self
        other = copy(self)
        other._ruled = max(towns, key=towns.__getitem__)
        return other

    def _spoken_of(self, lines: Iterable[Line]) -> tuple[str, ...]:
        """Return the countries that lines speak of, most often named first, first named first among equals."""
        counts: dict[str, int] = {}
        known: dict[str, str | None] = {}
        for line in lines:
            called = not self._called.keys().isdisjoint(line.forms)
            for token in line:
                if token.name or called:
                    text = token.text
                    country = known[text] if text in known else known.setdefault(text, self.country_of(token))
                    if country:
                        counts[country] = counts.get(country, 0) + 1
        return tuple(sorted(counts, key=lambda country: -counts[country])) or self._told_by_provinces(lines)

    def _told_by_provinces(self, lines: Iterable[Line]) -> tuple[str, ...]:
        """Return the country of a town that a text names with its province: "Puerto Rondón, Arauca", "SUÁREZ (Cauca)"."""
        found: dict[str, None] = {}
        for line in lines:
            for at in range(1, len(line) - 1):
                if line[at].form not in _PARTING or not (line[at - 1].capital and line[at + 1].capital):
                    continue
                for town, province in product(_names(line, at, -1), _names(line, at, 1)):
                    entries = self._gazetteer.candidates(town) if town else ()
                    units = {fold(entry.admin1): entry.country for entry in entries if entry.admin1}
                    if country := units.get(fold(province)):
                        found[country] = None
                        break
        return tuple(found)

    def narrowed(self, lines: Iterable[Line]) -> "Atlas":
        """Return the atlas of these lines alone."""
        return Atlas(self._gazetteer, lines, self._never, self._called, self._home, self._endings)

    def among(self, places: Iterable[Place]) -> "Atlas":
        """Return the atlas with the countries of these places behind its own: "Ariha, south of Idlib" lies in Syria."""
        wider = copy(self)
        wider._asked = {}
        found = _counted(places)
        wider.countries = tuple(dict.fromkeys((*self.countries, *sorted(found, key=lambda country: -found[country]))))
        wider._where = tuple(dict.fromkeys((*self._home, *wider.countries)))
        return wider

    def wired_from(self, datelines: Iterable[Line]) -> "Atlas":
        """Return the atlas of a report that names its country in its dateline alone: "Maiduguri (Nigeria), 16 sep (EFE).-"."""
        wider = copy(self)
        wider._asked = {}
        wider.countries = self._spoken_of(datelines)
        wider._where = tuple(dict.fromkeys((*self._home, *wider.countries)))
        return wider

    def unnamed(self, places: Iterable[Place | None]) -> list[Place]:
        """Return those of these places that lie in a country which the report does not name: its towns tell of it.

        "Regime and Russian forces shelled Ariha, south of Idlib" speaks of Russia, and of Syria.
        """
        return [
            p for p in places if p is not None and p.precision != _COUNTRY and p.country not in (*self._where, None)
        ]

    def country_named(self, name: str) -> bool:
        """Tell whether one word is a country or a people by name."""
        return form_of(name) in self._called or _country_meant(self._gazetteer, name) is not None

    def country_of(self, token: Token) -> str | None:
        """Return the country that a word means by name or adjective ("Syria", "Syrian"), else None."""
        if called := self._called.get(token.form):
            return called
        if not token.name or token.form in self._never:
            return None
        return (_country_shouted if self.shouting else _country_meant)(self._gazetteer, token.text)

    def place(self, name: str) -> Place:
        """Return the place that a name means in this report, an honest "not found" where that cannot be told."""
        known = self._asked.get(name)
        if known is None:
            called = self._called.get(" ".join(form_of(name).split())) if self._called else None
            known = self._asked[name] = self.country(called) if called else self._found(name)
        return known

    def _found(self, name: str) -> Place:
        """Return the place of a name as it stands, else of one that its endings may stand for."""
        spoken = self._spoken(name)
        for form in (spoken, *unbent(self._endings, spoken)):
            place = _resolved(self._gazetteer, form, self._where, strict=self.shouting)
            if place.found:
                return place.said(name)
        return Place(name, None, name)

    def knows(self, name: str) -> bool:
        """Tell whether a town of the report's countries, or one that all know, bears exactly this name."""
        found = self._gazetteer.candidates(name)
        return any(entry.population >= _TOWN and entry.country in self._where for entry in found) or any(
            entry.curated for entry in found
        )

    def hamlet(self, name: str) -> Place:
        """Return the place that a name means of which the words before say that it is one, though it is a word, too."""
        return _resolved(self._gazetteer, self._spoken(name), self._where, strict=self.shouting, led=True).said(name)

    def only_country(self, name: str, *, small: bool = False) -> str | None:
        """Return the one country that has a town of this name; None where none has, or several have, or it is too small.

        Where `small`, a village or a district will do, of a name long enough to be no other word.
        """
        if self.shouting or self.country_named(name) or name in self._never:
            return None
        found = self._gazetteer.candidates(name)
        countries = {entry.country for entry in found}
        told = any(entry.kind in SETTLEMENTS and (entry.curated or entry.population >= _TOWN) for entry in found)
        told = told or (small and len(name) >= _LONG and bool(found))
        return found[0].country if told and len(countries) == 1 else None

    def is_large(self, name: str) -> bool:
        """Tell whether a name means a place that is more than a village or a small town: reports name it for many reasons."""
        place = self.place(name)
        if not place.found:
            return False
        entry = next((e for e in self._gazetteer.candidates(name) if e.place_id == place.place_id), None)
        return entry is None or entry.kind not in _SMALL or entry.population >= _TOWN

    def country(self, code: str) -> Place:
        """Return a country as a place."""
        return _resolved(self._gazetteer, self._gazetteer.country_name(code), (code,))

    def town(self, name: str, code: str) -> Place:
        """Return the town of this name in a country, "not found" where there is none."""
        return _resolved(self._gazetteer, name, (code,))

    def in_province(self, name: str, country: str | None, admin1: str | None) -> Place | None:
        """Return the place of exactly this name in a province, None where there is none or the province is not told."""
        if country is None or admin1 is None:
            return None
        found = self._gazetteer.candidates(self._spoken(name))
        entry = next((e for e in found if (e.country, e.admin1) == (country, admin1) and e.kind in _SMALL), None)
        return entry.place(name) if entry is not None else None

    def spelled_so(self, place: Place) -> bool:
        """Tell whether a place is known by the words of the report, not only by their sound."""
        return any(entry.place_id == place.place_id for entry in self._gazetteer.candidates(self._spoken(place.words)))

    def names_country(self, name: str) -> bool:
        """Tell whether a name of several words is a country's."""
        known = self._called and " ".join(form_of(name).split()) in self._called
        return bool(known) or _country_of(self._gazetteer, self._spoken(name)) is not None

    def _spoken(self, name: str) -> str:
        """Return a name as it would stand in mixed case: in a report in capitals no word is an abbreviation by that."""
        return name.lower() if self.shouting and "." not in name else name

    def government(self, code: str) -> str:
        """Return how marsad names the government of a country given by its ISO 3166-1 alpha-2 code."""
        return f"Government of {self._gazetteer.country_name(code)}"
