"""All spellings of a name have one form, and one ASCII letter for each Arabic one."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from marsad.names import letters, one_byte, written_back

ARABIC = st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهوي", max_size=20)
ANY = st.text(alphabet=st.characters(codec="utf-8"), max_size=60)


@given(ANY)
def test_bringing_to_letters_twice_changes_nothing(name: str) -> None:
    """`letters` is idempotent, whatever is in a cell."""
    assert letters(letters(name)) == letters(name)


@given(ARABIC)
def test_one_byte_letters_are_ascii_as_many_and_come_back(word: str) -> None:
    """One ASCII letter stands for one Arabic letter, and the table can be undone."""
    written = one_byte(word)
    assert written.isascii()
    assert len(written) == len(word)
    assert written_back(written) == word


@given(ANY)
def test_one_byte_letters_are_ascii_for_anything(name: str) -> None:
    """What is no Arabic letter never reaches a column that is measured in bytes."""
    assert one_byte(letters(name)).isascii()


def test_spellings_of_one_name_are_one() -> None:
    """Composed and decomposed hamza, diacritics, tatweel, presentation forms and marks of direction fall together."""
    composed = "أحمد"
    spellings = [
        composed,
        unicodedata.normalize("NFD", composed),
        "احمد",
        "أَحْمَد",
        "أحـــمد",
        "\u202bأحمد\u202c",
        "\u200fأحمد",
        "ﺃﺣﻤﺪ",
    ]
    assert {letters(s) for s in spellings} == {"احمد"}


def test_last_letters_that_writers_exchange_are_one() -> None:
    """Ta marbuta and ha, alef maqsura and ya, Persian kaf and ya."""
    assert letters("سمیرة") == letters("سميره")
    assert letters("يحيى") == letters("يحيي")
    assert letters("کفر") == letters("كفر")


def test_a_cell_that_is_a_book_is_cut() -> None:
    """A name longer than any name is looked at only in front, so that no row can stop a run."""
    assert len(letters("م" * 100_000)) == 200
