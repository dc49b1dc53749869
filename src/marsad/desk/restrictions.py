"""Which reports and incidents are for some groups alone."""

import threading
from collections.abc import Iterable
from datetime import datetime

from marsad.desk.accounts import checked_groups, log
from marsad.store.desk import DeskStore
from marsad.store.instants import instant

KINDS = ("report", "incident")


_TURN = "restrictions"
"""The setting that counts how often anything was restricted or freed: by it, every desk on this store hears of it at once."""


class Restrictions:
    """What is restricted, held in memory, for many threads; an incident is named by the words of one of its claims.

    Several desks may be open on one store: what one of them restricts holds in all, from the next look on.
    """

    def __init__(self, store: DeskStore) -> None:
        self._store, self._lock = store, threading.Lock()
        self._groups: dict[tuple[str, str], frozenset[str]] = {}
        self._turn = ""

    def of_report(self, report_id: str) -> frozenset[str]:
        """Return the groups to all of which somebody has to belong who is to know of this report."""
        return self._all().get(("report", report_id), frozenset())

    def of_incident(self, anchors: Iterable[str]) -> frozenset[str]:
        """Return the groups for an incident made of the claims at these words: its own, and those of all its reports."""
        found, known = frozenset[str](), self._all()
        if not known:
            return found
        for anchor in anchors:
            found |= known.get(("incident", anchor), frozenset())
            found |= known.get(("report", anchor.partition(":")[0]), frozenset())
        return found

    def hidden(self, groups: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
        """Return the reports, and the anchors of incidents, of which a member of just these groups is not to know."""
        kept_from = [key for key, of in self._all().items() if not of <= groups]
        reports, incidents = (frozenset(name for kind, name in kept_from if kind == wanted) for wanted in KINDS)
        return reports, incidents

    def put(self, kind: str, name: str, groups: Iterable[str], by: str, now: datetime) -> None:
        """Restrict a thing to these groups, to nobody's where there are none."""
        wanted = checked_groups(groups)
        with self._lock, self._store.write() as writing:
            writing.remove("restriction", kind=kind, object=name)
            for group in sorted(set(wanted)):
                writing.add("restriction", kind=kind, object=name, grp=group, by=by, at=instant(now))
            turn = writing.row("setting", name=_TURN)
            writing.remove("setting", name=_TURN)
            writing.add("setting", name=_TURN, value=str(int(turn["value"]) + 1 if turn else 1))
            log(writing, now, by, f"{kind} restricted" if wanted else f"{kind} freed", name)

    def turn(self) -> str:
        """Return a mark that is another one whenever something was restricted or freed."""
        with self._store.read() as reading:
            row = reading.row("setting", name=_TURN)
        return row["value"] if row else "0"

    def _all(self) -> dict[tuple[str, str], frozenset[str]]:
        with self._lock:
            with self._store.read() as reading:
                row = reading.row("setting", name=_TURN)
                turn = row["value"] if row else "0"
                if turn == self._turn:
                    return self._groups
                rows = reading.rows("restriction")  # of the same snapshot as the turn
            made: dict[tuple[str, str], set[str]] = {}
            for row in rows:
                made.setdefault((row["kind"], row["object"]), set()).add(row["grp"])
            self._groups, self._turn = {key: frozenset(of) for key, of in made.items()}, turn
            return self._groups
