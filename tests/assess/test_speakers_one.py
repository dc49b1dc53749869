"""Whether two names are of one speaker, and to whom a confirmation may be put down."""

import pytest

from marsad.assess.checking.confirmed import confirmed
from marsad.assess.checking.speakers import names_a_side, same_speaker
from marsad.model import Confirmation


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("defence ministry", "ministre de la Défense"),
        ("interior ministry of Marj", "ministère de l'Intérieur"),
        ("mayor of Sabt", "mairie de Sabt"),
        ("human rights office in Marib", "مكتب حقوق الإنسان في مأرب"),
        ("hospital", "hospital in Sabt"),
    ],
)
def test_one_office_in_two_languages(one: str, other: str) -> None:
    """An office is known by what it is and of what, whatever the language, and by its town as far as both name one."""
    assert same_speaker(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("defence ministry", "interior ministry"),
        ("mayor of Sabt", "mayor of Marj"),
        ("Sabt Network for Human Rights", "Sabt Observatory for Human Rights"),
        ("police", "hospital"),
    ],
)
def test_two_offices(one: str, other: str) -> None:
    """Two ministries, two mayors, two groups whose names share a word, are two."""
    assert not same_speaker(one, other)


def test_words_that_name_a_side() -> None:
    """ "Civilians" and "soldiers" say on which side; worshippers are only what they were doing."""
    assert names_a_side("14 civilians")
    assert names_a_side("12 جنديا")
    assert not names_a_side("39 worshippers")


def test_nobody_confirms_what_no_record_tells() -> None:
    """Without an incident there is nothing that could have been repeated."""
    assert confirmed(Confirmation(0, 9, "Confirmed"), []) is None
