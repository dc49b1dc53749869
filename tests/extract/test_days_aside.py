"""Days that are no day of the attack: of a death from wounds, a burial, a count, a word of somebody."""

import pytest
from little_ground import read

DAYS = (
    ("en", "A man died on Sunday of wounds from Thursday's bomb blast in Raqqa, taking the toll to nine dead.", 20),
    ("en", "Shells hit Raqqa on Thursday. Nine people were killed. Another man died of his wounds on Sunday.", 20),
    ("en", "Shells hit Raqqa on Thursday. Nine people were killed. Hospitals had counted 12 dead by Sunday.", 20),
    ("en", "Nine people killed on Thursday in Raqqa were buried on Sunday.", 20),
    ("en", "On Sunday the council that sits in Raqqa said that nine people were killed on Thursday.", 20),
    ("es", "Un herido murió el domingo por las heridas del atentado del jueves en Raqqa, con nueve muertos.", 20),
    ("fr", "Un blessé est mort dimanche des suites de l'attentat de jeudi à Raqqa, qui a fait neuf morts.", 20),
    ("fr", "Des obus ont touché Raqqa jeudi. Neuf personnes ont été tuées. Un blessé a succombé dimanche.", 20),
    ("it", "Lunedì il consiglio, che siede a Raqqa, ha detto che nove persone sono state uccise giovedì.", 20),
    ("ar", "سقطت قذائف على الرقة الخميس. قتل تسعة أشخاص. وتوفي رجل يوم الأحد متأثرا بجراحه.", 20),
)


@pytest.mark.parametrize(("lang", "text", "day"), DAYS)
def test_the_day_is_that_of_the_attack(lang: str, text: str, day: int) -> None:
    """Whoever died, was buried or counted later was harmed on the day of the attack: Thursday, 20 November."""
    for claim in read(text, lang):
        assert claim.occurred is not None
        assert (claim.occurred.start.day, claim.occurred.end.day) == (day, day), claim.text


@pytest.mark.parametrize(
    "text", ["A man died of his wounds in Raqqa on Sunday.", "By Sunday 12 people had been killed in Raqqa."]
)
def test_a_day_that_stands_alone_is_kept(text: str) -> None:
    """A report that names no other day has nothing better."""
    [claim] = read(text)
    assert claim.occurred is not None
    assert claim.occurred.start.day == 23
