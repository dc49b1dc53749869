"""What linking errors do to the number of killed: incident by incident, so that errors cannot cancel out."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from marsad.evaluate.figures import ratio


@dataclass(frozen=True, slots=True)
class Tolls:
    """Numbers of killed: in truth, as grouped, and if nothing were linked; and how far off the last two are.

    An incident's toll is the largest number of killed that any of its tellings states. `off` sums, over incidents, how
    far the tolls of the clusters that stand for it are from its own; `off_unlinked` is the same with every telling alone.
    """

    truth: int
    grouped: int
    off: int
    unlinked: int
    off_unlinked: int

    @property
    def signed(self) -> float | None:
        """The error of the sum as a share of the truth; above 0 too many are counted."""
        return ratio(self.grouped - self.truth, self.truth)

    @property
    def signed_unlinked(self) -> float | None:
        """The same if nothing were linked."""
        return ratio(self.unlinked - self.truth, self.truth)

    @property
    def of_unlinked(self) -> float | None:
        """The absolute error as a share of that without linking: 0 is perfect, 1 is no better than nothing."""
        return ratio(self.off, self.off_unlinked)


def tolls(truth: Mapping[str, str], found: Mapping[str, str], dead: Mapping[str, int]) -> Tolls:
    """Return what the clusters in `found` make of the killed that each item states; items not in `dead` state none.

    A cluster stands for the incident that most of its items are of; among equals, for the one whose item states the most.
    """
    alone = {item: item for item in truth}
    true_toll = _largest(truth, truth, dead)
    grouped, off = _errors(truth, {item: found.get(item, item) for item in truth}, dead, true_toll)
    unlinked, off_unlinked = _errors(truth, alone, dead, true_toll)
    return Tolls(sum(true_toll.values()), grouped, off, unlinked, off_unlinked)


def _errors(
    truth: Mapping[str, str], found: Mapping[str, str], dead: Mapping[str, int], true_toll: Mapping[str, int]
) -> tuple[int, int]:
    counted = _largest(truth, found, dead)
    said = dict.fromkeys(true_toll, 0)
    for cluster, incident in _stands_for(truth, found, dead).items():
        said[incident] += counted[cluster]
    return sum(counted.values()), sum(abs(said[incident] - toll) for incident, toll in true_toll.items())


def _largest(items: Mapping[str, str], group: Mapping[str, str], dead: Mapping[str, int]) -> dict[str, int]:
    out: dict[str, int] = {}
    for item in items:
        out[group[item]] = max(out.get(group[item], 0), dead.get(item, 0))
    return out


def _stands_for(truth: Mapping[str, str], found: Mapping[str, str], dead: Mapping[str, int]) -> dict[str, str]:
    items: Counter[tuple[str, str]] = Counter()
    most: dict[tuple[str, str], int] = {}
    for item, incident in truth.items():
        cell = found[item], incident
        items[cell] += 1
        most[cell] = max(most.get(cell, 0), dead.get(item, 0))
    out: dict[str, str] = {}
    for cluster, incident in sorted(items, key=lambda cell: (items[cell], most[cell], cell[1])):
        out[cluster] = incident  # the last one stays
    return out
