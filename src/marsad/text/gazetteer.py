"""Where the places are that reports name: candidates for a name, and the one place it means where that can be told."""

import math
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from marsad.model import Place, Wrong
from marsad.text.gazetteer_build import GAZETTEER, KINDS, SHORTEST_SKELETON, key, mark
from marsad.text.normal import bare, fold, skeleton
from marsad.text.place_words import kind_and_name

Point = tuple[float, float]
"""Latitude and longitude in degrees, WGS 84."""

_LONGEST_NAME = 120
"""No place name is longer; what is longer is not looked up."""

_LONGEST_WORDS = 480
_MOST_WIDER = 4
_REMEMBERED = 4096

_NOTABLE = 100_000
"""People in a city that a report may name without its country."""

_DOMINANT = 6
"""How many times larger than its namesakes abroad a city must be to be meant without further words."""

_DWARFING = 100
"""How many times larger a city abroad must be to be meant although a town of its name lies in the report's own country."""

_UNCOUNTED = {"country": 10_000_000, "admin1": 300_000, "area": 100_000}
_UNCOUNTED_TOWN = 5_000
"""What a place weighs whose people GeoNames did not count: about as much as the smaller of its kind."""

_SHORT = 6
"""A name of fewer letters that is only one of a place's others ("City" for London) is too common a word to mean it."""

_RESEMBLING = 0.7
"""Share of letters in common, as difflib counts them; Deir Ezzor and Deir ez-Zor have 0.95, help and Aleppo 0.6."""

_AT_LEAST = {"area": 2, "camp": 2, "district": 3, "admin1": 4}
"""UCDP's where_prec of a claim placed in the district, camp or province of a town by that name, where only the town is known."""

_NEAR_KM = 150.0
_SAME_KM = 30.0
_KIND_ORDER = ("city", "camp", "quarter", "area", "admin1", "country")
"""Which of two places in one country a bare name means: the city of Aleppo, not its province."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A place the gazetteer knows: what it is called, where it is, how many people live there (0: not counted).

    `kind` is one of country, admin1, city, quarter, area, camp; `precision` is UCDP's where_prec of a claim placed
    there; `curated` says that it stands on marsad's own list of places that reports of wars name.
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

    def goes_by(self, folded: str) -> bool:
        """Whether a report may mean it by this name at all: no small town goes by a short name unlike its own ("Area")."""
        known = self.curated or self.kind != "city" or self.population >= _NOTABLE or len(folded) >= _SHORT
        return known or not folded.isascii() or self.called(folded) or self.resembles(folded)

    def resembles(self, name: str) -> bool:
        """Whether most letters of the name stand in the same order in one of the two names it goes by."""
        wanted = bare(fold(name))
        own = {bare(fold(self.name)), bare(fold(self.name_ar or self.name))}
        return any(SequenceMatcher(None, wanted, known, autojunk=False).ratio() >= _RESEMBLING for known in own)

    @property
    def weight(self) -> int:
        """How many people live there, or, where nobody counted, about as many as in the smaller places of its kind."""
        return self.population or _UNCOUNTED.get(self.kind, _UNCOUNTED_TOWN)

    def notable(self, folded: str, kind: str | None) -> bool:
        """Whether a report may mean it by this folded name without saying in which country it lies.

        A province must be called a province (East and Centre are provinces too) or have a name of several words.
        """
        if self.kind == "admin1" and not self.curated:
            return kind == "admin1" or (" " in folded and self.called(folded))
        if self.curated:
            return True
        known = self.kind == "country" or self.population >= _NOTABLE
        return known and (len(folded) >= _SHORT or self.called(folded))


class Gazetteer:
    """The places of the world by name. It is read from a mapped file, so many processes share one copy.

    Pickles as the path of its file.
    """

    def __init__(self, batch: pa.RecordBatch, path: Path | None = None) -> None:
        self._path = path
        self._batch = batch
        self._places = batch.column("places").values
        self._names = _Index(batch.column("names").values)
        self._bare = _Index(batch.column("bare").values)
        self._skeletons = _Index(batch.column("skeletons").values)
        self._countries = {row["word"]: row["country"] for row in batch.column("words").values.to_pylist()}
        self._entry = lru_cache(_REMEMBERED)(self._read)
        self._country_names = self._named_countries()

    @classmethod
    def open(cls, path: Path | str) -> "Gazetteer":
        """Return the gazetteer in this file; raises Wrong where there is none or it is of another make."""
        path = Path(path)
        if not path.is_file():
            raise Wrong("gazetteer", path, "does not exist", "build it with tools/gazetteer.py")
        try:
            batch = pa.ipc.open_file(pa.memory_map(str(path))).get_batch(0)
        except (pa.ArrowException, OSError) as fault:
            raise Wrong(
                "gazetteer", path, f"cannot be read ({fault})", "build it again with tools/gazetteer.py"
            ) from None
        if not batch.schema.equals(GAZETTEER):
            raise Wrong("gazetteer", path, "was made by another version", "build it again with tools/gazetteer.py")
        return cls(batch, path)

    def __reduce__(self) -> tuple[Callable[..., "Gazetteer"], tuple[Any, ...]]:
        return (Gazetteer, (self._batch,)) if self._path is None else (Gazetteer.open, (self._path,))

    def __len__(self) -> int:
        """How many places it knows."""
        return len(self._places)

    def candidates(self, name: str) -> list[Entry]:
        """Return every place known by exactly this name, spelling variants folded; largest first, then by place_id.

        Where no place has the name as it stands, its article is left out: Raqqah finds ar-Raqqah.
        """
        folded = fold(name[:_LONGEST_WORDS])
        if not folded or len(folded) > _LONGEST_NAME:
            return []
        found = self._names.at(mark(key(name))) or self._names.at(mark(folded))
        if not found:
            found = sorted({*self._bare.at(mark(bare(folded))), *self._names.at(mark(bare(folded)))})
        return self._entries(found)

    def alike(self, name: str, country: str) -> list[Entry]:
        """Return the places of this country whose names share this name's consonants and most of its letters.

        [] for fewer than 4 consonants: too many names are built on three.
        """
        name = name[:_LONGEST_WORDS]
        consonants = skeleton(name)
        if not SHORTEST_SKELETON <= len(consonants) <= _LONGEST_NAME:
            return []
        found = self._entries(self._skeletons.at(mark(country, consonants)))
        return [entry for entry in found if entry.resembles(name)]

    def country_of(self, word: str) -> str | None:
        """Return the country that a name, an adjective or a people means ("Syria", "Syrian", "سوري"), else None."""
        word = word[:_LONGEST_WORDS]
        forms = (key(word), fold(word), bare(fold(word)))
        return next((self._countries[form] for form in forms if form in self._countries), None)

    def country_name(self, code: str) -> str:
        """Return the English name of a country by its ISO 3166-1 alpha-2 code, the code where it is not known."""
        return self._country_names.get(code, code)

    def resolve(
        self, words: str, countries: Sequence[str] = (), near: Point | None = None, *, strict: bool = False
    ) -> Place:
        """Return the place that the words of a report mean, or a place without place_id where that cannot be told.

        `countries` are the countries the report speaks of, the likeliest first; `near` is a point (latitude,
        longitude) close to which the place probably lies. A namesake inside those countries comes before a larger one
        abroad; without them, a place is found only if it clearly outweighs every namesake. The words may name the
        kind ("Zamzam camp", "Raqqa province") and the wider place after a comma ("Douma, Lebanon"). Where `strict`, for a text
        in which capitals tell no names, a place is found only as it is spelled: "CRIMES" is no Cormes.
        """
        first, *wider = (part.strip() for part in words[:_LONGEST_WORDS].split(","))
        named = [code for part in wider[:_MOST_WIDER] if (code := self.country_of(part))]
        where = list(dict.fromkeys(named or countries))
        readings = kind_and_name(first)
        kind, bare_name = readings[-1]
        for _, name in readings:
            entry = self._known(name, kind, where, near, strict=strict)
            if entry is not None:
                return entry.place(words, at_least=_AT_LEAST.get(kind or "", 1) if entry.kind == "city" else 1)
        entry = self._known(bare_name, None, where, near, strict=strict) if kind in _AT_LEAST else None
        return entry.place(words, at_least=_AT_LEAST[kind or ""]) if entry else Place(words, None, words)

    def _known(
        self, name: str, kind: str | None, countries: Sequence[str], near: Point | None, *, strict: bool
    ) -> Entry | None:
        every = [entry for entry in self.candidates(name) if _fits(entry, kind)]
        inside = [entry for entry in every if entry.country in countries]
        country = next((entry for entry in every if entry.kind == "country"), None)
        if country is not None and not any(entry.kind == "admin1" for entry in inside):
            return country
        inside = [entry for entry in inside if entry.goes_by(fold(name))]
        likely = _likeliest_inside(inside, kind, countries, near) if inside else None
        abroad = _outstanding(every, fold(name), kind)
        if inside and not (likely and abroad and _dwarfs(abroad, likely, fold(name))):
            return likely
        if abroad is not None:
            return abroad
        for code in () if strict else countries:
            alike = [entry for entry in self.alike(name, code) if _fits(entry, kind)]
            if alike:
                return _likeliest(alike, kind, near)
        return None

    def _named_countries(self) -> dict[str, str]:
        is_country = pc.equal(self._places.field("kind"), KINDS.index("country"))
        codes, names = (self._places.field(column).filter(is_country).to_pylist() for column in ("country", "name"))
        return dict(zip(codes, names, strict=True))

    def _entries(self, indexes: Iterable[int]) -> list[Entry]:
        return sorted(map(self._entry, indexes), key=lambda entry: (-entry.population, entry.place_id))

    def _read(self, index: int) -> Entry:
        row = self._places[index].as_py()
        return Entry(**{**row, "kind": KINDS[row["kind"]]})


class _Index:
    """Sorted marks and the places filed under them, read in place."""

    def __init__(self, pairs: pa.StructArray) -> None:
        self._marks = _words(pairs.field("mark"), 8)
        self._places = _words(pairs.field("place"), 4)

    def at(self, wanted: int) -> list[int]:
        """Return the places filed under a mark, in order."""
        at = bisect_left(self._marks, wanted)
        found = []
        while at < len(self._marks) and self._marks[at] == wanted:
            found.append(self._places[at])
            at += 1
        return found


def _words(array: pa.Array, size: int) -> memoryview:
    """Return an Arrow array of unsigned integers of 4 or 8 bytes as it lies in memory."""
    data = array.buffers()[1]
    raw = memoryview(b"" if data is None else data).cast("B")[: len(array) * size]
    return raw.cast("Q") if size == 8 else raw.cast("I")


def _fits(entry: Entry, kind: str | None) -> bool:
    """Whether the place may be what the words call it: a "province" is a province, a "town" is no country."""
    if kind == "admin1":
        return entry.kind in ("admin1", "area")
    if kind == "camp":
        return entry.kind == "camp"
    if kind in ("quarter", "area", "district"):
        return entry.kind in ("quarter", "area", "city")
    return kind is None or entry.kind not in ("country", "admin1")


def _likeliest_inside(
    entries: Sequence[Entry], kind: str | None, countries: Sequence[str], near: Point | None
) -> Entry | None:
    """Return the likeliest place in the first of the countries that has one, unless a later one has a far larger."""
    best: Entry | None = None
    for country in countries:
        here = [entry for entry in entries if entry.country == country]
        likely = _likeliest(here, kind, near) if here else None
        if likely is not None and (best is None or likely.weight >= _DOMINANT * best.weight):
            best = likely
    return best


def _likeliest(entries: Sequence[Entry], kind: str | None, near: Point | None) -> Entry | None:
    """Return the one of these places of one country that is meant; None where two are as likely and far apart."""

    def rank(entry: Entry) -> tuple[bool, bool, bool, int, int, str]:
        far = near is not None and kilometres(near, entry.point) > _NEAR_KM
        wide = (entry.kind == "admin1") != (kind == "admin1")
        return far, wide, not entry.curated, _KIND_ORDER.index(entry.kind), -entry.population, entry.place_id

    first, *others = sorted(entries, key=rank)
    alike = [first, *(other for other in others if rank(other)[:4] == rank(first)[:4] and _as_large(other, first))]
    if near is not None:
        return min(alike, key=lambda entry: kilometres(near, entry.point))
    return first if all(kilometres(first.point, other.point) <= _SAME_KM for other in alike) else None


def _as_large(one: Entry, other: Entry) -> bool:
    return 2 * one.weight > other.weight


def _outstanding(entries: Sequence[Entry], folded: str, kind: str | None) -> Entry | None:
    """Return the place that everybody means by the name, None where there is none.

    Inside its own country a city comes before the province named after it; every namesake in another country must be
    outweighed, whether a city or a province that bears this very name.
    """
    notable = [entry for entry in entries if entry.notable(folded, kind)]
    if not notable:
        return None
    best = max(notable, key=lambda entry: ((entry.kind == "admin1") == (kind == "admin1"), entry.curated, entry.weight))
    if any(_rivals(best, other, folded) for other in entries):
        return None
    return _likeliest([entry for entry in notable if entry.country == best.country], kind, None)


def _dwarfs(abroad: Entry, here: Entry, folded: str) -> bool:
    """Whether everybody would think of the place abroad first, whatever country the report speaks of: Bogotá in Colombia."""
    return not here.curated and abroad.called(folded) and abroad.weight >= _DWARFING * here.weight


def _rivals(best: Entry, other: Entry, folded: str) -> bool:
    """Whether a report that gives only this name might as well mean the other place, abroad.

    A place on marsad's own list need only be as large as one that is not, and a place that merely also bears the name
    does not rival one that is called by it.
    """
    if other.country == best.country:
        return False
    if not other.called(folded) and (best.called(folded) or other.kind == "admin1"):
        return False
    margin = 1 if best.curated and not other.curated else _DOMINANT
    return margin * other.weight > best.weight


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the distance in kilometres along a great circle between two points (latitude, longitude).

    >>> round(kilometres((35.95, 39.01), (33.51, 36.29)))
    368
    """
    a, b = math.radians(one[0]), math.radians(other[0])
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(other[1] - one[1]) / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(half)))
