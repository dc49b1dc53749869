"""Sketches: the same words, the same sketch; half of the words, about half of it."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.link.sketch import MARKS, marks_in
from marsad.model import ReportId, Text

WORDS = st.lists(
    st.sampled_from(["strike", "market", "killed", "people", "monitor", "رقة", "سوق", "قتلى"]), max_size=60
)


def marks(text: str) -> list[int]:
    return [m.mark for m in marks_in(Text(ReportId("r"), text))]


@settings(max_examples=50)
@given(WORDS)
def test_spacing_case_and_marks_do_not_count(words: list[str]) -> None:
    """Only words and their order make a sketch."""
    assert marks(" ".join(words)) == marks(",\n ".join(w.upper() for w in words) + "!")


@settings(max_examples=50)
@given(WORDS)
def test_a_sketch_is_small_and_in_order(words: list[str]) -> None:
    """One negative mark for all the words, then at most 24 others, smallest first; none for a text without words."""
    found = marks(" ".join(words))
    assert len([m for m in found if m < 0]) == (1 if words else 0)
    assert found == sorted(set(found))
    assert len(found) <= MARKS + 1
    assert all(-(2**63) <= m < 2**63 for m in found)


@settings(max_examples=50)
@given(WORDS, WORDS)
def test_other_words_have_another_whole_mark(one: list[str], other: list[str]) -> None:
    """The negative mark is shared exactly by texts with the same words in the same order."""
    whole = [[m for m in marks(" ".join(words)) if m < 0] for words in (one, other)]
    assert (whole[0] == whole[1]) == (one == other)


def test_a_number_in_a_long_text_changes_the_whole_mark() -> None:
    """A copy with another toll is not the same text, however long it is and however few marks it changes."""
    words = [f"w{k}" for k in range(400)]
    changed = [*words[:200], "95", *words[201:]]
    one, other = marks(" ".join(words)), marks(" ".join(changed))
    assert one[0] != other[0]
    assert len(set(one) & set(other)) >= MARKS - 4


def test_shared_marks_estimate_shared_words() -> None:
    """Texts that share four fifths of their runs share more than half of their marks; strangers share none."""
    dice = random.Random(7)  # noqa: S311 - the same words every time
    shares = []
    for _ in range(200):
        words = [f"w{dice.randrange(10_000)}" for _ in range(200)]
        reworded = list(words)
        for k in range(10, 200, 80):
            reworded[k] = "changed"
        one, other = (set(marks(" ".join(w))[1:]) for w in (words, reworded))
        shares.append(len(one & other) / MARKS)
        stranger = set(marks(" ".join(f"s{dice.randrange(10_000)}" for _ in range(200)))[1:])
        assert not one & stranger
    assert min(shares) > 0.5
