"""What callers give wrongly is refused by name: tables, names, patterns, settings."""

import warnings
from collections.abc import Callable

import numpy as np
import pytest

from marsad.estimate import (
    CaptureTable,
    Code,
    Result,
    Status,
    chao_mh,
    chao_mt,
    decomposable,
    estimate,
    loglinear,
    nhoi,
    sample_coverage,
)
from marsad.model import Wrong

SEEN = {"100": 200, "010": 150, "001": 90, "110": 40, "101": 22, "011": 18, "111": 5}
ALONE: dict[str, Callable[[CaptureTable], Result]] = {
    "best": loglinear, "average": lambda table: loglinear(table, average=True), "graphs": decomposable,
    "coverage": sample_coverage, "nhoi": nhoi,
}  # fmt: skip


@pytest.mark.parametrize("make", [
    lambda: CaptureTable.from_matrix("ABC", [[1, 0], [0, 1, 1]]),
    lambda: CaptureTable.from_matrix(None, [[1, 0]]),  # type: ignore[arg-type]
    lambda: CaptureTable.from_matrix(["A", " "], [[1, 0]]),
    lambda: CaptureTable.from_matrix("AB", [[1, 0]], [float("nan")]),
    lambda: CaptureTable.from_patterns("AB", {10: 3}),  # type: ignore[dict-item]
    lambda: CaptureTable.from_patterns("AB", {"10": 2.5}),  # type: ignore[dict-item]
    lambda: CaptureTable("AB", [-1], [3]),
    lambda: CaptureTable("AB", [1.5], [3]),  # type: ignore[list-item]
    lambda: CaptureTable.from_links([]),
    lambda: CaptureTable.from_links([("p", "A", "B")]),  # type: ignore[list-item]
    lambda: CaptureTable.from_patterns("AB", {"10": 3}).within("Z"),
])  # fmt: skip
def test_a_table_that_cannot_be_is_refused(make: Callable[[], object]) -> None:
    """Ragged, nameless, not whole, not of two: each with the sentence of `Wrong`, never a trace of numpy."""
    with pytest.raises(Wrong):
        make()


@pytest.mark.parametrize("ask", [
    lambda t: loglinear(t, level=95), lambda t: loglinear(t, models=[]), lambda t: loglinear(t, order=0),
    lambda t: loglinear(t, interval="bca", replicates=0), lambda t: decomposable(t, level=0.0),
    lambda t: decomposable(t, delta=-1.0), lambda t: sample_coverage(t, replicates=1), lambda t: nhoi(t, level=2.0),
    lambda t: chao_mh(t, level=1.0), lambda t: chao_mt(t.only(["A"])),
    lambda t: estimate(t.texts()), lambda t: loglinear(t.seen),
])  # fmt: skip
def test_a_setting_that_cannot_be_is_named(ask: Callable[[CaptureTable], object]) -> None:
    """Levels outside 0 to 1, no models, no replicates, one list for a bound, and what is no table."""
    with pytest.raises(Wrong):
        ask(CaptureTable.from_patterns("ABC", SEEN))


@pytest.mark.parametrize("name", ALONE)
def test_no_method_alone_is_sure_of_copies(name: str) -> None:
    """A list entered twice under two names, and one that names everybody: no headline, whichever method is asked."""
    twice = CaptureTable.from_patterns("ABCD", {pattern + pattern[0]: count for pattern, count in SEEN.items()})
    whole = CaptureTable.from_patterns("ABC", {"100": 100, "110": 50, "101": 40, "111": 9})
    for table, code in ((twice, Code.LIST_COPY), (whole, Code.LIST_OF_ALL)):
        result = ALONE[name](table)
        assert result.headline is None
        assert result.status is not Status.OK
        if result.point is not None:
            assert code in {caution.code for caution in result.cautions}


@pytest.mark.parametrize("seen", [
    {}, {"100": 2, "010": 1, "001": 1, "110": 1}, {"100": 200, "010": 150, "001": 90}, {"111": 200},
    {"110": 200, "101": 100, "011": 90}, dict.fromkeys(SEEN, 10 ** 12), {p: 10**6 * c for p, c in SEEN.items()},
])  # fmt: skip
@pytest.mark.parametrize("name", ALONE)
def test_strange_tables_give_an_answer_or_a_refusal(name: str, seen: dict[str, int]) -> None:
    """Nobody, five persons, no overlap, no single, trillions: finite numbers above the floor or none, and no noise of numpy."""
    table = CaptureTable.from_patterns("ABC", seen)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        result = ALONE[name](table)
        assert result.summary()
    for value in (result.point, result.low, result.high):
        assert value is None or (np.isfinite(value) and value >= table.n * (1 - 1e-12))
    if result.headline is not None:
        low, point, high = result.headline
        assert low <= point * (1 + 1e-9)
        assert point <= high * (1 + 1e-9)
    if not seen or len(seen) == 1:
        assert result.headline is None
