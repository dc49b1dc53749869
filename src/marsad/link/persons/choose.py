"""How likely each pair is one person, given that nobody stands twice on a list.

A pair's own weight says nothing of the others: that a record fits two brothers equally well makes each at most half
likely. Chances are those of the one-to-one matchings of all weighed pairs, by sum-product messages: exact where pairs
form no circles, close where they do. Source: Bayati, Shah, Sharma, Maximum weight matching via max-product belief
propagation (2005); Huang and Jebara (2009) for the sums.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

_ROUNDS = 8
_HIGHEST = 60.0
"""Bits above which a weight is as good as certain; two to its power is no overflow."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Weighed pairs as columns: records `left` and `right` (numbers), and the weight in bits, the prior included."""

    left: Sequence[int]
    right: Sequence[int]
    weight: Sequence[float]


def chances(pairs: Pairs, list_of: Sequence[int], closed: Collection[int], shift: float = 0.0) -> list[float]:
    """Return the chance of each pair to be one person, in the order of the pairs.

    `list_of` gives each record's list, `closed` the lists in which nobody stands twice. `shift` is added to each weight.

    >>> ties = Pairs([0, 0], [1, 2], [10.0, 10.0])
    >>> [round(p, 2) for p in chances(ties, [0, 1, 1], {0, 1})], [round(p, 2) for p in chances(ties, [0, 1, 1], {0})]
    ([0.5, 0.5], [1.0, 1.0])
    """
    count = len(pairs.weight)
    odds = [2.0 ** min(w + shift, _HIGHEST) for w in pairs.weight]
    groups: dict[tuple[int, int], int] = {}
    sizes: list[int] = []
    at_left, at_right = [0] * count, [0] * count
    for e in range(count):
        left, right = pairs.left[e], pairs.right[e]
        for at, node, other in ((at_left, left, right), (at_right, right, left)):
            number = -1
            if list_of[other] in closed:
                number = groups.setdefault((node, list_of[other]), len(groups))
                if number == len(sizes):
                    sizes.append(0)
                sizes[number] += 1
            at[e] = number
    busy = [
        e
        for e in range(count)
        if (at_left[e] >= 0 and sizes[at_left[e]] > 1) or (at_right[e] >= 0 and sizes[at_right[e]] > 1)
    ]
    from_left, from_right = dict.fromkeys(busy, 1.0), dict.fromkeys(busy, 1.0)
    for _ in range(_ROUNDS):
        totals = [1.0] * len(sizes)
        for e in busy:
            if at_left[e] >= 0:
                totals[at_left[e]] += odds[e] * from_right[e]
            if at_right[e] >= 0:
                totals[at_right[e]] += odds[e] * from_left[e]
        for e in busy:
            left, right = from_right[e] * odds[e], from_left[e] * odds[e]
            if at_left[e] >= 0:
                from_left[e] = 1.0 / max(totals[at_left[e]] - left, 1.0)
            if at_right[e] >= 0:
                from_right[e] = 1.0 / max(totals[at_right[e]] - right, 1.0)
    out = []
    for e in range(count):
        effective = odds[e] * from_left.get(e, 1.0) * from_right.get(e, 1.0)
        out.append(effective / (1.0 + effective))
    return out
