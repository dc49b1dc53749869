"""What is known of each pair of tellings worth comparing, before anything is weighed: what learning and measuring start from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from marsad.link.compare import Levels, compared
from marsad.link.light import around
from marsad.link.pairs import blocks_of, candidates
from marsad.model.telling import Telling


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two tellings, `a` before `b`, the level of each of their sides, and the crowd of the busier one."""

    a: str
    b: str
    levels: Levels
    crowd: int


def likenesses(tellings: Sequence[Telling]) -> Iterator[Likeness]:
    """Yield the pairs that a run compares, each once, just as its blocks compare them."""
    blocks: dict[str, list[Telling]] = {}
    under = {}
    for telling in sorted(tellings, key=lambda t: (t.rank, t.telling_id)):
        under[telling.telling_id] = frozenset(blocks_of(telling))
        for block in under[telling.telling_id]:
            blocks.setdefault(block, []).append(telling)
    for name in sorted(blocks):
        light = around(blocks[name])
        for one, other in candidates(blocks[name]):
            if max(under[one.telling_id] & under[other.telling_id]) == name:
                a, b = sorted((one.telling_id, other.telling_id))
                yield Likeness(a, b, compared(one, other, light), light.crowd_of(one, other))
