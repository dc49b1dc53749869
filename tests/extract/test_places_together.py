"""Places that one sentence names together: which namesake is meant, and which of them the event was in."""

from datetime import date

import pytest

from marsad.extract.places_together import is_wide
from marsad.extract.read import claims_in
from marsad.model import Claim, Place, ReportId, Text
from marsad.pipeline.assets import gazetteer_path
from marsad.text.gazetteer import Gazetteer


@pytest.fixture(scope="module")
def shipped() -> Gazetteer:
    """Return the gazetteer that marsad ships."""
    return Gazetteer.open(gazetteer_path())


def places(text: str, gazetteer: Gazetteer, lang: str = "en") -> list[Place | None]:
    """Return the place of each claim that a text makes."""
    report = Text(ReportId("r"), text, date(2023, 3, 6), None, lang)
    return [claim.place for claim in claims_in(report, gazetteer) if isinstance(claim, Claim)]


@pytest.mark.parametrize(
    ("text", "province", "country"),
    [
        (
            "Nine people were killed in Al-Riyadh in Kirkuk governorate on Friday, the Iraqi army said.",
            "Kirkuk",
            "IQ",
        ),
        ("A shell killed nine people in Pokrovsk, in the Donetsk region, on Friday.", "Donetsk", "UA"),
    ],
)
def test_a_namesake_in_the_province_beside_it_is_meant(
    text: str, province: str, country: str, shipped: Gazetteer
) -> None:
    """Riyadh is a capital and Pokrovsk a town on the Volga, but not beside the name of these provinces."""
    [place] = places(text, shipped)
    assert place is not None
    assert place.found
    assert (place.admin1, place.country) == (province, country)


def test_a_village_that_no_list_has_lies_in_the_province_named_behind_it(shipped: Gazetteer) -> None:
    """Without a point, but in its province and country."""
    [place] = places("Nine people were killed in Kasanzi in Ituri province, the Congolese army said.", shipped)
    assert place is not None
    assert not place.found
    assert (place.words, place.admin1, place.country) == ("Kasanzi", "Ituri", "CD")


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Nine people were killed in the Majengo quarter of Bukavu, Congo, on Friday."),
        ("en", "Nine people were killed at the Majengo market in Bukavu, Congo, on Friday."),
        ("fr", "Neuf personnes ont été tuées au marché de Majengo à Bukavu, au Congo."),
        ("es", "Nueve personas murieron en el mercado de Majengo en Bukavu, en el Congo."),
    ],
)
def test_a_quarter_is_in_the_town_that_it_is_said_to_be_in(lang: str, text: str, shipped: Gazetteer) -> None:
    """The Majengo that a list has is a quarter of Goma, a hundred kilometres away: what is sure is the town."""
    assert [place.name for place in places(text, shipped, lang) if place] == ["Bukavu"]


def test_places_in_a_row_are_not_in_each_other(shipped: Gazetteer) -> None:
    """ "In Majengo and in Bukavu" are two places: the first stays where the list has it."""
    text = "Shells killed nine people in Majengo and in Bukavu, Congo."
    assert [place.admin1 for place in places(text, shipped) if place] == ["North Kivu"]


def test_a_town_set_into_its_province_is_the_place(shipped: Gazetteer) -> None:
    """ "Taftanaz, in Idlib": Idlib is a town, too, but here it says where Taftanaz lies."""
    text = "Shells struck Taftanaz, in Idlib, and killed nine people."
    assert [place.name for place in places(text, shipped) if place] == ["Taftanaz"]


def test_where_the_speaker_has_his_office_is_not_where_it_happened(shipped: Gazetteer) -> None:
    """A health office of Abs counts the dead of a raid on another town."""
    text = "In Haradh, Yemen, nine people were killed in a raid, said the health office of Abs."
    assert [place.words for place in places(text, shipped) if place] == ["Haradh"]


def test_who_holds_a_town_does_not_name_it(shipped: Gazetteer) -> None:
    """ "Russian-held Donetsk" is Donetsk, and not in Russia."""
    [place] = places("A drone killed nine people in Russian-held Donetsk on Friday.", shipped)
    assert place is not None
    assert (place.name, place.country) == ("Donetsk", "UA")


def test_a_heading_in_front_of_harm_is_its_place_unless_it_is_a_capital(shipped: Gazetteer) -> None:
    """ "Ménaka : …" tells where people were killed; a capital may only be where somebody says so."""
    text = "Ménaka : neuf personnes tuées dans une attaque. L'armée malienne accuse les rebelles."
    assert [place.name for place in places(text, shipped, "fr") if place] == ["Ménaka"]


def test_provinces_countries_and_unknown_places_are_wide() -> None:
    """A scene is set by a settlement; a province is where one lies."""
    town = Place("Nawa", "gn:3", "Nawa", latitude=32.89, longitude=36.04, precision=1)
    province = Place("Idlib", "ne:2", "Idlib", latitude=35.8, longitude=36.6, precision=4)
    assert [is_wide(place) for place in (town, province, Place("Tambur", None, "Tambur"))] == [False, True, True]


@pytest.mark.parametrize("led", ["en", "en el departamento de", "en el departamento colombiano de"])
def test_a_name_that_begins_with_north_is_read_whole(led: str, shipped: Gazetteer) -> None:
    """ "Norte de Santander" is a department of Colombia, and no land north of a town called Santander."""
    [place] = places(f"Nueve personas murieron {led} Norte de Santander, en Colombia.", shipped, "es")
    assert place is not None
    assert (place.name, place.precision) == ("Norte de Santander", 4)
