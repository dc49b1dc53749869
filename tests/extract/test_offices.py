"""Somebody who speaks is known by his name and the office in which he speaks."""

import pytest
from little_ground import read

IN_OFFICE = [
    ("en", "Police officer Adam Nur told reporters that nine people were killed.", "Adam Nur (Police officer)"),
    (
        "en",
        "“We received nine bodies,” said Dr Rana Omar, director of the Mercy hospital in Vale.",
        "Rana Omar (director of the Mercy hospital in Vale)",
    ),
    (
        "en",
        "“Nine people died,” Adam Nur Saleh, a spokesman for the governor of Vale, told AFP.",
        "Adam Nur Saleh (spokesman for the governor of Vale)",
    ),
    ("en", "“Nine dead so far” - Dr Rana Omar, director of Mercy Hospital.", "Rana Omar (director of Mercy Hospital)"),
    ("en", "Nine people were killed, police commander Colonel Adam Ross told AFP.", "Adam Ross (police commander)"),
    (
        "es",
        "El comandante de la Policía, coronel Julio Rojas, informó que nueve personas murieron.",
        "Julio Rojas (comandante de la Policía)",
    ),
    (
        "es",
        "Nueve policías murieron, informó hoy a Efe el jefe de la Policía, Julio Rojas.",
        "Julio Rojas (jefe de la Policía)",
    ),
    ("es", "Según el gobernador Elías Rojas, nueve soldados murieron.", "Elías Rojas (gobernador)"),
    (
        "fr",
        "Neuf personnes ont été tuées, a indiqué Samir Saad, directeur de l'hôpital central.",
        "Samir Saad (directeur de l'hôpital central)",
    ),
    ("it", "Il sindaco di Vale, Piero Galli, ha detto che nove persone sono morte.", "Piero Galli (sindaco di Vale)"),
    (
        "ar",
        "قال مدير مستشفى النور الدكتور وائل سعد إن تسعة أشخاص قتلوا.",
        "hospital director (مدير مستشفى النور الدكتور وائل سعد)",
    ),
    ("ar", "أعلن محافظ النور كمال سعد مقتل تسعة أشخاص.", "governor (محافظ النور كمال سعد)"),
]
NO_OFFICE = [
    ("en", "Nine people were killed, Adam Nur said.", "Adam Nur"),
    ("en", "Adam Nur, 43, said nine people were killed.", "Adam Nur"),
    ("ar", "قال مسؤول محلي إن تسعة أشخاص قتلوا.", "official"),
]


@pytest.mark.parametrize(("lang", "sentence", "name"), IN_OFFICE)
def test_a_person_is_told_with_his_office(lang: str, sentence: str, name: str) -> None:
    """Before his name or behind it, between commas or without, in the words of the report."""
    assert {claim.attribution[0] for claim in read(sentence, lang)} == {name}


@pytest.mark.parametrize(("lang", "sentence", "name"), NO_OFFICE)
def test_nobody_is_given_an_office_that_the_sentence_does_not_tell(lang: str, sentence: str, name: str) -> None:
    """An age is none; a role without a name stays a role."""
    assert {claim.attribution[0] for claim in read(sentence, lang)} == {name}


def test_a_surname_keeps_the_office_of_the_full_name() -> None:
    """Whoever was introduced with his office speaks in it again."""
    told = read(
        "Rana Omar, director of Mercy hospital, said six people died. Omar said nine people were wounded.", "en"
    )
    assert {claim.attribution for claim in told} == {("Rana Omar (director of Mercy hospital)",)}


def test_the_ministry_is_the_one_that_the_sentence_names() -> None:
    """Not whoever spoke before."""
    told = read(
        "Adam Nur said six people died. Two guards of the Ministry of Defense were killed, the ministry said.", "en"
    )
    assert [claim.attribution for claim in told] == [("Adam Nur",), ("Ministry of Defense",)]
