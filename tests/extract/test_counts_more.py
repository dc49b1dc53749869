"""Numbers in further shapes: two of one toll, families, rows of a bulletin, tolls that were raised."""

import pytest
from little_ground import read

from marsad.model import Claim, Measure


def killed(text: str, lang: str = "en") -> list[tuple[int | None, int | None]]:
    """Return the bounds of each number of dead that a text asserts of now."""
    return [
        (c.low, c.high) for c in read(text, lang) if c.measure is Measure.KILLED and c.modality.value != "retracted"
    ]


def of(text: str, lang: str = "en") -> list[Claim]:
    return list(read(text, lang))


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "At least 20, perhaps as many as 30, people were killed in the raid."),
        ("en", "At least 20 and possibly up to 30 people died in the raid."),
        ("es", "Murieron al menos 20, quizás 30 personas en el ataque."),
        ("fr", "Au moins 20, voire 30 personnes ont été tuées dans le raid."),
        ("it", "Almeno 20, forse 30 persone sono state uccise nel raid."),
        ("ar", "قتل 20 وربما 30 شخصا في القصف."),
    ],
)
def test_a_larger_number_that_may_be_meant_is_the_upper_bound(lang: str, text: str) -> None:
    """One number between two bounds, not two numbers."""
    assert killed(text, lang) == [(20, 30)]


def test_perhaps_more_than_leaves_it_open() -> None:
    """Only what is told bounds a number."""
    assert killed("At least 20, perhaps more than 30, people were killed in the raid.") == [(20, None)]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "A whole family was killed in the raid."),
        ("fr", "Une famille a été tuée dans le raid."),
        ("es", "Una familia murió en el ataque."),
        ("it", "Una famiglia è stata uccisa nel raid."),
    ],
)
def test_a_family_of_nobody_knows_how_many_is_no_single_person(lang: str, text: str) -> None:
    """It counts nobody."""
    assert killed(text, lang) == []


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "A family of six was killed in the raid."),
        ("en", "A whole family, six people in all, died in the raid."),
        ("fr", "Une famille de six personnes a été tuée dans le raid."),
        ("fr", "Une famille, six personnes, a péri dans le raid."),
        ("es", "Una familia, seis personas, murió en el ataque."),
        ("it", "Una famiglia di sei persone è stata uccisa nel raid."),
    ],
)
def test_a_family_of_six_is_six_people(lang: str, text: str) -> None:
    """Whether the number follows at once or is set off by commas."""
    assert killed(text, lang) == [(6, 6)]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Killed: 3 men, 4 women and 5 children. The shelling hit a market."),
        ("fr", "Tués : 3 hommes, 4 femmes et 5 enfants. Les tirs ont touché un marché."),
        ("es", "Muertos: 3 hombres, 4 mujeres y 5 niños. Un bombardeo alcanzó un mercado."),
        ("ar", "القتلى: 3 رجال و4 نساء و5 أطفال. القصف استهدف سوقا."),
    ],
)
def test_a_row_of_a_bulletin_counts_all_that_stand_in_it(lang: str, text: str) -> None:
    """Not only the first."""
    assert killed(text, lang) == [(3, 3), (4, 4), (5, 5)]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "A first count of nine dead was raised to 13 after four more bodies were found."),
        ("es", "Un primer balance de nueve muertos fue elevado a 13 tras el hallazgo de cuatro cuerpos más."),
        ("fr", "Un premier bilan de neuf morts a été porté à 13 après la découverte de quatre autres corps."),
        ("it", "Il bilancio provvisorio di nove morti è stato aggiornato a 13."),
    ],
)
def test_a_toll_that_was_raised_is_the_new_one(lang: str, text: str) -> None:
    """The new number is read, and what was found since is no older number of it."""
    found = of(text, lang)
    assert 13 in [c.low for c in found if c.measure is Measure.KILLED]
    assert all(c.low != 4 or c.modality.value == "asserted" for c in found)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The helicopter carried 12 soldiers, all of whom died when it was shot down in Raqqa."),
        ("es", "A bordo iban 12 soldados, todos ellos murieron cuando el helicóptero fue derribado."),
        ("it", "A bordo c'erano 12 soldati, tutti morti nell'attacco."),
    ],
)
def test_all_of_whom_died_tells_of_the_number_before(lang: str, text: str) -> None:
    """What befell them stands in a clause of its own."""
    assert killed(text, lang) == [(12, 12)]


def test_people_are_counted_behind_a_month() -> None:
    """A number in words behind a month is no day of it."""
    assert killed("In November three people were killed in Raqqa.") == [(3, 3)]
