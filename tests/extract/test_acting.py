"""Who acts in an article, and how exactly it means a number."""

from datetime import date

import pytest
from war_ground import ground

from marsad.extract.acting import acting_in, days_named, is_exactly
from marsad.extract.read import claims_in
from marsad.model import Claim, ReportId, Text


def told(words: str, lang: str = "en") -> tuple[Text, list[Claim]]:
    """Return a text, and the claims in it."""
    report = Text(ReportId("r"), words, date(2014, 11, 28), None, lang)
    return report, [claim for claim in claims_in(report, ground()) if isinstance(claim, Claim)]


@pytest.mark.parametrize(
    ("lang", "words", "party"),
    [
        ("en", "Islamic State fighters killed nine people in Raqqa on Friday.", ["Islamic State"]),
        ("en", "Nine people were killed by Islamic State in Raqqa on Friday.", ["Islamic State"]),
        ("en", "Nine people were killed in Raqqa, which Islamic State holds.", []),
        ("en", "Nine Islamic State fighters were killed in Raqqa on Friday.", []),
    ],
)
def test_who_kills_acts(lang: str, words: str, party: list[str]) -> None:
    """Not who holds the town, and not who was killed."""
    report, claims = told(words, lang)
    assert acting_in(report, [claim.start for claim in claims]) == party


@pytest.mark.parametrize(
    ("lang", "words", "insists"),
    [
        ("en", "In Raqqa nine people were killed on Friday, no more and no fewer.", True),
        ("en", "Nine people were killed in Raqqa on Friday. Not one more.", True),
        ("en", "Nine people were killed in Raqqa on Friday; it is not a final count.", False),
        ("ar", "قتل تسعة أشخاص في الرقة يوم الجمعة، لا أكثر ولا أقل.", True),
        ("es", "Nueve personas murieron el viernes en Raqqa, ni una más ni una menos: es la cifra definitiva.", True),
        ("fr", "Neuf personnes ont été tuées vendredi à Raqqa, ni plus ni moins.", True),
        ("it", "Nove persone sono state uccise venerdì a Raqqa, né più né meno.", True),
        ("fr", "Neuf personnes ont été tuées vendredi à Raqqa, mais ce n'est pas un bilan définitif.", False),
    ],
)
def test_an_article_insists_in_the_sentence_of_a_number(lang: str, words: str, insists: bool) -> None:
    """Words that there is no more to a number stand anywhere in its sentence, or in a short one behind it."""
    report, claims = told(words, lang)
    assert is_exactly(report, claims[0]) is insists


@pytest.mark.parametrize(("words", "exactly"), [("exactly nine people", True), ("nine people", False)])
def test_an_article_insists_on_a_number(words: str, exactly: bool) -> None:
    """ "Exactly nine" is more than nine."""
    report, (claim,) = told(f"In Raqqa {words} were killed on Friday.")
    assert is_exactly(report, claim) is exactly


def test_days_named_by_date() -> None:
    """ "25 November" is a day that the text names, "on Friday" one that is counted."""
    report, _ = told("On 25 November nine people died in Raqqa, the council said on Friday.")
    assert days_named(report) == {date(2014, 11, 25)}
