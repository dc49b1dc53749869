"""One number or none: what is quoted, and what is refused by name."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from published import HEPATITIS, KOSOVO, SPARSE, table_of

from marsad.estimate import CaptureTable, Code, Result, Status, decomposable, loglinear
from marsad.estimate.headline import ALLOWANCE, estimate, methods_for
from marsad.estimate.screen import screen

METHODS = {
    "average": lambda table, _seed: loglinear(table, average=True),
    "graphs": lambda table, _seed: decomposable(table),
}
"""Two methods that take no draws, so that these tests are quick and exact."""


def codes(result: Result) -> set[Code]:
    """Return the names of a result's doubts."""
    return {caution.code for caution in result.cautions}


def test_kosovo_s_interval_holds_the_near_census() -> None:
    """10,401 dead are in the Kosovo Memory Book; the headline holds them, and every method's interval."""
    head, parts = estimate(KOSOVO, methods=METHODS)
    assert head.headline is not None
    assert head.headline[0] < 10_401 < head.headline[2]
    for part in parts:
        assert part.low is not None
        assert part.high is not None
        assert head.headline[0] - KOSOVO.n == pytest.approx(min(p.low - p.n for p in parts if p.low) / ALLOWANCE)
        assert part.high < head.headline[2]


def test_two_lists_are_refused_with_a_lower_bound() -> None:
    """Two lists: Chapman's number as a bound, no headline, the reason by name."""
    head, _ = estimate(CaptureTable.from_patterns("AB", {"10": 80, "01": 30, "11": 20}))
    assert (head.status, head.headline) == (Status.LOWER_BOUND_ONLY, None)
    assert head.point == pytest.approx(101 * 51 / 21 - 1)
    assert Code.FEWER_THAN_THREE_LISTS in codes(head)


def test_a_list_copied_from_another_is_refused() -> None:
    """Every person of D is on A, where a third of the others' are: one origin."""
    cells = {**{text + "0": count for text, count in HEPATITIS.texts().items()}, "1001": 30, "1011": 8, "1101": 9}
    head, _ = estimate(CaptureTable.from_patterns("PQED", cells), methods=METHODS)
    assert head.headline is None
    assert Code.LIST_COPY in codes(head)


def test_a_small_list_within_another_by_chance_is_no_copy() -> None:
    """Three persons who are all on a list of nearly everybody prove nothing."""
    cells = {"110": 300, "100": 400, "010": 60, "111": 2, "101": 1}
    assert not [
        c
        for c in screen(CaptureTable.from_patterns("ABC", cells))
        if c.code is Code.LIST_COPY and c.severity == "error"
    ]


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        (SPARSE.texts(), Code.NO_TRIPLE),
        ({"100": 40, "010": 30, "001": 20}, Code.SMALL_OVERLAP),
        ({"100": 4, "110": 3, "101": 3, "011": 2, "111": 5}, Code.SMALL_TABLE),
        ({"100": 40, "110": 30, "101": 20, "111": 8}, Code.LIST_OF_ALL),
        ({"110": 60, "100": 50, "010": 40, "001": 70}, Code.NOT_IDENTIFIABLE),
    ],
)
def test_what_a_table_says_against_itself_is_named(cells: dict[str, int], code: Code) -> None:
    """Each way in which a table cannot bear an estimate has its name, and no number is printed."""
    head, _ = estimate(CaptureTable.from_patterns("ABC", cells), methods=METHODS)
    assert head.headline is None
    assert code in codes(head)
    assert "No headline number" in head.summary()


def test_methods_that_do_not_meet_are_refused() -> None:
    """Two intervals apart: no number, and both named."""

    def low(table: CaptureTable, _seed: int) -> Result:
        return Result.of(table, "low", Status.OK, point=5000.0, low=4800.0, high=5200.0, log_error=0.1)

    head, _ = estimate(KOSOVO, methods={**METHODS, "low": low})
    assert head.headline is None
    assert Code.MODELS_DISAGREE in codes(head)


def test_a_method_that_did_not_settle_forbids_the_headline() -> None:
    """One method with two tops is enough: slavery in the United Kingdom has no number here."""
    head, _ = estimate(table_of("uk_2013_5lists"), methods=METHODS)
    assert (head.headline, head.status) == (None, Status.NOT_CONVERGED)
    assert Code.MULTIMODAL in codes(head)


@pytest.mark.long
@pytest.mark.parametrize("name", ["netherlands_5lists", "netherlands_6lists"])
def test_the_netherlands_get_no_number(name: str) -> None:
    """Whatever else happens, these tables have no headline."""
    head, _ = estimate(table_of(name), methods=METHODS, leave_out=False)
    assert head.headline is None
    assert head.status in (Status.NOT_CONVERGED, Status.NOT_IDENTIFIABLE)


cells = st.lists(st.integers(0, 80), min_size=7, max_size=7)


@pytest.mark.long
@settings(max_examples=25, deadline=None)
@given(cells, st.permutations(range(3)), st.integers(0, 3))
def test_order_of_lists_decides_nothing(counts: list[int], order: list[int], seed: int) -> None:
    """Headline or refusal, and every number, are the same for lists in any order."""
    table = CaptureTable("ABC", range(1, 8), counts)
    if table.n_lists < 3:
        return
    one, _ = estimate(table, methods=METHODS, seed=seed)
    other, _ = estimate(table.only(["ABC"[j] for j in order]), methods=METHODS, seed=seed)
    assert (one.status, one.headline is None) == (other.status, other.headline is None)
    if one.headline and other.headline:
        assert one.headline == pytest.approx(other.headline, rel=1e-3)


def test_people_each_harder_or_easier_to_find_widen_the_headline() -> None:
    """Of 1,500 simulated persons each as easy to find for all lists, by Beta(2, 6): the end that sample coverage sets is kept."""
    graded = CaptureTable.from_patterns(
        "ABCD", {"1000": 123, "0100": 128, "1100": 51, "0010": 129, "1010": 52, "0110": 52, "1110": 24, "0001": 153,
                 "1001": 50, "0101": 52, "1101": 29, "0011": 69, "1011": 35, "0111": 22, "1111": 16})  # fmt: skip
    asked = {name: ask for name, ask in methods_for(graded).items() if name != "latent classes"}
    fewer = {name: ask for name, ask in asked.items() if name != "sample-coverage"}
    wide, narrow = (estimate(graded, methods=methods, leave_out=False)[0].headline for methods in (asked, fewer))
    assert wide is not None
    assert narrow is not None
    assert wide[0] < 1500 < wide[2]
    assert wide[2] > narrow[2]
