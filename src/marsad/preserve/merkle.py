"""A Merkle tree as in RFC 9162: one root stands for every leaf, and short proofs show what it contains.

Pure: nodes are stored elsewhere and come in through a function `node(level, index)`. Only complete subtrees are
nodes: node (level, index) covers the leaves from index * 2**level to (index + 1) * 2**level - 1; level 0 holds the
leaf hashes.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

NodeAt = Callable[[int, int], bytes]
"""Returns the hash of the complete subtree at (level, index)."""

EMPTY_ROOT = hashlib.sha256(b"").digest()


class Node(NamedTuple):
    """The complete subtree at (level, index) hashes to `hash`; a tuple, so that many compare quickly."""

    level: int
    # Hides how a tuple looks for a value, which nobody asks a node.
    index: int  # type: ignore[assignment]
    hash: bytes


def leaf_hash(data: bytes) -> bytes:
    """Return the hash of a leaf; the prefix keeps a leaf from passing for a node."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of the subtree with these two halves."""
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Frontier:
    """A tree of `size` leaves, as little of it as further leaves need: its complete subtrees, the largest first.

    Raises ValueError if the number of peaks does not fit the size.
    """

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        if len(self.peaks) != self.size.bit_count():
            raise ValueError(f"a tree of {self.size} leaves has {self.size.bit_count()} peaks, not {len(self.peaks)}")

    @property
    def root(self) -> bytes:
        """The hash that stands for the whole tree."""
        return _joined(self.peaks)

    def append(self, leaves: Iterable[bytes]) -> tuple["Frontier", list[Node]]:
        """Return the tree with these leaf hashes at its end, and the nodes that came to be: about two a leaf."""
        peaks, size, made, sha256 = list(self.peaks), self.size, [], hashlib.sha256
        for current in leaves:
            level, index = 0, size
            made.append(Node(level, index, current))
            while index & 1:
                current = sha256(b"\x01" + peaks.pop() + current).digest()  # node_hash: a call less for each leaf
                level, index = level + 1, index >> 1
                made.append(Node(level, index, current))
            peaks.append(current)
            size += 1
        return Frontier(size, tuple(peaks)), made


def peak_positions(size: int) -> list[tuple[int, int]]:
    """Return (level, index) of the complete subtrees of a tree of this size, the largest first.

    >>> peak_positions(7)
    [(2, 0), (1, 2), (0, 6)]
    """
    out, start = [], 0
    for level in reversed(range(size.bit_length())):
        if size >> level & 1:
            out.append((level, start >> level))
            start += 1 << level
    return out


def root_at(size: int, node: NodeAt) -> bytes:
    """Return the root that the tree had when it held `size` leaves."""
    return _joined([node(level, index) for level, index in peak_positions(size)])


def inclusion_proof(index: int, size: int, node: NodeAt) -> list[bytes]:
    """Return the hashes that lead from leaf `index` to the root of the first `size` leaves, bottom first.

    Raises ValueError unless 0 <= index < size.
    """
    if not 0 <= index < size:
        raise ValueError(f"leaf {index} is not in a tree of {size} leaves")
    proof, start, end = [], 0, size
    while end - start > 1:
        middle = start + _largest_power_below(end - start)
        if index < middle:
            proof.append(_subroot(middle, end, node))
            end = middle
        else:
            proof.append(_subroot(start, middle, node))
            start = middle
    return proof[::-1]


def consistency_proof(first: int, second: int, node: NodeAt) -> list[bytes]:
    """Return the hashes that show the tree of `second` leaves to begin with the tree of `first` leaves.

    Empty where first is 0 or both are equal: nothing needs to be shown. Raises ValueError unless 0 <= first <= second.
    """
    if not 0 <= first <= second:
        raise ValueError(f"a tree of {second} leaves does not begin with one of {first}")
    if first in (0, second):
        return []
    proof, start, end, whole = [], 0, second, True
    while first != end:
        middle = start + _largest_power_below(end - start)
        if first <= middle:
            proof.append(_subroot(middle, end, node))
            end = middle
        else:
            proof.append(_subroot(start, middle, node))
            start, whole = middle, False
    return ([] if whole else [_subroot(start, end, node)]) + proof[::-1]


def includes(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Return whether the proof shows this leaf hash at `index` under this root of `size` leaves (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    at, last, current = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            current = node_hash(sibling, current)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            current = node_hash(current, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and current == root


def extends(first: int, second: int, first_root: bytes, second_root: bytes, proof: Sequence[bytes]) -> bool:
    """Return whether the proof shows that nothing in the first tree was altered to get the second (RFC 9162, 2.1.4.2).

    Every tree extends the empty tree; a tree extends itself.
    """
    if not 0 <= first <= second:
        return False
    if first in (0, second):
        same = EMPTY_ROOT if first == 0 else second_root
        return not proof and first_root == same
    if not proof:
        return False
    path = [first_root, *proof] if first.bit_count() == 1 else list(proof)
    at, last = first - 1, second - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    old = new = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            new = node_hash(new, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and old == first_root and new == second_root


def _largest_power_below(n: int) -> int:
    return 1 << ((n - 1).bit_length() - 1)


def _joined(peaks: Sequence[bytes]) -> bytes:
    if not peaks:
        return EMPTY_ROOT
    current = peaks[-1]
    for left in reversed(peaks[:-1]):
        current = node_hash(left, current)
    return current


def _subroot(start: int, end: int, node: NodeAt) -> bytes:
    """Return the hash of the leaves [start, end), where start is a multiple of the largest subtree that fits."""
    return _joined([node(level, index + (start >> level)) for level, index in peak_positions(end - start)])
