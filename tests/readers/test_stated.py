"""The numbers that a sentence states, as a check on what others read in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from little_ground import PUBLISHED

from marsad.readers.stated import stated_in
from marsad.text.lexicon import languages, lexicon


@pytest.mark.parametrize(
    ("lang", "sentence", "numbers"),
    [
        ("en", "At least 1,300 people were killed.", [("At least 1,300", 1300, None)]),
        ("en", "Between 300 and 350 fled.", [("Between 300 and 350", 300, 350)]),
        (
            "en",
            "More than ninety died, 52 of them civilians at least.",
            [("More than ninety", 91, None), ("52 of them civilians at least", 52, None)],
        ),
        ("en", "They found 52 young men or more.", [("52 young men or more", 52, None)]),
        ("en", "No one was killed.", [("No one", 0, 0)]),
        ("en", "It is unknown how many died.", [("unknown how many", None, None)]),
        ("en", "A child died in a market.", [("A", 1, 1)]),
        ("en", "More than half of the dead were women.", [("More than half", None, None)]),
        ("en", "On 25 November at least 12 people of some 40 died.", [("at least 12", 12, None), ("some 40", 40, 40)]),
        ("en", "Dozens died on 25 November 2014.", [("Dozens", 24, 99)]),
        ("en", "The man, aged 41, drove 12 km and paid 300 dollars; 40 percent agreed.", []),
        (
            "es",
            "Al menos 12 civiles murieron y veinticinco resultaron heridos.",
            [("Al menos 12", 12, None), ("veinticinco", 25, 25)],
        ),
        ("ar", "قتل ٩٥ شخصا على الأقل بينهم طفلان.", [("٩٥ شخصا على الأقل", 95, None), ("طفلان", 2, 2)]),
        ("ar", "قتل خمسة وعشرون مدنيا.", [("خمسة وعشرون", 25, 25)]),
    ],
)
def test_numbers_are_stated_with_their_bounds(
    lang: str, sentence: str, numbers: list[tuple[str, int | None, int | None]]
) -> None:
    """Bound words on either side belong to the number; days, ages, sums and distances are none."""
    words = lexicon(lang)
    found = stated_in(words, words.line(sentence), sentence, PUBLISHED)
    told = [(sentence[s.start : s.end], s.quantity.low, s.quantity.high) for s in found]
    assert told == numbers


PIECES = st.sampled_from(
    ["12", "٩٥", "at least", "of", "and", "how many", "unknown", "no", "half", "طفلان", "وعشرون", "civiles"]
)
TEXTS = st.lists(PIECES | st.text(max_size=6), max_size=12).map(" ".join)


@given(st.sampled_from(languages()), TEXTS)
def test_whatever_is_written_numbers_stand_in_it_apart(lang: str, text: str) -> None:
    """Numbers are read in order, none inside another, each from characters that are there and of one interval."""
    words = lexicon(lang)
    found = stated_in(words, words.line(text), text, PUBLISHED)
    edges = [edge for number in found for edge in (number.start, number.end)]
    assert edges == sorted(edges)
    for number in found:
        low, high = number.quantity.low, number.quantity.high
        assert text[number.start : number.end].strip()
        assert low is None or high is None or 0 <= low <= high
        assert number.is_said_as(low, high)
        assert not number.is_said_as(-1, high)
