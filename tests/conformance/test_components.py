"""Connected components: what networkx finds, on every engine, in few rounds whatever the shape."""

import random
from collections.abc import Iterable
from itertools import pairwise

import networkx as nx
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from second_engine import SqliteEngine

from marsad.engines.local import LocalEngine
from marsad.link.components import components
from marsad.stage import Engine, drive

Edge = tuple[str, str]
EDGES = st.lists(st.tuples(st.integers(0, 14), st.integers(0, 14)), max_size=25).map(
    lambda pairs: [(f"n{a:02}", f"n{b:02}") for a, b in pairs]
)


def found(engine: Engine, edges: Iterable[Edge]) -> dict[str, str]:
    """Return the label of each node that has an edge."""
    pairs = list(edges)
    table = pa.table(
        {"a": pa.array([a for a, _ in pairs], pa.string()), "b": pa.array([b for _, b in pairs], pa.string())}
    )
    engine.register("edge", table)
    rows = engine.table(drive(components("edge", "c"), engine)).to_pylist()
    labels = {row["node"]: row["label"] for row in rows}
    assert len(labels) == len(rows)
    return labels


def expected(edges: Iterable[Edge]) -> dict[str, str]:
    """Return what networkx says: each node with the smallest node that it is connected to."""
    return {node: min(part) for part in nx.connected_components(nx.Graph(list(edges))) for node in part}


@pytest.mark.long
@settings(max_examples=40, deadline=None)
@given(EDGES)
def test_any_graph_on_sqlite(edges: list[Edge]) -> None:
    """Loops, double edges, several parts: the labels are networkx's."""
    engine = SqliteEngine()
    assert found(engine, edges) == expected(edges)
    engine.close()


@pytest.mark.long
@settings(max_examples=8, deadline=None)
@given(EDGES)
def test_any_graph_on_duckdb(edges: list[Edge]) -> None:
    """The same on DuckDB."""
    with LocalEngine(1, threads=1) as engine:
        assert found(engine, edges) == expected(edges)


def _names(size: int, seed: int | None) -> list[str]:
    names = [f"n{k:05}" for k in range(size)]
    if seed is not None:
        random.Random(seed).shuffle(names)  # noqa: S311 - the same order every time
    return names


def _chain(names: list[str]) -> list[Edge]:
    return list(pairwise(names))


def _star(names: list[str]) -> list[Edge]:
    return [(names[0], name) for name in names[1:]]


@pytest.mark.long
@pytest.mark.parametrize(
    ("edges", "rounds"),
    [
        pytest.param(_chain(_names(2000, None)), 13, id="a chain in order"),
        pytest.param(_chain(_names(2000, None)[::-1]), 13, id="a chain backwards"),
        pytest.param(_chain(_names(2000, 1)), 13, id="a chain in disorder"),
        pytest.param(_star(_names(2000, None)), 2, id="a star around the smallest"),
        pytest.param(_star(_names(2000, None)[::-1]), 2, id="a star around the largest"),
        pytest.param(_star(_names(2000, 2)), 2, id="a star around any"),
    ],
)
def test_long_chains_and_wide_stars_take_few_rounds(edges: list[Edge], rounds: int) -> None:
    """Rounds are what costs on a cluster: two thousand in a row are labelled in about log2 of that many."""
    engine = SqliteEngine()
    assert found(engine, edges) == expected(edges)
    turns = (engine.ran - 2) / 4
    engine.close()
    assert turns <= rounds, turns
