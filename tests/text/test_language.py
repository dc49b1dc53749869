"""The language of a text, as far as lexicons reach."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.text.language import language_of
from marsad.text.lexicon import languages


@given(st.text(max_size=200))
def test_any_text_is_in_a_language_that_can_be_read(text: str) -> None:
    """Where nothing tells, English."""
    assert language_of(text) in languages()


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Nine people were killed in the raids, the group said.", "en"),
        ("قتل تسعة أشخاص في الغارات، كما قالت المنظمة.", "ar"),
        ("AFP: قتل تسعة أشخاص بينهم طفلان في مدينة الرقة", "ar"),
        ("Nove persone sono state uccise nei raid, ha detto il gruppo.", "it"),
        ("Sono almeno 12 i morti e 30 i feriti dell'attacco alla moschea.", "it"),
        ("Nueve personas murieron en los ataques, dijo el grupo.", "es"),
        ("Унаслідок ударів загинули дев’ять людей, повідомила група.", "uk"),
        ("12 34 56", "en"),
        ("", "en"),
    ],
)
def test_small_words_tell(text: str, lang: str) -> None:
    """Names and numbers do not."""
    assert language_of(text) == lang


def test_the_beginning_suffices() -> None:
    """A long report is not read to its end to know its language."""
    assert language_of("The army said nine people were killed. " * 200 + "قتل تسعة أشخاص. " * 100_000) == "en"
