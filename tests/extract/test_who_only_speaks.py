"""Who tells of harm beside who suffered it, parts of a whole, an army's own losses: numbers that are none, or somebody else's."""

from datetime import date

import pytest
from little_ground import read

from marsad.model import Measure, Modality, Status

KILLED, INJURED, DISPLACED = Measure.KILLED, Measure.INJURED, Measure.DISPLACED


def told(text: str, lang: str = "en") -> list[tuple[Measure, int | None]]:
    """Return what befell how many at least, in order, numbers taken back left out."""
    return [(c.measure, c.low) for c in read(text, lang, date(2014, 11, 26)) if c.modality is not Modality.RETRACTED]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        (
            "en",
            "Gunmen killed nine farmers, wounding 14, a militia leader and an aid worker said.",
            [(KILLED, 9), (INJURED, 14)],
        ),
        ("en", "Gunmen killed nine farmers, said Bulama Goni, a community leader.", [(KILLED, 9)]),
        ("fr", "Neuf civils ont été tués, a indiqué une autre source à Alep.", [(KILLED, 9)]),
        ("en", "Gunmen killed nine farmers and a community leader.", [(KILLED, 9), (KILLED, 1)]),
    ],
)
def test_who_tells_of_it_is_not_among_the_hurt(lang: str, text: str, expected: list[tuple[Measure, int]]) -> None:
    """A leader who speaks is no victim, one who was shot is."""
    assert told(text, lang) == expected


def test_a_part_is_no_larger_than_its_whole() -> None:
    """The 340 families who were asked to stay are none of the five dead; 15 children of 12 people contradict themselves."""
    assert told("Five people were killed in Aleppo; the mayor asked 340 families to stay.") == [(KILLED, 5)]
    assert told("In Aleppo 12 people were killed, among them 15 children.") == [(KILLED, 12), (KILLED, 15)]


def test_whoever_lost_so_many_lost_its_own() -> None:
    """ "The army lost 17 men": soldiers, whatever the word for them."""
    [claim] = read("The Syrian army lost 17 men in Aleppo on Monday.")
    assert (claim.measure, claim.low, claim.status) == (KILLED, 17, Status.COMBATANT)


def test_two_nouns_with_a_word_between_them_are_one() -> None:
    """ "Civilian army volunteers" are one noun and one count."""
    [claim] = read("Gunmen killed 15 civilian army volunteers on Monday.")
    assert (claim.low, claim.text) == (15, "15 civilian army volunteers")


def test_whoever_a_number_is_told_by_did_not_do_it() -> None:
    """ "According to the Islamic State group" names who speaks."""
    [claim] = read("A raid in Raqqa killed nine people on Monday, according to a statement by the Islamic State group.")
    assert claim.perpetrator is None


@pytest.mark.parametrize(
    ("lang", "text", "number"),
    [
        ("en", "The fighting uprooted 4,000 people from Aleppo.", 4_000),
        ("fr", "Les combats ont déraciné 4.000 personnes d'Alep.", 4_000),
        ("es", "Los combates desplazaron a 4.000 personas de Alepo.", 4_000),
        ("ar", "أدت المعارك إلى تشريد 4000 شخص من حلب.", 4_000),
    ],
)
def test_ways_to_be_driven_out(lang: str, text: str, number: int) -> None:
    """Each is a displacement."""
    assert told(text, lang) == [(DISPLACED, number)]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "en",
            "Lions killed nine of the villagers' goats and the derby ended with the hosts killed off by a late goal.",
        ),
        (
            "es",
            "Simulacro de evacuación: nueve heridos ficticios fueron atendidos en el ejercicio de Protección Civil.",
        ),
        ("fr", "Naufrage d'une pirogue sur le fleuve : neuf morts, selon la capitainerie du port."),
    ],
)
def test_sport_boats_and_drills_are_no_war(lang: str, text: str) -> None:
    """They hurt nobody, or nobody in a war."""
    assert told(text, lang) == []
