"""A gazetteer made from places: one Arrow batch that a file can hold and a process can map."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyarrow as pa

from marsad.text.normal import bare, fold, skeleton

KINDS = ("country", "admin1", "city", "quarter", "area", "camp")
"""What a place is; the index holds the position in this tuple."""

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
    names: set[tuple[int, int]] = set()
    without: set[tuple[int, int]] = set()
    skeletons: set[tuple[int, int]] = set()
    rows: list[dict[str, object]] = []
    for index, site in enumerate(sites):
        rows.append(_row(site))
        for name in {key(name) for name in (site.name, *site.names)} - {""}:
            names.add((mark(name), index))
            if name.isupper():
                continue
            if bare(name) != name:
                without.add((mark(bare(name)), index))
            consonants = skeleton(name)
            if len(consonants) >= SHORTEST_SKELETON:
                skeletons.add((mark(site.country, consonants), index))
    words = sorted({key(word): country for word, country in country_words.items()}.items())
    columns = [
        pa.array([rows], GAZETTEER.field("places").type),
        *(_index(pairs) for pairs in (names, without, skeletons)),
        pa.array([[{"word": word, "country": country} for word, country in words]], GAZETTEER.field("words").type),
    ]
    return pa.RecordBatch.from_arrays(columns, schema=GAZETTEER.with_metadata(dict(metadata or {})))


def _row(site: Site) -> dict[str, object]:
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


def _index(pairs: set[tuple[int, int]]) -> pa.ListArray:
    marks, places = zip(*sorted(pairs), strict=True) if pairs else ((), ())
    values = pa.StructArray.from_arrays(
        [pa.array(marks, pa.uint64()), pa.array(places, pa.uint32())], fields=list(_INDEX.value_type)
    )
    return pa.ListArray.from_arrays(pa.array([0, len(marks)], pa.int32()), values, type=_INDEX)
