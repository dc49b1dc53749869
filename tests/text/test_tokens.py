"""Tokens cover a text in order, know their place, and are spelled as lexicons spell them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.text.tokens import form_of, tokens
from marsad.text.writing import writing

HOSTILE = st.text(alphabet="aZé1٩و.,'’-– \n\u0301\u064b\u200d\u202e😀\"“”()%/", max_size=80)


@given(st.text(max_size=200) | HOSTILE)
def test_tokens_stand_where_they_say(text: str) -> None:
    """Every token is its slice of the text, in order, none over another, none empty."""
    end = 0
    for token in tokens(text):
        assert end <= token.start < token.end <= len(text)
        assert text[token.start : token.end] == token.text
        assert token.kind in ("word", "number", "mark")
        end = token.end


@given(st.text(max_size=200) | HOSTILE)
def test_no_letter_or_digit_is_lost(text: str) -> None:
    """What lies between tokens is blanks, diacritics, underscores and invisible signs."""
    covered = {k for token in tokens(text) for k in range(token.start, token.end)}
    lost = [char for k, char in enumerate(text) if k not in covered and (char.isalpha() or char.isdigit())]
    assert [char for char in lost if unicodedata.category(char) not in ("Lm", "Lo", "Nl", "No")] == []


@given(st.text(max_size=60), st.text(max_size=20), st.text(max_size=20))
def test_a_part_of_a_text_is_tokenised_in_place(text: str, before: str, after: str) -> None:
    """Offsets count characters of the whole text."""
    whole = f"{before} {text} {after}"
    start = len(before) + 1
    part = tokens(whole, start, start + len(text))
    assert all(start <= token.start and token.end <= start + len(text) for token in part)


@given(st.text(max_size=60))
def test_forms_are_stable(word: str) -> None:
    """A form is the form of itself, unless case folding makes new letters of one."""
    assert form_of(form_of(word)) == form_of(form_of(form_of(word)))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Gen. Lang met M. Deng on Nov. 26.", ["Gen.", "Lang", "met", "M.", "Deng", "on", "Nov.", "26", "."]),
        ("He said no.", ["He", "said", "no", "."]),
        ("GEN. LANG SAID NO. 5", ["GEN.", "LANG", "SAID", "NO.", "5"]),
        ("the U.S.-led coalition", ["the", "U.S.", "-", "led", "coalition"]),
        ("al-Hasakah's S-300s", ["al-Hasakah's", "S-300s"]),
        ("1,300 1.300 1 300 6.5 10mila", ["1,300", "1.300", "1 300", "6.5", "10", "mila"]),
        ("300,000-350,000", ["300,000", "-", "350,000"]),
        ("wait... what--no", ["wait", "...", "what", "--", "no"]),
        ("سقط 10 قتلى و40 جريحا.", ["سقط", "10", "قتلى", "و", "40", "جريحا", "."]),
        ("٩٥ قتيلاً", ["٩٥", "قتيلاً"]),
        ("Bojaya\u0301", ["Bojaya\u0301"]),
    ],
)
def test_words_numbers_and_marks(text: str, words: list[str]) -> None:
    """Abbreviations keep their stop, sentences do not; thousands hold together in every notation."""
    assert [token.text for token in tokens(text)] == words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("KILLED", "killed"),
        ("Syria’s", "syria's"),
        ("قُتِلَ", "قتل"),
        ("قتـــل", "قتل"),
        ("إصابة", "اصابه"),
        ("٢٠١٤", "2014"),
        ("Bojaya\u0301", "bojayá"),
        ("П’ЯТЬ", "п'ять"),
        ("пʼять", "п'ять"),
    ],
)
def test_spellings_of_one_word_have_one_form(one: str, other: str) -> None:
    """Case, vowel marks, lengthening, hamza, ta marbuta and digits do not matter."""
    assert form_of(one) == form_of(other)


def test_a_possessive_ending_is_no_part_of_a_word() -> None:
    """The form and the bare text go without it; the text keeps it."""
    [token] = tokens("Syria's")
    assert (token.text, token.form, token.bare) == ("Syria's", "syria", "Syria")


def test_names_begin_with_a_capital_or_have_none() -> None:
    """Arabic words may all be names; a small letter is none, accent or not."""
    assert [token.name for token in tokens("Raqqa الرقة raqqa école 12")] == [True, True, False, False, False]


@pytest.mark.long
@pytest.mark.parametrize("piece", ["\u0301", "a\u0301", "1", "and ", "1,000,", "a.b.", "a-", "!", "!?", "و1", "\u200d"])
def test_hostile_runs_give_linear_work(piece: str) -> None:
    """No run makes more tokens than characters; each character is looked at a bounded number of times."""
    text = piece * (200_000 // len(piece))
    assert len(tokens(text)) <= len(text)


def test_writing_knows_its_own_example() -> None:
    """The abbreviations of the example do not end words."""
    assert [word for word in ("Gen", "Mr", "Nov", "raid") if writing().abbreviates(word)] == ["Gen", "Mr", "Nov"]
