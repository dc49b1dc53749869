"""Which decisions touch which words: so that whoever decides on what has changed meanwhile is told so.

What can be decided on, a claim or an incident, is a few anchors. Its version is the ledger's number of the newest decision
made at one of them, or naming one: it only grows, and no two states have the same.
"""

import threading
from collections.abc import Iterable, Sequence

from marsad.model import Decision
from marsad.pipeline.decided import named_in
from marsad.store.kept import Reading

Numbered = tuple[int, Decision]
"""A decision with its number in the ledger."""


class Touched:
    """An index over all decisions, kept up as they come in; for many threads. It holds numbers alone."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last = -1
        self._newest: dict[str, int] = {}
        self._naming: dict[str, list[int]] = {}

    def version(self, reading: Reading, anchors: Iterable[str]) -> int:
        """Return the number of the newest decision that touches one of these words, 0 for none, as this snapshot has it."""
        with self._lock:
            self._keep_up(reading)
            return max((self._newest.get(anchor, 0) for anchor in anchors), default=0)

    def history(self, reading: Reading, anchors: Sequence[str]) -> list[Numbered]:
        """Return every decision that touches these words, in the order of the ledger."""
        with self._lock:
            self._keep_up(reading)
            naming = sorted({seq for anchor in anchors for seq in self._naming.get(anchor, ())})
        found = dict(reading.decisions_numbered(naming))
        found |= dict(reading.decisions_at(anchors))
        return sorted(found.items(), key=lambda item: item[0])

    def _keep_up(self, reading: Reading) -> None:
        for seq, decision in reading.decisions_since(self._last):
            self._last = seq
            self._newest[decision.anchor] = seq
            for anchor in named_in(decision):
                self._newest[anchor] = seq
                self._naming.setdefault(anchor, []).append(seq)
