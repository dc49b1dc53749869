"""Whether a log-linear model says anything about a table: does its maximum likelihood estimate exist, and is it one.

Where two lists of a term share nobody, the term's effect is minus infinity: the cells that hold it are empty by the model,
and are struck out together with the term (Chan, Silverman & Vincent 2021). Of what remains, the estimate exists if and only
if some table with the same margins has no empty cell (Fienberg & Rinaldo 2012), and it is unique if and only if the design
has full rank. Both depend only on which cells are empty, not on how full the others are.

Three cheap proofs spare almost every linear program: a margin that is empty although its cells remain (no estimate); a
direction of whole numbers in which the likelihood grows without end (no estimate); a fit that converged (an estimate).
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from marsad.estimate.lattice import Bools, over_subsets, over_supersets, within
from marsad.estimate.poisson import DONE, Fitted, Floats, fit, full_rank

_FEW, _MANY = 9, 80
"""Newton steps at first, and for the few fits that neither converged nor were seen to grow without end."""

NO_ESTIMATE, NOT_UNIQUE = 1, 2
"""Bits of a code: 0 well, 1 no maximum likelihood estimate, 2 not identifiable, 3 both."""


class Examined(NamedTuple):
    """Fits of models to tables, with their codes, what was struck out, and in which terms and cells they remain."""

    codes: NDArray[np.int64]
    fitted: Fitted
    terms: Bools
    cells: Bools


def examine(models: Bools, tables: Floats, which: NDArray[np.int64] | None = None, enough: float = DONE) -> Examined:
    """Return the code and the fit of each model, shape (fits, 2^J), to a table: the one at its place in `which`.

    `tables` has shape (tables, 2^J) or (2^J,); without `which` the first table is everyone's. A fit whose code is not 0
    means nothing. Models of one table that are alike once struck out are fitted once.
    """
    tables = np.atleast_2d(tables).astype(float)
    which = np.zeros(len(models), dtype=np.int64) if which is None else which
    terms, cells = strike_out(models, tables, which)
    first, back = _distinct(terms, cells, which)
    some, kept, of = terms[first], cells[first], which[first]
    codes = np.where(_empty_margin(some, kept, tables > 0, of), NO_ESTIMATE, 0)
    nothing = ~some.any(axis=1)  # nobody on any list: even the constant is struck out
    codes[nothing] = NO_ESTIMATE | NOT_UNIQUE
    struck = np.flatnonzero((kept.sum(axis=1) < kept.shape[1] - 1) & ~nothing)
    codes[struck] |= np.where(full_rank(some[struck], kept[struck]), 0, NOT_UNIQUE)
    fitted = _blank(len(first), models.shape[1])
    for steps in (_FEW, _MANY):
        rows = np.flatnonzero((codes == 0) & ~fitted.converged)
        for field, part in zip(fitted, fit(some[rows], kept[rows], tables[of[rows]], steps, enough), strict=True):
            field[rows] = part
        for row in rows[~fitted.converged[rows]]:
            if _grows(fitted.drift[row], kept[row], tables[of[row]] > 0):
                codes[row] = NO_ESTIMATE
    for row in np.flatnonzero(~fitted.converged & (codes & NO_ESTIMATE == 0)):
        # Not converged in all those steps: either there is none, or it lies so far out that no computer reaches it.
        if codes[row] == 0 or not exists(some[row], kept[row], tables[of[row]] > 0):
            codes[row] |= NO_ESTIMATE
    return Examined(codes[back], Fitted._make(field[back] for field in fitted), terms, cells)


def strike_out(models: Bools, tables: Floats, which: NDArray[np.int64]) -> tuple[Bools, Bools]:
    """Return the terms and the cells that remain where terms whose lists share nobody are struck out; never cell 0."""
    gone = np.zeros(models.shape, dtype=bool)
    shared = over_supersets(tables.T).T == 0
    rows = np.flatnonzero((shared.any(axis=1))[which])
    gone[rows] = over_subsets((models[rows] & shared[which[rows]]).T.astype(float)).T > 0
    cells = ~gone
    cells[:, 0] = False
    return models & ~gone, cells


def exists(terms: Bools, cells: Bools, support: Bools) -> bool:
    """Return whether some table over these cells, none of them empty, has the margins of a table with this support."""
    return _exists(terms.tobytes(), cells.tobytes(), support.tobytes())


@lru_cache(maxsize=100_000)
def _exists(terms: bytes, cells: bytes, support: bytes) -> bool:
    model, kept, seen = (np.frombuffer(each, dtype=bool) for each in (terms, cells, support))
    design = within(len(model).bit_length() - 1)[np.ix_(kept, model)]
    margins = design.T @ seen[kept].astype(float)
    # Largest x with design' z = margins and every z at least x; bounded, since z sums to at most the number of persons.
    cost = np.zeros(design.shape[0] + 1)
    cost[-1] = -1.0
    least = np.hstack([-np.eye(design.shape[0]), np.ones((design.shape[0], 1))])
    equal = np.hstack([design.T, np.zeros((design.shape[1], 1))])
    solved = linprog(cost, A_ub=least, b_ub=np.zeros(design.shape[0]), A_eq=equal, b_eq=margins,
                     bounds=[(0, None)] * design.shape[0] + [(None, None)], method="highs")  # fmt: skip
    return bool(solved.status == 0 and -solved.fun > 1e-7)


def _grows(drift: Floats, cells: Bools, support: Bools) -> bool:
    """Return whether the drift, made whole numbers, proves that the likelihood has no maximum.

    The proof: a direction in the model that changes no cell with persons, lowers some empty cell, and raises none.
    """
    whole = np.rint(drift)
    if np.abs(whole).max() == 0:
        return False
    direction = over_subsets(whole)
    there = direction[cells]
    return bool((direction[cells & support] == 0).all() and (there <= 0).all() and (there < 0).any())


@lru_cache(maxsize=16)
def _margins(n_lists: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Return the terms T of each pair (T, x), x a part of T but not the empty one, and the cells that agree with x on T."""

    def pairs() -> Iterator[tuple[int, int]]:
        for term in range(1, 1 << n_lists):
            part = term
            while part:
                yield term, part
                part = (part - 1) & term

    both = np.array(list(pairs()))
    sets = np.arange(1 << n_lists)
    return both[:, 0], ((sets[None, :] & both[:, :1]) == both[:, 1:]).astype(np.float32)


def _empty_margin(terms: Bools, cells: Bools, support: Bools, which: NDArray[np.int64]) -> Bools:
    """Return which models have a margin that nobody falls into although cells of it remain: no estimate exists."""
    n_lists = terms.shape[1].bit_length() - 1
    out = np.zeros(len(terms), dtype=bool)
    if n_lists > 6:  # 3^J margins; above, the drift and the linear program see to it
        return out
    of, members = _margins(n_lists)
    order = np.argsort(which, kind="stable")
    for rows in np.split(order, np.flatnonzero(np.diff(which[order])) + 1):
        empty = np.flatnonzero(members @ support[which[rows[0]]] == 0)
        remain = cells[rows].astype(np.float32) @ members[empty].T > 0
        out[rows] = (terms[np.ix_(rows, of[empty])] & remain).any(axis=1)
    return out


def _distinct(terms: Bools, cells: Bools, which: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the first row of each kind and, for every row, the place of its kind."""
    packed = np.hstack(
        [np.packbits(terms, axis=1), np.packbits(cells, axis=1), which.astype("<u4")[:, None].view(np.uint8)]
    )
    if packed.shape[1] <= 8:  # numbers sort faster than bytes
        rows: NDArray[Any] = np.zeros(len(packed), dtype=np.uint64)
        for column in packed.T:
            rows = rows << np.uint64(8) | column.astype(np.uint64)
    else:
        rows = np.ascontiguousarray(packed).view(np.dtype((np.void, packed.shape[1]))).ravel()
    _, first, back = np.unique(rows, return_index=True, return_inverse=True)
    return first, back


def _blank(n_fits: int, n_cells: int) -> Fitted:
    nan = np.full(n_fits, np.nan)
    return Fitted(
        np.zeros((n_fits, n_cells)), nan, nan.copy(), nan.copy(), np.zeros((n_fits, n_cells)), np.zeros(n_fits, bool)
    )
