"""Speakers whom no list has, words that mean whoever spoke before, and counts that reports tell in words of their own."""

import pytest
from little_ground import read

from marsad.model import Measure

SOMEBODY = [
    ("en", "The karate federation said nine people were killed.", "karate federation"),
    ("en", "Nine people were killed, according to the league of beekeepers.", "league of beekeepers"),
    ("es", "Nueve personas murieron, según contó a esta emisora un pastor de cabras.", "pastor de cabras"),
    ("fr", "« Neuf personnes ont été tuées », raconte un pompiste.", "pompiste"),
    ("it", "«Nove persone sono state uccise», ha raccontato all'agenzia un benzinaio.", "benzinaio"),
    ("ar", "قال قائد الفرقة إن تسعة أشخاص قتلوا.", "قائد الفرقة"),
]

NOBODY = [
    ("en", "The explosion was described as the worst in years; nine people were killed."),
    ("en", "Our newsroom recorded nine people killed."),
    ("en", "Syria: nine people killed in a raid"),
    ("fr", "Fin mars, la même ville avait enregistré neuf morts."),
    ("it", "A Diapaga si contano nove morti."),
]

AGAIN = [
    (
        "en",
        "Ali Hassan, the governor, said six people died. By his account, nine people were wounded.",
        "Ali Hassan (governor)",
    ),
    (
        "fr",
        "Six personnes ont été tuées, a dit le maire Ali Hassan. « Neuf habitants ont été blessés », précise-t-il.",
        "Ali Hassan (maire)",
    ),
    (
        "it",
        "Il sindaco Ali Hassan ha detto che sei persone sono morte. A suo dire, nove persone sono state ferite.",
        "Ali Hassan (sindaco)",
    ),
    (
        "es",
        "El alcalde Ali Hassan dijo que seis personas murieron. Según él, nueve personas resultaron heridas.",
        "Ali Hassan (alcalde)",
    ),
]


@pytest.mark.parametrize(("lang", "sentence", "name"), SOMEBODY)
def test_whoever_says_it_goes_by_the_words_of_the_report(lang: str, sentence: str, name: str) -> None:
    """No list knows beekeepers, and yet they spoke."""
    assert [claim.attribution for claim in read(sentence, lang)] == [(name,)]


@pytest.mark.parametrize(("lang", "sentence"), NOBODY)
def test_deeds_places_and_the_outlet_are_no_speakers(lang: str, sentence: str) -> None:
    """An explosion, a town and the outlet's own reporters do not speak; a country before a headline's colon is where it was."""
    assert [claim.attribution for claim in read(sentence, lang)] == [()]


@pytest.mark.parametrize(("lang", "text", "name"), AGAIN)
def test_by_his_account_is_whoever_spoke_last(lang: str, text: str, name: str) -> None:
    """Words that name nobody mean the one before."""
    assert [claim.attribution[:1] for claim in read(text, lang)] == [(name,), (name,)]


def test_a_short_name_is_its_owner_in_reports_of_his_country_alone() -> None:
    """ "The Civil Defence" is Syria's in a report of Syria, and any in one of Sudan."""
    syria = read("قال الدفاع المدني إن تسعة أشخاص قتلوا في سوريا.", "ar")
    sudan = read("قال الدفاع المدني إن تسعة أشخاص قتلوا في السودان.", "ar")
    assert [claim.attribution for claim in (*syria, *sudan)] == [("Syria Civil Defence",), ("civil defence",)]


@pytest.mark.parametrize(
    ("lang", "sentence", "counts"),
    [
        ("en", "The rebels lost nine fighters and two commanders.", [(9, Measure.KILLED), (2, Measure.KILLED)]),
        ("en", "The raid killed 90 people and displaced 2,000.", [(90, Measure.KILLED)]),
        ("fr", "Neuf blessés sont morts.", [(9, Measure.KILLED)]),
        ("es", "El conflicto dejó 45 desaparecidos entre 1960 y 1996.", [(45, Measure.MISSING)]),
        ("ar", "وبذلك يرتفع إلى 90 عدد القتلى.", [(90, Measure.KILLED)]),
    ],
)
def test_counts_in_words_of_their_own(lang: str, sentence: str, counts: list[tuple[int, Measure]]) -> None:
    """Losses, the wounded who died, years that count nobody, a toll before its noun."""
    assert [(claim.value, claim.measure) for claim in read(sentence, lang)][: len(counts)] == counts


def test_numbers_and_footage_are_nobody() -> None:
    """ "Fourteen names stood on two lists" names no speaker, nor does footage that shows somebody."""
    text = "Fourteen names stood on two lists and were counted twice. Three men who were killed in Raqqa stood on none."
    assert all(claim.attribution == () for claim in read(text, "en"))
    [seen] = read("Footage posted by residents shows several bodies lying in the road in Raqqa on Tuesday.", "en")
    assert seen.attribution != ("Footage",)
