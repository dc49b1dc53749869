"""Which guess is about which mark."""

from hypothesis import given
from hypothesis import strategies as st
from marked_reports import compared, guess, mark

from marsad.evaluate.pairs import Pair


def pairs(
    marks: list[tuple[int, int, int]], guesses: list[tuple[int, int, int]]
) -> list[tuple[int | None, int | None]]:
    """Return (start of mark, start of guess) of each pair."""
    found = compared([mark(*each) for each in marks], [guess(*each) for each in guesses]).pairs
    return [(p.mark.start if p.mark else None, p.guess.start if p.guess else None) for p in found]


def test_one_shared_character_makes_a_pair_and_none_does_not() -> None:
    """Spans that touch share nothing."""
    assert pairs([(0, 10, 5)], [(9, 12, 5)]) == [(0, 9)]
    assert pairs([(0, 10, 5)], [(10, 12, 5)]) == [(0, None), (None, 10)]


def test_the_right_number_comes_before_the_longer_overlap() -> None:
    """Of two guesses inside one mark, the one with its number is its partner, though it covers less."""
    assert pairs([(0, 20, 7)], [(0, 15, 9), (16, 18, 7)]) == [(None, 0), (0, 16)]


def test_right_in_number_comes_before_right_in_category() -> None:
    """A guess with the number and another category beats one with the category and another number."""
    [first, second] = compared([mark(0, 20, 7)], [guess(0, 20, 9), guess(5, 8, 7, "injured")]).pairs
    assert (first.mark is not None and first.guess is not None and first.guess.number) == 7
    assert second.mark is None


def test_of_equals_the_longer_overlap_then_the_closer_length_wins() -> None:
    """Ties are broken by how well the spans lie on each other."""
    assert pairs([(0, 10, 5)], [(8, 12, 5), (2, 9, 5)]) == [(None, 8), (0, 2)][::-1]
    assert pairs([(10, 14, 5)], [(0, 40, 5), (9, 14, 5)]) == [(None, 0), (10, 9)]


def test_dozens_beside_dozens_is_no_right_number() -> None:
    """Where neither side gives a number there is none to be right."""
    assert not Pair(mark(0, 5, None), guess(0, 5, None)).number_right


spans = st.lists(
    st.tuples(st.integers(0, 40), st.integers(1, 12), st.integers(0, 3)).map(lambda t: (t[0], t[0] + t[1], t[2])),
    max_size=8,
)


@given(spans, spans)
def test_every_mark_and_every_guess_is_in_one_pair(
    marks: list[tuple[int, int, int]], guesses: list[tuple[int, int, int]]
) -> None:
    """Nothing is lost, nothing is used twice, and no pair lies apart."""
    marked, guessed = [mark(*each) for each in marks], [guess(*each) for each in guesses]
    found = compared(marked, guessed).pairs
    assert sorted((p.mark.start, p.mark.end) for p in found if p.mark) == sorted((m.start, m.end) for m in marked)
    assert sorted((p.guess.start, p.guess.end) for p in found if p.guess) == sorted((g.start, g.end) for g in guessed)
    for pair in found:
        if pair.mark and pair.guess:
            assert max(pair.mark.start, pair.guess.start) < min(pair.mark.end, pair.guess.end)


@given(spans)
def test_marks_guessed_as_they_are_pair_with_themselves(marks: list[tuple[int, int, int]]) -> None:
    """A reader that finds exactly what was marked misses nothing and adds nothing."""
    found = compared([mark(*each) for each in marks], [guess(*each) for each in marks]).pairs
    assert all(pair.mark and pair.guess for pair in found)
