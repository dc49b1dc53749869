"""Which pictures look alike, by their perceptual hashes: pairs at most 31 of 256 bits apart, as those who made PDQ advise.

Two hashes that are at most 31 bits apart differ by at most one bit in one of their sixteen parts of sixteen bits (for were it two
in each, they would be 32 apart). So each is looked up under its parts and their neighbours, and compared with nothing else.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final

NEAREST: Final = 31
"""Bits of 256 by which pictures may differ and still be the same one, resized or saved anew."""
_PARTS, _BITS = 16, 16
_CROWD: Final = 50
"""Pictures compared under one part; past that, the part says nothing (a plain border, say)."""


def alike(hashes: Mapping[str, str], nearest: int = NEAREST) -> Iterator[tuple[str, str, int]]:
    """Yield (earlier, later, bits apart) for pictures that look alike, each later one once, with the nearest before it.

    `hashes` are 64 hexadecimal digits by the picture's name, in the order in which they came. At equal distance the
    earliest is the one. Exact for distances up to 31, but for pictures that share a part with fifty earlier ones.
    """
    shelves: dict[tuple[int, int], list[tuple[str, int]]] = defaultdict(list)
    for name, code in hashes.items():
        value = int(code, 16)
        best: tuple[int, str] | None = None
        seen: set[str] = set()
        for shelf in _shelves(value, neighbours=True):
            for other, bits in shelves.get(shelf, ()):
                if other in seen:
                    continue
                seen.add(other)
                apart = (value ^ bits).bit_count()
                if apart <= nearest and (best is None or apart < best[0]):
                    best = (apart, other)
        if best is not None:
            yield best[1], name, best[0]
        for shelf in _shelves(value, neighbours=False):
            if len(shelves[shelf]) < _CROWD:
                shelves[shelf].append((name, value))


def _shelves(value: int, neighbours: bool) -> Iterator[tuple[int, int]]:
    for part in range(_PARTS):
        bits = (value >> (part * _BITS)) & 0xFFFF
        yield part, bits
        if neighbours:
            for bit in range(_BITS):
                yield part, bits ^ (1 << bit)
