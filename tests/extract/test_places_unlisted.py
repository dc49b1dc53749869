"""Places that no gazetteer has, and towns behind the name of their country."""

import pytest
from little_ground import read


def places(text: str, lang: str = "en") -> list[str | None]:
    """Return the name of each claim's place."""
    return [claim.place.name if claim.place else None for claim in read(text, lang)]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Nine people were killed in Tambur on Friday."),
        ("en", "Nine people were killed on Friday in Tambur, a village east of the river."),
        ("es", "Nueve personas murieron en Tambur el viernes."),
        ("fr", "Neuf personnes ont été tuées à Tambur vendredi."),
    ],
)
def test_where_people_were_killed_is_a_place_though_no_list_has_it(lang: str, text: str) -> None:
    """Its name is kept, without a point."""
    assert places(text, lang) == ["Tambur"]


@pytest.mark.parametrize(
    "text",
    [
        "Nine people were killed in Ramadan.",
        "Nine soldiers were killed in Operation Shield on Friday.",
        "Nine fighters of the PKK were killed in PKK fire.",
    ],
)
def test_a_feast_an_operation_and_letters_are_no_villages(text: str) -> None:
    """Not everything with a capital behind "killed in" is a place."""
    assert places(text) == [None]


def test_a_town_behind_its_country_is_the_place() -> None:
    """ "The Sudan town of Yida" is Yida."""
    assert places("Nine people were killed in the Sudan town of Yida on Friday.") == ["Yida"]
