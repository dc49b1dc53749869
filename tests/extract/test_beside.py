"""Names beside counts of which no list knows anything."""

from datetime import date

import pytest
from war_ground import ground

from marsad.extract.read import claims_in
from marsad.model import Claim, ReportId, Text


def names(text: str, lang: str = "en", outlet: str | None = None) -> list[set[str]]:
    """Return the names beside each count of a text, as they are spelled."""
    report = Text(ReportId("r"), text, date(2014, 11, 28), outlet, lang)
    found = [claim for claim in claims_in(report, ground()) if isinstance(claim, Claim)]
    return [{name.partition(":")[2] for name in claim.names} for claim in found]


def test_villages_hospitals_and_victims_are_named() -> None:
    """In the sentence of the count, and in those about it that count nobody."""
    text = "Shells hit the Farandi hospital on Friday. Nine people were killed. The nurse Ilona Vastag was among them."
    assert names(text) == [{"farandi", "ilona", "vastag", "ilonavastag"}]


def test_each_count_of_a_sentence_has_the_names_next_to_it() -> None:
    """ "22 in Djangi, seven in Lodza" tells two villages apart."""
    assert names("The council counted 22 dead in Djangi on Thursday and seven dead in Lodza on Friday.") == [
        {"djangi"},
        {"lodza"},
    ]


def test_what_lists_know_is_no_rare_name() -> None:
    """Towns, months, the outlet, countries, and what a hundred villages are called by."""
    text = "RAQQA - Nine people were killed in Raqqa in Syria on Friday 28 November, the Harbour Bugle learned in Tell Zorva."
    assert names(text, outlet="Harbour Bugle") == [{"zorva", "tellzorva"}]


def test_a_word_that_is_written_small_elsewhere_is_no_name() -> None:
    """A title has capitals that tell nothing; a word that the text also writes small is a word."""
    text = "The Council of Elders said nine people were killed in Zorva. The elders met in council."
    assert names(text) == [{"zorva"}]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("قتل تسعة أشخاص في قصف على مستشفى السندبادي يوم الجمعة.", "السندبادي"),
        ("أصابت القذائف سوق الغلبان، وقتل تسعة أشخاص.", "الغلبان"),
    ],
)
def test_in_arabic_names_stand_behind_what_they_name(text: str, name: str) -> None:
    """Without capitals, the word behind "hospital" or "market" is the name."""
    assert name in names(text, "ar")[0]


def test_a_name_of_two_words_is_known_in_one() -> None:
    """Buq Aralle, Buq-Aralle, Buqaralle and بوق عرالي are one village by its sound."""

    def sounds(text: str, lang: str = "en") -> set[str]:
        report = Text(ReportId("r"), text, date(2014, 11, 28), None, lang)
        found = [claim for claim in claims_in(report, ground()) if isinstance(claim, Claim)]
        return {name.partition(":")[0] for claim in found for name in claim.names}

    apart = sounds("The blast in Buq Aralle on Friday killed 19 people.")
    assert sounds("The blast in Buqaralle on Friday killed 19 people.") <= apart
    assert sounds("The blast in Buq-Aralle on Friday killed 19 people.") <= apart
    assert sounds("قتل 19 شخصا في انفجار يوم الجمعة في بلدة بوق عرالي.", "ar") & apart
    assert not any(
        "INBR" in name for name in sounds("In Baralle 19 people were killed, and in Zorva 3 people were killed.")
    )
