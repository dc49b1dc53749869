"""Where few people live, a place is told as a cell that holds enough of them, and never as a false point."""

from dataclasses import replace

import cases
import h3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.model import Place
from marsad.publish.cells import Crowds, cell_of, centre, is_cell, outline, overlap
from marsad.publish.places import public_place

POLICY = cases.policy()
HAMLET = Place("Tell Abyad", "gn:1", "Khirbet al-Ruz", "خربة الرز", "SY", "Ar Raqqah", 36.12345, 38.54321, 1)


def crowds(people: int | None, by_resolution: dict[int, int]) -> Crowds:
    """Return a country in which so many live in the place, and in a cell by its resolution."""
    return Crowds(lambda _place: people, lambda cell: by_resolution.get(h3.get_resolution(cell), 0))


def test_a_town_is_told_as_itself() -> None:
    """With as many inhabitants as the policy asks, by name and point."""
    place = public_place(HAMLET, False, POLICY, crowds(POLICY.least_population, {}))
    assert place is not None
    assert (place.name, place.cell, place.coarsened) == ("Khirbet al-Ruz", None, False)


@pytest.mark.parametrize("people", [None, 0, POLICY.least_population - 1])
def test_a_hamlet_is_told_as_the_finest_cell_with_enough_people(people: int | None) -> None:
    """No name, no code, no point of its own; nobody counted is as few."""
    place = public_place(HAMLET, False, POLICY, crowds(people, {7: 10, 6: 999, 5: 1000, 4: 50_000}))
    assert place is not None
    assert place.cell == "h3:" + h3.latlng_to_cell(36.12345, 38.54321, 5)
    assert (place.name, place.name_ar, place.precision, place.coarsened) == (None, None, 3, True)
    assert (place.latitude, place.longitude) == centre(str(place.cell))
    assert place.admin1 == "Ar Raqqah"


def test_where_no_cell_has_enough_the_province_is_told() -> None:
    """As of a sensitive place."""
    place = public_place(HAMLET, False, POLICY, crowds(3, {4: 999}))
    assert place is not None
    assert (place.name, place.cell, place.admin1, place.precision) == (None, None, "Ar Raqqah", 4)


def test_a_hamlet_that_a_public_report_names_is_told() -> None:
    """What everybody can read is no secret."""
    place = public_place(HAMLET, True, POLICY, crowds(3, {4: 5000}))
    assert place is not None
    assert place.name == "Khirbet al-Ruz"


def test_an_area_is_no_finer_than_a_cell_already() -> None:
    """A district or province is told as one."""
    place = public_place(cases.PROVINCE, False, POLICY, crowds(None, {}))
    assert place is not None
    assert (place.name, place.cell) == ("Idlib", None)


@given(st.floats(-80, 80), st.floats(-179, 179), st.lists(st.integers(0, 3000), min_size=4, max_size=4))
def test_the_cell_holds_the_place_and_enough_people(latitude: float, longitude: float, people: list[int]) -> None:
    """Wherever on earth: the finest cell of at least so many, around the place, with a closed border around its middle."""
    by_resolution = dict(zip((7, 6, 5, 4), people, strict=True))
    place = replace(HAMLET, latitude=latitude, longitude=longitude)
    cell = cell_of(place, crowds(0, by_resolution), 1000)
    enough = [resolution for resolution in (7, 6, 5, 4) if by_resolution[resolution] >= 1000]
    if not enough:
        assert cell is None
        return
    assert cell is not None
    assert is_cell(cell)
    assert h3.get_resolution(cell.removeprefix("h3:")) == enough[0]
    across = 2.2 * h3.average_hexagon_edge_length(enough[0], unit="km")
    assert h3.great_circle_distance((latitude, longitude), centre(cell), unit="km") < across
    finer = "h3:" + h3.latlng_to_cell(latitude, longitude, 9)
    assert overlap(cell, finer)
    assert overlap(finer, cell)
    assert outline(cell)[0] == outline(cell)[-1]
