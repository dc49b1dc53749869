"""Counts of persons by the set of lists that name them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.estimate import CaptureTable, Code
from marsad.model import Wrong

KOSOVO = ("EXH", "ABA", "OSCE", "HRW")
KOSOVO_CELLS = {
    "1000": 1131, "0100": 845, "1100": 177, "0010": 936, "1010": 228, "0110": 217, "1110": 181, "0001": 306,
    "1001": 106, "0101": 31, "1101": 18, "0011": 123, "1011": 42, "0111": 32, "1111": 27,
}  # fmt: skip
"""Killings of Kosovo Albanians, 20 March to 22 June 1999, as printed in Ball and others 2002: facts, four lists."""

cells = st.dictionaries(st.text("01", min_size=4, max_size=4), st.integers(0, 500), min_size=1)


def test_kosovo_counts_what_the_report_prints() -> None:
    """4,400 persons on four lists; two lists share those whom both name."""
    table = CaptureTable.from_patterns(KOSOVO, KOSOVO_CELLS)
    assert table.n == 4400
    assert table.overlaps[0, 1] == 177 + 181 + 18 + 27
    assert table.by_number.tolist() == [
        0,
        1131 + 845 + 936 + 306,
        177 + 228 + 217 + 106 + 31 + 123,
        181 + 18 + 42 + 32,
        27,
    ]


@given(cells, st.permutations(range(4)))
def test_order_of_lists_does_not_matter(counts: dict[str, int], order: list[int]) -> None:
    """The same lists in another order have the same hash and the same overlaps by name."""
    one = CaptureTable.from_patterns("ABCD", counts)
    other = CaptureTable.from_patterns(
        ["ABCD"[j] for j in order], {"".join(text[j] for j in order): count for text, count in counts.items()}
    )
    assert one.hash == other.hash
    assert one.n == other.n


@given(cells)
def test_texts_give_the_table_back(counts: dict[str, int]) -> None:
    """Patterns written out and read in again are the same table."""
    table = CaptureTable.from_patterns("ABCD", counts)
    assert CaptureTable.from_patterns(table.lists, table.texts()) == table


@given(cells)
def test_a_matrix_of_persons_counts_as_its_patterns(counts: dict[str, int]) -> None:
    """One row for each person gives the table that the counts give."""
    rows = [[int(digit) for digit in text] for text, count in counts.items() for _ in range(count % 7)]
    few = {text: count % 7 for text, count in counts.items()}
    matrix = np.array(rows, dtype=int).reshape(-1, 4)
    assert CaptureTable.from_matrix("ABCD", matrix) == CaptureTable.from_patterns("ABCD", few)


@given(cells, cells)
def test_strata_add_up(one: dict[str, int], other: dict[str, int]) -> None:
    """Two strata together hold the persons of both, pattern by pattern."""
    both = CaptureTable.from_patterns("ABCD", one) + CaptureTable.from_patterns("ABCD", other)
    summed = {text: one.get(text, 0) + other.get(text, 0) for text in {*one, *other}}
    assert both.hash == CaptureTable.from_patterns("ABCD", summed).hash


def test_strata_with_other_lists_add_by_name() -> None:
    """A list that only one stratum has keeps its persons; lists meet by name and not by place."""
    north = CaptureTable.from_patterns(("البلدية", "المشفى"), {"10": 5, "11": 2})
    south = CaptureTable.from_patterns(("المشفى", "Archive"), {"10": 3, "11": 4})
    both = north + south
    assert both.lists == ("البلدية", "المشفى", "Archive")
    assert both.texts() == {"100": 5, "110": 2, "010": 3, "011": 4}


def test_links_of_victims_to_persons_make_the_table() -> None:
    """Each person counts once a list, however many records the list has of them."""
    links = [("p1", "A"), ("p1", "A"), ("p1", "B"), ("p2", "B"), ("p3", "C")]
    assert CaptureTable.from_links(links).texts() == {"110": 1, "010": 1, "001": 1}


def test_who_is_on_no_list_is_left_out_and_noted() -> None:
    """A row of zeros counts nobody: it is dropped, never taken for those missing."""
    table = CaptureTable.from_patterns("AB", {"00": 7, "10": 2, "01": 1})
    assert table.n == 3
    assert [note.code for note in table.notes] == [Code.UNSEEN_ROW]


def test_lists_that_name_nobody_are_left_out_and_noted() -> None:
    """An empty list is no list."""
    table = CaptureTable.from_patterns("ABC", {"100": 4, "001": 3})
    assert table.lists == ("A", "C")
    assert table.notes[0].code is Code.EMPTY_LIST


def test_members_of_one_list_are_a_table_of_the_others() -> None:
    """Within list B: whom the other lists name, and nobody else."""
    table = CaptureTable.from_patterns("ABC", {"110": 3, "011": 2, "010": 9, "101": 4})
    assert table.within("B").texts() == {"10": 3, "01": 2}


def test_sixty_four_lists_keep_every_bit() -> None:
    """The last list of 64 is as good as the first."""
    table = CaptureTable([f"L{j}" for j in range(64)], [1 << 63 | 1, 1 << 5], [2, 3])
    assert dict(zip(table.lists, table.listed.tolist(), strict=True)) == {"L0": 2, "L5": 3, "L63": 2}


@pytest.mark.parametrize(
    ("lists", "counts"),
    [
        ("AB", {"1": 1}),
        ("AB", {"12": 1}),
        ("AA", {"10": 1}),
        ("AB", {"10": -1}),
        ("AB", {"10": 1.5}),
        ("AB", {"10": float("nan")}),
    ],
)
def test_what_is_no_table_is_refused_with_its_reason(lists: str, counts: dict[str, int]) -> None:
    """Wrong digits, names given twice, counts that are no whole numbers."""
    with pytest.raises(Wrong):
        CaptureTable.from_patterns(lists, counts)
