"""Which places of two lists are one: a register of places, asked for the one that a list means."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from marsad.text.entry import Point
from marsad.text.gazetteer import Gazetteer
from marsad.text.gazetteer_build import KINDS, key
from marsad.text.likeliest import kilometres
from marsad.text.listed import Listed
from marsad.text.normal import bare, fold, skeleton

NAMESAKES = 1000
"""Places of one country that may share a name; no country has so many, and each is looked at when the name is read."""

_SETTLEMENTS = frozenset({"city", "village", "quarter", "camp"})
_WITHIN_KM = {**dict.fromkeys(_SETTLEMENTS, 10.0), "area": 50.0, "district": 50.0, "admin1": 300.0}
"""How far apart two lists may put one place: a settlement, the middle of a district, that of a province."""

_COMPARED = 200
"""Namesakes among which a place is looked for; of a name that more bear thereabouts, only an id tells which is meant."""

_FEW = 16
"""Namesakes up to which all are looked at; of more, for a settlement, only those in the same and the neighbouring cells."""

_CELL = 0.25
"""Degrees: a settlement is looked for within 10 km, which one cell holds up to a latitude of 68."""


@dataclass(slots=True)
class Known:
    """A place that the gazetteer has, or was given by an earlier list, and whose number its id is."""

    place_id: str
    country: str
    kind: str
    point: Point
    admin1: str | None
    pcode: str | None = None
    authority: str = field(init=False)

    def __post_init__(self) -> None:
        self.authority = _authority(self.place_id)

    def may_be(self, listed: Listed, authority: str) -> bool:
        """Return whether kind, country, authority and p-code allow that the listed place is this one."""
        if self.country != listed.country or self.authority == authority:
            return False
        if self.kind != listed.kind and not (self.kind in _SETTLEMENTS and listed.kind in _SETTLEMENTS):
            return False
        return self.pcode is None or listed.pcode is None or self.pcode == listed.pcode


class Register:
    """The places of a gazetteer, by position, with those that lists add; only what the lists can mean is held."""

    def __init__(self, base: Gazetteer, places: Sequence[Listed]) -> None:
        """Start with the places of `base` that lie in the countries of `places`, or have the id of one of them."""
        self._base = base
        self.known = _known(base, places)
        self._by_id = {known.place_id: at for at, known in self.known.items()}
        self._named: dict[tuple[str, str], _Namesakes] = {}
        self._provinces = _by_sound(base, self.known)

    def at(self, place_id: str) -> int | None:
        """Return the position of the place with this id, None where there is none."""
        return self._by_id.get(place_id)

    def find(self, listed: Listed, named: Sequence[str], point: Point | None) -> int | None:
        """Return the position of the place that a listed one is, None where it is none that is known.

        `named` are the forms under which it would be filed, `point` where it lies as far as that is known.
        Without a point, a place is found only if there is no other of its name and kind.
        """
        at = self.at(listed.place_id)
        if at is not None or listed.kind == "country":
            return at if at is not None else self.at(f"iso:{listed.country}")
        near = list(self._near(listed, point, self._namesakes(listed, named, point)))
        if not near and listed.kind == "admin1":
            near = list(self._near(listed, point, self.provinces(listed.country, listed.names)))
        return min(near)[1] if near and (point is not None or len(near) == 1) else None

    def provinces(self, country: str, names: Iterable[str]) -> set[int]:
        """Return the positions of the gazetteer's provinces that sound like one of these names."""
        return {at for sound in _sounds(names) for at in self._provinces.get((country, sound), ())}

    def identify(self, at: int, place_id: str) -> None:
        """Note that the place at this position goes by this id, too."""
        self._by_id[place_id] = at

    def full(self, country: str, form: str) -> bool:
        """Return whether as many places of a country bear a name as may."""
        here = self._named.get((country, form))
        return here is not None and len(here.every) >= NAMESAKES

    def name(self, at: int, country: str, form: str) -> bool:
        """Note that the place at this position bears a name; return whether there was room for it."""
        here = self._named.setdefault((country, form), _Namesakes())
        if at not in here.seen:
            if len(here.every) >= NAMESAKES:
                return False
            here.add(at, self.known)
        return True

    def _namesakes(self, listed: Listed, named: Sequence[str], point: Point | None) -> set[int]:
        found: set[int] = set()
        for form in named:
            here = [at for at in self._base.filed(form) if at in self.known]
            given = self._named.get((listed.country, form))
            if given is not None:
                here += given.near(point if listed.kind in _SETTLEMENTS else None)
            if len(here) <= _COMPARED:
                found.update(here)
        return found

    def _near(self, listed: Listed, point: Point | None, positions: Iterable[int]) -> Iterator[tuple[float, int]]:
        authority, most = _authority(listed.place_id), _WITHIN_KM[listed.kind]
        for at in positions:
            known = self.known[at]
            if known.may_be(listed, authority):
                distance = 0.0 if point is None else kilometres(point, known.point)
                if distance <= most:
                    yield distance, at


class _Namesakes:
    """The places that lists give one name in one country, and, where they are many, by the cell they lie in."""

    __slots__ = ("_cells", "every", "seen")

    def __init__(self) -> None:
        self.every: list[int] = []
        self.seen: set[int] = set()
        self._cells: dict[tuple[int, int], list[int]] = {}

    def add(self, at: int, known: Mapping[int, Known]) -> None:
        self.every.append(at)
        self.seen.add(at)
        if len(self.every) > _FEW:
            for one in [at] if self._cells else self.every:
                self._cells.setdefault(_cell(known[one].point), []).append(one)

    def near(self, point: Point | None) -> list[int]:
        """Return those around the point, all of them where they are few or there is no point."""
        if point is None or not self._cells:
            return self.every
        row, column = _cell(point)
        cells = ((row + down, column + right) for down in (-1, 0, 1) for right in (-1, 0, 1))
        return [at for cell in cells for at in self._cells.get(cell, ())]


def _cell(point: Point) -> tuple[int, int]:
    return math.floor(point[0] / _CELL), math.floor(point[1] / _CELL)


def forms(listed: Listed) -> list[str]:
    """Return the forms under which a place is filed, each once."""
    return list(dict.fromkeys(form for name in listed.names if (form := key(name))))


def _authority(place_id: str) -> str:
    """Return whose number an id is: "gn" of gn:172955, "own:camps" of own:camps/7."""
    return place_id.rpartition("/")[0] or place_id.partition(":")[0]


def _known(base: Gazetteer, listed: Sequence[Listed]) -> dict[int, Known]:
    places = base.batch.column("places").values
    countries = pa.array({place.country for place in listed}, pa.string())
    ids = pa.array([place.place_id for place in listed], pa.string())
    near = pc.is_in(places.field("country"), countries)
    wanted = pc.indices_nonzero(pc.or_(near, pc.is_in(places.field("place_id"), ids)))
    names = ("place_id", "country", "kind", "latitude", "longitude", "admin1")
    columns = [places.field(name).take(wanted).to_pylist() for name in names]
    codes = base.pcodes()
    return {
        at: Known(place_id, country, KINDS[kind], (latitude, longitude), admin1, codes.get(place_id))
        for at, place_id, country, kind, latitude, longitude, admin1 in zip(wanted.to_pylist(), *columns, strict=True)
    }


def _by_sound(base: Gazetteer, known: Mapping[int, Known]) -> dict[tuple[str, str], list[int]]:
    """Return the known provinces by country and by how each of their two names sounds."""
    places = base.batch.column("places").values
    found: dict[tuple[str, str], list[int]] = {}
    for at, place in known.items():
        if place.kind == "admin1":
            names = [places.field(column)[at].as_py() for column in ("name", "name_ar")]
            for sound in _sounds(name for name in names if name):
                found.setdefault((place.country, sound), []).append(at)
    return found


def _sounds(names: Iterable[str]) -> list[str]:
    """Return the forms in which names of provinces are compared: without article, and by their consonants."""
    compared = [form for name in names for form in (f"={bare(fold(name))}", skeleton(name))]
    return list(dict.fromkeys(form for form in compared if len(form) > 1))
