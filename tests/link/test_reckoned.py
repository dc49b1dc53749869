"""Which days hang on the day of print alone."""

from datetime import date

import pytest

from marsad.link.reckoned import is_assumed, is_reckoned
from marsad.model import When

DAY, PRINTED = date(2014, 11, 25), date(2014, 11, 26)


@pytest.mark.parametrize("words", ["yesterday", "Last night", "أمس", "ayer", "hier soir", "ieri", "вчора"])
def test_yesterday_hangs_on_the_day_of_print(words: str) -> None:
    """In every language, and for parts of the day."""
    assert is_reckoned(When(DAY, DAY, 1, words, against=PRINTED))


@pytest.mark.parametrize(
    "words", ["on Tuesday", "الثلاثاء", "martes pasado", "mardi", "martedì", "у вівторок", "25 November"]
)
def test_a_weekday_or_a_date_says_itself_which_day_it_means(words: str) -> None:
    """It cannot slip by one."""
    assert not is_reckoned(When(DAY, DAY, 1, words, against=PRINTED))


def test_what_is_no_day_of_print_is_not_reckoned() -> None:
    """No time, no words, two days, or counted from another day that the report names."""
    assert not is_reckoned(None)
    assert not is_reckoned(When(DAY, DAY, 1))
    assert not is_reckoned(When(DAY, PRINTED, 2, "overnight", against=PRINTED))
    assert not is_reckoned(When(DAY, DAY, 1, "the day before", against=PRINTED, against_words="Wednesday"))


def test_news_without_a_day_has_an_assumed_one() -> None:
    """No words tell a time, only the day of print bounds it: assumed. A time of nobody's words and no print is given."""
    assert is_assumed(When(DAY, PRINTED, 2, against=PRINTED))
    assert not is_assumed(When(DAY, DAY, 1, "on Tuesday", against=PRINTED))
    assert not is_assumed(When(DAY, DAY, 1))
    assert not is_assumed(None)
