"""What a person should look at: which incidents may be one, which may be two, and how many dead hang on it."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from marsad.link.weights import probability

_Scored = tuple[float, str, str]


@dataclass(frozen=True, slots=True)
class Bond:
    """The pairs between two groups of tellings: the mean of their log odds, the strongest pair and its log odds."""

    mean: float
    strongest: tuple[str, str]
    log_odds: float


@dataclass(frozen=True, slots=True)
class Proposal:
    """A question for a person; see schema PROPOSAL. `pair` are the two tellings that raise it most."""

    incident_id: str
    kind: str
    other: str
    probability: float
    stake: int
    pair: tuple[str, str]

    @property
    def priority(self) -> float:
        """Return the stake times the doubt, which is 1 where the odds are even and 0 where there is none."""
        return round(self.stake * 4 * self.probability * (1 - self.probability), 3)


def bonds(
    pairs: Sequence[tuple[str, str, float]], group: Mapping[str, str], size: Mapping[str, int], unseen: float
) -> dict[tuple[str, str], Bond]:
    """Return the bond of every two groups that a pair joins, by their names in order.

    `group` names each telling's group, `size` the number of tellings in it; a pair that was not scored counts `unseen`.
    """
    found: dict[tuple[str, str], list[_Scored]] = {}
    for a, b, log_odds in pairs:
        one, other = sorted((group[a], group[b]))
        if one != other:
            found.setdefault((one, other), []).append((log_odds, a, b))
    return {(one, other): bond_of(between, size[one] * size[other], unseen) for (one, other), between in found.items()}


def bond_of(between: Sequence[_Scored], possible: int, unseen: float) -> Bond:
    """Return the bond of two groups from the pairs scored between them, (log odds, a, b), of `possible` ones.

    The sum is exact, so that it is the same in whatever order an engine hands out the pairs.
    """
    most, a, b = max(between)
    missing = possible - len(between)
    total = math.fsum((*(w for w, _, _ in between), unseen * missing))
    return Bond(total / (len(between) + missing), (a, b), most)


def joinable(between: Mapping[tuple[str, str], Bond], stake: Mapping[str, int], floor: float) -> Iterator[Proposal]:
    """Yield the incidents that may be one with another: what hangs on it is the smaller toll, now counted beside the other."""
    for (one, other), bond in sorted(between.items()):
        if bond.mean > floor:
            at_stake = min(stake.get(one, 0), stake.get(other, 0))
            yield Proposal(one, "join", other, round(probability(bond.mean), 3), at_stake, bond.strongest)
