"""What an article asserts beyond its numbers, in five languages."""

from datetime import date

import pytest
from war_ground import ground

from marsad.extract.asserted import additions_in, confirmations_in, superlatives_in
from marsad.model import ReportId, Superlative, Text

DAY = date(2014, 11, 28)


def text(words: str, lang: str) -> Text:
    return Text(ReportId("r"), words, DAY, None, lang)


def only(words: str, lang: str) -> Superlative:
    (found,) = superlatives_in(text(words, lang), ground())
    return found


@pytest.mark.parametrize(
    ("lang", "words", "place", "since"),
    [
        ("en", "It was the deadliest air raid on Raqqa since March 2013.", "Raqqa", date(2013, 3, 1)),
        ("ar", "وكانت الغارة الأكثر دموية على الرقة منذ آذار 2013.", "Raqqa", date(2013, 3, 1)),
        ("fr", "C'est l'attaque la plus meurtrière à Alep depuis janvier.", "Aleppo", date(2014, 1, 1)),
        ("es", "Fue el ataque más mortífero en Alepo desde enero.", "Aleppo", date(2014, 1, 1)),
        ("it", "È stato l'attacco più sanguinoso ad Aleppo da gennaio.", "Aleppo", date(2014, 1, 1)),
    ],
)
def test_since_when_and_where(lang: str, words: str, place: str, since: date) -> None:
    """A superlative is said of a place and of a time that runs up to the day of print."""
    found = only(words, lang)
    assert found.place is not None
    assert found.since is not None
    assert (found.place.name, found.since.start, found.since.end) == (place, since, DAY)


@pytest.mark.parametrize(
    ("words", "days"), [("in two months", 60), ("in three weeks", 21), ("in years", 730), ("in 5 years", 1825)]
)
def test_a_length_of_time(words: str, days: int) -> None:
    """A number of weeks, months or years is counted back from the day of print; "years" are at least two."""
    since = only(f"It was the worst attack {words}.", "en").since
    assert since is not None
    assert (DAY - since.start).days == days


def test_of_a_day_and_of_a_rank() -> None:
    """The second deadliest day of the war is a day, ranks second, and is said of all the time that anybody knows."""
    found = only("Friday was the second deadliest day of the war in Aleppo.", "en")
    assert (found.of_day, found.rank, found.since) == (True, 2, None)


@pytest.mark.parametrize(
    "words",
    [
        "It was one of the deadliest raids this year.",
        "It was not the deadliest attack of the week.",
        "It was their worst harvest in years.",
        "The deadliest disease of the region is malaria.",
    ],
)
def test_nothing_that_can_be_checked(words: str) -> None:
    """What is one of several, is denied, or ranks no attack is no superlative of this kind."""
    assert superlatives_in(text(words, "en"), ground()) == []


@pytest.mark.parametrize(
    ("lang", "words", "expected"),
    [
        ("en", "The Harbour Daily confirmed the toll.", 1),
        ("en", "The toll could not be independently confirmed.", 0),
        ("en", "The toll is unconfirmed.", 0),
        ("ar", "وأكدت صحيفة الميناء الحصيلة.", 1),
        ("fr", "Le quotidien a confirmé le bilan.", 1),
        ("es", "El diario confirmó la cifra.", 1),
        ("it", "Il quotidiano ha confermato il bilancio.", 1),
    ],
)
def test_confirmations(lang: str, words: str, expected: int) -> None:
    """A sentence says that somebody confirms; one that says that nobody could does not."""
    assert len(list(confirmations_in(text(words, lang)))) == expected


def test_people_added_to_a_toll() -> None:
    """ "Two more", "another three": numbers that are added, where a plain number is not."""
    words = "The toll rose to 12 after two more people died. Another three are missing, and nine were hurt."
    assert [(words[start:end], n) for start, end, n in additions_in(text(words, "en"))] == [
        ("two", 2),
        ("Another three", 3),
    ]
