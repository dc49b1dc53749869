"""Numbers with their nouns as each language counts: written down from grammars, not from the code."""

import re
from string import Formatter

import pytest

from marsad.simulate.prose import _NUMBERS
from marsad.simulate.words import LANGUAGES, counted, day_said, spoken

TUESDAY = 735_562  # 25 November 2014, a Tuesday, counted from the first of the year 1


@pytest.mark.parametrize(
    ("number", "subject", "after_noun"),
    [
        (1, "شخص واحد", "شخص واحد"),
        (2, "شخصان", "شخصين"),
        (3, "3 أشخاص", "3 أشخاص"),
        (10, "10 أشخاص", "10 أشخاص"),
        (11, "11 شخصا", "11 شخصا"),
        (99, "99 شخصا", "99 شخصا"),
        (100, "100 شخص", "100 شخص"),
        (105, "105 أشخاص", "105 أشخاص"),
        (111, "111 شخصا", "111 شخصا"),
    ],
)
def test_arabic_counts_as_its_grammar_says(number: int, subject: str, after_noun: str) -> None:
    """One and two without a numeral, plural from 3 to 10, accusative singular from 11 to 99, singular for hundreds."""
    assert counted("ar", number, "people") == subject
    assert counted("ar", number, "people", "", True) == after_noun


def test_arabic_digits_and_spelt_numbers_are_a_matter_of_style() -> None:
    """Some outlets print ١٢, some spell small numbers."""
    assert counted("ar", 12, "people", "indic") == "١٢ شخصا"
    assert counted("en", 3, "people", "spelt") == "three people"
    assert counted("en", 12, "people", "spelt") == "12 people"


def test_french_counts_nobody_in_the_singular() -> None:
    """French has "0 personne", English "0 people"."""
    assert counted("fr", 0, "people") == "0 personne"
    assert counted("en", 0, "people") == "0 people"


def test_a_day_is_told_so_that_it_can_be_found_again() -> None:
    """A weekday within a week of print, a date beyond; yesterday on the next day alone."""
    assert day_said("en", TUESDAY, TUESDAY + 1, 3) == "yesterday"
    assert day_said("en", TUESDAY, TUESDAY + 2, 3) == "on Tuesday"
    assert day_said("en", TUESDAY, TUESDAY + 9, 0) == "on 25 November 2014"
    assert day_said("fr", TUESDAY, TUESDAY + 1, 0) == "mardi"
    assert day_said("ar", TUESDAY, TUESDAY + 9, 0) == "في 25 تشرين الثاني 2014"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_gap_of_every_sentence_can_be_filled(lang: str) -> None:
    """A gap is a word about the incident, or a number that is told, with a noun or verb of the language."""
    language = spoken(lang)
    plain = {"town", "country", "day", "weapon", "by", "voice", "total"}
    lists = [*language["say"].items(), *language["around"].items()]
    for role, sentences in lists:
        assert len(sentences) >= 3, role
        for sentence in sentences:
            for gap in {name for _, name, _, _ in Formatter().parse(sentence) if name}:
                first, _, rest = gap.partition("_")
                verb = first in language["nouns"] and rest in _NUMBERS
                number = first in _NUMBERS and (not rest or rest.removesuffix("_of") in language["nouns"])
                assert gap in plain or verb or number, (role, gap)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_all_languages_can_say_the_same(lang: str) -> None:
    """A translation loses no sentence: every role that English has, each language has, and as many as are cut to."""
    assert set(spoken(lang)["say"]) == set(spoken("en")["say"])
    assert len(spoken(lang)["around"]["lines"]) >= 12
    assert not re.search(r"\{\w*\}", " ".join(spoken(lang)["days"]["month"]))
