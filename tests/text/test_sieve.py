"""A sieve holds texts back quickly and never wrongly: whatever a line finds, the sieve lets through."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.text.lexicon import languages, lexicon
from marsad.text.sieve import Sieve, pieces_of

GLUE = st.sampled_from(
    [" ", "  ", "\n", ".", ", ", "-", "'", "’s ", "_", "5", "\u200f", "\u0640", " \u064b", "(", "«", ""]
)


def harmful(lang: str) -> list[str]:
    """Every phrase of harm of a language, as its lexicon's tokens spell it."""
    return [" ".join(forms) for forms in lexicon(lang).harm.phrases]


@pytest.mark.long
@pytest.mark.parametrize("lang", languages())
@given(data=st.data())
def test_a_word_of_harm_is_let_through_whatever_stands_beside_it(lang: str, data: st.DataObject) -> None:
    """Prefixes, endings, marks, digits, joiners and other words beside a word of harm do not hide it from the sieve."""
    words = lexicon(lang)
    parts = data.draw(st.lists(st.sampled_from(harmful(lang)) | GLUE | st.text(max_size=8), max_size=8))
    text = "".join(parts)
    text = data.draw(st.sampled_from([text, text.upper(), text.title()]))
    if words.harm.find(words.line(text)):
        assert any(all(row in text for row in rows) for rows in words.harm_sieve.among(pieces_of(text)))


def test_a_text_without_the_words_is_held_back() -> None:
    """A longer word that holds the wanted one is another word; so is a wanted row of letters only part of which stands."""
    sieve = Sieve([("killed",), ("lost", "their", "lives")])
    assert sieve.among(pieces_of("A skilled soldier lives; they lost.")) == set()
    assert sieve.among(pieces_of("All lost their way.")) == set()
    assert sieve.among(pieces_of("Their LIVES were lost.")) == {("LIVES", "Their")}


def test_two_rows_of_a_phrase_are_looked_for() -> None:
    """A phrase of many words needs its two rarest; one that is a phrase by itself needs no other."""
    sieve = Sieve(
        [("went", "missing"), ("gone", "missing"), ("dead",), ("dead", "or", "dying")], common=frozenset({"went"})
    )
    assert sieve.among(pieces_of("A page is missing.")) == set()
    assert sieve.among(pieces_of("Nine went Missing, the missing had gone.")) == {
        ("Missing", "went"),
        ("missing", "went"),
        ("Missing", "gone"),
        ("missing", "gone"),
    }
    assert sieve.among(pieces_of("dead")) == {("dead",)}


def test_prefixes_are_taken_off() -> None:
    """A word behind a particle that the language writes onto it is let through."""
    sieve = Sieve([("قتل",)], prefixes=("و", "ف"))
    assert sieve.among(pieces_of("وقتل تسعة")) == {("وقتل",)}
    assert sieve.among(pieces_of("مقتل تسعة")) == set()


def test_a_word_hidden_by_a_hyphen_is_let_through() -> None:
    """Lines read a word that a hyphen was put into to hide it from filters; so the sieve must not miss it."""
    sieve = Sieve([("killed",)])
    assert sieve.among(pieces_of("Nine were ki-lled.")) == {("ki-lled",)}
    assert sieve.among(pieces_of("A well-skilled cook.")) == set()


def test_a_phrase_without_letters_lets_everything_through() -> None:
    """Where a phrase has no letters to look for, no text can be held back."""
    assert Sieve([("%",)]).among(pieces_of("Nine.")) == {("",)}


def test_hostile_words_are_not_kept() -> None:
    """Rows of letters longer than any word are looked at and forgotten."""
    sieve = Sieve([("killed",)])
    assert sieve.among(pieces_of("x" * 100_000)) == set()
    assert sieve.among(pieces_of("killed " + "x" * 100_000)) == {("killed",)}
