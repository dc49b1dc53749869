"""Speakers of one report who give different numbers, and speakers who deny what others say."""

import pytest
from little_ground import read

from marsad.model import Claim, Modality, RelationKind

Pair = tuple[str, str]


def related(claims: list[Claim], kind: RelationKind) -> list[Pair]:
    """Return who contradicts, or denies, whom."""
    by_id = {claim.claim_id: claim for claim in claims}
    return [
        (claim.attribution[0], "".join(by_id[relation.target].attribution[:1]))
        for claim in claims
        for relation in claim.relations
        if relation.kind is kind
    ]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The army said that 12 people were killed in Raqqa. Residents said that 20 people were killed."),
        ("ar", "قال الجيش إن 12 شخصا قتلوا في الرقة، وقال سكان إن 20 شخصا قتلوا."),
        ("es", "El ejército dijo que murieron 12 personas en Raqqa; los vecinos hablan de 20 muertos."),
        ("fr", "L'armée a dit que 12 personnes ont été tuées. Des habitants ont dit que 20 personnes ont été tuées."),
        (
            "it",
            "L'esercito ha detto che 12 persone sono state uccise. I residenti hanno detto che 20 persone sono state uccise.",
        ),
        ("uk", "Армія повідомила, що загинули 12 людей. Мешканці повідомили, що загинули 20 людей."),
    ],
)
def test_two_speakers_contradict_each_other(lang: str, text: str) -> None:
    """The later one contradicts the earlier one; both keep their number."""
    claims = read(text, lang)
    assert related(claims, RelationKind.CONTRADICTS) == [("residents", "army")]
    assert [(claim.value, claim.modality) for claim in claims] == [(12, Modality.ASSERTED), (20, Modality.ASSERTED)]


@pytest.mark.parametrize(
    "text",
    [
        "The army said that at least 12 people were killed. Residents said that 20 people were killed.",
        "The army said that 12 soldiers were killed. Residents said that 20 civilians were killed.",
        "The army said that 12 people were killed in Raqqa. Residents said that 20 people were killed in Nawa.",
        "The army said that 12 people were killed on Monday. Residents said that 20 people were killed on Tuesday.",
        "The army said that 12 people were killed. Residents said that 12 people were killed.",
        "The army said that 12 people were killed. Residents said that 20 people were wounded.",
        "Twelve people were killed. Residents said that 20 people were killed.",
        "The army said that 12 people were killed. Residents said that 20 others were killed.",
        "The army said that 12 people were killed. The army said that 20 people were killed.",
    ],
)
def test_numbers_that_may_both_hold_are_no_contradiction(text: str) -> None:
    """Intervals that meet, other people, other places, other days, nobody named, or one and the same speaker."""
    assert related(read(text), RelationKind.CONTRADICTS) == []


def test_a_number_that_was_taken_back_contradicts_nobody() -> None:
    """The army's older 12 is no longer set against the residents' 20; its newer 15 is."""
    text = (
        "The army said that 12 people were killed in Raqqa. The army later raised the toll to 15. "
        "Residents said that 20 people were killed."
    )
    claims = read(text)
    by_value = {claim.value: claim for claim in claims}
    told = [r.target for r in by_value[20].relations]
    assert told == [by_value[15].claim_id]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Residents said that nine civilians were killed. The army denied killing civilians."),
        ("en", "Residents said that nine civilians were killed. The army denied that it had killed any civilians."),
        ("en", "The army said that no civilians were killed. Residents said that nine civilians were killed."),
        ("en", "Residents said that nine civilians were killed. The army denied killing nine civilians."),
        ("ar", "قال سكان إن تسعة مدنيين قتلوا في الغارة. ونفى الجيش مقتل مدنيين."),
        ("es", "Los vecinos dijeron que murieron nueve civiles. El ejército negó haber matado a civiles."),
        ("fr", "Des habitants ont dit que neuf civils ont été tués. L'armée a démenti avoir tué des civils."),
        (
            "it",
            "I residenti hanno detto che nove civili sono stati uccisi. L'esercito ha negato di aver ucciso civili.",
        ),
        ("uk", "Мешканці повідомили, що загинули дев'ятеро цивільних. Армія заперечила загибель цивільних."),
    ],
)
def test_a_speaker_denies_what_another_says(lang: str, text: str) -> None:
    """With a number, with "none" or "any", or without counting; the nine stand."""
    claims = read(text, lang)
    assert related(claims, RelationKind.DENIES) == [("army", "residents")]
    assert [claim.value for claim in claims if claim.value and claim.modality is Modality.ASSERTED] == [9]


@pytest.mark.parametrize(
    "text",
    [
        "Residents said that nine soldiers were killed. The army denied killing civilians.",
        "Residents said that nine civilians were killed. The army denied killing 30 civilians.",
        "Residents said that nine civilians were killed in Raqqa. The army denied killing civilians in Nawa.",
        "Residents said that nine civilians were killed. Residents denied that any civilians were wounded.",
    ],
)
def test_a_denial_of_something_else_denies_nothing_here(text: str) -> None:
    """Of other people, another number, another place, another harm."""
    assert related(read(text), RelationKind.DENIES) == []


@pytest.mark.parametrize("text", ["The army denied killing civilians.", "The army denied the attack on nine villages."])
def test_a_bare_denial_is_no_claim(text: str) -> None:
    """Nobody is counted where nobody counts: a denial is kept only beside what it denies."""
    assert read(text) == []


def test_a_denial_bounds_no_number() -> None:
    """Who denies killing civilians does not say that none died: it is no zero."""
    text = "Residents said that nine civilians were killed. The army denied killing civilians."
    denial = read(text)[-1]
    assert (denial.text, denial.value, denial.low, denial.high) == ("killing civilians", None, None, None)
    assert denial.modality is Modality.DENIED
