"""A place that a gazetteer knows, and by which names and words a report may mean it."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from marsad.model import Place
from marsad.text.normal import bare, fold
from marsad.text.sound import letters

Point = tuple[float, float]
"""Latitude and longitude in degrees, WGS 84."""

SETTLEMENTS = ("city", "village")

PARTS = ("quarter", "district")
"""Kinds of which every country has some of one name: in a report that names its country none abroad is meant."""

UNITS = ("district", "admin1")
"""Kinds that must be called what they are, where a town has the same name."""

_NOTABLE = 100_000
"""People in a city that a report may name without its country."""

_UNCOUNTED = {"country": 10_000_000, "admin1": 300_000, "area": 100_000, "district": 50_000, "village": 250}
_UNCOUNTED_TOWN = 5_000
"""What a place weighs whose people GeoNames did not count: about as much as the smaller of its kind."""

_SHORT = 6
"""A name of fewer letters that is only one of a place's others ("City" for London) is too common a word to mean it."""

_ARABIC = re.compile("[\u0620-\u064a]")

_RESEMBLING = 0.7
"""Share of letters in common, as difflib counts them; Deir Ezzor and Deir ez-Zor have 0.95, help and Aleppo 0.6."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A place the gazetteer knows: what it is called, where it is, how many people live there (0: not counted).

    `kind` is one of country, admin1, district, city, village, quarter, area, camp; `precision` is UCDP's where_prec of
    a claim placed there; `curated` says that it stands on marsad's or the observatory's own list of places that reports
    of wars name.
    """

    place_id: str
    name: str
    name_ar: str | None
    country: str
    admin1: str | None
    latitude: float
    longitude: float
    kind: str
    population: int
    precision: int
    curated: bool

    def place(self, words: str, at_least: int = 1) -> Place:
        """Return the place as a claim holds it, with the words by which the report named it.

        `at_least` is the finest precision the words allow: 2 for "near Raqqa".
        """
        return Place(
            words=words,
            place_id=self.place_id,
            name=self.name,
            name_ar=self.name_ar,
            country=self.country,
            admin1=self.admin1,
            latitude=self.latitude,
            longitude=self.longitude,
            precision=max(self.precision, at_least),
        )

    @property
    def point(self) -> Point:
        """Latitude and longitude."""
        return self.latitude, self.longitude

    def called(self, folded: str) -> bool:
        """Whether the folded name is the one it goes by, in Latin or Arabic script, and not one of its others."""
        return bare(folded) in {bare(fold(self.name)), bare(fold(self.name_ar or self.name))}

    def bears_article(self, folded: str) -> bool:
        """Whether its Arabic name may be this one, article and all: Mashhad is no "al-Mashhad", which is "the scene"."""
        return self.name_ar is None or self.kind == "country" or fold(self.name_ar) == folded

    def goes_by(self, folded: str) -> bool:
        """Whether a report may mean it by this name at all: no small town goes by a short name unlike its own ("Area")."""
        known = self.curated or self.kind not in SETTLEMENTS or self.population >= _NOTABLE or len(folded) >= _SHORT
        return known or not folded.isascii() or self.called(folded) or self.resembles(folded)

    def resembles(self, name: str) -> bool:
        """Whether most letters of the name stand in the same order in one of the two names it goes by.

        A name in Arabic letters of a place whose Arabic name is not known is compared by its sounds: الحصاحيصا, Al Hasaheisa.
        """
        if self.name_ar is None and _ARABIC.search(name):
            return SequenceMatcher(None, letters(name), letters(self.name), autojunk=False).ratio() >= _RESEMBLING
        wanted = bare(fold(name))
        own = {bare(fold(self.name)), bare(fold(self.name_ar or self.name))}
        return any(SequenceMatcher(None, wanted, known, autojunk=False).ratio() >= _RESEMBLING for known in own)

    @property
    def obscure(self) -> bool:
        """Whether its name with an article, in a script without capitals, is likelier a word than it: المشهد, "the scene"."""
        return not (self.curated or self.population) and self.kind in ("village", "quarter", "camp", "district", "area")

    @property
    def weight(self) -> int:
        """How many people live there, or, where nobody counted, about as many as in the smaller places of its kind."""
        return self.population or _UNCOUNTED.get(self.kind, _UNCOUNTED_TOWN)

    def notable(self, folded: str, kind: str | None) -> bool:
        """Whether a report may mean it by this folded name without saying in which country it lies.

        A province must be called a province (East and Centre are provinces too) or have a name of several words.
        """
        if self.kind in UNITS and not self.curated:
            return kind == self.kind or (" " in folded and self.called(folded))
        if self.curated:
            return True
        known = self.kind == "country" or self.population >= _NOTABLE
        return known and (len(folded) >= _SHORT or self.called(folded))
