"""Who did it: the party that acts, not the one that holds the town, counts the dead or lies among them."""

import pytest
from little_ground import read


def perpetrators(text: str, lang: str = "en") -> list[str | None]:
    """Return who harmed the people of each claim."""
    return [claim.perpetrator for claim in read(text, lang)]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Nine people were killed by Islamic State in Raqqa on Friday."),
        ("en", "Islamic State fighters killed nine people in Raqqa on Friday."),
        ("fr", "Neuf personnes ont été tuées par l'État islamique à Raqqa vendredi."),
        ("es", "El Estado Islámico mató a nueve personas en Raqqa el viernes."),
    ],
)
def test_who_acts_did_it(lang: str, text: str) -> None:
    """In the active voice and behind "by"."""
    assert perpetrators(text, lang) == ["Islamic State"]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Nine ISIS fighters were killed in Raqqa on Friday."),
        ("en", "On Friday ISIS fighters in Raqqa were killed: nine of them, in an air strike."),
        ("en", "Nine people were killed in Raqqa, a town held by Islamic State, on Friday."),
        ("en", "Nine people were killed in Raqqa, a town controlled by Islamic State, on Friday."),
        ("fr", "Neuf personnes ont été tuées à Raqqa, ville tenue par l'État islamique."),
        ("es", "Nueve personas murieron en Raqqa, ciudad controlada por el Estado Islámico."),
        ("it", "Nove persone sono morte a Raqqa, città controllata dallo Stato Islamico."),
    ],
)
def test_who_was_killed_or_holds_the_town_did_not(lang: str, text: str) -> None:
    """What is done to a party is none of its acts, and "held by" only says where."""
    assert "Islamic State" not in perpetrators(text, lang)
