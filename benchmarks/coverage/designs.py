"""Worlds whose number of dead is known, each kind to the liking of another family of estimators.

A design gives, for a random generator, a table and the truth. Chances per list and class of `classes1` to `classes5`
are those of Manrique-Vallier 2016 and of the simulations that the Human Rights Data Analysis Group published with
StanLCMCR; the others are our own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from marsad.estimate import CaptureTable

LETTERS = "ABCDEFGHIJ"


@dataclass(frozen=True, slots=True)
class Design:
    """A kind of world: `make` draws the list marks of all its dead, shape (N, J), those on no list included."""

    name: str
    favours: str
    says: str
    make: Callable[[np.random.Generator], np.ndarray]

    def draw(self, replicate: int) -> tuple[CaptureTable, int]:
        """The table of one replicate and its truth N. The seed is made of name and number: no order of runs matters."""
        rng = np.random.default_rng([replicate, *self.name.encode()])
        marks = self.make(rng)
        return table_of(marks), len(marks)


def table_of(marks: np.ndarray) -> CaptureTable:
    """The table of those who are on a list at all."""
    seen = marks[marks.any(axis=1)]
    patterns, counts = np.unique(seen, axis=0, return_counts=True)
    return CaptureTable.from_matrix(LETTERS[: marks.shape[1]], patterns.astype(int), counts)


def classes(*groups: tuple[int, tuple[float, ...]]) -> Callable[[np.random.Generator], np.ndarray]:
    """Persons of several kinds, lists independent within a kind."""

    def make(rng: np.random.Generator) -> np.ndarray:
        return np.vstack([rng.random((size, len(chances))) < np.array(chances) for size, chances in groups])

    return make


def interacting(
    size: int, chances: tuple[float, ...], terms: dict[tuple[int, ...], float]
) -> Callable[[np.random.Generator], np.ndarray]:
    """A log-linear world: lists with these chances were they independent, and these interactions on the log scale."""
    cells = (np.arange(1 << len(chances))[:, None] >> np.arange(len(chances)) & 1).astype(bool)
    logit = np.log(np.array(chances) / (1 - np.array(chances)))
    weight = cells @ logit + sum(value * cells[:, list(term)].all(axis=1) for term, value in terms.items())
    share = np.exp(weight - weight.max())

    def make(rng: np.random.Generator) -> np.ndarray:
        return np.repeat(cells, rng.multinomial(size, share / share.sum()), axis=0)

    return make


def graded(size: int, a: float, b: float, lists: int) -> Callable[[np.random.Generator], np.ndarray]:
    """Persons who are each as easy to find for every list, by a chance from Beta(a, b)."""

    def make(rng: np.random.Generator) -> np.ndarray:
        return rng.random((size, lists)) < rng.beta(a, b, size)[:, None]

    return make


def mislinked(
    size: int, chances: tuple[float, ...], split: float, merged: float
) -> Callable[[np.random.Generator], np.ndarray]:
    """Independent lists whose records were linked with error: a mark of one person split off as another, two persons
    taken for one.

    Splitting adds rows that are nobody, so the truth is kept by dropping as many of those on no list.
    """

    def make(rng: np.random.Generator) -> np.ndarray:
        marks = rng.random((size, len(chances))) < np.array(chances)
        off = marks & (rng.random(marks.shape) < split) & (marks.sum(axis=1) > 1)[:, None]
        parts = np.zeros((int(off.sum()), len(chances)), bool)
        parts[np.arange(len(parts)), np.nonzero(off)[1]] = True
        marks = marks & ~off
        single = np.nonzero(marks.sum(axis=1) == 1)[0]
        pairs = rng.permutation(single)[: int(merged * len(single)) // 2 * 2].reshape(2, -1)
        marks[pairs[0]] |= marks[pairs[1]]
        marks[pairs[1]] = False
        rows = np.vstack([marks, parts])
        unseen = np.nonzero(~rows.any(axis=1))[0]
        return np.delete(rows, unseen[: len(rows) - size], axis=0)

    return make


def copying(
    size: int, chances: tuple[float, ...], source: int, copy: int, share: float
) -> Callable[[np.random.Generator], np.ndarray]:
    """Independent lists but one, which takes most of its entries from another."""

    def make(rng: np.random.Generator) -> np.ndarray:
        marks = rng.random((size, len(chances))) < np.array(chances)
        marks[:, copy] = (marks[:, source] & (rng.random(size) < share)) | (marks[:, copy] & (rng.random(size) < 0.2))
        return marks

    return make


PAIRS = dict.fromkeys(combinations(range(4), 2), 0.0)

DESIGNS = (
    Design("classes1", "latent classes", "two kinds, one hardly reached, 5 lists",
           classes((1800, (0.033, 0.033, 0.099, 0.132, 0.033)), (200, (0.66, 0.825, 0.759, 0.99, 0.693)))),
    Design("classes2", "latent classes", "two kinds, one hardly reached, 5 lists",
           classes((1600, (0.013, 0.013, 0.099, 0.132, 0.033)), (400, (0.56, 0.825, 0.759, 0.99, 0.593)))),
    Design("classes3", "latent classes", "two kinds, 5 lists",
           classes((1600, (0.113, 0.113, 0.199, 0.232, 0.133)), (400, (0.86, 0.925, 0.859, 0.99, 0.793)))),
    Design("classes4", "latent classes", "three kinds, 5 lists",
           classes((1600, (0.1, 0.05, 0.15, 0.2, 0.1)), (200, (0.5, 0.4, 0.6, 0.4, 0.5)), (200, (0.8, 0.9, 0.6, 0.7, 0.7)))),
    Design("classes5", "latent classes", "two kinds that lists avoid in turn, 5 lists",
           classes((1600, (0.113, 0.113, 0.199, 0.832, 0.733)), (400, (0.86, 0.925, 0.859, 0.19, 0.193)))),
    Design("hidden", "none", "three kinds, the largest all but out of reach, 5 lists",
           classes((900, (0.02, 0.03, 0.05, 0.06, 0.02)), (800, (0.15, 0.12, 0.25, 0.2, 0.1)), (300, (0.6, 0.7, 0.7, 0.8, 0.6)))),
    Design("independent3", "all", "independent lists, 3 of them", classes((800, (0.25, 0.3, 0.35)))),
    Design("independent5", "all", "independent lists, 5 of them", classes((2000, (0.1, 0.12, 0.18, 0.16, 0.2)))),
    Design("pairs3", "log-linear", "one pair of three lists depends",
           interacting(1000, (0.2, 0.25, 0.3), {(0, 1): 0.9})),
    Design("pairs4", "log-linear", "pairs of lists depend, one pair against, 4 lists",
           interacting(1500, (0.12, 0.15, 0.2, 0.15), {(0, 1): 1.2, (2, 3): 0.8, (0, 2): -0.6})),
    Design("triple4", "log-linear", "three lists depend together, 4 lists",
           interacting(6000, (0.12, 0.1, 0.12, 0.05), {(0, 1): 0.5, (1, 2): 0.5, (0, 2): 0.4, (0, 1, 2): 0.7, (0, 3): 0.8})),
    Design("graph5", "decomposable graphs", "a chain of pairs depends, 5 lists",
           interacting(2000, (0.12, 0.15, 0.12, 0.18, 0.1), {(0, 1): 1.0, (1, 2): 0.9, (3, 4): 1.2})),
    Design("sparse5", "log-linear", "small lists, some of which never meet, 5 lists",
           interacting(9000, (0.012, 0.05, 0.09, 0.07, 0.03), {(0, 4): -6.0, (3, 4): -6.0, (1, 2): 0.4, (0, 1): 1.5})),
    Design("graded4", "sample coverage", "every person as easy to find for all lists, 4 lists", graded(1500, 2.0, 6.0, 4)),
    Design("graded5", "sample coverage", "every person as easy to find for all lists, 5 lists", graded(2000, 1.0, 6.0, 5)),
    Design("mislinked4", "all", "independent lists, 5 % of marks split off and 1 % of persons merged, 4 lists",
           mislinked(1500, (0.2, 0.25, 0.2, 0.3), 0.05, 0.01)),
    Design("copied4", "none", "one list takes its entries from another, 4 lists",
           copying(1500, (0.25, 0.2, 0.15, 0.2), 0, 3, 0.6)),
)  # fmt: skip
"""Every world of the study."""
