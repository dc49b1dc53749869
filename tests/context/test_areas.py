"""Areas out of places: what they say together, how unsure it is, and nothing where no place lies."""

from hypothesis import given
from hypothesis import strategies as st

from marsad.context.areas import Point, areas_of, inside

SQUARE = [[[0.0, 0.0], [4.0, 0.0], [4.0, 4.0], [0.0, 4.0], [0.0, 0.0]]]
HOLED = [SQUARE[0], [[1.0, 1.0], [3.0, 1.0], [3.0, 3.0], [1.0, 3.0], [1.0, 1.0]]]


def test_an_area_of_one_place_says_what_that_place_says() -> None:
    """With all of its doubt."""
    [area] = areas_of([Point("a", 1, 1, (("IS", 0.6),))], lambda _: "cell")
    assert (area.party, area.shares, area.unsure, area.places) == ("IS", (("IS", 0.6),), 0.4, 1)


def test_places_that_disagree_make_an_area_unsure() -> None:
    """Half and half is as unsure as it gets between two; the one that differs is counted."""
    points = [Point("a", 1, 1, (("IS", 1.0),)), Point("b", 1, 2, (("Army", 1.0),)), Point("c", 1, 3, (("IS", 1.0),))]
    [area] = areas_of(points, lambda _: "cell")
    assert (area.party, area.disagreeing, area.places) == ("IS", 1, 3)
    assert 0.3 < area.unsure < 0.34


def test_one_town_says_little_of_its_province() -> None:
    """Three silent places beside it leave three quarters unknown."""
    [area] = areas_of([Point("a", 1, 1, (("IS", 1.0),))], lambda _: "province", silent=3)
    assert (area.shares, area.unsure) == ((("IS", 0.25),), 0.75)


def test_of_places_of_which_nobody_speaks_no_area_is_made() -> None:
    """Unknown is not drawn, and a place of no unit is in none."""
    assert areas_of([Point("a", 1, 1, ())], lambda _: "cell") == []
    assert areas_of([Point("a", 1, 1, (("IS", 1.0),))], lambda _: None) == []


@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from(["IS", "Army"]), st.floats(0.01, 1)), max_size=9))
def test_shares_of_an_area_never_exceed_it(told: list[tuple[str, str, float]]) -> None:
    """Whoever holds what."""
    points = [Point(str(n), 1, 1, ((party, share),)) for n, (_, party, share) in enumerate(told)]
    units = {str(n): unit for n, (unit, _, _) in enumerate(told)}
    for area in areas_of(points, lambda p: units[p.key]):
        assert sum(share for _, share in area.shares) <= 1.001
        assert 0 <= area.unsure <= 1


def test_a_point_in_a_hole_is_outside() -> None:
    """A province around another one."""
    assert inside(0.5, 0.5, [HOLED])
    assert not inside(2, 2, [HOLED])
    assert inside(2, 2, [SQUARE])
    assert not inside(5, 2, [SQUARE])
