"""Numbers of one report that replace others of it, in the languages that reports are written in."""

import pytest
from little_ground import read

from marsad.model import Claim, Modality, RelationKind


def updates(claims: list[Claim]) -> list[tuple[int | None, int | None]]:
    """Return the numbers that replace others, each with the one that it replaces."""
    by_id = {claim.claim_id: claim for claim in claims}
    return [
        (claim.value, by_id[relation.target].value)
        for claim in claims
        for relation in claim.relations
        if relation.kind is RelationKind.UPDATES
    ]


@pytest.mark.parametrize(
    ("lang", "text", "newer", "older"),
    [
        ("en", "The death toll climbed to 15 from 12.", 15, 12),
        ("en", "At least 95 people were killed, up from 63 on Monday.", 95, 63),
        ("en", "The toll was revised down from 118 to 70, the governor said.", 70, 118),
        ("en", "Fifty-nine people were killed and not 62, the governor said.", 59, 62),
        (
            "en",
            "At least 95 people died in Raqqa, the group said on Wednesday, revising upwards the 63 deaths it had told of.",
            95,
            63,
        ),
        ("en", "The number of those wounded rose from 12 to 40.", 40, 12),
        ("ar", "ارتفعت حصيلة القتلى إلى 95 بعد أن كانت 63.", 95, 63),
        ("ar", "انخفض عدد القتلى من 118 إلى 70 قتيلا.", 70, 118),
        ("ar", "قتل 59 شخصا وليس 62.", 59, 62),
        ("es", "Los muertos son 59 y no 62.", 59, 62),
        ("es", "El saldo subió de 12 a 15 muertos.", 15, 12),
        ("fr", "Le bilan, révisé à la baisse, est de 48 morts, contre 70 auparavant.", 48, 70),
        ("fr", "L'attaque a fait 59 morts, et non 62.", 59, 62),
        ("it", "Il bilancio è salito da 4 a 9 morti.", 9, 4),
        ("it", "I morti sono 59 e non 62.", 59, 62),
        ("uk", "Загинули 59 людей, а не 62.", 59, 62),
        ("uk", "Кількість загиблих скоригували з 118 до 70.", 70, 118),
    ],
)
def test_a_number_replaces_another_of_its_sentence(lang: str, text: str, newer: int, older: int) -> None:
    """The newer number stands and points at the older one, which is kept with its words and stands no more."""
    claims = read(text, lang)
    assert updates(claims) == [(newer, older)]
    assert {claim.value: claim.modality for claim in claims} == {newer: Modality.ASSERTED, older: Modality.RETRACTED}
    assert all(str(claim.value) in claim.text for claim in claims if claim.text.isdecimal())


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Nine people were killed in Raqqa on Monday, the army said. The army later raised the toll to 12."),
        ("en", "At least 12 people were killed in the raid on Raqqa. Officials had earlier put the toll at nine."),
        ("ar", "قال الجيش إن تسعة أشخاص قتلوا في الرقة. ثم ارتفعت الحصيلة إلى 12."),
        ("es", "Nueve personas murieron en Raqqa. El saldo subió a 12 muertos."),
        ("fr", "L'attaque a fait 12 morts. Un premier bilan faisait état de neuf morts."),
        ("it", "L'attacco ha causato nove morti. Il bilancio è poi salito a 12 morti."),
        ("uk", "Унаслідок удару загинули дев'ятеро людей. Кількість загиблих зросла до 12."),
    ],
)
def test_a_number_replaces_one_of_another_sentence(lang: str, text: str) -> None:
    """Whichever is told first; the nine is no second toll."""
    claims = read(text, lang)
    assert updates(claims) == [(12, 9)]
    assert [claim.value for claim in claims if claim.modality is Modality.ASSERTED] == [12]


@pytest.mark.parametrize(
    ("lang", "text", "values"),
    [
        ("en", "From 12 to 15 people were killed.", [None]),
        ("en", "The toll is 95, up from 63 last year.", [95]),
        ("en", "Twelve people were killed in Raqqa. In Nawa the toll rose to 15.", [12, 15]),
        ("en", "Police said 12 people were killed. The governor said the toll rose to nine.", [12, 9]),
        ("en", "Three civilians were killed. The toll of soldiers rose to 15.", [3, 15]),
        ("es", "Murieron de 12 a 15 personas.", [None]),
        ("fr", "Entre 12 et 15 personnes ont été tuées.", [None]),
        ("it", "Sono morte dalle 12 alle 15 persone.", [None]),
    ],
)
def test_a_range_another_year_and_another_attack_are_no_older_number(
    lang: str, text: str, values: list[int | None]
) -> None:
    """Nothing is replaced where the words do not say so, the people differ, or the number goes the other way."""
    claims = read(text, lang)
    assert [claim.value for claim in claims] == values
    assert updates(claims) == []
    assert {claim.modality for claim in claims} == {Modality.ASSERTED}


def test_a_number_that_is_replaced_is_taken_back_wherever_it_stands() -> None:
    """The headline's nine is no toll either once the text says that it rose."""
    text = "Air raid on Raqqa kills nine\n\nNine people were killed on Monday, the army said. It later raised the toll to 12."
    claims = read(text)
    assert [(claim.value, claim.modality) for claim in claims if claim.value == 9] == [(9, Modality.RETRACTED)] * 2
    assert [claim.value for claim in claims if claim.modality is Modality.ASSERTED] == [12]


def test_the_new_number_is_not_taken_back_with_the_old() -> None:
    """A word about the older number reaches no further than to it."""
    claims = read("The death toll, earlier put at 30, now stands at 34.")
    assert [(claim.value, claim.modality) for claim in claims] == [(30, Modality.RETRACTED), (34, Modality.ASSERTED)]


def test_the_words_of_each_number_are_its_own() -> None:
    """A toll that rose is two claims, each on its own characters and under an id of its own."""
    first, second = read("The death toll rose from 63 to 95.")
    assert (first.text, second.text) == ("63", "95")
    assert first.claim_id != second.claim_id
