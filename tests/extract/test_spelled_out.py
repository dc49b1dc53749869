"""Arithmetic that an article spells out, in five languages."""

from datetime import date

import pytest

from marsad.extract.spelled_out import misreckoned
from marsad.model import ReportId, Text


def found(words: str, lang: str = "en") -> list[tuple[str, str]]:
    """Return what does not come out: the words, and which rule they break."""
    report = Text(ReportId("r"), words, date(2025, 6, 20), None, lang)
    return [(one.text, one.rule) for one in misreckoned(report)]


@pytest.mark.parametrize(
    ("lang", "words", "wrong"),
    [
        ("en", "In Sabt 14 people died and nine in Marj, 25 in all.", ("25", "sum")),
        ("en", "A third of the 36 dead, twenty, were women.", ("twenty", "share")),
        ("en", "Half of the 40 dead (30) were children.", ("30", "share")),
        ("en", "Some 40% of the 50 dead, 30, were women.", ("30", "share")),
        ("en", "In Sabt 41 died, twice as many as the 31 of Marj.", ("31", "times")),
        ("en", "In Sabt 41 died. That is ten more than the 35 of Marj.", ("35", "more")),
        ("en", "On Thursday, 17 February 2025, nine people died.", ("Thursday, 17 February 2025", "weekday")),
        ("en", "In two days 21 people were killed: 13 and four.", ("21", "sum")),
        ("fr", "Sept personnes ont été tuées : quatre soignants et cinq patients.", ("Sept", "sum")),
        ("fr", "À Sabt 14 personnes sont mortes, à Marj neuf, 25 au total.", ("25", "sum")),
        ("es", "En Sabt murieron 14 personas y en Marj nueve, un total de 25.", ("25", "sum")),
        ("it", "A Sabt sono morte 14 persone e a Marj nove, in tutto 25.", ("25", "sum")),
        ("ar", "قتل 14 شخصا في السبت وقتل 9 أشخاص في المرج، ما مجموعه 25.", ("25", "sum")),
    ],
)
def test_what_does_not_come_out_is_found(lang: str, words: str, wrong: tuple[str, str]) -> None:
    """Sums, shares, multiples, differences, lists and weekdays, with the number that is wrong."""
    assert found(words, lang) == [wrong]


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "In Sabt 14 people died and nine in Marj, 23 in all."),
        ("en", "Fourteen people died and 46 were wounded in Sabt, nine died in Marj, 23 dead in all."),
        ("en", "A quarter of the 36 dead, nine, were women."),
        ("en", "A third of the 30 dead were women, and four were children."),
        ("en", "Nearly half of the 31 dead, 14, were children."),
        ("en", "In Sabt 38 died, twice as many as the 20 of Marj."),
        ("en", "In Sabt 41 died. That is ten more than the 31 of Marj."),
        ("en", "On Monday, 17 February 2025, nine people died."),
        ("en", "Twelve dead: nine civilians, four of them children."),
        ("en", "Over three days 12 people died in two raids, nine of them in Sabt."),
        ("en", "The war of 2014 cost 191,000 lives in three years and 1,200 in Sabt, in all the towns."),
        ("fr", "Sept personnes ont été tuées : quatre soignants et trois patients."),
        ("de", "In Sabt starben 14 Menschen und neun in Marj, zusammen 25."),
    ],
)
def test_what_comes_out_is_left_alone(lang: str, words: str) -> None:
    """Also what may be read in two ways, and every text in a language without words for it."""
    assert found(words, lang) == []
