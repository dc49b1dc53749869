"""Pictures that look alike: found without comparing each with each."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.link.alike_pictures import NEAREST, alike

CODES = st.integers(0, 2**256 - 1)


@st.composite
def hashes(draw: st.DrawFn) -> dict[str, str]:
    """Hashes of which many are near to an earlier one: a few of its bits turned."""
    found: list[int] = []
    for _ in range(draw(st.integers(0, 12))):
        value = draw(CODES)
        near = draw(st.booleans())
        if found and near:
            value = draw(st.sampled_from(found))
            bits: list[int] = draw(st.lists(st.integers(0, 255), max_size=40))
            for bit in bits:
                value ^= 1 << bit
        found.append(value)
    return {f"p{number}": f"{value:064x}" for number, value in enumerate(found)}


@pytest.mark.long
@given(hashes())
def test_they_are_those_that_comparing_all_would_find(codes: dict[str, str]) -> None:
    """Each picture that has one near it before it is linked to the nearest, the earliest of several; no other is."""
    names = list(codes)
    expected = []
    for at, name in enumerate(names):
        near = [
            ((int(codes[name], 16) ^ int(codes[other], 16)).bit_count(), order, other)
            for order, other in enumerate(names[:at])
        ]
        near = [one for one in near if one[0] <= NEAREST]
        if near:
            expected.append((min(near)[0], name))
    assert [(apart, later) for _, later, apart in alike(codes)] == expected


def test_thirty_one_bits_are_alike_and_thirty_two_are_not() -> None:
    """The limit that those who made PDQ advise, two bits in every part but one."""
    near = sum(3 << (16 * part) for part in range(15)) | (1 << 240)
    codes = {"a": "0" * 64, "b": f"{near:064x}", "c": f"{near | (2 << 240):064x}"}
    assert list(alike(codes)) == [("a", "b", 31), ("b", "c", 1)]
    assert list(alike({"a": codes["a"], "c": codes["c"]})) == []
