"""Words as a search compares them: one form for every spelling, and nothing that a query language could mistake."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.text.search_words import asked_words, search_words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("الرَّقَّة", "الرقه"),
        ("مستشفى", "مستشفي"),
        ("أطفال", "اطفال"),
        ("إدلب", "ادلب"),
        ("آثار", "اثار"),
        ("قـتـيـل", "قتيل"),
        ("٩٥", "95"),
        ("والمدينة", "المدينة"),
        ("بالمدينة", "مدينة"),
        ("للمدينة", "المدينة"),
        ("Bojayá", "bojaya"),
        ("ЛУГАНСЬК", "луганськ"),
    ],
)
def test_spellings_of_a_word_are_one(one: str, other: str) -> None:
    """Ta marbuta and ha, alef with and without hamza, vowels, tatweel, digits, case, and what is written onto the article."""
    assert search_words(one) == search_words(other)


@pytest.mark.parametrize(
    ("one", "other"), [("قتلى", "قاتل"), ("95", "59"), ("بلد", "لد"), ("والد", "لد"), ("كالي", "لي")]
)
def test_other_words_stay_others(one: str, other: str) -> None:
    """A letter that only looks like an article or like what is written onto it is not taken away."""
    assert search_words(one) != search_words(other)


@given(st.text(max_size=80))
def test_the_form_is_stable(text: str) -> None:
    """Searched words of searched words are the same but for a second article, and never hold a sign."""
    once = search_words(text)
    assert all(letter.isalnum() or letter == " " for letter in once)
    assert search_words(once).split() == search_words(search_words(once)).split()


@given(st.text(max_size=80))
def test_a_question_is_words_and_nothing_else(text: str) -> None:
    """No sign of a query language is left in what is asked: quotation marks, stars, brackets, colons."""
    assert all(letter.isalnum() or letter == " " for word in asked_words(text) for letter in word)
    assert len(asked_words(text)) <= 12
