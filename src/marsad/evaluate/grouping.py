"""How well items are grouped: what was put together, against what belongs together.

Three scores, since each can be flattered: pair F1 by large groups, B-cubed by items that stand alone, CEAFe by many
small groups. Each also over the items of incidents that are told more than once.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from marsad.evaluate.assignment import best_total
from marsad.evaluate.figures import ratio


@dataclass(frozen=True, slots=True)
class Agreement:
    """Shares from 0 to 1, None where there is nothing to judge: no pair was made, none was to be made."""

    precision: float | None
    recall: float | None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall; 0 where either side has nothing and the other has not."""
        if self.precision is None and self.recall is None:
            return None
        p, r = self.precision or 0.0, self.recall or 0.0
        return 2 * p * r / (p + r) if p + r else 0.0


@dataclass(frozen=True, slots=True)
class Scored:
    """Items of so many incidents, in so many clusters, and how well the two agree."""

    items: int
    incidents: int
    clusters: int
    pairs: Agreement
    bcubed: Agreement
    ceafe: Agreement


@dataclass(frozen=True, slots=True)
class Mixed:
    """An incident that was split, and how many of its items each cluster has; or a cluster, and its incidents."""

    name: str
    parts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Grouping:
    """How well items are grouped: all of them, and those of incidents with more than one item.

    `splits` are incidents in more than one cluster, `merges` clusters of more than one incident, the largest first;
    `sizes` says how many clusters have so many items, `true_sizes` how many incidents.
    """

    every: Scored
    shared: Scored
    splits: tuple[Mixed, ...]
    merges: tuple[Mixed, ...]
    sizes: Mapping[int, int]
    true_sizes: Mapping[int, int]


def grouping(truth: Mapping[str, str], found: Mapping[str, str]) -> Grouping:
    """Return how well the clusters in `found` agree with the incidents in `truth`, each by item.

    An item of `truth` that is not in `found` stands alone; what is in `found` alone is not scored.
    """
    both = _cells((incident, _cluster(found, item)) for item, incident in truth.items())
    incidents = Counter(truth.values())
    shared = _cells((i, _cluster(found, item)) for item, i in truth.items() if incidents[i] > 1)
    turned = {(cluster, incident): n for (incident, cluster), n in both.items()}
    return Grouping(
        every=_scored(both),
        shared=_scored(shared),
        splits=_mixed(both),
        merges=_mixed(turned),
        sizes=_sizes(turned),
        true_sizes=_sizes(both),
    )


def _cluster(found: Mapping[str, str], item: str) -> str:
    return found.get(item, f"alone: {item}")


_Cells = Mapping[tuple[str, str], int]
"""How many items are of an incident and in a cluster."""


def _cells(items: Iterable[tuple[str, str]]) -> _Cells:
    return Counter(items)


def _scored(cells: _Cells) -> Scored:
    incidents, clusters = Counter[str](), Counter[str]()
    for (incident, cluster), n in cells.items():
        incidents[incident] += n
        clusters[cluster] += n
    pairs = [sum(n * (n - 1) // 2 for n in of.values()) for of in (cells, clusters, incidents)]
    items = sum(incidents.values())
    precise = sum(n * n / clusters[cluster] for (_, cluster), n in cells.items())
    whole = sum(n * n / incidents[incident] for (incident, _), n in cells.items())
    alike = _alike(cells, incidents, clusters)
    return Scored(
        items,
        len(incidents),
        len(clusters),
        Agreement(ratio(pairs[0], pairs[1]), ratio(pairs[0], pairs[2])),
        Agreement(ratio(precise, items), ratio(whole, items)),
        Agreement(ratio(alike, len(clusters)), ratio(alike, len(incidents))),
    )


def _alike(cells: _Cells, incidents: Mapping[str, int], clusters: Mapping[str, int]) -> float:
    """Return how alike incidents and clusters are if each incident stands beside one cluster, the best way.

    Source: Luo, On coreference resolution performance metrics, 2005: the entity-based CEAF, phi 4.
    """
    gains: dict[str, dict[str, float]] = {}
    for (incident, cluster), n in cells.items():
        gains.setdefault(incident, {})[cluster] = 2 * n / (incidents[incident] + clusters[cluster])
    return best_total(gains)


def _mixed(cells: _Cells) -> tuple[Mixed, ...]:
    parts: dict[str, dict[str, int]] = {}
    for (name, part), n in sorted(cells.items()):
        parts.setdefault(name, {})[part] = n
    mixed = [Mixed(name, of) for name, of in parts.items() if len(of) > 1]
    return tuple(sorted(mixed, key=lambda m: (-sum(m.parts.values()), m.name)))


def _sizes(cells: _Cells) -> Mapping[int, int]:
    whole: Counter[str] = Counter()
    for (name, _), n in cells.items():
        whole[name] += n
    return dict(sorted(Counter(whole.values()).items()))
