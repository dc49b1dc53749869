"""Whether a model has an estimate: published codes, and the quick proofs against the linear program they spare."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from published import SPARSE, table_of

from marsad.estimate.existence import NO_ESTIMATE, NOT_UNIQUE, examine, exists
from marsad.estimate.lattice import all_models, named


def test_codes_of_the_sparse_table_are_the_published_ones() -> None:
    """2 for all pairs, 1 where A and B depend alone, 0 otherwise (Chan, Silverman & Vincent 2021)."""
    models = all_models(3)
    codes = dict(zip(map(named, models), examine(models, SPARSE.dense().astype(float)).codes.tolist(), strict=True))
    assert codes == {"[1,2,3]": 0, "[12,3]": 1, "[13,2]": 0, "[23,1]": 0, "[12,13]": 1, "[12,23]": 1, "[13,23]": 0,
                     "[12,13,23]": 2}  # fmt: skip


@pytest.mark.long
@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(0, 3), min_size=15, max_size=15).filter(any))
def test_quick_proofs_agree_with_the_linear_program(counts: list[int]) -> None:
    """On thin tables of four lists every code is what the linear program and the rank of the design say."""
    dense = np.array([0, *counts], dtype=float)
    found = examine(all_models(4), dense)
    for code, terms, cells in zip(found.codes, found.terms, found.cells, strict=True):
        assert bool(code & NO_ESTIMATE) is not exists(terms, cells, dense > 0)
        sets = np.arange(16)
        design = (sets[cells][:, None] & sets[terms][None, :]) == sets[terms][None, :]
        assert bool(code & NOT_UNIQUE) is bool(np.linalg.matrix_rank(design.astype(float)) < terms.sum())


@pytest.mark.long
@pytest.mark.parametrize("name", ["uk_2013_5lists", "neworleans_5lists"])
def test_quick_proofs_agree_on_real_tables(name: str) -> None:
    """Of all 6,893 models of five real lists, every fiftieth is checked by the linear program."""
    dense = table_of(name).dense().astype(float)
    found = examine(all_models(5), dense)
    for at in range(0, 6893, 50):
        assert bool(found.codes[at] & NO_ESTIMATE) is not exists(found.terms[at], found.cells[at], dense > 0)


@pytest.mark.parametrize(("lists", "models"), [(3, 8), (4, 113), (5, 6893)])
def test_hierarchical_models_are_counted(lists: int, models: int) -> None:
    """As many as published, each once."""
    every = all_models(lists)
    assert len(every) == models
    assert len({model.tobytes() for model in every}) == models
