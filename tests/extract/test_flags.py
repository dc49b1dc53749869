"""What a person should know about how a claim was read."""

import pytest
from little_ground import read

from marsad.model import Flag

FULL = "On Tuesday, 25 November 2014, the army said nine people were killed in Raqqa."


def flags(text: str, lang: str = "en", at: int = -1) -> set[Flag]:
    """Return the flags of a report's last claim, or of the one at `at`."""
    return set(read(text, lang)[at].flags)


def test_what_is_said_in_full_has_no_flag() -> None:
    """Day, place and an institution that speaks stand in the sentence."""
    assert flags(FULL) == set()


def test_a_weekday_that_is_not_that_of_its_date_is_flagged() -> None:
    """25 November 2014 was a Tuesday."""
    assert flags(FULL.replace("Tuesday", "Monday")) == {Flag.DATE_CONFLICTS}


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Nine people were killed in Raqqa."),
        ("ar", "قتل تسعة أشخاص في الرقة."),
        ("es", "Nueve personas murieron en Raqqa."),
    ],
)
def test_news_without_a_day_is_flagged(lang: str, text: str) -> None:
    """Its days come from the day of publication alone."""
    assert flags(text, lang) == {Flag.DATE_ASSUMED}


def test_a_place_of_another_sentence_is_flagged() -> None:
    """The second count has its place from the first sentence, and its day too, which the time itself tells."""
    assert flags("Nine people were killed in Raqqa on Tuesday. Twelve people were wounded.") == {Flag.PLACE_INFERRED}


@pytest.mark.parametrize(
    ("speaker", "unnamed"),
    [
        ("Officials", True),
        ("A witness", True),
        ("Activists", True),
        ("The health ministry", False),
        ("The Syrian Observatory for Human Rights", False),
        ("Omar Sale", False),
    ],
)
def test_a_speaker_without_a_name_is_flagged(speaker: str, unnamed: bool) -> None:
    """A person or a crowd without a name, not an institution."""
    text = f"{speaker} said nine people were killed in Raqqa on Tuesday."
    assert flags(text) == ({Flag.SPEAKER_UNNAMED} if unnamed else set())


@pytest.mark.parametrize(
    ("number", "hedged"),
    [("12 people were", True), ("at least 12 people were", False), ("dozens of people were", False)],
)
def test_an_exact_number_under_a_hedge_is_flagged(number: str, hedged: bool) -> None:
    """A number that bounds itself is as careful as its hedge."""
    text = f"On Tuesday in Raqqa, reportedly {number} killed."
    assert flags(text) == ({Flag.HEDGED_NUMBER} if hedged else set())


def test_a_blank_line_inside_a_sentence_is_flagged() -> None:
    """Something may be missing there."""
    assert flags("On Tuesday nine people were killed by\n\nan air strike in Raqqa.") == {Flag.BROKEN_PARAGRAPH}


def test_a_flag_changes_no_number() -> None:
    """The same words give the same number with and without one."""
    plain, flagged = read(FULL)[0], read(FULL.replace("Tuesday", "Monday"))[0]
    assert (plain.value, plain.low, plain.high, plain.score) == (
        flagged.value,
        flagged.low,
        flagged.high,
        flagged.score,
    )
