"""Several linkages that are all plausible, so that what is counted from persons can carry the doubt about who is who."""

import hashlib
import math
from collections.abc import Collection, Iterable, Sequence

from marsad.link.persons.clusters import Link, Vitals, clustered


def drawn(
    links: Iterable[Link],
    vitals: Sequence[Vitals],
    closed: Collection[int],
    names: Sequence[str],
    count: int,
    seed: int,
    same: Collection[tuple[int, int]] = (),
    apart: Collection[tuple[int, int]] = (),
) -> list[list[int]]:
    """Return `count` linkages, each as `clustered` numbers persons; what people decided holds in every one.

    Each pair's log-odds get logistic noise, and the pairs above even odds are joined from the top: a pair that competes
    with no other is joined in as large a share of the draws as its chance says. The noise is a hash of seed, draw and the
    records' names, so that a draw is the same on every machine and in every order of the input.
    """
    pairs = [(link.left, link.right, link.chance) for link in links if link.chance > 0.0]
    out = []
    for draw in range(count):
        moved = (
            (a, b, _moved(p, f"{seed}:{draw}:{min(names[a], names[b])}:{max(names[a], names[b])}")) for a, b, p in pairs
        )
        out.append(clustered(moved, vitals, closed, same, apart, names)[1])
    return out


def _moved(chance: float, what: str) -> float:
    """Return the chance moved by the noise that belongs to these words."""
    if chance >= 1.0:
        return 1.0
    number = int.from_bytes(hashlib.blake2b(what.encode(), digest_size=8).digest(), "big")
    uniform = (number + 0.5) / 2.0**64
    logit = math.log(chance / (1 - chance)) + math.log(uniform / (1 - uniform))
    return 1 / (1 + math.exp(-max(-700.0, min(700.0, logit))))
