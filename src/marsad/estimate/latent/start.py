"""Where chains start: far apart, some from the prior, some from rough groupings of the patterns, coarse or fine."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from marsad.estimate.table import CaptureTable

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Prior:
    """What is held before the data: lam ~ Beta(a_lam, b_lam), alpha ~ Gamma(a_alpha, rate b_alpha), K classes, p(N) ~
    1/N up to n + cap.

    `cap` is the most persons that may be unseen. It is part of the prior and part of the result: draws that pile up
    under it say that the data set no upper limit.
    """

    classes: int
    cap: int
    a_lam: float = 1.0
    b_lam: float = 1.0
    a_alpha: float = 0.25
    b_alpha: float = 0.25

    @property
    def packed(self) -> Floats:
        """The four shape values, as the sampler takes them."""
        return np.array([self.a_lam, self.b_lam, self.a_alpha, self.b_alpha])


@dataclass(frozen=True, slots=True)
class Marks:
    """A table as the sampler takes it: `counts[s]` persons are on the lists `bits[starts[s]:starts[s + 1]]`; `seen`
    (patterns x lists).
    """

    counts: Ints
    starts: Ints
    bits: Ints
    seen: NDArray[np.bool_]

    @classmethod
    def of(cls, table: CaptureTable) -> "Marks":
        """The marks of a table."""
        seen = table.seen
        starts = np.concatenate([[0], np.cumsum(seen.sum(axis=1))]).astype(np.int64)
        return cls(table.counts.astype(np.int64), starts, np.nonzero(seen)[1].astype(np.int64), seen)

    def part(self, share: float) -> "Marks":
        """The same patterns with that share of the persons, rounded: a smaller table of the same kind."""
        return Marks(np.floor(self.counts * share + 0.5).astype(np.int64), self.starts, self.bits, self.seen)


@dataclass(slots=True)
class Chain:
    """One chain's state, changed in place by the sampler: odds (lists x classes), log of the class shares, alpha, and
    its own generator.
    """

    odds: Floats
    log_pi: Floats
    alpha: Floats
    rng: np.random.Generator


def from_prior(marks: Marks, prior: Prior, rng: np.random.Generator) -> Chain:
    """A chain at a draw from the prior; alpha is held above 1e-3, below which all draws are alike: one class."""
    alpha = max(float(rng.gamma(prior.a_alpha)) / prior.b_alpha, 1e-3)
    sticks = rng.beta(1.0, alpha, prior.classes - 1)
    with np.errstate(divide="ignore"):
        left = np.concatenate([[0.0], np.cumsum(np.log1p(-np.minimum(sticks, 1 - 1e-12)))])
        log_pi = left + np.concatenate([np.log(np.maximum(sticks, 1e-300)), [0.0]])
    chance = rng.beta(prior.a_lam, prior.b_lam, (marks.seen.shape[1], prior.classes)).clip(1e-9, 1 - 1e-9)
    return Chain(chance / (1 - chance), log_pi, np.array([alpha]), rng)


def from_groups(marks: Marks, prior: Prior, rng: np.random.Generator, groups: int) -> Chain:
    """A chain at a rough grouping: patterns go to the nearest of `groups` patterns drawn as centres, larger groups
    first.

    Classes beyond the groups start as draws from the prior with next to no members.
    """
    chain = from_prior(marks, prior, rng)
    groups = min(groups, len(marks.counts), prior.classes)
    centres = rng.choice(len(marks.counts), groups, replace=False, p=marks.counts / marks.counts.sum())
    apart = (marks.seen[:, None, :] != marks.seen[None, centres, :]).sum(axis=2)
    nearest = apart.argmin(axis=1)
    sizes = np.bincount(nearest, weights=marks.counts, minlength=groups)
    for k, group in enumerate(np.argsort(-sizes)):
        listed = marks.counts[nearest == group] @ marks.seen[nearest == group]
        chain.odds[:, k] = (listed + 0.5) / (sizes[group] - listed + 0.5)
    share = np.concatenate([np.sort(sizes)[::-1] + 1.0, np.full(prior.classes - groups, 1e-3)])
    chain.log_pi[:] = np.log(share / share.sum())
    chain.alpha[:] = 0.3
    return chain


def starts(marks: Marks, prior: Prior, seed: np.random.SeedSequence, chains: int) -> list[Chain]:
    """The chains, each with a generator spawned from the seed, so that no run depends on how chains are shared out
    among workers.

    Every other chain starts with as many groups as classes; of the rest, half with one to four groups and half from
    the prior. The first kind comes down from too many classes, the others are led up from too few (`chains.anneal`):
    where there are hollows between, they differ.
    """
    made = []
    for number, child in enumerate(seed.spawn(chains)):
        rng = np.random.default_rng(child)
        if number % 4 == 2:
            made.append(from_prior(marks, prior, rng))
        else:
            made.append(from_groups(marks, prior, rng, prior.classes if number % 2 else 1 + number // 4 % 4))
    return made
