"""How long ago: weeks and months back, to the day, and an attack that was a week before what came of it."""

from datetime import date

import pytest

from marsad.text.dates import dates_in
from marsad.text.lexicon import lexicon

PUBLISHED = date(2024, 3, 15)


def when(lang: str, text: str) -> list[tuple[date, date]]:
    """Return the times that a sentence names."""
    words = lexicon(lang)
    return [(d.when.start, d.when.end) for d in dates_in(words, words.line(text), text, PUBLISHED)]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Three weeks ago a raid killed nine people."),
        ("es", "Hace tres semanas un bombardeo mató a nueve personas."),
        ("fr", "Il y a trois semaines un raid a tué neuf personnes."),
        ("fr", "Voilà trois semaines qu'un raid a tué neuf personnes."),
        ("it", "Tre settimane fa un raid ha ucciso nove persone."),
        ("ar", "قبل ثلاثة أسابيع قتل تسعة أشخاص في غارة."),
    ],
)
def test_weeks_ago_are_a_week_wide(lang: str, text: str) -> None:
    """21 days before 15 March is 23 February: three days on either side."""
    assert when(lang, text) == [(date(2024, 2, 20), date(2024, 2, 26))]


@pytest.mark.parametrize(
    ("lang", "text", "day"),
    [
        ("en", "Two months ago today rockets killed nine people.", date(2024, 1, 15)),
        ("en", "Three weeks ago, to the day, rockets killed nine people.", date(2024, 2, 23)),
        ("fr", "Voilà trois semaines, jour pour jour, que le convoi est tombé.", date(2024, 2, 23)),
        ("en", "One year ago today rockets killed nine people.", date(2023, 3, 15)),
    ],
)
def test_to_the_day_is_a_day(lang: str, text: str, day: date) -> None:
    """Months and years go by the calendar."""
    assert when(lang, text) == [(day, day)]


@pytest.mark.parametrize(
    ("lang", "text", "days"),
    [
        ("en", "Two days after the attack families still queue.", (date(2024, 3, 13), date(2024, 3, 13))),
        ("en", "A week after the car bomb families still queue.", (date(2024, 3, 5), date(2024, 3, 11))),
        ("fr", "Trois jours après l'attaque, les familles attendent.", (date(2024, 3, 12), date(2024, 3, 12))),
        ("ar", "بعد أسبوع على انفجار الشاحنة ما زال الأهالي يقفون.", (date(2024, 3, 5), date(2024, 3, 11))),
        ("ar", "بعد يومين من الهجوم ما زال الأهالي يقفون.", (date(2024, 3, 13), date(2024, 3, 13))),
    ],
)
def test_what_opens_with_the_time_since_an_attack_dates_it(lang: str, text: str, days: tuple[date, date]) -> None:
    """It is counted back from publication."""
    assert when(lang, text) == [days]


@pytest.mark.parametrize(
    "text", ["Two days after the attack gunmen killed nine people.", "They met two days after the attack."]
)
def test_who_is_harmed_since_was_harmed_on_another_day(text: str) -> None:
    """A sentence that tells of new harm, or does not open so, dates no older attack."""
    assert when("en", text) == []
