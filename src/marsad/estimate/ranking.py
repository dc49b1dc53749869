"""Log-linear models of one table, fitted and ranked; and the search for good ones where there are too many to fit all."""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from marsad.estimate.existence import Examined, examine
from marsad.estimate.lattice import MOST_TO_ENUMERATE, Bools, all_models, closed, named, neighbours, sizes, stack
from marsad.estimate.poisson import Fitted, Floats
from marsad.estimate.result import Model

SEARCH_WIDTH = 50
"""Models whose neighbours are looked at, in each round of a search."""

SEARCH_ROUNDS = 20
ALL_PAIRS_UP_TO = 6
"""Lists up to which every model with terms of two lists is fitted before the search (32,768 for six)."""


@dataclass(frozen=True, eq=False)
class Ranking:
    """Models fitted to one table of n persons: arrays with an entry for each model. Where `codes` is not 0, nan.

    `missing` is the estimate of n0, `log_error` the standard error of its logarithm, `error` that of N. AIC and BIC use the
    Poisson likelihood with its factorials, count every term of the model, struck out or not, and BIC's penalty is ln n.
    """

    models: Bools
    counts: Floats
    examined: Examined

    @property
    def codes(self) -> NDArray[np.int64]:
        """0 well, 1 no maximum likelihood estimate, 2 not identifiable, 3 both."""
        return self.examined.codes

    @cached_property
    def missing(self) -> Floats:
        """exp(theta_0): the expected number of persons on no list."""
        return np.where(self.codes == 0, np.exp(self.examined.fitted.log_missing), np.nan)

    @cached_property
    def log_error(self) -> Floats:
        """Standard error of theta_0, from the information."""
        return np.where(self.codes == 0, np.sqrt(self.examined.fitted.variance), np.nan)

    @cached_property
    def error(self) -> Floats:
        """Standard error of N: sqrt(n0 + n0^2 Var(theta_0))."""
        return np.sqrt(self.missing + self.missing**2 * self.log_error**2)

    @cached_property
    def likelihood(self) -> Floats:
        """Maximised Poisson log-likelihood of the observed cells."""
        return np.where(self.codes == 0, self.examined.fitted.likelihood - gammaln(self.counts + 1).sum(), np.nan)

    @cached_property
    def size(self) -> NDArray[np.int64]:
        """Parameters: the terms of the model, the constant among them."""
        return np.asarray(self.models.sum(axis=1))

    @cached_property
    def aic(self) -> Floats:
        """2 p - 2 log-likelihood."""
        return np.asarray(2 * self.size - 2 * self.likelihood)

    @cached_property
    def bic(self) -> Floats:
        """p ln n - 2 log-likelihood, n the persons observed."""
        return np.asarray(self.size * np.log(max(self.counts.sum(), 1.0)) - 2 * self.likelihood)

    def deviance(self, at: int) -> float:
        """Return twice how much the saturated model is likelier."""
        mu, cells = self.examined.fitted.expected[at], self.examined.cells[at]
        seen = self.counts[cells]
        ratio = np.where(seen > 0, seen, 1) / np.where(seen > 0, mu[cells], 1)
        return float(2 * (seen * np.log(ratio) - (seen - mu[cells])).sum())

    def order(self, criterion: str) -> NDArray[np.int64]:
        """Return the places of the models that say something, best first by "bic" or "aic".

        Equals are in order of fewest terms, then of the estimate, so that the order of lists cannot decide.
        """
        value = self.bic if criterion == "bic" else self.aic
        good = np.flatnonzero(self.codes == 0)
        return good[np.lexsort((self.missing[good], self.size[good], np.round(value[good], 9)))]

    def weights(self, criterion: str) -> Floats:
        """Return each model's share of an average, exp(-criterion / 2) made to add up to 1; 0 where it says nothing."""
        value = np.where(self.codes == 0, self.bic if criterion == "bic" else self.aic, np.inf)
        if not np.isfinite(value).any():
            return np.zeros(len(value))
        share = np.exp(-(value - value.min()) / 2)
        return np.asarray(share / share.sum())

    def model(self, at: int, **more: Any) -> Model:
        """Return what the model at a place says, for people."""
        if self.codes[at]:
            return Model(named(self.models[at]), None, code=int(self.codes[at]))
        n = float(self.counts.sum())
        cells = self.counts.shape[0] - 1
        return Model(named(self.models[at]), n + float(self.missing[at]), float(self.error[at]), aic=float(self.aic[at]),
                     bic=float(self.bic[at]), deviance=self.deviance(at), df=cells - int(self.size[at]), **more)  # fmt: skip


def rank(models: Bools, counts: Floats) -> Ranking:
    """Return the ranking of these models, shape (models, 2^J), on one table of counts, shape (2^J,); cell 0 is not looked at."""
    seen = counts.astype(float).copy()
    seen[0] = 0.0
    return Ranking(models, seen, examine(models, seen))


def rank_many(models: Bools, tables: Floats) -> list[Ranking]:
    """Return one ranking for each of many tables, shape (tables, 2^J), all models fitted to all of them at once.

    Estimates are as exact as `rank`'s, standard errors to three digits, which is what an average needs.
    """
    seen = tables.astype(float).copy()
    seen[:, 0] = 0.0
    each = len(models)
    found = examine(np.tile(models, (len(seen), 1)), seen, np.repeat(np.arange(len(seen)), each), enough=1e-7)
    out = []
    for t in range(len(seen)):
        rows = slice(t * each, (t + 1) * each)
        fitted = Fitted._make(field[rows] for field in found.fitted)
        out.append(Ranking(models, seen[t], Examined(found.codes[rows], fitted, found.terms[rows], found.cells[rows])))
    return out


def candidates(counts: Floats, order: int | None, criterion: str) -> Ranking:
    """Return the ranking of the models worth looking at: all of them up to five lists, else those that a search found.

    With six lists every model of pairs is fitted first; with more, the search starts from no interaction at all. `order` is
    how many lists a term may have, J - 1 by default (3 in a search).
    """
    n_lists = len(counts).bit_length() - 1
    if n_lists <= MOST_TO_ENUMERATE:
        return all_ranked(counts.astype(float).tobytes(), order)
    start = all_models(n_lists, 2) if n_lists <= ALL_PAIRS_UP_TO else stack([closed(n_lists, ())])
    return search(counts, start, min(order or 3, n_lists - 1), criterion)


@lru_cache(maxsize=2)
def all_ranked(counts: bytes, order: int | None) -> Ranking:
    """Return the ranking of all models of one table: kept, since several criteria in turn ask for the same."""
    table = np.frombuffer(counts)
    return rank(all_models(len(table).bit_length() - 1, order), table)


def search(counts: Floats, start: Bools, order: int, criterion: str) -> Ranking:
    """Return the ranking of the start and of what is found by adding and removing single terms of the best models.

    Each round looks at the neighbours of the best `SEARCH_WIDTH` models not looked at before, and the search ends when
    none of them needs looking at or a round has bettered nothing.
    """
    ranking = rank(start, counts)
    looked: set[bytes] = set()
    for _ in range(SEARCH_ROUNDS):
        best = [at for at in ranking.order(criterion)[:SEARCH_WIDTH] if ranking.models[at].tobytes() not in looked]
        if not best and not looked:  # nothing has an estimate: look around the start all the same
            best = list(range(min(SEARCH_WIDTH, len(ranking.models))))
        looked |= {ranking.models[at].tobytes() for at in best}
        known = {model.tobytes() for model in ranking.models}
        fresh = [n for at in best for n in neighbours(ranking.models[at], order) if n.tobytes() not in known]
        if not fresh:
            break
        value = _best(ranking, criterion)
        ranking = _joined(ranking, rank(stack(fresh), counts))
        if _best(ranking, criterion) >= value - 1e-9 and len(ranking.models) > SEARCH_WIDTH:
            break
    return ranking


def _best(ranking: Ranking, criterion: str) -> float:
    order = ranking.order(criterion)
    value = ranking.bic if criterion == "bic" else ranking.aic
    return float(value[order[0]]) if len(order) else np.inf


def _joined(one: Ranking, other: Ranking) -> Ranking:
    a, b = one.examined, other.examined
    fitted = Fitted._make(np.concatenate(pair) for pair in zip(a.fitted, b.fitted, strict=True))
    both = Examined(
        np.concatenate([a.codes, b.codes]), fitted, np.vstack([a.terms, b.terms]), np.vstack([a.cells, b.cells])
    )
    return Ranking(np.vstack([one.models, other.models]), one.counts, both)


def pairs_of(n_lists: int) -> list[int]:
    """Return the terms of two lists, in order."""
    return np.flatnonzero(sizes(n_lists) == 2).tolist()
