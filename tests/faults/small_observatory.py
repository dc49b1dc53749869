"""A small observatory with something in every table, its content as the standard library reads it, and targets to damage."""

import hashlib
import random
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from marsad.collect.incoming import Incoming
from marsad.model import DecisionKind, ListKind, PlaceList, Sha256
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.service import WriteService
from marsad.pipeline.verify import verify_observatory
from marsad.preserve.vault import sha256_of
from marsad.store.derived_tables import KEYS, SCHEMAS
from marsad.store.public import PublicStore

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)

Content = Mapping[str, object]
"""What a file says, by some name for the part; equal content, equal mapping."""


@dataclass(frozen=True)
class Target:
    """Files to damage, how to read what they say, and the check that ought to find a difference."""

    name: str
    files: Sequence[Path]
    content: Callable[[Path], Content]
    check: Callable[[], list[str]]


def targets(folder: Path) -> list[Target]:
    """Return what can be damaged in a new small observatory below `folder`."""
    obs = build(folder / "obs")
    tables = derived_tables()

    def check() -> list[str]:
        return [str(d) for d in verify_observatory(obs.path, lambda: tables) if not d.harmless]

    evidence = sorted(path for path in (obs.path / "vault").rglob("*") if path.is_file())
    return [
        Target("vault", evidence, lambda path: {"bytes": path.read_bytes()}, check),
        Target("kept.db", [obs.path / "kept.db"], database_content, check),
        Target("derived.db", [obs.path / "derived.db"], database_content, check),
    ]


def build(path: Path) -> Observatory:
    """Make an observatory with nine reports, two decisions, a list of places, a release, and rows in every derived table."""
    obs = Observatory.init(path, "small", NOW)
    rng = random.Random(5)  # noqa: S311 - the same observatory every time
    with obs.kept() as kept:
        service = WriteService(kept, obs.vault, rng.randbytes)
        items = [
            Incoming(
                f"{n}", f"Report {n}: {n + 90} people were killed in Raqqa.".encode(), f"Radio {n}", date(2014, 11, 26)
            )
            for n in range(9)
        ]
        receipts = service.receive(items, NOW)
        for n, receipt in enumerate(receipts[:2]):
            service.decide(
                anchor=f"{receipt.report_id}:0-{8 + n}",
                kind=DecisionKind.REJECT,
                body={},
                actor="reader-1",
                reason="misread",
                expected_version=0,
                now=NOW,
            )
        table = b"name,lat,lon,country\nNuran,36,38,SY\n"
        dropped = PlaceList(sha256_of(table), ListKind.OWN, "own.csv", None, 1, used=False, recorded_at=NOW)
        service.record_place_lists([dropped], {dropped.evidence: table}, NOW)
        service.record_release(
            number=1,
            manifest=Sha256(hashlib.sha256(b"manifest").hexdigest()),
            policy="ucdp",
            as_known_on=NOW.date(),
            checkpoint=service.checkpoint(),
            now=NOW,
        )
    with PublicStore(path / "public.db") as public:
        public.add(hashlib.sha256(b"manifest").hexdigest(), 1, NOW.date(), b"{}")
    with obs.derived() as derived:
        derived.replace(derived_tables())
    return obs


def derived_tables() -> dict[str, pa.Table]:
    """Return twelve rows for every derived table, each column filled with something that its rules allow."""
    return {
        name: pa.Table.from_pylist([_row(name, schema, n) for n in range(12)], schema=schema)
        for name, schema in SCHEMAS.items()
    }


_FITTING = {
    "start": 3,
    "end": 20,
    "low": 90,
    "best": 95,
    "high": 100,
    "score": 0.75,
    "latitude": 35.95,
    "longitude": 39.01,
    "occurred_precision": 2,
    "place_precision": 3,
    "why": '{"rule":"ucdp.best"}',
}


def _row(name: str, schema: pa.Schema, n: int) -> dict[str, Any]:
    return {field.name: _value(field, n, field.name in KEYS[name]) for field in schema}


def _value(field: pa.Field, n: int, key: bool) -> object:
    if field.name in _FITTING:
        return _FITTING[field.name]
    if field.nullable and n % 3 == 0:
        return None if not field.name.startswith("occurred") else _of_type(field, 0)
    return _of_type(field, n if key else n % 4)


def _of_type(field: pa.Field, n: int) -> object:
    if pa.types.is_date(field.type):
        return date(2014, 11, 25)
    if pa.types.is_list(field.type):
        return ["المرصد السوري", f"Agency {n}"][: n + 1]
    if pa.types.is_boolean(field.type):
        return n % 2 == 0
    if pa.types.is_integer(field.type):
        return n + 1
    if pa.types.is_floating(field.type):
        return (n + 1) / 4  # a probability is never 0
    return f"{field.name} {n}"


def database_content(path: Path) -> Content:
    """Return the tables, rules and rows of a database as they are read without marsad."""
    try:
        store = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
        store.text_factory = bytes
        try:
            schema = store.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema").fetchall()
            said: dict[str, object] = {"schema": sorted(schema, key=repr)}
            for pragma in ("application_id", "user_version", "encoding"):
                said[pragma] = store.execute(f"PRAGMA {pragma}").fetchone()
            for kind, name, *_ in schema:
                if kind == b"table":
                    rows = store.execute(f'SELECT * FROM "{name.decode()}" NOT INDEXED').fetchall()  # noqa: S608
                    said[f"rows of {name!r}"] = sorted(rows, key=repr)
            return said
        finally:
            store.close()
    except (sqlite3.Error, UnicodeDecodeError) as fault:  # also the message of an error may be damaged
        return {"unreadable": str(fault)}
