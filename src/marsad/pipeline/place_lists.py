"""Lists of places read and laid over the gazetteer that marsad ships: the gazetteer of one observatory."""

import gc
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path

import pyarrow as pa

from marsad import __version__
from marsad.collect.geonames import Further, dump, further_names
from marsad.collect.own_places import own_places
from marsad.collect.pcodes import units
from marsad.collect.place_files import lines_of
from marsad.collect.place_rows import Countries, Found, cells, within_reason
from marsad.model import ListKind, PlaceList
from marsad.model.rows import canonical_json
from marsad.stage import Rejection
from marsad.text import overlay
from marsad.text.gazetteer import Gazetteer
from marsad.text.listed import Listed
from marsad.text.overlay import Laid, Overlay

Progress = Callable[[str, int | None], AbstractContextManager[Callable[[], None]]]
"""Shows how a part of the work goes on: its name and how many steps it has; gives what is called at each step."""

STAMP, LISTS = "stamp", "lists"
"""Metadata of an observatory's gazetteer: what it was made from, and what became of each list, as JSON."""

_KINDS = tuple(ListKind)
_THOUSAND = 1000


def unseen(_name: str, _steps: int | None) -> AbstractContextManager[Callable[[], None]]:
    """Show no progress."""
    return nullcontext(lambda: None)


@dataclass(slots=True)
class Part:
    """What became of one list: places that it has, of them `known` and `new`, rows passed over, and rejections.

    For a list of further names, places are those that got names from it.
    """

    given: PlaceList
    places: list[Listed] = field(default_factory=list)
    laid: Laid = field(default_factory=Laid)
    passed_over: int = 0
    rejections: list[Rejection] = field(default_factory=list)
    further: Mapping[str, Further] = field(default_factory=dict)

    @property
    def usable(self) -> int:
        """How many places the gazetteer has by this list, or knows better by it."""
        return self.laid.known + self.laid.new

    def counts(self) -> dict[str, object]:
        """Return the counts of the list with what tells it from others."""
        return {
            "evidence": self.given.evidence,
            "country": self.given.country,
            "known": self.laid.known,
            "new": self.laid.new,
            "passed_over": self.passed_over,
            "rejected": len(self.rejections),
        }


def stamp(base: Path, lists: Sequence[PlaceList]) -> str:
    """Return what names the gazetteer that follows from these lists over this one, with this marsad."""
    with base.open("rb") as file:
        ground = hashlib.file_digest(file, "sha256").hexdigest()
    given = [[one.evidence, one.kind.value, one.country, one.name] for one in in_order(lists)]
    made = [overlay.VERSION, __version__, pa.__version__, ground, given]
    return hashlib.sha256(canonical_json(made).encode()).hexdigest()


def in_order(lists: Sequence[PlaceList]) -> list[PlaceList]:
    """Return the lists in the order in which they are laid: by kind, and of one kind the newest first."""
    newest_first = list(reversed(lists))
    return sorted(newest_first, key=lambda given: _KINDS.index(given.kind))


def composed(
    base: Path, lists: Sequence[PlaceList], bytes_of: Callable[[PlaceList], bytes], progress: Progress = unseen
) -> tuple[pa.RecordBatch, list[Part]]:
    """Return the gazetteer of an observatory, as one row of a file, and what became of each list.

    `lists` stand in the order in which they were received. Raises Wrong where one of them cannot be read at all.
    """
    with _unswept():
        return _composed(base, lists, bytes_of, progress)


def _composed(
    base: Path, lists: Sequence[PlaceList], bytes_of: Callable[[PlaceList], bytes], progress: Progress
) -> tuple[pa.RecordBatch, list[Part]]:
    ground = Gazetteer.open(base)
    parts = [_read(given, bytes_of, ground, progress) for given in in_order(lists) if given.kind is not ListKind.NAMES]
    wanted = {listed.place_id: None for part in parts for listed in part.places}
    names = [_read_names(one, bytes_of, wanted, progress) for one in in_order(lists) if one.kind is ListKind.NAMES]
    overlaid = Overlay(ground, [listed for part in parts for listed in part.places])
    for part in parts:
        with progress(f"Laying {part.given.name} over the gazetteer", None) as tick:
            places = [_named(listed, names) for listed in part.places]
            part.rejections += overlaid.lay(places, part.laid, tick)
        part.places = []
    every = [*parts, *names]
    counts = json.dumps([part.counts() for part in every], ensure_ascii=False)
    return overlaid.batch({STAMP: stamp(base, lists), LISTS: counts}), every


@contextmanager
def _unswept() -> Iterator[None]:
    """Look for no garbage meanwhile: among millions of rows there is none, and looking took a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _read(given: PlaceList, bytes_of: Callable[[PlaceList], bytes], ground: Gazetteer, progress: Progress) -> Part:
    part = Part(given)
    countries = Countries(ground.country_codes(), ground.country_of, given.country)
    with progress(f"Reading {given.name}, a thousand rows a step", None) as tick:
        lines = _ticking(lines_of(bytes_of(given), given.name), tick)
        for item in within_reason(_found(given, lines, countries), given.name):
            if item is None:
                part.passed_over += 1
            elif isinstance(item, Rejection):
                part.rejections.append(item)
            else:
                part.places.append(item)
    return part


def _found(given: PlaceList, lines: Iterator[str], countries: Countries) -> Iterator[Found | None]:
    if given.kind is ListKind.GEONAMES:
        return dump(lines, given.name, countries)
    rows = cells(lines, given.name)
    return units(rows, countries) if given.kind is ListKind.PCODES else own_places(rows, countries, given.name)


def _read_names(
    given: PlaceList, bytes_of: Callable[[PlaceList], bytes], wanted: Mapping[str, None], progress: Progress
) -> Part:
    with progress(f"Reading {given.name}, a thousand rows a step", None) as tick:
        lines = _ticking(lines_of(bytes_of(given), given.name), tick)
        further, rejections, passed = further_names(lines, given.name, wanted)
    return Part(given, laid=Laid(known=len(further)), passed_over=passed, rejections=rejections, further=further)


def _named(listed: Listed, names: Sequence[Part]) -> Listed:
    """Return the place with its further names."""
    for part in names:
        further = part.further.get(listed.place_id)
        if further is not None:
            name_ar = further.name_ar or listed.name_ar
            listed = replace(listed, name_ar=name_ar, names=tuple(dict.fromkeys((*listed.names, *further.names))))
    return listed


def _ticking(lines: Iterator[str], tick: Callable[[], None]) -> Iterator[str]:
    for number, line in enumerate(lines, 1):
        if number % _THOUSAND == 0:
            tick()
        yield line
