"""Running chains: an annealed start, plain sweeps, and tempering for tables on which plain chains stay where they
began.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import betainc

from marsad.estimate.latent.kernel import sweep, weigh
from marsad.estimate.latent.start import Chain, Floats, Ints, Marks, Prior

SHARES = (1.0, 0.75, 0.55, 0.4, 0.28, 0.18, 0.1, 0.05)
"""Shares of the persons that the rungs of the ladder see. With a twentieth of the data, chains go wherever the prior
lets them.
"""

SLIDES = 1
"""Times each class is offered `slide` in a sweep."""

BETWEEN = 2
"""Sweeps from one `glide` to the next: a glide costs about as much as two sweeps where it is long."""

STRIDE = 10
"""Sweeps on each rung between two exchanges."""


@dataclass(frozen=True, slots=True)
class Trace:
    """What chains went through, each (chains, sweeps): `missed`, the chance p0 of being on no list; `unseen`, a draw
    of n0; `occupied`.
    """

    missed: Floats
    unseen: Ints
    occupied: Ints


def run(chain: Chain, marks: Marks, prior: Prior, sweeps: int, slides: int = SLIDES, between: int = BETWEEN) -> Trace:
    """Sweeps one chain, changing it in place; its trace has one row."""
    missed, unseen, occupied = np.empty(sweeps), np.empty(sweeps, np.int64), np.empty(sweeps, np.int64)
    table, state = (marks.counts, marks.starts, marks.bits), (chain.odds, chain.log_pi, chain.alpha)
    sweep(chain.rng, sweeps, *table, prior.cap, prior.packed, slides, between, *state, missed, unseen, occupied)
    return Trace(missed[None], unseen[None], occupied[None])


def settle(chain: Chain, marks: Marks, prior: Prior, sweeps: int) -> None:
    """Sweeps a chain, without glides and without a trace, until it has found its level.

    Glides keep a chain that starts with many small classes among many: on eleven independent lists one of eight stayed there for
    as long as anybody looked, while plain sweeps left in no time.
    """
    run(chain, marks, prior, sweeps, SLIDES, 0)


def anneal(chain: Chain, marks: Marks, prior: Prior, sweeps: int) -> None:
    """Leads a chain from a twentieth of the data to all of it, so that it does not settle in the first hollow it
    meets.
    """
    for share in SHARES[::-1]:
        settle(chain, marks.part(share), prior, sweeps // len(SHARES))


def join(traces: list[Trace], axis: int) -> Trace:
    """Traces one below the other (axis 0: chains) or one after the other (axis 1: sweeps)."""
    return Trace(
        np.concatenate([trace.missed for trace in traces], axis),
        np.concatenate([trace.unseen for trace in traces], axis),
        np.concatenate([trace.occupied for trace in traces], axis),
    )


class Ladder:
    """One chain helped by others that see only a share of the data (parallel tempering by data).

    Each rung is the same sampler on a smaller table, so nothing new has to be derived; neighbours exchange their
    states with the Metropolis chance, by the likelihood with n0 summed out: sum_s n_s log f_s - n log(1 - p0) + log
    P(n0 <= cap). Only the first rung is recorded.
    """

    def __init__(self, chain: Chain, marks: Marks, prior: Prior) -> None:
        tables = [marks.part(share) for share in SHARES]
        self.marks = [table for table in tables if table.counts.sum() >= 4] or [marks]
        self.prior, self.rng = prior, chain.rng
        self.chains = [Chain(chain.odds.copy(), chain.log_pi.copy(), chain.alpha.copy(), chain.rng) for _ in self.marks]
        self.round = 0

    def warm(self, sweeps: int) -> None:
        """Lets each rung find its level before the first exchange."""
        for chain, marks in zip(self.chains, self.marks, strict=True):
            run(chain, marks, self.prior, sweeps)

    def climb(self, rounds: int) -> Trace:
        """Runs rounds of `STRIDE` sweeps a rung, each followed by exchanges; the trace of the rung that sees
        everything.
        """
        seen = []
        for _ in range(rounds):
            traces = [
                run(chain, marks, self.prior, STRIDE) for chain, marks in zip(self.chains, self.marks, strict=True)
            ]
            seen.append(traces[0])
            self.exchange()
        return join(seen, 1)

    def exchange(self) -> None:
        """Offers every other pair of neighbouring rungs to exchange states; the pairs alternate from round to round."""
        fits = [self._fits(chain) for chain in self.chains]
        for low in range(self.round % 2, len(self.chains) - 1, 2):
            high = low + 1
            gain = fits[high][low] + fits[low][high] - fits[low][low] - fits[high][high]
            if gain >= 0 or self.rng.random() < np.exp(gain):
                self.chains[low], self.chains[high] = self.chains[high], self.chains[low]
        self.round += 1

    def _fits(self, chain: Chain) -> Floats:
        """Log likelihood of one state for the table of every rung."""
        marks = self.marks[0]
        base, totals = np.empty(chain.log_pi.shape[0]), np.empty(len(marks.counts))
        weigh(chain.odds, chain.log_pi, marks.starts, marks.bits, base, np.empty((len(totals), len(base))), totals)
        counts = np.array([rung.counts for rung in self.marks])
        persons, found = counts.sum(axis=1), max(1.0 - base.sum(), 1e-300)
        below = np.log(np.maximum(betainc(persons, self.prior.cap + 1.0, found), 1e-300))
        return np.asarray(counts @ np.log(np.maximum(totals, 1e-300)) - persons * np.log(found) + below)
