"""Where few people live, a place is told as a cell that holds enough of them: the same cell for ever, never a false point."""

from collections.abc import Callable
from dataclasses import dataclass

import h3

from marsad.model import Place

FINEST, COARSEST = 7, 4
"""Resolutions of H3 cells: about 5 km² and about 1,800 km²."""

_PREFIX = "h3:"


@dataclass(frozen=True, slots=True)
class Crowds:
    """Who lives where: `of` a place (None: nobody counted) and `within` an H3 cell, as far as settlements are counted."""

    of: Callable[[Place], int | None]
    within: Callable[[str], int]


NOBODY_COUNTED = Crowds(lambda _place: None, lambda _cell: 0)
"""Without a gazetteer nothing is known of anybody: small places are then told as their province."""


def cell_of(place: Place, crowds: Crowds, least: int) -> str | None:
    """Return the finest cell around the place in which at least so many people live, as "h3:…"; None if none has.

    It depends on the place and the gazetteer alone, so it is never drawn anew.
    """
    if place.latitude is None or place.longitude is None:
        return None
    for resolution in range(FINEST, COARSEST - 1, -1):
        cell = h3.latlng_to_cell(place.latitude, place.longitude, resolution)
        if crowds.within(cell) >= least:
            return f"{_PREFIX}{cell}"
    return None


def is_cell(words: str) -> bool:
    """Whether the words name a cell.

    >>> is_cell("h3:862da8c97ffffff"), is_cell("Raqqa")
    (True, False)
    """
    return words.startswith(_PREFIX) and h3.is_valid_cell(words.removeprefix(_PREFIX))


def centre(cell: str) -> tuple[float, float]:
    """Return latitude and longitude of the middle of a cell, in degrees, to three decimals."""
    latitude, longitude = h3.cell_to_latlng(cell.removeprefix(_PREFIX))
    return round(latitude, 3) + 0.0, round(longitude, 3) + 0.0


def outline(cell: str) -> list[tuple[float, float]]:
    """Return the border of a cell as (longitude, latitude), the first point again at the end."""
    ring = [(round(x, 4), round(y, 4)) for y, x in h3.cell_to_boundary(cell.removeprefix(_PREFIX))]
    return [*ring, ring[0]]


def overlap(one: str, other: str) -> bool:
    """Whether two cells can hold one and the same place; cells of one size only if they are the same.

    A fine cell can lie across the border of the coarse one that it is refined from (H3 is no exact nesting), so those beside
    it count too.
    """
    one, other = one.removeprefix(_PREFIX), other.removeprefix(_PREFIX)
    coarse, fine = sorted((one, other), key=h3.get_resolution)
    resolution = h3.get_resolution(coarse)
    if resolution == h3.get_resolution(fine):
        return coarse == fine
    return h3.cell_to_parent(fine, resolution) in h3.grid_disk(coarse, 1)
