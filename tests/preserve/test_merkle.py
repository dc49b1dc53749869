"""The Merkle tree against the definitions of RFC 9162, written out naively, and against published vectors."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.preserve.merkle import (
    EMPTY_ROOT,
    Frontier,
    consistency_proof,
    extends,
    includes,
    inclusion_proof,
    leaf_hash,
    peak_positions,
    root_at,
)

LEAVES = [bytes.fromhex(h) for h in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657")] + [
    bytes(range(0x60, 0x70))
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
"""The leaves and roots that implementations of Certificate Transparency have tested against since RFC 6962."""


def sha(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def split(n: int) -> int:
    """The largest power of two smaller than n."""
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def mth(d: list[bytes]) -> bytes:
    """MTH as RFC 9162 2.1.1 defines it."""
    if not d:
        return sha(b"")
    if len(d) == 1:
        return sha(b"\x00" + d[0])
    k = split(len(d))
    return sha(b"\x01" + mth(d[:k]) + mth(d[k:]))


def path(m: int, d: list[bytes]) -> list[bytes]:
    """PATH as RFC 9162 2.1.3.1 defines it."""
    if len(d) == 1:
        return []
    k = split(len(d))
    return [*path(m, d[:k]), mth(d[k:])] if m < k else [*path(m - k, d[k:]), mth(d[:k])]


def subproof(m: int, d: list[bytes], whole: bool) -> list[bytes]:
    """SUBPROOF as RFC 9162 2.1.4.1 defines it."""
    if m == len(d):
        return [] if whole else [mth(d)]
    k = split(len(d))
    if m <= k:
        return [*subproof(m, d[:k], whole), mth(d[k:])]
    return [*subproof(m - k, d[k:], False), mth(d[:k])]


class Tree:
    """A tree grown with the code under test, its nodes in a dict."""

    def __init__(self, leaves: list[bytes], cuts: int = 1) -> None:
        self.frontier, self.nodes = Frontier(), dict[tuple[int, int], bytes]()
        for start in range(0, len(leaves), cuts):
            self.frontier, made = self.frontier.append(leaf_hash(leaf) for leaf in leaves[start : start + cuts])
            self.nodes |= {(n.level, n.index): n.hash for n in made}

    def node(self, level: int, index: int) -> bytes:
        """Return the stored hash."""
        return self.nodes[level, index]


def leaves_of(size: int) -> list[bytes]:
    return [f"leaf {i}".encode() for i in range(size)]


@pytest.mark.parametrize("size", range(1, 9))
def test_published_roots(size: int) -> None:
    """The roots of the well-known eight leaves are the published ones."""
    assert Tree(LEAVES[:size]).frontier.root.hex() == ROOTS[size - 1]


def test_empty_tree() -> None:
    """The root of the empty tree is the SHA-256 of nothing."""
    assert Frontier().root == EMPTY_ROOT
    assert EMPTY_ROOT.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 130), st.integers(1, 130))
def test_roots_and_nodes_follow_the_definition(size: int, cuts: int) -> None:
    """However leaves are batched, every past root and every stored node is the hash that the RFC defines."""
    leaves = leaves_of(size)
    tree = Tree(leaves, cuts)
    assert tree.frontier.root == mth(leaves)
    assert all(root_at(n, tree.node) == mth(leaves[:n]) for n in range(size + 1))
    assert all(h == mth(leaves[i << lv : (i + 1) << lv]) for (lv, i), h in tree.nodes.items())
    assert len(tree.nodes) < 2 * size + 1


def test_every_inclusion_proof() -> None:
    """Every proof up to 33 leaves is the RFC's, and shows its own leaf at its own place and no other."""
    leaves = leaves_of(33)
    tree = Tree(leaves)
    for size in range(1, 34):
        root = mth(leaves[:size])
        for index in range(size):
            proof = inclusion_proof(index, size, tree.node)
            leaf = leaf_hash(leaves[index])
            assert proof == path(index, leaves[:size])
            assert includes(leaf, index, size, proof, root)
            assert not includes(leaf_hash(b"another"), index, size, proof, root)
            assert not includes(leaf, (index + 1) % size, size, proof, root) or size == 1


def test_every_consistency_proof() -> None:
    """Every proof between two sizes up to 33 is the RFC's, and holds for these two roots and no others."""
    leaves = leaves_of(33)
    tree = Tree(leaves)
    for second in range(1, 34):
        for first in range(1, second + 1):
            proof = consistency_proof(first, second, tree.node)
            old, new = mth(leaves[:first]), mth(leaves[:second])
            assert proof == subproof(first, leaves[:second], True)
            assert extends(first, second, old, new, proof)
            assert not extends(first, second, sha(b"forged"), new, proof)
            assert not extends(first, second, old, sha(b"forged"), proof)


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 64), st.data())
def test_damaged_proofs_are_refused(size: int, data: st.DataObject) -> None:
    """A proof with a hash changed, removed, repeated or appended shows nothing."""
    leaves = leaves_of(size)
    tree = Tree(leaves)
    index = data.draw(st.integers(0, size - 1))
    first = data.draw(st.integers(1, size - 1))
    root, leaf = mth(leaves), leaf_hash(leaves[index])

    def included(proof: list[bytes]) -> bool:
        return includes(leaf, index, size, proof, root)

    def extended(proof: list[bytes]) -> bool:
        return extends(first, size, mth(leaves[:first]), root, proof)

    for proof, shows in (
        (inclusion_proof(index, size, tree.node), included),
        (consistency_proof(first, size, tree.node), extended),
    ):
        at = data.draw(st.integers(0, len(proof) - 1))
        assert shows(proof)
        assert not shows([*proof[:at], sha(proof[at]), *proof[at + 1 :]])
        assert not shows(proof[:at] + proof[at + 1 :])
        assert not shows([*proof[:at], proof[at], *proof[at:]])
        assert not shows([*proof, sha(b"more")])
        assert not shows([])


def test_edges_of_consistency() -> None:
    """Every tree extends the empty one and itself, by an empty proof only; none extends a larger one."""
    one, two = mth(leaves_of(1)), mth(leaves_of(2))
    assert extends(0, 2, EMPTY_ROOT, two, [])
    assert not extends(0, 2, two, two, [])
    assert not extends(0, 2, EMPTY_ROOT, two, [one])
    assert extends(2, 2, two, two, [])
    assert not extends(2, 2, one, two, [])
    assert not extends(2, 1, two, one, [])
    assert not extends(1, 2, one, two, [])


def test_impossible_questions() -> None:
    """Asking for a proof of what is not there is an error, and such a proof is never accepted."""
    tree = Tree(leaves_of(3))
    with pytest.raises(ValueError, match="leaf 3 is not in a tree of 3"):
        inclusion_proof(3, 3, tree.node)
    with pytest.raises(ValueError, match="does not begin with"):
        consistency_proof(4, 3, tree.node)
    assert not includes(leaf_hash(b"x"), 0, 0, [], EMPTY_ROOT)
    with pytest.raises(ValueError, match="2 peaks, not 1"):
        Frontier(3, (b"x",))


def test_peaks_cover_the_tree() -> None:
    """The peaks of any tree are its complete subtrees, side by side and without overlap."""
    for size in range(200):
        covered = [n for level, index in peak_positions(size) for n in range(index << level, (index + 1) << level)]
        assert covered == list(range(size))
