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


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "The raid on Raqqa of 25 November, in which 95 people were killed, was the bloodiest."),
        ("es", "El ataque contra Alepo del 3 de mayo, con 44 muertos, fue el más mortífero en Siria."),
        ("fr", "La frappe sur Alep a fait 44 morts : c'est la plus meurtrière en Syrie."),
        ("it", "Il bombardamento di Aleppo, con 44 morti, è stato il più sanguinoso in Siria."),
        ("ar", "القصف على حلب، الذي قتل فيه 44 شخصا، هو الأكثر دموية في سوريا."),
    ],
)
def test_what_is_ranked_may_be_named_long_before(lang: str, words: str) -> None:
    """ "… was the bloodiest" ranks the raid with which the sentence began."""
    assert only(words, lang).rank == 1


def test_of_the_place_itself_and_to_this_day() -> None:
    """ "The town has seen" is of the incident's own town; "remains" is said of everything since, too."""
    assert only("It was the worst attack the town has seen.", "en").here
    assert not only("It was the worst attack Raqqa has seen.", "en").here
    assert only("The raid remains the deadliest attack on Raqqa since 2013.", "en").still
    assert not only("The raid was the deadliest attack on Raqqa since 2013.", "en").still


def test_a_clause_ends_with_its_sign() -> None:
    """The clause of a superlative runs to the next comma or stop, its time and place within it."""
    words = "It was the deadliest raid on Raqqa since March 2013, residents said."
    assert words[only(words, "en").clause :] == ", residents said."


@pytest.mark.parametrize(
    ("lang", "words", "number"),
    [
        ("en", "The toll rose to 57 after seven of the wounded died.", 7),
        ("fr", "Le bilan est monté à 57 après la mort de sept des blessés.", 7),
        ("es", "La cifra subió a 57 tras la muerte de siete de los heridos.", 7),
    ],
)
def test_wounded_who_die_are_dead_more(lang: str, words: str, number: int) -> None:
    """ "Seven of the wounded died" adds seven to the dead."""
    assert number in [n for _, _, n in additions_in(text(words, lang))]


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "The mine caused the heaviest loss of civilian life this year."),
        ("en", "It was the highest number of dead of any attack this year."),
        ("en", "Never had so many people died there in one attack."),
        ("en", "It was the worst massacre this year."),
        ("fr", "C'est le bilan le plus lourd depuis janvier."),
        ("es", "Fue el mayor número de muertos desde enero."),
        ("it", "È la strage più grave dall'inizio dell'anno."),
        ("ar", "الانفجار هو الأكثر دموية هذا العام."),
    ],
)
def test_a_toll_is_ranked_in_many_words(lang: str, words: str) -> None:
    """A loss, a number of dead, a massacre: that nothing was worse is said in more than one way."""
    assert superlatives_in(text(words, lang), ground())


@pytest.mark.parametrize("words", ["It was the worst drought in years.", "The largest hospital of the town was full."])
def test_what_ranks_no_attack(words: str) -> None:
    """A drought and a hospital are no attack."""
    assert superlatives_in(text(words, "en"), ground()) == []


def test_of_a_region_and_counted_from_an_incident() -> None:
    """ "In the Sahel" means its countries; what follows "since" is what the time is counted from, no place of the comparison."""
    assert {"ML", "BF", "NE"} <= only("It was the deadliest attack in the Sahel this year.", "en").countries
    words = "It was the deadliest attack in Syria since Raqqa in March."
    said = only(words, "en")
    assert said.place is not None
    assert said.place.country == "SY"
    assert said.place.precision == 6
    assert said.compared is not None
    assert "Raqqa in March" in words[slice(*said.compared)]


def test_a_year_is_a_time_to_its_end() -> None:
    """ "Of 2014" takes in what came after; "since January" ends with what is told."""
    assert only("It was the deadliest attack of 2014.", "en").still
    assert not only("It was the deadliest attack since January.", "en").still


def test_the_first_attack_is_ranked_too() -> None:
    """ "The first attack on Raqqa since March" is refuted by one between."""
    assert only("It was the first attack on Raqqa since March.", "en").first
    assert superlatives_in(text("The first attack came at noon.", "en"), ground()) == []
