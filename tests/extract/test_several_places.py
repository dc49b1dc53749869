"""One sentence, several places: each count where its own people were harmed; and what stands beside such lists."""

from datetime import date

import pytest
from war_ground import ground

from marsad.extract.read import claims_in
from marsad.model import Claim, Measure, ReportId, Scope, Text

DAY = date(2014, 12, 10)  # a Wednesday


def read(words: str, lang: str) -> list[Claim]:
    return [c for c in claims_in(Text(ReportId("r"), words, DAY, None, lang), ground()) if isinstance(c, Claim)]


def placed(words: str, lang: str) -> list[tuple[int | None, str | None]]:
    return [(claim.value, claim.place.name if claim.place else None) for claim in read(words, lang)]


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "Nine people were killed in Douma and six in Homs."),
        ("en", "Nine people were killed in Douma, and six people were killed in Homs."),
        ("es", "Nueve personas murieron en Douma y seis en Homs."),
        ("fr", "Neuf personnes ont été tuées à Douma et six à Homs."),
        ("it", "Nove persone sono state uccise a Douma e sei a Homs."),
        ("ar", "قتل تسعة أشخاص في دوما وستة في حمص."),
    ],
)
def test_a_place_for_each_count(lang: str, words: str) -> None:
    """A number without a noun, before a place of its own, counts as the one before it does; each is where its words say."""
    assert placed(words, lang) == [(9, "Douma"), (6, "Homs")]
    assert {claim.measure for claim in read(words, lang)} == {Measure.KILLED}


def test_three_places_and_parts() -> None:
    """A list goes on as long as it likes, and the children of a count are where it is."""
    words = "Nine people, including two children, were killed in Douma, six in Homs and four in Aleppo."
    assert placed(words, "en") == [(9, "Douma"), (2, "Douma"), (6, "Homs"), (4, "Aleppo")]


@pytest.mark.parametrize(
    "words",
    [
        "Nine people were killed in Douma and six in the morning fled.",
        "Nine people were killed in Douma in 2014.",
        "Nine people were killed and the prices rose by six in Homs.",
    ],
)
def test_other_numbers_count_nobody(words: str) -> None:
    """A number counts no dead by standing before any word, nor where the count before it has no place of its own."""
    assert [claim.value for claim in read(words, "en")] == [9]


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "Sixteen people were killed: nine civilians and five fighters."),
        ("fr", "Le raid a tué 16 personnes : neuf civils et cinq combattants."),
    ],
)
def test_a_list_behind_a_colon_may_fall_short(lang: str, words: str) -> None:
    """A list that says who they were is one of the dead, also where it leaves some of them out."""
    whole, *parts = read(words, lang)
    assert [(part.value, part.subset_of) for part in parts] == [(9, whole.claim_id), (5, whole.claim_id)]


def test_among_them_were() -> None:
    """ "Among them were nine children and six women": a verb may stand between the marker and its list."""
    whole, *parts = read("The strike left 31 dead, and among them were nine children and six women.", "en")
    assert [(part.value, part.subset_of) for part in parts] == [(9, whole.claim_id), (6, whole.claim_id)]


def test_two_shares_of_one_toll() -> None:
    """ "15 were civilians and five were fighters": both are shares of the dead."""
    found = read("The raid killed 20 people. Of the dead, 15 were civilians and five were fighters.", "en")
    assert [(claim.value, str(claim.status)) for claim in found[1:]] == [(15, "civilian"), (5, "combatant")]
    assert {claim.subset_of for claim in found[1:]} == {found[0].claim_id}


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "It was the deadliest raid on Raqqa since March 2013, killing 95 people."),
        ("en", "The worst attack of the civil war in Raqqa killed 95 people."),
        ("es", "El ataque más mortífero en Raqa desde marzo de 2013 mató a 95 personas."),
    ],
)
def test_the_worst_since_is_one_incident(lang: str, words: str) -> None:
    """What a raid is the worst of says nothing of how long its toll was counted."""
    (claim,) = read(words, lang)
    assert claim.scope is Scope.INCIDENT
    assert claim.occurred is not None
    assert claim.occurred.start.year == 2014


def test_the_day_of_a_raid_behind_a_word_of_saying() -> None:
    """ "Said Tuesday" is a day of saying, "said Tuesday's raid" the day of the raid."""
    (raid,) = read("The Observatory said Tuesday's raid on Raqqa killed nine people.", "en")
    (said,) = read("The Observatory said Tuesday a raid on Raqqa killed nine people.", "en")
    assert raid.occurred is not None
    assert raid.occurred.start == date(2014, 12, 9)
    assert said.occurred is not None
    assert said.occurred.words is None
