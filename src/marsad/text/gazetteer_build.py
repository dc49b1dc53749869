"""A gazetteer made from places: one Arrow batch that a file can hold and a process can map."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyarrow as pa

from marsad.text.normal import bare, fold, skeleton

KINDS = ("country", "admin1", "city", "quarter", "area", "camp", "district", "village")
"""What a place is; the index holds the position in this tuple, so a new kind goes to the end.

A village is a settlement that nobody counted, or counted few in; lists of one's own bring such places."""

SHORTEST_SKELETON = 4
"""Fewer consonants than this match too many names to tell anything."""

_LONGEST_ABBREVIATION = 5

_INDEX = pa.list_(
    pa.struct([pa.field("mark", pa.uint64(), nullable=False), pa.field("place", pa.uint32(), nullable=False)])
)
_PLACE = pa.struct(
    [
        pa.field("place_id", pa.string(), nullable=False),
        pa.field("name", pa.string(), nullable=False),
        pa.field("name_ar", pa.string()),
        pa.field("country", pa.string(), nullable=False),
        pa.field("admin1", pa.dictionary(pa.int16(), pa.string())),
        pa.field("latitude", pa.float64(), nullable=False),
        pa.field("longitude", pa.float64(), nullable=False),
        pa.field("kind", pa.int8(), nullable=False),
        pa.field("population", pa.int32(), nullable=False),
        pa.field("precision", pa.int8(), nullable=False),
        pa.field("curated", pa.bool_(), nullable=False),
    ]
)
_WORD = pa.struct([pa.field("word", pa.string(), nullable=False), pa.field("country", pa.string(), nullable=False)])

GAZETTEER = pa.schema(
    [
        pa.field("places", pa.list_(_PLACE), nullable=False),
        pa.field("names", _INDEX, nullable=False),
        pa.field("bare", _INDEX, nullable=False),
        pa.field("skeletons", _INDEX, nullable=False),
        pa.field("words", pa.list_(_WORD), nullable=False),
    ]
)
"""One row: the places, three sorted indexes into them, and the words that mean a country."""

CODES = pa.field(
    "pcodes",
    pa.list_(
        pa.struct([pa.field("place", pa.uint32(), nullable=False), pa.field("pcode", pa.string(), nullable=False)])
    ),
    nullable=False,
)
"""The p-codes that places have, by position; only the gazetteer of an observatory with lists of its own has them."""


@dataclass(frozen=True, slots=True)
class Site:
    """A place as it goes into a gazetteer: what it is, where, and every name it is known by.

    `country` is ISO 3166-1 alpha-2, `kind` one of KINDS, `population` 0 where nobody counted, `precision` UCDP's
    where_prec of a claim placed there. `curated` says that a person put it on marsad's own list.

    Raises ValueError for another kind, a point off the globe, or a precision that is not 1 to 7.
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
    names: tuple[str, ...]
    curated: bool = False

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"place {self.name}: kind {self.kind!r} is not one of {', '.join(KINDS)}")
        if not (-90 <= self.latitude <= 90 and -180 <= self.longitude <= 180):
            raise ValueError(f"place {self.name}: point {self.latitude}, {self.longitude} is not on the globe")
        if not 1 <= self.precision <= 7:
            raise ValueError(f"place {self.name}: where_prec {self.precision} is not 1 to 7")


def mark(*parts: str) -> int:
    """Return the 64-bit mark under which a name is filed; the same on every machine.

    >>> mark("raqqa") == mark("raqqa"), mark("SY", "rk") == mark("S", "Yrk")
    (True, False)
    """
    return int.from_bytes(hashlib.blake2b("\x1f".join(parts).encode(), digest_size=8).digest(), "little")


def key(name: str) -> str:
    """Return the form under which a name is filed: folded, but an abbreviation in capitals as it stands, stops removed.

    >>> key("U.S."), key("us"), key("Raqqa")
    ('US', 'us', 'raqqa')
    """
    letters = name.replace(".", "")
    return letters if len(letters) <= _LONGEST_ABBREVIATION and letters.isascii() and letters.isupper() else fold(name)


def gazetteer_batch(
    sites: Iterable[Site], country_words: Mapping[str, str], metadata: Mapping[str, str] | None = None
) -> pa.RecordBatch:
    """Return the gazetteer of these places as one row of schema GAZETTEER; the same input gives the same bytes.

    `country_words` maps words that mean a country ("Syrian", "سوري") to its code. `metadata` is kept in the schema.
    """
    filings = Filings()
    rows: list[dict[str, object]] = []
    for index, site in enumerate(sites):
        rows.append(place_row(site))
        filings.file({key(name) for name in (site.name, *site.names)} - {""}, site.country, index)
    words = sorted({key(word): country for word, country in country_words.items()}.items())
    columns = [
        pa.array([rows], GAZETTEER.field("places").type),
        *(_index(pairs) for pairs in (filings.names, filings.bare, filings.skeletons)),
        pa.array([[{"word": word, "country": country} for word, country in words]], GAZETTEER.field("words").type),
    ]
    return pa.RecordBatch.from_arrays(columns, schema=GAZETTEER.with_metadata(dict(metadata or {})))


class Filings:
    """Under which marks places are filed: (mark, position of the place), by name, by name without article, by consonants."""

    def __init__(self) -> None:
        self.names: set[tuple[int, int]] = set()
        self.bare: set[tuple[int, int]] = set()
        self.skeletons: set[tuple[int, int]] = set()

    def file(self, forms: Iterable[str], country: str, index: int) -> None:
        """File the place at this position, which lies in this country, under each of these forms of names (see `key`)."""
        for name in forms:
            self.names.add((mark(name), index))
            if name.isupper():
                continue
            if bare(name) != name:
                self.bare.add((mark(bare(name)), index))
            consonants = skeleton(name)
            if len(consonants) >= SHORTEST_SKELETON:
                self.skeletons.add((mark(country, consonants), index))


def place_row(site: Site) -> dict[str, object]:
    """Return the place as a row of the gazetteer."""
    return {
        "place_id": site.place_id,
        "name": site.name,
        "name_ar": site.name_ar,
        "country": site.country,
        "admin1": site.admin1,
        "latitude": site.latitude,
        "longitude": site.longitude,
        "kind": KINDS.index(site.kind),
        "population": site.population,
        "precision": site.precision,
        "curated": site.curated,
    }


def index_values(pairs: Iterable[tuple[int, int]]) -> pa.StructArray:
    """Return (mark, place) pairs as an index holds them, in the order given."""
    given = list(pairs)
    marks, places = zip(*given, strict=True) if given else ((), ())
    columns = [pa.array(marks, pa.uint64()), pa.array(places, pa.uint32())]
    return pa.StructArray.from_arrays(columns, fields=list(_INDEX.value_type))


def one_row(values: pa.Array, kind: pa.ListType) -> pa.ListArray:
    """Return a column of one row that holds all these values."""
    return pa.ListArray.from_arrays(pa.array([0, len(values)], pa.int32()), values, type=kind)


def _index(pairs: set[tuple[int, int]]) -> pa.ListArray:
    return one_row(index_values(sorted(pairs)), _INDEX)
