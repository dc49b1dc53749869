"""Where the places are that reports name: candidates for a name, and the one place it means where that can be told."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from marsad.model import Place, Wrong
from marsad.text.entry import PARTS, SETTLEMENTS, Entry, Point
from marsad.text.gazetteer_build import CODES, GAZETTEER, KINDS, SHORTEST_SKELETON, key, mark
from marsad.text.likeliest import dwarfs, fits, likeliest, likeliest_inside, outstanding
from marsad.text.normal import bare, fold, skeleton
from marsad.text.place_words import kind_and_name

_LONGEST_NAME = 120
"""No place name is longer; what is longer is not looked up."""

_LONGEST_WORDS = 480
_MOST_WIDER = 4
_REMEMBERED = 4096

_AT_LEAST = {"area": 2, "camp": 2, "district": 3, "admin1": 4}
"""UCDP's where_prec of a claim placed in the district, camp or province of a town by that name, where only the town is known."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The place that words mean, or an honest "not found", and why: `entry` and `because` are None where none is meant."""

    place: Place
    entry: Entry | None = None
    because: str | None = None


COUNTRY = "it is the country of that name"
INSIDE = "it lies in the country that the report speaks of"
DWARFING = "it is so large that it is meant even before a namesake in the country that the report speaks of"
OUTSTANDING = "it is what everybody means by the name: it outweighs every namesake"
ALIKE = "it has the same consonants and most of the letters, in the country that the report speaks of"

_Chosen = tuple[Entry, str] | None


class Gazetteer:
    """The places of the world by name. It is read from a mapped file, so many processes share one copy.

    Pickles as the path of its file.
    """

    def __init__(self, batch: pa.RecordBatch, path: Path | None = None) -> None:
        self._path = path
        self.batch = batch
        self._places = batch.column("places").values
        self._names = _Index(batch.column("names").values)
        self._bare = _Index(batch.column("bare").values)
        self._skeletons = _Index(batch.column("skeletons").values)
        self._countries = {row["word"]: row["country"] for row in batch.column("words").values.to_pylist()}
        self._entry = lru_cache(_REMEMBERED)(self._read)
        self._called = lru_cache(_REMEMBERED)(self._looked_up)
        self._country_names = self._named_countries()
        self._country_codes: frozenset[str] | None = None

    @classmethod
    def open(cls, path: Path | str) -> "Gazetteer":
        """Return the gazetteer in this file; raises Wrong where there is none or it is of another make.

        One that is open already is the same again while its file is: what was looked up in it is kept, and held once.
        """
        path = Path(path)
        if not path.is_file():
            raise Wrong("gazetteer", path, "does not exist", "build it with tools/gazetteer.py")
        stat = path.stat()
        return _opened(path, stat.st_mtime_ns, stat.st_size)

    @classmethod
    def _mapped(cls, path: Path) -> "Gazetteer":
        try:
            batch = pa.ipc.open_file(pa.memory_map(str(path))).get_batch(0)
        except (pa.ArrowException, OSError) as fault:
            raise Wrong(
                "gazetteer", path, f"cannot be read ({fault})", "build it again with tools/gazetteer.py"
            ) from None
        if not (batch.schema.equals(GAZETTEER) or batch.schema.equals(GAZETTEER.append(CODES))):
            raise Wrong("gazetteer", path, "was made by another version", "build it again with tools/gazetteer.py")
        return cls(batch, path)

    def __reduce__(self) -> tuple[Callable[..., "Gazetteer"], tuple[Any, ...]]:
        return (Gazetteer, (self.batch,)) if self._path is None else (Gazetteer.open, (self._path,))

    def __len__(self) -> int:
        """How many places it knows."""
        return len(self._places)

    def places_of(self, countries: Iterable[str], people: int) -> Iterator[Entry]:
        """Yield the places of these countries in which so many people live, in the order of the file."""
        wanted = pa.array(sorted(countries), pa.string())
        there = pc.and_(
            pc.is_in(self._places.field("country"), value_set=wanted),
            pc.greater_equal(self._places.field("population"), people),
        )
        return map(self._read, pc.indices_nonzero(there).to_pylist())

    def candidates(self, name: str) -> list[Entry]:
        """Return every place known by exactly this name, spelling variants folded; largest first, then by place_id.

        Where no place has the name as it stands, its article is left out: Raqqah finds ar-Raqqah.
        """
        return list(self._called(name[:_LONGEST_WORDS]))

    def _looked_up(self, name: str) -> tuple[Entry, ...]:
        folded = fold(name)
        if not folded or len(folded) > _LONGEST_NAME:
            return ()
        exact = self._names.at(mark(key(name))) or self._names.at(mark(folded))
        found = self._entries(exact)
        if all(entry.kind == "village" for entry in found):  # a hamlet hides no town that has an article
            without = bare(folded)
            found = self._entries({*exact, *self._bare.at(mark(without)), *self._names.at(mark(without))})
        return tuple(found)

    def filed(self, name: str) -> list[int]:
        """Return the positions of the places filed under exactly this form of a name (see `key`)."""
        return self._names.at(mark(name))

    def pcodes(self) -> dict[str, str]:
        """Return the p-codes of places by place_id; empty unless lists with p-codes were laid over this gazetteer."""
        if CODES.name not in self.batch.schema.names:
            return {}
        codes = self.batch.column(CODES.name).values
        ids = self._places.field("place_id").take(codes.field("place"))
        return dict(zip(ids.to_pylist(), codes.field("pcode").to_pylist(), strict=True))

    def alike(self, name: str, country: str) -> list[Entry]:
        """Return the places of this country whose names share this name's consonants and most of its letters.

        [] for fewer than 4 consonants: too many names are built on three. A hamlet is not among them for a single Arabic
        word: without capitals any noun might be one ("بمقتل", "in the killing of", sounds like many a village).
        """
        name = name[:_LONGEST_WORDS]
        consonants = skeleton(name)
        if not SHORTEST_SKELETON <= len(consonants) <= _LONGEST_NAME:
            return []
        found = self._entries(self._skeletons.at(mark(country, consonants)))
        lone = not name.isascii() and " " not in fold(name)
        return [
            entry
            for entry in found
            if entry.resembles(name) and not (lone and (entry.obscure or entry.kind == "village") and not entry.curated)
        ]

    def country_of(self, word: str) -> str | None:
        """Return the country that a name, an adjective or a people means ("Syria", "Syrian", "سوري"), else None."""
        word = word[:_LONGEST_WORDS]
        forms = (key(word), fold(word), bare(fold(word)))
        return next((self._countries[form] for form in forms if form in self._countries), None)

    def country_name(self, code: str) -> str:
        """Return the English name of a country by its ISO 3166-1 alpha-2 code, the code where it is not known."""
        return self._country_names.get(code, code)

    def country_codes(self) -> frozenset[str]:
        """Return the codes of the countries in which it knows a place, also of those that are no place of their own.

        Worked out when first asked for: every row of a table may ask, and there are hundreds of thousands of places to look at.
        """
        if self._country_codes is None:
            self._country_codes = frozenset(self._places.field("country").to_pylist())
        return self._country_codes

    def resolve(
        self,
        words: str,
        countries: Sequence[str] = (),
        near: Point | None = None,
        *,
        strict: bool = False,
        led: bool = False,
    ) -> Place:
        """Return the place that the words of a report mean, or a place without place_id where that cannot be told.

        `countries` are the countries the report speaks of, the likeliest first; `near` is a point (latitude,
        longitude) close to which the place probably lies. A namesake inside those countries comes before a larger one
        abroad; without them, a place is found only if it clearly outweighs every namesake. The words may name the
        kind ("Zamzam camp", "Raqqa province") and the wider place after a comma ("Douma, Lebanon"). Where `strict`, for a text
        in which capitals tell no names, a place is found only as it is spelled: "CRIMES" is no Cormes. Where `led`, the words
        before say that it is a place: then a hamlet may be meant by a name that is a word, too, in a script without capitals.
        """
        return self.answer(words, countries, near, strict=strict, led=led).place

    def answer(
        self,
        words: str,
        countries: Sequence[str] = (),
        near: Point | None = None,
        *,
        strict: bool = False,
        led: bool = False,
    ) -> Answer:
        """Return the place that `resolve` returns, with what the gazetteer has of it and why it is the one."""
        first, *wider = (part.strip() for part in words[:_LONGEST_WORDS].split(","))
        named = [code for part in wider[:_MOST_WIDER] if (code := self.country_of(part))]
        where = list(dict.fromkeys(named or countries))
        readings = kind_and_name(first)
        kind, bare_name = readings[-1]
        for _, name in readings:
            if chosen := self._known(name, kind, where, near, strict=strict, led=led):
                entry, because = chosen
                at_least = _AT_LEAST.get(kind or "", 1) if entry.kind in SETTLEMENTS else 1
                return Answer(entry.place(words, at_least), entry, because)
        if kind in _AT_LEAST and (chosen := self._known(bare_name, None, where, near, strict=strict, led=led)):
            entry, because = chosen
            return Answer(entry.place(words, at_least=_AT_LEAST[kind or ""]), entry, because)
        return Answer(Place(words, None, words))

    def _known(
        self, name: str, kind: str | None, countries: Sequence[str], near: Point | None, *, strict: bool, led: bool
    ) -> _Chosen:
        every = [entry for entry in self.candidates(name) if fits(entry, kind)]
        if kind is None and not led and not name.isascii() and " " not in fold(name) and bare(fold(name)) != fold(name):
            every = [e for e in every if not e.obscure and (e.country in countries or e.bears_article(fold(name)))]
        inside = [entry for entry in every if entry.country in countries]
        country = next((entry for entry in every if entry.kind == "country"), None)
        if country is not None and not any(entry.kind == "admin1" for entry in inside):
            return country, COUNTRY
        inside = [entry for entry in inside if entry.goes_by(fold(name))]
        likely = likeliest_inside(inside, kind, countries, near, fold(name)) if inside else None
        abroad = None if kind in PARTS and countries else outstanding(every, fold(name), kind)
        if inside and not (likely and abroad and dwarfs(abroad, likely, fold(name))):
            return None if likely is None else (likely, INSIDE)
        if abroad is not None:
            return abroad, DWARFING if inside else OUTSTANDING
        for code in () if strict else countries:
            alike = [entry for entry in self.alike(name, code) if fits(entry, kind)]
            if alike:
                best = likeliest(alike, kind, near)
                return None if best is None else (best, ALIKE)
        return None

    def _named_countries(self) -> dict[str, str]:
        """Return the names of countries by code; looked up byte by byte: Arrow's kernels take a fifth of a second to load."""
        codes, names = self._places.field("country"), self._places.field("name")
        kinds, country = bytes(_words(self._places.field("kind"), 1)), bytes([KINDS.index("country")])
        out, at = dict[str, str](), kinds.find(country)
        while at >= 0:
            out[codes[at].as_py()] = names[at].as_py()
            at = kinds.find(country, at + 1)
        return out

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
    """Return an Arrow array of integers of 1, 4 or 8 bytes as it lies in memory."""
    data = array.buffers()[1]
    raw = memoryview(b"" if data is None else data).cast("B")[: len(array) * size]
    return raw.cast("Q") if size == 8 else raw.cast("I") if size == 4 else raw


@lru_cache(maxsize=4)
def _opened(path: Path, _written: int, _size: int) -> Gazetteer:
    """Return the gazetteer in a file as it was written then; a few are kept: marsad's own and those of observatories."""
    return Gazetteer._mapped(path)
