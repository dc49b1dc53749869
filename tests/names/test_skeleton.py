"""The consonants of a name are the same in Arabic and in Latin letters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.names import arabicised, columns_of, letters, parts_of, romanised, skeleton

ALIGNED = [
    ("كفراوي", "Kafrawi"),
    ("الكفراوي", "Al-Kafrawi"),
    ("الزعاترة", "Al-Zaatreh"),
    ("الشمنات", "ash-Shamanat"),
    ("النجايبة", "El Najaybeh"),
    ("أبو سرحة", "Abu Sarha"),
    ("أبو سرحة", "Abou Sarhah"),
    ("الدبشوري", "Aldabshouri"),
    ("خضيرات", "Khudayrat"),
    ("غندورة", "Ghandoura"),
    ("القدسني", "Al-Qudsni"),
    ("القدسني", "Kodsni"),
    ("مشهراوي", "Mashharawi"),
    ("حواجرة", "Hawajreh"),
    ("صوالمة", "Sawalmeh"),
    ("ذيبان", "Dheiban"),
    ("طوقان", "Touqan"),
    ("جرادات", "Djaradat"),
    ("عبد الرزاق", "Abdel Razzaq"),
    ("عبد الرزاق", "Abdurrazzaq"),
    ("عبد الستار", "Abdul Sattar"),
    ("عبد الستار", "Abdessattar"),
    ("شمس الدين", "Shams al-Din"),
    ("فخر الدين", "Fakhreddine"),
    ("سيف الدين", "Saifuddin"),
    ("رزق الله", "Rizqallah"),
    ("جاد الله", "Jad Allah"),
    ("والي", "Oualy"),
    ("يافاوي", "Yafawi"),
    ("صباح", "Sabah"),
    ("طه", "Taha"),
    ("محمود", "Mahmood"),
]
"""Families and given names, made up or common; no list was asked."""


def bones(name: str) -> tuple[str | None, ...]:
    """Return the skeletons of a name's parts."""
    c = columns_of(parts_of(name))
    return c.own_sk, c.father_sk, c.grand_sk, c.family_sk


@pytest.mark.parametrize(("arabic", "latin"), ALIGNED)
def test_both_scripts_have_one_skeleton(arabic: str, latin: str) -> None:
    """Articles, assimilated or glued, particles, doubled letters and ways of romanising make no difference."""
    assert bones(f"علي {arabic}")[-1] == bones(f"Ali {latin}")[-1]


def test_a_whole_name_in_both_scripts() -> None:
    """Each part has its skeleton."""
    assert (
        bones("محمد هاني محمد الكفراوي") == bones("Mohammed Hani Mohamad El-Kafrawy") == ("MHMD", "HN", "MHMD", "KFR")
    )


@given(st.text(max_size=40))
def test_skeletons_are_ascii_capitals(name: str) -> None:
    """Whatever is in a cell, nothing but ASCII capitals reaches the column."""
    for word in letters(name).split():
        found = skeleton(word)
        assert found == "" or (found.isascii() and found.isalpha() and found.isupper())


def test_every_known_given_name_is_one_in_both_scripts() -> None:
    """A Latin spelling that can mean one name only has that name's skeleton and letters."""
    from marsad.names.given import bound, given_names, known_as

    for name in given_names():
        arabic = bound(letters(name.arabic).replace(" ", ""))
        for spelling in map(letters, name.latin):
            if known_as(spelling) is not None:
                assert skeleton(spelling) == skeleton(arabic), (spelling, arabic)
                assert arabicised(spelling) == arabic


def test_names_that_brothers_bear_keep_different_letters() -> None:
    """محمد and محمود share consonants; their letters, by which they are told apart, differ in both scripts."""
    assert skeleton("محمد") == skeleton("محمود")
    assert arabicised("mohammed") != arabicised("mahmoud")


def test_a_name_is_shown_in_latin_letters() -> None:
    """Known names as they are usually spelled, others by their letters, the article apart."""
    assert romanised("محمود عبد الله الكفراوي").startswith("Mahmoud")
    assert romanised("Ali Kafrawi") == "Ali Kafrawi"
    assert romanised("الكفراوي").isascii()
