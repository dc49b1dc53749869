"""What PDFs do to names is undone where the undamaged name is certain, and nothing else is touched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.names import letters, parts_of, repaired
from marsad.names.given import bound, given_names
from marsad.names.repair import unglued

GIVEN = [bound(letters(name.arabic).replace(" ", "")) for name in given_names()]


@pytest.mark.parametrize(
    ("damaged", "whole"),
    [
        ("عبد هللا", "عبد الله"),
        ("عبدهللا", "عبدالله"),
        ("االزهار", "الازهار"),
        ("اسالم", "اسلام"),
        ("تيسي", "تيسير"),
        ("لي ن", "لين"),
        ("ياسمين ن", "ياسمين"),
        ("م حمد", "محمد"),
    ],
)
def test_damage_is_undone(damaged: str, whole: str) -> None:
    """الله and lam-alef backwards, a lost last letter, a letter apart and a letter twice."""
    assert repaired(damaged.split()) == tuple(whole.split())


@given(st.sampled_from(GIVEN))
def test_a_known_name_is_never_repaired(name: str) -> None:
    """جمال, بلال and صالح hold what looks like a lam-alef turned round, and are names."""
    assert repaired([name]) == (name,)
    assert unglued(name) == (name,)


@given(st.lists(st.text(alphabet="ابترسلمنهويد", min_size=1, max_size=8), max_size=5))
def test_repairing_twice_changes_nothing(words: list[str]) -> None:
    """Repair is idempotent on words of any letters."""
    once = repaired(words)
    assert repaired(once) == once


def test_names_without_a_space_are_parted() -> None:
    """Two known names, or a known one and a rest that can be a family's."""
    assert parts_of("محمداسامة كفراوي").father == "اسامه"
    assert parts_of("ناصرعواجة").family == "عواجه"


def test_latin_words_are_left_alone() -> None:
    """Repair knows of Arabic ligatures only."""
    assert repaired(["o", "connor", "tayseer"]) == ("o", "connor", "tayseer")
