"""The one place where anything kept is written: things, leaves, salts and nodes in one commit, numbered without a gap."""

from collections.abc import Sequence
from datetime import datetime

from marsad import __version__
from marsad.model import Act, Clock, Collector, Custody, Wrong
from marsad.preserve import merkle
from marsad.preserve.ledger import Entry, Leaf, RandomBytes, seal
from marsad.store import kept_rows as rows
from marsad.store.instants import instant
from marsad.store.kept import Addition, Reading, Writing
from marsad.store.preserving_rows import custody_row

Thing = tuple[str, rows.Row]
"""A kind of kept thing, which is a table, and a row of it without its number."""

TOOL = f"marsad {__version__}"
INTAKE = "intake"
"""Who acted where it was no person: taking reports in."""


def collector(pseudonym: str = INTAKE, clock: Clock | None = None) -> Collector:
    """Return the collector of this name who works with this version of marsad."""
    return Collector(pseudonym, TOOL, clock or Clock())


def append(writing: Writing, things: Sequence[Thing], actor: str, now: datetime, random_bytes: RandomBytes) -> None:
    """Add kept things with their leaves, salts and nodes.

    Numbers say what came first, not the clock: where it shows an earlier time than at the entry before, an event that says
    so comes first.
    """
    if not things:
        return
    things = [*_clock_set_back(writing, now), *things]
    frontier = frontier_of(writing)
    entries = [Entry(kind, rows.SUBJECTS[kind](row), row) for kind, row in things]
    sealed = seal(entries, frontier.size, instant(now), actor, random_bytes)
    leaves = [(s.leaf.seq, s.leaf.data()) for s in sealed]
    _, nodes = frontier.append(merkle.leaf_hash(data) for _, data in leaves)
    by_kind: dict[str, list[rows.Row]] = {}
    for (kind, row), (seq, _) in zip(things, leaves, strict=True):
        by_kind.setdefault(kind, []).append({"seq": seq, **row})
    openings = [(s.leaf.seq, s.salt) for s in sealed]
    writing.add(Addition(leaves, openings, [(n.level, n.index, n.hash) for n in nodes], by_kind))


def frontier_of(reading: Reading) -> merkle.Frontier:
    """Return the ledger's tree as far as further leaves need it; raises Wrong where nodes of it are missing."""
    size = reading.tree_size()
    positions = merkle.peak_positions(size)
    nodes = reading.nodes(positions)
    if len(nodes) != len(positions):
        raise Wrong("ledger", None, "lacks nodes of its tree", "run `marsad verify` and restore kept.db from a backup")
    return merkle.Frontier(size, tuple(nodes[position] for position in positions))


def _clock_set_back(writing: Writing, now: datetime) -> list[Thing]:
    last = writing.last_leaf()
    if last is None:
        return []
    try:
        before = Leaf.of(last).at
    except ValueError:  # a damaged ledger is for `marsad verify` to find; reports are taken in all the same
        return []
    if before <= instant(now):
        return []
    detail = {"before": before, "now": instant(now)}
    event = Custody(None, Act.CLOCK_BACK, INTAKE, now, Clock(None, "earlier than the entry before"), TOOL, detail)
    return [("custody", custody_row(event))]
