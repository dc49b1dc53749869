"""In which country a report plays that names none."""

from datetime import date

import pytest

from marsad.extract.read import claims_in
from marsad.model import Claim, ReportId, Text
from marsad.pipeline.assets import gazetteer_path
from marsad.text.gazetteer import Gazetteer


@pytest.fixture(scope="module")
def shipped() -> Gazetteer:
    """Return the gazetteer that marsad ships."""
    return Gazetteer.open(gazetteer_path())


def countries(text: str, gazetteer: Gazetteer) -> set[str | None]:
    """Return the countries in which the claims of a text lie."""
    report = Text(ReportId("r"), text, date(2023, 3, 6), None, "en")
    found = [claim for claim in claims_in(report, gazetteer) if isinstance(claim, Claim)]
    return {claim.place.country if claim.place else None for claim in found}


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("The toll of the car bomb has reached 24, Beledweyne General Hospital said on Monday.", "SO"),
        ("A bomb killed seven people on the road between Balcad and Jowhar on Thursday.", "SO"),
        ("A shell killed seven people near Nouna on Thursday.", "BF"),
    ],
)
def test_its_towns_tell_the_country(text: str, country: str, shipped: Gazetteer) -> None:
    """A paper of the country leaves its name out: one town that no other country has is enough."""
    assert countries(text, shipped) == {country}


def test_a_report_that_names_a_country_is_not_moved_by_one_name(shipped: Gazetteer) -> None:
    """Hamar Jajab is a quarter of Mogadishu, whatever town in Norway is called Hamar."""
    text = "Shells killed four people in Hamar Jajab on Tuesday, a day after Somali police shot a man."
    assert "NO" not in countries(text, shipped)


def test_names_that_no_town_has_tell_nothing(shipped: Gazetteer) -> None:
    """A village that no list has lies nowhere, and a person is no town."""
    assert countries("Nine people were killed near Vuhesi on Monday, Ida Zorvath said.", shipped) == {None}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The ELN killed nine people on Friday.", {"CO"}),
        ("Al-Shabaab fighters killed nine soldiers on Friday.", {None}),
        ("The ELN and Hamas killed nine people on Friday.", {None}),
    ],
)
def test_who_fights_in_one_country_alone_tells_it(text: str, told: set[str | None], shipped: Gazetteer) -> None:
    """A group of one country tells where a report plays that names no place; one of several does not, nor two of two."""
    assert countries(text, shipped) == told


def test_a_short_name_tells_no_country(shipped: Gazetteer) -> None:
    """ "The Observatory" is Syria's in reports of Syria alone."""
    assert countries("Nine people were killed on Friday, the Observatory said.", shipped) == {None}
