"""What somebody asks for and others approve: exports, and openings of sources beyond a day's measure."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from marsad.desk.accounts import log
from marsad.desk.allowed import Thing
from marsad.desk.secrets_of import RandomBytes, token
from marsad.model import Conflict, Wrong
from marsad.store.desk import DeskReading, DeskStore, Row
from marsad.store.instants import instant

NEEDED = {"export": 1, "opening": 2}
"""How many others have to approve."""

LASTS = timedelta(hours=24)
"""How long something approved may be fetched."""

OPEN_AT_ONCE = 20
"""Requests of one person that may wait at a time."""


PAGE = 50
"""Requests on a page."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Who looks at requests, and whether they may approve those of others."""

    by: str
    approves: bool


@dataclass(frozen=True, slots=True)
class Request:
    """`by` asks for `what`; `state` is waiting, approved, refused, expired or used."""

    request_id: str
    kind: str
    by: str
    what: Mapping[str, Any]
    reason: str
    made_at: str
    expires_at: str | None
    approved_by: tuple[str, ...]
    refused_by: tuple[str, ...]
    state: str

    @property
    def thing(self) -> Thing:
        """This as something that others decide about: nobody approves what one has asked for."""
        return Thing(self.request_id, authors=frozenset({self.by}))


def ask(
    store: DeskStore, kind: str, by: str, what: Mapping[str, Any], reason: str, now: datetime, random_bytes: RandomBytes
) -> str:
    """Keep what somebody asks for; return its id. Raises Wrong for no reason, and for too many that wait."""
    if not reason.strip():
        raise Wrong("reason", None, "is empty", "say what it is for: whoever approves reads it")
    request_id = token(random_bytes)
    with store.write() as writing:
        waiting = [r for r in writing.rows("request", by=by, kind=kind) if _request(writing, r, now).state == "waiting"]
        if len(waiting) >= OPEN_AT_ONCE:
            raise Wrong("request", len(waiting), "of yours wait already", "wait until somebody has decided on them")
        told = json.dumps(dict(what), sort_keys=True)
        writing.add(
            "request",
            request_id=request_id,
            kind=kind,
            by=by,
            what=told,
            reason=reason,
            made_at=instant(now),
            expires_at=None,
        )
        log(writing, now, by, f"{kind} asked for", request_id)
    return request_id


def judge(store: DeskStore, request_id: str, by: str, approved: bool, now: datetime) -> None:
    """Keep what somebody other than its author thinks of a request; raises Conflict where it is decided already."""
    with store.write() as writing:
        row = writing.row("request", request_id=request_id)
        if row is None or row["by"] == by:
            raise Wrong("request", request_id, "is none that you decide on", "look at the list")
        found = _request(writing, row, now)
        if found.state != "waiting" or by in found.approved_by:
            raise Conflict("request", request_id, f"is {found.state} already", "look at it again")
        writing.add("verdict", request_id=request_id, by=by, approved=int(approved), at=instant(now))
        if approved and len(found.approved_by) + 1 >= NEEDED[row["kind"]]:
            writing.change("request", {"request_id": request_id}, expires_at=instant(now + LASTS))
        log(writing, now, by, f"{row['kind']} {'approved' if approved else 'refused'}", request_id)


def found(store: DeskStore, request_id: str, kind: str, now: datetime) -> Request | None:
    """Return the request of this id and kind, None if there is none."""
    with store.read() as reading:
        row = reading.row("request", request_id=request_id, kind=kind)
        return None if row is None else _request(reading, row, now)


def listed(
    store: DeskStore, kind: str, now: datetime, most: int = PAGE, after: str | None = None, seen_by: Seen | None = None
) -> list[Request]:
    """Return a page of the requests of a kind, the newest first: up to `most`, those older than the one called `after`.

    With `seen_by` those alone that this person made or, where `approves`, may decide on now. An id that no request has
    gives an empty page.
    """
    with store.read() as reading:
        by, others = (seen_by.by, seen_by.approves) if seen_by else (None, False)
        rows = reading.requests(kind, most, after, by, NEEDED[kind] if others else None)
        said: dict[str, list[Row]] = {}
        for verdict in reading.verdicts([row["request_id"] for row in rows]):
            said.setdefault(verdict["request_id"], []).append(verdict)
    return [_made(row, said.get(row["request_id"], []), now) for row in rows]


def use(store: DeskStore, request_id: str, by: str, now: datetime) -> Request:
    """Use up what was approved, once; raises Wrong unless this person asked for it and it is approved and not expired."""
    with store.write() as writing:
        row = writing.row("request", request_id=request_id, by=by)
        one = None if row is None else _request(writing, row, now)
        if one is None or one.state != "approved":
            raise Wrong("request", request_id, "is not approved", "ask for it, and wait for others to approve it")
        writing.change("request", {"request_id": request_id}, expires_at=instant(now))
        log(writing, now, by, f"{one.kind} used", request_id)
    return one


def _request(reading: DeskReading, row: Row, now: datetime) -> Request:
    return _made(row, reading.rows("verdict", request_id=row["request_id"]), now)


def _made(row: Row, verdicts: Sequence[Row], now: datetime) -> Request:
    yes = tuple(v["by"] for v in verdicts if v["approved"])
    no = tuple(v["by"] for v in verdicts if not v["approved"])
    state = "waiting"
    if no:
        state = "refused"
    elif len(yes) >= NEEDED[row["kind"]]:
        state = "approved" if row["expires_at"] is not None and instant(now) < row["expires_at"] else "expired"
    what = json.loads(row["what"])
    return Request(
        row["request_id"],
        row["kind"],
        row["by"],
        what,
        row["reason"],
        row["made_at"],
        row["expires_at"],
        yes,
        no,
        state,
    )
