"""How well claims are linked to incidents: grouping, tolls, and what the probabilities of pairs and joins are worth."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from marsad.evaluate.calibration import Calibration, calibration
from marsad.evaluate.grouping import Grouping, grouping
from marsad.evaluate.tolls import Tolls, tolls


@dataclass(frozen=True, slots=True)
class Linking:
    """How well one way of linking did: `name` says which, None in place of a calibration that was not asked for."""

    name: str
    grouping: Grouping
    tolls: Tolls
    pairs: Calibration | None = None
    joins: Calibration | None = None


Weighed = tuple[str, str, float]
"""Two items, and the probability that they are of one incident."""


def judge_linking(
    name: str,
    truth: Mapping[str, str],
    found: Mapping[str, str],
    dead: Mapping[str, int],
    pairs: Iterable[Weighed] | None = None,
    joins: Iterable[Weighed] | None = None,
) -> Linking:
    """Return how well `found`, a cluster for each item, agrees with `truth`, an incident for each item.

    `dead` gives the number of killed that an item states. `pairs` are what was compared; `joins` name a member of each
    of two groups that were joined, in the order in which they were. What is not in `truth` is passed over.
    """
    return Linking(
        name,
        grouping(truth, found),
        tolls(truth, found, dead),
        None
        if pairs is None
        else calibration((p, truth[a] == truth[b]) for a, b, p in pairs if a in truth and b in truth),
        None if joins is None else calibration(_joined(truth, joins)),
    )


def _joined(truth: Mapping[str, str], joins: Iterable[Weighed]) -> Iterable[tuple[float, bool]]:
    """Yield how probable each join was held, and whether most of one group are of the incident of most of the other."""
    groups = {item: Counter((incident,)) for item, incident in truth.items()}
    for kept, gone, p in joins:
        one, other = groups.get(kept, Counter[str]()), groups.pop(gone, Counter[str]())
        if one and other:
            yield p, _most(one) == _most(other)
        groups[kept] = one + other


def _most(incidents: Counter[str]) -> str:
    return max(sorted(incidents), key=lambda incident: incidents[incident])
