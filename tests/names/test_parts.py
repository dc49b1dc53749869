"""Own, father's, grandfather's and family's name, in either script, whatever stands between them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.names import parts_of, unnamed
from marsad.names.parts import of_parts


def told(name: str) -> tuple[str | None, ...]:
    """Return own, father, grandfather and family."""
    parts = parts_of(name)
    return parts.own, parts.father, parts.grandfather, parts.family


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("محمد هاني سالم الكفراوي", ("محمد", "هاني", "سالم", "كفراوي")),
        ("محمد هاني الكفراوي", ("محمد", "هاني", None, "كفراوي")),
        ("محمد  سالم الكفراوي", ("محمد", None, "سالم", "كفراوي")),
        ("محمد الكفراوي", ("محمد", None, None, "كفراوي")),
        ("محمد", ("محمد", None, None, None)),
        ("عبد الله عبد الرحمن أبو ماضي", ("عبدله", "عبدرحمن", None, "ابوماضي")),
        ("عبدالله عبدالرحمن ابوماضي", ("عبدله", "عبدرحمن", None, "ابوماضي")),
        ("نور الدين علي نصر الله", ("نوردين", "علي", None, "نصرله")),
        ("علي بن عمر بن سعيد الحارثي", ("علي", "عمر", "سعيد", "حارثي")),
        ("الشهيد الطفل سامر علي زعتورة", ("سامر", "علي", None, "زعتوره")),
        ("Ali bin Omar bin Said al-Harithi", ("ali", "omar", "said", "harithi")),
        ("Abd al-Rahman Nour al-Din Abu Madi", ("abdrahman", "nourdin", None, "abumadi")),
        ("Dr. Samer Ali Zaatoura", ("samer", "ali", None, "zaatoura")),
        ("ابن محمد سالم الكفراوي", (None, "محمد", "سالم", "كفراوي")),
        ("زوجة محمد سالم الكفراوي", (None, None, None, "كفراوي")),
    ],
)
def test_parts_of_a_name(name: str, parts: tuple[str | None, ...]) -> None:
    """The last of two or more is the family's, a wide gap leaves the father out, particles belong to their word."""
    assert told(name) == parts


def test_a_kunya_is_no_own_name() -> None:
    """أم ياسر is called after her son: her own name is not told."""
    parts = parts_of("أم ياسر كفراوي")
    assert (parts.own, parts.kunya, parts.family) == (None, "امياسر", "كفراوي")
    assert parts_of("أبو ياسر محمد الكفراوي").own == "محمد"
    assert parts_of("محمد الكفراوي (أبو ياسر)").kunya == "ابوياسر"


@pytest.mark.parametrize(
    "name", ["مجهول", "مجهولة الهوية", "مجهول رقم 7", "Unknown", "unidentified woman 2", "بدون اسم", "-", "؟؟", ""]
)
def test_rows_that_name_nobody(name: str) -> None:
    """They are counted, and never linked."""
    assert unnamed(name)
    assert told(name) == (None, None, None, None)


@pytest.mark.parametrize("name", ["منار", "مي", "Unsi Salem", "Noname Kafrawi", "Ali"])
def test_names_that_only_begin_like_none(name: str) -> None:
    """A short or an odd name is a name."""
    assert not unnamed(name)


def test_columns_of_their_own_are_believed() -> None:
    """Where a list parts the name itself, no part moves into an empty place."""
    parts = of_parts("محمد", None, "سالم", "أبو ماضي")
    assert (parts.own, parts.father, parts.grandfather, parts.family) == ("محمد", None, "سالم", "ابوماضي")


@given(st.text(max_size=80))
def test_anything_has_parts(name: str) -> None:
    """No cell of a list makes taking names apart fail."""
    parts_of(name)
