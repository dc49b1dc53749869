"""How well pairs were found: against the person that each record is known to be."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PairScore:
    """Of the pairs that are one person, `right` were found, `missed` not; `wrong` found pairs are two persons.

    `unjudged` found pairs have a record of which nobody knows who it is: they are neither right nor wrong.
    """

    right: int
    wrong: int
    missed: int
    unjudged: int

    @property
    def precision(self) -> float | None:
        """The share of judged found pairs that are right; None where none was found."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else None

    @property
    def recall(self) -> float | None:
        """The share of true pairs that were found; None where there are none."""
        return self.right / (self.right + self.missed) if self.right + self.missed else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall; None where there is nothing to judge."""
        whole = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / whole if whole else None


Key = tuple[str, str]


def pair_score(found: Iterable[tuple[Key, Key]], truth: Mapping[Key, str]) -> PairScore:
    """Return the score of found pairs; `truth` gives each record's person, records it lacks are unknown.

    True pairs are all pairs of records of different lists that are one person. A found pair with one known and one
    unknown record is wrong only if the known one's person stands on the other's list.

    >>> truth = {("a", "1"): "x", ("b", "1"): "x", ("a", "2"): "y", ("b", "9"): "z"}
    >>> pair_score([(("a", "1"), ("b", "1")), (("a", "2"), ("b", "5"))], truth)
    PairScore(right=1, wrong=0, missed=0, unjudged=1)
    """
    lists: dict[str, dict[str, int]] = {}
    for (name, _record), person in truth.items():
        counts = lists.setdefault(person, {})
        counts[name] = counts.get(name, 0) + 1
    whole = 0
    for counts in lists.values():
        sizes = list(counts.values())
        whole += (sum(sizes) ** 2 - sum(size * size for size in sizes)) // 2
    right = wrong = unjudged = 0
    for a, b in found:
        if a[0] == b[0]:
            continue
        mine, other = truth.get(a), truth.get(b)
        if mine is not None and mine == other:
            right += 1
        elif (
            (mine is not None and other is not None)
            or (mine is not None and b[0] in lists[mine])
            or (other is not None and a[0] in lists[other])
        ):
            wrong += 1
        else:
            unjudged += 1
    return PairScore(right, wrong, whole - right, unjudged)


def _elsewhere(person: str | None, name: str, lists: Mapping[str, Mapping[str, int]]) -> bool:
    """Tell whether the person is known to stand on the list of this name."""
    return person is not None and name in lists[person]
