"""Capitals that a report tells by their country."""

import pytest
from little_ground import read

from marsad.extract.capitals import capitals


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Nine people were killed in the Sudanese capital on Monday."),
        ("en", "Shells killed nine people in Sudan's capital on Monday."),
        ("en", "Nine people were killed in the capital of Sudan on Monday."),
        ("en", "Nine people were killed in the Sudanese capital, Khartoum, on Monday."),
        ("es", "Nueve personas murieron el lunes en la capital sudanesa."),
        ("fr", "Neuf personnes ont été tuées lundi dans la capitale soudanaise."),
        ("it", "Nove persone sono state uccise lunedì nella capitale sudanese."),
        ("ar", "قتل تسعة مدنيين في العاصمة السودانية يوم الاثنين."),
        ("ar", "قتل تسعة مدنيين بقصف على العاصمة السودانية الخرطوم."),
    ],
)
def test_a_capital_is_the_city_of_its_country(lang: str, text: str) -> None:
    """Not the whole country; by its own name where that follows."""
    claim = next(c for c in read(text, lang) if c.low == 9)
    assert claim.place is not None
    assert (claim.place.name, claim.place.precision) == ("Khartoum", 1)


def test_words_are_kept_as_they_stand() -> None:
    """What was read is the text's own."""
    (claim,) = read("Nine people were killed in the Sudanese capital on Monday.")
    assert claim.place is not None
    assert claim.place.words == "Sudanese capital"


@pytest.mark.parametrize(
    "text",
    [
        "Nine people were killed in Sudan in attacks that capital could not prevent.",
        "The capital fled Sudan; nine people were killed in Sudan on Monday.",
    ],
)
def test_another_capital_is_none(text: str) -> None:
    """Money, and a capital with no country beside it, are no city."""
    assert all(claim.place is None or claim.place.name != "Khartoum" for claim in read(text))


def test_disputed_capitals_are_left_out() -> None:
    """Where two peoples claim one city, or nobody agrees which it is, only its own name tells it."""
    assert capitals().keys().isdisjoint({"IL", "PS", "EH"})
    assert capitals()["YE"] == "Sanaa"
