"""The check that everything kept stands in the ledger, once, as it was sealed, and that the tree follows from it."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

from marsad.preserve import merkle
from marsad.preserve.difference import Difference
from marsad.preserve.ledger import Leaf, commitment, opens

_RESTORE = "restore kept.db from a backup"

_AT_ONCE = 256
"""Leaves put into the tree together: one by one would take twice as long."""

NodeRow = tuple[int, int, bytes]


class Held(NamedTuple):
    """All that the store holds under one number of the ledger; None or empty where it holds nothing.

    `contents` are the kept things that name this number: (kind, subject, content), exactly one if all is well.
    """

    seq: int
    leaf: bytes | None
    salt: bytes | None
    contents: Sequence[tuple[str, str, Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class Recorded:
    """`who` (a release) recorded that the ledger had this root, in hex, when it held `size` leaves."""

    who: str
    size: int
    root: str


def ledger_differences(
    held: Iterable[Held],
    nodes: Iterable[NodeRow],
    recorded: Iterable[Recorded],
    tick: Callable[[], None],
    witnessed: Iterable[bytes] = (),
) -> Iterator[Difference]:
    """Yield whatever differs between ledger and store, `held` being in order of `seq`.

    `nodes` are the stored nodes in the order in which they came to be (`completed_by`, then level). The tree is built
    anew beside the stored one; every leaf is hashed once. `tick` is called once for each leaf. Numbers with a gap end
    the check: what stands behind a gap cannot be told. `witnessed` are the hashes of the first leaves as somebody else
    copied them: whoever rewrites the whole ledger cannot rewrite these, and the first leaf that differs is named.
    """
    awaited: dict[int, list[Recorded]] = {}
    for record in recorded:
        awaited.setdefault(record.size, []).append(record)
    tree, stored, copy = merkle.Frontier(), _Stored(nodes), _Witness(witnessed)
    waiting: list[bytes] = []
    yield from _root_differences(tree, awaited)
    for expected, entry in enumerate(held):
        if entry.seq != expected:
            yield from stored.differences(tree.append(waiting)[1])
            gap = f"number {entry.seq} in its place"
            yield Difference(f"ledger leaf {expected}", gap, "numbers without a gap", _RESTORE)
            return
        if not _is_well(entry):
            yield from _entry_differences(entry)
        hashed = merkle.leaf_hash(entry.leaf or b"")
        if not copy.quiet:
            yield from copy.differences(expected, hashed)
        waiting.append(hashed)
        if len(waiting) >= _AT_ONCE or tree.size + len(waiting) in awaited:
            tree, made = tree.append(waiting)
            yield from stored.differences(made)
            yield from _root_differences(tree, awaited)
            waiting = []
        tick()
    tree, made = tree.append(waiting)
    yield from stored.differences(made)
    yield from stored.rest()
    yield from copy.rest(tree.size)
    for record in (record for records in awaited.values() for record in records):
        yield Difference(record.who, f"a ledger of {tree.size} leaves", f"at least {record.size}", _RESTORE)


def completed_by(level: int, index: int) -> int:
    """Return the number of the leaf that completes the subtree (level, index).

    >>> [completed_by(0, 6), completed_by(1, 2), completed_by(2, 0)]
    [6, 5, 3]
    """
    return ((index + 1) << level) - 1


class _Stored:
    """The stored nodes, walked beside the nodes that ought to be there."""

    def __init__(self, nodes: Iterable[NodeRow]) -> None:
        self._nodes = iter(nodes)
        self._ahead: deque[NodeRow] = deque()

    def differences(self, made: Sequence[merkle.Node]) -> Iterator[Difference]:
        """Yield what differs from these nodes, which are the next ones."""
        self._look_ahead(len(made))
        if len(self._ahead) == len(made) and list(self._ahead) == made:  # ten times as quick as one after the other
            self._ahead.clear()
            return
        for node in made:
            yield from self._at(node)

    def rest(self) -> Iterator[Difference]:
        """Yield the stored nodes that no leaf leads to."""
        while self._next is not None:
            yield self._superfluous()

    @property
    def _next(self) -> NodeRow | None:
        self._look_ahead(1)
        return self._ahead[0] if self._ahead else None

    def _look_ahead(self, count: int) -> None:
        self._ahead.extend(islice(self._nodes, max(0, count - len(self._ahead))))

    def _at(self, node: merkle.Node) -> Iterator[Difference]:
        """Yield what differs from this node, and what is stored before it without belonging anywhere."""
        key = (completed_by(node.level, node.index), node.level)
        while (there := self._next) is not None and _key(there) < key:
            yield self._superfluous()
        where = f"ledger node {node.level}/{node.index}"
        if there is None or _key(there) != key:
            yield Difference(where, "no node", node.hash.hex(), _RESTORE)
            return
        if there[2] != node.hash:
            yield Difference(where, there[2].hex(), node.hash.hex(), _RESTORE)
        self._ahead.popleft()

    def _superfluous(self) -> Difference:
        level, index, _ = self._ahead.popleft()
        return Difference(f"ledger node {level}/{index}", "a node", "none: no leaf leads to it", _RESTORE)


class _Witness:
    """Somebody else's copy of the leaves' hashes, walked beside the ledger; silent after the first that differs."""

    def __init__(self, hashes: Iterable[bytes]) -> None:
        self._hashes = iter(hashes)
        self.quiet = False

    def differences(self, seq: int, hashed: bytes) -> Iterator[Difference]:
        """Yield a difference if this leaf is the first that is not the one copied."""
        copied = None if self.quiet else next(self._hashes, None)
        if copied is None:
            self.quiet = True
        elif copied != hashed:
            self.quiet = True
            yield Difference(f"ledger leaf {seq}", hashed.hex(), f"{copied.hex()}, says the witness", _RESTORE)

    def rest(self, size: int) -> Iterator[Difference]:
        """Yield a difference if the witness has seen more leaves than there are."""
        if not self.quiet and (left := sum(1 for _ in self._hashes)):
            seen = f"at least {size + left}, says the witness"
            yield Difference(f"ledger leaf {size}", f"a ledger of {size} leaves", seen, _RESTORE)


def _key(node: NodeRow) -> tuple[int, int]:
    level, index, _ = node
    return completed_by(min(level, 64), index), level


def _is_well(entry: Held) -> bool:
    """Return whether leaf, salt and one kept thing surely fit; where False, `_entry_differences` looks closer."""
    seq, leaf, salt, contents = entry
    if leaf is None or salt is None or len(contents) != 1:
        return False
    kind, subject, content = contents[0]
    return Leaf.is_of(leaf, seq, kind, subject, commitment(salt, kind, content))


def _entry_differences(entry: Held) -> Iterator[Difference]:
    where = f"ledger leaf {entry.seq}"
    for kind, subject, _ in entry.contents[1:]:
        yield Difference(f"{kind} {subject}", f"that it shares {where}", "a leaf of its own", _RESTORE)
    named = " ".join(entry.contents[0][:2]) if entry.contents else None
    if entry.leaf is None:
        yield Difference(named or where, "no ledger leaf", f"leaf {entry.seq}", _RESTORE)
        return
    try:
        leaf = Leaf.of(entry.leaf)
    except ValueError as fault:
        yield Difference(where, str(fault), "the bytes of a leaf", _RESTORE)
        return
    if leaf.seq != entry.seq:
        yield Difference(where, f"the number {leaf.seq} inside it", f"{entry.seq}", _RESTORE)
    if named is None:
        yield Difference(where, "nothing kept under it", f"{leaf.kind} {leaf.subject}", _RESTORE)
    elif named != f"{leaf.kind} {leaf.subject}":
        yield Difference(where, named, f"{leaf.kind} {leaf.subject}", _RESTORE)
    elif entry.salt is None:
        yield Difference(named, "no salt to open its seal", "32 bytes of salt", _RESTORE)
    elif not opens(leaf, entry.salt, entry.contents[0][2]):
        yield Difference(named, "content or a salt that does not open the seal", f"what {where} sealed", _RESTORE)


def _root_differences(tree: merkle.Frontier, awaited: dict[int, list[Recorded]]) -> Iterator[Difference]:
    for record in awaited.pop(tree.size, ()):
        if tree.root.hex() != record.root:
            root = f"ledger root {tree.root.hex()} at {tree.size} leaves"
            yield Difference(record.who, root, record.root, _RESTORE)
