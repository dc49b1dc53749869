"""What wrong links do to the killed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.evaluate.tolls import Tolls, tolls

items = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 30)), min_size=1, max_size=8)
Items = list[tuple[int, int, int]]


def told(rows: Items) -> tuple[dict[str, str], dict[str, str], dict[str, int]]:
    """Return truth, clusters and killed from (incident, cluster, killed), one for each item."""
    by_name = {str(n): row for n, row in enumerate(rows)}
    truth = {name: f"i{row[0]}" for name, row in by_name.items()}
    return truth, {name: f"c{row[1]}" for name, row in by_name.items()}, {name: row[2] for name, row in by_name.items()}


def test_an_incident_counted_twice_is_off_by_the_second_count() -> None:
    """Told with 60, 63 and 95 killed; the 60 stand apart: 155 are counted instead of 95. Unlinked it were 218."""
    found = tolls(*told([(0, 0, 63), (0, 0, 95), (0, 1, 60)]))
    assert found == Tolls(truth=95, grouped=155, off=60, unlinked=218, off_unlinked=123)
    assert found.signed == pytest.approx(60 / 95)
    assert found.of_unlinked == pytest.approx(60 / 123)


def test_errors_of_different_incidents_do_not_cancel_out() -> None:
    """One incident of 10 counted twice, two of 10 counted once: the sum is right, and 20 are wrong."""
    found = tolls(*told([(0, 0, 10), (0, 1, 10), (1, 2, 10), (2, 2, 10)]))
    assert found.grouped == found.truth == 30
    assert found.signed == 0
    assert found.off == 20


def test_a_mixed_cluster_stands_for_the_incident_it_has_most_of_then_for_the_one_with_the_toll() -> None:
    """Two tellings of 5 killed swallow one of 40: the first incident is 35 too many, the second 40 too few. One against
    one, the toll goes where it was told."""
    assert tolls(*told([(0, 0, 5), (0, 0, 5), (1, 0, 40)])).off == 35 + 40
    assert tolls(*told([(0, 0, 5), (1, 0, 40)])).off == 5


@given(items)
def test_true_links_are_not_off_and_nothing_linked_is_off_as_said(rows: Items) -> None:
    """The truth has no error; the errors that single tellings make are the same, however they are called."""
    truth, found, dead = told(rows)
    assert tolls(truth, truth, dead).off == 0
    assert tolls(truth, {}, dead).off == tolls(truth, found, dead).off_unlinked


@given(items)
def test_the_sum_is_never_off_by_more_than_its_incidents_are(rows: Items) -> None:
    """Signed errors may cancel out, absolute ones cannot."""
    found = tolls(*told(rows))
    assert abs(found.grouped - found.truth) <= found.off


def test_where_nobody_was_killed_there_is_no_share() -> None:
    """None, not nought: nothing could have gone wrong."""
    found = tolls(*told([(0, 0, 0), (0, 1, 0)]))
    assert (found.off, found.of_unlinked, found.signed) == (0, None, None)
