"""Averaging over decomposable graphs: the digits of dga, and what must always hold."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from published import KOSOVO, MADIGAN_YORK, reference, runs, table_of
from scipy.special import gammaln

from marsad.estimate import CaptureTable, Code, decomposable
from marsad.estimate.graphs import decomposable as graphs

SETS = ("kosovo_1999", "uk_2013_5lists", "netherlands_5lists", "neworleans_5lists", "australia_4lists")


@pytest.mark.long
@pytest.mark.parametrize("name", SETS)
def test_dga_agrees_to_the_printed_digit(name: str) -> None:
    """Nine quantiles and the mode to the unit, the mean and the weight of the first graph to what is printed."""
    for run in runs(name, "dga"):
        setting = run["settings"]
        cap, step = int(setting["Nmissing"].split("..")[1].split()[0]), int(setting["Nmissing"].split()[-1])
        result = decomposable(
            table_of(name), delta=setting["delta"], complete=True, cap=cap, step=step, sensitivity=False
        )
        assert result.density is not None
        values, below = result.density[0], np.cumsum(result.density[1])
        for share, n in run["quantiles"].items():
            assert values[np.searchsorted(below, float(share[:-1]) / 100)] == n
        assert result.diagnostics["mode"] == run["mode"]
        assert result.diagnostics["mean"] == pytest.approx(run["mean"], rel=1e-6)
        assert result.models[0].weight == pytest.approx(run["top_models"][0]["post"], abs=1e-5)


def test_madigan_and_york_three_lists() -> None:
    """Published: first graph .37, average 731, mode 728, under their prior of N."""

    def prior(n: np.ndarray) -> np.ndarray:
        return np.asarray(gammaln(n + 13.14) - gammaln(n + 1) + n * np.log(55.17 / 56.17))

    result = decomposable(MADIGAN_YORK, delta=1.0, complete=True, prior=prior)
    assert result.models[0].weight == pytest.approx(0.37, abs=0.005)
    assert (result.point, result.diagnostics["mode"]) == (731, 728)


def test_madigan_and_york_five_lists() -> None:
    """Mean 617.8, median 616 [588, 655], mode 614, first graph .217."""
    cells = reference("care1_data")["Congenital"]
    result = decomposable(CaptureTable.from_patterns("ABCDE", cells), delta=0.5, complete=True)
    assert (result.low, result.point, result.high, result.diagnostics["mode"]) == (588, 616, 655, 614)
    assert result.diagnostics["mean"] == pytest.approx(617.8, abs=0.05)
    assert result.models[0].weight == pytest.approx(0.217, abs=5e-4)


def test_six_lists() -> None:
    """Six lists, which no package averages over: the figures of an independent program."""
    table = table_of("uk_2013_6lists")
    result = decomposable(table, cap=30 * table.n, complete=True, sensitivity=False)
    assert (result.low, result.point, result.high) == (10233, 12315, 26195)


@pytest.mark.parametrize(("lists", "count"), [(2, 2), (3, 8), (4, 61), (5, 822), (6, 18154)])
def test_decomposable_graphs_are_counted(lists: int, count: int) -> None:
    """As many as published."""
    assert len(graphs(lists)[0]) == count


def test_graphs_are_those_that_networkx_calls_chordal() -> None:
    """Of all 1,024 graphs on five lists, the same 822."""
    mine = {row.tobytes() for row in graphs(5)[0]}
    pairs = [(i, j) for i in range(5) for j in range(i)]
    for edges in range(1 << 10):
        chosen = [pair for k, pair in enumerate(pairs) if edges >> k & 1]
        graph = nx.Graph(chosen)
        graph.add_nodes_from(range(5))
        row = np.array([sum(1 << u for u in graph[v]) for v in range(5)], dtype=np.uint8)
        assert (row.tobytes() in mine) is nx.is_chordal(graph)


def test_without_the_complete_graph_a_large_delta_no_longer_decides() -> None:
    """Kosovo at delta 1: 9,786 [6,945, 12,745], where the complete graph would say 4,617."""
    result = decomposable(KOSOVO, delta=1.0, cap=132_000)
    assert (result.low, result.point, result.high) == (6945, 9786, 12745)


def test_two_tops_are_no_headline() -> None:
    """Slavery in the United Kingdom, five lists: about 12,000 or about 24,000, so no number."""
    result = decomposable(table_of("uk_2013_5lists"))
    assert result.headline is None
    assert Code.MULTIMODAL in {caution.code for caution in result.cautions}


def test_a_cap_that_binds_is_no_headline() -> None:
    """A limit within the posterior is named, and nothing may be quoted."""
    result = decomposable(KOSOVO, cap=6000)
    assert result.headline is None
    assert Code.CAP_BINDS in {caution.code for caution in result.cautions}


cells = st.lists(st.integers(0, 40), min_size=15, max_size=15).filter(lambda counts: sum(counts) > 20)


@settings(max_examples=20, deadline=None)
@given(cells, st.permutations(range(4)))
def test_order_of_lists_does_not_matter(counts: list[int], order: list[int]) -> None:
    """Lists in another order give the same posterior."""
    table = CaptureTable("ABCD", range(1, 16), counts)
    if table.n_lists < 4:
        return
    other = decomposable(table.only(["ABCD"[j] for j in order]), sensitivity=False)
    one = decomposable(table, sensitivity=False)
    assert one.status is other.status
    assert (one.low, one.point, one.high) == pytest.approx((other.low, other.point, other.high), rel=1e-6)


@settings(max_examples=20, deadline=None)
@given(cells, st.integers(200, 5000))
def test_a_wider_prior_never_narrows(counts: list[int], cap: int) -> None:
    """Allowing more people to be missing never lowers the upper end, nor narrows the interval's upper half."""
    table = CaptureTable("ABCD", range(1, 16), counts)
    if table.n_lists < 3:
        return
    narrow = decomposable(table, cap=cap, sensitivity=False)
    wide = decomposable(table, cap=2 * cap, sensitivity=False)
    assert narrow.high is not None
    assert wide.high is not None
    assert narrow.high <= wide.high
