"""Numbers of people as words bound them: what the interval may be, and what is no number at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.model import Bound
from marsad.text.lexicon import languages, lexicon
from marsad.text.numbers import MOST, Quantity, bounded_after, quantity_at


def at_start(words: str, lang: str = "en") -> Quantity | None:
    """Return the quantity that the words begin with."""
    return quantity_at(lexicon(lang), lexicon(lang).line(words), 0)


def said(words: str, lang: str = "en") -> tuple[int | None, int | None, int | None, str] | None:
    """Return value, low, high and bound of the quantity that the words begin with."""
    found = at_start(words, lang)
    return None if found is None else (found.value, found.low, found.high, found.bound.value)


NUMERALS = st.lists(
    st.sampled_from(["two", "hundred", "and", "at least", "up to", "12", "1,300", "million", "between", "-", "to", "a",
                     "dozens", "half", "of", "fewer than", "twenty", "twenty-five", "or more", "99999999999999999999"]),
    max_size=8,
)  # fmt: skip


@given(NUMERALS)
def test_low_is_never_above_high(parts: list[str]) -> None:
    """Whatever the words, the interval is one."""
    words = lexicon("en")
    line = words.line(" ".join(parts))
    for at in range(len(line)):
        found = quantity_at(words, line, at)
        if found is not None:
            assert at == found.first < found.after <= len(line)
            assert found.low is None or found.high is None or 0 <= found.low <= found.high
            assert all(n is None or 0 <= n <= MOST * 2 for n in (found.value, found.low, found.high))


@given(st.text(max_size=60))
def test_any_text_can_be_asked(text: str) -> None:
    """No text makes reading a number fail, in any language."""
    for lang in languages():
        line = lexicon(lang).line(text)
        for at in range(len(line)):
            quantity_at(lexicon(lang), line, at)


@given(st.integers(0, 10**9))
def test_a_number_written_in_digits_is_that_number(n: int) -> None:
    """With or without thousands separators."""
    assert said(str(n) + " people") == (n, n, n, "exact")
    assert said(f"{n:,} people") == (n, n, n, "exact")


@given(st.integers(0, 500), st.none() | st.integers(0, 500), st.integers(1, 5), st.integers(1, 5), st.booleans())
def test_a_share_stays_within_its_whole(low: int, more: int | None, top: int, extra: int, over: bool) -> None:
    """A third of 9 to 12 is 3 to 4; more than half of 95 is 48 to 95."""
    high = None if more is None else low + more
    share = Quantity(0, 1, None, None, None, Bound.FRACTION, (top, top + extra, over))
    least, most = share.of(low, high)
    assert least >= 0
    assert most is None or least <= most
    assert high is None or most is None or most <= max(high, least)


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("nine people", (9, 9, 9, "exact")),
        ("twenty-five", (25, 25, 25, "exact")),
        ("twenty five", (25, 25, 25, "exact")),
        ("two hundred and five", (205, 205, 205, "exact")),
        ("three hundred thousand", (300_000, 300_000, 300_000, "exact")),
        ("two thousand and five", (2005, 2005, 2005, "exact")),
        ("1.5 million", (1_500_000, 1_500_000, 1_500_000, "exact")),
        ("half a million", (500_000, 500_000, 500_000, "exact")),
        ("a dozen", (12, 12, 12, "exact")),
        ("two dozen", (24, 24, 24, "exact")),
        ("1 300 people", (1300, 1300, 1300, "exact")),
        ("1.300 people", (1300, 1300, 1300, "exact")),
        ("at least 63", (63, 63, None, "at_least")),
        ("at least some 63", (63, 63, None, "at_least")),
        ("63 or more", (63, 63, None, "at_least")),
        ("more than 195,000", (195_000, 195_001, None, "more_than")),
        ("up to 95", (95, None, 95, "at_most")),
        ("as many as a hundred", (100, None, 100, "at_most")),
        ("fewer than 20", (20, None, 19, "less_than")),
        ("fewer than 0", (0, None, 0, "less_than")),
        ("nearly 21,000", (21_000, 21_000, 21_000, "about")),
        ("300,000-350,000", (None, 300_000, 350_000, "range")),
        ("from 300 to 350", (None, 300, 350, "range")),
        ("between nine and twelve", (None, 9, 12, "range")),
        ("between nine and five", None),
        ("dozens of people", (None, 24, 99, "vague")),
        ("more than a dozen", (12, 13, None, "more_than")),
        ("hundreds of thousands", (None, 200_000, 999_999, "vague")),
        ("millions", (None, 2_000_000, None, "vague")),
        ("many people", (None, None, None, "vague")),
        ("nine and five people", (9, 9, 9, "exact")),
        ("five six seven", (5, 5, 5, "exact")),
        ("nineteen eighty", (19, 19, 19, "exact")),
        ("6.5 metres", None),
        ("people", None),
        ("hundred people", None),
        ("99999999999999999999 people", None),
        ("99,999,999,999,999 people", None),
    ],
)  # fmt: skip
def test_what_english_words_bound(words: str, wanted: object) -> None:
    """Bounds, ranges and vague words keep what they say; a number too large for mankind is none."""
    assert said(words) == wanted


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("تسعة أشخاص", (9, 9, 9, "exact")),
        ("خمسة وعشرين", (25, 25, 25, "exact")),
        ("ثلاثة عشر", (13, 13, 13, "exact")),
        ("مئة وخمسة وعشرين", (125, 125, 125, "exact")),
        ("ثلاثمئة", (300, 300, 300, "exact")),
        ("ثلاث مئة", (300, 300, 300, "exact")),
        ("220 ألف", (220_000, 220_000, 220_000, "exact")),
        ("خمسة آلاف", (5000, 5000, 5000, "exact")),
        ("ألفي شخص", (2000, 2000, 2000, "exact")),
        ("٩٥ قتيلا", (95, 95, 95, "exact")),
        ("ما لا يقل عن 63", (63, 63, None, "at_least")),
        ("أكثر من 195 ألف", (195_000, 195_001, None, "more_than")),
        ("نحو 120", (120, 120, 120, "about")),
        ("عشرات القتلى", (None, 20, 99, "vague")),
        ("آلاف المدنيين", (None, 2000, 9999, "vague")),
        ("ثلاث نساء وأربعة أطفال", (3, 3, 3, "exact")),
        ("ثلاثة وأربعة", (3, 3, 3, "exact")),
        ("مدنيين", None),
    ],
)  # fmt: skip
def test_what_arabic_words_bound(words: str, wanted: object) -> None:
    """Units join tens with "and", teens follow their unit, "three and four" are two numbers."""
    assert said(words, "ar") == wanted


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("дев'ять людей", (9, 9, 9, "exact")),
        ("п’ятеро людей", (5, 5, 5, "exact")),
        ("пʼятьох людей", (5, 5, 5, "exact")),
        ("двадцять один", (21, 21, 21, "exact")),
        ("двісті сорок дві особи", (242, 242, 242, "exact")),
        ("тисяча двісті людей", (1200, 1200, 1200, "exact")),
        ("дві тисячі п'ять людей", (2005, 2005, 2005, "exact")),
        ("півтори тисячі людей", (1500, 1500, 1500, "exact")),
        ("1,5 тис. людей", (1500, 1500, 1500, "exact")),
        ("14 тисяч людей", (14_000, 14_000, 14_000, "exact")),
        ("щонайменше 63", (63, 63, None, "at_least")),
        ("понад двадцятьох", (20, 21, None, "more_than")),
        ("до 30", (30, None, 30, "at_most")),
        ("не більше ніж 30", (30, None, 30, "at_most")),
        ("менш як 20", (20, None, 19, "less_than")),
        ("близько сорока", (40, 40, 40, "about")),
        ("від 300 до 350", (None, 300, 350, "range")),
        ("10–15 людей", (None, 10, 15, "range")),
        ("півтора десятка людей", (15, 15, 15, "about")),
        ("кілька десятків людей", (None, 20, 99, "vague")),
        ("сотні людей", (None, 200, 999, "vague")),
        ("тисячі людей", (None, 2000, 9999, "vague")),
        ("людей", None),
    ],
)  # fmt: skip
def test_what_ukrainian_words_bound(words: str, wanted: object) -> None:
    """Collective numerals, cases, three apostrophes, and "тисячі" that is a number only behind another."""
    assert said(words, "uk") == wanted


@pytest.mark.parametrize(
    ("words", "fraction"),
    [
        ("half of the dead", (1, 2, False)),
        ("more than half of the dead", (1, 2, True)),
        ("two-thirds of them", (2, 3, False)),
        ("most of the dead", (1, 2, True)),
        ("a third", (1, 3, False)),
    ],
)
def test_shares_wait_for_their_whole(words: str, fraction: tuple[int, int, bool]) -> None:
    """A share has no number of its own."""
    found = at_start(words)
    assert found is not None
    assert (found.value, found.low, found.high, found.fraction) == (None, None, None, fraction)


def test_only_a_share_has_a_part_of_a_whole() -> None:
    """Asking a number for its share is a fault of the caller."""
    with pytest.raises(ValueError, match="not a fraction"):
        Quantity(0, 1, 9, 9, 9, Bound.EXACT).of(95, 95)


def test_a_bound_word_may_follow_the_noun() -> None:
    """ "52 civilians at least"; an article takes none."""
    words = lexicon("en")
    line = words.line("52 civilians at least")
    found = quantity_at(words, line, 0)
    assert found is not None
    bounded, after = bounded_after(words, line, found, 2)
    assert (bounded.low, bounded.high, bounded.bound, after) == (52, None, Bound.AT_LEAST, 4)
    article = quantity_at(words, words.line("a civilian at least"), 0)
    assert article is not None
    assert bounded_after(words, words.line("a civilian at least"), article, 2) == (article, 2)


@pytest.mark.long
@pytest.mark.parametrize("piece", ["one-", "twenty ", "1-2-", "two hundred and ", "and ", "1,000,", "9"])
def test_endless_numbers_end(piece: str) -> None:
    """A row of number words is read in bounded steps, a number of a million digits is none."""
    words = lexicon("en")
    line = words.line(piece * 20_000)
    assert all(
        (found := quantity_at(words, line, at)) is None or found.after <= len(line) for at in range(0, len(line), 997)
    )
