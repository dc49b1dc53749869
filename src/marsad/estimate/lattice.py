"""Sets of lists and hierarchical log-linear models, as bits.

A set of lists, and a cell of the table alike, is a number whose bit j stands for list j. A model is the set of its terms,
as a row of 2^J truth values: hierarchical, so that with a term it holds every part of that term. It always holds the
empty term (the constant) and every list alone (main effects), and never the term of all J lists at once, which nothing
observed can tell: the assumption that it is nil is what makes an estimate.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from marsad.model.errors import Wrong

Bools = NDArray[np.bool_]
LETTERS = "123456789ABCDEFG"
"""How lists are numbered in the names of models: the tenth list is A."""

MOST_TO_ENUMERATE = 5
"""Lists up to which all hierarchical models are looked at: 6,893 for five, 7.8 million for six."""


@lru_cache(maxsize=16)
def within(n_lists: int) -> NDArray[np.float64]:
    """Return the 2^J by 2^J matrix of which set T (column) is part of which cell s (row)."""
    sets = np.arange(1 << n_lists)
    matrix: NDArray[np.float64] = ((sets[:, None] & sets[None, :]) == sets[None, :]).astype(np.float64)
    matrix.setflags(write=False)
    return matrix


def over_supersets(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return, for every set T (first axis), the sum over all sets that hold T: `within(J).T @ values`.

    J additions of halves instead of a product of matrices: quicker, and never spread over threads that then wait.
    """
    out = values.copy()
    half = 1
    while half < len(out):
        pairs = out.reshape(len(out) // (2 * half), 2, half, *out.shape[1:])
        pairs[:, 0] += pairs[:, 1]
        half *= 2
    return out


def over_subsets(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return, for every set s (first axis), the sum over all parts of s: `within(J) @ values`."""
    out = values.copy()
    half = 1
    while half < len(out):
        pairs = out.reshape(len(out) // (2 * half), 2, half, *out.shape[1:])
        pairs[:, 1] += pairs[:, 0]
        half *= 2
    return out


@lru_cache(maxsize=16)
def sizes(n_lists: int) -> NDArray[np.int64]:
    """Return how many lists each of the 2^J sets has."""
    sets = np.arange(1 << n_lists)
    return sum(sets >> j & 1 for j in range(n_lists)) + np.zeros(1 << n_lists, dtype=np.int64)


def closed(n_lists: int, terms: Iterable[int]) -> Bools:
    """Return the smallest hierarchical model with these terms: its row of truth values, length 2^J."""
    row = sizes(n_lists) <= 1
    for term in terms:
        row = row | (within(n_lists)[term] > 0)
    if row[-1] and n_lists > 1:
        raise Wrong("model", named(row), "has the term of all lists at once, which no table can tell",
                    "leave that term out")  # fmt: skip
    return row


def generators(model: Bools) -> list[int]:
    """Return the terms that are part of no other term, the largest first, then in order of their lists."""
    n_lists = len(model).bit_length() - 1
    inside = (within(n_lists)[model].sum(axis=0) == 1) & model
    inside[0] = False
    return sorted(np.flatnonzero(inside).tolist(), key=lambda term: (-term.bit_count(), _letters(term)))


def named(model: Bools) -> str:
    """Return a model's name: its generators as numbers of lists, "[123,14,34]".

    >>> named(closed(4, (0b0111, 0b1001, 0b1100)))
    '[123,14,34]'
    """
    return _named(model.tobytes())


@lru_cache(maxsize=10_000)
def _named(model: bytes) -> str:
    return f"[{','.join(_letters(term) for term in generators(np.frombuffer(model, dtype=bool)))}]"


def model_of(name: str, n_lists: int) -> Bools:
    """Return the model of a name as `named` writes it. Raises Wrong where a list is not there.

    >>> named(model_of("[34,123,14]", 4))
    '[123,14,34]'
    """
    terms = []
    for part in name.strip("[] ").split(","):
        bits = [LETTERS.find(letter) for letter in part.strip()]
        if not bits or min(bits) < 0 or max(bits) >= n_lists:
            raise Wrong("model", name, f"names no terms of {n_lists} lists", "write generators as [123,14,34]")
        terms.append(sum(1 << bit for bit in set(bits)))
    return closed(n_lists, terms)


@lru_cache(maxsize=8)
def all_models(n_lists: int, order: int | None = None) -> Bools:
    """Return every hierarchical model with terms of up to `order` lists, shape (models, 2^J); by default up to J - 1.

    There are 8 for three lists, 113 for four and 6,893 for five. Raises Wrong above five lists, or six where `order` is 2.
    """
    top = n_lists - 1 if order is None else min(order, n_lists - 1)
    if n_lists > (6 if top <= 2 else MOST_TO_ENUMERATE):
        raise Wrong("log-linear models", f"{n_lists} lists", "has too many models to look at all", "search instead")
    rows = sizes(n_lists) <= 1
    found = [int(sum(1 << t for t in np.flatnonzero(rows).tolist()))]
    for size in range(2, top + 1):
        found = [wider for model in found for wider in _with_terms(model, n_lists, size)]
    table = np.zeros((len(found), 1 << n_lists), dtype=bool)
    for k in range(1 << n_lists):
        table[:, k] = [model >> k & 1 for model in found]
    table.setflags(write=False)
    return table


def _with_terms(model: int, n_lists: int, size: int) -> Iterator[int]:
    """Yield the model with every choice of those terms of `size` lists whose parts it holds."""
    able = []
    for lists in combinations(range(n_lists), size):
        term = sum(1 << j for j in lists)
        if all(model >> (term ^ 1 << j) & 1 for j in lists):
            able.append(1 << term)
    out = [model]
    for bit in able:
        out += [one | bit for one in out]
    yield from out


def neighbours(model: Bools, order: int) -> list[Bools]:
    """Return the models with one term more or one less, hierarchical still, with terms of up to `order` lists."""
    n_lists = len(model).bit_length() - 1
    inside, size = within(n_lists), sizes(n_lists)
    held = inside @ model  # how many parts of each set the model holds, itself included
    out = []
    for term in np.flatnonzero((size >= 2) & (size <= min(order, n_lists - 1))):
        removable = model[term] and inside[model][:, term].sum() == 1
        addable = not model[term] and held[term] == (1 << int(size[term])) - 1
        if removable or addable:
            other = model.copy()
            other[term] = addable
            out.append(other)
    return out


def _letters(term: int) -> str:
    return "".join(LETTERS[j] for j in range(term.bit_length()) if term >> j & 1)


def stack(models: Sequence[Bools]) -> Bools:
    """Return models as rows of one array, each once, in order of first naming."""
    seen = {model.tobytes(): model for model in models}
    return np.array(list(seen.values()), dtype=bool)
