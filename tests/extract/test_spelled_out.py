"""Arithmetic that an article spells out, in five languages."""

from datetime import date

import pytest

from marsad.extract.spelled_out import misreckoned, sums_in
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


@pytest.mark.parametrize(
    ("lang", "words", "wrong"),
    [
        ("en", "Of the 15 people killed in Sabt, nine were children and seven were teachers.", ("15", "parts")),
        ("en", "In Sabt 15 people died, including nine children and seven teachers.", ("15", "parts")),
        ("fr", "À Sabt 15 personnes sont mortes, dont neuf enfants et sept enseignants.", ("15", "parts")),
        (
            "en",
            "Six people died in Sabt. On Monday 19 died in Marj. The two attacks together left 27 dead.",
            ("27", "sum"),
        ),
        ("en", "Two raids, on Sabt (17 dead) and on Marj (19), have cost 46 lives between them.", ("46", "sum")),
        ("en", "In Sabt 13 people died and in Marj at least 34, 57 people in all.", ("57", "sum")),
        ("en", "Two thirds of the 15 victims in Sabt, nine, were children.", ("nine", "share")),
        ("en", "Women made up half of the 58 people killed in Sabt on 5 April, 21 in all.", ("21", "share")),
        (
            "fr",
            "Sept personnes ont péri à Sabt et quatre à Marj. Au total, les deux explosions ont fait 13 morts.",
            ("13", "sum"),
        ),
    ],
)
def test_parts_that_share_nobody_and_sums_over_sentences(lang: str, words: str, wrong: tuple[str, str]) -> None:
    """Children are no teachers; "the two attacks together" sums up what was told before."""
    assert wrong in found(words, lang)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "Of the 15 people killed in Sabt, nine were women and seven were teachers."),
        ("en", "In Sabt 12 people were killed, including nine children, and 41 were wounded."),
        ("en", "Six people died in Sabt. On Monday 19 died in Marj. The two attacks together left 25 dead."),
        ("en", "Six people died in Sabt and 19 in Marj. Together the two provinces have lost 400 people this year."),
        ("en", "Three fifths of the 15 victims in Sabt, nine, were children."),
        ("fr", "Sept personnes ont péri à Sabt et quatre à Marj. Au total, les deux explosions ont fait 11 morts."),
    ],
)
def test_what_can_be_so_is_left_alone(lang: str, words: str) -> None:
    """Women may be teachers, the wounded are no part of the dead, and a year is more than two days."""
    assert found(words, lang) == []


def test_a_sum_is_no_incidents_toll() -> None:
    """Where an article sums up what it tells, the sum is marked; a single toll that is called a total is not."""
    text = Text(ReportId("r"), "Six died in Sabt and 19 in Marj, 25 in all.", date(2025, 6, 20), None, "en")
    ((start, end),) = sums_in(text)
    assert text.text[start:end] == "25"
    assert sums_in(Text(ReportId("r"), "In all, 25 people died in Sabt.", date(2025, 6, 20), None, "en")) == []
