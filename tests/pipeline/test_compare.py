"""How two versions of a table differ."""

from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.pipeline.compare import table_differences

SCHEMA = pa.schema([pa.field("id", pa.string(), nullable=False), pa.field("n", pa.int64()), pa.field("s", pa.string())])
ROWS = st.lists(
    st.fixed_dictionaries(
        {"id": st.sampled_from("abcdef"), "n": st.one_of(st.none(), st.integers(0, 3)), "s": st.sampled_from("xyé")}
    ),
    max_size=6,
)


def told(stored: list[dict[str, Any]], expected: list[dict[str, Any]], *keys: str) -> list[str]:
    first, second = (pa.Table.from_pylist(rows, schema=SCHEMA) for rows in (stored, expected))
    found = table_differences("t", first, second, keys, "run again")
    return [f"{d.subject}: {d.found} | {d.expected}" for d in found]


@pytest.mark.long
@settings(max_examples=80)
@given(ROWS, st.randoms(use_true_random=False))
def test_order_is_no_difference(rows: list[dict[str, Any]], random: Any) -> None:
    """The same rows in another order are the same table, named by a key or not."""
    shuffled = random.sample(rows, len(rows))
    assert told(rows, shuffled) == []
    unique = list({row["id"]: row for row in rows}.values())
    assert told(unique, unique[::-1], "id") == []


@pytest.mark.long
@settings(max_examples=80)
@given(ROWS, ROWS)
def test_any_difference_is_told(stored: list[dict[str, Any]], expected: list[dict[str, Any]]) -> None:
    """Something is told exactly if the rows are not the same."""
    key = lambda row: (row["id"], row["n"] is None, row["n"] or 0, row["s"])  # noqa: E731
    same = sorted(stored, key=key) == sorted(expected, key=key)
    assert (told(stored, expected) == []) == same
    mine, theirs = ({row["id"]: row for row in rows} for rows in (stored, expected))
    assert (told(list(mine.values()), list(theirs.values()), "id") == []) == (mine == theirs)


def test_what_is_told() -> None:
    """A changed column is told with both values, a row too many or too few by its key."""
    stored: list[dict[str, Any]] = [{"id": "a", "n": 1, "s": "x"}, {"id": "b", "n": 2, "s": "x"}]
    expected: list[dict[str, Any]] = [{"id": "a", "n": 95, "s": "x"}, {"id": "c", "n": None, "s": "x"}]
    assert told(stored, expected, "id") == [
        "derived.db, t a, n: 1 | 95",
        "derived.db, t b: 1 of it | 0",
        "derived.db, t c: 0 of it | 1",
    ]


def test_very_many_differences_are_counted() -> None:
    """Beyond the first fifty, differences are counted."""
    rows = [{"id": f"{n:03}", "n": n, "s": "x"} for n in range(80)]
    found = told(rows, [], "id")
    assert len(found) == 51
    assert found[-1] == "derived.db, t: 30 further differences | none"
