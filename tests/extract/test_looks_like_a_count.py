"""Words that only look like counts of people, and asides between people and what befell them."""

import pytest
from little_ground import read

COUNTED = [
    ("en", "A girl of seven was wounded in the strike.", [1]),
    ("en", "The strike killed ten civilians, among them three under 18.", [10, 3]),
    ("en", "Nine villagers, most of them women and children, died in the strike.", [9]),
    ("en", "Nine villagers, three of them women and two of them babies, died in the strike.", [9, 3, 2]),
    ("en", "Nine soldiers were killed and 23 others went missing in the attack.", [9, 23]),
    ("es", "Murió en el hospital tras el ataque, con quemaduras en el 60 por ciento del cuerpo.", []),
    ("es", "El ataque dejó cinco muertos en Campo Dos.", [5]),
    ("es", "El ministerio elevó a 23 el número de muertos y a 61 el de heridos por el atentado.", [23, 61]),
    ("es", "Nueve vecinos, la mayoría mujeres y niños, murieron en el bombardeo.", [9]),
    ("en", "The toll is 14 dead, according to a doctor.", [14]),
    ("fr", "Le bilan est de 14 morts, selon un chirurgien de l'hôpital.", [14]),
    ("es", "El balance es de 14 muertos, según un médico.", [14]),
    ("it", "Il bilancio è di 14 morti, secondo un abitante.", [14]),
    ("es", "El comando ajustició a dos policías.", [2]),
]


@pytest.mark.parametrize(("lang", "sentence", "numbers"), COUNTED)
def test_what_counts_people(lang: str, sentence: str, numbers: list[int]) -> None:
    """Ages, percents and numbers in the names of villages count nobody."""
    said = [claim.value for claim in read(sentence, lang) if claim.value is not None]
    assert said == numbers


def test_a_person_called_july_is_no_date() -> None:
    """Spanish writes months small: "Julio Rojas" speaks, and nothing is put into the summer before."""
    [claim] = read("Nueve personas murieron en el ataque, dijo el coronel Julio Rojas.", "es")
    assert claim.attribution[0].startswith("Julio Rojas")
    assert claim.scope == "incident"


def test_a_father_is_no_august() -> None:
    """ "أب" is a father; August is "آب"."""
    [claim] = read("استشهد ثلاثة مدنيين، أب وابنتاه، في قصف على البلدة.", "ar")
    assert claim.scope == "incident"
