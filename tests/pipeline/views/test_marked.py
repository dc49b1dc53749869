"""A text cut at its claims: whatever overlaps, the pieces are the text, and each knows who covers it."""

from hypothesis import given
from hypothesis import strategies as st

from marsad.pipeline.views.marked import CONTROLS, pieces

TEXTS = st.text(alphabet=st.sampled_from("ab 9٩قم\r\n\u202e\u200f😀<&"), max_size=60)
SPANS = st.lists(st.tuples(st.integers(0, 70), st.integers(0, 70)), max_size=8)


@given(TEXTS, SPANS)
def test_the_pieces_are_the_text(text: str, spans: list[tuple[int, int]]) -> None:
    """Put one after the other they are the text, each where it says that it lies."""
    found = list(pieces(text, spans))
    assert "".join(piece.text for piece in found) == text
    assert all(text[piece.start : piece.end] == piece.text for piece in found)


@given(TEXTS, SPANS)
def test_a_character_is_covered_by_just_the_claims_over_it(text: str, spans: list[tuple[int, int]]) -> None:
    """For every character, the claims of its piece are those whose span holds it, the shortest first."""
    for piece in pieces(text, spans):
        for at in range(piece.start, piece.end):
            over = {n for n, (start, end) in enumerate(spans) if start <= at < min(end, len(text))}
            assert set(piece.claims) == over
        lengths = [min(spans[n][1], len(text)) - spans[n][0] for n in piece.claims]
        assert lengths == sorted(lengths)


@given(TEXTS)
def test_what_is_not_seen_stands_alone(text: str) -> None:
    """A character that turns others or is not seen is a piece of its own, and said to be one."""
    found = list(pieces(text, []))
    assert [p.text for p in found if p.control] == [letter for letter in text if letter in CONTROLS]
    assert all(len(p.text) == 1 for p in found if p.control)
