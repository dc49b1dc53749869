"""The check of the ledger: each way in which store and ledger can part is found and named."""

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest

from marsad.preserve.audit import Held, NodeRow, Recorded, completed_by, ledger_differences
from marsad.preserve.ledger import Entry, seal
from marsad.preserve.merkle import Frontier, leaf_hash

SIZE = 11


def kept() -> tuple[list[Held], list[NodeRow]]:
    """Eleven reports, sealed, and the nodes of their tree in the order in which they came to be."""
    entries = [Entry("report", f"r{i}", {"report_id": f"r{i}", "outlet": "Radio"}) for i in range(SIZE)]
    sealed = seal(entries, 0, "2026-11-22T10:00:00.000000Z", "intake", lambda n: bytes(i % 251 for i in range(n)))
    held = [
        Held(i, s.leaf.data(), s.salt, [("report", e.subject, e.content)])
        for i, (s, e) in enumerate(zip(sealed, entries, strict=True))
    ]
    _, nodes = Frontier().append(leaf_hash(s.leaf.data()) for s in sealed)
    return held, [(n.level, n.index, n.hash) for n in nodes]


def told(held: list[Held], nodes: list[NodeRow], *recorded: Recorded) -> dict[str, str]:
    found = ledger_differences(held, nodes, recorded, lambda: None)
    return {d.subject: f"{d.found} / {d.expected}" for d in found}


def root(held: list[Held], size: int) -> str:
    return Frontier().append(leaf_hash(h.leaf or b"") for h in held[:size])[0].root.hex()


def test_nothing_differs() -> None:
    """A ledger as it was written, with any past root that a release may have recorded, has no differences."""
    held, nodes = kept()
    assert told(held, nodes, *(Recorded(f"release {n}", n, root(held, n)) for n in range(SIZE + 1))) == {}


def test_an_empty_ledger() -> None:
    """Nothing kept is nothing wrong."""
    assert told([], []) == {}


def changed(content: dict[str, Any]) -> Callable[[Held], Held]:
    return lambda held: held._replace(contents=[("report", held.contents[0][1], content)])


@pytest.mark.parametrize(
    ("change", "subject", "found"),
    [
        (changed({"report_id": "r4", "outlet": "Radiv"}), "report r4", "does not open the seal"),
        (lambda h: h._replace(salt=b"x" * 32), "report r4", "does not open the seal"),
        (lambda h: h._replace(salt=None), "report r4", "no salt"),
        (lambda h: h._replace(leaf=None), "report r4", "no ledger leaf"),
        (lambda h: h._replace(contents=[]), "ledger leaf 4", "nothing kept under it / report r4"),
        (lambda h: h._replace(contents=[*h.contents, ("report", "r99", {})]), "report r99", "shares ledger leaf 4"),
        (lambda h: h._replace(contents=[("release", "r4", {})]), "ledger leaf 4", "release r4 / report r4"),
        (lambda h: h._replace(leaf=b"{}"), "ledger leaf 4", "not a ledger leaf"),
        (lambda h: h._replace(leaf=(h.leaf or b"").replace(b'"seq":4', b'"seq":5')), "ledger leaf 4", "number 5"),
    ],
)
def test_one_thing_changed(change: Callable[[Held], Held], subject: str, found: str) -> None:
    """Content, salt, leaf or number changed, taken away or doubled: the difference names the thing."""
    held, nodes = kept()
    held[4] = change(held[4])
    assert found in told(held, nodes)[subject]


def test_a_leaf_rewritten_with_its_content_is_betrayed_by_the_nodes() -> None:
    """Whoever reseals a changed report correctly still leaves the nodes above it as they were."""
    held, nodes = kept()
    forged = seal([Entry("report", "r4", {"outlet": "Forged"})], 4, "2026-11-22T10:00:00.000000Z", "intake", bytes)[0]
    held[4] = Held(4, forged.leaf.data(), forged.salt, [("report", "r4", {"outlet": "Forged"})])
    assert set(told(held, nodes)) == {f"ledger node {level}/{4 >> level}" for level in range(4)}


def test_a_whole_forged_ledger_is_betrayed_by_a_release() -> None:
    """Whoever rewrites leaves and nodes alike cannot match the root that a release recorded."""
    held, nodes = kept()
    recorded = Recorded("release 1", 9, root(held, 9))
    assert "release 1" not in told(held, nodes, recorded)
    shorter = held[:8]
    _, remade = Frontier().append(leaf_hash(h.leaf or b"") for h in shorter)
    assert "a ledger of 8 leaves" in told(shorter, [(n.level, n.index, n.hash) for n in remade], recorded)["release 1"]
    assert "release 1" in told(held, nodes, dataclasses.replace(recorded, root="0" * 64))


@pytest.mark.parametrize("at", range(19))
def test_nodes_missing_changed_or_too_many(at: int) -> None:
    """A node that is missing, changed or superfluous is named, and no other node is blamed for it."""
    held, nodes = kept()
    level, index, digest = nodes[at]
    name = f"ledger node {level}/{index}"
    assert set(told(held, nodes[:at] + nodes[at + 1 :])) == {name}
    assert set(told(held, [*nodes[:at], (level, index, digest[::-1]), *nodes[at + 1 :]])) == {name}
    stray = sorted([*nodes, (5, 0, digest)], key=lambda n: (completed_by(n[0], n[1]), n[0]))
    assert set(told(held, stray)) == {"ledger node 5/0"}


def test_a_gap_in_the_numbers() -> None:
    """A number left out is told, and ends the check."""
    held, nodes = kept()
    del held[4]
    assert "number 5 in its place" in told(held, nodes)["ledger leaf 4"]
