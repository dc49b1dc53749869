"""Where it happened is never told finer than it is known, nor where telling it endangers the living."""

import cases
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.model import Place
from marsad.publish.places import names_itself, public_code, public_place
from marsad.publish.public import SAFE_CODE

POLICY = cases.policy()
FINEST_KM = {1: 0.5, 2: 5, 3: 5, 4: 25, 5: 25, 6: 50, 7: 50}
"""Half of what two neighbouring published points may lie apart at least, by where_prec."""


@given(st.floats(-90, 90), st.floats(-180, 180), st.integers(1, 7))
def test_a_point_is_rounded_to_what_is_known(latitude: float, longitude: float, precision: int) -> None:
    """The published point lies on a grid no finer than the precision, and not far from where it was."""
    place = Place("x", "gn:1", "Raqqa", None, "SY", None, latitude, longitude, precision)
    told = public_place(place, True, POLICY)
    assert told is not None
    assert told.latitude is not None
    assert told.longitude is not None
    step = FINEST_KM[precision] * 2 / 100
    for degrees, was in ((told.latitude, latitude), (told.longitude, longitude)):
        assert abs(degrees / step - round(degrees / step)) < 1e-6
        assert abs(degrees - was) <= step / 2 + 1e-9
    assert told.precision == precision


@pytest.mark.parametrize(
    "name", ["National Hospital", "Al-Amal school", "مشفى الرقة الوطني", "Qalamoun CROSSING POINT"]
)
def test_a_sensitive_site_is_told_as_its_province(name: str) -> None:
    """No name, no point near it, and the page says that something is kept back."""
    told = public_place(Place(name, "gn:9", name, name, "SY", "Ar Raqqah", 35.9528, 39.0079, 1), True, POLICY)
    assert told is not None
    assert (told.name, told.name_ar, told.admin1, told.coarsened) == (None, None, "Ar Raqqah", True)
    assert (told.latitude, told.longitude, told.precision) == (36.0, 39.0, 4)


def test_a_name_in_the_words_of_a_report_alone_is_told_if_it_is_public_and_looks_like_one() -> None:
    """The gazetteer does not know it, so it is somebody's own words."""
    unknown = Place("Tell Qarra", None, "Tell Qarra")
    assert public_place(unknown, True, POLICY).name == "Tell Qarra"  # type: ignore[union-attr]
    assert public_place(unknown, False, POLICY).name is None  # type: ignore[union-attr]
    for own in ("house number 12 by the mill", "the place where my cousin Salim and his three sons live", "a clinic"):
        told = public_place(Place(own, None, own), True, POLICY)
        assert told is not None
        assert (told.name, told.latitude, told.coarsened) == (None, None, True)


def test_a_place_of_the_teams_own_list_is_told_as_its_province_unless_a_public_report_names_it() -> None:
    """What a team calls a place is private; its Arabic name, which the report did not write, stays so in any case."""
    own = Place("the mill", "own:7", "Nuran Mill", "طاحونة نوران", "SY", "Ar Raqqah", 35.9528, 39.0079, 1)
    hidden, told = public_place(own, False, POLICY), public_place(own, True, POLICY)
    assert hidden is not None
    assert told is not None
    assert (hidden.name, hidden.name_ar, hidden.admin1, hidden.coarsened) == (None, None, "Ar Raqqah", True)
    assert (hidden.latitude, hidden.longitude, hidden.precision) == (36.0, 39.0, 4)
    assert (told.name, told.name_ar, told.latitude, told.precision) == ("Nuran Mill", None, 35.95, 1)


@pytest.mark.parametrize(
    ("place_id", "words", "public"),
    [("own:7", "Nuran Mill", True), ("own:7", "the mill", False), ("gn:7", "the mill", True)],
)
def test_only_the_name_as_written_makes_an_own_name_public(place_id: str, words: str, public: bool) -> None:
    """A public report that calls the place otherwise does not publish what the team calls it."""
    assert names_itself(Place(words, place_id, "Nuran mill", None, "SY", None, 36.0, 39.0, 1)) is public


def test_no_place_stays_no_place() -> None:
    """Where no claim tells, nothing is told."""
    assert public_place(None, True, POLICY) is None


@given(st.text(max_size=60), st.none() | st.sampled_from(["2014-11-25"]), st.text(max_size=60), st.booleans())
def test_a_code_is_always_a_safe_file_name(code: str, day: str | None, name: str, sensitive: bool) -> None:
    """Whatever the private code is: no path, no hidden file, nothing that needs quoting."""
    place = public_place(
        Place("x", "gn:1", "clinic" if sensitive else name, None, "SY", name, 1.0, 1.0, 1), True, POLICY
    )
    assert SAFE_CODE.fullmatch(public_code(code, place, day))
    assert SAFE_CODE.fullmatch(public_code(code, None, day))


def test_a_code_does_not_tell_a_place_that_is_withheld() -> None:
    """The province and the day make the public code."""
    site = Place("National Hospital", "gn:9", "National Hospital", None, "SY", "Ar Raqqah", 35.9, 39.0, 1)
    told = public_place(site, True, POLICY)
    assert public_code("NATIONAL-HOSPITAL-2014-11-25", told, "2014-11-25") == "AR-RAQQAH-2014-11-25"
