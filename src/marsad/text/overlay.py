"""Lists of places laid over a gazetteer: a place that both know is one place, what only the list knows is added."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from marsad.model import Wrong
from marsad.stage import Rejection
from marsad.text.entry import Point
from marsad.text.gazetteer import Gazetteer
from marsad.text.gazetteer_build import CODES, GAZETTEER, Filings, Site, index_values, key, one_row, place_row
from marsad.text.listed import PROVINCE_NAMED, Listed
from marsad.text.same_place import NAMESAKES, Known, Register, forms

VERSION = "1"
"""Changes with whatever may change what comes of the same lists and the same gazetteer."""

STAGE = "gazetteer"

_MOST_PROVINCES = 10_000
_TICK = 1000


@dataclass(slots=True)
class Laid:
    """What became of a list: places that were known already, and places that are new."""

    known: int = 0
    new: int = 0


class Overlay:
    """A gazetteer with lists being laid over it, one after the other.

    What the gazetteer knows keeps its name, point, kind and population; a list adds names and p-codes to it. One place
    it is if the ids agree; or if country and a name agree, the kinds can be one, the ids are not two of one authority,
    and the points lie within a distance that the kind allows.
    """

    def __init__(self, base: Gazetteer, places: Iterable[Listed]) -> None:
        """Start from `base`; `places` are all those that will be laid over it."""
        self._base = base
        self._register = Register(base, list(places))
        self._size = len(base)
        self._sites: list[Site] = []
        self._curated: set[int] = set()
        self._filings = Filings()
        self._admin1: dict[str, str | None] = {}

    def lay(self, places: Sequence[Listed], laid: Laid, tick: Callable[[], None] = lambda: None) -> Iterator[Rejection]:
        """Lay one list over what is there; yield a rejection for each place that has no room or no point.

        `laid` counts what became of the places; `tick` is called once for each thousand of them.
        """
        self._vote(places)
        middles = _middles(places)
        order = ("country", "admin1")
        for number, listed in enumerate(sorted(places, key=lambda p: (*order, p.kind).index(p.kind))):
            if number % _TICK == 0:
                tick()
            named = forms(listed)
            at = self._register.find(listed, named, listed.point or middles.get(listed.place_id))
            if at is not None:
                laid.known += 1
            else:
                fault = self._fault(listed, middles)
                if fault is not None:
                    yield fault
                    continue
                at = self._add(listed, listed.point or middles[listed.place_id])
                laid.new += 1
            self._enrich(at, listed, named)

    def batch(self, metadata: Mapping[str, str]) -> pa.RecordBatch:
        """Return the gazetteer as one row, with p-codes; the same lists give the same bytes."""
        base = self._base.batch
        codes = sorted((at, known.pcode) for at, known in self._register.known.items() if known.pcode is not None)
        pairs = [self._filings.names, self._filings.bare, self._filings.skeletons]
        code_values = pa.array([{"place": at, "pcode": pcode} for at, pcode in codes], CODES.type.value_type)
        columns = [
            one_row(self._all_places(), GAZETTEER.field("places").type),
            *(
                one_row(_merged(base.column(name).values, new), GAZETTEER.field(name).type)
                for name, new in zip(("names", "bare", "skeletons"), pairs, strict=True)
            ),
            base.column("words"),
            one_row(code_values, CODES.type),
        ]
        return pa.RecordBatch.from_arrays(columns, schema=GAZETTEER.append(CODES).with_metadata(dict(metadata)))

    def _vote(self, places: Iterable[Listed]) -> None:
        """Learn what the gazetteer calls the list's provinces from the places that both know by id."""
        votes: dict[str, Counter[str]] = {}
        for listed in places:
            at = self._register.at(listed.place_id)
            admin1 = None if at is None else self._register.known[at].admin1
            if listed.province is not None and admin1 is not None:
                votes.setdefault(listed.province, Counter())[admin1] += 1
        for province, names in votes.items():
            self._admin1.setdefault(province, min(names, key=lambda name: (-names[name], name)))

    def _fault(self, listed: Listed, middles: Mapping[str, Point]) -> Rejection | None:
        """Return why a place that is not known cannot be added, None where it can."""
        if listed.kind == "country" or (listed.point is None and listed.place_id not in middles):
            rule = f"has no point, and {listed.country} has no known place of this name and kind ({listed.kind})"
            remedy = "add columns lat and lon, or import the GeoNames dump of the country too"
        elif self._register.full(listed.country, key(listed.name)):
            rule = f"is the name of {NAMESAKES:,} places of {listed.country} already"
            remedy = "leave out rows that no report can mean"
        else:
            return None
        return Rejection(listed.where, STAGE, str(Wrong(listed.where, listed.name, rule, remedy)), listed.name)

    def _add(self, listed: Listed, point: Point) -> int:
        at = self._size + len(self._sites)
        admin1 = self._province_of(listed)
        self._sites.append(
            Site(
                place_id=listed.place_id,
                name=listed.name,
                name_ar=listed.name_ar,
                country=listed.country,
                admin1=admin1,
                latitude=point[0],
                longitude=point[1],
                kind=listed.kind,
                population=listed.population,
                precision=listed.precision,
                names=(),
                curated=listed.curated,
            )
        )
        self._register.known[at] = Known(listed.place_id, listed.country, listed.kind, point, admin1)
        return at

    def _province_of(self, listed: Listed) -> str | None:
        """Return what the gazetteer calls the province that a place lies in, or is."""
        if listed.province is None:
            return None
        if listed.province.startswith(PROVINCE_NAMED):
            return self._called(listed.country, listed.province.removeprefix(PROVINCE_NAMED))
        if listed.province not in self._admin1:
            if len(self._admin1) >= _MOST_PROVINCES:
                return None
            self._admin1[listed.province] = listed.name if listed.kind == "admin1" else None
        return self._admin1[listed.province]

    def _called(self, country: str, name: str) -> str | None:
        """Return what the gazetteer calls a province of this name, None where it has none: one's own words are private."""
        found = {self._register.known[at].admin1 for at in self._register.provinces(country, [name])}
        return found.pop() if len(found) == 1 else None

    def _enrich(self, at: int, listed: Listed, named: Sequence[str]) -> None:
        """Give the place at a position the id, the names (as filed) and the p-code that the list has for it."""
        known = self._register.known[at]
        self._register.identify(at, listed.place_id)
        if listed.kind == "admin1" and listed.province is not None and known.admin1 is not None:
            self._admin1.setdefault(listed.province, known.admin1)
        if listed.curated:
            self._curated.add(at)
        known.pcode = known.pcode or listed.pcode
        every = [*named, *([] if listed.pcode is None else [key(listed.pcode)])]
        self._filings.file([form for form in every if self._register.name(at, listed.country, form)], known.country, at)

    def _all_places(self) -> pa.StructArray:
        kind = GAZETTEER.field("places").type.value_type
        old = self._base.batch.column("places").values
        new = pa.array([place_row(site) for site in self._sites], kind)
        columns = [pa.concat_arrays([old.field(field.name), new.field(field.name)]) for field in kind]
        if self._curated:
            listed = pa.array([at in self._curated for at in range(len(old) + len(new))])
            at = kind.get_field_index("curated")
            columns[at] = pc.or_(columns[at], listed)
        return pa.StructArray.from_arrays(columns, fields=list(kind))


def _middles(places: Iterable[Listed]) -> dict[str, Point]:
    """Return the middle of the units below each unit, for those whose own point the list does not tell."""
    points: dict[str, list[Point]] = {}
    for listed in reversed(list(places)):  # units below come after those they lie in
        if listed.parent is None:
            continue
        point = listed.point or _middle(points.get(listed.place_id, []))
        if point is not None:
            points.setdefault(listed.parent, []).append(point)
    return {place_id: middle for place_id, below in points.items() if (middle := _middle(below)) is not None}


def _middle(points: Sequence[Point]) -> Point | None:
    if not points:
        return None
    latitude, longitude = (sum(values) / len(points) for values in zip(*points, strict=True))
    return round(latitude, 4), round(longitude, 4)


def _merged(old: pa.StructArray, new: Iterable[tuple[int, int]]) -> pa.StructArray:
    """Return an index with further pairs, sorted, each pair once."""
    both = pa.concat_arrays([old, index_values(new)])  # sorted together, so what is new need not be
    order = pc.sort_indices(
        pa.table({"mark": both.field("mark"), "place": both.field("place")}),
        [("mark", "ascending"), ("place", "ascending")],
    )
    columns = [both.field(name).take(order) for name in ("mark", "place")]
    if len(order):
        changed = [pc.not_equal(column.slice(1), column.slice(0, len(order) - 1)) for column in columns]
        first = pa.concat_arrays([pa.array([True]), pc.or_(*changed)])
        columns = [column.filter(first) for column in columns]
    return pa.StructArray.from_arrays(columns, fields=list(old.type))
